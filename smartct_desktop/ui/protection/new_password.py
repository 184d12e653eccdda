"""Asks for a new password, twice, and says plainly what is lost with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.passwords import Strength, refused, strength
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.notes import Note
from smartct_desktop.ui.protection.fitting import FittedDialog
from smartct_desktop.ui.protection.password_field import PasswordField
from smartct_desktop.ui.qt import mark
from smartct_desktop.ui.room import widen_within
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_WIDE = 520

_STRENGTHS = {
    Strength.WEAK: (
        Tone.WARNING,
        "Weak: a machine would soon find it. Add words that do not belong together.",
    ),
    Strength.FAIR: (Tone.CALM, "Fair: one or two more words make it strong."),
    Strength.GOOD: (Tone.DONE, "Strong."),
}


class NewPasswordDialog(FittedDialog):
    """For a document that gets a password (`verb` "Protect"), or another one."""

    def __init__(self, look: Look, title: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("SmartCT"))
        self.setAccessibleName(title)
        widen_within(self, look.px(_WIDE))
        self.first = PasswordField(look, tr("New password"))
        self.again = PasswordField(look, tr("New password once more"))
        self.again.eye.hide()
        self.first.eye.toggled.connect(self.again.show_text)
        self.judgement = label(face="small", wrap=True)
        self.warning = Note(
            look,
            Tone.WARNING,
            tr(
                "Without the password and without the recovery sheet nobody can open the document "
                "again, neither its backups nor we. The sheet can be printed in the next step."
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, face="title", wrap=True))
        about = tr(
            "The whole file is encrypted: records, history, search, attached files and backups. "
            "Several words that do not belong together make a good password."
        )
        column.addWidget(label(about, tone="muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, (words, field) in enumerate(
            ((tr("New password"), self.first), (tr("Once more"), self.again))
        ):
            name = label(words, tone="muted")
            name.setMinimumHeight(look.measures.field)
            grid.addWidget(name, row, 0, top)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.judgement, 2, 1)
        column.addLayout(grid)
        column.addWidget(self.warning)
        foot, self.deed = deed_foot(look, self, verb)
        column.addLayout(foot)
        self.first.changed.connect(self._judge)
        self.again.changed.connect(self._judge)
        FocusRing(look, self)
        self._judge()
        self.fit()
        self.first.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def password(self) -> str:
        """The password that was typed twice."""
        return self.first.password

    def forget(self) -> None:
        """Empty both lines."""
        self.first.clear()
        self.again.clear()

    def _judge(self) -> None:
        tone, words, good = self._found()
        self.judgement.setText(words)
        mark(self.judgement, "tone", tone)
        self.deed.setEnabled(good)

    def _found(self) -> tuple[str, str, bool]:
        """Give the tone, the words and whether the password can be taken."""
        first, again = self.first.password, self.again.password
        reason = refused(first)
        if reason is not None:
            blank = tr("At least 12 characters, whichever you like.")
            return ("muted", blank, False) if not first else ("warning", say(reason), False)
        if again and not first.startswith(again):
            return "error", tr("The two passwords are not the same."), False
        tone, words = _STRENGTHS[strength(first)]
        return tone.ink, tr(words), first == again
