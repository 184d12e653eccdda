"""Rules that look at one exchange, and at the countries of its two organisations, alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.records.exchange import ExchangeStatus, Mode
from smartct_desktop.domain.sentence import Sentence

GIVEN_UP = frozenset(
    {ExchangeStatus.REJ, ExchangeStatus.DECL, ExchangeStatus.CANC, ExchangeStatus.NVAL}
)
"""States in which nothing more is expected of an exchange."""

_PAID = frozenset({ExchangeStatus.PAID, ExchangeStatus.CLOSED})


@dataclass(frozen=True, slots=True)
class Stay:
    """What the rules look at. `None`: not known; a paper of which nothing is known is no fault.

    Amounts are euro cents; `cap_cents` is the full lump sum of the host country.
    """

    vo_country: str | None = None
    ho_country: str | None = None
    mode: Mode | None = None
    status: ExchangeStatus | None = None
    working_days: Decimal | None = None
    distance_km: Decimal | None = None
    amount_cents: int | None = None
    entitlement_cents: int | None = None
    cap_cents: int | None = None
    money_sent: bool = False
    agreement: bool | None = None
    vo_report: bool | None = None
    evidence: bool | None = None

    @property
    def paid(self) -> bool:
        """Whether money has gone to the visitor."""
        return self.money_sent or (self.status in _PAID and bool(self.amount_cents))

    @property
    def physical(self) -> bool:
        """Whether the visitor travelled."""
        return self.mode is not Mode.VIRTUAL


Rule: TypeAlias = Callable[[Stay, RuleSet], Iterator[Finding]]
"""A rule gives its findings on one stay; none where a fact it needs is not known."""


def findings(stay: Stay, rules: RuleSet) -> Iterator[Finding]:
    """Give the findings of all rules on one stay."""
    if stay.status not in GIVEN_UP:
        for rule in RULES:
            yield from rule(stay, rules)


def _abroad(stay: Stay, rules: RuleSet) -> Iterator[Finding]:  # noqa: ARG001 (a rule)
    """Visitor and host are in different countries (ABOUT, HOW)."""
    if stay.vo_country and stay.vo_country == stay.ho_country:
        sentence = Sentence(
            "Visitor and host are in the same country ({country}); an exchange leads abroad.",
            country=stay.ho_country,
        )
        yield Finding("ELG-03", Severity.ERROR, sentence, "ho_country")


def _long_enough(stay: Stay, rules: RuleSet) -> Iterator[Finding]:
    """A physical stay has the least number of working days (ABOUT)."""
    days = stay.working_days
    if stay.physical and days is not None and days < rules.min_working_days:
        sentence = Sentence(
            "The stay has {days} working days; at least {least} are needed.",
            days=f"{days.normalize():f}",
            least=rules.min_working_days,
        )
        yield Finding("DUR-02", Severity.ERROR, sentence, "working_days")


def _full_sum(stay: Stay, rules: RuleSet) -> Iterator[Finding]:
    """The full lump sum is for long stays far away (ABOUT)."""
    if not stay.cap_cents or stay.amount_cents != stay.cap_cents:
        return
    if stay.working_days is not None and stay.working_days < rules.full_from_days:
        sentence = Sentence(
            "The full lump sum is agreed, but a stay of fewer than {days} working days gets half.",
            days=rules.full_from_days,
        )
        yield Finding("AMT-03", Severity.ERROR, sentence, "amount_cents")
    elif stay.distance_km is not None and stay.distance_km < rules.near_km:
        sentence = Sentence(
            "The full lump sum is agreed, but a host nearer than {km} km gives half.",
            km=rules.near_km,
        )
        yield Finding("AMT-04", Severity.ERROR, sentence, "amount_cents")


def _not_too_much(stay: Stay, rules: RuleSet) -> Iterator[Finding]:  # noqa: ARG001 (a rule)
    """No more is agreed than the visitor is entitled to (ABOUT)."""
    agreed, due = stay.amount_cents, stay.entitlement_cents
    if agreed is not None and due is not None and stay.physical and agreed > due:
        sentence = Sentence(
            "{agreed} € are agreed, {due} € are due.", agreed=agreed / 100, due=due / 100
        )
        yield Finding("AMT-02", Severity.ERROR, sentence, "amount_cents")


def _virtual_unpaid(stay: Stay, rules: RuleSet) -> Iterator[Finding]:  # noqa: ARG001 (a rule)
    """Virtual exchanges carry no money (SPI)."""
    if not stay.physical and stay.amount_cents:
        sentence = Sentence("A virtual exchange has no lump sum.")
        yield Finding("DUR-10", Severity.ERROR, sentence, "amount_cents")


def _papers_before_payment(stay: Stay, rules: RuleSet) -> Iterator[Finding]:  # noqa: ARG001 (a rule)
    """Money is paid once report, evidence and agreement are there (CLAM-F, FAQ-B)."""
    if not stay.paid:
        return
    for there, code, field, sentence in (
        (stay.vo_report, "PAY-01", "vo_report", Sentence("Paid, but the report is missing.")),
        (stay.evidence, "PAY-02", "evidence", Sentence("Paid, but there is no proof of the stay.")),
        (stay.agreement, "PAY-03", "agreement", Sentence("Paid, but the agreement is missing.")),
    ):
        if there is False and (stay.physical or field != "agreement"):
            yield Finding(code, Severity.ERROR, sentence, field)


def _papers(stay: Stay, rules: RuleSet) -> Iterator[Finding]:  # noqa: ARG001 (a rule)
    """The agreement and the visitor's report are there (CLAM-F)."""
    if stay.agreement is False and stay.physical:
        sentence = Sentence("The agreement with the visitor is missing.")
        yield Finding("DOC-02", Severity.ERROR, sentence, "agreement")
    if stay.vo_report is False:
        severity = Severity.ERROR if stay.paid else Severity.WARNING
        yield Finding("DOC-06", severity, Sentence("The visitor's report is missing."), "vo_report")


RULES: tuple[Rule, ...] = (
    _abroad,
    _long_enough,
    _full_sum,
    _not_too_much,
    _virtual_unpaid,
    _papers_before_payment,
    _papers,
)
