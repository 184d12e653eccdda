"""What can be said of a partnership as a whole: its figures and people (AMT, DOC, KPI, GDP, RUL).

These look at all records at once, so they are asked when somebody wants to know, not by each step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.programme.amount import euro
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.rule import Rule, Said


@dataclass(frozen=True, slots=True)
class BudgetCase:
    """The money for lump sums in cents: `promised` is what is agreed or due and not yet paid."""

    granted: int | None
    promised: int
    paid: int


@dataclass(frozen=True, slots=True)
class SmeCase:
    """How many exchanges SMEs made that count, and how many distinct SMEs these are."""

    exchanges: int
    smes: int


@dataclass(frozen=True, slots=True)
class PaceCase:
    """A figure: what counts so far, and what should by now if the work went evenly."""

    name: str
    value: int
    by_now: int | None


@dataclass(frozen=True, slots=True)
class KeepingCase:
    """People stored here: `due` of them longer than records are kept, which ended on `until`.

    `without_notice` are those of whom no day is recorded on which they were told of it.
    """

    due: int
    until: date | None
    without_notice: int


@dataclass(frozen=True, slots=True)
class FilesCase:
    """Names of attached files whose content is not in the document, or of another length."""

    broken: Sequence[str]


@dataclass(frozen=True, slots=True)
class CallCase:
    """The code of the rule set that a partnership names, the one in use, and those there are."""

    named: str | None
    used: str
    known: Sequence[str]


_NAMED = 5
"""Files that a sentence has room for."""


def _within_budget(case: BudgetCase) -> Iterator[Said]:
    if case.granted is None:
        return
    if case.paid > case.granted:
        values = {"sum": euro(case.paid), "budget": euro(case.granted)}
        yield Said("fstp_budget_cents", values, Severity.ERROR)
    elif case.paid + case.promised > case.granted:
        values = {"sum": euro(case.paid + case.promised), "budget": euro(case.granted)}
        yield Said("fstp_budget_cents", values)


def _each_once(case: SmeCase) -> Iterator[Said]:
    if case.exchanges != case.smes:
        yield Said("", {"exchanges": case.exchanges, "smes": case.smes})


def _on_time(case: PaceCase) -> Iterator[Said]:
    if case.by_now is not None and case.value < case.by_now:
        yield Said("", {"name": case.name, "value": case.value, "by_now": case.by_now})


def _not_kept_too_long(case: KeepingCase) -> Iterator[Said]:
    if case.due and case.until is not None:
        yield Said("balance_paid_on", {"people": case.due, "until": case.until})


def _told_of_it(case: KeepingCase) -> Iterator[Said]:
    if case.without_notice:
        yield Said("", {"people": case.without_notice})


def _files_there(case: FilesCase) -> Iterator[Said]:
    if case.broken:
        more = "" if len(case.broken) <= _NAMED else ", …"
        names = ", ".join(case.broken[:_NAMED]) + more
        yield Said("", {"files": len(case.broken), "names": names})


def _rules_known(case: CallCase) -> Iterator[Said]:
    if case.named and case.named not in case.known:
        values = {"named": case.named, "used": case.used, "known": ", ".join(case.known)}
        yield Said("rule_set", values)


BUDGET: Rule[BudgetCase] = Rule(
    "AMT-11",
    Severity.WARNING,
    "partnership",
    "More than the budget",
    "{sum} € are paid or promised, the budget for lump sums is {budget} €.",
    "Agree no more lump sums, or correct the budget.",
    "own reading",
    _within_budget,
)

DISTINCT: Rule[SmeCase] = Rule(
    "KPI-03",
    Severity.INFO,
    "partnership",
    "Fewer SMEs than exchanges",
    "{exchanges} exchanges were made by {smes} different SMEs.",
    "Report the number that the target asks for; both are shown.",
    "ERDF",
    _each_once,
)

PACE: Rule[PaceCase] = Rule(
    "KPI-05",
    Severity.WARNING,
    "partnership",
    "Target behind the plan",
    "{name}: {value} so far, an even plan has {by_now}.",
    "Look at what is in the pipeline, and plan more.",
    "own reading",
    _on_time,
)

KEPT: Rule[KeepingCase] = Rule(
    "GDP-03",
    Severity.WARNING,
    "partnership",
    "Kept longer than needed",
    "Records had to be kept until {until}; people stored longer than that: {people}.",
    "Make them anonymous or delete them; while an audit or a claim runs, record the hold.",
    "FR; FR24",
    _not_kept_too_long,
)

NOTICE: Rule[KeepingCase] = Rule(
    "GDP-04",
    Severity.WARNING,
    "partnership",
    "Privacy notice not recorded",
    "People of whom no day of a privacy notice is recorded: {people}.",
    "Tell them what is stored of them and why, and record the day with each person.",
    "general knowledge",
    _told_of_it,
)

FILES: Rule[FilesCase] = Rule(
    "DOC-09",
    Severity.WARNING,
    "partnership",
    "Attached file missing or changed",
    "Attached files whose content is missing or not whole: {files} ({names}).",
    "Attach them again, or bring them back from a backup of the document.",
    "own reading",
    _files_there,
)

CALL: Rule[CallCase] = Rule(
    "RUL-01",
    Severity.ERROR,
    "partnership",
    "Rule set does not exist",
    "There is no rule set “{named}”; the values of {used} are used meanwhile. There are {known}.",
    "Choose the rule set of the call in the record of the partnership.",
    "own reading",
    _rules_known,
)

RULES = (CALL, BUDGET, DISTINCT, PACE, KEPT, NOTICE, FILES)
"""The rules on a partnership as a whole."""
