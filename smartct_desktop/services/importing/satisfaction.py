"""What a survey says of an event as a whole: which question does, and which mark is the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.drafts import TableWork
from smartct_desktop.services.importing.questions import Place

NONE = "none of them"
HIGHEST = 100

_OVERALL = ("overall", "insgesamt", "gesamt", "en general", "global", "en conjunt", "conjunto",
    "complessiv", "nel complesso", "като цяло", "цялостн")  # fmt: skip


def overall_question(table: TableWork, questions: Mapping[str, int]) -> int | Asked | None:
    """Ask which question is about the event as a whole; gives its place, None for none."""
    likely = [q for q in questions if any(word in fold(q) for word in _OVERALL)]
    if len(questions) == 1:
        likely = list(questions)
    proposal = likely[0] if len(likely) == 1 else None
    place = Place(
        "which_question",
        "file",
        Sentence("Which question is about the satisfaction with the event as a whole?"),
        table.sheet,
        about="" if table.first else str(table.header_row),
    )
    given = table.work.asking.ask(
        place,
        options=(*questions, NONE),
        propose=proposal,
        certainty=0.8 if proposal else 0.0,
    )
    if given is None:
        return Asked(place.id, "", questions.get(proposal or ""))
    return questions.get(str(given.value))


def best_mark(table: TableWork, ends: Sequence[int]) -> Decimal | Asked:
    """Ask which mark is the best: what is good at one end is bad at the other."""
    likely = ends[-1] if ends else None
    place = Place("scale", "file", Sentence("Which is the best mark?"), table.sheet)
    given = table.work.asking.ask(
        place,
        options=tuple(ends) if len(ends) == 2 else (),
        propose=likely,
        certainty=0.7 if likely else 0.0,
    )
    if given is None:
        return Asked(place.id, "", Decimal(likely) if likely else None)
    text = str(given.value)
    if not text.isdecimal() or int(text) > HIGHEST:
        raise Invalid(
            Sentence(
                "The answer “{answer}” to the question {question} is no mark.",
                answer=text,
                question=place.id,
            )
        )
    return Decimal(int(text))
