"""One question with all it asks: what it is about, its items, and the answer to one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from smartct_desktop.services.importing.asked import Item, Question
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.answer_form import AnswerForm
from smartct_desktop.ui.import_assistant.answers import Wording
from smartct_desktop.ui.import_assistant.item_list import ItemLine, ItemList
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.words import grouped, one_or_more
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_SIGN = 16
_FEW = 3  # rows that are named one by one


class QuestionForm(QWidget):
    """`answered` is emitted with question, key and reply (or `OPEN`).

    After an answer the next open item of the question is the current one.
    """

    answered = Signal(object, str, object)
    given_up = Signal()

    def __init__(self, look: Look, wording: Wording, editors: Editors) -> None:
        super().__init__()
        self._look = look
        self._wording = wording
        self._outlook: Outlook | None = None
        self._question: Question | None = None
        self._items: Sequence[Item] = ()
        self._key = ""
        self._sign = QLabel()
        self._text = label(face="medium", wrap=True)
        self._place = label(face="small", tone="muted", wrap=True)
        self._list = ItemList(look)
        self._list.chosen.connect(self._look_at)
        self._about = label(wrap=True)
        self._form = AnswerForm(look, wording, editors, self._list)
        self._form.said.connect(self._say)
        self._form.given_up.connect(self.given_up)
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._place)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._list)
        column.addWidget(self._about)
        column.addWidget(self._form)
        look.changed.connect(self._tint)

    def ask(
        self,
        outlook: Outlook,
        question: Question,
        items: Sequence[Item],
        key: str | None = None,
        refusal: str = "",
    ) -> None:
        """Ask these items of a question, beginning with `key` or else the first open one."""
        self._outlook, self._question, self._items = outlook, question, items
        found = next((item for item in items if item.key == key), None)
        current = found or next((item for item in items if not item.answered), items[0])
        self._key = current.key
        self._text.setText(say(question.text))
        self._list.setVisible(len(items) > 1)
        self._show_item(current, refusal)
        if len(items) > 1:
            lines = [ItemLine(item, self._in_words(item)) for item in items]
            self._list.show_lines(lines, list(items).index(current))
        self._tint()

    def focus_first(self) -> None:
        """Put the focus where the answer is given."""
        self._form.focus_first()

    def next_open(self, items: Sequence[Item]) -> str | None:
        """The item to go on with, once the current one is answered."""
        keys = [item.key for item in items]
        start = keys.index(self._key) + 1 if self._key in keys else 0
        rest = [*items[start:], *items[:start]]
        return next((item.key for item in rest if not item.answered), None)

    def _show_item(self, item: Item, refusal: str = "") -> None:
        outlook, question = self._outlook, self._question
        assert outlook is not None
        assert question is not None
        about = say(item.text) if item.text is not None else item.key
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self._place.setText(place_in_words(outlook, question, item))
        self._form.ask(outlook, question, item, refusal)

    def _look_at(self, row: int) -> None:
        item = self._items[row]
        self._key = item.key
        self._show_item(item)

    def _in_words(self, item: Item) -> str:
        if not item.answered or self._outlook is None or self._question is None:
            return ""
        return self._wording.in_words(self._outlook, self._question, item, item.answer)

    def _say(self, said: object) -> None:
        self.answered.emit(self._question, self._key, said)

    def _tint(self) -> None:
        question = self._question
        open_ = question is None or question.open
        name, ink = ("circle-help", "waiting") if open_ else ("circle-check", "done")
        ratio = self.devicePixelRatio()
        self._sign.setPixmap(self._look.icons.pixmap(name, ink, _SIGN, ratio))


def place_in_words(outlook: Outlook, question: Question, item: Item) -> str:
    """Where a question was put: “column E · rows 9, 11”, with the sheet if there are several."""
    parts = []
    several = sum(sheet.kind is not None for sheet in outlook.plan.sheets) > 1
    if question.sheet and (several or question.per == "sheet"):
        parts.append(tr("sheet “{name}”", name=question.sheet))
    if question.letter:
        parts.append(tr("column {letter}", letter=question.letter))
    if not question.letter and not item.rows:
        parts.append(tr("for the whole list"))
    if 0 < len(item.rows) <= _FEW:
        numbers = ", ".join(grouped(row) for row in item.rows)
        parts.append(tr("row {n}", n=numbers) if len(item.rows) == 1 else tr("rows {n}", n=numbers))
    elif item.rows:
        parts.append(one_or_more(len(item.rows), "{n} row", "{n} rows"))
    return " · ".join(parts)
