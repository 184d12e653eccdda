"""A row that goes on beneath itself where it has no more room."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowRow(QLayout):
    """Puts widgets beside each other, each as wide as it wants, in as many lines as it takes.

    It asks for the room of one line, and gets by with that of its widest part.
    """

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), only_measured=True)

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        self._place(box, only_measured=False)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, box: QRect, *, only_measured: bool) -> int:
        """Place the widgets, or only give the height that they need."""
        x, y, high = box.left(), box.top(), 0
        for item in self._shown():
            size = item.sizeHint()
            wide = min(size.width(), box.width())
            if x > box.left() and x + wide > box.left() + box.width():
                x, y, high = box.left(), y + high + self._gap // 2, 0
            if not only_measured:
                item.setGeometry(QRect(x, y, wide, size.height()))
            x += wide + self._gap
            high = max(high, size.height())
        return y + high - box.top()


def flow(gap: int, *parts: QWidget) -> FlowRow:
    """Make such a row of these."""
    made = FlowRow(gap)
    for part in parts:
        made.addWidget(part)
    return made
