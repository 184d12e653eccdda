"""A table of lines that are only read and opened: Enter and double click open one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineTable(QTableView):
    """One line at a time is chosen; `widths` are those of the first columns, the last takes rest.

    `opened` has the row.
    """

    opened = Signal(int)

    def __init__(self, look: Look, model: QAbstractItemModel, widths: Sequence[int]) -> None:
        super().__init__()
        self._look = look
        self.setModel(model)
        self.setShowGrid(False)
        self.setProperty("ring", "never")  # its current row shows it
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, wide in enumerate(widths):
            self.setColumnWidth(place, look.px(wide))
        self.doubleClicked.connect(self._open)
        look.changed.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Give the rows the height of the text, which may change while they are shown."""
        self.verticalHeader().setDefaultSectionSize(self._look.measures.row)

    def _open(self, index: Index) -> None:
        self.opened.emit(index.row())
