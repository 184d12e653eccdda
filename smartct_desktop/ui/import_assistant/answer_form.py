"""Where one item of a question is answered: boxes to choose from, a list, or an editor."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Field
from smartct_desktop.services.importing.asked import Item, Question, Reply
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.forms.editor import FieldEditor, WheelGuard
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.answers import Answer, Wording
from smartct_desktop.ui.import_assistant.file_answers import OPEN
from smartct_desktop.ui.import_assistant.option_box import OptionBox
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.tab_order import put_behind
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.pill import Pill
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_MOST_BOXES = 6


class AnswerForm(QWidget):
    """`said` is emitted with the reply, or with `OPEN` when an answer is taken back.

    `given_up` is emitted for Esc in an editor. Tab comes from `anchor`.
    """

    said = Signal(object)
    given_up = Signal()

    def __init__(self, look: Look, wording: Wording, editors: Editors, anchor: QWidget) -> None:
        super().__init__()
        self._anchor = anchor
        self._look = look
        self._wording = wording
        self._editors = editors
        self._boxes: list[OptionBox] = []
        self._combo: QComboBox | None = None
        self._editor: FieldEditor | None = None
        self._other: FieldEditor | None = None
        self._answers: tuple[Answer, ...] = ()
        self._item: Item | None = None
        self._asked: tuple[Outlook, Question] | None = None
        self._inputs = QVBoxLayout()
        self._inputs.setSpacing(6)
        self._wrong = label(tone="error", face="small", wrap=True)
        self._take = button(look, tr("Take this answer"), room="small")
        self._take.clicked.connect(self._submit)
        self._blank = button(look, tr("Leave it blank"), Kind.LINK)
        self._blank.clicked.connect(self._leave_blank)
        self._back = button(look, tr("Take the answer back"), Kind.LINK)
        self._back.clicked.connect(self._take_back)
        self._earlier = label(tr("Answered in an earlier import."), face="small", tone="muted")
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self._take)
        acts.addWidget(self._blank)
        acts.addWidget(self._back)
        acts.addWidget(self._earlier)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._inputs)
        column.addWidget(self._wrong)
        column.addLayout(acts)

    def ask(self, outlook: Outlook, question: Question, item: Item, refusal: str = "") -> None:
        """Ask this item; what was answered, or else is proposed, is preselected."""
        if self._is_asked(question, item) and not refusal:
            self._asked = (outlook, question)  # what is being typed stays
            self._say_origin(outlook, question, item)
            return
        self._clear()
        self._asked, self._item = (outlook, question), item
        self._answers = self._wording.answers(outlook, question, item)
        known = item.answered or item.proposed
        value = item.answer if item.answered else item.propose
        if not self._answers:
            self._add_editor(outlook, question, item, value)
        elif len(self._answers) <= _MOST_BOXES:
            self._add_boxes(item, value, known=known)
        else:
            self._add_list(item, value, known=known)
        self._other = self._add_other(outlook, item) if item.others else None
        inputs = [*self._boxes, *filter(None, (self._combo, self._editor, self._other))]
        put_behind(self._anchor, inputs)
        self._say_wrong(refusal)
        takes = bool(self._editor or self._combo) or (item.proposed and not item.answered)
        self._take.setVisible(takes)
        proposal = item.proposed and item.propose is not None and not item.answered
        self._take.setText(tr("Take the proposal") if proposal else tr("Take this answer"))
        self._blank.setVisible(self._editor is not None)
        self._say_origin(outlook, question, item)

    def _say_origin(self, outlook: Outlook, question: Question, item: Item) -> None:
        """An answer given now can be taken back; one of an earlier import only be changed."""
        own = item.answered and outlook.was_given_now(question, item.key)
        self._back.setVisible(own)
        self._earlier.setVisible(item.answered and not own)

    def focus_first(self) -> None:
        """Put the focus where the answer is given."""
        chosen = next((box for box in self._boxes if box.isChecked()), None)
        target = chosen or next(iter(self._boxes), None) or self._combo or self._editor
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _is_asked(self, question: Question, item: Item) -> bool:
        return self._asked is not None and self._asked[1].id == question.id and self._item == item

    def _clear(self) -> None:
        while (taken := self._inputs.takeAt(0)) is not None:
            gone = taken.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._boxes, self._combo, self._editor, self._other = [], None, None, None

    def _add_boxes(self, item: Item, value: Reply, *, known: bool) -> None:
        for answer in self._answers:
            proposed = item.proposed and answer.reply == item.propose
            box = OptionBox(self._look, answer, proposed=proposed)
            box.setChecked(known and answer.reply == value)
            box.picked.connect(self._pick)
            self._boxes.append(box)
            self._inputs.addWidget(box)

    def _add_list(self, item: Item, value: Reply, *, known: bool) -> None:
        combo = QComboBox()
        combo.addItems([answer.title for answer in self._answers])
        combo.setAccessibleName(tr("Answer"))
        combo.setMaxVisibleItems(16)
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        combo.setPlaceholderText(tr("Choose…"))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.installEventFilter(WheelGuard(combo))
        replies = [answer.reply for answer in self._answers]
        combo.setCurrentIndex(replies.index(value) if known and value in replies else -1)
        combo.activated.connect(self._pick_from_list)
        self._combo = combo
        self._add_with_proposal(combo, item)

    def _add_editor(self, outlook: Outlook, question: Question, item: Item, value: Reply) -> None:
        field: Field = self._wording.field(outlook, question)
        editor = self._editors.make(field, in_cell=False)
        editor.show_value(self._wording.value_of(outlook, question, value))
        editor.committed.connect(self._submit)
        editor.cancelled.connect(self._give_up)
        self._editor = editor
        self._add_with_proposal(editor, item)

    def _add_other(self, outlook: Outlook, item: Item) -> FieldEditor:
        """Let any stored record be chosen, where none of the options is right."""
        editor = self._editors.make(self._wording.other(item), in_cell=False, new=False)
        if item.answered and item.answer not in item.options:
            value = item.answer if isinstance(item.answer, str) else None
            editor.show_value(value, self._wording.in_words(outlook, self._question, item, value))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(tr("or choose"), tone="muted"))
        row.addWidget(editor, 1)
        self._inputs.addWidget(line)
        editor.committed.connect(partial(self._submit_other, editor))
        editor.cancelled.connect(self._give_up)
        return editor

    def _submit_other(self, editor: FieldEditor) -> None:
        try:
            value = editor.value()
        except Invalid as invalid:
            editor.mark_refused(True)
            self._say_wrong(say(invalid.sentence))
            return
        editor.mark_refused(False)
        known = self._item.answer if self._item is not None else None
        if isinstance(value, str) and value != known:
            self._say_wrong("")
            self.said.emit(value)

    @property
    def _question(self) -> Question:
        assert self._asked is not None
        return self._asked[1]

    def _add_with_proposal(self, widget: QWidget, item: Item) -> None:
        if not item.proposed or item.propose is None:
            self._inputs.addWidget(widget)
            return
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(widget, 1)
        pill = Pill(self._look, both)  # without a parent it would be shown as a window
        pill.show_status(tr("proposed"), Tone.ACCENT)
        row.addWidget(pill)
        self._inputs.addWidget(both)

    def _pick(self, reply: Reply) -> None:
        for box in self._boxes:
            box.setChecked(box.answer.reply == reply)
        self.said.emit(reply)

    def _pick_from_list(self, place: int) -> None:
        self.said.emit(self._answers[place].reply)

    def _leave_blank(self) -> None:
        self.said.emit(None)

    def _take_back(self) -> None:
        self.said.emit(OPEN)

    def _submit(self) -> None:
        if self._asked is None or self._item is None:
            return
        if self._editor is not None:
            self._submit_editor(self._editor)
        elif self._combo is not None:
            if self._combo.currentIndex() >= 0:
                self._pick_from_list(self._combo.currentIndex())
            else:
                self._say_wrong(tr("Choose an answer of the list."))
        elif self._item.proposed:
            self.said.emit(self._item.propose)

    def _submit_editor(self, editor: FieldEditor) -> None:
        outlook, question = self._asked or (None, None)
        assert outlook is not None
        assert question is not None
        try:
            reply = self._wording.reply_of(outlook, question, editor.value())
        except Invalid as invalid:
            editor.mark_refused(True)
            self._say_wrong(say(invalid.sentence))
            return
        proposed = self._item is not None and self._item.proposed and self._item.propose is None
        if reply is None and not proposed:
            self._say_wrong(tr("Type an answer, or leave it blank."))
            return
        editor.mark_refused(False)
        self._say_wrong("")
        self.said.emit(reply)

    def _give_up(self) -> None:
        """Forget what was typed."""
        if self._editor is not None and self._asked is not None and self._item is not None:
            item = self._item
            value = item.answer if item.answered else item.propose
            self._editor.show_value(self._wording.value_of(*self._asked, value))
            self._editor.mark_refused(False)
        self._say_wrong("")
        self.given_up.emit()

    def _say_wrong(self, sentence: str) -> None:
        self._wrong.setText(say(sentence))
        self._wrong.setVisible(bool(sentence))
