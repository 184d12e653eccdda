"""Findings that are said of many records in the same words are one object, and only those."""

from __future__ import annotations

from decimal import Decimal

import pytest

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.rule import Rule, Said, Told
from smartct_desktop.domain.sentence import Sentence

RULE: Rule[object] = Rule(
    "ABC-01", Severity.ERROR, "exchange", "Title", "It is {what}.", "Mend it.", "X", lambda _: ()
)


def test_that_the_same_words_are_one_finding():
    told = Told()
    first = told.finding(RULE, Said("vo", {"what": "Firm 3"}))
    assert told.finding(RULE, Said("vo", {"what": "Firm 3"})) is first
    assert first == RULE.finding(Said("vo", {"what": "Firm 3"}))


@pytest.mark.parametrize(
    "other",
    [
        Said("ho", {"what": "1"}),
        Said("vo", {"what": "2"}),
        Said("vo", {"what": "1"}, Severity.INFO),
        Said("vo", {"what": 1}),
    ],
    ids=["field", "words", "severity", "number"],
)
def test_that_what_differs_is_another_finding(other):
    told = Told()
    told.finding(RULE, Said("vo", {"what": "1"}))
    assert told.finding(RULE, other) == RULE.finding(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal(1), Decimal("1.0")),
        (1, True),
        (Sentence("{a}{b}", a="x", b="yz"), Sentence("{a}{b}", a="xy", b="z")),
    ],
    ids=["numbers", "truth", "sentences"],
)
def test_that_values_that_are_equal_and_not_alike_are_kept_apart(one, other):
    told = Told()
    told.finding(RULE, Said("", {"what": one}))
    again = told.finding(RULE, Said("", {"what": other}))
    assert repr(again.sentence.values["what"]) == repr(other)
    assert again.sentence == RULE.finding(Said("", {"what": other})).sentence
    if isinstance(other, Sentence):
        assert again.sentence.values["what"].values == other.values
