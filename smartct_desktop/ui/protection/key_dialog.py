"""Asks for the password of a protected document, or for the key on its recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.errors import Damaged, FormerPassword, Invalid, Trouble, WrongPassword
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.protection.fitting import FittedDialog
from smartct_desktop.ui.protection.key_lines import KeyLines
from smartct_desktop.ui.protection.password_field import PasswordField
from smartct_desktop.ui.room import widen_within
from smartct_desktop.ui.sharing.waiting import wait_for
from smartct_desktop.ui.theme.look import Look

if TYPE_CHECKING:
    from smartct_desktop.domain.key import Key

_WIDE = 460


class Keyhole(Protocol):
    """What finds out whether a password or a key fits; slow, on any thread."""

    def key_of(self, password: str) -> Key:
        """Give the key that a password makes. Raises `WrongPassword`, `Trouble`."""

    def key_of_recovery(self, raw: bytes) -> Key:
        """Give the key of a recovery sheet. Raises `WrongPassword`, `Trouble`."""


class FileKeyhole:
    """Tries the keys on the file itself."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def key_of(self, password: str) -> Key:
        """Give the key that a password makes. Raises `WrongPassword`, `Trouble`."""
        from smartct_desktop.services.protection import key_of

        return key_of(self._path, password)

    def key_of_recovery(self, raw: bytes) -> Key:
        """Give the key of a recovery sheet. Raises `WrongPassword`, `Trouble`."""
        from smartct_desktop.services.protection import key_of_recovery

        return key_of_recovery(self._path, raw)


class KeyPanel(QWidget):
    """The password, or the lines of the sheet; `found` has the key once one fits.

    `damaged` has the trouble of a file that is damaged though the password seems right.

    What does not fit is said in a sentence, and can be typed again as often as wanted.
    """

    found = Signal(object)
    damaged = Signal(object)

    def __init__(self, look: Look, keyhole: Keyhole, verb: str) -> None:
        super().__init__()
        self._look = look
        self._keyhole = keyhole
        self.password = PasswordField(look, tr("Password"))
        self.sheet = KeyLines(look)
        self.wrong = label(tone="error", wrap=True)
        self.other = button(look, "", Kind.LINK)
        self.other.clicked.connect(self._turn)
        self.doubt = button(look, tr("It was not changed: see what can be done"), Kind.LINK)
        self.doubt.clicked.connect(self._report_damage)
        self._former: FormerPassword | None = None
        self.deed = button(look, verb, Kind.PRIMARY)
        self.deed.setDefault(True)
        self.deed.clicked.connect(self.try_key)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.password)
        column.addWidget(self.sheet)
        column.addWidget(self.wrong)
        column.addWidget(self.doubt, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        self.password.changed.connect(self._switch)
        self.sheet.changed.connect(self._switch)
        self.setFocusProxy(self.password)
        self._show(sheet=False)

    def try_key(self) -> None:
        """Find out whether what is typed fits."""
        if not self.deed.isEnabled():
            return
        keyhole = self._keyhole
        try:
            if self._by_sheet:
                work = partial(keyhole.key_of_recovery, self.sheet.raw())
            else:
                work = partial(keyhole.key_of, self.password.password)
            key = self._waited_for(work)
        except Invalid as refusal:
            self._say_wrong("")
            self.sheet.lines[_line_of(refusal)].setFocus(Qt.FocusReason.OtherFocusReason)
        except WrongPassword as trouble:
            self._refuse(trouble)
        except Damaged as trouble:
            self.damaged.emit(trouble)
        except Trouble as trouble:
            self._say_wrong(f"{say(trouble.sentence)} {say(trouble.hint)}".strip())
            self.take_focus()
        else:
            self.clear()
            self.found.emit(key)

    def _waited_for(self, work: Callable[[], Key]) -> Key:
        window = self.window()
        try:
            return wait_for(work, self._look, window, tr("Trying the key"))
        finally:
            window.activateWindow()  # not every system gives the keys back by itself

    def clear(self) -> None:
        """Empty everything that is typed."""
        self.password.clear()
        self.sheet.clear()
        self._say_wrong("")

    def take_focus(self) -> None:
        """Let the person type."""
        field = self.sheet.lines[0] if self._by_sheet else self.password.line
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    # Within.

    @property
    def _by_sheet(self) -> bool:
        return not self.sheet.isHidden()

    def _turn(self) -> None:
        self._show(sheet=not self._by_sheet)
        self.take_focus()

    def _show(self, *, sheet: bool) -> None:
        self.password.setVisible(not sheet)
        self.sheet.setVisible(sheet)
        words = tr("Use the password") if sheet else tr("Use the recovery sheet instead")
        self.other.setText(words)
        self._say_wrong("")
        self._switch()
        self.setFocusProxy(self.sheet if sheet else self.password)

    def _switch(self) -> None:
        ready = self.sheet.filled if self._by_sheet else bool(self.password.password)
        self.deed.setEnabled(ready)
        if ready:
            self._say_wrong("")

    def _report_damage(self) -> None:
        if self._former is not None:
            self.damaged.emit(Damaged(self._former.sentence, self._former.hint))

    def _refuse(self, trouble: WrongPassword) -> None:
        if isinstance(trouble, FormerPassword):
            self._say_wrong(f"{say(trouble.sentence)} {say(trouble.hint)}")
            self._former = trouble
            self.doubt.show()
            self.take_focus()
        elif self._by_sheet:
            self._say_wrong(
                tr(
                    "The key is complete, but it is not the key of this document: the sheet is "
                    "of another one, or older than its password."
                )
            )
            self.take_focus()
        else:
            self._say_wrong(tr("This is not the password of the document. Type it again."))
            self.password.refuse()

    def _say_wrong(self, words: str) -> None:
        self.doubt.hide()
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        self.setAccessibleDescription(words)


class KeyDialog(FittedDialog):
    """One question; `key` is what was found, `damage` what is wrong with the file otherwise.

    With `elsewhere`, the words of a further button, the person can ask for another file instead:
    then `wants_other` says so.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- what a question is made of
        self,
        look: Look,
        title: str,
        sentence: str,
        verb: str,
        keyhole: Keyhole,
        parent: QWidget,
        *,
        elsewhere: str = "",
    ) -> None:
        super().__init__(parent)
        self.key: Key | None = None
        self.damage: Damaged | None = None
        self.wants_other = False
        self.setWindowTitle(tr("SmartCT"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        widen_within(self, look.px(_WIDE))
        self.panel = KeyPanel(look, keyhole, verb)
        self.panel.found.connect(self._take)
        self.panel.damaged.connect(self._give_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, face="title", wrap=True))
        if sentence:
            column.addWidget(label(sentence, tone="muted", wrap=True))
        column.addWidget(self.panel)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        if elsewhere:
            other = button(look, elsewhere)
            other.setAutoDefault(False)
            other.clicked.connect(self._go_elsewhere)
            row.addWidget(other)
        row.addStretch(1)
        cancel = button(look, tr("Cancel"), Kind.FLAT)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        row.addWidget(self.panel.deed)
        column.addLayout(row)
        FocusRing(look, self)
        self.fit()
        self.panel.take_focus()

    def _take(self, key: Key) -> None:
        self.key = key
        self.accept()

    def _give_up(self, damage: Damaged) -> None:
        self.damage = damage
        self.reject()

    def _go_elsewhere(self) -> None:
        self.wants_other = True
        self.reject()


def _line_of(refusal: Invalid) -> int:
    """The place of the line that was refused; the last where one is missing."""
    return min(int(refusal.field), 3) if refusal.field.isdigit() else 0
