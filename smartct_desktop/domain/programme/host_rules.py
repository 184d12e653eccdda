"""What is worth knowing of an organisation as a host (ELG)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.organisation_case import Hosted, OrganisationCase
from smartct_desktop.domain.programme.rule import Rule, Said

_NAMED = 5
"""Numbers of exchanges that a sentence has room for."""


def _alone(case: OrganisationCase) -> Iterator[Said]:
    """Look for the day on which most visitors are there at once, the first of such days."""
    together = max(_crowds(case.hosted), key=_visitors, default=())
    if _visitors(together) > 1:
        day = max(stay.start for stay in together)
        numbers = sorted(stay.number or "?" for stay in together)
        more = "" if len(numbers) <= _NAMED else ", …"
        yield Said(
            "",
            {
                "visitors": _visitors(together),
                "day": day,
                "numbers": ", ".join(numbers[:_NAMED]) + more,
            },
        )


def _crowds(stays: Sequence[Hosted]) -> Iterator[tuple[Hosted, ...]]:
    """Give who is there on each day on which somebody comes, in the order of the days."""
    there: list[Hosted] = []
    for stay in sorted(stays, key=lambda one: one.start):
        there = [one for one in there if one.end >= stay.start]
        there.append(stay)
        yield tuple(there)


def _visitors(stays: Sequence[Hosted]) -> int:
    return len({stay.vo for stay in stays})


RULES: tuple[Rule[OrganisationCase], ...] = (
    Rule(
        "ELG-13",
        Severity.INFO,
        "organisation",
        "Several visitors at once",
        "As a host it has {visitors} visitors at the same time, first on {day}: {numbers}.",
        "Nothing has to be done: it is allowed, and usual for journeys of a group.",
        "ABOUT",
        _alone,
    ),
)
"""The rules on hosts."""
