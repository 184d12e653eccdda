"""The shape of a rule: one function with its code, and the row that says all else about it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, Generic, TypeVar

from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.sentence import Sentence

CaseT_contra = TypeVar("CaseT_contra", contravariant=True)


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """That a rule has something to say: at which field, and what fills its sentence.

    `severity` is set only where it is not the one of the rule.
    """

    field: str = ""
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    severity: Severity | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Rule(Generic[CaseT_contra]):
    """One rule of the programme, as the catalogue lists it.

    `look` says nothing where a fact it needs is not known. `title` stands over its findings,
    `sentence` is the template of a single one, `todo` what a person can do about it. `source` names
    where the rule comes from. A `waivable` rule is silent on records that have a waiver for it.
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


def asked(rules: Iterable[Rule[Any]], case: object, lifted: Container[str]) -> tuple[Finding, ...]:
    """Ask rules about one case; those `lifted` by a waiver are silent, if they may be waived."""
    return tuple(
        rule.finding(said)
        for rule in rules
        for said in rule.look(case)
        if not (rule.waivable and rule.code in lifted)
    )
