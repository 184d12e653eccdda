"""The facts about one stay that can be judged alone, of a stored exchange or a row of a file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.records.exchange import ExchangeStatus, Mode
from smartct_desktop.domain.sentence import Sentence

GIVEN_UP = frozenset(
    {ExchangeStatus.REJ, ExchangeStatus.DECL, ExchangeStatus.CANC, ExchangeStatus.NVAL}
)
"""States in which nothing more is expected of an exchange."""

_PAID = frozenset({ExchangeStatus.PAID, ExchangeStatus.CLOSED})


@dataclass(slots=True, unsafe_hash=True)
class Stay:  # not frozen: a look makes one of each exchange, and freezing makes that thrice as dear
    """What the rules look at. `None`: not known; a paper of which nothing is known is no fault.

    Amounts are euro cents; `cap_cents` is the full lump sum of the host country, `because` explains
    `entitlement_cents`, `paid_cents` is what the visitor has. `report_validated` is only
    known of exchanges that say so themselves.
    """

    vo_country: str | None = None
    ho_country: str | None = None
    mode: Mode | None = None
    status: ExchangeStatus | None = None
    working_days: Decimal | None = None
    distance_km: Decimal | None = None
    amount_cents: int | None = None
    entitlement_cents: int | None = None
    because: Sentence | None = None
    cap_cents: int | None = None
    paid_cents: int | None = None
    money_sent: bool = False
    agreement: bool | None = None
    vo_report: bool | None = None
    evidence: bool | None = None
    report_validated: bool | None = None

    @property
    def paid(self) -> bool:
        """Whether money has gone to the visitor."""
        return self.money_sent or (self.status in _PAID and bool(self.amount_cents))

    @property
    def physical(self) -> bool:
        """Whether the visitor travelled."""
        return self.mode is not Mode.VIRTUAL


@dataclass(slots=True)
class StayCase:
    """A stay and the values of the call that hold for it."""

    stay: Stay
    rules: RuleSet
