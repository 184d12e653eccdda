"""Who can be seen on photos of exchanges (GDP); those of events are judged by their lists."""

from __future__ import annotations

from collections.abc import Sequence

from smartct_desktop.domain.programme.exchange_case import ExchangeCase
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.premises import Premise
from smartct_desktop.domain.programme.rule import Rule, Said


def _photos_allowed(case: ExchangeCase) -> Sequence[Said]:
    """A photo of people needs their consent; that nobody asked is no consent."""
    photos, people = case.photos
    if not photos or not people:
        return ()
    return (Said("", {"photos": photos, "people": people}),)


RULES: tuple[Rule[ExchangeCase], ...] = (
    Rule(
        "GDP-07b",
        Severity.WARNING,
        "exchange",
        "Photos without consent",
        "Photos attached: {photos}; people listed whose consent is not recorded: {people}.",
        "Record the consent with each person, or remove photos on which they can be recognised.",
        "own reading",
        _photos_allowed,
        premises=frozenset({Premise.PHOTOS}),
    ),
)
"""The rules on photos of exchanges."""
