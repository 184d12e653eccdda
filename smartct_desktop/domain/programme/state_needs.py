"""What each state of an exchange asks for, and what of that is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from smartct_desktop.domain.programme.exchange_case import Booking
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.papers import (
    agreement,
    commitment,
    is_proved,
    is_reported,
    is_reported_by_host,
)
from smartct_desktop.domain.programme.payments import money
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.sentence import Sentence

S = ExchangeStatus

ORDER: tuple[ExchangeStatus, ...] = (
    *(S.DRAFT, S.REG, S.PVAL, S.MPROP, S.MACC, S.CTQ, S.FAA, S.READY),
    *(S.ONG, S.REPDUE, S.VOREP, S.REPS, S.VAL, S.PAYDUE, S.PAID, S.CLOSED),
)
"""The states of an exchange that goes well, in their order."""

PLACE: Mapping[ExchangeStatus, int] = {state: place for place, state in enumerate(ORDER)}
"""The states of `ORDER` by their places."""

ONLY_PHYSICAL = frozenset({S.FAA, S.PAYDUE, S.PAID})
"""States that a virtual exchange never has."""

NEEDS_REASON = frozenset({S.REJ, S.DECL, S.CANC, S.INT, S.NVAL, S.RECOV})
"""States that leave the order; they are not entered without a reason."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a state asks for; where it does not `block`, it is only a warning.

    `field` is the field of the exchange that would have to be filled in, or "".
    """

    sentence: Sentence
    field: str = ""
    blocks: bool = True


@dataclass(slots=True)
class LifeFacts:
    """What states are judged by: the exchange, its payments, the rules, and the local date.

    `errors` are the codes of the errors it has; `profiles` says whether both profiles are
    validated, None where no profile is recorded; `countries` whether those of both are known.
    """

    exchange: Exchange
    bookings: Sequence[Booking]
    rules: RuleSet
    today: date
    errors: Collection[str] = ()
    profiles: bool | None = None
    countries: bool = True

    @property
    def virtual(self) -> bool:
        """Whether nobody travels: such an exchange has no agreement and no payment."""
        return self.exchange.mode is Mode.VIRTUAL


def lacks(state: ExchangeStatus, facts: LifeFacts) -> Iterator[Lack]:
    """Say what is missing to enter a state: what blocks, and what only deserves a warning."""
    exchange = facts.exchange
    for needed, given in _CONDITIONS.get(state, ()):
        if not given(facts):
            yield needed
    yield from _unsigned(state, facts)
    if facts.errors:
        yield from _failing(state, facts)
    if state in NEEDS_REASON and not exchange.status_reason:
        yield Lack(Sentence("the reason is not given"), "status_reason")


def _unsigned(state: ExchangeStatus, facts: LifeFacts) -> Iterator[Lack]:
    """Say whose signatures a state lacks."""
    if state is S.CTQ:
        waiting = commitment(facts.exchange).waiting
    elif state is S.FAA:
        waiting = agreement(facts.exchange).waiting
    else:
        return
    for party in waiting:
        who = party.party.value
        yield Lack(Sentence("the {who} has not signed", who=who), party.field)


_RULES_OF = {S.PVAL: "ELG", S.FAA: "AMT"}
"""The rules that must not be broken to enter a state, by the letters of their codes."""


def _failing(state: ExchangeStatus, facts: LifeFacts) -> Iterator[Lack]:
    """Say which rules are broken that a state rests on."""
    letters = _RULES_OF.get(state)
    codes = ", ".join(sorted(code for code in facts.errors if code[:3] == letters))
    if codes:
        yield Lack(Sentence("rules are broken: {codes}", codes=codes))


def _lack(text: str, field: str = "", *, blocks: bool = True) -> Lack:
    return Lack(Sentence(text), field, blocks)


Condition = tuple[Lack, Callable[[LifeFacts], object]]
"""What is needed, and whether it is given."""

_CONDITIONS: Mapping[ExchangeStatus, Sequence[Condition]] = {
    S.DRAFT: (
        (_lack("visitor or host has to be known", "vo"), lambda f: f.exchange.vo or f.exchange.ho),
    ),
    S.REG: (
        (_lack("the visiting organisation is not known", "vo"), lambda f: f.exchange.vo),
        (_lack("the host organisation is not known", "ho"), lambda f: f.exchange.ho),
        (_lack("the country of visitor or host is not known", "vo"), lambda f: f.countries),
    ),
    S.PVAL: ((_lack("a profile is not validated"), lambda f: f.profiles is not False),),
    S.MACC: (
        (
            _lack("the dates are not planned", "planned_start", blocks=False),
            lambda f: f.exchange.planned_start or f.exchange.start,
        ),
    ),
    S.FAA: (
        (
            _lack("the amount is not agreed", "amount_cents"),
            lambda f: f.exchange.amount_cents is not None,
        ),
    ),
    S.ONG: (
        (_lack("the start is not known", "start"), lambda f: f.exchange.start),
        (
            _lack("the stay has not begun", "start", blocks=False),
            lambda f: f.exchange.start is None or f.exchange.start <= f.today,
        ),
    ),
    S.REPDUE: (
        (_lack("the end is not known", "end"), lambda f: f.exchange.end),
        (
            _lack("the stay is not over", "end", blocks=False),
            lambda f: f.exchange.end is None or f.exchange.end <= f.today,
        ),
    ),
    S.VOREP: (
        (
            _lack("the visitor's report is missing", "vo_report"),
            lambda f: is_reported(f.exchange),
        ),
    ),
    S.REPS: (
        (
            _lack("the host's report is missing", "ho_report", blocks=False),
            lambda f: is_reported_by_host(f.exchange),
        ),
    ),
    S.VAL: (
        (
            _lack("the day of the validation is not recorded", "vo_report_validated_on"),
            lambda f: f.exchange.vo_report_validated_on is not None,
        ),
        (
            _lack("evidence of the stay is missing", "evidence"),
            lambda f: f.virtual or is_proved(f.exchange),
        ),
    ),
    S.PAID: (
        (
            _lack("no payment is recorded", "paid_on"),
            lambda f: (
                money(f.bookings).payments > 0
                or (not f.bookings and f.exchange.paid_on is not None)
            ),
        ),
        (
            _lack("it was paid more than once", "amount_cents"),
            lambda f: money(f.bookings).payments <= 1,
        ),
    ),
    S.CLOSED: ((_lack("errors are left"), lambda f: not f.errors),),
    S.INT: (
        (_lack("the day on which the stay ended is not known", "end"), lambda f: f.exchange.end),
    ),
}


def unmet(facts: LifeFacts) -> Sequence[Lack]:
    """Give what blocks the state of the exchange or one before it, but for papers and reasons.

    It is asked about every exchange, so it looks at no more than the plain conditions.
    """
    status = facts.exchange.status
    if status is None:
        return ()
    conditions = _plain_conditions(status, virtual=facts.virtual)
    return [needed for needed, given in conditions if not given(facts)]


@cache
def _plain_conditions(status: ExchangeStatus, *, virtual: bool) -> Sequence[Condition]:
    passed = ORDER[: PLACE[status] + 1] if status in PLACE else (status,)
    return tuple(
        (needed, given)
        for state in passed
        if not (virtual and state in ONLY_PHYSICAL)
        for needed, given in _CONDITIONS.get(state, ())
        if needed.blocks
    )


def gaps(facts: LifeFacts) -> tuple[Lack, ...]:
    """Say what the state of the exchange asks for and is not there, of all states up to it."""
    status = facts.exchange.status
    if status is None:
        return ()
    if status not in PLACE:
        return tuple(lack for lack in lacks(status, facts) if lack.blocks)
    found: list[Lack] = []
    for state, conditions in _passed(status, virtual=facts.virtual):
        found += [lack for lack, given in conditions if not given(facts)]
        if state is not None:
            found += [lack for lack in _unsigned(state, facts) if lack.blocks]
    return tuple(dict.fromkeys(found))


@cache
def _passed(
    status: ExchangeStatus, *, virtual: bool
) -> tuple[tuple[ExchangeStatus | None, tuple[Condition, ...]], ...]:
    """Give what the states up to one ask for: those with signatures, and what blocks in each."""
    passed = ORDER[: PLACE[status] + 1]
    wanted = [s for s in passed if not (virtual and s in ONLY_PHYSICAL)]
    asked = [
        (
            s if s in (S.CTQ, S.FAA) else None,
            tuple((lack, given) for lack, given in _CONDITIONS.get(s, ()) if lack.blocks),
        )
        for s in wanted
    ]
    return tuple((state, conditions) for state, conditions in asked if state or conditions)
