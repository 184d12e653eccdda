"""Which records the rows of a returned template mean: by their hidden ids, or else by asking.

Partners copy rows, sort without the hidden column, and write a new record over an old one. The id
of a row holds only while its cells still say that they are about that record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from smartct_desktop.domain.book import Row, Sheet, Value
from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.layout import Table
from smartct_desktop.services.importing.names import Names
from smartct_desktop.services.importing.own_sheet import OwnSheet
from smartct_desktop.services.importing.own_values import OwnValues, Same
from smartct_desktop.services.importing.plan import PlanFinding
from smartct_desktop.services.importing.questions import Asking, Place

COPY, OTHER, SAME = "leave out", "another", "the same"
"""What a copied row can be, and whether a row that says something else still means its record."""

_ID = re.compile(r"[0-9a-f]{32}")

_NAMING: Mapping[str, tuple[tuple[str, ...], int]] = {
    "membership": (("organisation.name",), 1),
    "exchange": (("exchange.vo", "exchange.ho", "exchange.start"), 2),
    "event": (("event.code", "event.title", "event.start"), 2),
    "attendance": (("attendance.name_text", "attendance.event"), 1),
}
"""The columns that tell a record, and how many of them may not say otherwise."""


class CollectedIds:
    """Settles the record ids of one sheet."""

    def __init__(  # noqa: PLR0913, PLR0917 (everything the ids are compared with)
        self,
        sheet: Sheet,
        kind: str,
        columns: Mapping[int, MappedColumn],
        known: Known,
        values: OwnValues,
        names: Names,
        asking: Asking,
    ) -> None:
        self._sheet = sheet
        self._kind = kind
        self._known = known
        self._values = values
        self._names = names
        self._asking = asking
        naming, self._limit = _NAMING[kind]
        self._places = {m.code: index for index, m in columns.items() if m.code in naming}
        self._tests: dict[str, Same] = {}

    def settled(self, own: OwnSheet, table: Table, column: int) -> OwnSheet:
        """Give the sheet with the ids that hold, and the rows that wait for an answer."""
        rows = {row.number: row for row in table.rows}
        said = {number: id_ for number, row in rows.items() if (id_ := _id_of(row, column))}
        type_ = schema_of(self._kind).record
        records = dict(self._known.full(type_, said.values()))
        self._tests = {
            code: test
            for code in self._places
            if (test := self._values.same(code, list(records.values())))
        }
        ids = {number: id_ for number, id_ in said.items() if id_ in records}
        gone = {number: id_ for number, id_ in said.items() if id_ not in records}
        findings = [*own.findings, *self._sorted_apart(ids, rows, records)]
        doubtful: dict[int, str] = {}
        left_out: set[int] = set()
        for id_, numbers in _by_id(ids).items():
            first = self._original(records[id_], [rows[number] for number in numbers])
            for number in numbers:
                if number != first:
                    self._copied(rows[number], first, records[id_], ids, doubtful, left_out)
            self._written_over(rows[first], records[id_], ids, doubtful)
        return replace(
            own,
            ids=ids,
            gone=gone,
            doubtful=doubtful,
            left_out=frozenset(left_out),
            findings=tuple(findings),
        )

    def _differs(self, record: Record, row: Row) -> int:
        """Count the naming cells that are filled and say something else than the record."""
        return sum(
            not test(record, value) and not self._same_name(code, record, value)
            for code, test in self._tests.items()
            if (value := row.value(self._places[code])) is not None
        )

    def _same_name(self, code: str, record: Record, value: Value) -> bool:
        """Whether an organisation is only written otherwise: "Licht GmbH" for "Licht"."""
        if code != "organisation.name" or not isinstance(value, str):
            return False
        core = self._names.core(value)
        return core != "" and core == self._names.core(self._caption(record))

    def _original(self, record: Record, rows: Sequence[Row]) -> int:
        """Give the row that still says most of what the record says, the first among equals."""
        return min(rows, key=lambda row: (self._differs(record, row), row.number)).number

    def _sorted_apart(
        self, ids: dict[int, Id], rows: Mapping[int, Row], records: Mapping[Id, Record]
    ) -> Sequence[PlanFinding]:
        """Give back their ids to rows that were sorted without them; say which rows."""
        astray = [n for n, id_ in ids.items() if self._differs(records[id_], rows[n])]
        moved: dict[int, Id] = {}
        for number in astray:
            meant = [
                id_
                for id_ in {ids[other] for other in astray}
                if id_ != ids[number] and self._differs(records[id_], rows[number]) == 0
            ]
            if len(meant) == 1:
                moved[number] = meant[0]
        # A record written over by another would look so too, if that other were not gone itself.
        moved = {n: id_ for n, id_ in moved.items() if list(moved.values()).count(id_) == 1}
        if not moved:
            return ()
        taken = set(moved.values())
        for number in astray:
            if number in moved:
                ids[number] = moved[number]
            elif ids[number] in taken:
                del ids[number]
        sentence = Sentence(
            "The hidden record ids no longer stand in the rows they belong to: the visible columns "
            "were sorted without them. The rows are found by what they say instead."
        )
        where = tuple(sorted(moved))
        return (PlanFinding("IMP-21", Severity.WARNING, sentence, self._sheet.name, where),)

    def _copied(  # noqa: PLR0913, PLR0917 (where the answers go)
        self,
        row: Row,
        first: int,
        record: Record,
        ids: dict[int, Id],
        doubtful: dict[int, str],
        left_out: set[int],
    ) -> None:
        """Take a copy of a row without its id; where it still means the record, ask."""
        del ids[row.number]
        if self._differs(record, row) >= self._limit:
            return  # it names another record: a copy that was written over
        place = Place(
            "copied_row",
            "row",
            Sentence("These rows bear the hidden number of another row. What are they?"),
            self._sheet.name,
        )
        given = self._asking.ask(
            place,
            f"{row.number}: {self._caption(record)}",
            rows=(first, row.number),
            options=(COPY, OTHER),
            text=Sentence(
                "Row {row} is a copy of row {first}, {record}. Shall it be left out or taken as "
                "another record?",
                row=row.number,
                first=first,
                record=self._caption(record),
            ),
        )
        if given is None:
            doubtful[row.number] = place.id
        elif given.value == COPY:
            left_out.add(row.number)

    def _written_over(
        self, row: Row, record: Record, ids: dict[int, Id], doubtful: dict[int, str]
    ) -> None:
        """Ask about a row that now says something else than the record whose id it bears."""
        if self._differs(record, row) < self._limit:
            return
        place = Place(
            "other_record",
            "row",
            Sentence("These rows name something else than before. Do they mean the same?"),
            self._sheet.name,
        )
        given = self._asking.ask(
            place,
            f"{row.number}: {self._caption(record)}",
            rows=(row.number,),
            options=(SAME, OTHER),
            text=Sentence(
                "Row {row} was {record} and now says “{text}”. Is it the same, to be corrected, or "
                "another record?",
                row=row.number,
                record=self._caption(record),
                text=", ".join(self._said(row)),
            ),
        )
        if given is None:
            doubtful[row.number] = place.id
        if given is None or given.value == OTHER:
            del ids[row.number]

    def _said(self, row: Row) -> Sequence[str]:
        cells = (row.value(self._places[code]) for code in self._tests)
        return [str(value) for value in cells if value is not None]

    def _caption(self, record: Record) -> str:
        """Give what a record is called; a member by its own name."""
        member = getattr(record, "organisation", None) if self._kind == "membership" else None
        kind, id_ = ("organisation", member) if member else (self._kind, record.id)
        return self._known.captions(kind, [id_]).get(id_, "")


def _id_of(row: Row, column: int) -> Id | None:
    value = row.value(column)
    text = value.strip() if isinstance(value, str) else ""
    return Id(text) if _ID.fullmatch(text) else None


def _by_id(ids: Mapping[int, Id]) -> Mapping[Id, Sequence[int]]:
    found: dict[Id, list[int]] = defaultdict(list)
    for number, id_ in ids.items():
        found[id_].append(number)
    return found
