"""Knows for how long nobody has touched the program, and when a key is pressed in any window."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from shiboken6 import isValid

from smartct_desktop.system.clock import utc_now

_LOOK = 5000  # milliseconds between two looks

_TOUCHES = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove),
        *(QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.InputMethod, QEvent.Type.Drop),
    }
)


def _wall() -> float:
    return utc_now().timestamp()


class IdleWatch(QObject):
    """Says `idle` once when nobody touched any window for so many seconds.

    Two clocks are asked: one that nobody can set back, and one that goes on while the computer
    sleeps. Only windows that had the keys are watched, not each event of the program. `pressed`
    says that `keys` were pressed, also where a dialog keeps the shortcuts of the window from them.
    """

    idle = Signal()
    pressed = Signal()

    def __init__(
        self,
        parent: QObject,
        clocks: Sequence[Callable[[], float]] = (time.monotonic, _wall),
        *,
        keys: QKeySequence | None = None,
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._clocks = clocks
        self._seconds = 0.0
        self._touched = self._now()
        self._watched: list[QWindow] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._app = app

    def start(self, seconds: float) -> None:
        """Watch from now on; with 0 seconds only for the keys."""
        self.stop()
        self._seconds = seconds or math.inf
        self._touched = self._now()
        self._app.focusWindowChanged.connect(self._follow)
        for window in self._app.topLevelWindows():
            self._follow(window)
        self._timer.start()

    def stop(self) -> None:
        """Watch nothing any more."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._app.focusWindowChanged.disconnect(self._follow)
        for window in self._watched:
            if isValid(window):
                window.removeEventFilter(self)
        self._watched = []

    def look(self) -> None:
        """Say so if it has been long enough."""
        pairs = zip(self._now(), self._touched, strict=True)
        if max(now - then for now, then in pairs) >= self._seconds:
            self.stop()
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TOUCHES:
            self._touched = self._now()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._heed(event)
        return False

    def _heed(self, event: QKeyEvent) -> None:
        if QKeySequence(event.keyCombination()) == self._keys:
            QTimer.singleShot(0, self, self._press)

    def _press(self) -> None:
        self.pressed.emit()

    def _follow(self, window: QWindow | None) -> None:
        self._touched = self._now()
        self._watched = [one for one in self._watched if isValid(one)]
        if window is not None and window not in self._watched:
            window.installEventFilter(self)
            self._watched.append(window)

    def _now(self) -> tuple[float, ...]:
        return tuple(clock() for clock in self._clocks)
