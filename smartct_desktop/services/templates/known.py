"""What can be put into a funder's template: single values by name, and the rows of lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from smartct_desktop.domain import report
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.report import Kind, Report, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.exporting import build_report
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import LISTS, REPORTS, Part, ReportKind
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.services.reports.wording import Wording
from smartct_desktop.services.templates.values import Known, KnownValues
from smartct_desktop.spreadsheets.template_cells import CellValue

SHORT_NAMES = {
    "exchange": "exchange-register",
    "sme": "smes",
    "event": "events",
    "payment": "payment-run",
    "award": "fstp-awards",
    "cluster": "partnership-composition",
    "month": "kpi.months",
    "country": "kpi.countries",
}
"""Shorter names for the lists that templates ask for most."""

ALL = "all."
"""Before the name of a kind: all its records with all their fields, whatever the period."""

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_NEEDED = frozenset({"event", "person"})
_CENTS = 100


@dataclass(frozen=True, slots=True)
class KnownColumn:
    """A column of a list: by which names it is asked for, and its place in a row."""

    name: str
    heading: str
    kind: Kind
    place: int
    also: tuple[str, ...] = ()
    code: str = ""
    personal: bool = False


@dataclass(frozen=True)
class KnownList:
    """Rows that can be placed.

    `remark` says what of the wish it cannot follow, "" for nothing; `yes` and `no` are the words
    for flags.
    """

    name: str
    label: Sentence
    columns: tuple[KnownColumn, ...]
    table: Table
    remark: str = ""
    yes: str = "yes"
    no: str = "no"

    def column(self, name: str) -> KnownColumn | None:
        """Give the column of a name."""
        wanted = name.strip().lower()
        return next((c for c in self.columns if wanted == c.name or wanted in c.also), None)

    @cached_property
    def rows(self) -> tuple[report.Row, ...]:
        """All rows, as the report has them."""
        return tuple(self.table.rows)

    def cell(self, row: report.Row, column: KnownColumn) -> CellValue:
        """Give what stands in a cell: money in euro, days as days, flags as words."""
        value = row[column.place]
        match value:
            case None | str() | date() | time():
                return value
            case bool():
                return self.yes if value else self.no
            case int() if column.kind is Kind.MONEY:
                return Decimal(value) / _CENTS
            case int():
                return value
            case _:
                exact = value if isinstance(value, Decimal) else Decimal(repr(value))
                places = self.table.columns[column.place].places
                return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


class Knowledge:
    """Everything that can be placed, read from a document when it is asked for.

    The reader must stay open as long.
    """

    def __init__(
        self, reader: Reader, facts: ProgrammeFacts, wish: Wish, made_at: datetime
    ) -> None:
        self._reader = reader
        self._facts = facts
        self._wish = wish
        self._made_at = made_at
        self._wording = Wording(wish.language, facts)
        self._values = KnownValues(reader, facts, wish, made_at)
        self._reports: dict[str, Report] = {}
        self._lists: dict[str, KnownList | None] = {}

    @cached_property
    def values(self) -> Mapping[str, Known]:
        """The single values by name, in the order in which they are offered."""
        return self._values.by_name

    def value(self, name: str) -> Known | None:
        """Give the value of a name, whatever its case; codes of figures do as well."""
        return self._values.named(name)

    @cached_property
    def list_names(self) -> Sequence[tuple[str, Sentence]]:
        """The lists by name, with what they are called."""
        named = {kind.code: kind.name for kind in _reports()}
        further = [
            (name, Sentence("{report}: {sheet}", report=named[code], sheet=sheet))
            for name in SHORT_NAMES.values()
            for code, _, sheet in (name.partition("."),)
            if sheet and code in named
        ]
        whole = [(ALL + kind.code, kind.sentence) for kind in LISTS]
        return [*named.items(), *further, *whole]

    def listed(self, name: str) -> KnownList | None:
        """Give a list by its name or short name, or None; later sheets follow after a point."""
        wanted = name.strip().lower()
        wanted = SHORT_NAMES.get(wanted, wanted)
        if wanted not in self._lists:
            self._lists[wanted] = self._made_list(wanted)
        return self._lists[wanted]

    def split(self, name: str) -> tuple[KnownList, KnownColumn] | None:
        """Give list and column of "exchange.vo"; None if there is no such."""
        parts = name.strip().lower().split(".")
        for end in range(len(parts) - 1, 0, -1):
            known = self.listed(".".join(parts[:end]))
            column = known.column(".".join(parts[end:])) if known is not None else None
            if known is not None and column is not None:
                return known, column
        return None

    def _report(self, kind: ReportKind) -> Report:
        if kind.code not in self._reports:
            scope = _part_of(kind, self._wish.scope)
            built = self._built(kind, scope)
            self._reports[kind.code] = built
        return self._reports[kind.code]

    def _made_list(self, name: str) -> KnownList | None:
        for kind in LISTS:
            if name == ALL + kind.code:
                return self._known_list(name, kind, self._built(kind, EVERYTHING), 0)
        for kind in _reports():
            if name != kind.code and not name.startswith(kind.code + "."):
                continue
            built = self._report(kind)
            for place, table in enumerate(built.tables):
                if _table_name(kind, built, table) == name:
                    return self._known_list(name, kind, built, place)
        return None

    def _built(self, kind: ReportKind, scope: Scope) -> Report:
        return build_report(
            kind, self._reader, self._facts, self._made_at, scope, masked=self._wish.masked
        )

    def _known_list(self, name: str, kind: ReportKind, built: Report, place: int) -> KnownList:
        columns: list[KnownColumn] = []
        taken: set[str] = set()
        for number, column in enumerate(built.tables[place].columns):
            if column.hidden:
                continue
            names = list(dict.fromkeys([*_code_names(column.code), slug(column.heading)]))
            free = [one for one in names if one and one not in taken]
            if free:
                taken.update(free)
                columns.append(
                    KnownColumn(
                        free[0],
                        column.heading,
                        column.kind,
                        number,
                        tuple(free[1:]),
                        column.code,
                        column.personal is not None,
                    )
                )
        worded = self._wording.report(built)
        label = kind.name
        if name.startswith(ALL):
            label = kind.sentence
        elif len(built.tables) > 1:
            label = Sentence("{report}: {sheet}", report=kind.name, sheet=built.tables[place].name)
        return KnownList(
            name,
            label,
            tuple(columns),
            worded.tables[place],
            self._remark(kind),
            worded.words.yes,
            worded.words.no,
        )

    def _remark(self, kind: ReportKind) -> str:
        """Say what of period and partner a list does not follow."""
        scope, own = self._wish.scope, _part_of(kind, self._wish.scope)
        if (scope.since or scope.until) and not (own.since or own.until):
            return Sentence("{list}: of all days, not only of the period.", list=kind.name)
        if scope.partner is not None and own.partner is None:
            return Sentence("{list}: of all partners.", list=kind.name)
        return ""


def slug(text: str) -> str:
    """Give a heading as a name: "Due EUR" as "due_eur"."""
    return _NOT_IN_NAMES.sub("_", text.lower().replace("%", "percent")).strip("_")


def _reports() -> list[ReportKind]:
    """Give the reports that can be made without choosing one record."""
    return [
        kind
        for kind in REPORTS
        if not {part.value for part in kind.parts} & _NEEDED and kind.code != "partner-template"
    ]


def _part_of(kind: ReportKind, scope: Scope) -> Scope:
    """Give as much of the wish as the report can follow."""
    period, partner = Part.PERIOD in kind.parts, Part.PARTNER in kind.parts
    return Scope(
        scope.partner if partner else None,
        scope.since if period else None,
        scope.until if period else None,
    )


def _table_name(kind: ReportKind, built: Report, table: Table) -> str:
    return kind.code if table is built.tables[0] else f"{kind.code}.{slug(table.name)}"


def _code_names(code: str) -> tuple[str, ...]:
    field = code.rpartition(".")[2]
    short = field.removesuffix("_cents")
    return (short, field) if short != field else (field,)
