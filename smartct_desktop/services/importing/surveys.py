"""Results of a survey: an event keeps its overall satisfaction; what is not kept is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.date_text import DateText
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.event_of_list import event_of, title_of
from smartct_desktop.services.importing.plan import Asked, PlanFinding, Skipped, SkipReason
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.understood import Fault

NONE = "none of them"

_SCALE = re.compile(r"\b([01])\s*[-‐‑‒–—]\s*(\d{1,2})\b")
_OUT_OF = re.compile(r"(?:/|\bout of|\bvon|\bsobre|\bsu|\bот)\s*(\d{1,2})\b", re.IGNORECASE)
_OVERALL = ("overall", "insgesamt", "gesamt", "en general", "global", "en conjunt", "conjunto",
    "complessiv", "nel complesso", "като цяло", "цялостн")  # fmt: skip
_HIGHEST = 100


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
            yield draft
            return
        self._tell_the_rest(chosen)
        if chosen is None:
            return
        draft.rows = [table.numbers[chosen]]
        draft.faults = table.faults(chosen)
        mean = draft.values["satisfaction_mean"] = table.value("survey.mean", chosen)
        draft.values["satisfaction_n"] = table.value("survey.n", chosen)
        draft.values["satisfaction_max"] = self._best(mean, draft)
        if mean is None:
            draft.faults.append(("", Fault("IMP-04", Sentence("The mean is missing."))))
        yield draft

    def _overall(self) -> int | Asked | None:
        """Ask which question is about the event as a whole; gives its place."""
        table = self._table
        questions: dict[str, int] = {}
        for place in range(len(table.numbers)):
            text = table.text("survey.question", place)
            if text:
                questions.setdefault(text, place)
        likely = [q for q in questions if any(word in fold(q) for word in _OVERALL)]
        if len(questions) == 1:
            likely = list(questions)
        proposal = likely[0] if len(likely) == 1 else None
        place_ = Place(
            "which_question",
            "file",
            Sentence("Which question is about the satisfaction with the event as a whole?"),
            table.sheet,
            about="" if table.first else str(table.header_row),
        )
        given = table.work.asking.ask(
            place_,
            options=(*questions, NONE),
            propose=proposal,
            certainty=0.8 if proposal else 0.0,
        )
        if given is None:
            return Asked(place_.id, "", questions.get(proposal or ""))
        return questions.get(str(given.value))

    def _best(self, mean: Any, draft: Draft) -> Decimal | Asked | None:
        """Ask which mark is the best: what is good at one end is bad at the other."""
        table = self._table
        heading = next((m.header for m in table.mapped if m.code == "survey.mean"), "")
        texts = [heading, table.text("survey.question", 0) or "", *table.titles]
        scale = next((m for text in texts if (m := _SCALE.search(text))), None)
        out_of = next((m for text in texts if (m := _OUT_OF.search(text))), None)
        ends = (int(scale[1]), int(scale[2])) if scale else ()
        likely = ends[1] if ends else int(out_of[1]) if out_of else None
        place = Place("scale", "file", Sentence("Which is the best mark?"), table.sheet)
        given = table.work.asking.ask(
            place, options=ends, propose=likely, certainty=0.7 if likely else 0.0
        )
        if given is None:
            return Asked(place.id, "", Decimal(likely) if likely else None)
        text = str(given.value)
        if not text.isdecimal() or int(text) > _HIGHEST:
            raise Invalid(
                Sentence(
                    "The answer “{answer}” to the question {question} is no mark.",
                    answer=text,
                    question=place.id,
                )
            )
        best = Decimal(int(text))
        if isinstance(mean, Decimal) and mean > max(best, *map(Decimal, ends or (0,))) and best > 1:
            outside = Sentence("The mean {mean} lies above the best mark.", mean=mean)
            draft.faults.append(("", Fault("IMP-08", outside)))
        return best

    def _tell_the_rest(self, chosen: int | None) -> None:
        """List the questions that no field holds."""
        table = self._table
        rest = [row for place, row in enumerate(table.numbers) if place != chosen]
        for row in rest:
            table.skipped.append(Skipped(table.sheet, row, row, SkipReason.NO_FIELD, "IMP-05"))
        if rest:
            table.findings.append(
                PlanFinding(
                    "IMP-03",
                    Severity.WARNING,
                    Sentence("Answers to single questions are not kept, only to the one chosen."),
                    table.sheet,
                    tuple(rest),
                )
            )
