"""Some questions one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.services.importing.asked import Question
from smartct_desktop.ui.buttons import Kind, button, icon_button, switch
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.answers import Wording
from smartct_desktop.ui.import_assistant.asked import Asked
from smartct_desktop.ui.import_assistant.file_answers import Said
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.question_form import QuestionForm
from smartct_desktop.ui.import_assistant.words import one_or_more
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look


class QuestionPanel(QWidget):
    """`answered` has a list of (question, key, reply). Untitled, one question has no headline.

    `looked_at` is emitted with a question when another one than before is shown.
    """

    answered = Signal(object)
    looked_at = Signal(object)
    given_up = Signal()

    def __init__(
        self, look: Look, wording: Wording, editors: Editors, *, titled: bool = True
    ) -> None:
        super().__init__()
        self._look = look
        self._titled = titled
        self._outlook: Outlook | None = None
        self._asked: Sequence[Asked] = ()
        self._current: str | None = None
        self._key: str | None = None
        self._title = label(face="strong")
        self._before = icon_button(look, "chevron-left", tr("Previous question"))
        self._before.clicked.connect(self._go_back)
        self._after = icon_button(look, "chevron-right", tr("Next question"))
        self._after.clicked.connect(self._go_on)
        self._all = button(look, "", Kind.LINK)
        self._all.clicked.connect(self._take_all)
        self._none = label(tone="muted", wrap=True)
        self._none.setText(tr("Everything in this file was understood without asking."))
        self._form = QuestionForm(look, wording, editors)
        self._form.answered.connect(self._answer)
        self._form.given_up.connect(self.given_up)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self._before)
        head.addWidget(self._after)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addWidget(self._form)
        column.addWidget(self._all)

    @property
    def current(self) -> Question | None:
        """The question that is shown."""
        return next((a.question for a in self._asked if a.question.id == self._current), None)

    def show_questions(self, outlook: Outlook, asked: Sequence[Asked], refusal: str = "") -> None:
        """Show these; the one looked at stays, or if it was just answered the next open one."""
        self._outlook = outlook
        before, current = self._current, self._moved_on(asked)
        self._asked = asked
        if current != before:
            self._current, self._key = current, None
        self._show(refusal)
        if current != before and self.current is not None:
            self.looked_at.emit(self.current)

    def go_to(self, sheet: str | None, letter: str) -> bool:
        """Show the question about a column, if there is one."""
        about = [a for a in self._asked if (a.question.sheet, a.question.letter) == (sheet, letter)]
        if any(asked.question.id == self._current for asked in about):
            return True
        found = next((a for a in about if a.open), next(iter(about), None))
        if found is not None:
            self._look_at(found.question.id)
        return found is not None

    def focus_first(self) -> None:
        """Put the focus where the answer is given."""
        self._form.focus_first()

    def _moved_on(self, asked: Sequence[Asked]) -> str | None:
        """The question to show among these."""
        ids = [one.question.id for one in asked]
        first = next((one.question.id for one in asked if one.open), next(iter(ids), None))
        if self._current not in ids:
            return first
        was = next((a for a in self._asked if a.question.id == self._current), None)
        place = ids.index(self._current)
        if was is None or not was.open or asked[place].open:
            return self._current
        rest = [*asked[place + 1 :], *asked[:place]]
        return next((one.question.id for one in rest if one.open), self._current)

    def _show(self, refusal: str = "") -> None:
        outlook = self._outlook
        assert outlook is not None
        ids = [one.question.id for one in self._asked]
        place = ids.index(self._current) if self._current in ids else None
        self._form.setVisible(place is not None)
        self._none.setVisible(place is None)
        self._before.setVisible(len(ids) > 1)
        self._after.setVisible(len(ids) > 1)
        proposals = len(self._proposals())
        self._all.setVisible(proposals > 1)
        self._all.setText(one_or_more(proposals, "Take the proposal", "Take all {n} proposals"))
        if place is None:
            self._title.setText(tr("No questions"))
            return
        self._title.setText(self._headline(place))
        self._title.setVisible(self._titled or len(ids) > 1)
        last = place == len(ids) - 1
        switch(self._before, self._look, on=place > 0, reason=tr("This is the first question"))
        switch(self._after, self._look, on=not last, reason=tr("This is the last question"))
        asked = self._asked[place]
        key = self._key if self._key in {item.key for item in asked.items} else None
        self._form.ask(outlook, asked.question, asked.items, key, refusal)

    def _headline(self, place: int) -> str:
        total, open_ = len(self._asked), sum(one.open for one in self._asked)
        if total == 1:
            return tr("One question") if open_ else tr("One question, answered")
        said = tr("Question {n} of {all}", n=place + 1, all=total)
        return said if open_ else tr("{question}, all answered", question=said)

    def _proposals(self) -> list[tuple[Question, str, Said]]:
        """All proposals that nobody has said yes to."""
        return [
            (asked.question, item.key, item.propose)
            for asked in self._asked
            for item in asked.items
            if item.proposed and not item.answered
        ]

    def _answer(self, question: Question, key: str, said: Said) -> None:
        items = next((a.items for a in self._asked if a.question.id == question.id), ())
        self._key = self._form.next_open(items) or key
        self.answered.emit([(question, key, said)])

    def _take_all(self) -> None:
        self.answered.emit(self._proposals())

    def _go_back(self) -> None:
        self._step(-1)

    def _go_on(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        ids = [one.question.id for one in self._asked]
        place = ids.index(self._current) + by if self._current in ids else 0
        self._look_at(ids[max(0, min(place, len(ids) - 1))])

    def _look_at(self, id_: str) -> None:
        if id_ != self._current:
            self._current, self._key = id_, None
            self._show()
            self.looked_at.emit(self.current)
