"""What must be given for some rules on exchanges to have anything to say.

Most exchanges have no day log, one visit of their visitor, no payment: the rules that look at those
need not be asked. That spares a good part of the time of a look at everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from operator import attrgetter
from typing import Any

from smartct_desktop.domain.programme.exchange_case import ExchangeCase
from smartct_desktop.domain.programme.rule import Rule
from smartct_desktop.domain.records.exchange import Mode


class Premise(Enum):
    """Something that an exchange has or has not, in the order in which `given` tells it."""

    TRAVEL = "somebody travels"
    ONLINE = "nobody travels"
    AMOUNT = "an amount is agreed"
    MONEY = "an amount is agreed, or payments are recorded"
    PAYMENTS = "payments are recorded"
    PAID = "money went to the visitor"
    LOG = "there is a day log"
    SIGNERS = "it is known who signed"
    SIGNED = "days of signatures are known"
    SEVERAL = "the visitor has other exchanges"
    AGAIN = "another exchange may be the same one"
    DOUBLES = "the visitor may be the same as another organisation"
    PHOTOS = "photos are attached"

    __hash__ = object.__hash__


_signatures = attrgetter(
    *("ctq_vo_on", "ctq_ho_on", "ctq_vop_on", "ctq_hop_on", "ctq_on"),
    *("agreement_vo_on", "agreement_vop_on", "agreement_on"),
)


def given(case: ExchangeCase) -> tuple[bool, ...]:
    """Say of each premise whether the case has it."""
    stay, payments, visits, around = case.stay, bool(case.payments), case.visits, case.around
    travel, amount = stay.mode is not Mode.VIRTUAL, stay.amount_cents is not None
    return (
        travel,
        not travel,
        amount,
        amount or payments,
        payments,
        stay.paid,
        bool(case.days),
        bool(around.signers),
        any(_signatures(case.exchange)),
        visits.several,
        visits.twice or bool(around.same_tool_id),
        bool(case.doubles),
        case.photos[0] > 0,
    )


class Questions:
    """Rules on one kind of records, and which of them a case is to be asked about."""

    def __init__(self, rules: Iterable[Rule[Any]]) -> None:
        self._all = tuple(rules)
        self._known: dict[tuple[bool, ...], Sequence[Rule[Any]]] = {}

    def on(self, case: object) -> Sequence[Rule[Any]]:
        """Give the rules that may have something to say of it."""
        if not isinstance(case, ExchangeCase):
            return self._all
        has = given(case)
        found = self._known.get(has)
        if found is None:
            lacking = {premise for premise, holds in zip(Premise, has, strict=True) if not holds}
            found = tuple(rule for rule in self._all if not lacking & rule.premises)
            self._known[has] = found
        return found
