"""Conditional marks and checks of prepared rows, carried on to the rows that filling adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smartct_desktop.domain.book import Area
from smartct_desktop.spreadsheets.xlsx_facts import area_of
from smartct_desktop.spreadsheets.xml_patch import Element, Patch, walk

_RULED = frozenset({"conditionalFormatting", "dataValidation"})
"""What says in an attribute for which cells it holds; newer ones say it in an element `sqref`."""


def carried_on(data: bytes, name: str, added: Sequence[Area]) -> bytes:
    """Give the worksheet with the marks and checks of each last prepared row on the rows behind.

    `added` are the areas of new rows, each straight below the prepared ones. Formulas of marks
    are relative to the first cell they hold for, which stays the first.
    """
    patch = Patch(data)

    def opened(around: tuple[str, ...], one: Element) -> None:
        if one.name in _RULED and around and "sqref" in one.attributes:
            longer = _longer(one.get("sqref"), added)
            if longer is not None:
                patch.set_attributes(one, sqref=longer)

    def closed(around: tuple[str, ...], one: Element) -> None:
        if one.name == "sqref" and around and around[-1] in _RULED:
            longer = _longer(data[one.inner : one.inner_end].decode(), added)
            if longer is not None:
                patch.edits.append((one.inner, one.inner_end, longer.encode()))

    walk(data, name, opened, closed)
    return patch.made()


def _longer(cells: str, added: Sequence[Area]) -> str | None:
    """Give the areas with what is added to them; None if that is nothing."""
    pieces = cells.split()
    areas = [area for piece in pieces if (area := area_of(piece)) is not None]
    for index, piece in enumerate(pieces):
        area = area_of(piece)
        if area is None:
            continue
        for more in _behind(area, added):
            if any(_covers(one, more) for one in areas):
                continue
            areas.append(more)
            same = (more.first_column, more.last_column) == (area.first_column, area.last_column)
            if same:
                area = Area(area.first_row, area.first_column, more.last_row, area.last_column)
                pieces[index] = str(area)
            else:
                pieces.append(str(more))
    longer = " ".join(pieces)
    return longer if longer != " ".join(cells.split()) else None


def _behind(area: Area, added: Sequence[Area]) -> Iterator[Area]:
    """Give what of the added rows belongs to an area that reaches the row above them."""
    for new in added:
        left = max(area.first_column, new.first_column)
        right = min(area.last_column, new.last_column)
        reaches = area.first_row < new.first_row <= area.last_row + 1 <= new.last_row
        if reaches and left <= right:
            yield Area(area.last_row + 1, left, new.last_row, right)


def _covers(one: Area, other: Area) -> bool:
    return (other.first_row, other.first_column) in one and (
        other.last_row,
        other.last_column,
    ) in one
