"""Beside the sheet: the questions, the column looked at, and the columns that are not taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.book import column_index, column_name
from smartct_desktop.services.importing.asked import Question
from smartct_desktop.services.importing.plan import ColumnPlan
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.frames import rule, surface
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.answers import Wording
from smartct_desktop.ui.import_assistant.column_state import blanks_empty, state_of
from smartct_desktop.ui.import_assistant.heading_choice import HeadingChoice
from smartct_desktop.ui.import_assistant.kind_choice import KindChoice
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.question_panel import QuestionPanel
from smartct_desktop.ui.import_assistant.sheet_model import SheetModel
from smartct_desktop.ui.import_assistant.tab_order import put_behind
from smartct_desktop.ui.import_assistant.words import one_or_more
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.notes import Note
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_COLUMN = "column"  # property of a button: which column it is about
_SIGN = 14
_MOST = 40  # columns not taken that are listed one by one


class ColumnPanel(QScrollArea):
    """`field_asked` wants another field for a column."""

    answered = Signal(object)
    looked_at = Signal(object)
    field_asked = Signal(int)
    blanks_said = Signal(int, bool)  # whether the blank cells of a column empty the field

    def __init__(self, look: Look, model: SheetModel, wording: Wording, editors: Editors) -> None:
        super().__init__()
        self._look = look
        self._sheet_model = model
        self._column = -1
        self.questions = QuestionPanel(look, wording, editors)
        self.questions.answered.connect(self.answered)
        self.questions.looked_at.connect(self._follow)
        self.kind_choice = KindChoice()
        self.heading_choice = HeadingChoice()
        self._card = _ColumnCard(look)
        self._card.field_asked.connect(self.field_asked)
        self._card.blanks_said.connect(self.blanks_said)
        self._left_out = QVBoxLayout()
        self._left_out.setSpacing(8)
        inside = surface("window")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        self._refusal = Note(look, Tone.ERROR, "")
        column.addWidget(self._refusal)
        column.addWidget(self.questions)
        column.addWidget(rule())
        column.addWidget(self.kind_choice)
        column.addWidget(self.heading_choice)
        column.addWidget(self._card)
        column.addLayout(self._left_out)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def show_outlook(self, outlook: Outlook, refusal: str = "") -> None:
        """Show what belongs to a plan; the sheet must be shown already."""
        self._refusal.setVisible(bool(refusal))
        if refusal:
            self._refusal.say(Tone.ERROR, refusal)
        self.questions.show_questions(outlook, outlook.all_asked())
        self.kind_choice.show_sheet(self._sheet_model.sheet_plan)
        self.heading_choice.show_sheet(self._sheet_model.sheet_plan)
        self._list_left_out()
        self.show_column(self._column)

    def show_column(self, column: int) -> None:
        """Show what is known of a column, and the question about it if there is one."""
        self._column = column
        plan = self._sheet_model.column_plan(column) if column >= 0 else None
        self._card.setVisible(plan is not None)
        if plan is not None:
            self._card.show_column(plan, self._sheet_model, column)

    def choose_column(self, column: int) -> None:
        """Show a column that was clicked, with its question."""
        self.show_column(column)
        sheet = self._sheet_model.sheet
        if sheet is not None and self._sheet_model.questions_of(column):
            self.questions.go_to(sheet.name, column_name(column))

    def _follow(self, question: Question) -> None:
        self.looked_at.emit(question)

    def _list_left_out(self) -> None:
        _empty(self._left_out)
        model = self._sheet_model
        if model.outlook is None or model.sheet is None:
            return
        columns = model.outlook.columns.get(model.sheet.name, {}).values()
        left_out = [plan for plan in columns if plan.code is None]
        if not left_out:
            return
        words = one_or_more(len(left_out), "Not taken: 1 column", "Not taken: {n} columns")
        self._left_out.addWidget(label(words, face="strong"))
        links = []
        for plan in left_out[:_MOST]:
            line, link = self._line(plan)
            self._left_out.addWidget(line)
            links += [link] if link is not None else []
        put_behind(self._card.change, links)
        if len(left_out) > _MOST:
            more = tr("and {n} more", n=len(left_out) - _MOST)
            self._left_out.addWidget(label(more, tone="muted", face="small"))

    def _ask_field(self) -> None:
        self.field_asked.emit(self.sender().property(_COLUMN))

    def _line(self, plan: ColumnPlan) -> tuple[QWidget, QPushButton | None]:
        look, column = self._look, column_index(plan.letter)
        state = state_of(self._sheet_model, column)
        sign = QLabel()
        name, ink = ("ban", "error") if state.refused else ("circle-help", "muted")
        sign.setPixmap(look.icons.pixmap(name, ink, _SIGN, self.devicePixelRatio()))
        heading = label(plan.header or tr("No heading"), face="medium", wrap=True)
        letter = label(tr("column {letter}", letter=plan.letter), face="small", tone="muted")
        reason = label(_sentence(plan), face="small", tone="muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(heading, 1)
        first.addWidget(letter, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(first)
        words.addWidget(reason)
        choose = None
        if state.can_change:
            choose = button(look, tr("Choose a field…"), Kind.LINK)
            choose.setAccessibleName(
                tr("Choose a field for “{heading}”", heading=plan.header or plan.letter)
            )
            choose.setProperty(_COLUMN, column)
            choose.clicked.connect(self._ask_field)
            words.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        line = surface("window", "hair")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(8)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return line, choose


class _ColumnCard(QWidget):
    """What the column under the current cell is taken for, and why."""

    field_asked = Signal(int)
    blanks_said = Signal(int, bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._column = -1
        self.blanks = QCheckBox(tr("Blank cells empty the field"))
        self.blanks.setToolTip(tr("Otherwise a blank cell leaves what is stored."))
        self.blanks.clicked.connect(self._say_blanks)
        self._title = label(face="strong", wrap=True)
        self._meaning = label(wrap=True)
        self._reason = label(face="small", tone="muted", wrap=True)
        self.change = button(look, tr("Holds something else…"), Kind.LINK)
        self.change.clicked.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._title, self._meaning, self._reason):
            column.addWidget(widget)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.blanks)

    def show_column(self, plan: ColumnPlan, model: SheetModel, column: int) -> None:
        """Show one column."""
        self._column = column
        state = state_of(model, column)
        title = tr("Column {letter}", letter=plan.letter)
        if plan.header:
            title = tr("{column}: “{heading}”", column=title, heading=plan.header)
        self._title.setText(title)
        self._meaning.setVisible(state.taken)
        self._meaning.setText(tr("Taken as {field}", field=state.name))
        self._reason.setText(_sentence(plan))
        self.change.setVisible(state.can_change and state.taken)
        self.blanks.setVisible(state.taken)
        self.blanks.setChecked(blanks_empty(model, column))
        self.change.setAccessibleName(tr("{column} holds something else", column=title))

    def _ask(self) -> None:
        self.field_asked.emit(self._column)

    def _say_blanks(self, on: bool) -> None:  # noqa: FBT001 (as the signal has it)
        self.blanks_said.emit(self._column, on)


def _sentence(plan: ColumnPlan) -> str:
    """The reason as a sentence: it comes as a clause, or says only by what a field was found."""
    reason = say(plan.reason)
    if plan.code is not None and plan.reason.template == "{how}":
        return tr("Recognised by the {how}.", how=reason)
    whole = reason[:1].upper() + reason[1:]
    return whole if whole.endswith((".", "?")) or not whole else f"{whole}."


def _empty(layout: QVBoxLayout) -> None:
    """Take away all widgets of a layout that holds nothing else."""
    widgets: Sequence[QWidget] = [
        widget
        for at in range(layout.count())
        if (item := layout.itemAt(at)) is not None and (widget := item.widget()) is not None
    ]
    for widget in widgets:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
