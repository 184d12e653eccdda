"""The panels of the review: side by side, or those of the sides one above the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from smartct_desktop.ui.import_assistant.shares import Shares
from smartct_desktop.ui.theme.look import Look

_WIDTHS = (190, 0, 270)
_MOST = 21  # per cent of the width for each of the panels at the sides
_NARROW = 960  # pixels at 100 % text: with less, two panels would leave the rows no room
_MOST_STACKED = 30


class ReviewPanels(Shares):
    """Filters, rows and effect. In a narrow window the effect goes below the filters."""

    def __init__(self, look: Look, filters: QWidget, rows: QWidget, effect: QWidget) -> None:
        self._stack = QSplitter(Qt.Orientation.Vertical)
        self._stack.addWidget(filters)
        self._stack.setChildrenCollapsible(False)
        self._effect = effect
        super().__init__(look, (self._stack, rows, effect), _WIDTHS, _MOST)

    @property
    def stacked(self) -> bool:
        """Whether the effect is below the filters."""
        return self._stack.count() > 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < self._look.px(_NARROW)
        if narrow != self.stacked:
            self._moved = False
            if narrow:
                self._stack.addWidget(self._effect)
                self._stack.setSizes([1, 1])
            else:
                self.addWidget(self._effect)
            self._most = _MOST_STACKED if narrow else _MOST
        super().resizeEvent(event)
