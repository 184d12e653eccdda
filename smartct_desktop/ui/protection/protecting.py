"""Protecting the document that is shown: a first password, another one, none any more."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from smartct_desktop.domain.fields import Day
from smartct_desktop.domain.progress import Progress
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.protection.key_dialog import KeyDialog
from smartct_desktop.ui.protection.locking import HeldKeyhole
from smartct_desktop.ui.protection.new_password import NewPasswordDialog
from smartct_desktop.ui.protection.old_copies import OldCopies
from smartct_desktop.ui.protection.rekeying import Opener, Rekeying
from smartct_desktop.ui.protection.sheet import RecoverySheet
from smartct_desktop.ui.protection.sheet_dialog import SheetDialog

if TYPE_CHECKING:
    from smartct_desktop.domain.key import Key
    from smartct_desktop.services.document import Document
    from smartct_desktop.ui.main_window import MainWindow

_FOR_PROTECTED = ("change_password", "recovery_sheet", "remove_password")


class Protecting(QObject):
    """Closes the document, has its file written anew under another key, and opens it again."""

    def __init__(self, window: MainWindow, program: Opener) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        self._tools = window.tools
        self._rekeying = Rekeying(window, program)
        self.old_copies = OldCopies(window)
        window.command["protect"].triggered.connect(self.protect)
        window.command["change_password"].triggered.connect(self.change)
        window.command["recovery_sheet"].triggered.connect(self.show_sheet)
        window.command["remove_password"].triggered.connect(self.remove)
        self.attach(None)

    def attach(self, document: Document | None) -> None:
        """Act on this document from now on."""
        switch = self._window.command.switch
        protected = document is not None and document.protected
        reason = tr("Open a document first.")
        plain = tr("This document is not protected by a password.")
        for name in _FOR_PROTECTED:
            switch(name, on=protected, reason=reason if document is None else plain)
        if document is not None and document.read_only:
            reason = tr("This document is open for reading only.")
            for name in ("change_password", "remove_password"):
                switch(name, on=False, reason=reason)
        elif protected:
            reason = tr("This document is protected already.")
        on = document is not None and not protected and not document.read_only
        switch("protect", on=on, reason=reason)

    def protect(self) -> None:
        """Ask for a password, and encrypt the document with it."""
        document = self._ready()
        if document is None:
            return
        title = tr("Protect {name} with a password", name=document.home.name)
        password = self._new_password(title, tr("Protect the document"))
        if password is not None:
            self._rekeying.run(
                document,
                tr("Encrypting {name}", name=document.home.name),
                partial(_protect, document.home, password),
                self._protected,
            )

    def change(self) -> None:
        """Ask for the password, then for another one."""
        document = self._ready()
        if document is None:
            return
        name = document.home.name
        title = tr("Change the password of {name}", name=name)
        sentence = tr("Type the password it has now.")
        key = self._proof(document, title, sentence, tr("Go on"))
        password = self._new_password(title, tr("Change the password")) if key else None
        if key is not None and password is not None:
            self._rekeying.run(
                document,
                tr("Encrypting {name} anew", name=name),
                partial(_change, document.home, key, password),
                self._changed,
            )

    def remove(self) -> None:
        """Ask for the password, and write the document so that anybody can read it."""
        document = self._ready()
        if document is None:
            return
        key = self._proof(
            document,
            tr("Remove the password of {name}", name=document.home.name),
            tr("After that anybody who has the file can read it. Type the password to confirm."),
            tr("Remove the password"),
        )
        if key is not None:
            self._rekeying.run(
                document,
                tr("Decrypting {name}", name=document.home.name),
                partial(_unprotect, document.home, key),
                self._removed,
            )

    def show_sheet(self) -> None:
        """Ask for the password, and offer the recovery sheet."""
        document = self._program.document
        if document is None:
            return
        key = self._proof(
            document,
            tr("Recovery sheet of {name}", name=document.home.name),
            tr("The sheet opens the document without its password. Type the password to see it."),
            tr("Go on"),
        )
        if key is not None:
            self._offer_sheet(document.home, key)

    # Asking.

    def _ready(self) -> Document | None:
        """Give the document, if nothing is being typed that is refused."""
        return self._program.document if self._window.finish_editing() else None

    def _new_password(self, title: str, verb: str) -> str | None:
        dialog = NewPasswordDialog(self._tools.look, title, verb, self._window)
        password = dialog.password if dialog.exec() else None
        dialog.forget()
        dialog.deleteLater()
        return password

    def _proof(self, document: Document, title: str, sentence: str, verb: str) -> Key | None:
        """Have the password typed: whoever finds the window open must not get the key."""
        held = document.key
        if held is None:
            return None
        look, hole = self._tools.look, HeldKeyhole(held)
        dialog = KeyDialog(look, title, sentence, verb, hole, self._window)
        dialog.exec()
        dialog.deleteLater()
        return dialog.key

    def _offer_sheet(self, path: Path, key: Key) -> None:
        today = self._program.texts.shown(Day(), local_today())
        sheet = RecoverySheet(path.name, today, key)
        dialog = SheetDialog(self._tools, sheet, self._window)
        dialog.exec()
        dialog.deleteLater()

    # Afterwards.

    def _protected(self, path: Path, _before: Key | None, key: Key | None) -> None:
        if key is not None:
            self._offer_sheet(path, key)
            self.old_copies.look_for_plain(path, key)
        self._tools.note.tell(tr("{name} is protected.", name=path.name))

    def _changed(self, path: Path, before: Key | None, key: Key | None) -> None:
        if key is not None:
            self._offer_sheet(path, key)
            self.old_copies.offer_new_password(path, key, before)
        self._tools.note.tell(tr("{name} has another password now.", name=path.name))

    def _removed(self, path: Path, before: Key | None, _key: Key | None) -> None:
        self.old_copies.offer_no_password(path, before)
        self._tools.note.tell(tr("{name} can be read without a password now.", name=path.name))


def _protect(path: Path, password: str, progress: Progress) -> Key:
    from smartct_desktop.services.protection import protect

    return protect(path, password, progress)


def _change(path: Path, key: Key, password: str, progress: Progress) -> Key:
    from smartct_desktop.services.protection import change_password

    return change_password(path, key, password, progress)


def _unprotect(path: Path, key: Key, progress: Progress) -> None:
    from smartct_desktop.services.protection import unprotect

    unprotect(path, key, progress)
