"""Raw feedback: the event keeps how many answered, and the mean of their marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.cells import ANSWERS
from smartct_desktop.services.importing.date_text import DateText
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.event_of_list import event_of, title_of
from smartct_desktop.services.importing.feedback_sheets import mark_of
from smartct_desktop.services.importing.plan import PlanValue
from smartct_desktop.services.importing.satisfaction import best_mark, overall_question
from smartct_desktop.services.importing.scales import scale_in
from smartct_desktop.services.importing.understood import Fault

_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Question:
    """One question with the marks that were given, by row."""

    code: str
    letter: str
    text: str


class FeedbackTable:
    """The answers of many: the event keeps how many there were, and their mean."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._days = DateText(table.work.dictionary.dates, table.work.today.year + 10)
        self._questions = [
            _Question(str(m.code), m.letter, m.header)
            for m in table.mapped
            if m.code and m.code.startswith(ANSWERS)
        ]

    def mention(self) -> None:
        """Who answered is not kept: nothing has to be noted."""

    def drafts(self) -> Iterator[Draft]:
        """Give the event with the number, the mean and the best of the marks."""
        table = self._table
        title = title_of(table, self._days)
        event = event_of(
            table,
            title,
            Sentence("Which event is this feedback about? New: “{title}”.", title=title.title),
        )
        texts = {question.text: place for place, question in enumerate(self._questions)}
        chosen = overall_question(table, texts)
        draft = event.draft
        draft.rows = list(table.numbers)
        if isinstance(chosen, Asked):
            draft.waits.append(chosen.question)
            draft.left_out = False
            yield draft
            return
        if chosen is None:
            table.leave_out(table.numbers, Sentence("No question is about the event as a whole."))
            return
        values, faults = self._summed(self._questions[chosen])
        yield from event.told(table, values, faults, table.numbers)

    def _summed(self, question: _Question) -> tuple[dict[str, PlanValue], list[tuple[str, Fault]]]:
        """Work out the mean; a single mark that cannot be read would make it wrong."""
        table = self._table
        cells = zip(table.numbers, table.cells(question.code), strict=True)
        given = [(row, str(text), mark_of(text)) for row, text in cells if text is not None]
        ends = scale_in([question.text, *table.titles])
        best = best_mark(table, ends)
        top = max((Decimal(end) for end in ends), default=None)
        if top is None and isinstance(best, Decimal) and best > 1:
            top = best
        faults = []
        for row, text, mark in given:
            if mark is None or (top is not None and mark > top):
                sentence = Sentence("Row {row}: “{text}” is no mark.", row=row, text=text)
                faults.append((question.letter, Fault("IMP-08", sentence)))
        marks = [mark for _, _, mark in given if mark is not None]
        mean = (sum(marks, Decimal(0)) / max(1, len(marks))).quantize(_PLACES, ROUND_HALF_UP)
        values: dict[str, PlanValue] = {
            "satisfaction_mean": mean,
            "satisfaction_n": len(marks),
            "satisfaction_max": best,
        }
        return values, faults
