"""The step “Columns”: the sheet as the partner sees it, how it is understood, and the questions."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smartct_desktop.domain.book import column_index
from smartct_desktop.services.importing.asked import Question
from smartct_desktop.services.importing.blank_cells import EMPTY, LEAVE
from smartct_desktop.services.importing.said_headings import heading_question
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.answers import Wording
from smartct_desktop.ui.import_assistant.column_panel import ColumnPanel
from smartct_desktop.ui.import_assistant.column_state import (
    blanks_question,
    meaning_question,
    state_of,
)
from smartct_desktop.ui.import_assistant.field_chooser import FieldChooser
from smartct_desktop.ui.import_assistant.field_words import field_choices
from smartct_desktop.ui.import_assistant.file_import import FileImport
from smartct_desktop.ui.import_assistant.kind_choice import kind_question
from smartct_desktop.ui.import_assistant.shares import Shares
from smartct_desktop.ui.import_assistant.sheet_model import SheetModel
from smartct_desktop.ui.import_assistant.sheet_view import SheetView
from smartct_desktop.ui.import_assistant.understood import Understanding
from smartct_desktop.ui.import_assistant.words import one_or_more, rows_in_words
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.tab_bar import TabBar
from smartct_desktop.ui.theme.look import Look

_WIDTHS = (0, 306)
_MOST = 36  # per cent of the width for the panel


class ColumnsStep(QWidget):
    """Shows one file; answers go to it. `told` is emitted when the sentence at the foot changes."""

    told = Signal()

    def __init__(
        self,
        look: Look,
        facts: ProgrammeFacts,
        understanding: Understanding,
        wording: Wording,
        editors: Editors,
    ) -> None:
        super().__init__()
        self._look = look
        self._facts = facts
        self._file: FileImport | None = None
        self._at = -1
        self.sheet_model = SheetModel(understanding, facts, self)
        self.sheet = SheetView(look, self.sheet_model)
        self.sheet.field_asked.connect(self._ask_field)
        self.tabs = TabBar(look)
        self.tabs.setAccessibleName(tr("Sheets of the file"))
        self.tabs.currentChanged.connect(self._show_sheet)
        self._note = label(tone="muted", wrap=True)
        self.panel = ColumnPanel(look, self.sheet_model, wording, editors)
        self.panel.answered.connect(self._answer)
        self.panel.questions.given_up.connect(self.sheet.setFocus)
        self.panel.looked_at.connect(self._follow_question)
        self.panel.field_asked.connect(self._ask_field)
        self.panel.blanks_said.connect(self._take_blanks)
        self.panel.kind_choice.chosen.connect(self._take_kind)
        self.panel.heading_choice.said.connect(self._take_headings)
        self.sheet.column_chosen.connect(self.panel.choose_column)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._note)
        column.addWidget(self.sheet, 1)
        self._note.setContentsMargins(16, 8, 16, 8)
        self.splitter = Shares(look, (left, self.panel), _WIDTHS, _MOST)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def show_file(self, file: FileImport) -> None:
        """Show a file that has a plan, or one for its first rows; again as it was left."""
        outlook = file.in_sight
        assert outlook is not None
        other = file is not self._file or self.tabs.count() != len(outlook.book.sheets)
        self._file = file
        if other:
            self._name_sheets()
            self._at = self._first_sheet()
            before = self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(self._at)
            self.tabs.blockSignals(before)
        self._show_sheet(self._at)

    def focus_first(self) -> bool:
        """Put the focus on the question that is open; False if there is none."""
        current = self.panel.questions.current
        if current is None or not current.open:
            return False
        self.panel.questions.focus_first()
        return True

    def sentence(self) -> str:
        """What stands at the foot of the window."""
        model = self.sheet_model
        plan = model.sheet_plan
        if plan is None or model.outlook is None:
            return ""
        parts = []
        if self._file is not None and self._file.outlook is None:
            parts.append(tr("These are the first rows; the rest is being read."))
        elif plan.kind is not None:
            said = tr(
                "{headings}, {rows}",
                headings=one_or_more(len(plan.header_rows), "{n} heading row", "{n} heading rows"),
                rows=rows_in_words(len(plan.data_rows)),
            )
            sheet = tr("Sheet “{name}”: {said}.", name=plan.name, said=said)
            parts.append(sheet if plan.name else f"{said}.")
            parts.append(tr("Below each value: how it is understood."))
        parts.append(tr("Nothing is written before the last step."))
        return " ".join(parts)

    def _name_sheets(self) -> None:
        assert self._file is not None
        outlook = self._file.in_sight
        assert outlook is not None
        before = self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for sheet in outlook.book.sheets:
            self.tabs.addTab(sheet.name or self._file.name)
        self.tabs.blockSignals(before)
        self.tabs.setVisible(len(outlook.book.sheets) > 1)

    def _first_sheet(self) -> int:
        """The first sheet that has records; else the first one."""
        assert self._file is not None
        outlook = self._file.in_sight
        assert outlook is not None
        for at in range(len(outlook.book.sheets)):
            plan = outlook.sheet_plan(at)
            if plan is not None and plan.kind is not None:
                return at
        return 0

    def _show_sheet(self, at: int) -> None:
        outlook = self._file.in_sight if self._file is not None else None
        if self._file is None or outlook is None or at < 0:
            return
        self._at = at
        self.sheet.show_sheet(outlook, at)
        plan = self.sheet_model.sheet_plan
        note = say(plan.note) if plan is not None and plan.note is not None else ""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.panel.show_outlook(outlook, self._file.refusal)
        self.panel.setEnabled(self._file.outlook is not None)
        self.told.emit()

    def _answer(self, replies: object) -> None:
        assert self._file is not None
        assert isinstance(replies, list)
        self._file.answer_all(replies)

    def _follow_question(self, question: Question) -> None:
        """Bring the column of a question into view."""
        outlook = self.sheet_model.outlook
        if outlook is None or question.letter is None:
            return
        names = [sheet.name for sheet in outlook.book.sheets]
        if question.sheet in names and names.index(question.sheet) != self._at:
            self.tabs.setCurrentIndex(names.index(question.sheet))
        column = column_index(question.letter)
        if column < self.sheet_model.columnCount():
            self.sheet.show_column(column)

    def _ask_field(self, column: int) -> None:
        plan, sheet = self.sheet_model.column_plan(column), self.sheet_model.sheet_plan
        if plan is None or sheet is None or not state_of(self.sheet_model, column).can_change:
            return
        if self._file is None or self._file.outlook is None:
            return
        offers = field_choices(sheet.kind, self._facts)
        chooser = FieldChooser(self._look, plan.header or plan.letter, offers, self)
        chooser.setProperty("column", column)
        chooser.chosen.connect(self._take_field)
        chip = self.sheet.chips.chip_rect(column)
        chooser.open_at(self.sheet.chips.mapToGlobal(QPoint(chip.left(), chip.bottom() + 2)))

    def _take_kind(self, kind: str) -> None:
        plan = self.sheet_model.sheet_plan
        if self._file is not None and plan is not None and plan.kind not in (None, kind):
            self._file.decide(kind_question(plan), kind)

    def _take_headings(self, rows: str) -> None:
        sheet = self.sheet_model.sheet
        if self._file is not None and sheet is not None:
            self._file.decide(heading_question(sheet.name).id, rows)

    def _take_blanks(self, column: int, empty: bool) -> None:  # noqa: FBT001 (as the signal has it)
        sheet = self.sheet_model.sheet
        if self._file is not None and sheet is not None:
            self._file.decide(blanks_question(sheet.name, column), EMPTY if empty else LEAVE)

    def _take_field(self, code: str) -> None:
        column = self.sender().property("column")
        sheet = self.sheet_model.sheet
        if self._file is not None and sheet is not None:
            self._file.decide(meaning_question(sheet.name, column), code)
