"""What of a document is due for deletion because the time it had to be kept is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Sorting
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.retention import Retention, retention
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figures import Figure

CODE = "DUE_FOR_DELETION"


class Kept(NamedTuple):
    """What is looked at of a person."""

    id: Id
    anonymised_on: date | None
    restricted_on: date | None


def kept_until(facts: FigureFacts, rules: RuleSet) -> Retention:
    """Say how long the records of the own partnership are kept."""
    return retention(facts.own, rules)


def due_for_deletion(persons: Iterable[Kept], facts: FigureFacts, rules: RuleSet) -> Figure:
    """Give the persons whose data may no longer be kept, and why others still may."""
    kept = kept_until(facts, rules)
    over = kept.over(facts.today)
    sorting = Sorting()
    for person in persons:
        why_not: Sentence | None = None
        if person.anonymised_on is not None:
            why_not = Sentence("made anonymous on {day}", day=person.anonymised_on)
        elif person.restricted_on is not None:
            why_not = Sentence("use restricted since {day}", day=person.restricted_on)
        elif not over:
            why_not = kept.because
        sorting.put(person.id, why_not)
    return Figure(
        code=CODE,
        name=Sentence("Persons due for deletion"),
        kind=Person.schema.kind,
        target=None,
        behind=sorting.result(),
        definition=Sentence(
            "Everybody stored here, from the day on that records need no longer be kept; figures "
            "stay when a person is made anonymous."
        ),
    )
