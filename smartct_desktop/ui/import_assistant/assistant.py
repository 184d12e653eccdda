"""The import assistant: files, columns, review, done; nothing is written before the last step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.services.document import Document
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.answers import Wording
from smartct_desktop.ui.import_assistant.clusters import clusters
from smartct_desktop.ui.import_assistant.columns_step import ColumnsStep
from smartct_desktop.ui.import_assistant.done_step import DoneStep
from smartct_desktop.ui.import_assistant.effect_panel import FigureName
from smartct_desktop.ui.import_assistant.figure_names import ask_figure_names
from smartct_desktop.ui.import_assistant.file_import import FileImport, Stage
from smartct_desktop.ui.import_assistant.file_line import FileLine
from smartct_desktop.ui.import_assistant.file_queue import FileQueue
from smartct_desktop.ui.import_assistant.files_step import ChooseFiles, FilesStep, choose_files
from smartct_desktop.ui.import_assistant.foot import Foot
from smartct_desktop.ui.import_assistant.leaving import wants_to_leave, wants_to_stop
from smartct_desktop.ui.import_assistant.review_step import ReviewStep
from smartct_desktop.ui.import_assistant.sender_corrections import (
    ChooseTarget,
    SenderCorrections,
    choose_target,
)
from smartct_desktop.ui.import_assistant.steps import Step, Steps
from smartct_desktop.ui.import_assistant.understood import Understanding
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.messages import Messages
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_SIZE = (1320, 720)
_BESIDE, _ABOVE = 24, 56  # pixels of the screen that are left to the window's frame and title


class ImportAssistant(QWidget):
    """One window for any number of files, worked on one after the other.

    `imported` is emitted with the receipt of each import, `undone` when one was taken back here,
    `closed` when the window goes. `show_changes` is called with a receipt to show its step.
    """

    imported = Signal(object)
    undone = Signal(object)
    closed = Signal()

    def __init__(  # noqa: PLR0913, PLR0917 -- what it needs from the window
        self,
        look: Look,
        jobs: Jobs,
        messages: Messages,
        texts: Texts,
        importer: Importer,
        document: Document,
        facts: ProgrammeFacts,
        parent: QWidget | None = None,
        *,
        show_changes: Callable[[object], object] | None = None,
        choose: ChooseFiles = choose_files,
        choose_corrections: ChooseTarget = choose_target,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._jobs = jobs
        self._messages = messages
        self._document = document
        self._show_changes = show_changes
        self._step = Step.FILES
        self._leaving = False
        self._figures: dict[str, FigureName] = {}
        self.queue = FileQueue(importer, jobs, self)
        self._corrections = SenderCorrections(jobs, messages, importer, self, choose_corrections)
        senders = clusters(document.read)
        understanding = Understanding(texts)
        wording = Wording(texts, understanding)
        editors = Editors(look, texts, facts, document.read, _make_nothing)
        self.steps = Steps(look)
        self.file_line = FileLine(look, senders)
        self.files_step = FilesStep(look, jobs, senders, choose)
        self.columns_step = ColumnsStep(look, facts, understanding, wording, editors)
        self.review_step = ReviewStep(look, understanding, wording, editors, self._figures)
        self.done_step = DoneStep(look, can_show_changes=show_changes is not None)
        self.foot = Foot(look, jobs, read_only=document.read_only)
        self._pages = QStackedWidget()
        for page in (self.files_step, self.columns_step, self.review_step, self.done_step):
            self._pages.addWidget(page)
        self._arrange(look)
        self._connect()
        FocusRing(look, self)
        room = self.screen().availableGeometry()
        wide, high = (look.px(pixels) for pixels in _SIZE)
        self.resize(min(wide, room.width() - _BESIDE), min(high, room.height() - _ABOVE))
        ask_figure_names(jobs, document, self._name_figures)
        self.go_to(Step.FILES)

    def _arrange(self, look: Look) -> None:
        head = surface("window", "bottom")
        head.setFixedHeight(look.measures.steps)
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(self.steps)
        row.addStretch(1)
        row.addWidget(self.file_line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._pages, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.queue.added.connect(self.files_step.add)
        self.queue.removed.connect(self.files_step.take_off)
        self.queue.changed.connect(self._follow)
        self.queue.planned.connect(self._take_plan)
        self.queue.started.connect(self.foot.strip.follow)
        self.queue.written.connect(self._take_receipt)
        self.queue.taken_back.connect(self._tell_undone)
        self.queue.refused.connect(self._tell_refusal)
        self.queue.stopped.connect(self._leave_if_wished)
        self.steps.chosen.connect(self.go_to)
        self.file_line.sender_chosen.connect(self._choose_sender)
        self.files_step.handed_over.connect(self.add_files)
        self.files_step.removed.connect(self.queue.remove)
        self.columns_step.told.connect(self._show_foot)
        self.done_step.undo_asked.connect(self._undo)
        self.done_step.changes_asked.connect(self._tell_changes)
        self.done_step.another_asked.connect(self._go_to_files)
        self.done_step.corrections_asked.connect(self._ask_corrections)
        self.foot.corrections.clicked.connect(self._ask_corrections)
        self._corrections.started.connect(self.foot.strip.follow)
        self.closed.connect(self._corrections.leave)
        self.foot.cancel.clicked.connect(self.close)
        self.foot.back.clicked.connect(self._go_back)
        self.foot.main.clicked.connect(self._go_on)
        for keys, act in (
            ("Alt+Left", self._go_back),
            ("Ctrl+Return", self.foot.main.click),
            ("Ctrl+Enter", self.foot.main.click),
            ("Esc", self._escape),
        ):
            QShortcut(QKeySequence(keys), self, act)

    @property
    def current(self) -> FileImport | None:
        """The file that is worked on."""
        return self.queue.current

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self._step

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take files to import; the first of them is read at once."""
        if self._step is Step.DONE:
            self.go_to(Step.FILES)
        self.queue.add(paths)
        if self.current is not None and self.current.stage is Stage.WRITTEN:
            self.queue.go_on()

    def _choose_sender(self, cluster: Id) -> None:
        if self.current is not None:
            self.current.choose_sender(cluster)

    # Steps.

    def go_to(self, step: Step) -> None:
        """Show a step, if there is something to show there."""
        if step not in self._reachable():
            return
        self._step = step
        self._pages.setCurrentIndex(step.value)
        self._show_page()
        self._follow()
        self._focus_page()

    def _reachable(self) -> Sequence[Step]:
        file = self.current
        if file is not None and file.stage is Stage.WRITTEN:
            return (Step.FILES, Step.DONE)
        if file is not None and file.usable:
            return (Step.FILES, Step.COLUMNS, Step.REVIEW)
        if file is not None and file.in_sight is not None:
            return (Step.FILES, Step.COLUMNS)
        return (Step.FILES,)

    def _show_page(self) -> None:
        file = self.current
        if file is None:
            return
        match self._step:
            case Step.COLUMNS:
                self.columns_step.show_file(file)
            case Step.REVIEW:
                self.review_step.show_file(file)
            case Step.DONE:
                self.done_step.show_file(file)
            case Step.FILES:
                pass

    def _focus_page(self) -> None:
        """Put the focus where the work of a step begins."""
        if self._step is Step.COLUMNS and self.columns_step.focus_first():
            return
        if self._step is Step.REVIEW:
            self.review_step.table.setFocus()
            return
        can_go_on = self.foot.main.isEnabled()
        (self.foot.main if can_go_on else self.files_step.choose_button).setFocus()

    def _take_plan(self) -> None:
        waited = self._step is Step.FILES and self.files_step.choose_button.hasFocus()
        self._show_page()
        self._follow()
        if waited:
            self._focus_page()

    def _follow(self) -> None:
        """Show where one is: head, foot and title."""
        file = self.current
        if self._step not in self._reachable():
            self._step = Step.FILES
            self._pages.setCurrentIndex(Step.FILES.value)
        writing = self._writing
        was_writing = not self._pages.isEnabled()
        for one in (self._pages, self.steps, self.file_line):
            one.setEnabled(not writing)
        self.steps.show_step(self._step, self._reachable())
        shown = file if self._step is not Step.FILES else None
        self.file_line.show_file(shown)
        title = tr("Import — {file}", file=shown.name) if shown is not None else tr("Import")
        self.setWindowTitle(title)
        self._show_foot()
        if was_writing and not writing:
            self._focus_page()

    def _show_foot(self) -> None:
        about_sheet = self.columns_step.sentence()
        self.foot.show_step(self._step, self.current, self.queue.following, about_sheet)

    def _go_back(self) -> None:
        if not self._writing and self._step in (Step.COLUMNS, Step.REVIEW):
            self.go_to(Step(self._step.value - 1))

    def _escape(self) -> None:
        """Close what is open on the page, else the window."""
        open_here = self._step is Step.REVIEW and self.review_step.table.close_drawer()
        if not open_here:
            self.close()

    def _go_to_files(self) -> None:
        self.go_to(Step.FILES)
        self.files_step.choose_button.setFocus()

    def _go_on(self) -> None:
        match self._step:
            case Step.FILES | Step.COLUMNS:
                self.go_to(Step(self._step.value + 1))
            case Step.REVIEW:
                self._write()
            case Step.DONE if self.queue.following is not None:
                self.go_to(Step.FILES)
                self.queue.go_on()
            case Step.DONE:
                self.close()

    # Writing and taking back.

    @property
    def _writing(self) -> bool:
        return self.current is not None and self.current.writing

    def _write(self) -> None:
        file = self.current
        assert file is not None
        file.write()

    def _take_receipt(self) -> None:
        file = self.current
        assert file is not None
        self._leaving = False  # it was too late to stop it
        self.go_to(Step.DONE)
        self.imported.emit(file.receipt)

    def _undo(self) -> None:
        file = self.current
        assert file is not None
        assert file.receipt is not None
        newest = self._document.read.next_undo()
        if newest is None or newest.no != file.receipt.step:
            words = tr("Something else was done since. Undo that first, or use the tab History.")
            self.done_step.tell(Tone.WARNING, words)
            return
        file.take_back()

    def _tell_undone(self) -> None:
        self._leaving = False
        file = self.current
        assert file is not None
        self.done_step.show_file(file)
        self.undone.emit(file.receipt)

    def _tell_refusal(self, trouble: Trouble) -> None:
        self._leaving = False
        if self._step is Step.DONE:
            words = f"{say(trouble.sentence)} {say(trouble.hint)}".strip()
            self.done_step.tell(Tone.WARNING, words)
        else:
            self._messages.tell_trouble(self, trouble)

    def _ask_corrections(self) -> None:
        if self.current is not None:
            self._corrections.ask(self.current)

    def _tell_changes(self) -> None:
        if self._show_changes is not None and self.current is not None:
            receipt = self.current.receipt
            self.close()
            self._show_changes(receipt)

    # Leaving.

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._writing:
            event.ignore()
            self._stop_writing()
            return
        answered = self.queue.has_answers and not self._leaving
        if answered and not wants_to_leave(self._messages, self):
            event.ignore()
            return
        self.queue.cancel()
        self.closed.emit()
        super().closeEvent(event)

    def _stop_writing(self) -> None:
        """Ask whether to stop; the window goes as soon as nothing is written any more."""
        file = self.current
        assert file is not None
        if wants_to_stop(self._messages, self) and self._writing:
            self._leaving = True
            file.cancel()

    def _leave_if_wished(self) -> None:
        if self._leaving:
            self.close()

    def _name_figures(self, names: dict[str, FigureName]) -> None:
        self._figures |= names
        if self._step is Step.REVIEW:
            self._show_page()


def _make_nothing(_kind: str, _name: str) -> Id | None:
    """Editors of answers make no records."""
    return None
