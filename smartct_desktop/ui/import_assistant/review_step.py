"""The step “Review”: what happens to each row, what it does to the figures, what still waits."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.empty import Empty
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.answers import Wording
from smartct_desktop.ui.import_assistant.effect_panel import EffectPanel, FigureName
from smartct_desktop.ui.import_assistant.file_import import FileImport
from smartct_desktop.ui.import_assistant.question_panel import QuestionPanel
from smartct_desktop.ui.import_assistant.review_facets import ReviewFacets
from smartct_desktop.ui.import_assistant.review_model import ReviewFilter, ReviewModel
from smartct_desktop.ui.import_assistant.review_panels import ReviewPanels
from smartct_desktop.ui.import_assistant.review_rows import CellChoice
from smartct_desktop.ui.import_assistant.review_table import ReviewTable
from smartct_desktop.ui.import_assistant.understood import Understanding
from smartct_desktop.ui.theme.look import Look


class ReviewStep(QWidget):
    """Shows one file; answers given in a drawer go to it."""

    def __init__(
        self,
        look: Look,
        understanding: Understanding,
        wording: Wording,
        editors: Editors,
        figures: Mapping[str, FigureName],
    ) -> None:
        super().__init__()
        self._file: FileImport | None = None
        self.rows = ReviewModel(understanding, self)
        self.questions = QuestionPanel(look, wording, editors, titled=False)
        self.questions.answered.connect(self._answer)
        self.table = ReviewTable(look, self.rows, self.questions)
        self.table.keep_asked.connect(self._keep)
        self.facets = ReviewFacets(look)
        self.facets.changed.connect(self._narrow)
        self.effect = EffectPanel(look, figures, self.table)
        self.effect.codes_chosen.connect(self.facets.show_codes)
        self._clear = button(look, tr("Clear the filters"))
        self._clear.clicked.connect(self.facets.all_rows.click)
        self._empty = Empty(look, "list-filter")
        self._empty.say(tr("No row fits these filters."), self._clear)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        self.splitter = ReviewPanels(look, self.facets, middle, self.effect)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def show_file(self, file: FileImport) -> None:
        """Show a file that has a plan; the same file again is shown as it was left."""
        outlook = file.outlook
        assert outlook is not None
        if file is not self._file:
            self._file = file
            self.rows.open_row(None)
            if self.facets.filter.on:
                self.facets.all_rows.click()
        self.facets.show_outlook(outlook)
        self.effect.show_outlook(outlook)
        self.table.show_outlook(outlook, file.refusal)
        self._show_empty()

    def _answer(self, replies: object) -> None:
        assert self._file is not None
        assert isinstance(replies, list)
        self._file.answer_all(replies)

    def _keep(self, one: CellChoice, on: bool) -> None:  # noqa: FBT001 (as the signal has it)
        assert self._file is not None
        self._file.keep(one, on=on)

    def _narrow(self, filter_: ReviewFilter) -> None:
        if not filter_.codes:
            self.effect.untick()
        self.table.narrow(filter_)
        self._show_empty()

    def _show_empty(self) -> None:
        none = not self.rows.rowCount()
        self._empty.setVisible(none)
        self.table.setVisible(not none)
