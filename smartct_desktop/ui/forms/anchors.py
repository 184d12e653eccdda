"""The names of a record's sections in a line, to jump to them; what does not fit is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tab_bar import TabBar
from smartct_desktop.ui.theme.look import Look

_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_INTO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class Anchors(QScrollArea):
    """Anchors are no pages: choosing one scrolls, and scrolling marks one."""

    chosen = Signal(int)
    entered = Signal(int)  # Enter or Down: into the section

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._marking = False
        self.bar = TabBar(look)
        self.bar.setUsesScrollButtons(False)
        self.bar.setAccessibleName(tr("Sections of the record"))
        self.bar.currentChanged.connect(self._choose)
        self.bar.tabBarClicked.connect(self._click)
        self.bar.installEventFilter(self)
        self.setWidget(self.bar)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look.changed.connect(self._fit)
        self._fit()

    def name_sections(self, names: list[str]) -> None:
        """Show these names."""
        self._marking = True
        while self.bar.count():
            self.bar.removeTab(0)
        for name in names:
            self.bar.addTab(name)
        self._marking = False
        self._fit()

    def rename(self, place: int, name: str) -> None:
        """Show another name for a section."""
        if 0 <= place < self.bar.count() and self.bar.tabText(place) != name:
            self.bar.setTabText(place, name)
            self._fit()

    def mark(self, place: int) -> None:
        """Mark a section as the one in view."""
        self._marking = True
        self.bar.setCurrentIndex(place)
        self._marking = False
        self._show_current()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self.bar and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _INTO:
            self.entered.emit(self.bar.currentIndex())
            return True
        if pressed and isinstance(event, QKeyEvent) and event.key() in _ENDS:
            self.bar.setCurrentIndex(0 if event.key() == Qt.Key.Key_Home else self.bar.count() - 1)
            return True
        if watched is self.bar and event.type() == QEvent.Type.FocusIn:
            # Qt shows the middle of what has the focus, which may not be the section one is in.
            QTimer.singleShot(0, self, self._show_current)
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        by = event.angleDelta().y() or event.angleDelta().x()
        line = self.horizontalScrollBar()
        line.setValue(line.value() - by // 2)

    def _choose(self, place: int) -> None:
        if not self._marking:
            self._show_current()
            self.chosen.emit(place)

    def _click(self, place: int) -> None:
        """A click on the marked section jumps too."""
        if place == self.bar.currentIndex():
            self.chosen.emit(place)

    def _show_current(self) -> None:
        middle: QPoint = self.bar.tabRect(self.bar.currentIndex()).center()
        self.ensureVisible(middle.x(), middle.y(), self._look.px(60), 0)

    def _fit(self) -> None:
        self.bar.resize(self.bar.sizeHint())
        self.setFixedHeight(self._look.measures.tab_bar)
