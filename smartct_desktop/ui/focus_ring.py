"""The ring that shows where the keys go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from smartct_desktop.ui.theme.look import Look

_OUT = 3  # two pixels of line and one between it and the control
_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
)
_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.EnabledChange,
)


class FocusRing(QWidget):
    """One for each window; a child that lies over it and lets the pointer through.

    Fields always have the ring, buttons after a key. Other widgets ask for it with the property
    `ring`: "always", "after-key" or "never"; `ringRadius` is the radius of their own corners.
    Cells, rows and tabs draw theirs inside their edge.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._target: QWidget | None = None
        self._watched: list[QObject] = []
        self._handle: QWindow | None = None
        self._by_key = True  # until the pointer says otherwise
        self._full = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        look.changed.connect(self._place)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._listen_to_window()
        for watched in self._watched:
            if isValid(watched):
                watched.removeEventFilter(self)
        self._watched = []
        self._target = self._control_of(new)
        if self._target is not None:
            _bring_into_view(self._target)
        step: QWidget | None = self._target
        while step is not None and step is not self.window():
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._place()

    def _listen_to_window(self) -> None:
        """Only a window that was shown can say whether a key or the pointer came last."""
        if self._handle is None:
            handle: object = self.window().windowHandle()
            # None before the window was shown, and no more valid while it goes away.
            if isinstance(handle, QWindow) and isValid(handle):
                self._handle = handle
                handle.installEventFilter(self)

    def _control_of(self, widget: QWidget | None) -> QWidget | None:
        if widget is None or widget.window() is not self.window():
            return None
        around = widget.parentWidget()
        if isinstance(widget, QLineEdit) and isinstance(around, QComboBox | QAbstractSpinBox):
            return around
        return widget

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._handle:
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if event.key() not in _MODIFIERS:
                    self._came_by(key=True)
            elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
                self._came_by(key=False)
        elif kind in _MOVES:
            self._place()
        return False

    def _came_by(self, *, key: bool) -> None:
        if key != self._by_key:
            self._by_key = key
            self._place()

    def _wanted(self, target: QWidget) -> bool:
        asked = target.property("ring")
        if not asked and isinstance(target, _FIELDS):
            asked = "always"
        elif not asked and isinstance(target, QAbstractButton):
            asked = "after-key"
        return asked == "always" or (asked == "after-key" and self._by_key)

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        if not self._wanted(target):
            self.hide()
            return
        self._full = self._around(target)
        seen = self._full & self._in_view(target)
        self.setGeometry(seen)
        self.setVisible(not seen.isEmpty())
        self.raise_()
        self.update()

    def _around(self, target: QWidget) -> QRect:
        """The outer edge of the ring in the window."""
        size = target.size()
        if isinstance(target, QCheckBox | QRadioButton):
            size = size.boundedTo(target.sizeHint())
        full = QRect(target.mapTo(self.window(), QPoint(0, 0)), size)
        # A cell that is being edited has no room around it.
        out = 0 if _is_in_cell(target) else _OUT
        return full.adjusted(-out, -out, out, out)

    def _in_view(self, target: QWidget) -> QRect:
        """What of the window is not scrolled away where the target lies."""
        view = self.window().rect()
        step = target.parentWidget()
        while step is not None and step is not self.window():
            around = step.parentWidget()
            if isinstance(around, QAbstractScrollArea) and around.viewport() is step:
                view &= QRect(around.mapTo(self.window(), QPoint(0, 0)), around.size())
            step = around
        return view

    def _radius(self, target: QWidget) -> int:
        own = target.property("ringRadius")
        if isinstance(own, int):
            return own + _OUT
        if isinstance(target, QPushButton):
            return 6 + _OUT
        return 4 + _OUT

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._target is None:
            return
        box = QRectF(self._full.translated(-self.pos())).adjusted(1, 1, -1, -1)
        radius = self._radius(self._target)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("focus"), 2))
        painter.drawRoundedRect(box, radius, radius)
        painter.end()


def _bring_into_view(target: QWidget) -> None:
    """Scroll to what has the keys; Qt does so only for steps within the same area."""
    step = target.parentWidget()
    while step is not None and not step.isWindow():
        if isinstance(step, QScrollArea) and step.widget() is not None:
            step.ensureWidgetVisible(target, _OUT, _OUT)
        step = step.parentWidget()


def _is_in_cell(target: QWidget) -> bool:
    """Whether the target, or an editor around it, lies in a cell of a view."""
    return any(_lies_in_view(one) for one in (target, target.parentWidget()) if one is not None)


def _lies_in_view(editor: QWidget) -> bool:
    viewport = editor.parentWidget()
    view = viewport.parentWidget() if viewport is not None else None
    return isinstance(view, QAbstractItemView) and view.viewport() is viewport
