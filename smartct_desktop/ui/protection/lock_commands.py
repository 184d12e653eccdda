"""Locking the window: by hand, or when nobody has touched it for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.protection.idle import IdleWatch
from smartct_desktop.ui.protection.locking import Locking
from smartct_desktop.ui.protection.sign import ProtectedSign

if TYPE_CHECKING:
    from smartct_desktop.services.document import Document
    from smartct_desktop.ui.main_window import MainWindow

LOCK_AFTER = "protection.lock_after"
"""The setting: minutes without a touch, 0 for never."""

MINUTES = (0, 5, 15, 30, 60)
USUAL = 15


class LockCommands(QObject):
    """Acts on the document that is shown if it is protected; says so in the status bar."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.tools.settings
        self._document: Document | None = None
        self.locking = Locking(window)
        self.watch = IdleWatch(self, keys=window.command["lock"].shortcut())
        self.watch.idle.connect(self.lock)
        self.watch.pressed.connect(self.lock)
        self.locking.turned.connect(self._heed)
        self.sign = ProtectedSign(window.tools.look)
        window.statusBar().addPermanentWidget(self.sign)
        window.command["lock"].triggered.connect(self.lock)
        self._choices = QActionGroup(self)
        for minutes in MINUTES:
            self._offer(minutes)
        self._choices.triggered.connect(self._choose)
        self.attach(None)

    @property
    def minutes(self) -> int:
        """After how many minutes without a touch the window is locked; 0 for never."""
        chosen = self._settings.get(LOCK_AFTER)
        return chosen if isinstance(chosen, int) and chosen in MINUTES else USUAL

    def attach(self, document: Document | None) -> None:
        """Act on this document from now on."""
        self._document = document
        self.locking.unlock()  # a document is let go only where nobody has to be kept out
        protected = document is not None and document.protected
        self.sign.setVisible(protected)
        reason = tr("Open a document first.")
        if document is not None:
            reason = tr("This document is not protected by a password.")
        self._window.command.switch("lock", on=protected, reason=reason)
        self._heed()

    def lock(self) -> None:
        """Lock the window now."""
        key = self._document.key if self._document is not None else None
        if key is not None:
            self.locking.lock(key)

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes without a touch from now on; 0 for never."""
        self._settings.set(LOCK_AFTER, minutes)
        self._heed()

    # Within.

    def _heed(self) -> None:
        """Watch for idle minutes while there is something to lock."""
        document = self._document
        if document is None or not document.protected or self.locking.locked:
            self.watch.stop()
        else:
            self.watch.start(self.minutes * 60)

    def _offer(self, minutes: int) -> None:
        words = tr("After {n} minutes without a touch", n=minutes) if minutes else tr("Never")
        action = QAction(words, self._choices)
        action.setCheckable(True)
        action.setChecked(minutes == self.minutes)
        action.setData(minutes)
        self._window.lock_menu.addAction(action)

    def _choose(self, action: QAction) -> None:
        self.set_minutes(int(action.data()))
