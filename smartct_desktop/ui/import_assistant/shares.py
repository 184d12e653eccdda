"""Side panels that give way in a narrow window, until a person has set their width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from smartct_desktop.ui.theme.look import Look


class Shares(QSplitter):
    """Panels side by side; one has what the others leave.

    `wanted` are pixels at 100 % text, 0 for the panel that takes the rest; `most` is the part of
    the whole width in per cent that a side panel may take.
    """

    def __init__(
        self, look: Look, panels: Sequence[QWidget], wanted: Sequence[int], most: int
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self._wanted = wanted
        self._most = most
        self._moved = False
        for panel, pixels in zip(panels, wanted, strict=True):
            self.addWidget(panel)
            if pixels:
                panel.setMinimumWidth(look.px(pixels // 2))
        self.setChildrenCollapsible(False)
        self.setStretchFactor(list(wanted).index(0), 1)
        self.splitterMoved.connect(self._note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._moved:
            most = self.width() * self._most // 100
            wanted = self._wanted[: self.count()]
            sides = [min(self._look.px(pixels), most) for pixels in wanted]
            rest = self.width() - sum(sides)
            self.setSizes([side or rest for side in sides])

    def _note(self) -> None:
        self._moved = True
