"""Where the current cell goes after a value was typed: down, up, right or left, as in Excel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from smartct_desktop.domain.fields import Id

if TYPE_CHECKING:  # the table makes it
    from smartct_desktop.ui.grid.table import RecordTable


@dataclass(frozen=True)
class _Place:
    """A cell by its record, which may stand in another row once a value is written."""

    record: Id | None
    column: str


class Entering:
    """Steps from cell to cell while values are typed one after another.

    Enter after a few Tabs goes to the row below, to the column in which the first value was typed.
    """

    def __init__(self, table: RecordTable) -> None:
        self._table = table
        self._next: _Place | None = None
        self._left_at: _Place | None = None
        self._first = ""
        table.current_changed.connect(self._forget)

    @property
    def going_on(self) -> bool:
        """Whether the current cell is still the one that the last value led to."""
        return self._left_at is not None and self._left_at == self._here()

    def look_ahead(self, rows: int, columns: int) -> None:
        """Note where a step leads, before the value is written and rows may change places."""
        here = self._here()
        if here is None:
            self._next = None
            return
        if not self.going_on:
            self._first = here.column
        if rows:
            beside = self._beside(self._table.currentIndex().row(), rows)
            self._next = here if beside is None else _Place(beside, self._first)
        else:
            self._next = self._along(here, columns)

    def step(self) -> None:
        """Go where `look_ahead` looked; the cell stays if its record is not shown any more."""
        place = self._next
        if place is not None and place.record is not None:
            self._table.go_to(place.record, column=place.column)
            self._left_at = self._here()

    def _forget(self) -> None:
        self._left_at = None

    def _here(self) -> _Place | None:
        index = self._table.currentIndex()
        if not index.isValid():
            return None
        name = self._table.records.columns[index.column()].name
        return _Place(self._table.current_id, name)

    def _beside(self, row: int, by: int) -> Id | None:
        """The nearest record above or below, past headings of groups."""
        records = self._table.records
        row += by
        while records.heading_at(row) is not None:
            row += by
        return records.id_of(row) if 0 <= row < records.rowCount() else None

    def _along(self, here: _Place, by: int) -> _Place:
        """The next column as they stand on the screen; from the last one to the row below."""
        columns = [self._table.records.columns[n].name for n in self._table.visual_columns()]
        place = columns.index(here.column) + by
        if 0 <= place < len(columns):
            return _Place(here.record, columns[place])
        beside = self._beside(self._table.currentIndex().row(), by)
        return here if beside is None else _Place(beside, columns[place % len(columns)])
