"""Shows what merging a copy would do: what both sides did, what must be decided, what changes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.changes import Action
from smartct_desktop.domain.joining import Answer, Answers, Doubt
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.joining import Joining, plan
from smartct_desktop.services.joining_words import JoiningWords, in_order, steps_words
from smartct_desktop.ui.buttons import Kind, button, switch
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.joining.lines import change_lines, question_lines, step_lines
from smartct_desktop.ui.joining.question import QuestionBox
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.periods.words_lines import Lines
from smartct_desktop.ui.planning import Planning
from smartct_desktop.ui.tools import Tools

_WIDE, _HIGH = 980, 640
_AROUND = 60  # pixels of the screen that stay free
_QUICK = 300  # records that differ, up to which an answer is worked out while one blinks


class JoiningDialog(QDialog):
    """Accepted if `joining` is to be done: only when nothing is open."""

    def __init__(
        self, tools: Tools, desk: Desk, joining: Joining, planning: Planning, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._look = look = tools.look
        self._desk = desk
        self._planning = planning
        self._words = JoiningWords(joining.compared, desk.texts)
        self._given: dict[str, dict[str, str]] = {}
        self.joining = joining
        self._doubts: list[Doubt] = []
        compared = joining.compared
        title = tr("Merge “{name}” into this document?", name=compared.name)
        self.setWindowTitle(tr("Merge a copy"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(self.words)
        self.pages = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(title, face="title", wrap=True))
        column.addWidget(label(self.words, wrap=True))
        column.addLayout(self._make_switches())
        column.addWidget(self.pages, 1)
        self._make_pages()
        column.addLayout(self._make_foot())
        room = self.screen().availableGeometry()
        self.resize(
            min(look.px(_WIDE), room.width() - _AROUND),
            min(look.px(_HIGH), room.height() - _AROUND),
        )
        FocusRing(look, self)
        self._show()
        self._show_page("questions" if self._doubts else "changes")

    @property
    def words(self) -> str:
        """What both sides did since the copies parted, and what merging means."""
        compared = self.joining.compared
        ours = steps_words(len(compared.our_steps), len(compared.our_undone))
        theirs = steps_words(len(compared.their_steps), len(compared.their_undone))
        return tr(
            "Since the copies parted, here: {ours}; in the copy: {theirs}. What only one side "
            "changed is taken from there. Merging is one step and can be undone.",
            ours=say(ours),
            theirs=say(theirs),
        )

    def take_proposals(self) -> None:
        """Answer all open questions that have a proposal with it."""
        for doubt in self.joining.open:
            if doubt.propose is not None:
                self._give(doubt, doubt.propose)
        self._plan()

    # Making.

    def _make_switches(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        group = QButtonGroup(self)
        self.switches: dict[str, QPushButton] = {}
        for name in ("questions", "changes", "theirs", "ours"):
            made = button(self._look, "", Kind.SWITCH, room="small")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(partial(self._show_page, name))
            group.addButton(made)
            self.switches[name] = made
            row.addWidget(made)
        row.addStretch(1)
        self.proposals = button(self._look, "", Kind.LINK)
        self.proposals.setAutoDefault(False)
        self.proposals.clicked.connect(self.take_proposals)
        row.addWidget(self.proposals)
        return row

    def _make_pages(self) -> None:
        look, compared = self._look, self.joining.compared
        heads = (tr("About"), tr("Question"), tr("Answer"))
        self.questions = Lines(look, tr("Questions"), heads, (300, 190))
        self.box = QuestionBox(look)
        self.box.answered.connect(self._answer)
        self.box.all_answered.connect(self._answer_all)
        self.questions.selectionModel().currentRowChanged.connect(self._ask_current)
        self._nothing = label(tr("Nothing has to be decided."), tone="muted", wrap=True)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._nothing)
        column.addWidget(self.questions, 1)
        column.addWidget(self.box)
        heads = (tr("Record"), tr("What"), tr("Values"))
        self.changes = Lines(look, tr("What changes"), heads, (300, 90))
        heads = (tr("When"), tr("Who"), tr("What was done"))
        theirs = Lines(look, tr("What the copy did"), heads, (150, 140))
        theirs.show_lines(step_lines(compared.their_steps, compared.their_undone))
        ours = Lines(look, tr("What was done here"), heads, (150, 140))
        ours.show_lines(step_lines(compared.our_steps, compared.our_undone))
        self._by_name: dict[str, QWidget] = {
            "questions": page,
            "changes": self.changes,
            "theirs": theirs,
            "ours": ours,
        }
        for shown in self._by_name.values():
            self.pages.addWidget(shown)

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._state = label(tone="muted", wrap=True)
        self.cancel = button(self._look, tr("Cancel"), Kind.FLAT, room="large")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.main = button(self._look, "", Kind.PRIMARY, room="large")
        self.main.clicked.connect(self.accept)
        row.addWidget(self._state, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.main)
        return row

    # Answering.

    def _answer(self, answer: Answer) -> None:
        doubt = self._current
        if doubt is not None:
            self._give(doubt, answer)
            self._plan()

    def _answer_all(self, answer: Answer) -> None:
        current = self._current
        for doubt in self.joining.open:
            alike = current is not None and doubt.topic is current.topic
            if alike and answer in doubt.options:
                self._give(doubt, answer)
        self._plan()

    def _give(self, doubt: Doubt, answer: Answer) -> None:
        self._given.setdefault(doubt.topic.value, {})[doubt.item] = answer.value

    def _plan(self) -> None:
        """Work out what the answers lead to; with much to compare in a job."""
        compared, facts = self.joining.compared, self._desk.facts
        answers = Answers({topic: dict(items) for topic, items in self._given.items()})
        if len(compared.triples) <= _QUICK:
            self._take(plan(compared, answers, facts))
            return

        def work(_reader: Reader, _progress: Progress) -> Joining:
            return plan(compared, answers, facts)

        self._planning.run(tr("Working out what changes"), work, self._take)

    def _take(self, joining: Joining) -> None:
        before = self._current
        self.joining = joining
        self._show()
        place = _next_place(self._doubts, before)
        if place is not None:
            self.questions.setCurrentIndex(self.questions.words.index(place, 0))
            self._ask_current()
            self.box.focus_first()
        if not joining.open:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    # Showing.

    @property
    def _current(self) -> Doubt | None:
        row = self.questions.currentIndex().row()
        return self._doubts[row] if 0 <= row < len(self._doubts) else None

    def _show(self) -> None:
        joining, compared = self.joining, self.joining.compared
        self._doubts = in_order(joining.doubts)
        self.questions.show_lines(question_lines(self._words, self._doubts))
        self.changes.show_lines(change_lines(joining, self._words, self._desk.texts))
        self._nothing.setVisible(not self._doubts)
        self.questions.setVisible(bool(self._doubts))
        self.box.setVisible(bool(self._doubts))
        self._ask_current()
        counts = {
            "questions": (tr("Questions"), len(self._doubts)),
            "changes": (tr("What changes"), len(joining.changes)),
            "theirs": (tr("The copy"), len(compared.their_steps) + len(compared.their_undone)),
            "ours": (tr("Here"), len(compared.our_steps) + len(compared.our_undone)),
        }
        for name, (words, n) in counts.items():
            self.switches[name].setText(f"{words} {n}")
        self._show_foot()

    def _show_foot(self) -> None:
        joining = self.joining
        open_ = len(joining.open)
        proposed = sum(doubt.propose is not None for doubt in joining.open)
        self.proposals.setVisible(proposed > 1)
        self.proposals.setText(tr("Take all {n} proposals", n=proposed))
        reason = tr("1 question is open") if open_ == 1 else tr("{n} questions are open", n=open_)
        notes = [say(note) for note in self._words.notes(joining)]
        self._state.setText(f"{reason}." if open_ else " ".join(notes[:2]))
        sums = {action: sum(joining.counts[action].values()) for action in Action}
        parts = [
            tr(words, n=sums[action])
            for action, words in (
                (Action.ADD, "{n} added"),
                (Action.CHANGE, "{n} changed"),
                (Action.REMOVE, "{n} removed"),
            )
            if sums[action]
        ]
        self.main.setText(f"{tr('Merge')}: {', '.join(parts)}" if parts else tr("Merge"))
        switch(self.main, self._look, on=not open_, reason=reason)
        self.main.setDefault(not open_)

    def _show_page(self, name: str) -> None:
        self.switches[name].setChecked(True)
        self.pages.setCurrentWidget(self._by_name[name])
        if name == "questions" and self._doubts:
            self.box.focus_first()

    def _ask_current(self) -> None:
        doubt = self._current
        if doubt is not None:
            alike = sum(one.topic is doubt.topic for one in self.joining.open)
            self.box.ask(self._words.asked(doubt), alike)


def _next_place(doubts: list[Doubt], before: Doubt | None) -> int | None:
    """Give the next open question after the one just answered; that one if none is open."""
    if not doubts:
        return None
    keys = [(doubt.topic, doubt.item) for doubt in doubts]
    at = (
        keys.index((before.topic, before.item))
        if before and ((before.topic, before.item) in keys)
        else 0
    )
    order = [*range(at, len(doubts)), *range(at)]
    return next((place for place in order if doubts[place].open), at)
