"""The money for lump sums: paid, due, promised and left, each with the exchanges behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import (
    PIPELINE,
    Countable,
    Counted,
)
from smartct_desktop.domain.programme.payments import money
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.waiting import Booked, Missing, What, bookings_of

_NOT_PAID = Sentence("nothing was paid")
_NOT_DUE = Sentence("nothing is due now")
_NOT_PROMISED = Sentence("nothing is promised")
_NOT_OURS = Sentence("another partnership pays it")


@dataclass(frozen=True, slots=True)
class LumpSums:
    """Sums in cents: the value of each is that of its exchanges, weighed by their amounts.

    `paid` is what visitors have, reversals and recoveries taken off; `due` could be paid now;
    `promised` is the agreed or expected sum of exchanges on their way. `granted` is the budget.
    """

    paid: Counted
    due: Counted
    promised: Counted
    granted: int | None

    @property
    def left(self) -> int | None:
        """What nothing was promised of, in cents; negative if too much was."""
        if self.granted is None:
            return None
        return self.granted - self.paid.value - self.due.value - self.promised.value


def lump_sums(
    facts: FigureFacts,
    payments: Iterable[Booked],
    waiting: Iterable[Missing],
    scope: Scope = EVERYTHING,
) -> LumpSums:
    """Add up the money of the own partnership, or of a part of its work.

    `payments` are all of the document, `waiting` is all that is waited for, at one moment.
    The budget is only told for the whole. An exchange that says on which day it was paid, without
    a payment recorded, counts with its amount.
    """
    due_now = {one.exchange: one.cents or 0 for one in waiting if one.what is What.PAYMENT}
    booked = {id_: money(those).net for id_, those in bookings_of(payments).items()}
    outside: dict[Id, Sentence] = {}
    own, whole = facts.own.id if facts.own else None, scope == EVERYTHING
    paid, due, promised = dict[Id, int](), dict[Id, int](), dict[Id, int]()
    for id_, exchange in facts.exchanges.items():
        if exchange.vop is not None and exchange.vop != own:
            outside[id_] = _NOT_OURS
            continue
        if not whole and (why_not := _outside(exchange, facts, scope)) is not None:
            outside[id_] = why_not
            continue
        amount = exchange.amount_cents
        amount = exchange.entitlement_cents if amount is None else amount
        net = booked.get(id_)
        if net is None and exchange.paid_on is not None:
            net = amount
        if net:
            paid[id_] = net
        if due_now.get(id_):
            due[id_] = due_now[id_]
        elif not net and amount and id_ not in due_now and exchange.status in PIPELINE:
            promised[id_] = amount
    granted = facts.own.fstp_budget_cents if facts.own and whole else None
    return LumpSums(
        _sum(facts, paid, outside, _NOT_PAID),
        _sum(facts, due, outside, _NOT_DUE),
        _sum(facts, promised, outside, _NOT_PROMISED),
        granted,
    )


def _sum(
    facts: FigureFacts, cents: dict[Id, int], outside: Mapping[Id, Sentence], why_not: Sentence
) -> Counted:
    """Count the exchanges that have an amount, and say why the others do not count."""
    left_out = {id_: outside.get(id_, why_not) for id_ in facts.exchanges if id_ not in cents}
    return Counted(tuple(cents), (), left_out.items(), cents)


def _outside(exchange: Countable, facts: FigureFacts, scope: Scope) -> Sentence | None:
    partner, type_ = facts.about(exchange) if scope.is_part else (None, None)
    return scope.leaves_out(partner, exchange.end or exchange.start or exchange.planned_end, type_)
