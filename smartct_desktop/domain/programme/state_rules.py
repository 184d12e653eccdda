"""Whether the state of an exchange fits what is known of it (STA, DOC-07, KPI-04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cache, reduce

from smartct_desktop.domain.programme.counting import PIPELINE, counting_statuses
from smartct_desktop.domain.programme.exchange_case import ENDED_ON, READY_ON, ExchangeCase
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.programme.state_needs import (
    NEEDS_REASON,
    ONLY_PHYSICAL,
    LifeFacts,
    lacks,
    unmet,
)
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.domain.records.partnership import CountingStatus
from smartct_desktop.domain.sentence import Sentence

_TOOL_DAYS = 30
_PAPER_FIELDS = frozenset({"vo_report", "vo_report_validated_on", "evidence", "paid_on"})
"""Of these the rules on papers and payments speak."""

_SAYS = {
    ExchangeStatus.CTQ: (ExchangeStatus.CTQ,),
    ExchangeStatus.FAA: (ExchangeStatus.CTQ, ExchangeStatus.FAA),
    ExchangeStatus.VOREP: (ExchangeStatus.VOREP,),
    ExchangeStatus.REPS: (ExchangeStatus.VOREP,),
    ExchangeStatus.VAL: (ExchangeStatus.VOREP, ExchangeStatus.VAL),
    ExchangeStatus.PAYDUE: (ExchangeStatus.VOREP, ExchangeStatus.VAL),
}
"""States that say that a paper is there, and of which no rule on papers or payments speaks yet."""

_NOT_SAID = frozenset({"vo_report_validated_on"})
"""The day of the validation: that somebody calls the exchange validated is enough."""

_NEVER_VIRTUAL = Sentence("a virtual exchange has neither agreement nor payment")

_DONE = frozenset({ExchangeStatus.PAID, ExchangeStatus.CLOSED})


def _rests_on_facts(case: ExchangeCase) -> Iterator[Said]:
    """Say all that is missing at once: who mends it wants to ask a partner only once."""
    facts = LifeFacts(case.exchange, case.payments, case.rules, case.today)
    missing = _missing(facts)
    if missing:
        yield Said("status", {"lack": _listed(tuple(dict.fromkeys(missing)))})


def _missing(facts: LifeFacts) -> list[Sentence]:
    missing = [lack.sentence for lack in unmet(facts) if lack.field not in _PAPER_FIELDS]
    status = facts.exchange.status
    if status is None:
        return missing
    if facts.virtual and status in ONLY_PHYSICAL:
        return [*missing, _NEVER_VIRTUAL]
    for state in _SAYS.get(status, ()):
        found = lacks(state, facts)
        missing += [n.sentence for n in found if n.blocks and n.field not in _NOT_SAID]
    return missing


@cache
def _listed(sentences: Sequence[Sentence]) -> Sentence:
    """Make one sentence of several, each of which can still be translated.

    What states lack is said in few words, so thousands of exchanges share them.
    """
    return reduce(lambda one, more: Sentence("{one}; {more}", one=one, more=more), sentences)


def _fits_the_dates(case: ExchangeCase) -> Iterator[Said]:
    exchange, today = case.exchange, case.today
    status, start, end = exchange.status, exchange.start, exchange.end
    if status is None or status not in PIPELINE:
        return
    if status not in ENDED_ON and end is not None and end < today:
        yield Said("status", {"why": Sentence("the stay ended on {day}", day=end)})
    elif status not in READY_ON and start is not None and start < today:
        yield Said("status", {"why": Sentence("the stay began on {day}", day=start)})
    elif status is ExchangeStatus.ONG and start is not None and start > today:
        yield Said("status", {"why": Sentence("the stay begins on {day}", day=start)})


def _reason_given(case: ExchangeCase) -> Iterator[Said]:
    status = case.exchange.status
    if status is not None and status in NEEDS_REASON and not case.exchange.status_reason:
        yield Said("status_reason", {"status": status.label})


def _tool_looked_at(case: ExchangeCase) -> Iterator[Said]:
    exchange = case.exchange
    if not exchange.cxc_id or exchange.status in _DONE or exchange.tool_checked_on is None:
        return
    if case.today > exchange.tool_checked_on + timedelta(_TOOL_DAYS):
        yield Said("tool_checked_on", {"day": exchange.tool_checked_on})


def _evidence_of_the_stay(case: ExchangeCase) -> Iterator[Said]:
    on, end = case.exchange.evidence_on, case.exchange.end
    if on is not None and end is not None and on < end:
        yield Said("evidence_on", {"day": on, "end": end})


RULES: tuple[Rule[ExchangeCase], ...] = (
    Rule(
        "DOC-07",
        Severity.WARNING,
        "exchange",
        "Evidence from before the end",
        "The evidence is of {day}, before the stay ended on {end}; it cannot cover all of it.",
        "Ask for evidence of the whole stay, or correct the day.",
        "CLAM-F",
        _evidence_of_the_stay,
    ),
    Rule(
        "STA-01",
        Severity.ERROR,
        "exchange",
        "State without what it needs",
        "The state rests on something that is not there: {lack}.",
        "Fill in what is missing, or go back to an earlier state.",
        "own reading",
        _rests_on_facts,
    ),
    Rule(
        "STA-02",
        Severity.WARNING,
        "exchange",
        "State does not fit the dates",
        "The status does not fit: {why}.",
        "Correct the status or the dates.",
        "own reading",
        _fits_the_dates,
    ),
    Rule(
        "STA-03",
        Severity.WARNING,
        "exchange",
        "Reason missing",
        "The exchange is “{status}”, but the reason is not given.",
        "Fill in the reason of the status.",
        "own reading",
        _reason_given,
    ),
    Rule(
        "STA-04",
        Severity.WARNING,
        "exchange",
        "Not compared with the tool lately",
        "It was last compared with the ClusterXchange tool on {day}.",
        "Look it up in the tool and record the day.",
        "own reading",
        _tool_looked_at,
    ),
)
"""The rules on states."""

OF_GIVEN_UP = frozenset({"STA-03", "AMT-02"})
"""The codes of the rules that are asked about exchanges that were given up, too."""


def counts_with_errors(case: ExchangeCase, findings: Iterable[Finding]) -> Sequence[Finding]:
    """Say of an exchange that counts that it has errors; `findings` are all others of it."""
    counted_from = (case.own and case.own.counted_from) or CountingStatus.VALIDATED
    counted = case.exchange.counted
    counts = counted or (
        counted is None and case.exchange.status in counting_statuses(counted_from)
    )
    others = (None, case.own.id if case.own else None)
    if not counts or case.exchange.vop not in others:
        return ()
    return _counted([finding.severity for finding in findings].count(Severity.ERROR))


@cache
def _counted(errors: int) -> Sequence[Finding]:
    return tuple(COUNTED.findings(errors))


def fails_since(before: Iterable[Finding], now: Iterable[Finding]) -> Sequence[Finding]:
    """Say of a validated exchange which errors it has only under the values of the document.

    `before` are its findings under the values that ship with the program, `now` those it has.
    """
    known = {finding.code for finding in before if finding.severity is Severity.ERROR}
    errors = {finding.code for finding in now if finding.severity is Severity.ERROR}
    return tuple(RECHECKED.findings(tuple(sorted(errors - known))))


RECHECKED: Rule[Sequence[str]] = Rule(
    "STA-05",
    Severity.INFO,
    "exchange",
    "Fails since the rules were changed",
    "It was validated; since values of the rules were changed, this fails: {codes}.",
    "Look whether the new values are meant for this stay, and from which day they hold.",
    "own reading",
    lambda codes: (Said("status", {"codes": ", ".join(codes)}),) if codes else (),
)


COUNTED: Rule[int] = Rule(
    "KPI-04",
    Severity.WARNING,
    "exchange",
    "Counts with errors",
    "It counts towards the targets although errors are left: {errors}.",
    "Solve the errors, or let it not count and say why.",
    "own reading",
    lambda errors: (Said("status", {"errors": errors}),) if errors else (),
)
