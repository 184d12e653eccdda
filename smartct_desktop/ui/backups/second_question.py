"""Asks once whether backups shall also be kept on another drive, on the second day of work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smartct_desktop.services.backup_wishes import BackupWishes, SecondAsked
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.notes import Link
from smartct_desktop.ui.theme.tones import Tone

if TYPE_CHECKING:
    from smartct_desktop.services.backing_up import Standing
    from smartct_desktop.ui.main_window import MainWindow

SECOND = "second copies"
"""The matter of the bar."""


class SecondQuestion(QObject):
    """A bar that stays until it is answered; the answer is remembered. `choose` opens settings."""

    def __init__(self, window: MainWindow, choose: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.tools.settings
        self._choose = choose

    def hear(self, standing: Standing) -> None:
        """Ask if there is a backup of an earlier day: before that nobody knows what it is for."""
        newest = standing.newest
        if newest is None or newest.manifest is None:
            return
        if BackupWishes.of(self._settings).second or SecondAsked.of(self._settings).answered:
            self.drop()
        elif newest.manifest.made_at.astimezone().date() < local_today():
            self._ask()

    def drop(self) -> None:
        """Take the bar away."""
        if "notices" in self._window.__dict__:
            self._window.notices.drop(SECOND)

    def _ask(self) -> None:
        if self._window.notices.told(SECOND) is None:
            words = tr(
                "The backups of this document lie on this computer only. A second copy on another "
                "drive, such as a stick, helps if the computer is lost."
            )
            links = [
                Link(tr("Choose a folder…"), self._choose),
                Link(tr("Not needed"), self._refuse),
            ]
            self._window.notices.tell(SECOND, Tone.CALM, words, links)

    def _refuse(self) -> None:
        SecondAsked(answered=True).keep(self._settings)
        self._window.tools.try_deed(self._settings.save)
        self.drop()
        self._window.tools.note.tell(tr("The settings of backups can change that at any time."))
