"""The facets as one list: arrows go through it, Space ticks, Enter ticks nothing else."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from smartct_desktop.ui.facets.lines import FacetLine, FacetLines, Key, LineKind
from smartct_desktop.ui.facets.painter import FacetPainter
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_CONTROL = Qt.KeyboardModifier.ControlModifier


class FacetList(QListView):
    """`ticked(line, more)` asks to tick or untick a value, `more` beside the others of its facet.

    `opened(line)` asks to open or close a facet, `cleared(line)` to take off its ticks, `all_asked`
    to look through all of its values, `menu_asked(line, place)` for what else can be done.
    """

    ticked = Signal(object, bool)
    opened = Signal(object)
    cleared = Signal(object)
    all_asked = Signal(object)
    menu_asked = Signal(object, QPoint)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._key: Key | None = None
        self.lines = FacetLines(self)
        self.setModel(self.lines)
        self._painter = FacetPainter(look, self.lines, self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(tr("Facets"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setProperty("ring", "never")  # the line that has it is drawn with it
        self.lines.modelReset.connect(self._return)
        look.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current(self) -> FacetLine | None:
        """The line the keys act on."""
        index = self.currentIndex()
        return self.lines.line(index.row()) if index.isValid() else None

    def go_to(self, key: Key) -> None:
        """Make a line the current one, if it is there."""
        row = self.lines.row_of(key)
        if row is not None:
            self.setCurrentIndex(self.lines.index(row))

    # What Qt asks for.

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self._key = self.lines.line(current.row()).key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current
        if line is None or not self._act(line, event):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        line, rect = self.lines.line(index.row()), self.visualRect(index)
        match line.kind:
            case LineKind.HEADING if line.on and self._painter.is_clear(rect, at):
                self.cleared.emit(line)
            case LineKind.HEADING:
                self.opened.emit(line)
            case LineKind.MORE:
                self.all_asked.emit(line)
            case LineKind.VALUE:
                more = bool(event.modifiers() & _CONTROL) or self._painter.is_box(rect, at)
                self.ticked.emit(line, more)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.pos()
        index = self.indexAt(at)
        if event.reason() == QContextMenuEvent.Reason.Keyboard or not index.isValid():
            index = self.currentIndex()
            at = self.visualRect(index).bottomLeft()
        if index.isValid():
            self.menu_asked.emit(self.lines.line(index.row()), self.viewport().mapToGlobal(at))

    # Within.

    def _act(self, line: FacetLine, event: QKeyEvent) -> bool:
        """Do what a key means on a line; False if it means nothing of ours."""
        key, control = event.key(), bool(event.modifiers() & _CONTROL)
        match line.kind:
            case LineKind.VALUE if key == Qt.Key.Key_Space or key in _ENTER:
                self.ticked.emit(line, control or key == Qt.Key.Key_Space)
            case LineKind.MORE if key == Qt.Key.Key_Space or key in _ENTER:
                self.all_asked.emit(line)
            case LineKind.HEADING if key == Qt.Key.Key_Space or key in _ENTER:
                self.opened.emit(line)
            case LineKind.HEADING if key == Qt.Key.Key_Left and line.open:
                self.opened.emit(line)
            case LineKind.HEADING if key == Qt.Key.Key_Right and not line.open:
                self.opened.emit(line)
            case _ if key in _DELETE:
                self.cleared.emit(line)
            case LineKind.VALUE | LineKind.MORE if key == Qt.Key.Key_Left:
                self.go_to((line.facet.name, LineKind.HEADING, None))
            case _:
                return False
        return True

    def _return(self) -> None:
        """After other lines came, be on the same one, or else near it."""
        key = self._key
        if key is None:
            if self.lines.rowCount():
                self.setCurrentIndex(self.lines.index(0))
            return
        row = self.lines.row_of(key)
        if row is None:
            row = self.lines.row_of((key[0], LineKind.HEADING, None)) or 0
        if self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(row))
