"""The bar of a target: what counts, what is expected, what is missing."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from smartct_desktop.ui.hatching import paint_hatched
from smartct_desktop.ui.overview.share_bar import ShareBar
from smartct_desktop.ui.theme.look import Look

_GAP = 1.5  # between the parts
_OVER = 3  # how far the mark of the plan stands out
_MARK = 2.0


class TargetBar(ShareBar):
    """Its parts are shares of the target."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._counted = 0.0
        self._expected = 0.0
        self._planned: float | None = None

    def show_shares(
        self, value: int, pipeline: int, target: int, words: str, planned: int | None = None
    ) -> None:
        """Show so many of so many; `words` say the same for those who listen.

        A mark across the bar shows what was `planned` by now.
        """
        self._planned = min(1.0, planned / target) if target and planned is not None else None
        self._counted = min(1.0, value / target) if target else 0.0
        self._expected = min(1.0 - self._counted, pipeline / target) if target else 0.0
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        box = self._begin(painter)
        high = box.height()
        full = QRectF(box.left(), box.top(), box.width() * self._counted, high)
        if self._expected:
            wide = box.width() * self._expected
            paint_hatched(painter, QRectF(full.right(), box.top(), wide, high), look)
        more = self._expected or self._counted < 1
        if self._counted:
            painter.fillRect(full.adjusted(0, 0, -_GAP if more else 0, 0), look.colour("c1"))
        if self._planned:
            painter.setClipping(False)
            x = box.left() + min(box.width() - _MARK, box.width() * self._planned)
            mark = QRectF(x, box.top() - _OVER, _MARK, high + 2 * _OVER)
            painter.fillRect(mark, look.colour("text"))
        painter.end()
