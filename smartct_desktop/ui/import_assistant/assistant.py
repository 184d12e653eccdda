"""The import assistant: files, columns, review, done; nothing is written before the last step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Among, Query
from smartct_desktop.domain.query import Path as FieldPath
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.services.document import Document
from smartct_desktop.services.figures import Figure, figures
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.plan import Counts
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import Kind
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.forms.offers import Offer
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.answers import Wording
from smartct_desktop.ui.import_assistant.columns_step import ColumnsStep
from smartct_desktop.ui.import_assistant.done_step import DoneStep
from smartct_desktop.ui.import_assistant.effect_panel import FigureName
from smartct_desktop.ui.import_assistant.file_import import FileImport, Stage
from smartct_desktop.ui.import_assistant.file_line import FileLine
from smartct_desktop.ui.import_assistant.files_step import ChooseFiles, FilesStep, choose_files
from smartct_desktop.ui.import_assistant.foot import Foot
from smartct_desktop.ui.import_assistant.review_step import ReviewStep
from smartct_desktop.ui.import_assistant.steps import Step, Steps
from smartct_desktop.ui.import_assistant.understood import Understanding
from smartct_desktop.ui.import_assistant.words import deed, rows_in_words, sum_in_words
from smartct_desktop.ui.jobs import Job, Jobs
from smartct_desktop.ui.messages import Choice, Messages
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_SIZE = (1180, 720)


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
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._jobs = jobs
        self._messages = messages
        self._importer = importer
        self._document = document
        self._show_changes = show_changes
        self._files: list[FileImport] = []
        self._current: FileImport | None = None
        self._step = Step.FILES
        clusters = _clusters(document.read)
        understanding = Understanding(texts)
        wording = Wording(texts, understanding)
        editors = Editors(look, texts, facts, document.read, _make_nothing)
        self._figures: dict[str, FigureName] = {}
        self.steps = Steps(look)
        self.file_line = FileLine(look, clusters)
        self.files_step = FilesStep(look, jobs, clusters, choose)
        self.columns_step = ColumnsStep(look, facts, understanding, wording, editors)
        self.review_step = ReviewStep(look, understanding, wording, editors, self._figures)
        self.done_step = DoneStep(look)
        self.foot = Foot(look, jobs)
        self._pages = QStackedWidget()
        for page in (self.files_step, self.columns_step, self.review_step, self.done_step):
            self._pages.addWidget(page)
        self._arrange(look)
        self._connect()
        FocusRing(look, self)
        self.resize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self._ask_figure_names()
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
        self.steps.chosen.connect(self.go_to)
        self.file_line.sender_chosen.connect(self._choose_sender)
        self.files_step.handed_over.connect(self.add_files)
        self.files_step.removed.connect(self._take_off)
        self.columns_step.told.connect(self._show_foot)
        self.done_step.undo_asked.connect(self._undo)
        self.done_step.changes_asked.connect(self._tell_changes)
        self.done_step.another_asked.connect(self._go_to_files)
        self.foot.cancel.clicked.connect(self.close)
        self.foot.back.clicked.connect(self._go_back)
        self.foot.main.clicked.connect(self._go_on)
        for keys, act in (
            ("Alt+Left", self._go_back),
            ("Ctrl+Return", self.foot.main.click),
            ("Ctrl+Enter", self.foot.main.click),
            ("Esc", self.close),
        ):
            QShortcut(QKeySequence(keys), self, act)

    # Files.

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take files to import, each one once; the first of them is read at once."""
        known = {file.path for file in self._files if file.stage is not Stage.WRITTEN}
        for path in dict.fromkeys(paths):
            if path in known:
                continue
            file = FileImport(path, self._importer, self._jobs, self)
            file.changed.connect(self._follow)
            file.planned.connect(self._take_plan)
            file.started.connect(self._follow_job)
            self._files.append(file)
            self.files_step.add(file)
        if self._step is Step.DONE:
            self.go_to(Step.FILES)
        self._read_next()

    @property
    def current(self) -> FileImport | None:
        """The file that is worked on."""
        return self._current

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self._step

    def _read_next(self) -> None:
        """Read the next file, unless one is worked on."""
        if self._current is not None and self._current.stage in (Stage.READING, Stage.READY):
            self._follow()
            return
        waiting = next((file for file in self._files if file.stage is Stage.WAITING), None)
        if waiting is not None:
            self._current = waiting
            waiting.read()
        self._follow()

    def _take_off(self, file: FileImport) -> None:
        file.cancel()
        self._files.remove(file)
        self.files_step.take_off(file)
        if file is self._current:
            self._current = None
            self._read_next()
        file.deleteLater()

    def _choose_sender(self, cluster: Id) -> None:
        if self._current is not None:
            self._current.choose_sender(cluster)

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

    def _focus_page(self) -> None:
        """Put the focus where the work of a step begins."""
        file = self._current
        if self._step is Step.COLUMNS and file is not None and file.usable:
            if self.columns_step.focus_first():
                return
        elif self._step is Step.REVIEW:
            self.review_step.table.setFocus()
            return
        enabled = self.foot.main.isEnabled()
        (self.foot.main if enabled else self.files_step.choose_button).setFocus()

    def _reachable(self) -> Sequence[Step]:
        file = self._current
        if file is not None and file.stage is Stage.WRITTEN:
            return (Step.FILES, Step.DONE)
        if file is not None and file.usable:
            return (Step.FILES, Step.COLUMNS, Step.REVIEW)
        return (Step.FILES,)

    def _show_page(self) -> None:
        file = self._current
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

    def _take_plan(self) -> None:
        if self.sender() is self._current or self.sender() is None:
            self._show_page()
            self._follow()

    def _follow_job(self, job: Job) -> None:
        if self.sender() is self._current:
            self.foot.strip.follow(job)

    def _follow(self) -> None:
        """Show where one is: head, foot and title."""
        file = self._current
        if file is not None and file.stage is Stage.UNREADABLE:
            if self._step is not Step.FILES:
                self._step = Step.FILES
                self._pages.setCurrentIndex(Step.FILES.value)
            if any(other.stage is Stage.WAITING for other in self._files):
                self._read_next()
                return
        self.steps.show_step(self._step, self._reachable())
        self.file_line.show_file(file if self._step is not Step.FILES else None)
        shown = file is not None and self._step is not Step.FILES
        title = tr("Import — {file}", file=file.name) if file and shown else tr("Import")
        self.setWindowTitle(title)
        self._show_foot()

    def _show_foot(self) -> None:
        foot, step = self.foot, self._step
        foot.cancel.setVisible(step is not Step.DONE)
        foot.back.setVisible(step in (Step.COLUMNS, Step.REVIEW))
        # The cards of the files have strips of their own.
        foot.strip.setMaximumWidth(0 if step is Step.FILES else 16_777_215)
        match step:
            case Step.FILES:
                foot.say(tr("Nothing is written before the last step."))
                foot.show_main(tr("Look at the columns"), reason=self._why_not())
            case Step.COLUMNS:
                foot.say(self.columns_step.sentence())
                counts = self._plan_counts()
                rows = rows_in_words(counts.rows) if counts else ""
                foot.show_main(tr("Review {rows}", rows=rows), reason=self._why_not())
            case Step.REVIEW:
                counts = self._plan_counts()
                foot.say(sum_in_words(counts) if counts else "")
                foot.show_main(*self._last_button())
            case Step.DONE:
                following = self._next_file()
                foot.say("")
                words = tr("Close")
                if following is not None:
                    words = tr("Go on with {file}", file=following.name)
                foot.show_main(words, "" if following else "check")

    def _why_not(self) -> str:
        """Why one cannot go on; "" if one can."""
        file = self._current
        if file is None or file.stage is Stage.WAITING:
            return tr("Choose a file first")
        if file.stage is Stage.UNREADABLE:
            return tr("This file cannot be imported")
        if file.busy:
            return tr("The file is being read") if not file.usable else tr("The plan is being made")
        return ""

    def _last_button(self) -> tuple[str, str, str]:
        counts = self._plan_counts()
        if counts is None or not counts.add + counts.change:
            reason = tr("No row adds or changes anything")
            return tr("Nothing to add or change"), "check", reason
        reason = self._why_not()
        if self._document.read_only:
            reason = tr("The document is open for reading only")
        return deed(counts), "check", reason

    def _plan_counts(self) -> Counts | None:
        file = self._current
        return file.outlook.plan.counts if file is not None and file.outlook is not None else None

    def _go_back(self) -> None:
        if self._step in (Step.COLUMNS, Step.REVIEW):
            self.go_to(Step(self._step.value - 1))

    def _go_to_files(self) -> None:
        self.go_to(Step.FILES)
        self.files_step.choose_button.setFocus()

    def _go_on(self) -> None:
        match self._step:
            case Step.FILES | Step.COLUMNS:
                self.go_to(Step(self._step.value + 1))
            case Step.REVIEW:
                self._write()
            case Step.DONE if self._next_file() is not None:
                self._current = None
                self.go_to(Step.FILES)
                self._read_next()
            case Step.DONE:
                self.close()

    def _next_file(self) -> FileImport | None:
        return next((file for file in self._files if file.stage is Stage.WAITING), None)

    # Writing and taking back.

    def _write(self) -> None:
        file = self._current
        assert file is not None
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            file.write()
        except (Trouble, Invalid) as error:
            QApplication.restoreOverrideCursor()
            self._tell(error)
            return
        QApplication.restoreOverrideCursor()
        self.go_to(Step.DONE)
        self.imported.emit(file.receipt)

    def _undo(self) -> None:
        file = self._current
        assert file is not None
        assert file.receipt is not None
        newest = self._document.read.next_undo()
        if newest is None or newest.no != file.receipt.step:
            self.done_step.tell(
                Tone.WARNING,
                tr("Something else was done since. Undo that first, or use the tab History."),
            )
            return
        try:
            self._document.undo()
        except Trouble as trouble:
            self.done_step.tell(Tone.WARNING, str(trouble))
            return
        file.undone = True
        file.changed.emit()
        self.done_step.show_file(file)
        self.undone.emit(file.receipt)

    def _tell_changes(self) -> None:
        if self._show_changes is not None and self._current is not None:
            receipt = self._current.receipt
            self.close()
            self._show_changes(receipt)

    def _tell(self, error: Trouble | Invalid) -> None:
        trouble = error if isinstance(error, Trouble) else Trouble(error.sentence)
        self._messages.tell_trouble(self, trouble)

    # Leaving.

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._loses_answers() and not self._may_leave():
            event.ignore()
            return
        for file in self._files:
            file.cancel()
        self.closed.emit()
        super().closeEvent(event)

    def _loses_answers(self) -> bool:
        return any(file.stage is Stage.READY and file.answers for file in self._files)

    def _may_leave(self) -> bool:
        choices = [
            Choice("leave", tr("Leave without importing")),
            Choice("stay", tr("Go on with the import"), Kind.PRIMARY),
        ]
        answer = self._messages.ask(
            self,
            tr("Leave the import?"),
            tr("Nothing of it has been written yet. Your answers would be forgotten."),
            choices,
            "stay",
            harmless="stay",
        )
        return answer == "leave"

    # Names of the figures.

    def _ask_figure_names(self) -> None:
        """Read names and targets in a job: the figures themselves come with every plan."""
        document = self._document

        def work(_progress: object) -> list[Figure]:
            with document.reader() as reader:
                return figures(reader)

        self._jobs.run(work, self._name_figures, shown=False)

    def _name_figures(self, found: list[Figure]) -> None:
        self._figures |= {one.code: FigureName(one.name, one.target) for one in found}
        if self._step is Step.REVIEW:
            self._show_page()


def _clusters(reader: Reader) -> Sequence[Offer]:
    """The clusters of the document by name, with their countries."""
    columns = (FieldPath(("name",)), FieldPath(("country",)))
    among = Among(FieldPath(("type",)), frozenset({OrganisationType.CLUSTER}))
    window = reader.window(Query("organisation", columns, (among,)))
    try:
        rows = window.rows(0, window.count)
    finally:
        window.close()
    offers = (Offer(row.id, str(row.values[0] or ""), str(row.values[1] or "")) for row in rows)
    return sorted(offers, key=lambda offer: offer.text.casefold())


def _make_nothing(_kind: str, _name: str) -> Id | None:
    """Editors of answers make no records."""
    return None
