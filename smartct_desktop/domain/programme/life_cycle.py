"""The states of an exchange: which follow from facts, and which moves are allowed.

Source: the phases of the programme (TUT, CE4BIG); the states are ours. Facts decide where there
are any: four signatures make "Commitment signed", a date that came makes "Under way". Where only
people know (whether profiles and matches are accepted, whether an exchange was cancelled) the state
is what they said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from smartct_desktop.domain.programme.papers import (
    is_agreed,
    is_committed,
    is_proved,
    is_reported,
    is_reported_by_host,
)
from smartct_desktop.domain.programme.payments import money
from smartct_desktop.domain.programme.state_needs import (
    NEEDS_REASON,
    ONLY_PHYSICAL,
    ORDER,
    PLACE,
    Lack,
    LifeFacts,
    lacks,
)
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.domain.sentence import Sentence

S = ExchangeStatus

_ASIDE: Mapping[ExchangeStatus, frozenset[ExchangeStatus]] = {
    S.REJ: frozenset({S.DRAFT, S.REG, S.PVAL}),
    S.DECL: frozenset({S.MPROP, S.MACC}),
    S.CANC: frozenset(ORDER[: PLACE[S.ONG]]),
    S.INT: frozenset({S.ONG}),
    S.NVAL: frozenset({S.REPDUE, S.VOREP, S.REPS}),
    S.RECOV: frozenset({S.PAID, S.CLOSED}),
}
"""The states that leave the order, and from where each can be reached."""

_BACK: Mapping[ExchangeStatus, ExchangeStatus] = {
    S.REJ: S.REG,
    S.DECL: S.REG,
    S.CANC: S.DRAFT,
    S.INT: S.REPDUE,
    S.NVAL: S.REPDUE,
    S.RECOV: S.CLOSED,
}
"""Where each of them leads back to."""


_REVIVED = frozenset({S.REJ, S.CANC})
"""What was ended before it began goes back, and not on, when it is taken up again."""

_SAID = Sentence("somebody said so")
_PAID = Sentence("the lump sum was paid")
_TO_PAY = Sentence("report validated, evidence there, not paid")
_VALIDATED = Sentence("the visitor's report was validated")
_BOTH_REPORTS = Sentence("both reports are there")
_REPORT = Sentence("the visitor's report is there")
_OVER = Sentence("the stay is over")
_BEGUN = Sentence("the stay has begun")
_SIGNED = Sentence("all papers are signed")
_COMMITTED = Sentence("the Commitment to Quality is signed by all four")
_PROFILES = Sentence("both profiles are validated")
_KNOWN = Sentence("visitor and host are known")
_NO_REASON = Lack(Sentence("the reason is not given"), "status_reason")


@dataclass(frozen=True, slots=True)
class DerivedState:
    """The state that facts lead to, and why; `decided` is False where it is what people said."""

    state: ExchangeStatus
    because: Sentence
    decided: bool


def derived_state(facts: LifeFacts) -> DerivedState:
    """Give the furthest state that facts and people's words lead to.

    What left the order stays where people put it, but for an interrupted stay, of which the
    reports are due. Dates alone move nothing that was not ready: a matched exchange whose start
    has passed without signatures may never have taken place.
    """
    said = facts.exchange.status
    if said in NEEDS_REASON and said is not S.INT:
        return DerivedState(said, _SAID, decided=False)
    if said is S.CLOSED:
        return DerivedState(said, Sentence("somebody closed it"), decided=False)
    proved = next(_reached(facts), None)
    if proved is not None and (said is None or said is S.INT or not _is_before(proved[0], said)):
        return DerivedState(*proved, decided=True)
    if said is None:
        return DerivedState(S.DRAFT, Sentence("nothing else is known"), decided=True)
    return DerivedState(said, _SAID, decided=False)


def _is_before(one: ExchangeStatus, other: ExchangeStatus) -> bool:
    return PLACE[one] < PLACE[other]


def _reached(facts: LifeFacts) -> Iterator[tuple[ExchangeStatus, Sentence]]:
    """Give the states that facts prove, the furthest one first."""
    exchange, virtual = facts.exchange, facts.virtual
    if money(facts.bookings).payments > 0 or (not facts.bookings and exchange.paid_on):
        yield S.PAID, _PAID
    reported = is_reported(exchange)
    validated = exchange.vo_report_validated_on is not None
    if validated and (virtual or is_proved(exchange)):
        if not virtual:
            yield S.PAYDUE, _TO_PAY
        yield S.VAL, _VALIDATED
    if reported and is_reported_by_host(exchange):
        yield S.REPS, _BOTH_REPORTS
    if reported:
        yield S.VOREP, _REPORT
    committed = is_committed(exchange)
    agreed = virtual or is_agreed(exchange)
    said = exchange.status
    ready = (committed and agreed) or (said in PLACE and not _is_before(said or S.DRAFT, S.READY))
    if (ready or exchange.status is S.INT) and exchange.end and exchange.end < facts.today:
        yield S.REPDUE, _OVER
    if ready and exchange.start and exchange.start <= facts.today:
        yield S.ONG, _BEGUN
    if committed and agreed:
        yield S.READY, _SIGNED
    if committed:
        yield S.CTQ, _COMMITTED
    if facts.profiles:
        yield S.PVAL, _PROFILES
    if exchange.vo and exchange.ho:
        yield S.REG, _KNOWN


@dataclass(frozen=True, slots=True)
class Move:
    """A move from one state to another: whether it is possible at all, and what it asks for.

    `possible` is False where the order does not lead there; `lacks` is what is missing, of the
    states that would be skipped as well. A `backward` move asks for a reason.
    """

    to: ExchangeStatus
    possible: bool
    backward: bool
    lacks: tuple[Lack, ...]

    @property
    def allowed(self) -> bool:
        """Whether nothing blocks it."""
        return self.possible and not any(lack.blocks for lack in self.lacks)


def move(facts: LifeFacts, to: ExchangeStatus, reason: str = "") -> Move:
    """Judge a move of the exchange from its state, as the facts are with `reason` as its reason."""
    exchange = facts.exchange
    told = exchange.replace(status_reason=reason or exchange.status_reason)
    start = exchange.status or S.DRAFT
    with_reason = replace(facts, exchange=told)
    if to is start:
        return Move(to, possible=True, backward=False, lacks=())
    if to in _ASIDE:
        return Move(to, start in _ASIDE[to], backward=False, lacks=tuple(lacks(to, with_reason)))
    if start in _BACK:
        found = tuple(lacks(to, with_reason))
        revived = start in _REVIVED
        if revived and not reason:
            found = (*found, _NO_REASON)
        return Move(to, to is _BACK[start], backward=revived, lacks=found)
    if facts.virtual and to in ONLY_PHYSICAL:
        none = Lack(Sentence("a virtual exchange has neither agreement nor payment"), "mode")
        return Move(to, possible=False, backward=False, lacks=(none,))
    if PLACE[to] < PLACE[start]:
        lack = () if reason else (_NO_REASON,)
        return Move(to, possible=True, backward=True, lacks=lack)
    between = ORDER[PLACE[start] + 1 : PLACE[to] + 1]
    wanted = (s for s in between if not (facts.virtual and s in ONLY_PHYSICAL))
    found = tuple(dict.fromkeys(lack for s in wanted for lack in lacks(s, with_reason)))
    return Move(to, possible=True, backward=False, lacks=found)


def moves(facts: LifeFacts) -> tuple[Move, ...]:
    """Give all moves that the order knows from the state of the exchange, forward ones first."""
    here = facts.exchange.status or S.DRAFT
    ahead = [s for s in ORDER if PLACE.get(here, -1) < PLACE[s]]
    behind = [s for s in reversed(ORDER) if PLACE[s] < PLACE.get(here, -1)]
    found = (move(facts, state) for state in (*ahead, *_ASIDE, *behind) if state is not here)
    return tuple(one for one in found if one.possible)
