"""Rules that are not asked because of what a case lacks: they would have had nothing to say."""

import dataclasses
import itertools

from smartct_desktop.domain.programme.premises import Premise, Questions, given
from smartct_desktop.domain.programme.rule_catalog import rules_on
from tests.services.rule_cases import AGREED, EXCHANGES, SIGNED, About, exchange_case

UNSIGNED = About(exchange=dict.fromkeys((*SIGNED, *AGREED)))
STAYS = [UNSIGNED, *(about for pair in EXCHANGES.values() for about in pair)]


def mixed(one, other):
    """Give a stay that differs from the good one in two ways at once."""
    parts, usual = {}, About()
    for field in dataclasses.fields(About):
        first, second = getattr(one, field.name), getattr(other, field.name)
        both = isinstance(first, dict) and isinstance(second, dict)
        either = first if second == getattr(usual, field.name) else second
        parts[field.name] = {**first, **second} if both else either
    return About(**parts)


def test_that_only_rules_with_nothing_to_say_are_spared(facts):
    rules = tuple(rules_on("exchange"))
    questions = Questions(rules)
    seen = set()
    pairs = itertools.islice(itertools.combinations(STAYS, 2), 0, None, 17)

    for one, other in [*((stay, About()) for stay in STAYS), *pairs]:
        case = exchange_case(mixed(one, other), facts)
        asked = questions.on(case)
        spared = [rule for rule in rules if rule not in asked]
        assert [rule.code for rule in spared if list(rule.look(case))] == []
        seen.add(given(case))

    for premise, answers in zip(Premise, zip(*seen, strict=True), strict=True):
        assert set(answers) == {True, False}, premise
