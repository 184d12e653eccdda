"""The toolbar over a table: view, filter field, chips, New, Columns, Export, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from smartct_desktop.services.filtering.terms import Refusal
from smartct_desktop.ui.buttons import button, icon_button, menu_button
from smartct_desktop.ui.grid.filter_field import FilterField
from smartct_desktop.ui.grid.filter_help import FilterHelp
from smartct_desktop.ui.grid.filter_message import FilterMessage
from smartct_desktop.ui.grid.filters import FilterChips
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

_TYPING = 120  # milliseconds after the last key before the rows are asked for
_FILTER_WIDE, _FILTER_TIGHT = 230, 180


class TableToolbar(QFrame):
    """`filtered` a moment after typing, or at once for a chip; `entered` for Enter."""

    filtered = Signal()
    entered = Signal()
    new_asked = Signal()

    def __init__(self, look: Look, kind: str, kind_label: str) -> None:
        super().__init__()
        self._look = look
        self._tight = False
        self.setProperty("ground", "base")
        self.setProperty("rim", "hair")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self.filtered)
        find = QKeySequence(QKeySequence.StandardKey.Find)
        self.filter_field = FilterField(look, tr("Filter these rows…"), find)
        self.filter_field.textChanged.connect(self._type)
        self.filter_field.entered.connect(self.entered)
        self.filter_field.list_closed.connect(self._type)
        self._kind = kind
        self.help = icon_button(look, "circle-help", tr("What can be written here"))
        self.help.clicked.connect(self.show_help)
        self.message = FilterMessage(look, self.filter_field)
        self.chips = FilterChips(look)
        self.chips.changed.connect(self.filtered)
        self.chips.changed.connect(self._count_filters)
        self.facets = button(look, tr("Filters"), icon="funnel")
        self.facets.hide()
        self.columns_menu = QMenu(self)
        self.new = button(look, tr("New"), icon="plus")
        self.new.setToolTip(tr("New {kind}", kind=kind_label.lower()))
        self.new.setEnabled(False)
        self.new.clicked.connect(self.new_asked)
        self._row = row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.facets)
        row.addWidget(self.filter_field)
        row.addWidget(self.help)
        row.addWidget(self.chips)
        row.addStretch(1)
        row.addWidget(self.new)
        self.columns = menu_button(look, tr("Columns"), self.columns_menu, icon="columns-3")
        row.addWidget(self.columns)
        self.export_menu, self.export = self._make_export()
        row.addWidget(self.export)
        self._bar = QFrame()
        self._bar.setLayout(row)
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self._bar)
        both.addWidget(self.message)
        look.changed.connect(self._fit)
        self._fit()

    def show_view(self, chooser: QPushButton) -> None:
        """Put the button that says which view it is at the left."""
        self._row.insertWidget(0, chooser)
        self.setTabOrder(chooser, self.filter_field)

    def offer_exports(self, actions: Sequence[QAction | None]) -> None:
        """Fill the menu of the button that exports; None stands for a line between two."""
        for action in actions:
            if action is None:
                self.export_menu.addSeparator()
            else:
                self.export_menu.addAction(action)

    def show_refusal(self, refusal: Refusal | None) -> None:
        """Say under the field what is not understood, unless the list is over it."""
        self.message.say(None if self.filter_field.list_is_open else refusal)

    def show_help(self) -> None:
        """Show what can be written into the field."""
        FilterHelp(self._look, self._kind, self).open_under(self.filter_field)

    def set_tight(self, on: bool) -> None:  # noqa: FBT001 (as Qt's setters)
        """Show buttons without their words, which stay their names."""
        if on == self._tight:
            return
        self._tight = on
        named = (
            (self.new, tr("New")),
            (self.columns, tr("Columns")),
            (self.export, tr("Export view")),
        )
        for one, words in named:
            one.setText("" if on else words)
            one.setAccessibleName(words)
        self._count_filters()
        self._fit()

    def stop_waiting(self) -> None:
        """The rows are asked for now: what was typed last needs no second question."""
        self._typing.stop()

    def _make_export(self) -> tuple[QMenu, QPushButton]:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        return menu, menu_button(self._look, tr("Export view"), menu, icon="download")

    def _type(self) -> None:
        self._typing.start()

    def _count_filters(self) -> None:
        """Say on the button for the facets how many filters are on."""
        n = len(self.chips.filters)
        words = tr("Filters {n}", n=n) if n else tr("Filters")
        self.facets.setText(("" if not n else str(n)) if self._tight else words)
        self.facets.setAccessibleName(words)

    def _fit(self) -> None:
        self._bar.setFixedHeight(self._look.measures.toolbar)
        wide = _FILTER_TIGHT if self._tight else _FILTER_WIDE
        self.filter_field.setFixedWidth(self._look.px(wide))
