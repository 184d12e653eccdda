"""Answering dialogs, whenever they come: also after a job."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from smartct_desktop.ui.long_steps import Waiting


class Answer(QObject):
    """Waits for modal dialogs, one for each of `acts`; what goes wrong is raised by `done`."""

    def __init__(self, desktop, *acts):
        super().__init__()
        self._desktop = desktop
        self._acts = list(acts)
        self._failure = None
        self._timer = QTimer(self)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self):
        dialog = QApplication.activeModalWidget()
        if dialog is None or isinstance(dialog, Waiting) or not dialog.isVisible():
            return
        self._timer.stop()
        try:
            self._desktop.activate(dialog)
            if self._failure is None and self._acts:
                self._acts.pop(0)(dialog)
        except Exception as failure:  # noqa: BLE001 (whatever it is, the test has to hear of it)
            self._failure = failure
        finally:
            if dialog.isVisible():
                dialog.reject()
            self._timer.start()

    def done(self):
        """Wait until all dialogs were answered and what followed has happened."""
        self._desktop.qtbot.waitUntil(lambda: bool(self._failure) or not self._acts)
        self._desktop.settle()
        self._timer.stop()
        self._desktop.activate(self._desktop.window)
        if self._failure is not None:
            raise self._failure


def press(text, seen=None):
    """An act that presses the button called so; `seen` takes what the dialog asks and says."""

    def act(dialog):
        if seen is not None:
            seen.extend((dialog.accessibleName(), dialog.accessibleDescription()))
        buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
        buttons[text].click()

    return act
