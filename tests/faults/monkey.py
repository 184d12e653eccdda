"""Clicks and types at random into the whole program, and fails at the first uncaught exception.

Run as `python -m tests.faults.monkey FOLDER EVENTS SEED` with SMARTCT_HOME in a folder of its own.
"""

import faulthandler
import os
import sys
from pathlib import Path
from random import Random

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget
from shiboken6 import isValid

from smartct_desktop.app import App

KEYS = [
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space),
    *(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Backspace, Qt.Key.Key_F2),
    *(Qt.Key.Key_F4, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F9, Qt.Key.Key_A, Qt.Key.Key_7),
]
WITH_CONTROL = "123456789ADEFHIKLMNRSTVXYZ0"
TEXTS = ("Ada", "31.12.2021", "1.234,5", "ö💥", "'; DROP TABLE", "days>5", "\t", "%")
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
WRONG = "Something in SmartCT went wrong"


class Monkey(QObject):
    """Plays from a timer, so that it also plays in dialogs that wait for an answer."""

    def __init__(self, app: App, document: Path, events: int, random: Random) -> None:
        super().__init__()
        self.app = app
        self.document = document
        self.random = random
        self.left = events
        self.failures: list[str] = []
        QTimer.singleShot(0, self.play)

    @Slot(str)
    def open_nothing(self, _url: object) -> None:
        """Whatever would be opened in another program is not."""

    def play(self) -> None:
        if self.left <= 0 or self.failures:
            for widget in QApplication.topLevelWidgets():
                if isValid(widget) and widget is not self.app.window:
                    widget.close()
            QTimer.singleShot(0, lambda: self.app.application.exit(0))
            return
        self.left -= 1
        # Another timer each time: one that is at work does not fire in a dialog that it opened.
        QTimer.singleShot(0, self.play)
        window = self.app.window
        if not window.isVisible():
            window.show()
        if self.app.program.document is None and self.random.random() < 0.02:
            self.app.program.open(self.document)
        target = self.target()
        if target is not None:
            self.act(target)

    def check(self) -> None:
        """Look whether the document is whole after all that."""
        document = self.app.program.document
        if document is not None and not self.failures and (found := document.integrity()):
            self.failures.append(f"the document is not whole: {found}")

    def target(self) -> QWidget | None:
        top = (
            QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
            or self.random.choice(
                [one for one in QApplication.topLevelWidgets() if one.isVisible()] or [None]
            )
        )
        if top is None:
            return None
        if top.accessibleName() == WRONG:
            self.failures += [box.toPlainText() for box in top.findChildren(QPlainTextEdit)]
            return None
        if isinstance(top, QFileDialog):  # it would rename and remove whatever it finds
            top.reject()
            return None
        inside = [one for one in top.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
        return self.random.choice(inside or [top])

    def act(self, widget: QWidget) -> None:
        random = self.random
        dice = random.random()
        if dice < 0.45:
            spot = QPoint(
                random.randrange(max(1, widget.width())), random.randrange(max(1, widget.height()))
            )
            press = QTest.mouseDClick if dice < 0.06 else QTest.mouseClick
            button = Qt.MouseButton.RightButton if dice > 0.42 else Qt.MouseButton.LeftButton
            press(widget, button, NONE, spot)
        elif dice < 0.75:
            QTest.keyClick(
                self.focused(widget),
                random.choice(KEYS),
                random.choice((NONE, NONE, Qt.KeyboardModifier.ShiftModifier)),
            )
        elif dice < 0.85:
            QTest.keyClick(self.focused(widget), ord(random.choice(WITH_CONTROL)), CONTROL)
        else:
            focused = self.focused(widget)
            for letter in random.choice(TEXTS):  # Qt's own tests know keys of Latin letters only
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    if isValid(focused):
                        QApplication.sendEvent(focused, QKeyEvent(kind, 0, NONE, letter))

    def focused(self, widget: QWidget) -> QWidget:
        return QApplication.focusWidget() or widget


def main(folder: Path, events: int, seed: int) -> int:
    faulthandler.enable()
    os.chdir(folder)
    app = App(QApplication(sys.argv[:1]))
    app.application.setQuitOnLastWindowClosed(False)
    app.show(None)
    app.begin()
    app.program.open_sample()
    app.settle()
    assert app.program.document is not None
    monkey = Monkey(app, app.program.document.path, events, Random(seed))
    for scheme in ("file", "http", "https", "mailto"):
        QDesktopServices.setUrlHandler(scheme, monkey, "open_nothing")  # type: ignore[arg-type]  # the stub errs
    app.application.exec()
    monkey.check()
    app.close()
    for failure in monkey.failures:
        sys.stderr.write(f"{failure}\n")
    sys.stdout.write(f"{events - monkey.left} events, {len(monkey.failures)} uncaught exceptions\n")
    return 1 if monkey.failures else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
