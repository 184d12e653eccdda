"""What stands beside a table and lies over it where there is no room for both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from smartct_desktop.ui.qt import mark

Width = Callable[[], int]
"""Gives the pixels that a part is wide while it lies over the table."""

_MOST = 0.85  # of the room


class FoldingAway(QObject):
    """A part of a splitter that can be folded away, and then lies over the others when opened.

    `closed` comes when Esc put it away; whoever hears it gives the keys to somebody else. `host`
    must be above the splitter: a splitter would give each child a place of its own.
    """

    closed = Signal()

    def __init__(
        self, part: QWidget, splitter: QSplitter, host: QWidget, edge: Qt.Edge, width: Width
    ) -> None:
        super().__init__(part)
        self._part = part
        self._splitter = splitter
        self._host = host
        self._edge = edge
        self._width = width
        self._sizes: list[int] = []
        self.folded = False
        splitter.installEventFilter(self)

    def show(self, *, on: bool) -> None:
        """Lay the part over the table, or put it away again."""
        if on:
            self.open()
        else:
            self.close()

    def fold(self) -> None:
        """Take the part out of its place and put it away."""
        if self.folded:
            return
        self.folded = True
        self._sizes = self._splitter.sizes()
        self._part.hide()
        self._part.setParent(self._host)
        mark(self._part, "rim", "right" if self._edge == Qt.Edge.LeftEdge else "left")

    def unfold(self, *, shown: bool) -> None:
        """Put the part back into its place."""
        if not self.folded:
            return
        self.close()
        self.folded = False
        mark(self._part, "rim", "")  # the splitter has a line of its own
        first = self._edge == Qt.Edge.LeftEdge
        self._splitter.insertWidget(0 if first else self._splitter.count(), self._part)
        self._part.setVisible(shown)
        if any(self._sizes):
            self._splitter.setSizes(self._sizes)

    def open(self) -> None:
        """Lay the part over the others."""
        if self.folded:
            self.place()
            self._part.show()
            self._part.raise_()
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr] # it runs

    def close(self) -> None:
        """Put the part away again."""
        if self.folded:
            self._part.hide()
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr] # it runs

    def place(self) -> None:
        """Lie where there is room now."""
        if not self.folded:
            return
        start = self._splitter.mapTo(self._host, self._splitter.rect().topLeft())
        room = QRect(start, self._splitter.size())
        wide = min(max(self._width(), self._part.minimumWidth()), round(room.width() * _MOST))
        left = room.left() if self._edge == Qt.Edge.LeftEdge else room.right() - wide + 1
        self._part.setGeometry(left, room.top(), wide, room.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._splitter and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self.place()
        elif (
            self.folded
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._has_keys()
            and not _is_typing(watched)
        ):
            self.close()
            self.closed.emit()
            return True
        return super().eventFilter(watched, event)

    def _has_keys(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self._part.isVisible() and self._part.isAncestorOf(focus)


def _is_typing(watched: QObject) -> bool:
    """Whether Esc takes back first what was typed and is not written."""
    from smartct_desktop.ui.forms.editor import FieldEditor

    step = watched if isinstance(watched, QWidget) else None
    while step is not None:
        if isinstance(step, FieldEditor):
            return step.unwritten
        step = step.parentWidget()
    return False
