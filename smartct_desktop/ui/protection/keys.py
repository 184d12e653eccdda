"""Keys of protected documents: the one in use, and those that have to be asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from smartct_desktop.domain.errors import Cancelled, Damaged, Protected, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.protection.key_dialog import FileKeyhole, KeyDialog
from smartct_desktop.ui.theme.look import Look

T = TypeVar("T")


class Keys(QObject):
    """Opens what is protected, with the key at hand or one that is asked for.

    `held` is the key of the document shown last. It opens the backups and copies of that document
    as well, and is dropped when the document is closed. `other_asked` says that the person would
    rather have another file.
    """

    other_asked = Signal()

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self.held: Key | None = None

    def opened(self, path: Path, give: Callable[[Key | None], T], key: Key | None = None) -> T:
        """Give what `give` makes of the file with its key; None where it needs none.

        A `key` that is known to fit is tried first. Raises `Cancelled` if the person gives up, and
        what else `give` raises.
        """
        try:
            return give(key or self.held)
        except (Protected, WrongPassword):
            asked = self._asked_to_open(path)
        self.held = asked  # also if the file is damaged: it may be salvaged or restored
        return give(asked)

    def asked(self, path: Path, title: str, sentence: str, verb: str) -> Key | None:
        """Ask for the key of the file at `path`; None if the person gives up. Raises `Damaged`."""
        return self._ask(path, title, sentence, verb).key

    def fitting(self, path: Path) -> Key | None:
        """Give the key of a file that nobody has open, None if it needs none; asks if need be.

        Raises `Cancelled`, `Trouble`.
        """
        from smartct_desktop.services.protection import is_protected, key_of_recovery

        if not is_protected(path):
            return None
        if self.held is not None:
            with suppress(WrongPassword):
                return key_of_recovery(path, self.held.raw)
        return self._asked_to_open(path, elsewhere=False)

    def retried(
        self,
        path: Path,
        failure: Exception,
        again: Callable[[Key], object],
        sentence: str,
        *,
        otherwise: Callable[[], object] = lambda: None,
    ) -> bool:
        """Ask for the key if that is all that was missing, and do it `again` with it.

        `sentence` says what the file is wanted for; `otherwise` is done if the person gives up.
        Gives whether the failure was about the key.
        """
        match failure:
            case WrongPassword():
                title = tr("{name} is protected by another password", name=path.name)
            case Protected():
                title = tr("{name} is protected", name=path.name)
            case _:
                return False
        try:
            key = self.asked(path, title, sentence, tr("Go on"))
        except Damaged:
            return False
        if key is not None:
            again(key)
        else:
            otherwise()
        return True

    # Within.

    def _asked_to_open(self, path: Path, *, elsewhere: bool = True) -> Key:
        dialog = self._ask(
            path,
            tr("{name} is protected", name=path.name),
            tr("Type its password to open it."),
            tr("Open"),
            elsewhere=tr("Choose another file…") if elsewhere else "",
        )
        if dialog.key is not None:
            return dialog.key
        if dialog.wants_other:
            QTimer.singleShot(0, self, self._ask_other)
        raise Cancelled

    def _ask_other(self) -> None:
        self.other_asked.emit()

    def _ask(
        self, path: Path, title: str, sentence: str, verb: str, *, elsewhere: str = ""
    ) -> KeyDialog:
        above = QApplication.activeModalWidget() or self._window
        dialog = KeyDialog(
            self._look, title, sentence, verb, FileKeyhole(path), above, elsewhere=elsewhere
        )
        dialog.exec()
        dialog.deleteLater()
        if dialog.damage is not None:
            raise dialog.damage
        return dialog
