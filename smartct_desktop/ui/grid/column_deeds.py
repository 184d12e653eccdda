"""What can be done with one column: said once, for the menu of its heading and for the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from smartct_desktop.domain.fields import Day, LongText, PartialDay, Terms
from smartct_desktop.domain.query import Grouping, Path, Sort, Span
from smartct_desktop.ui.facets.facet import can_facet
from smartct_desktop.ui.grid.arrangement import Arrangement
from smartct_desktop.ui.grid.columns import Column, heading
from smartct_desktop.ui.grid.filters import FilterChips, filter_for
from smartct_desktop.ui.i18n import tr

_LONGEST = 40  # letters of a value in a menu

_LABELS = {
    "sort_up": "Sort upwards",
    "sort_down": "Sort downwards",
    "then_up": "Then upwards",
    "then_down": "Then downwards",
    "unsorted": "Usual order",
    "group": "Group by this column",
    "group_year": "Group by year",
    "group_month": "Group by month",
    "ungroup": "No groups",
    "facet": "Facet of this column",
    "filter": "Filter by this column…",
    "only": "Only rows with this value",
    "left": "Move to the left",
    "right": "Move to the right",
    "freeze": "Freeze up to here",
    "unfreeze": "Freeze nothing",
    "wider": "Wider",
    "narrower": "Narrower",
    "fit": "Fit to contents",
    "fit_all": "Fit all columns",
    "hide": "Hide this column",
    "choose": "Choose columns…",
}
_KEYS = {"left": "Alt+Shift+←", "right": "Alt+Shift+→", "wider": "Alt+→", "narrower": "Alt+←"}
_PARTS = (
    ("sort_up", "sort_down", "then_up", "then_down", "unsorted"),
    ("group", "group_year", "group_month", "ungroup"),
    ("facet", "filter", "only"),
    ("left", "right", "freeze", "unfreeze"),
    ("wider", "narrower", "fit", "fit_all"),
    ("hide", "choose"),
)


@dataclass(frozen=True)
class ColumnDeed:
    """One thing to do; `reason` says why it cannot be done now, empty if it can.

    `on` is None for what is not on or off. `seldom` ones are left out of menus while they cannot
    be done.
    """

    name: str
    act: Callable[[], object]
    on: bool | None = None
    reason: str = ""
    seldom: bool = False
    said: str = ""  # instead of the usual label

    @property
    def label(self) -> str:
        """What it is called."""
        return self.said or tr(_LABELS[self.name])

    @property
    def keys(self) -> str:
        """The keys that do the same for the current column; empty if there are none."""
        return _KEYS.get(self.name, "")


class ColumnDeeds:
    """What can be done with the columns of one table.

    `show_facet` shows the values of a path, `write_filter` begins a filter of the field with this
    name.
    """

    def __init__(
        self,
        arrangement: Arrangement,
        chips: FilterChips,
        show_facet: Callable[[Path], object],
        write_filter: Callable[[Path], object],
    ) -> None:
        self._arrangement = arrangement
        self._table = arrangement.table
        self._chips = chips
        self._show_facet = show_facet
        self._write_filter = write_filter

    def of(self, place: int) -> list[list[ColumnDeed]]:
        """The deeds for a column of the model, those that belong together in one list."""
        column = self._table.records.columns[place]
        found = {deed.name: deed for deed in self._of_place(place)}
        if isinstance(column, Column):
            made = (*self._orders(column), *self._groups(column), *self._values(column, place))
            found |= {deed.name: deed for deed in made}
        parts = ([found[name] for name in part if name in found] for part in _PARTS)
        return [part for part in parts if part]

    # Within.

    def _orders(self, column: Column) -> Iterator[ColumnDeed]:
        sorts, sort_by = self._table.records.query.sort, self._arrangement.sort
        up, down = Sort(column.path), Sort(column.path, descending=True)
        yield ColumnDeed("sort_up", partial(sort_by, (up,)), up in sorts)
        yield ColumnDeed("sort_down", partial(sort_by, (down,)), down in sorts)
        others = tuple(sort for sort in sorts if sort.path != column.path)
        alone = "" if others else tr("The rows are not sorted by another column.")
        for name, sort in (("then_up", up), ("then_down", down)):
            act = partial(sort_by, (*others, sort))
            yield ColumnDeed(name, act, bool(others) and sort in sorts, alone, seldom=True)
        usual = "" if sorts else tr("The rows are in their usual order.")
        yield ColumnDeed("unsorted", partial(sort_by, ()), reason=usual, seldom=True)

    def _groups(self, column: Column) -> Iterator[ColumnDeed]:
        grouped = self._table.records.query.group
        spans = {"group": Span.EACH}
        if isinstance(column.type, Day | PartialDay):
            spans = {"group_year": Span.YEAR, "group_month": Span.MONTH}
        no = isinstance(column.type, LongText | Terms)
        reason = tr("{name} has too many values for groups.", name=heading(column)) if no else ""
        for name, span in spans.items():
            on = grouped is not None and (grouped.path, grouped.span) == (column.path, span)
            wanted = None if on else Grouping(column.path, span)
            act = partial(self._arrangement.group, wanted)
            yield ColumnDeed(name, act, on, reason, seldom=True)
        none = "" if grouped is not None else tr("The rows are not grouped.")
        yield ColumnDeed("ungroup", partial(self._arrangement.group, None), None, none, seldom=True)

    def _values(self, column: Column, place: int) -> Iterator[ColumnDeed]:
        no = tr("{name} has too many values for a facet.", name=heading(column))
        reason = "" if can_facet(column.type) else no
        show = partial(self._show_facet, column.path)
        yield ColumnDeed("facet", show, reason=reason, seldom=True)
        yield ColumnDeed("filter", partial(self._write_filter, column.path))
        yield self._only(column, place)

    def _only(self, column: Column, place: int) -> ColumnDeed:
        """Filter by the value in the current row."""
        records, row = self._table.records, self._table.currentIndex().row()
        line = records.line(row) if row >= 0 else None
        if line is None or line.texts is None:
            reason = tr("Choose a cell first.")
            return ColumnDeed("only", lambda: None, reason=reason, seldom=True)
        text = line.texts[place] or tr("(blank)")
        one = filter_for(column, records.value(line, column), text)
        said = tr("Only rows with {value}", value=f"“{text[:_LONGEST]}”")
        return ColumnDeed("only", partial(self._chips.add, one), said=said)

    def _of_place(self, place: int) -> Iterator[ColumnDeed]:
        """What every column has: a place, a width, and that it is shown."""
        arrangement, headings, table = self._arrangement, self._table.headings, self._table
        visual = headings.visualIndex(place)
        first = tr("This is the first column.") if visual == 0 else ""
        last = tr("This is the last column.") if visual == headings.count() - 1 else ""
        yield ColumnDeed("left", partial(arrangement.move, place, -1), reason=first)
        yield ColumnDeed("right", partial(arrangement.move, place, 1), reason=last)
        frozen = headings.wanted_frozen
        freeze = partial(arrangement.freeze, visual + 1)
        yield ColumnDeed("freeze", freeze, frozen == visual + 1, last)
        none = "" if frozen else tr("No column is frozen.")
        yield ColumnDeed("unfreeze", partial(arrangement.freeze, 0), reason=none, seldom=True)
        yield ColumnDeed("wider", partial(arrangement.widen, place, 1))
        yield ColumnDeed("narrower", partial(arrangement.widen, place, -1))
        yield ColumnDeed("fit", partial(table.fit_columns, [place]))
        yield ColumnDeed("fit_all", partial(table.fit_columns, None))
        only = "" if len(arrangement.names) > 1 else tr("This is the only column.")
        yield ColumnDeed("hide", partial(arrangement.hide, place), reason=only)
        yield ColumnDeed("choose", arrangement.choose)


def deeds_without_a_column(reason: str) -> list[ColumnDeed]:
    """Everything that could be done with a column, and why there is none."""
    return [ColumnDeed(name, lambda: None, reason=reason) for name in _LABELS]
