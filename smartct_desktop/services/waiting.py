"""What is waited for: papers, validations and payments of exchanges, from whom and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.awaited import Awaited, AwaitedFields
from smartct_desktop.domain.programme.exchange_case import VALIDATED_ON, Booking
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.papers import Paper, PaperState, Party, papers
from smartct_desktop.domain.programme.payments import Payability, PaymentState, payability
from smartct_desktop.domain.programme.stay import GIVEN_UP
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.domain.records.payment import PaymentKind
from smartct_desktop.services.figure_facts import FigureFacts, Ids
from smartct_desktop.services.figure_fields import put_in_place, read_fields, renew_fields
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.rule_books import RulesInForce, rule_book

_BEFORE_MATCH = frozenset(
    {ExchangeStatus.DRAFT, ExchangeStatus.REG, ExchangeStatus.PVAL, ExchangeStatus.MPROP}
)
_AT_REST = frozenset({*GIVEN_UP, *_BEFORE_MATCH, ExchangeStatus.CLOSED, ExchangeStatus.RECOV})
_BEFORE_STAY = frozenset({Paper.COMMITMENT, Paper.AGREEMENT})
_OF_HOST = frozenset({Party.HOST, Party.HOST_PARTNERSHIP})


class What(Enum):
    """What is waited for, in the order of the list."""

    PAYMENT = "payment"
    VISITOR_REPORT = "visitor's report"
    HOST_REPORT = "host's report"
    EVIDENCE = "evidence of the stay"
    VALIDATION = "validation of the visitor's report"
    AGREEMENT = "financial agreement"
    COMMITMENT = "Commitment to Quality"


_OF_PAPER = {
    Paper.COMMITMENT: What.COMMITMENT,
    Paper.AGREEMENT: What.AGREEMENT,
    Paper.VISITOR_REPORT: What.VISITOR_REPORT,
    Paper.HOST_REPORT: What.HOST_REPORT,
    Paper.EVIDENCE: What.EVIDENCE,
}


class Missing(NamedTuple):
    """One thing that an exchange waits for.

    `partner` is the cluster to ask, None where none can be told; `parties` are those who have
    still to sign or send. `since` is the day from which it is waited for, `due` the day by which
    it is expected, both where facts tell them. `cents` is the amount of a payment.
    """

    exchange: Id
    what: What
    partner: Id | None
    parties: tuple[Party, ...] = ()
    since: date | None = None
    due: date | None = None
    cents: int | None = None

    def late(self, today: date) -> bool:
        """Whether it should have been there before today."""
        return self.due is not None and today > self.due


class Booked(NamedTuple):
    """What is looked at of a payment."""

    id: Id
    exchange: Id | None
    payment_kind: PaymentKind | None
    date: date | None
    amount_cents: int | None

    @property
    def booking(self) -> Booking:
        """The payment as rules see it."""
        return Booking(self.payment_kind, self.date, self.amount_cents)


Key: TypeAlias = tuple[int, date, str]
"""The place of something missing: what it is, the day, and the number of the exchange."""


Wants: TypeAlias = tuple[tuple[Key, Missing, bool], ...]
"""What one exchange waits for, before it is known whom to ask.

Each with its place in the order of all that is missing, and whether it is asked of the host.
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What all exchanges wait for, and the payments that were made, at one moment."""

    in_force: RulesInForce
    wants: Mapping[Id, Wants]
    payments: Mapping[Id, Booked]

    @classmethod
    def read(cls, reader: Reader, programme: ProgrammeFacts, facts: FigureFacts) -> Waiting:
        """Look at all exchanges. Work for a job."""
        in_force = RulesInForce(programme, facts.own, rule_book(reader, programme))
        payments = {one.id: one for one in read_fields(reader, "payment", Booked)}
        of = bookings_of(payments.values())
        every = read_fields(reader, "exchange", AwaitedFields)
        return cls(in_force, _wanted(every, of, in_force, facts), payments)

    def renewed(self, reader: Reader, touched: Ids, facts: FigureFacts) -> Waiting:
        """Give the same after steps that touched these records, and none of the rules.

        `facts` are those of the same moment, the own partnership being what it was; `touched` holds
        the exchanges of the payments touched as well (`paid_exchanges`).
        """
        ids = touched.get("payment", ())
        changed = touched.get("exchange", ())
        payments = renew_fields(reader, "payment", self.payments, Booked, ids)
        if not changed:
            return replace(self, payments=payments)
        of = bookings_of(one for one in payments.values() if one.exchange in changed)
        read = read_fields(reader, "exchange", AwaitedFields, changed)
        wants = put_in_place(self.wants, changed, _wanted(read, of, self.in_force, facts))
        return Waiting(self.in_force, wants, payments)

    def paid_exchanges(self, reader: Reader, payments: Collection[Id]) -> set[Id]:
        """Give the exchanges for which these payments were made, and for which they are now."""
        now = reader.columns("payment", ("exchange",), payments) if payments else ()
        before = ((id_, self.payments[id_].exchange) for id_ in payments if id_ in self.payments)
        return {exchange for _, exchange in (*now, *before) if exchange is not None}

    def listed(self, facts: FigureFacts) -> list[Missing]:
        """Give all that is waited for, what is due first coming first."""
        found: list[tuple[Key, Missing]] = []
        for id_, wants in self.wants.items():
            visitors, hosts = facts.to_ask(facts.exchanges[id_])
            for key, missing, of_host in wants:
                partner = hosts if of_host else visitors
                asked = missing if partner is None else missing._replace(partner=partner)
                found.append((key, asked))
        found.sort(key=itemgetter(0))
        return [missing for _, missing in found]


_ORDER = {what: place for place, what in enumerate(What)}


def waiting_list(reader: Reader, programme: ProgrammeFacts, facts: FigureFacts) -> list[Missing]:
    """Give all that is waited for on the day of `facts`, what is due first coming first.

    Only exchanges are looked at that are matched, neither given up nor closed, and that the own
    partnership pays for; of those it only hosts, what the host has to do. Where an exchange tells
    no partner, the one is asked who sent the file that brought it. Work for a job.
    """
    return Waiting.read(reader, programme, facts).listed(facts)


def bookings_of(payments: Iterable[Booked]) -> Mapping[Id, Sequence[Booking]]:
    """Give the payments of each exchange that has any."""
    found: defaultdict[Id, list[Booking]] = defaultdict(list)
    for one in payments:
        if one.exchange is not None:
            found[one.exchange].append(one.booking)
    return found


def _wanted(
    exchanges: Iterable[AwaitedFields],
    bookings: Mapping[Id, Collection[Booking]],
    in_force: RulesInForce,
    facts: FigureFacts,
) -> dict[Id, Wants]:
    """Give what these exchanges wait for; those that wait for nothing are left out."""
    found: dict[Id, Wants] = {}
    for one in exchanges:
        if one.status in _AT_REST:
            continue
        rules = in_force.on(one.start)
        paid = tuple(bookings.get(one.id, ()))
        missing = tuple(
            ((_ORDER[m.what], m.due or m.since or facts.today, one.number or ""), m, of_host)
            for m, of_host in (*_papers(one, rules, facts), *_payment(one, paid, rules, facts))
        )
        if missing:
            found[one.id] = missing
    return found


def _papers(
    exchange: AwaitedFields, rules: RuleSet, facts: FigureFacts
) -> Iterator[tuple[Missing, bool]]:
    own = facts.own.id if facts.own else None
    ours = exchange.vop in {None, own}
    hosted = exchange.hop in {None, own}
    if not (ours or hosted):
        return
    for state in papers(exchange, rules):
        if state.paper not in _BEFORE_STAY and not _is_over(exchange, facts.today):
            continue
        wanted = tuple(
            one.party for one in state.waiting if (hosted if one.party in _OF_HOST else ours)
        )
        if wanted:
            what = _OF_PAPER[state.paper]
            missing = Missing(exchange.id, what, None, wanted, state.since, state.due)
            yield missing, set(wanted) <= _OF_HOST
        elif state.paper is Paper.VISITOR_REPORT and ours and _to_validate(exchange, state):
            on = exchange.vo_report_on or state.since
            yield Missing(exchange.id, What.VALIDATION, None, since=on), False


def _payment(
    exchange: AwaitedFields, bookings: Sequence[Booking], rules: RuleSet, facts: FigureFacts
) -> Iterator[tuple[Missing, bool]]:
    own = facts.own.id if facts.own else None
    if exchange.vop not in {None, own}:
        return
    found = payable(exchange, bookings, rules, facts.today)
    if found.state in {PaymentState.PAYABLE, PaymentState.OVERDUE}:
        cents = amount_of(exchange)
        missing = Missing(
            exchange.id, What.PAYMENT, None, since=found.since, due=found.until, cents=cents
        )
        yield missing, False


def payable(
    exchange: Awaited, bookings: Sequence[Booking], rules: RuleSet, today: date
) -> Payability:
    """Say what is to be done about the lump sum of a stored exchange.

    Until when it is to be paid was worked out where the public holidays are known.
    """
    due = exchange.entitlement_cents
    return payability(exchange, due, bookings, rules, today, until=exchange.pay_by)


def amount_of(exchange: Awaited) -> int | None:
    """Give the lump sum in cents: what was agreed, otherwise what is due."""
    agreed = exchange.amount_cents
    return exchange.entitlement_cents if agreed is None else agreed


def _to_validate(exchange: Awaited, state: PaperState) -> bool:
    return state.there and not state.validated and exchange.status not in VALIDATED_ON


def _is_over(exchange: Awaited, today: date) -> bool:
    return exchange.end is not None and exchange.end < today
