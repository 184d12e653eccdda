"""Importing as the window and the command line do it: read, plan, commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from smartct_desktop.domain.book import Book
from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.errors import PasswordNeeded, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.importing.asked import Item, Question
from smartct_desktop.services.importing.commit import Receipt, commit
from smartct_desktop.services.importing.correction_workbook import (
    NO_LOCK,
    Corrected,
    write_corrections,
)
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.effect import effect_on
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.memory import merged
from smartct_desktop.services.importing.plan import Counts, Outcome, Plan
from smartct_desktop.services.importing.planning import Planner, Wish
from smartct_desktop.services.importing.questions import Answers, Place
from smartct_desktop.services.importing.text_form import choice_of, is_read_so
from smartct_desktop.services.long_step import LongStep, Written, write_long
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.foreign_files import look_at

_LARGE = 200_000
"""Bytes from which on a file takes so long that its first rows are shown before the rest."""

_AHEAD = 200
"""So many rows of each sheet are read ahead."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has done; `step` is its number in the history, None if nothing was written."""

    file: str
    receipt: Receipt
    step: int | None

    @property
    def counts(self) -> Counts:
        """What became of the rows."""
        return self.receipt.counts


class Importer:
    """Imports into one document. All runs on any thread but `commit`, which needs its own."""

    def __init__(self, document: Document, facts: ProgrammeFacts, today: date) -> None:
        self._document = document
        self._facts = facts
        self._today = today

    @cached_property
    def _dictionary(self) -> Dictionary:
        """The words of partners' sheets; made once, because planning again is done often."""
        return Dictionary.of(self._facts)

    def read(
        self,
        path: Path,
        progress: Progress,
        password: str | None = None,
        answers: Answers | None = None,
    ) -> Book:
        """Read a file in a process of its own. Raises `PasswordNeeded`, `Trouble`, `Cancelled`.

        Answers about encoding and delimiter, given now or for this content before, are obeyed.
        """
        from smartct_desktop.spreadsheets.request import FileChoice
        from smartct_desktop.spreadsheets.worker import read_book

        given = answers or {}
        said = choice_of(path.name, given)
        choice = FileChoice(said.encoding, said.delimiter, password)
        book = read_book(path, progress, choice=choice)
        if book.text is None:
            return book
        with self._document.reader() as reader:
            before = Known(reader).remembered(book.sha256)
        said = choice_of(path.name, merged(before, given))
        if is_read_so(book, said):
            return book
        choice = FileChoice(said.encoding, said.delimiter, password)
        return read_book(path, progress, choice=choice)

    def look_ahead(self, path: Path, progress: Progress, password: str | None) -> Book | None:
        """Read the first rows of a large file, which is there at once; None for any other file.

        Raises `PasswordNeeded`, `Trouble`, `Cancelled`.
        """
        from smartct_desktop.spreadsheets.request import FileChoice
        from smartct_desktop.spreadsheets.worker import read_book

        if look_at(path).st_size < _LARGE:
            return None
        return read_book(path, progress, rows=_AHEAD, choice=FileChoice(password=password))

    def read_as_said(
        self, book: Book, path: Path, progress: Progress, password: str | None, answers: Answers
    ) -> Book:
        """Give a book as answers say it is to be read: itself, or the file read once more.

        Raises `Trouble`, also if the file has changed since it was read; `Cancelled`.
        """
        if is_read_so(book, choice_of(path.name, answers)):
            return book
        again = self.read(path, progress, password, answers)
        if again.sha256 != book.sha256:
            raise Trouble(
                Sentence("{name} has changed since it was read.", name=path.name),
                Sentence("Take it off the list of files and choose it again."),
            )
        return again

    def plan(self, book: Book, answers: Answers, sender: Id | None, progress: Progress) -> Plan:
        """Say what the import would do; `sender` is a cluster's id, None leaves it to the file.

        Raises `Invalid` for an answer that does not fit its question, `Trouble`, `Cancelled`.
        """
        return self.plan_with(book, answers, Wish(sender=sender), progress)

    def plan_with(self, book: Book, answers: Answers, wish: Wish, progress: Progress) -> Plan:
        """Say what the import would do, with what a person says beforehand."""
        progress.report(Sentence("Comparing with the document"))
        with self._document.reader() as reader:
            planner = Planner(self._dictionary, effect_on(reader))
            return planner.plan(book, Known(reader), answers, self._today, wish, progress)

    def commit(self, plan: Plan) -> Imported:
        """Write what the plan says as one step. Raises `Trouble`, `Invalid`, `Stale`."""
        receipt = commit(plan, self._document)
        self._document.settle_all()  # no window goes on with it afterwards
        return _imported(plan, receipt, self._document.read)

    def write(self, plan: Plan, progress: Progress) -> Written[Imported]:
        """Write what the plan says as a long step, for `Document.announce`.

        Raises `Trouble`, `Invalid`, `Stale`, `Cancelled`; then nothing was written.
        """
        written = write_long(
            self._document, lambda long_step: commit(plan, long_step, progress), progress
        )
        with self._document.reader() as reader:
            return Written(_imported(plan, written.result, reader), written.touched)

    def write_corrections(
        self, plan: Plan, book: Book | None, source: Path, target: Path, progress: Progress
    ) -> Corrected:
        """Write the sender's own file with what to correct.

        Without a book the file is read again. With nothing to correct nothing is written. Raises
        `Trouble`, also if the file is not the one that was planned; `Cancelled`.
        """
        if book is None:
            try:
                book = self.read(source, progress)
            except PasswordNeeded as locked:
                raise Trouble(locked.sentence, NO_LOCK) from None
        country = None
        if plan.sender is not None:
            with self._document.reader() as reader:
                known = reader.get_many(Organisation, [plan.sender.id]).get(plan.sender.id)
                country = known.country if known else None
        return write_corrections(plan, book, source, target, self._dictionary, country, progress)

    def undo(self, progress: Progress) -> Written[Touched]:
        """Take back the newest step as a long one. Raises `Trouble`, `Cancelled`."""
        return write_long(self._document, LongStep.undo, progress)

    def announce(self, touched: Touched | None) -> None:
        """Tell the document's listeners what a long step did; on the document's own thread."""
        if touched is not None:
            self._document.announce(touched)


def _imported(plan: Plan, receipt: Receipt, reader: Reader) -> Imported:
    newest = reader.next_undo() if receipt.written else None
    return Imported(plan.file, receipt, newest.no if newest else None)


def refused(file: str, trouble: Trouble) -> Plan:
    """Give the plan for a file that cannot be read: nothing happens, and why."""
    message = Sentence("{sentence} {hint}", sentence=trouble.sentence, hint=trouble.hint)
    return Plan(file, "", Outcome.REFUSE, message)


def locked(file: str, trouble: PasswordNeeded) -> Plan:
    """Give the plan for a file that asks for a password: one question, and nothing else yet."""
    asked = password_asked(file, trouble.sentence)
    item = Item(key="", rows=(), options=(), text=trouble.hint)
    question = Question(asked.id, asked.topic, asked.per, None, None, asked.text, (item,))
    message = Sentence("{sentence} {hint}", sentence=trouble.sentence, hint=trouble.hint)
    return Plan(file, "", Outcome.QUESTIONS, message, questions=(question,))


def password_asked(file: str, sentence: Sentence | None = None) -> Place:
    """The question for the password of a file; its answer is kept nowhere."""
    return Place("password", "file", sentence or Sentence(""), about=file)
