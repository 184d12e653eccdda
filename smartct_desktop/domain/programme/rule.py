"""The shape of a rule: one function with its code, and the row that says all else about it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Container, Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.sentence import Sentence

CaseT_contra = TypeVar("CaseT_contra", contravariant=True)


_NOTHING: Mapping[str, object] = MappingProxyType({})


class Said(NamedTuple):
    """That a rule has something to say: at which field, and what fills its sentence.

    `severity` is set only where it is not the one of the rule.
    """

    field: str = ""
    values: Mapping[str, object] = _NOTHING
    severity: Severity | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Rule(Generic[CaseT_contra]):
    """One rule of the programme, as the catalogue lists it.

    `look` says nothing where a fact it needs is not known. `title` stands over its findings,
    `sentence` is the template of a single one, `todo` what a person can do about it. `source` names
    where the rule comes from. A `waivable` rule is silent on records that have a waiver for it.
    Of a case that lacks one of the `premises` it has nothing to say, so it need not be asked.
    """

    code: str
    severity: Severity
    kind: str
    title: str
    sentence: str
    todo: str
    source: str
    look: Callable[[CaseT_contra], Iterable[Said]]
    waivable: bool = False
    premises: frozenset[Enum] = frozenset()

    def findings(self, case: CaseT_contra) -> Iterable[Finding]:
        """Ask the rule about one case."""
        return map(self.finding, self.look(case))

    def finding(self, said: Said) -> Finding:
        """Give what was said as a finding."""
        return Finding(
            self.code,
            said.severity or self.severity,
            Sentence(self.sentence, **said.values),
            said.field,
        )


class Told:
    """The findings told so far: what is said of many records in the same words is one object."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Finding] = {}

    def finding(self, rule: Rule[Any], said: Said) -> Finding:
        """Give what was said as a finding, the one there is already if it can be no other."""
        field, values, severity = said
        for value in values.values():
            # Only of plain texts it is certain that those that are equal read alike.
            if type(value) is not str and (not isinstance(value, Sentence) or value.values):
                return rule.finding(said)
        key = (rule.code, field, severity, *values, *values.values())
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_TOLD:
                self._known.clear()
            found = self._known[key] = rule.finding(said)
        return found


_MOST_TOLD = 10_000


def asked(
    rules: Iterable[Rule[Any]], case: object, lifted: Container[str], told: Told
) -> tuple[Finding, ...]:
    """Ask rules about one case; those `lifted` by a waiver are silent, if they may be waived."""
    found: list[Finding] = []
    for rule in rules:
        for said in rule.look(case):
            if not (rule.waivable and rule.code in lifted):
                found.append(told.finding(rule, said))  # noqa: PERF401 (millions of rules are silent)
    return tuple(found)
