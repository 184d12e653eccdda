"""One question of a merge: what it is about, and a button for each answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from smartct_desktop.domain.joining import Answer
from smartct_desktop.services.joining_words import TOPICS, Asked
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.joining.lines import one_line
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.theme.look import Look

_LONGEST = 110  # characters of an answer; its tip has all of it
_SHORT = {
    Answer.OURS: "ours",
    Answer.THEIRS: "theirs",
    Answer.BOTH: "both",
    Answer.SAME: "the same",
    Answer.OTHER: "two",
}


class QuestionBox(QWidget):
    """`answered(answer)` is for this question, `all_answered(answer)` for all open ones alike."""

    answered = Signal(object)
    all_answered = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.sentence = label(face="medium", wrap=True)
        self._before = label(tone="muted", wrap=True)
        self.options: dict[Answer, QPushButton] = {}
        self.all_options: dict[Answer, QPushButton] = {}
        self._answers = QVBoxLayout()
        self._answers.setSpacing(6)
        self._lot = QHBoxLayout()
        self._lot.setSpacing(10)
        ground = surface("soft")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        inside.addWidget(self.sentence)
        inside.addWidget(self._before)
        inside.addLayout(self._answers)
        inside.addLayout(self._lot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ground)

    def ask(self, asked: Asked, alike: int) -> None:
        """Show a question; `alike` are the open ones of its sort, this one included."""
        self.sentence.setText(say(asked.sentence))
        self._before.setText(tr("Before: {value}", value=one_line(asked.before)))
        self._before.setVisible(bool(asked.before))
        self._clear()
        for answer, words in asked.options:
            self._offer(asked, answer, one_line(say(words)))
        if alike > 1:
            sort = say(TOPICS[asked.doubt.topic])
            head = tr("All {n} open of “{sort}”:", n=alike, sort=sort)
            self._lot.addWidget(label(head, tone="muted"))
            for answer, _ in asked.options:
                made = button(self._look, tr(_SHORT[answer]), Kind.LINK)
                made.setAutoDefault(False)
                made.setAccessibleName(
                    tr(
                        "All {n} open of “{sort}”: {answer}",
                        n=alike,
                        sort=sort,
                        answer=tr(_SHORT[answer]),
                    )
                )
                made.clicked.connect(partial(self.all_answered.emit, answer))
                self.all_options[answer] = made
                self._lot.addWidget(made)
            self._lot.addStretch(1)

    def focus_first(self) -> None:
        """Put the keys on the answer that is given or proposed, else on the first."""
        made = next((one for one in self.options.values() if one.property("first")), None)
        made = made or next(iter(self.options.values()), None)
        if made is not None:
            made.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, asked: Asked, answer: Answer, words: str) -> None:
        doubt = asked.doubt
        short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        if answer is doubt.propose and doubt.open:
            short = tr("{answer} (proposed)", answer=short)
        made = button(
            self._look,
            short.replace("&", "&&"),
            icon="check" if answer is doubt.answer else "",
        )
        made.setToolTip(tool_tip(words, self._look))
        made.setAccessibleName(words)
        made.setProperty("first", answer is (doubt.answer or doubt.propose))
        made.clicked.connect(partial(self.answered.emit, answer))
        row = QHBoxLayout()
        row.addWidget(made)
        row.addStretch(1)
        self._answers.addLayout(row)
        self.options[answer] = made

    def _clear(self) -> None:
        self.options.clear()
        self.all_options.clear()
        for layout in (self._answers, self._lot):
            while (item := layout.takeAt(0)) is not None:
                _forget(item.widget())
                inner = item.layout()
                while inner is not None and (part := inner.takeAt(0)) is not None:
                    _forget(part.widget())


def _forget(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
