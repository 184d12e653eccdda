"""The exchange register: every exchange with its money, its papers and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from smartct_desktop.domain.fields import Id, Options
from smartct_desktop.domain.programme.amount import Entitlement, entitlement
from smartct_desktop.domain.programme.counting import not_counted
from smartct_desktop.domain.programme.facts import RuleSet
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import CountingStatus, Partnership
from smartct_desktop.domain.records.payment import Payment, PaymentKind
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.checking import Checker
from smartct_desktop.services.figures import own_partnership
from smartct_desktop.services.programme import ProgrammeFacts

_PAGE = 500
_CALLED_OFF = (ExchangeStatus.REJ, ExchangeStatus.DECL, ExchangeStatus.CANC)

COLUMNS = (
    Column("Record id", Kind.ID),
    Column("No."),
    Column("CXC id"),
    Column("Partner's no."),
    Column("Status"),
    Column("Mode"),
    Column("Visiting organisation", width=34),
    Column("VO type"),
    Column("VO country"),
    Column("VO cluster", width=28),
    Column("VO partnership"),
    Column("Host organisation", width=34),
    Column("HO type"),
    Column("HO country"),
    Column("Host city"),
    Column("HO cluster", width=28),
    Column("HO partnership"),
    Column("Group or event", width=28),
    Column("Start", Kind.DAY),
    Column("End", Kind.DAY),
    Column("Working days", Kind.NUMBER, places=1, total=Total.SUM),
    Column("Distance km", Kind.NUMBER, places=1),
    Column("Cap EUR", Kind.MONEY, note="The full lump sum of the country of the stay."),
    Column(
        "Due EUR",
        Kind.MONEY,
        total=Total.SUM,
        note="The cap, halved once for a stay under five working days or under 200 km.",
    ),
    Column("Due because", width=50),
    Column("Agreed EUR", Kind.MONEY, total=Total.SUM),
    Column("Paid EUR", Kind.MONEY, total=Total.SUM),
    Column("Paid on", Kind.DAY),
    Column("CtQ", Kind.FLAG, note="Commitment to Quality there."),
    Column("CtQ VO", Kind.DAY, note="Signed by the visiting organisation."),
    Column("CtQ HO", Kind.DAY, note="Signed by the host organisation."),
    Column("CtQ VOP", Kind.DAY, note="Signed by the visitor's partnership."),
    Column("CtQ HOP", Kind.DAY, note="Signed by the host's partnership."),
    Column("Agreement", Kind.FLAG, note="Financial assistance agreement there."),
    Column("VO report", Kind.FLAG),
    Column("HO report", Kind.FLAG),
    Column("Evidence", Kind.FLAG, note="Evidence that the stay took place."),
    Column("Counted", Kind.FLAG),
    Column("Not counted because", width=34),
    Column("Open issues", width=60, note="Errors and warnings of the programme's rules."),
    Column("Last change", Kind.MOMENT),
)


def exchange_register(reader: Reader, facts: ProgrammeFacts, made_at: datetime) -> Report:
    """Build the register (workbook X2) of all exchanges, in the order of their numbers.

    The rows are read as the report is written, page by page; the reader must stay open until then.
    """
    own = own_partnership(reader)
    rules = facts.rule_set((own and own.rule_set) or "G1")
    register = _Register(reader, facts, own, rules, Checker(facts, lambda: made_at))
    return Report(
        title="Exchange register",
        made_at=made_at,
        partnership=own.acronym if own else "",
        tables=(
            Table(
                name="Exchanges",
                columns=COLUMNS,
                rows=register.rows(),
                frozen=2,
                expected=reader.total("exchange"),
            ),
        ),
        facts=(Definition("Rule set", rules.name),),
        definitions=(
            Definition(
                "Counted",
                "Each exchange once, for the visitor's partnership, from the state "
                f"“{register.counted_from.label}” on. One without a visitor's partnership is "
                "taken as our own.",
            ),
            Definition(
                "Due",
                f"Half of the cap for fewer than {rules.full_from_days} working days at the host "
                f"or less than {rules.near_km:g} km, halved once; nothing for virtual exchanges.",
            ),
            Definition(
                "Paid",
                "Payments less reversals and recoveries; where no payment is recorded, the agreed "
                "amount of an exchange that has a date of payment.",
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What the exchanges of one page refer to."""

    organisations: Mapping[Id, Organisation]
    partnerships: Mapping[Id, Partnership]
    events: Mapping[Id, Event]
    changed: Mapping[Id, datetime]
    findings: Mapping[Id, Sequence[Finding]]


class _Register:
    def __init__(
        self,
        reader: Reader,
        facts: ProgrammeFacts,
        own: Partnership | None,
        rules: RuleSet,
        checker: Checker,
    ) -> None:
        self._reader = reader
        self._checker = checker
        self._facts = facts
        self._own = own.id if own else None
        self._rules = rules
        self.counted_from = (own and own.counted_from) or CountingStatus.VALIDATED
        self._paid = _paid(reader.all(Payment))

    def rows(self) -> Iterator[Row]:
        with closing(self._reader.window(Query("exchange"))) as window:
            for start in range(0, window.count, _PAGE):
                ids = window.ids(start, start + _PAGE)
                exchanges = self._reader.get_many(Exchange, ids)
                page = self._page(list(exchanges.values()))
                for id_ in ids:
                    yield self._row(exchanges[id_], page)

    def _page(self, exchanges: list[Exchange]) -> _Page:
        organisations = {
            id_ for e in exchanges for id_ in (e.vo, e.ho, e.vo_cluster, e.ho_cluster) if id_
        }
        partnerships = {id_ for e in exchanges for id_ in (e.vop, e.hop) if id_}
        events = {e.event for e in exchanges if e.event}
        return _Page(
            self._reader.get_many(Organisation, organisations),
            self._reader.get_many(Partnership, partnerships),
            self._reader.get_many(Event, events),
            self._reader.last_changes("exchange", [e.id for e in exchanges]),
            self._checker.examine(self._reader, "exchange", [e.id for e in exchanges]),
        )

    def _row(self, exchange: Exchange, page: _Page) -> Row:
        vo = page.organisations.get(exchange.vo) if exchange.vo else None
        ho = page.organisations.get(exchange.ho) if exchange.ho else None
        country = exchange.ho_country or (ho.country if ho else None)
        cap = self._facts.cap_cents(country, exchange.start) if country else None
        due = self._due(exchange, country, cap)
        why_not = not_counted(exchange, self._own, self.counted_from)
        event = page.events.get(exchange.event) if exchange.event else None
        return (
            exchange.id,
            exchange.number,
            exchange.cxc_id,
            exchange.ref,
            _label(exchange.status),
            _label(exchange.mode),
            vo.name if vo else None,
            _label(vo.type) if vo else None,
            vo.country if vo else None,
            _name(page.organisations, exchange.vo_cluster),
            _acronym(page.partnerships, exchange.vop),
            ho.name if ho else None,
            _label(ho.type) if ho else None,
            country,
            exchange.ho_city,
            _name(page.organisations, exchange.ho_cluster),
            _acronym(page.partnerships, exchange.hop),
            event.title if event else exchange.group,
            exchange.start,
            exchange.end,
            exchange.working_days,
            exchange.distance_km,
            cap,
            due.cents,
            due.because,
            exchange.amount_cents,
            self._paid_cents(exchange),
            exchange.paid_on,
            exchange.ctq,
            exchange.ctq_vo_on,
            exchange.ctq_ho_on,
            exchange.ctq_vop_on,
            exchange.ctq_hop_on,
            exchange.agreement,
            exchange.vo_report,
            exchange.ho_report,
            exchange.evidence,
            why_not is None,
            why_not,
            _issues(page.findings.get(exchange.id, ())),
            page.changed.get(exchange.id),
        )

    def _due(self, exchange: Exchange, country: str | None, cap: int | None) -> Entitlement:
        if exchange.status in _CALLED_OFF:
            return Entitlement(0, Sentence("nothing: {status}", status=exchange.status.label))
        virtual = exchange.mode is Mode.VIRTUAL
        days, least = exchange.working_days, self._rules.min_working_days
        if not virtual and days is not None and days < least:
            return Entitlement(None, Sentence("fewer than {least} working days", least=least))
        return entitlement(
            virtual=virtual,
            host_country=country,
            cap_cents=cap,
            working_days=days,
            distance_km=exchange.distance_km,
            full_from_days=self._rules.full_from_days,
            near_km=self._rules.near_km,
        )

    def _paid_cents(self, exchange: Exchange) -> int | None:
        if exchange.id in self._paid:
            return self._paid[exchange.id]
        return exchange.amount_cents if exchange.paid_on else None


def _paid(payments: Iterable[Payment]) -> dict[Id, int]:
    """Add up what was paid for each exchange, less what came back, in cents."""
    sums: dict[Id, int] = {}
    for payment in payments:
        if payment.exchange and payment.amount_cents is not None:
            back = payment.payment_kind in (PaymentKind.REVERSAL, PaymentKind.RECOVERY)
            cents = -payment.amount_cents if back else payment.amount_cents
            sums[payment.exchange] = sums.get(payment.exchange, 0) + cents
    return sums


def _issues(findings: Sequence[Finding]) -> str | None:
    """Say what is wrong or doubtful; for information only is no issue."""
    issues = [f for f in findings if f.severity is not Severity.INFO]
    return "\n".join(f"{f.code}: {f.sentence}" for f in issues) or None


def _label(option: Options | None) -> str | None:
    return option.label if option else None


def _name(organisations: Mapping[Id, Organisation], id_: Id | None) -> str | None:
    return organisations[id_].name if id_ and id_ in organisations else None


def _acronym(partnerships: Mapping[Id, Partnership], id_: Id | None) -> str | None:
    return partnerships[id_].acronym if id_ and id_ in partnerships else None
