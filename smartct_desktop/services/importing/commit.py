"""Writing a plan into the document: all of it that needs no answer, in one step, or nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Change, Origin, Source
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record, new_id
from smartct_desktop.domain.records.sender import Judgement, Verdict
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.edit import Edit
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.memory import remember
from smartct_desktop.services.importing.plan import (
    Action,
    Counts,
    Decision,
    Plan,
    PlannedRecord,
    PlanValue,
    Target,
)
from smartct_desktop.services.numbering import prefix_of
from smartct_desktop.system.collecting import without_collecting

_ORDER = (
    "organisation",
    "person",
    "event",
    "session",
    "attendance",
    "exchange",
    "payment",
    "membership",
    "snapshot",
    "holiday",
    "rule_value",
)
_TO_TURN = (Target, Asked, Sentence)  # what a plan holds in the place of a value
_WRITTEN = frozenset({Action.ADD, Action.CHANGE})
_MAKING = Sentence("Getting the records ready")
_RUNNING = re.compile(r"(.*)-(\d{4})-(\d+)")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an import did. `counts` are rows, `added` and `changed` records by kind."""

    label: Sentence
    counts: Counts
    added: Mapping[str, int]
    changed: Mapping[str, int]

    @property
    def written(self) -> bool:
        """Whether anything was written."""
        return bool(self.added or self.changed)


def commit(plan: Plan, document: Editable, progress: Progress | None = None) -> Receipt:
    """Write what the plan adds and changes as one step that can be undone.

    `document` is one, or a `LongStep`. Rows that wait or are refused are left alone. Raises
    `Trouble` if the document has changed since the plan was made, or cannot be written, and
    `Cancelled`; then nothing is written at all.
    """
    progress = progress or Progress()
    counts = plan.counts
    written = counts.add + counts.change
    how_many = "import of {file} (1 row)" if written == 1 else "import of {file} ({rows} rows)"
    label = Sentence(how_many, file=plan.file, rows=written)
    sender = plan.sender.cluster if plan.sender else ""
    added: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    source = Source(plan.file, plan.sha256, sender)
    with without_collecting(), document.edit(label, source) as edit:
        changes = _Writer(plan, edit, document.read).write()
        for change in progress.through(_MAKING, changes, len(plan.records)):
            (changed if change.before else added)[change.kind] += 1
        if added or changed or plan.decisions:
            remember(plan, edit, document.read)
    return Receipt(label, counts, dict(added), dict(changed))


def planned_changes(
    plan: Plan, reader: Reader, progress: Progress | None = None
) -> tuple[Change, ...]:
    """Give the changes that a commit would make, for figures as they would be. `Cancelled`."""
    progress = progress or Progress()
    words, total = Sentence("Working out the figures"), len(plan.records)
    with without_collecting():
        changes = _Writer(plan, _Nowhere(), reader).write()
        return tuple(progress.through(words, changes, total))


class Editable(Protocol):
    """What a plan is written into."""

    @property
    def read(self) -> Reader:
        """Reads what is there."""

    def edit(self, label: str, source: Source | None = None) -> AbstractContextManager[Edit]:
        """Collect the changes made in the block and write them as one step."""


class _Goal(Protocol):
    """Where records go: an edit, or nowhere."""

    def add(self, record: Record, origin: Origin | None = None) -> Record:
        """Add a record."""

    def update(
        self, record: Record, origin: Origin | None = None, *, stored: Record | None = None
    ) -> Record:
        """Change a record."""


class _Nowhere:
    """Lets records pass without checking or keeping them, to see what a plan would do."""

    def add(self, record: Record, origin: Origin | None = None) -> Record:  # noqa: ARG002 (a goal)
        return record

    def update(
        self,
        record: Record,
        origin: Origin | None = None,  # noqa: ARG002 (a goal)
        *,
        stored: Record | None = None,  # noqa: ARG002 (a goal)
    ) -> Record:
        return record


class _Writer:
    """Turns planned records into records, those that others refer to first."""

    def __init__(self, plan: Plan, goal: _Goal, reader: Reader) -> None:
        self._plan = plan
        self._edit = goal
        self._known = Known(reader)
        self._ids: dict[str, Id] = {}
        self._stored: dict[Id, Record] = {}
        self._numbers = _Numbers(self._known)

    def write(self) -> Iterator[Change]:
        """Add and change the records; gives each change as it is made."""
        wanted = [record for record in self._plan.records if record.action in _WRITTEN]
        self._fetch(wanted)
        for record in sorted(wanted, key=lambda record: _turn(record.kind)):
            origin = Origin(record.sheet, record.rows[0])
            if record.action is Action.ADD:
                yield Change(None, self._add(record, origin), origin)
            else:
                before = self._before(record)
                yield Change(before, self._change(record, before, origin), origin)
        self._judge()

    def _fetch(self, records: Iterable[PlannedRecord]) -> None:
        """Fetch the records that change, all of a kind at once."""
        ids: dict[str, list[Id]] = defaultdict(list)
        for record in records:
            if record.id is not None and record.action is Action.CHANGE:
                ids[record.kind].append(record.id)
        for kind, wanted in ids.items():
            self._stored |= self._known.full(schema_of(kind).record, wanted)

    def _before(self, record: PlannedRecord) -> Record:
        before = self._stored.get(record.id) if record.id else None
        if before is None:
            raise _changed()
        return before

    def _add(self, record: PlannedRecord, origin: Origin) -> Record:
        schema = schema_of(record.kind)
        values: dict[str, Value] = {
            name: self._value(value) if isinstance(value, _TO_TURN) else value
            for name, value in record.values.items()
            if name in schema.by_name and name not in record.calculated
        }
        id_ = self._ids[record.key] = new_id()
        if record.kind == "exchange" and values.get("number") is None:
            day = values.get("start") or values.get("planned_start")
            values["number"] = self._numbers.next(day if isinstance(day, date) else None)
        return self._edit.add(schema.make(values, id_), origin)

    def _change(self, record: PlannedRecord, before: Record, origin: Origin) -> Record:
        values = {}
        for name, (old, new) in record.changes.items():
            if getattr(before, name) != old:
                raise _changed()
            values[name] = self._value(new)
        after = self._edit.update(before.replace(**values), origin, stored=before)
        self._stored[before.id] = after  # another sheet may tell more of it
        return after

    def _value(self, value: PlanValue) -> Value:
        if isinstance(value, Asked):
            msg = f"{value.question} is not answered"
            raise TypeError(msg)
        if isinstance(value, Target):
            return value.id or self._ids[value.key]
        return str(value) if isinstance(value, Sentence) else value

    def _judge(self) -> None:
        """Keep what a person decided on names, for the next file."""
        for decision in self._plan.decisions:
            record = decision.target.id or self._ids.get(decision.target.key)
            verdict = Verdict.SAME if decision.same else Verdict.NOT_SAME
            if record is None or self._judged(decision, record, verdict):
                continue
            self._edit.add(
                Judgement(
                    subject=decision.target.kind,
                    written=decision.written,
                    record=record,
                    verdict=verdict,
                )
            )

    def _judged(self, decision: Decision, record: Id, verdict: Verdict) -> bool:
        known = self._known.judgements(decision.target.kind).get(fold(decision.written), ())
        return any(j.record == record and j.verdict is verdict for j in known)


def _turn(kind: str) -> int:
    """Give when records of a kind are written; no new record refers to those of other kinds."""
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _changed() -> Trouble:
    return Trouble(
        Sentence("The document has changed since the import was prepared."),
        Sentence("Prepare the import again; nothing was written."),
    )


class _Numbers:
    """Gives exchanges their numbers: "SCT-2021-007", counting up within the year of the start."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._last: dict[tuple[str, int], int] | None = None
        self._prefix = ""

    def next(self, day: date | None) -> str:
        """Give the next free number; exchanges without a date count in the year 0000."""
        if self._last is None:
            self._last = _last_numbers(e.number for e in self._known.exchanges)
            self._prefix = prefix_of(self._known.own_partnership)
        prefix = self._prefix
        year = day.year if day else 0
        number = self._last[prefix, year] = self._last.get((prefix, year), 0) + 1
        return f"{prefix}-{year:04d}-{number:03d}"


def _last_numbers(numbers: Iterable[str | None]) -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    for number in numbers:
        match = _RUNNING.fullmatch(number or "")
        if match:
            key = (match[1], int(match[2]))
            found[key] = max(found.get(key, 0), int(match[3]))
    return found
