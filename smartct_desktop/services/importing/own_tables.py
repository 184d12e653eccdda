"""Rows of our own exports: each is the record whose id it bears, and only changed cells count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Day, Field, Id, Reference
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.session import Session
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.cells import field_of
from smartct_desktop.services.importing.deleted_records import ask_again
from smartct_desktop.services.importing.drafts import (
    Draft,
    TableWork,
    draft_key,
    plain,
    proposing,
)
from smartct_desktop.services.importing.identity import Mention
from smartct_desktop.services.importing.mentions import Named
from smartct_desktop.services.importing.money_cells import Amount
from smartct_desktop.services.importing.named_sessions import names_of
from smartct_desktop.services.importing.own_sheet import OwnSheet
from smartct_desktop.services.importing.own_values import Told, told_by
from smartct_desktop.services.importing.people import SeenPerson
from smartct_desktop.services.importing.plan import PlanFinding, PlanValue, Target
from smartct_desktop.services.importing.understood import Fault, Understood

_READING = Sentence("Reading the rows")


class Records(Protocol):
    """What a list of one kind has to do: name its organisations, then give its records."""

    def mention(self) -> None:
        """Note the organisations that the rows name."""

    def drafts(self) -> Iterator[Draft]:
        """Give the records, once it is known which organisations are meant."""


class OwnTable:
    """One table of ours. Rows that somebody added to it are read as any partner's rows are."""

    def __init__(
        self, table: TableWork, own: OwnSheet, natural: Callable[[TableWork], Records] | None
    ) -> None:
        self._table = table
        self._own = own
        self._fields = schema_of(own.kind)
        self._named: dict[tuple[int, str], Named] = {}
        numbers = table.numbers
        self._places = [place for place, row in enumerate(numbers) if row in own.ids]
        self._left = self._deleted()
        added = [
            place
            for place, row in enumerate(numbers)
            if row not in own.ids and place not in self._left
        ]
        required = all(group & set(table.columns) for group in own.natural.required)
        self._added = added
        part = _part(table, added)
        self._natural = natural(part) if natural and added and required else None
        type_ = self._fields.record
        wanted = [own.ids[numbers[place]] for place in self._places]
        self._stored: dict[Id, Record] = dict(table.work.known.full(type_, wanted))

    @cached_property
    def _names(self) -> Mapping[Id, str]:
        """The names of the organisations that the stored records name, to show the rows by."""
        sides = ("organisation",) if self._own.kind == "membership" else ("vo", "ho")
        named = (getattr(r, side, None) for r in self._stored.values() for side in sides)
        return self._table.work.known.captions("organisation", list(filter(None, named)))

    # Organisations.

    def mention(self) -> None:
        """Note the organisations that changed cells name, and those of the rows that were added."""
        for code, column in self._table.columns.items():
            field = field_of(code)
            if field is None or not _names(field, "organisation"):
                continue
            for place in self._places:
                text = column.cells[place]
                if isinstance(text, str):
                    spot = (self._table.sheet, self._table.numbers[place])
                    self._named[place, field.name] = self._table.work.mentions.name(
                        Mention(text), spot
                    )
        if self._natural is not None:
            self._natural.mention()

    # Records.

    def drafts(self) -> Iterator[Draft]:
        """Give one draft for each row, and one for what it tells of an organisation."""
        table = self._table
        rows = table.work.progress.through(_READING, self._places, len(self._places))
        for place in rows:
            yield from self._row(place)
        if self._natural is not None:
            yield from self._natural.drafts()
        else:
            yield from map(self._without_id, self._added)
        yield from self._left.values()

    def _row(self, place: int) -> Iterator[Draft]:
        table, row = self._table, self._table.numbers[place]
        id_ = self._own.ids[row]
        record = self._stored[id_]
        key = draft_key(self._own.kind, table.sheet, row)
        draft = Draft(self._own.kind, key, table.sheet, [row], {}, id=id_)
        draft.told.update((name, value) for name, value in self._shown(record) if value)
        facts: list[Draft] = []
        for code, column in table.columns.items():
            value = column.cells[place]
            fault = column.faults.get(place)
            if fault is not None:
                draft.faults.append((column.letter, fault))
            elif value is not None:
                told = told_by(self._own.kind, code)
                about = getattr(record, told.naming) if told else None
                if told is None:
                    self._take(draft, place, code, value, column.letter)
                elif about is not None and not self._names_another(place, told):
                    facts.append(self._fact(draft, about, told.field, value))
                elif about is None and told.field.kind == "person":
                    self._lost(row, column.letter)
        yield draft
        yield from facts

    def _names_another(self, place: int, told: Told) -> bool:
        """Whether the row names another record now, of which its other cells would tell."""
        if told.field.kind == "person":
            column = self._table.columns.get("exchange.visitor")
            return column is not None and column.cells[place] is not None
        return (place, told.naming) in self._named

    def _lost(self, row: int, letter: str) -> None:
        """Say of an address that it belongs to nobody, unless the row names a person now."""
        column = self._table.columns.get("exchange.visitor")
        place = self._table.numbers.index(row)
        if column is None or column.cells[place] is None:
            sentence = Sentence("The address is not taken: the row names nobody it belongs to.")
            self._table.findings.append(
                PlanFinding("IMP-04", Severity.WARNING, sentence, self._table.sheet, (row,), letter)
            )

    def _fact(self, draft: Draft, about: Id, field: Field, value: Any) -> Draft:
        """Give what a row tells of a record that it names."""
        told = Draft(
            field.kind,
            f"{field.kind} {about} {draft.key} {field.name}",
            draft.sheet,
            list(draft.rows),
            {},
            id=about,
        )
        found = _simple(value, field)
        if isinstance(found, Fault):
            told.faults.append(("", found))
        else:
            told.values[field.name] = found
        return told

    def _take(self, draft: Draft, place: int, code: str, value: Any, letter: str) -> None:
        field = field_of(code)
        if field is None or field.kind != self._own.kind or field.calculated:
            return
        if isinstance(field.type, Reference):
            self._refer(draft, place, field, value, letter)
            return
        found = _simple(value, field)
        if isinstance(found, Fault):
            draft.faults.append((letter, found))
        else:
            draft.values[field.name] = found

    def _refer(self, draft: Draft, place: int, field: Field, value: Any, letter: str) -> None:
        named = self._named.get((place, field.name))
        if named is not None:
            draft.values[field.name] = named.value
            return
        if not isinstance(value, str):
            return
        found = self._found(draft, place, field, value)
        if found is not None:
            draft.values[field.name] = found
            return
        sentence = Sentence(
            "“{text}” is not found in the document; the {field} can be changed there only to what "
            "is stored.",
            text=value,
            field=field.label,
        )
        draft.faults.append((letter, Fault("IMP-22", sentence)))

    def _found(self, draft: Draft, place: int, field: Field, text: str) -> PlanValue:
        """Find the record that a changed cell names, by its exact name."""
        known, wanted = self._table.work.known, fold(text)
        if _names(field, "person"):
            spot = (draft.sheet, draft.rows[0])
            email = self._table.text("exchange.visitor_email", place)
            return self._table.work.people.person(SeenPerson(spot, text, email))
        if _names(field, "partnership"):
            partnership = known.partnerships.get(wanted)
            if partnership is None:
                return None
            return Target("partnership", partnership.acronym, partnership.id)
        targets: Sequence[Target] = ()
        if _names(field, "event"):
            targets = [
                Target("event", event.title, event.id)
                for event in known.events
                if wanted
                in {fold(event.title), fold(event.code or ""), fold(f"{event.code} {event.title}")}
            ]
        elif _names(field, "session"):
            event = getattr(self._stored[self._own.ids[draft.rows[0]]], "event", None)
            sessions = known.parts(Session, event) if event else ()
            targets = [
                Target("session", text, session.id)
                for session in sessions
                if wanted in map(fold, names_of(session))
            ]
        elif _names(field, "exchange"):
            targets = [
                Target("exchange", exchange.number or "", exchange.id)
                for exchange in known.exchanges
                if exchange.number and fold(exchange.number) == wanted
            ]
        return targets[0] if len(targets) == 1 else None

    def _shown(self, record: Record) -> Iterator[tuple[str, PlanValue]]:
        """Give by which names a row is shown whose cells all say what is stored."""
        for field in self._fields.keys:
            value = getattr(record, field.name)
            if value is not None and not isinstance(field.type, Reference):
                yield field.name, value
        if self._own.kind == "membership":
            yield "name", self._names.get(getattr(record, "organisation", Id("")))
        for side in ("vo", "ho") if self._own.kind == "exchange" else ():
            yield f"{side}_as_written", self._names.get(getattr(record, side, Id("")))

    def _without_id(self, place: int) -> Draft:
        row = self._table.numbers[place]
        key = draft_key("row", self._table.sheet, row)
        draft = Draft(self._own.kind, key, self._table.sheet, [row], {})
        sentence = Sentence(
            "The row bears no record id, and new {kind} are not taken from such a list.",
            kind=self._own.table_kind.plural,
        )
        draft.faults.append(("", Fault("IMP-04", sentence)))
        return draft

    # Records that were deleted since.

    def _deleted(self) -> dict[int, Draft]:
        """Ask about rows of records that somebody has deleted; give those that wait or are left."""
        table = self._table
        found: dict[int, Draft] = {}
        for place, row in enumerate(table.numbers):
            id_ = self._own.gone.get(row)
            past = table.work.known.history(self._own.kind, id_) if id_ else ()
            if not past:
                continue
            key = draft_key("deleted", table.sheet, row)
            draft = Draft(self._own.kind, key, table.sheet, [row], {})
            step, change = past[0]
            if not ask_again(table.work.asking, draft, step, change.caption):
                found[place] = draft
        return found


def _names(field: Field, kind: str) -> bool:
    return isinstance(field.type, Reference) and field.type.kind == kind


def _simple(value: Any, field: Field) -> PlanValue | Fault:
    """Give a cell as the field holds it."""
    if isinstance(value, Asked):
        return proposing(value, lambda proposed: _proposed(proposed, field))
    if isinstance(value, Amount):
        value = value.cents
        if isinstance(value, int) and value < 0:
            return Fault("AMT-01", Sentence("The amount is below zero."))
    if isinstance(value, PartialDate) and isinstance(field.type, Day):
        if not value.day:
            return Fault("IMP-07", Sentence("The day of the date is missing."))
        return value.first
    return plain(value)


def _proposed(value: Any, field: Field) -> PlanValue:
    found = _simple(value, field)
    return None if isinstance(found, Fault) else found


def _part(table: TableWork, places: Sequence[int]) -> TableWork:
    """Give the table with some of its rows only."""
    moved = {place: new for new, place in enumerate(places)}

    def within(cells: dict[int, Any]) -> dict[int, Any]:
        return {moved[place]: value for place, value in cells.items() if place in moved}

    columns = {
        code: Understood(
            column.code,
            column.letter,
            [column.values[place] for place in places],
            within(column.asked),
            within(column.faults),
            within(column.texts),
        )
        for code, column in table.columns.items()
    }
    return replace(
        table,
        numbers=[table.numbers[place] for place in places],
        columns=columns,
        totals=(),
        findings=table.findings,
        skipped=table.skipped,
    )
