"""Importing as the window and the command line do it: read, plan, commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from smartct_desktop.domain.book import Book
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.importing.commit import Receipt, commit
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.effect import effect_on
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.plan import Counts, Outcome, Plan
from smartct_desktop.services.importing.planning import Planner, Wish
from smartct_desktop.services.importing.questions import Answers
from smartct_desktop.services.programme import ProgrammeFacts


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
    """Imports into one document. `read` and `plan` run on any thread, `commit` on its own."""

    def __init__(self, document: Document, facts: ProgrammeFacts, today: date) -> None:
        self._document = document
        self._facts = facts
        self._today = today

    @cached_property
    def _dictionary(self) -> Dictionary:
        """The words of partners' sheets; made once, because planning again is done often."""
        return Dictionary.of(self._facts)

    def read(self, path: Path, progress: Progress) -> Book:
        """Read a file in a process of its own. Raises `Trouble`, `Cancelled`."""
        from smartct_desktop.spreadsheets.worker import read_book

        return read_book(path, progress)

    def plan(self, book: Book, answers: Answers, sender: Id | None, progress: Progress) -> Plan:
        """Say what the import would do; `sender` is a cluster's id, None leaves it to the file.

        Raises `Invalid` for an answer that does not fit its question, `Trouble`, `Cancelled`.
        """
        name = None
        if sender is not None:
            with self._document.reader() as reader:
                name = reader.captions("organisation", [sender]).get(sender)
        return self.plan_with(book, answers, Wish(sender=name), progress)

    def plan_with(self, book: Book, answers: Answers, wish: Wish, progress: Progress) -> Plan:
        """Say what the import would do, with what a person says beforehand."""
        progress.report(Sentence("Comparing with the document"))
        with self._document.reader() as reader:
            planner = Planner(self._dictionary, effect_on(reader))
            return planner.plan(book, Known(reader), answers, self._today, wish)

    def commit(self, plan: Plan) -> Imported:
        """Write what the plan says as one step. Raises `Trouble`, `Invalid`, `Stale`."""
        receipt = commit(plan, self._document)
        newest = self._document.read.next_undo() if receipt.written else None
        return Imported(plan.file, receipt, newest.no if newest else None)


def refused(file: str, trouble: Trouble) -> Plan:
    """Give the plan for a file that cannot be read: nothing happens, and why."""
    message = Sentence("{sentence} {hint}", sentence=trouble.sentence, hint=trouble.hint)
    return Plan(file, "", Outcome.REFUSE, message)
