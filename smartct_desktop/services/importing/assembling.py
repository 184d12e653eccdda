"""Drafts put together to the records and rows of a plan: what becomes of each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.drafts import Draft, Work
from smartct_desktop.services.importing.facts_told import (
    compared,
    in_order,
    organisation_records,
    organisations_told,
    person_records,
)
from smartct_desktop.services.importing.plan import (
    Action,
    PlanFinding,
    PlannedRecord,
    PlanValue,
    RowPlan,
    Spot,
)
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.referring import (
    follow_others,
    redirected,
    refused_elsewhere,
)
from smartct_desktop.services.importing.same_rows import identity_of, meant, told_twice
from smartct_desktop.services.importing.skipped import Skipped, SkipReason
from smartct_desktop.services.importing.understood import Fault

_REASONS = {
    Action.ADD: Sentence("will be added"),
    Action.CHANGE: Sentence("will change what is stored"),
    Action.SAME: Sentence("is stored already"),
    Action.WAIT: Sentence("waits for an answer"),
    Action.REFUSE: Sentence("cannot be taken"),
}
_LEFT_ALONE = frozenset({Action.REFUSE, Action.WAIT})

SAME, ANOTHER = "leave out", "another"
"""Whether a row that means what an earlier one means is left out, or is another record."""

_WEIGHT = (Action.REFUSE, Action.WAIT, Action.ADD, Action.CHANGE, Action.SAME, Action.SKIP)
_COMPARING = Sentence("Comparing with the document")


@dataclass(slots=True)
class Assembled:
    """The records and rows of a plan."""

    records: list[PlannedRecord] = field(default_factory=list)
    rows: list[RowPlan] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    findings: list[PlanFinding] = field(default_factory=list)


class Assembler:
    """Decides what becomes of each draft, of those whom drafts name, and of the rows."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._by_spot: dict[Spot, list[PlannedRecord]] = defaultdict(list)
        self._waiting: dict[Spot, list[PlannedRecord]] = defaultdict(list)
        self._duplicates: set[Spot] = set()
        self._instead: dict[str, str] = {}
        self._also: dict[str, list[Spot]] = {}
        self._stored: dict[Id, Record] = {}
        self._changing: dict[tuple[Id | None, str], tuple[PlanValue, str | None, int]] = {}

    def assemble(self, drafts: Sequence[Draft], doubtful: Mapping[Any, str]) -> Assembled:
        """Put everything together. `doubtful` are rows that may be no records at all."""
        found = Assembled()
        progress = self._work.progress
        progress.report(_COMPARING)
        self._fetch(drafts)
        progress.report(_COMPARING)
        told = list(organisations_told(self._work))
        progress.report(_COMPARING)
        others = [*organisation_records(self._work, told), *person_records(self._work)]
        progress.report(_COMPARING)
        spots = {one.target.key or f"organisation {one.target.id}": one.spots for one in told}
        for record in others:
            places = spots.get(record.key) or tuple((record.sheet, row) for row in record.rows)
            for spot in places:
                self._by_spot[spot].append(record)
                if record.action is Action.WAIT:
                    self._waiting[spot].append(record)
        mains = [
            self._planned(draft, doubtful)
            for draft in progress.through(_COMPARING, list(self._once(drafts, found)), len(drafts))
            if not draft.left_out
        ]
        if self._waiting:
            mains = [self._held_back(record) for record in mains]
        if self._instead:
            mains = [redirected(record, self._instead) for record in mains]
        mains, held = follow_others(mains)
        found.findings += held
        found.findings += refused_elsewhere(mains, self._also)
        found.rows = list(progress.through(_COMPARING, self._rows(mains), len(mains)))
        fates = self._fates(found.rows)
        following = [self._following(record, spots, fates) for record in others]
        found.records = [*mains, *(r for r in following if r.values or r.action is not Action.SAME)]
        return found

    def _once(self, drafts: Sequence[Draft], found: Assembled) -> Iterator[Draft]:
        """Take rows that say the same once; ask about those that only mean the same."""
        seen: dict[tuple[Any, ...], Draft] = {}
        for draft in drafts:
            key = identity_of(draft)
            first = seen.setdefault(key, draft) if key else draft
            if first is draft:
                yield draft
            elif first.values == draft.values and first.told == draft.told:
                self._instead[draft.key] = first.key
                if first.sheet == draft.sheet:
                    first.rows += draft.rows
                spot = (draft.sheet, draft.rows[0])
                if spot not in self._duplicates:  # a row can tell several records
                    found.skipped.append(
                        Skipped(draft.sheet, spot[1], spot[1], SkipReason.DUPLICATE, "IMP-10")
                    )
                    found.findings.append(told_twice(first, draft))
                self._duplicates |= {(draft.sheet, row) for row in draft.rows}
            else:
                self._ask_twice(first, draft)
                if draft.left_out:
                    self._instead[draft.key] = first.key
                found.findings.append(told_twice(first, draft))
                yield draft

    def _ask_twice(self, first: Draft, draft: Draft) -> None:
        place = Place(
            f"same_{draft.kind}",
            "row",
            Sentence("Do these rows tell the same once more?"),
            draft.sheet,
        )
        given = self._work.asking.ask(
            place,
            str(draft.rows[0]),
            rows=(first.rows[0], draft.rows[0]),
            options=(SAME, ANOTHER),
            text=Sentence(
                "Row {row} means what row {first} means, but says other things. Shall it be left "
                "out or taken as another record?",
                row=draft.rows[0],
                first=first.rows[0],
            ),
        )
        if given is None:
            draft.waits.append(place.id)
        elif given.value == SAME:
            draft.left_out = True

    def _planned(self, draft: Draft, doubtful: Mapping[Any, str]) -> PlannedRecord:
        """Compare a draft with what is stored."""
        waits = list(draft.waits)
        if draft.also:
            self._also[draft.key] = draft.also
        if not draft.settled:
            waits += [v.question for v in draft.values.values() if isinstance(v, Asked)]
            waits += [v.question for v in draft.told.values() if isinstance(v, Asked)]
        if doubtful:
            waits += [doubtful[spot] for r in draft.rows if (spot := (draft.sheet, r)) in doubtful]
        values: Mapping[str, PlanValue] = {
            name: value for name, value in draft.values.items() if value is not None
        }
        stored = self._stored.get(draft.id) if draft.id else None
        place = (draft.sheet, draft.rows)
        values, changes = compared(self._work, stored, values, place, draft.key)
        if changes and not waits:
            changes = self._once_changed(draft, changes)
        if draft.faults:
            action = Action.REFUSE
        elif waits:
            action = Action.WAIT
        elif stored is None:
            action = Action.ADD
        else:
            action = Action.CHANGE if changes else Action.SAME
        if stored is None:
            values = {**draft.defaults, **values}
        return PlannedRecord(
            key=draft.key,
            kind=draft.kind,
            action=action,
            sheet=draft.sheet,
            rows=tuple(draft.rows),
            values={**values, **draft.calculated},
            told=draft.told,
            changes=changes,
            id=draft.id,
            waits=tuple(dict.fromkeys(waits)),
            calculated=frozenset(draft.calculated),
        )

    def _once_changed(
        self, draft: Draft, changes: dict[str, tuple[Value, PlanValue]]
    ) -> dict[str, tuple[Value, PlanValue]]:
        """Let each field of a stored record change once; a row that says otherwise is refused."""
        again = [name for name in changes if (draft.id, name) in self._changing]
        if not draft.faults:
            self._changing |= {
                (draft.id, name): (new, draft.sheet, draft.rows[0])
                for name, (_, new) in changes.items()
                if name not in again
            }
        if not again:
            return changes
        for name in again:
            new, sheet, row = self._changing[draft.id, name]
            if meant(new) != meant(changes[name][1]):
                facts = {"field": schema_of(draft.kind).by_name[name].label, "row": row}
                sentence = Sentence("Row {row} already gives another “{field}”.", **facts)
                if sheet != draft.sheet:
                    sentence = Sentence(
                        "Row {row} of the sheet “{sheet}” already gives another “{field}”.",
                        sheet=sheet,
                        **facts,
                    )
                draft.faults.append(("", Fault("IMP-10", sentence)))
        return {name: change for name, change in changes.items() if name not in again}

    def _fetch(self, drafts: Sequence[Draft]) -> None:
        """Fetch the stored records that the drafts mean, all of a kind at once."""
        ids: dict[str, list[Id]] = defaultdict(list)
        for draft in drafts:
            if draft.id is not None:
                ids[draft.kind].append(draft.id)
        for kind, wanted in ids.items():
            self._stored |= self._work.known.full(schema_of(kind).record, wanted)

    def _held_back(self, record: PlannedRecord) -> PlannedRecord:
        """Let a record wait if an organisation or person of its rows has to wait."""
        if record.action in (Action.REFUSE, Action.WAIT):
            return record
        waits = [
            question
            for row in record.rows
            for other in self._waiting.get((record.sheet, row), ())
            for question in other.waits
        ]
        if not waits:
            return record
        return replace(record, action=Action.WAIT, waits=tuple(dict.fromkeys(waits)))

    def _rows(self, mains: Sequence[PlannedRecord]) -> Iterator[RowPlan]:
        """Give the fate of each row: that of its own record, or of what it tells of others."""
        by_spot: dict[Spot, list[PlannedRecord]] = defaultdict(list)
        for record in mains:
            by_spot[record.sheet, record.rows[0]].append(record)
            for row in record.rows[1:]:  # a record of several rows is the fate of each of them
                if (record.sheet, row) not in self._duplicates:
                    by_spot[record.sheet, row].append(record)
            for spot in self._also.get(record.key, ()):
                by_spot[spot].append(record)
        for spot, records in self._by_spot.items():
            if spot not in self._duplicates:
                by_spot[spot].extend(records)
        for sheet, number in in_order(by_spot):
            records = by_spot[sheet, number]
            main = records[0]
            action = min({record.action for record in records}, key=_WEIGHT.index)
            if main.action is Action.SAME and action is Action.ADD:
                action = Action.CHANGE
            own = min((r.action for r in records if r.kind == main.kind), key=_WEIGHT.index)
            if own in (Action.REFUSE, Action.ADD):
                action = own
            waits = dict.fromkeys(question for record in records for question in record.waits)
            yield RowPlan(
                sheet,
                number,
                action,
                _REASONS[action],
                tuple(record.key for record in records),
                tuple(waits),
            )

    def _fates(self, rows: Iterable[RowPlan]) -> dict[Spot, Action]:
        return {(row.sheet, row.number): row.action for row in rows}

    def _following(
        self,
        record: PlannedRecord,
        spots: Mapping[str, Sequence[Spot]],
        fates: Mapping[Spot, Action],
    ) -> PlannedRecord:
        """Let what only waiting or refused rows name share their fate."""
        if record.action not in (Action.ADD, Action.CHANGE):
            return record
        places = spots.get(record.key) or [(record.sheet, row) for row in record.rows]
        actions = {fates.get(spot, Action.SKIP) for spot in places}
        if not actions <= _LEFT_ALONE:
            return record
        waits = Action.WAIT in actions
        return replace(record, action=Action.WAIT if waits else Action.REFUSE)
