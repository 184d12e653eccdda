"""Joined records that do not fit: numbers that both copies gave, values no record can hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.checking import Problem, problems
from smartct_desktop.domain.joining import SIDES, Answer, Doubt, Key, Topic, Values
from smartct_desktop.domain.joining_workings import Workings

NextNumber = Callable[[Values, Collection[str]], str]
"""Gives a free number for an exchange, beside those that are taken."""

_NUMBERED = "exchange"


def settle_numbers(workings: Workings, number: NextNumber) -> None:
    """Let no two exchanges have the number that was given to one on each side."""
    holders: dict[str, list[Key]] = defaultdict(list)
    for key, values in workings.records.items():
        if key[0] == _NUMBERED and values is not None and values.get("number"):
            holders[str(values["number"])].append(key)
    taken = set(holders)
    for given in sorted(holders):
        ours = [key for key in holders[given] if _held(workings, key, given, Answer.OURS)]
        theirs = [key for key in holders[given] if _held(workings, key, given, Answer.THEIRS)]
        here, there = set(ours) - set(theirs), set(theirs) - set(ours)
        if not here or not there:
            continue
        first, second = min(here), min(there)
        propose = Answer.OURS if first < second else Answer.THEIRS
        ids = sorted((first[1], second[1]))
        doubt = Doubt(
            *(Topic.NUMBER, (_NUMBERED, ids[0]), "number", SIDES, propose, None),
            ours=first[1],
            theirs=second[1],
            other=ids[1],
            because=given,
        )
        keeps = workings.ask(doubt) or propose
        for key in sorted(there if keeps is Answer.OURS else here):
            values = workings.records[key]
            assert values is not None
            free = number(values, taken)
            taken.add(free)
            workings.records[key] = {**values, "number": free}
            workings.renumbered[key] = free


def _held(workings: Workings, key: Key, number: str, side: Answer) -> bool:
    triple = workings.triples[key]
    values = triple.ours if side is Answer.OURS else triple.theirs
    return values is not None and values.get("number") == number


def settle_contradictions(workings: Workings) -> None:
    """Ask about values of the two sides that no record can hold together."""
    for key, values in workings.records.items():
        if values is None:
            continue
        given = workings.given[key]
        if values in (given.ours, given.theirs):
            continue
        known = {p for side in (given.ours, given.theirs) if side for p in _problems(key, side)}
        found = next((p for p in _problems(key, values) if p not in known), None)
        if found is not None:
            workings.records[key] = _fitting(workings, key, values, found, known)


def _fitting(
    workings: Workings, key: Key, values: Values, found: Problem, known: set[Problem]
) -> Values:
    triple = workings.triples[key]
    doubt = Doubt(
        *(Topic.TOGETHER, key, found.field, SIDES, None, None),
        ours=(triple.ours or {}).get(found.field),
        theirs=(triple.theirs or {}).get(found.field),
        because=found.sentence,
    )
    answer = workings.answers.to(doubt)
    side = triple.theirs if answer is Answer.THEIRS else triple.ours
    if answer is not None and side is not None:
        one = {**values, found.field: side.get(found.field)}
        for tried in (one, side):
            result = {n: value for n, value in tried.items() if value not in (None, ())}
            if all(problem in known for problem in _problems(key, result)):
                workings.doubts.append(replace(doubt, answer=answer))
                return result
    workings.doubts.append(doubt)
    return values


def _problems(key: Key, values: Values) -> list[Problem]:
    """Give what keeps a record from being stored."""
    schema = schema_of(key[0])
    blank = {field.name: None for field in schema.told if field.required}
    return list(problems(schema.make({**blank, **values}, key[1])))
