"""Waiting for something that must end before the program goes on, with the window still alive."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

T = TypeVar("T")

_POLL = 10  # milliseconds
_SHOWN_AFTER = 400
_MARGIN = 24
_WIDTH = 420


def wait_for(work: Callable[[], T], look: Look, window: QWidget, title: str) -> T:
    """Do the work on a thread of its own; give what it returns, or raise what it raises.

    What takes a moment longer is shown. It cannot be cancelled: it is what makes work safe.
    """
    doing = _Work(work)
    doing.start()
    doing.join(_POLL / 1000)
    if doing.is_alive():
        _show(doing, look, window, title)
    return doing.outcome()


class _Work(Thread, Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        super().__init__(name="waited for", daemon=True)
        self._work = work
        self._results: list[T] = []
        self._failure: BaseException | None = None

    def run(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:  # noqa: BLE001 -- raised again where it is waited for
            self._failure = error

    def outcome(self) -> T:
        self.join()
        if self._failure is not None:
            raise self._failure
        return self._results[0]


def _show(doing: Thread, look: Look, window: QWidget, title: str) -> None:
    dialog = _Shown(look, window, title)
    loop = QEventLoop()
    polling, showing = QTimer(), QTimer()
    showing.setSingleShot(True)
    showing.timeout.connect(dialog.open)
    polling.timeout.connect(lambda: None if doing.is_alive() else loop.quit())
    polling.start(_POLL)
    showing.start(_SHOWN_AFTER)
    window.setEnabled(False)  # nothing else is to be begun before the dialog is there
    try:
        loop.exec()
    finally:
        window.setEnabled(True)
        showing.stop()
        polling.stop()
        dialog.hide()
        dialog.deleteLater()


class _Shown(QDialog):
    """What is being done; there is nothing to press."""

    def __init__(self, look: Look, window: QWidget, title: str) -> None:
        super().__init__(window)
        self.setWindowTitle(tr("SmartCT"))
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, 0)
        bar.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(8)
        column.addWidget(label(title, face="title", wrap=True))
        column.addWidget(bar)
        self.setMinimumWidth(look.px(_WIDTH))

    def reject(self) -> None:
        """Esc does nothing: it goes away by itself."""
