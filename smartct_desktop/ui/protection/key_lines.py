"""The lines of a recovery sheet, typed from paper: each says itself whether it is right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.recovery import LETTERS, LINES, from_groups, letters_of, read_line
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.qt import mark
from smartct_desktop.ui.theme.look import Look

_GROUP = 4
_MOST = 400  # characters: the whole key may be pasted into one line


class KeyLines(QWidget):
    """Four numbered lines; a full one goes on to the next, and the whole key can be pasted."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.lines = [QLineEdit() for _ in range(LINES)]
        self._lengths = [0] * LINES
        self.hint = label(face="small", tone="error", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for no, line in enumerate(self.lines):
            line.setAccessibleName(tr("Line {n} of the recovery sheet", n=no + 1))
            line.setMaxLength(_MOST)
            line.setMinimumWidth(look.px(240))
            line.textEdited.connect(partial(self._take, no))
            line.editingFinished.connect(partial(self._judge, no))
            grid.addWidget(label(str(no + 1), tone="muted"), no, 0)
            grid.addWidget(line, no, 1)
        grid.addWidget(self.hint, LINES, 1)
        grid.setColumnStretch(1, 1)
        self.hint.hide()
        self.setFocusProxy(self.lines[0])

    @property
    def filled(self) -> bool:
        """Whether every line has something."""
        return all(letters_of(line.text()) for line in self.lines)

    def raw(self) -> bytes:
        """Give the key that is typed. Raises `Invalid`, and marks the line that is wrong."""
        try:
            return from_groups("".join(self._letters(no) for no in range(LINES)))
        except Invalid as refusal:
            self._refuse(refusal)
            raise

    def clear(self) -> None:
        """Empty all lines."""
        for line in self.lines:
            line.clear()
            mark(line, "state", "")
        self._lengths = [0] * LINES
        self.hint.hide()

    # Within.

    def _letters(self, no: int) -> str:
        """Give the letters of a line; those of one that is wrong raise `Invalid` here."""
        letters = letters_of(self.lines[no].text())
        read_line(no, letters)
        return letters

    def _take(self, no: int, text: str) -> None:
        """Group what is typed, and spread what is more than one line."""
        letters = letters_of(text)
        pasted = len(letters) > self._lengths[no] + 1
        if len(letters) > LETTERS and pasted:
            self._spread(no, letters)
        elif len(letters) == LETTERS and self.lines[no].cursorPosition() == len(text):
            self.lines[no].setText(_grouped(letters))
            if self._judge(no) and no + 1 < LINES and not self.lines[no + 1].text():
                self.lines[no + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            mark(self.lines[no], "state", "")
        self._lengths = [len(letters_of(line.text())) for line in self.lines]
        self.changed.emit()

    def _spread(self, no: int, letters: str) -> None:
        for place in range(no, LINES):
            piece, letters = letters[:LETTERS], letters[LETTERS:]
            if piece:
                self.lines[place].setText(_grouped(piece))
                self.lines[place].setFocus(Qt.FocusReason.OtherFocusReason)
        if letters:
            self.lines[-1].setText(self.lines[-1].text() + letters)
        for place in range(no, LINES):
            self._judge(place)

    def _judge(self, no: int) -> bool:
        """Say whether a line that was left is right; an empty one is not judged."""
        line = self.lines[no]
        try:
            if letters_of(line.text()):
                read_line(no, line.text())
        except Invalid as refusal:
            self._refuse(refusal)
            return False
        mark(line, "state", "")
        if not any(other.property("state") == "error" for other in self.lines):
            self.hint.hide()
        return True

    def _refuse(self, refusal: Invalid) -> None:
        if refusal.field.isdigit() and int(refusal.field) < LINES:
            mark(self.lines[int(refusal.field)], "state", "error")
        self.hint.setText(say(refusal.sentence))
        self.hint.show()


def _grouped(letters: str) -> str:
    return " ".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
