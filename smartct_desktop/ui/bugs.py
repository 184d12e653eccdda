"""What happens when the program itself is wrong: said once, copied if wanted, work goes on."""

from __future__ import annotations

import platform

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.system.logs import outline
from smartct_desktop.system.version import version
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.main_window import MainWindow
from smartct_desktop.ui.messages import Choice


class Bugs(QObject):
    """Tells of each distinct error once, in the window, with a report that holds no record's data.

    `hear` may be called from any thread, `report` from the GUI thread.
    """

    _heard = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._window: MainWindow | None = None
        self._told: set[str] = set()
        self._heard.connect(self._tell)

    def attach(self, window: MainWindow) -> None:
        """Show errors over this window."""
        self._window = window

    def report(self, error: Exception) -> None:
        """Tell of an error."""
        self._heard.emit(error)

    def hear(self, error: BaseException) -> None:
        """Tell of an error that nobody caught."""
        self._heard.emit(error)

    def _tell(self, error: BaseException) -> None:
        if self._window is None:
            return
        if isinstance(error, Trouble):  # a drive that fails is no bug, whoever stumbles over it
            words = f"{say(error.sentence)} {say(error.hint)}"
            self._window.tools.note.tell(words.strip())
            return
        where = _where(error)
        if where in self._told:
            return
        self._told.add(where)
        answer = self._window.tools.messages.ask(
            self._window,
            tr("Something in SmartCT went wrong"),
            tr(
                "What you saved is safe. You can go on; if it happens again, send us this report. "
                "It holds no data of your document."
            ),
            [Choice("copy", tr("Copy the report")), Choice("go_on", tr("Go on"))],
            "go_on",
            harmless="go_on",
            details=where,
        )
        if answer == "copy":
            QApplication.clipboard().setText(where)


def _where(error: BaseException) -> str:
    about = f"SmartCT {version()}, Python {platform.python_version()}, {platform.platform()}"
    return f"{about}\n{outline(error)}"
