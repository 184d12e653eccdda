"""The plan of a filled template: every place and what fills it, and what is put into the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.templates.known import KnownColumn
from smartct_desktop.services.templates.mapping import TemplateMap
from smartct_desktop.services.templates.places import Place, RegionPlace
from smartct_desktop.services.templates.rows import PlannedRows
from smartct_desktop.services.templates.values import Known
from smartct_desktop.spreadsheets.cells_out import day_text, moment_text, plain
from smartct_desktop.spreadsheets.template_cells import CellFilling, CellValue
from smartct_desktop.spreadsheets.template_parts import GivenTemplate


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    """One name of one cell, and what fills it.

    `asked` is what a map is about: the name in braces, the name of the cell, or the cell.
    `filled_by` is None as long as nothing is chosen; a cell that only has a name then stays.
    """

    place: Place
    asked: str
    filled_by: Known | None
    blank: bool = False
    needed: bool = True
    problem: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody has to say what fills it."""
        return self.needed and self.filled_by is None and not self.blank


@dataclass(frozen=True)
class TemplatePlan:
    """Everything that filling would do. With `problems` nothing is written.

    `values` and `lists` are what can be chosen; `columns` are those of the lists that regions get.
    """

    template: GivenTemplate
    places: tuple[PlannedPlace, ...]
    rows: tuple[PlannedRows, ...]
    regions: tuple[RegionPlace, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    said: TemplateMap
    values: Mapping[str, Known]
    lists: Mapping[str, Sentence]
    columns: Mapping[str, Sequence[KnownColumn]]
    decimal: str = "."

    @property
    def personal(self) -> bool:
        """Whether it tells something of people."""
        return any(one.personal for one in self.rows) or any(
            one.filled_by is not None and one.filled_by.personal and one.filled_by.value is not None
            for one in self.places
        )

    @property
    def nothing(self) -> bool:
        """Whether no place of the template would get anything."""
        return not self.rows and not any(
            one.filled_by is not None or one.blank for one in self.places
        )

    def fillings(self) -> Mapping[str, Sequence[CellFilling]]:
        """Give what is put into the cells, by sheet."""
        found: dict[str, list[CellFilling]] = {}
        by_cell: dict[tuple[str, int, int], list[PlannedPlace]] = {}
        for one in self.places:
            if one.filled_by is not None or one.blank:
                by_cell.setdefault((one.place.sheet, one.place.row, one.place.column), []).append(
                    one
                )
        for (sheet, _, _), held in by_cell.items():
            found.setdefault(sheet, []).append(_filling(held, self.decimal))
        for rows in self.rows:
            found.setdefault(rows.sheet, []).extend(rows.fillings())
        return found


def shown(value: CellValue, decimal: str, *, share: bool = False) -> str:
    """Give a value as it stands within a text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case datetime():
            return moment_text(value)
        case date():
            return day_text(value)
        case time():
            return value.isoformat("minutes")
        case _:
            if share:
                percent = (Decimal(value) * 100).quantize(Decimal("0.1"))
                return plain(percent).replace(".", decimal) + " %"
            return plain(Decimal(value)).replace(".", decimal)


def _filling(held: Sequence[PlannedPlace], decimal: str) -> CellFilling:
    """Give what is put into one cell; a text with several names is filled as a whole."""
    place = held[0].place
    if not place.asked or place.whole:
        known = held[0].filled_by
        value = known.value if known is not None else None
        share = known.share if known is not None else False
        return CellFilling(place.row, place.column, value, share=share)
    changes = []
    by_name = {one.asked: one.filled_by for one in held}
    for asked in place.asked:
        known = by_name.get(asked.name)
        new = shown(known.value, decimal, share=known.share) if known is not None else ""
        changes.append((asked.start, asked.end, new))
    text, done = [], 0
    for start, end, new in changes:
        text += [place.text[done:start], new]
        done = end
    whole = "".join([*text, place.text[done:]])
    return CellFilling(place.row, place.column, whole, place.rich, changes)
