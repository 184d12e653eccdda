"""The selected cells of a table as a revision sees them: records, columns, and how many."""

from __future__ import annotations

from collections.abc import Iterable

from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.revising.revision import Target
from smartct_desktop.ui.grid.area import Area
from smartct_desktop.ui.grid.clipboard import target_of
from smartct_desktop.ui.grid.columns import AnyColumn, Column
from smartct_desktop.ui.grid.page import TablePage
from smartct_desktop.ui.revisions.asking import Scope
from smartct_desktop.ui.table_tabs import CLUSTERS


class Selected:
    """What is selected in the table of a page at this moment."""

    def __init__(self, page: TablePage) -> None:
        self._model = page.model
        self._table = page.table
        self._tab = page.tab
        self.area: Area = page.table.area
        self.ids = self._ids_of(self.area.rows)

    @property
    def columns(self) -> list[AnyColumn]:
        """The selected columns, as they stand on the screen."""
        return [self._model.columns[place] for place in self.area.places]

    @property
    def targets(self) -> list[Target]:
        """The selected columns, with the reasons why some cannot be changed."""
        return [target_of(column) for column in self.columns]

    @property
    def targets_from_first(self) -> list[Target]:
        """The first selected column and all behind it."""
        order = self._table.visual_columns()
        first = order.index(self.area.places[0]) if self.area.places else 0
        return [target_of(self._model.columns[place]) for place in order[first:]]

    @property
    def current_field(self) -> Field | None:
        """The field of the current cell, if it belongs to the records themselves."""
        index = self._table.currentIndex()
        column = self._model.columns[index.column()] if index.isValid() else None
        return column.field if isinstance(column, Column) and column.own else None

    @property
    def fields(self) -> list[Field]:
        """The fields of all columns that can be changed, as they stand on the screen."""
        targets = (target_of(self._model.columns[place]) for place in self._table.visual_columns())
        fields = (target.field for target in targets)
        return [field for field in fields if field is not None and not field.calculated]

    @property
    def scope(self) -> Scope:
        """How many records are selected, and how many the table has."""
        return Scope(len(self.ids), self._model.record_count)

    @property
    def above(self) -> Id | None:
        """The record above the first selected row."""
        first = self.area.rows[0].start if self.area.rows else 0
        return self._model.id_of(first - 1) if first else None

    def ids_from_first(self, most: int) -> list[Id]:
        """So many records from the first selected row on, past the headings of groups."""
        ids: list[Id] = []
        row = self.area.rows[0].start if self.area.rows else 0
        while len(ids) < most and row < self._model.rowCount():
            stop = min(row + most - len(ids), self._model.rowCount())
            ids += self._ids_of([range(row, stop)])
            row = stop
        return ids

    def fixed(self, reader: Reader) -> tuple[tuple[str, Value], ...]:
        """The values of every record that is made in this tab."""
        own = own_partnership(reader) if self._tab is CLUSTERS else None
        return self._tab.fixed if own is None else (*self._tab.fixed, ("partnership", own.id))

    def _ids_of(self, rows: Iterable[range]) -> list[Id]:
        """The records of these rows; rows that are no records are left out."""
        return [id_ for part in rows for id_ in self._model.ids(part.start, part.stop) if id_]
