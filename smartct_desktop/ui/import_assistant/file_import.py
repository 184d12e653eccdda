"""The way of one file: read, planned again with every answer, written at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from smartct_desktop.domain.book import Book
from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.errors import Invalid, PasswordNeeded, Stale, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Question
from smartct_desktop.services.importing.importer import Imported, Importer
from smartct_desktop.services.importing.plan import Outcome
from smartct_desktop.services.importing.questions import Answers
from smartct_desktop.services.long_step import Written
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.file_answers import FileAnswers, Said
from smartct_desktop.ui.import_assistant.file_trouble import trouble_with
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.review_rows import CellChoice
from smartct_desktop.ui.jobs import Job, Jobs

T = TypeVar("T")


class Stage(Enum):
    """How far a file has come."""

    WAITING = auto()
    READING = auto()
    UNREADABLE = auto()
    READY = auto()
    WRITING = auto()
    WRITTEN = auto()


class FileImport(QObject):
    """One file on its way. Nothing is written before `write`.

    `changed` is emitted when stage or trouble changed or work began or ended, `planned` when there
    is a new outlook, `started` with each job, `written` when it is in the document, `taken_back`
    when that was undone, `refused` with the trouble if either could not be, `stopped` if it was
    cancelled. Answers survive every planning; those of a planning that failed or was cancelled are
    forgotten, so that they always belong to the outlook.
    """

    changed = Signal()
    planned = Signal()
    started = Signal(object)
    written = Signal()
    taken_back = Signal()
    refused = Signal(object)
    stopped = Signal()

    def __init__(
        self, path: Path, service: Importer, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.path = path
        self.stage = Stage.WAITING
        self.book: Book | None = None
        self.outlook: Outlook | None = None
        self.preview: Outlook | None = None  # of the first rows, while a large file is read
        self.trouble: Trouble | None = None
        self.refusal = ""  # why the last answer was not taken
        self.receipt: Imported | None = None
        self.undone = False
        self._service = service
        self._jobs = jobs
        self._sender: Id | None = None
        self._password: str | None = None
        self._answers = FileAnswers()
        self._planned_with: tuple[Answers, Id | None] = ({}, None)
        self._job: Job | None = None
        self._again = False
        self._stopped = False  # stopped just as a part of the reading was done

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    @property
    def busy(self) -> bool:
        """Whether it is being read, planned, written or undone."""
        return self._job is not None

    @property
    def writing(self) -> bool:
        """Whether the document is being changed: nothing else may be done meanwhile."""
        return self.busy and self.stage in (Stage.WRITING, Stage.WRITTEN)

    @property
    def answers(self) -> Answers:
        """What was answered so far, by question."""
        return self._answers.copied()

    @property
    def chosen_sender(self) -> Id | None:
        """The cluster that was chosen as sender; None leaves it to the plan."""
        return self._sender

    @property
    def usable(self) -> bool:
        """Whether there is a plan that can be looked at and written."""
        return self.stage in (Stage.READY, Stage.WRITING) and self.outlook is not None

    # From reading to the first plan.

    def read(self) -> None:
        """Read the file and make the first plan; of a large file the first rows come before."""
        self.stage, self.trouble = Stage.READING, None
        title = tr("Reading {file}", file=self.name)
        service, path, password = self._service, self.path, self._password
        sender, answers = self._sender, self._answers.copied()

        def look_ahead(progress: Progress) -> Outlook | None:
            book = service.look_ahead(path, progress, password)
            if book is None:
                return None
            return Outlook.of(book, service.plan(book, answers, sender, progress), answers)

        self._run(title, look_ahead, self._have_preview, self._without_preview)

    def _have_preview(self, preview: Outlook | None) -> None:
        if self._stopped:
            self._cancelled()
            return
        self.preview = preview
        if preview is not None:
            self.planned.emit()
        self._read_whole()

    def _without_preview(self, _error: Exception) -> None:
        """Whatever is the matter will be met again with the whole file, and said then."""
        if self._stopped:
            self._cancelled()
            return
        self._read_whole()

    def _read_whole(self) -> None:
        title = tr("Reading {file}", file=self.name)
        service, path, password = self._service, self.path, self._password

        def work(progress: Progress) -> Book:
            return service.read(path, progress, password)

        self._run(title, work, self._have_book)

    @property
    def in_sight(self) -> Outlook | None:
        """What can be looked at: the plan, or until there is one that of the first rows."""
        return None if self.stage is Stage.UNREADABLE else self.outlook or self.preview

    @property
    def locked(self) -> bool:
        """Whether only the password is wanting."""
        return self.stage is Stage.UNREADABLE and isinstance(self.trouble, PasswordNeeded)

    def unlock(self, password: str) -> None:
        """Read the file with its password."""
        self._password = password
        self.read()

    def cancel(self) -> None:
        """Stop what is being done; a file that was not read yet waits again."""
        self._again = False
        if self._job is not None:
            self._stopped = True
            self._job.cancel()

    def _run(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> None:
        failed, cancelled = failed or self._failed, cancelled or self._cancelled
        self._stopped = False
        self._job = job = self._jobs.run(work, done, failed, cancelled, title=title, shown=False)
        self.started.emit(job)
        self.changed.emit()

    def _have_book(self, book: Book) -> None:
        if self._stopped:
            self._cancelled()
            return
        self._job = None
        self.book = book
        self.plan()

    # Answers.

    def answer(self, question: Question, key: str, said: Said) -> None:
        """Answer one item of a question, or open it again, and plan anew."""
        self.answer_all([(question, key, said)])

    def answer_all(self, replies: Sequence[tuple[Question, str, Said]]) -> None:
        """Answer several at once."""
        self._answers.note(replies)
        self.plan()

    def decide(self, question_id: str, said: Said) -> None:
        """Say something nobody asked, such as what a column holds, and plan anew."""
        self._answers.decide(question_id, said)
        self.plan()

    def keep(self, one: CellChoice, *, on: bool) -> None:
        """Say that a stored value shall stay, or that theirs shall be taken, and plan anew."""
        self._answers.choose(one, mine=on)
        self.plan()

    def choose_sender(self, cluster: Id | None) -> None:
        """Say who sent the file, and plan anew."""
        if cluster != self._sender:
            self._sender = cluster
            self.plan()

    # Planning.

    def plan(self) -> None:
        """Plan anew with all that was said, or because the document has changed."""
        if self.book is None:
            return  # it is planned as soon as it is read
        if self._job is not None:
            # The plan under way knows less than was said since.
            self._again = True
            self._job.cancel()
            return
        service, book, sender = self._service, self.book, self._sender
        path, password, answers = self.path, self._password, self._answers.copied()

        def work(progress: Progress) -> tuple[Outlook, Answers, Id | None]:
            read = service.read_as_said(book, path, progress, password, answers)
            plan = service.plan(read, answers, sender, progress)
            progress.report(Sentence("Getting the rows ready"))
            return Outlook.of(read, plan, answers), answers, sender

        self._run(tr("Planning {file}", file=self.name), work, self._have_plan)

    def _have_plan(self, found: tuple[Outlook, Answers, Id | None]) -> None:
        self._job = None
        outlook, answers, sender = found
        if self._plan_again():
            return
        refused = outlook.plan.outcome is Outcome.REFUSE
        if refused and self.usable:
            # What was said leaves nothing to import: better not to have said it.
            self._forget()
            self.refusal = outlook.plan.message
        else:
            self.outlook, self._planned_with = outlook, (answers, sender)
            self.preview = None
            self.book = outlook.book
            self.stage = Stage.UNREADABLE if refused else Stage.READY
            self.trouble = Trouble(outlook.plan.message) if refused else None
            self.refusal = ""
        self.changed.emit()
        self.planned.emit()

    def _plan_again(self) -> bool:
        if not self._again:
            return False
        self._again = False
        self.plan()
        return True

    def _forget(self) -> None:
        """Go back to what the outlook was made with."""
        answers, self._sender = self._planned_with
        self._answers = FileAnswers(answers)

    def _failed(self, error: Exception) -> None:
        self._job = None
        if self._plan_again():
            return
        if isinstance(error, Invalid | Trouble) and self.outlook is not None:
            self._forget()
            self.refusal = str(error)
            self.changed.emit()
            self.planned.emit()
            return
        self.stage, self.preview = Stage.UNREADABLE, None
        self.trouble = trouble_with(error, self.name)
        self.changed.emit()
        if not isinstance(error, Trouble | Invalid):
            raise error  # for whoever reports mistakes of ours

    def _cancelled(self) -> None:
        self._job = None
        if self._plan_again():
            return
        if self.stage is Stage.READING:
            self.stage, self.book, self.preview = Stage.WAITING, None, None
        else:
            self._forget()
        self.changed.emit()
        if self.outlook is not None:
            self.planned.emit()

    # Writing.

    def write(self) -> None:
        """Write what the plan says, as one step."""
        outlook = self.outlook
        assert outlook is not None
        self.stage = Stage.WRITING
        self._run(
            tr("Importing {file}", file=self.name),
            partial(self._service.write, outlook.plan),
            self._have_written,
            self._not_written,
            self._stop,
        )

    def _have_written(self, done: Written[Imported]) -> None:
        self._job = None
        self._service.announce(done.touched)
        self.receipt = done.result
        self.stage = Stage.WRITTEN
        self.book = None
        self.changed.emit()
        self.written.emit()

    def _not_written(self, error: Exception) -> None:
        self._settle()
        if isinstance(error, Stale):
            self.plan()
            error = Trouble(
                Sentence("The document has changed since the plan was made. Nothing was written."),
                Sentence("The plan is made anew; look at it once more."),
            )
        self._refuse(error)

    def _settle(self) -> None:
        """Be as before: nothing was written, or nothing undone."""
        self._job = None
        self.stage = Stage.READY if self.receipt is None else Stage.WRITTEN
        self.changed.emit()

    def _stop(self) -> None:
        self._settle()
        self.stopped.emit()

    def take_back(self) -> None:
        """Undo what was written."""
        title = tr("Undoing the import of {file}", file=self.name)
        self._run(title, self._service.undo, self._have_undone, self._not_undone, self._stop)

    def _have_undone(self, done: Written[Touched]) -> None:
        self._job = None
        self._service.announce(done.touched)
        self.undone = True
        self.changed.emit()
        self.taken_back.emit()

    def _not_undone(self, error: Exception) -> None:
        self._settle()
        self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, Trouble | Invalid):
            raise error  # for whoever reports mistakes of ours
        self.refused.emit(error if isinstance(error, Trouble) else Trouble(error.sentence))
