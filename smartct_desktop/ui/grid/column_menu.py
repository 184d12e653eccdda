"""What can be done with one column: the menu of its heading, which keys open as well."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from smartct_desktop.domain.fields import Day, LongText, PartialDay, Terms
from smartct_desktop.domain.query import Grouping, Path, Sort, Span
from smartct_desktop.ui.facets.facet import can_facet
from smartct_desktop.ui.grid.arrangement import Arrangement
from smartct_desktop.ui.grid.columns import Column, heading
from smartct_desktop.ui.i18n import tr


class ColumnMenu(QMenu):
    """`place` is the column in the model; `facet_asked` brings the way to its values."""

    facet_asked = Signal(object)

    def __init__(self, arrangement: Arrangement, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._arrangement = arrangement
        self._place = place
        self._column = arrangement.table.records.columns[place]
        self.setTitle(tr("Column “{name}”", name=heading(self._column)).replace("&", "&&"))
        if isinstance(self._column, Column):
            self._offer_order(self._column)
            self.addSeparator()
            self._offer_groups(self._column)
            self.addSeparator()
        self._offer_place()
        self.addSeparator()
        self._offer_width()
        self.addSeparator()
        hide = self.addAction(tr("Hide this column"))
        hide.setEnabled(len(arrangement.names) > 1)
        hide.triggered.connect(partial(arrangement.hide, place))
        self.addAction(tr("Choose columns…")).triggered.connect(arrangement.choose)

    def _offer_order(self, column: Column) -> None:
        table = self._arrangement.table
        sorts = table.records.query.sort
        for words, sort in (
            (tr("Sort upwards"), Sort(column.path)),
            (tr("Sort downwards"), Sort(column.path, descending=True)),
        ):
            action = self.addAction(words)
            action.setCheckable(True)
            action.setChecked(sort in sorts)
            action.triggered.connect(partial(self._arrangement.sort, (sort,)))
        others = tuple(sort for sort in sorts if sort.path != column.path)
        if others:
            for words, down in ((tr("Then upwards"), False), (tr("Then downwards"), True)):
                sort = Sort(column.path, down)
                action = self.addAction(words)
                action.setCheckable(True)
                action.setChecked(sort in sorts)
                action.triggered.connect(partial(self._arrangement.sort, (*others, sort)))
        if sorts:
            self.addAction(tr("Usual order")).triggered.connect(partial(self._arrangement.sort, ()))

    def _offer_groups(self, column: Column) -> None:
        grouped = self._arrangement.table.records.query.group
        spans = {Span.EACH: tr("Group by this column")}
        if isinstance(column.type, Day | PartialDay):
            spans = {Span.YEAR: tr("Group by year"), Span.MONTH: tr("Group by month")}
        elif isinstance(column.type, LongText | Terms):
            spans = {}
        for span, words in spans.items():
            action = self.addAction(words)
            action.setCheckable(True)
            on = grouped is not None and (grouped.path, grouped.span) == (column.path, span)
            action.setChecked(on)
            wanted = None if on else Grouping(column.path, span)
            action.triggered.connect(partial(self._arrangement.group, wanted))
        if grouped is not None:
            self.addAction(tr("No groups")).triggered.connect(
                partial(self._arrangement.group, None)
            )
        if can_facet(column.type):
            self.addAction(tr("Facet of this column")).triggered.connect(
                partial(self._ask_facet, column.path)
            )

    def _offer_place(self) -> None:
        arrangement, place = self._arrangement, self._place
        headings = arrangement.table.headings
        visual = headings.visualIndex(place)
        left = self.addAction(tr("Move to the left") + "\tAlt+Shift+←")
        left.setEnabled(visual > 0)
        left.triggered.connect(partial(arrangement.move, place, -1))
        right = self.addAction(tr("Move to the right") + "\tAlt+Shift+→")
        right.setEnabled(visual < headings.count() - 1)
        right.triggered.connect(partial(arrangement.move, place, 1))
        freeze = self.addAction(tr("Freeze up to here"))
        freeze.setCheckable(True)
        freeze.setChecked(headings.wanted_frozen == visual + 1)
        freeze.setEnabled(visual < headings.count() - 1)
        freeze.triggered.connect(partial(arrangement.freeze, visual + 1))
        if headings.wanted_frozen:
            self.addAction(tr("Freeze nothing")).triggered.connect(partial(arrangement.freeze, 0))

    def _offer_width(self) -> None:
        arrangement, place = self._arrangement, self._place
        wider, narrower = tr("Wider") + "\tAlt+→", tr("Narrower") + "\tAlt+←"
        self.addAction(wider).triggered.connect(partial(arrangement.widen, place, 1))
        self.addAction(narrower).triggered.connect(partial(arrangement.widen, place, -1))
        table = arrangement.table
        fit = partial(table.fit_columns, [place])
        self.addAction(tr("Fit to contents")).triggered.connect(fit)
        self.addAction(tr("Fit all columns")).triggered.connect(partial(table.fit_columns, None))

    def _ask_facet(self, path: Path) -> None:
        self.facet_asked.emit(path)


def popup(menu: ColumnMenu, at: QPoint) -> None:
    """Open the menu for once."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)
