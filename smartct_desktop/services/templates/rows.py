"""The rows of a list in an area of a template: where they go, whether they fit, what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smartct_desktop.domain.book import Area
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.templates.known import Knowledge, KnownColumn, KnownList
from smartct_desktop.services.templates.mapping import TemplateMap
from smartct_desktop.services.templates.places import (
    Place,
    RegionPlace,
    Room,
    counted_short,
    room_below,
    room_in,
    why_not,
)
from smartct_desktop.spreadsheets.template_cells import CellFilling
from smartct_desktop.spreadsheets.template_parts import (
    GivenSheet,
    GivenTable,
    GivenTemplate,
    area_name,
    place_name,
)
from smartct_desktop.spreadsheets.template_writing import Grown


@dataclass(frozen=True)
class PlannedRows:
    """The rows of one list in one area.

    `columns` are by their place in the sheet; `span` are all columns of the area, and `styles` the
    formats of its last prepared row, which rows behind it take over. `place` is the area that a
    person has chosen, None for a row of braces.
    """

    key: str
    sheet: str
    known: KnownList
    columns: Mapping[int, KnownColumn]
    room: Room
    span: range
    styles: Mapping[int, int]
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    table: GivenTable | None = None
    place: RegionPlace | None = None

    @property
    def count(self) -> int:
        """How many rows the list has."""
        return len(self.known.rows)

    @property
    def personal(self) -> bool:
        """Whether a column tells something of people."""
        return any(column.personal for column in self.columns.values())

    @property
    def last_row(self) -> int:
        """The last row of the area, once it is filled."""
        return self.room.first_row + max(self.room.prepared, self.count) - 1

    @property
    def grown(self) -> Grown | None:
        """The rows behind the prepared ones, with their table if they are in one."""
        behind = self.room.first_row + self.room.prepared
        if not self.room.prepared or self.last_row < behind:
            return None
        added = Area(behind, self.span.start, self.last_row, self.span.stop - 1)
        if self.table is None:
            return Grown(self.sheet, added)
        area = self.table.area
        whole = Area(area.first_row, area.first_column, self.last_row, area.last_column)
        return Grown(self.sheet, added, self.table.part, whole)

    def cells(self) -> Iterator[tuple[int, int]]:
        """Give the cells that are its own, row by row."""
        for row in range(self.room.first_row, self.last_row + 1):
            for column in self.columns:
                yield row, column

    def fillings(self) -> Iterator[CellFilling]:
        """Give what is put into its cells; prepared rows that are not needed are cleared."""
        first, prepared = self.room.first_row, self.room.prepared
        for number, row in enumerate(self.known.rows, first):
            behind = number >= first + prepared
            for place in self.span if behind else self.columns:
                column = self.columns.get(place)
                value = self.known.cell(row, column) if column is not None else None
                style = self.styles.get(place) if behind else None
                if column is not None or style:
                    yield CellFilling(number, place, value, style=style)
        for number in range(first + self.count, first + prepared):
            for place in self.columns:
                yield CellFilling(number, place, None)


def lists_in(
    places: Sequence[Place], knowledge: Knowledge, said: TemplateMap
) -> list[tuple[KnownList, dict[int, KnownColumn]]]:
    """Give the lists that a row of braces asks for, with the columns by their place."""
    found: dict[str, tuple[KnownList, dict[int, KnownColumn]]] = {}
    for place in places:
        if not place.whole:
            continue
        asked = place.asked[0].name
        name = said.places.get(place.key, said.places.get(asked, asked))
        if knowledge.value(name) is not None:
            continue
        split = knowledge.split(name)
        if split is not None:
            known, column = split
            found.setdefault(known.name, (known, {}))[1][place.column] = column
    return list(found.values())


def rows_of(
    template: GivenTemplate,
    sheet: GivenSheet,
    known: KnownList,
    row: int,
    columns: Mapping[int, KnownColumn],
) -> PlannedRows:
    """Plan the rows that begin at a row of braces, in its table if it stands in one."""
    table = next((one for one in sheet.tables if (row, min(columns)) in one.body), None)
    key = f"{sheet.name}!{area_name(Area(row, min(columns), row, max(columns)))}"
    if table is not None and row == table.body.first_row:
        place = RegionPlace(key, sheet.name, table.body, table.headings, table)
        room = room_in(sheet, place)
        return _planned(template, sheet, key, known, columns, room, place, braced=True)
    return _planned(template, sheet, key, known, columns, room_below(sheet, row, list(columns)))


def rows_in(
    template: GivenTemplate,
    sheet: GivenSheet,
    place: RegionPlace,
    known: KnownList,
    columns: Mapping[int, KnownColumn],
) -> PlannedRows:
    """Plan the rows of a region."""
    room = room_in(sheet, place)
    return _planned(template, sheet, place.key, known, columns, room, place)


def _planned(  # noqa: PLR0913, PLR0917 (what a plan of rows is made of)
    template: GivenTemplate,
    sheet: GivenSheet,
    key: str,
    known: KnownList,
    columns: Mapping[int, KnownColumn],
    room: Room,
    place: RegionPlace | None = None,
    *,
    braced: bool = False,
) -> PlannedRows:
    span = range(min(columns), max(columns) + 1)
    table = place.table if place is not None else None
    if table is not None:
        span = range(table.area.first_column, table.area.last_column + 1)
    last = room.first_row + room.prepared - 1
    styles = {
        column: cell.style
        for column in span
        if (cell := sheet.cells.get((last, column))) is not None
    }
    return PlannedRows(
        key,
        sheet.name,
        known,
        columns,
        room,
        span,
        styles,
        tuple(_problems(template, sheet, key, known, columns, room)),
        tuple(_remarks(template, sheet, key, known, columns, room)),
        table,
        place if place is not None and not braced else None,
    )


def _problems(  # noqa: PLR0913, PLR0917 (as above)
    template: GivenTemplate,
    sheet: GivenSheet,
    key: str,
    known: KnownList,
    columns: Mapping[int, KnownColumn],
    room: Room,
) -> Iterator[str]:
    count = len(known.rows)
    if count > room.most:
        yield Sentence(
            "{place} has room for {room} rows, and there are {count} ({list}).",
            place=key,
            room=room.most,
            count=count,
            list=known.label,
        )
        return
    if count > room.prepared:
        short = counted_short(template, sheet.name, room, list(columns), count)
        if short:
            yield Sentence(
                "{place} has {room} rows prepared, and there are {count} ({list}); {where} counts "
                "in the prepared ones only.",
                place=key,
                room=room.prepared,
                count=count,
                list=known.label,
                where=short,
            )
    for row in range(room.first_row, room.first_row + max(room.prepared, 1)):
        for column in columns:
            refused = why_not(sheet, row, column)
            if refused is not None:
                yield refused
                return


def _remarks(  # noqa: PLR0913, PLR0917 (as above)
    template: GivenTemplate,
    sheet: GivenSheet,
    key: str,
    known: KnownList,
    columns: Mapping[int, KnownColumn],
    room: Room,
) -> Iterator[str]:
    count = len(known.rows)
    if known.remark:
        yield known.remark
    if not count:
        yield Sentence(
            "{place} stays empty: there is nothing to list ({list}).", place=key, list=known.label
        )
    if room.prepared < count <= room.most:
        yield Sentence(
            "{place}: behind the {room} prepared rows, {count} are added.",
            place=key,
            count=count - room.prepared,
            room=room.prepared,
        )
    printed = template.print_areas.get(sheet.name)
    last = room.first_row + max(count, 1) - 1
    if printed is not None and room.first_row <= printed.last_row < last:
        yield Sentence(
            "{sheet}: the rows behind {row} lie outside of its print area.",
            sheet=sheet.name,
            row=printed.last_row,
        )
    old = [
        (row, column)
        for row in range(room.first_row, room.first_row + room.prepared)
        for column in columns
        if (cell := sheet.cells.get((row, column))) is not None
        and cell.filled
        and "{{" not in (cell.text or "")
    ]
    if old:
        yield Sentence(
            "{place}: {n} cells hold something already, which is replaced (the first is {cell}).",
            place=key,
            n=len(old),
            cell=place_name(sheet.name, *old[0]),
        )
