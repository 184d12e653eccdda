"""Which columns a table shows, in which order and how wide, and by what its rows are grouped.

Changed here, and kept by the names of the fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from smartct_desktop.domain.query import Grouping, Sort
from smartct_desktop.services.settings import Json, Settings
from smartct_desktop.ui.grid.columns import heading, named
from smartct_desktop.ui.grid.layout import (
    Layout,
    forget_layout,
    grouping_of,
    name_of_grouping,
    write_layout,
)
from smartct_desktop.ui.grid.sorting import with_sort
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.table_tabs import TableTab

_STEP = 16  # pixels by which a key widens a column, at 100 % text


class Arrangement(QObject):
    """The columns and groups of one table; `froze` comes when other columns stay."""

    froze = Signal()

    def __init__(self, settings: Settings, tab: TableTab, table: RecordTable) -> None:
        super().__init__(table)
        self._settings = settings
        self._tab = tab
        self.table = table

    @property
    def names(self) -> list[str]:
        """The columns as they stand on the screen, from the left."""
        columns = self.table.records.columns
        return [columns[place].name for place in self.table.visual_columns()]

    def show(self, names: Sequence[str], widths: Mapping[str, int] | None = None) -> None:
        """Show these columns, unless something is being typed that is refused.

        `widths` are those that differ from the usual ones; None keeps them as they are.
        """
        table = self.table
        if not table.finish_editing():
            return
        widths = table.widths() if widths is None else widths
        if list(names) != self.names:
            table.show_columns(named(self._tab.kind, names, self._tab.gathered))
        table.set_widths(dict(widths))

    def choose(self) -> None:
        """Ask which columns to show; every tick acts at once."""
        from smartct_desktop.ui.grid.column_chooser import ColumnChooser

        look, tab = self.table.look, self._tab
        chooser = ColumnChooser(look, tab.kind, tab.gathered, self.names, self.table)
        chooser.changed.connect(self.show)
        chooser.open()

    def add(self, name: str) -> None:
        """Show one more column, at the right."""
        self.show([*self.names, name])

    def hide(self, place: int) -> None:
        """Show a column of the model no more, unless it is the only one."""
        name = self.table.records.columns[place].name
        names = [one for one in self.names if one != name]
        if names:
            self.show(names)

    def move(self, place: int, by: int) -> None:
        """Move a column of the model to the left or right."""
        headings = self.table.headings
        before = headings.visualIndex(place)
        after = max(0, min(before + by, headings.count() - 1))
        headings.moveSection(before, after)
        self.table.scrollTo(self.table.currentIndex())

    def widen(self, place: int, by: int) -> None:
        """Make a column of the model some pixels wider, or narrower."""
        wide = self.table.columnWidth(place) + by * self.table.look.px(_STEP)
        self.table.setColumnWidth(place, max(wide, self.table.headings.minimumSectionSize()))

    def freeze(self, columns: int) -> None:
        """Have so many columns stay at the left while the others scroll."""
        self.table.headings.freeze(columns)
        self.table.viewport().update()
        self.froze.emit()

    @property
    def frozen(self) -> str:
        """The name of the last column that stays at the left; empty if none does."""
        frozen = self.table.headings.wanted_frozen
        return self.names[frozen - 1] if frozen else ""

    def freeze_to(self, name: str) -> None:
        """Have the columns stay up to the one of this name; none if there is no such column."""
        names = self.names
        self.freeze(names.index(name) + 1 if name in names else 0)

    def sort(self, sort: Sequence[Sort]) -> None:
        """Order the rows."""
        if self.table.finish_editing():
            self.table.sort_by(sort)

    def group(self, grouping: Grouping | None) -> None:
        """Group the rows; None has no groups."""
        table = self.table
        if table.finish_editing():
            query = replace(table.records.query, group=grouping)
            table.records.ask(with_sort(query, query.sort))
            table.scrollTo(table.currentIndex())

    def groups(self, names: Sequence[str] | None) -> Sequence[str]:
        """Group by what a named view says, None to leave it; gives what it is grouped by now.

        There is one level of groups: of several names the first one counts.
        """
        before = self.table.records.query.group
        if names is not None:
            wanted = grouping_of(self._tab.kind, names[0]) if names else None
            if name_of_grouping(wanted) != name_of_grouping(before):
                self.group(wanted)
        name = name_of_grouping(self.table.records.query.group)
        return (name,) if name else ()

    def reset(self) -> None:
        """Columns, widths, order and groups as at first."""
        forget_layout(self._settings, self._tab.name)
        self.freeze(0)
        self.show(self._tab.columns, {})
        self.groups(())
        self.table.sort_by(())

    def restore(self, layout: Layout) -> None:
        """Freeze and group as it was left; columns, widths and sort are given from the start."""
        self.freeze_to(layout.frozen)
        self.groups([layout.group] if layout.group else ())

    def remember(self) -> None:
        """Note everything in the settings."""
        query = self.table.records.query
        layout = Layout(
            tuple(self.names),
            self.table.widths(),
            query.sort,
            self.frozen,
            name_of_grouping(query.group),
        )
        write_layout(self._settings, self._tab.name, layout)

    def headings(self) -> list[Json]:
        """Names and widths from the left, for the curtain before the next start."""
        table = self.table
        return [
            [heading(table.records.columns[place]), table.columnWidth(place)]
            for place in table.visual_columns()
        ]
