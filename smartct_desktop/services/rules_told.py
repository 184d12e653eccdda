"""The values of rules as definitions quote them: those of the document, for the days concerned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.rule_books import RulesInForce


def told(
    in_force: RulesInForce,
    value: Callable[[RuleSet], int],
    since: date | None = None,
    until: date | None = None,
) -> str:
    """Quote a number for stays that start within these days: "5", or "5, from 2021-03-01 on 4"."""
    starts = [
        day
        for day in in_force.starts
        if (since is None or day > since) and (until is None or day <= until)
    ]
    first = since or date.min
    text = str(last := value(in_force.on(first)))
    for day in starts:
        number = value(in_force.on(day))
        if number == last:
            continue
        last = number
        text = (
            Sentence("{value}, from {day} on {later}", value=text, day=day, later=number)
            if day > date.min
            else str(number)
        )
    return text
