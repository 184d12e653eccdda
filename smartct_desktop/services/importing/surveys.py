"""Results of a survey: an event keeps its overall satisfaction; what is not kept is told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.date_text import DateText
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.event_of_list import event_of, title_of
from smartct_desktop.services.importing.plan import PlanValue
from smartct_desktop.services.importing.satisfaction import best_mark, overall_question
from smartct_desktop.services.importing.scales import scale_in
from smartct_desktop.services.importing.understood import Fault


class SurveyTable:
    """One table of questions with the number and the mean of their answers."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._days = DateText(table.work.dictionary.dates, table.work.today.year + 10)

    def mention(self) -> None:
        """A survey names no organisations."""

    def drafts(self) -> Iterator[Draft]:
        """Give the event with its satisfaction; the other questions are listed as left out."""
        table = self._table
        title = title_of(table, self._days)
        event = event_of(
            table,
            title,
            Sentence("Which event is this survey about? New: “{title}”.", title=title.title),
        )
        draft = event.draft
        chosen = self._overall()
        if isinstance(chosen, Asked):
            draft.waits.append(chosen.question)
            draft.rows = list(table.numbers)
            draft.left_out = False
            yield draft
            return
        self._tell_the_rest(chosen)
        if chosen is None:
            return
        faults = table.faults(chosen)
        mean = table.value("survey.mean", chosen)
        values: dict[str, PlanValue] = {
            "satisfaction_mean": mean,
            "satisfaction_n": table.value("survey.n", chosen),
            "satisfaction_max": self._best(mean, faults),
        }
        if mean is None:
            faults.append(("", Fault("IMP-04", Sentence("The mean is missing."))))
        yield from event.told(table, values, faults, [table.numbers[chosen]])

    def _overall(self) -> int | Asked | None:
        """Ask which question is about the event as a whole; gives its place."""
        table = self._table
        questions: dict[str, int] = {}
        for place in range(len(table.numbers)):
            text = table.text("survey.question", place)
            if text:
                questions.setdefault(text, place)
        return overall_question(table, questions)

    def _best(self, mean: Any, faults: list[tuple[str, Fault]]) -> Decimal | Asked | None:
        """Ask which mark is the best: what is good at one end is bad at the other."""
        table = self._table
        heading = next((m.header for m in table.mapped if m.code == "survey.mean"), "")
        texts = [heading, table.text("survey.question", 0) or "", *table.titles]
        ends = scale_in(texts)
        best = best_mark(table, ends)
        if isinstance(best, Asked):
            return best
        if isinstance(mean, Decimal) and mean > max(best, *map(Decimal, ends or (0,))) and best > 1:
            outside = Sentence("The mean {mean} lies above the best mark.", mean=mean)
            faults.append(("", Fault("IMP-08", outside)))
        return best

    def _tell_the_rest(self, chosen: int | None) -> None:
        """List the questions that no field holds."""
        table = self._table
        rest = [row for place, row in enumerate(table.numbers) if place != chosen]
        table.leave_out(
            rest, Sentence("Answers to single questions are not kept, only to the one chosen.")
        )
