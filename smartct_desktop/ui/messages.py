"""The one place that asks a question in a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

K = TypeVar("K")

_MARGIN = 24
_NARROW, _WIDE = 420, 560
_SHORT = 120  # characters that read well in a narrow dialog
_DETAILS = 160


@dataclass(frozen=True)
class Choice(Generic[K]):
    """An answer: what it is called in the program, its verb, and how its button looks."""

    key: K
    text: str
    kind: Kind = Kind.PLAIN


class Messages:
    """Asks, and tells what went wrong where a note would be overlooked."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def ask(  # noqa: PLR0913 -- a question has this many parts
        self,
        parent: QWidget | None,
        title: str,
        sentence: str,
        choices: Sequence[Choice[K]],
        default: K,
        *,
        harmless: K,
        details: str = "",
    ) -> K:
        """The key of the answer; waits for it.

        Choices are given from left to right, the main one last. `default` has the focus (where
        something would be removed, that is the harmless one); Esc and closing the dialog mean
        `harmless`. `details` are lines to read and copy, in a box of their own.
        """
        dialog = _Question(self._look, parent, title, sentence, details)
        for choice in choices:
            dialog.add_choice(choice.text, choice.kind, focus=choice.key == default)
        dialog.settle()
        picked = dialog.pick()
        return choices[picked].key if picked is not None else harmless

    def tell_trouble(self, parent: QWidget | None, trouble: Trouble) -> None:
        """Say what happened and what to do; waits until it is closed."""
        choices = [Choice("close", tr("Close"))]
        title, sentence = say(trouble.sentence), say(trouble.hint)
        self.ask(parent, title, sentence, choices, "close", harmless="close")


class _Question(QDialog):
    """A title, one or two sentences, and buttons with verbs."""

    def __init__(
        self, look: Look, parent: QWidget | None, title: str, sentence: str, details: str
    ) -> None:
        super().__init__(parent)
        self._picked: int | None = None
        self._buttons: list[QPushButton] = []
        self.setWindowTitle(tr("SmartCT"))
        self.setAccessibleName(say(title))
        self.setAccessibleDescription(say(sentence))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(8)
        column.addWidget(_readable(say(title), "title"))
        if sentence:
            column.addWidget(_readable(say(sentence)))
        if details:
            box = QPlainTextEdit(details)
            box.setReadOnly(True)
            box.setTabChangesFocus(True)
            box.setAccessibleName(tr("Details"))
            box.setFixedHeight(look.px(_DETAILS))
            column.addSpacing(8)
            column.addWidget(box)
        column.addSpacing(16)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        column.addLayout(self._row)
        long = details or max(len(title), len(sentence)) > _SHORT
        self._width = look.px(_WIDE if long else _NARROW)
        self._look = look

    def add_choice(self, text: str, kind: Kind, *, focus: bool) -> None:
        made = button(self._look, text, kind)
        made.clicked.connect(self._choose)
        self._row.addWidget(made)
        self._buttons.append(made)
        if focus:
            made.setDefault(True)
            made.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Wide enough for the buttons, high enough for the text."""
        FocusRing(self._look, self)
        for made in self._buttons:
            made.ensurePolished()
        width = max(self._width, self._row.sizeHint().width() + 2 * _MARGIN)
        self.setFixedSize(width, self._column.totalHeightForWidth(width))

    def pick(self) -> int | None:
        """The number of the button that was pressed, None for Esc; the dialog is gone then."""
        self.exec()
        self.deleteLater()
        return self._picked

    def _choose(self) -> None:
        pressed = self.sender()
        self._picked = next(at for at, made in enumerate(self._buttons) if made is pressed)
        self.accept()


def _readable(text: str, face: str = "") -> QWidget:
    made = label(text, face=face, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
