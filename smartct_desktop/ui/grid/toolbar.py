"""The toolbar over a table: filter field, chips, New, Columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout

from smartct_desktop.ui.buttons import button, menu_button
from smartct_desktop.ui.grid.columns import Gathered
from smartct_desktop.ui.grid.columns_menu import ColumnsMenu
from smartct_desktop.ui.grid.filters import FilterChips
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.look import Look

_TYPING = 120  # milliseconds after the last key before the rows are asked for
_FILTER_WIDE = 230


class TableToolbar(QFrame):
    """`filtered` a moment after typing, or at once for a chip; `entered` for Enter."""

    filtered = Signal()
    entered = Signal()
    new_asked = Signal()

    def __init__(
        self, look: Look, kind: str, kind_label: str, gathered: Sequence[Gathered]
    ) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "base")
        self.setProperty("rim", "hair")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self.filtered)
        find = QKeySequence(QKeySequence.StandardKey.Find)
        self.filter_field = SearchField(look, tr("Filter these rows…"), find, sign="funnel")
        self.filter_field.textChanged.connect(self._type)
        self.filter_field.returnPressed.connect(self.entered)
        self.chips = FilterChips(look)
        self.chips.changed.connect(self.filtered)
        self.columns_menu = ColumnsMenu(kind, gathered, self)
        self.new = button(look, tr("New"), icon="plus")
        self.new.setToolTip(tr("New {kind}", kind=kind_label.lower()))
        self.new.setEnabled(False)
        self.new.clicked.connect(self.new_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.filter_field)
        row.addWidget(self.chips)
        row.addStretch(1)
        row.addWidget(self.new)
        row.addWidget(menu_button(look, tr("Columns"), self.columns_menu, icon="columns-3"))
        look.changed.connect(self._fit)
        self._fit()

    def stop_waiting(self) -> None:
        """The rows are asked for now: what was typed last needs no second question."""
        self._typing.stop()

    def _type(self) -> None:
        self._typing.start()

    def _fit(self) -> None:
        self.setFixedHeight(self._look.measures.toolbar)
        self.filter_field.setFixedWidth(self._look.px(_FILTER_WIDE))
