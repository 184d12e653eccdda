"""Planning an import: from a file as read to what would happen; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from smartct_desktop.domain.book import Book, BookFormat, Sheet
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.collected_sheets import (
    CollectedSheets,
    sender_stamped,
)
from smartct_desktop.services.importing.concluding import concluded, nothing_to_import
from smartct_desktop.services.importing.corrections import Corrections
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.drafts import Work
from smartct_desktop.services.importing.identity import OrganisationIndex
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.learned import carried_over
from smartct_desktop.services.importing.list_records import KINDS, made
from smartct_desktop.services.importing.memory import merged
from smartct_desktop.services.importing.mentions import Mentions
from smartct_desktop.services.importing.own_sheets import OwnSheets
from smartct_desktop.services.importing.people import People
from smartct_desktop.services.importing.plan import Effect, Plan, PlanFinding, SenderGuess
from smartct_desktop.services.importing.questions import KEEP, TAKE, Answers, Asking
from smartct_desktop.services.importing.rates import Rates, rules_of
from smartct_desktop.services.importing.read_sheets import ReadSheet
from smartct_desktop.services.importing.said_columns import refuse_misfits
from smartct_desktop.services.importing.senders import guess_sender, sender_said
from smartct_desktop.services.importing.sheets import Settings, SheetReader
from smartct_desktop.services.importing.text_form import ask_for_form
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.rule_books import book_with
from smartct_desktop.system.collecting import without_collecting

__all__ = ["KINDS", "Figures", "Planner", "Wish", "plan"]

Figures = Callable[[Plan, Progress], Effect]
"""Gives figures as they are and as they would be after the plan."""

_MOST_READINGS = 3
"""How often a file is read again because answers of earlier files show more that is known."""

_SURE_SENDER = 0.7
"""From this certainty on what was answered for a sender's earlier files holds; below it is asked
once more, and proposed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says beforehand: which sheets, what they list, who sent the file.

    Without sheets all are read. `sender` is a cluster's name or its id. `accept_proposals`
    answers whatever has a proposal with it.
    """

    sheets: tuple[str, ...] = ()
    kind: str | None = None
    sender: str | None = None
    accept_proposals: bool = False


def plan(  # noqa: PLR0913 (everything a plan rests on)
    book: Book,
    reader: Reader,
    facts: ProgrammeFacts,
    answers: Answers,
    today: date,
    *,
    wish: Wish | None = None,
) -> Plan:
    """Say what the import of a file would do. Raises `Invalid` for an answer that does not fit.

    For planning the same file again with more answers keep a `Planner` and a `Known` instead.
    """
    return Planner(Dictionary.of(facts)).plan(book, Known(reader), answers, today, wish)


class Planner:
    """Plans imports. Holds nothing of the files it has planned; safe to use again and again."""

    def __init__(self, dictionary: Dictionary, figures: Figures | None = None) -> None:
        self._dictionary = dictionary
        self._figures = figures

    def plan(  # noqa: PLR0913, PLR0917 (everything a plan rests on)
        self,
        book: Book,
        known: Known,
        answers: Answers,
        today: date,
        wish: Wish | None = None,
        progress: Progress | None = None,
    ) -> Plan:
        """Say what the import of a file would do. Raises `Cancelled`.

        Raises `Invalid` for an answer that misfits, `Trouble` for a sheet or sender that is not
        there.
        """
        with without_collecting():
            wish, progress = wish or Wish(), progress or Progress()
            given = merged(known.remembered(book.sha256), answers)
            return self._planned(book, known, given, answers, today, wish, progress)

    def _planned(  # noqa: PLR0913, PLR0917 (everything a plan rests on)
        self,
        book: Book,
        known: Known,
        answers: Answers,
        given_now: Answers,
        today: date,
        wish: Wish,
        progress: Progress,
    ) -> Plan:
        settings = Settings(
            latest=today.year + 10,
            from_1904=book.dates_from_1904,
            text_file=book.format is BookFormat.TEXT,
            kind=wish.kind,
        )
        wanted = _wanted(book, wish)
        own = OwnSheets(known, self._dictionary)
        habits: dict[str, Any] = {}
        sure = False
        for _ in range(_MOST_READINGS):
            asking = Asking(
                answers,
                accept_proposals=wish.accept_proposals,
                habits=habits,
                habits_hold=sure,
            )
            collected = CollectedSheets(known, self._dictionary, asking, own)
            reader = SheetReader(self._dictionary, asking, settings, progress, collected)
            sheets = [reader.read(sheet) for sheet in wanted]
            sender = self._sender(book, known, sheets, wish)
            more = _habits(known, sheets, sender)
            sure = sender is not None and sender.certainty >= _SURE_SENDER
            if more == habits:
                break
            habits = more
        ask_for_form(book, asking, sheets)
        if not any(sheet.tables for sheet in sheets):
            return nothing_to_import(book, sheets, asking.questions())
        refuse_misfits(given_now, sheets)
        progress.report(Sentence("Comparing with the document"))
        work = replace(self._work(book, known, asking, today, answers), progress=progress)
        records = made(work, sheets, sender)
        told = list(_habits_told(asking, sender))
        found = concluded(book, known, sheets, records, asking.questions(), told)
        found = replace(
            found,
            sender=sender,
            decisions=(*work.mentions.decisions, *work.people.decisions),
            told=asking.told(),
            held=tuple(work.corrections.held),
            unused_answers=_unused(asking, given_now),
        )
        if self._figures is None:
            return found
        progress.report(Sentence("Working out the figures"))
        return replace(found, effect=self._figures(found, progress))

    def _work(
        self, book: Book, known: Known, asking: Asking, today: date, answers: Answers
    ) -> Work:
        judged = known.judgements("organisation")
        index = OrganisationIndex(self._dictionary.names, known.organisations, judged)
        facts = self._dictionary.facts
        book_of_rules = book_with(facts, known.rule_values)
        rates = Rates(facts, rules_of(facts, known.own_partnership).code, book_of_rules)
        taken = frozenset(_strings(answers.get(TAKE)))
        kept = frozenset(_strings(answers.get(KEEP)))
        return Work(
            self._dictionary,
            asking,
            known,
            Mentions(index, asking),
            People(known.people, asking, known.judgements("person")),
            Corrections(known, taken, kept),
            rates.on(),
            rates,
            today,
            book.file_name,
        )

    def _sender(
        self, book: Book, known: Known, sheets: Sequence[ReadSheet], wish: Wish
    ) -> SenderGuess | None:
        if wish.sender is not None:
            clusters = [o for o in known.organisations if o.type is OrganisationType.CLUSTER]
            return sender_said(clusters, self._dictionary.names, wish.sender)
        stamped = sender_stamped((sheet.sheet for sheet in sheets), known)
        if stamped is not None:
            return stamped
        countries = Counter(
            country
            for sheet in sheets
            for table in sheet.tables
            for code in ("exchange.vo_country", "organisation.country")
            if code in table.columns
            for country in table.columns[code].values
            if country
        )
        titles = [title for sheet in sheets for title in sheet.titles]
        return guess_sender(
            known.clusters, self._dictionary.names, titles, book.file_name, countries
        )


def _wanted(book: Book, wish: Wish) -> list[Sheet]:
    """Give the sheets to be read. Raises `Trouble` for one that the file does not have."""
    names = [sheet.name for sheet in book.sheets]
    missing = [name for name in wish.sheets if name not in names]
    if missing and any(names):
        raise Trouble(
            Sentence("“{file}” has no sheet “{name}”.", file=book.file_name, name=missing[0]),
            Sentence("Its sheets are: {names}.", names=", ".join(filter(None, names))),
        )
    if missing:
        raise Trouble(
            Sentence("“{file}” is one table without sheets.", file=book.file_name),
            Sentence("Leave the name of the sheet out."),
        )
    return [
        sheet
        for sheet in book.sheets
        if sheet.rows and (not wish.sheets or sheet.name in wish.sheets)
    ]


def _habits(
    known: Known, sheets: Sequence[ReadSheet], sender: SenderGuess | None
) -> dict[str, Any]:
    if sender is None:
        return {}
    columns = ((s.sheet.name, [c for t in s.tables for c in t.mapped]) for s in sheets)
    return carried_over(known.habits(sender.id), columns)


def _habits_told(asking: Asking, sender: SenderGuess | None) -> Iterator[PlanFinding]:
    """Say of which columns an answer about an earlier file held: no guess is silent."""
    columns: dict[str | None, set[str]] = {}
    if sender is None:
        return
    for place in asking.by_habit():
        if place.letter is not None:
            columns.setdefault(place.sheet, set()).add(place.letter)
    for sheet, letters in columns.items():
        yield PlanFinding(
            "IMP-11",
            Severity.INFO,
            Sentence(
                "Read as answered for an earlier file of {sender}: column {letters}.",
                sender=sender.cluster,
                letters=", ".join(sorted(letters, key=lambda letter: (len(letter), letter))),
            ),
            sheet,
        )


def _unused(asking: Asking, given: Answers) -> tuple[str, ...]:
    return tuple(id_ for id_ in asking.unused() if id_ in given and id_ not in {KEEP, TAKE})


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (str(key) for key, wanted in value.items() if wanted)
