"""The exchange register: every exchange with its money, its papers and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from smartct_desktop.domain.charts import Mark, Tone
from smartct_desktop.domain.fields import Id, Options
from smartct_desktop.domain.programme.assessment import Assessment
from smartct_desktop.domain.programme.counting import not_counted
from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import CountingStatus, Partnership
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.checking import Checker
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import one_a_line
from smartct_desktop.services.reports.period import ALWAYS, Period
from smartct_desktop.services.reports.told_values import with_days
from smartct_desktop.services.rule_books import RulesInForce, rule_book
from smartct_desktop.services.rules_told import told

_PAGE = 500

COLUMNS = (
    Column("Record id", Kind.ID, code="row.record_id"),
    Column("No.", code="exchange.number"),
    Column("CXC id", code="exchange.cxc_id"),
    Column("Partner's no.", code="exchange.ref"),
    Column("Status", code="exchange.status"),
    Column("Mode", code="exchange.mode"),
    Column("Visiting organisation", width=34, code="exchange.vo"),
    Column("VO type", code="exchange.vo_type"),
    Column("VO country", code="exchange.vo_country"),
    Column("VO cluster", width=28, code="exchange.vo_cluster"),
    Column("VO partnership", code="exchange.vop"),
    Column("Host organisation", width=34, code="exchange.ho"),
    Column("HO type", code="exchange.ho_type"),
    Column("HO country", code="exchange.ho_country"),
    Column("Host city", code="exchange.ho_city"),
    Column("HO cluster", width=28, code="exchange.ho_cluster"),
    Column("HO partnership", code="exchange.hop"),
    Column("Group or event", width=28),
    Column("Start", Kind.DAY, code="exchange.start"),
    Column("End", Kind.DAY, code="exchange.end"),
    Column("Working days", Kind.NUMBER, places=1, total=Total.SUM, code="exchange.working_days"),
    Column("Distance km", Kind.NUMBER, places=1, code="exchange.distance_km"),
    Column("Cap EUR", Kind.MONEY, note="The full lump sum of the country of the stay."),
    Column(
        "Due EUR",
        Kind.MONEY,
        total=Total.SUM,
        note="The cap, halved once for a short stay or a short way; the limits stand in front.",
    ),
    Column("Due because", width=50),
    Column("Agreed EUR", Kind.MONEY, total=Total.SUM, code="exchange.amount_cents"),
    Column("Paid EUR", Kind.MONEY, total=Total.SUM),
    Column("Paid on", Kind.DAY, code="exchange.paid_on"),
    Column("CtQ", Kind.FLAG, note="Commitment to Quality there.", code="exchange.ctq"),
    Column(
        "CtQ VO", Kind.DAY, note="Signed by the visiting organisation.", code="exchange.ctq_vo_on"
    ),
    Column("CtQ HO", Kind.DAY, note="Signed by the host organisation.", code="exchange.ctq_ho_on"),
    Column(
        "CtQ VOP", Kind.DAY, note="Signed by the visitor's partnership.", code="exchange.ctq_vop_on"
    ),
    Column(
        "CtQ HOP", Kind.DAY, note="Signed by the host's partnership.", code="exchange.ctq_hop_on"
    ),
    Column(
        "Agreement",
        Kind.FLAG,
        note="Financial assistance agreement there.",
        code="exchange.agreement",
    ),
    Column("VO report", Kind.FLAG, code="exchange.vo_report"),
    Column("HO report", Kind.FLAG, code="exchange.ho_report"),
    Column(
        "Evidence", Kind.FLAG, note="Evidence that the stay took place.", code="exchange.evidence"
    ),
    Column("Counted", Kind.FLAG),
    Column("Not counted because", width=34),
    Column(
        "Open issues",
        width=100,
        note="Errors and warnings of the programme's rules.",
        marks=(Mark(Tone.WARNING),),
    ),
    Column("Last change", Kind.MOMENT),
)


def exchange_register(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, period: Period = ALWAYS
) -> Report:
    """Build the register (workbook X2) of all exchanges, in the order of their numbers.

    With a period only those are listed whose stay, or planned stay, begins within it. The rows are
    read as the report is written, page by page; the reader must stay open until then.
    """
    own = own_partnership(reader)
    in_force = RulesInForce(facts, own, rule_book(reader, facts))
    days = period.first, period.last
    register = _Register(reader, in_force, own, Checker(facts, lambda: made_at))
    return Report(
        title="Exchange register",
        made_at=made_at,
        partnership=own.acronym if own else "",
        period=str(period),
        tables=(
            Table(
                name="Exchanges",
                columns=COLUMNS,
                rows=register.rows(period),
                frozen=2,
                expected=reader.total("exchange") if period.open else None,
            ),
        ),
        facts=(Definition("Rule set", in_force.on().name),),
        definitions=(
            *_of_period(period),
            Definition(
                "Counted",
                Sentence(
                    "Each exchange once, for the visitor's partnership, from the state “{state}” "
                    "on. One without a visitor's partnership is taken as our own.",
                    state=Sentence(register.counted_from.label),
                ),
            ),
            Definition(
                "Due",
                Sentence(
                    "Half of the cap for fewer than {days} working days at the host or less than "
                    "{km} km, halved once; nothing for virtual exchanges.",
                    days=told(in_force, lambda rules: rules.full_from_days, *days),
                    km=told(in_force, lambda rules: rules.near_km, *days),
                ),
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
    assessed: Mapping[Id, Assessment]


class _Register:
    def __init__(
        self,
        reader: Reader,
        in_force: RulesInForce,
        own: Partnership | None,
        checker: Checker,
    ) -> None:
        self._reader = reader
        self._look = checker.look(reader)
        self._in_force = in_force
        self._own = own.id if own else None
        self.counted_from = (own and own.counted_from) or CountingStatus.VALIDATED

    def rows(self, period: Period) -> Iterator[Row]:
        with closing(self._reader.window(Query("exchange"))) as window:
            for start in range(0, window.count, _PAGE):
                ids = window.ids(start, start + _PAGE)
                found = self._reader.get_many(Exchange, ids)
                exchanges = [e for i in ids if _begins(e := found[i], period)]
                page = self._page(exchanges)
                for exchange in exchanges:
                    yield self._row(exchange, page)

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
            self._look.assess(self._reader, "exchange", [e.id for e in exchanges]),
        )

    def _row(self, exchange: Exchange, page: _Page) -> Row:
        vo = page.organisations.get(exchange.vo) if exchange.vo else None
        ho = page.organisations.get(exchange.ho) if exchange.ho else None
        country = exchange.ho_country or (ho.country if ho else None)
        cap = self._in_force.cap(country, exchange.start)
        assessed = page.assessed[exchange.id]
        exchange = exchange.replace(**assessed.values)  # whatever the document keeps of it
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
            exchange.entitlement_cents,
            exchange.entitlement_note,
            exchange.amount_cents,
            exchange.paid_cents,
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
            _issues(assessed.findings),
            page.changed.get(exchange.id),
        )


def _begins(exchange: Exchange, period: Period) -> bool:
    """Whether the stay begins within the period; the planned one while there is no other."""
    return (exchange.start or exchange.planned_start) in period


def _of_period(period: Period) -> Iterable[Definition]:
    if not period.open:
        yield Definition(
            "In the period",
            "Exchanges whose stay, or planned stay, begins within it; those without a date are "
            "left out.",
        )


def _issues(findings: Sequence[Finding]) -> str | None:
    """Say what is wrong or doubtful; for information only is no issue."""
    issues = [f for f in findings if f.severity is not Severity.INFO]
    told = [Sentence("{code}: {issue}", code=f.code, issue=with_days(f.sentence)) for f in issues]
    return one_a_line(told) if told else None


def _label(option: Options | None) -> str | None:
    return option.label if option else None


def _name(organisations: Mapping[Id, Organisation], id_: Id | None) -> str | None:
    return organisations[id_].name if id_ and id_ in organisations else None


def _acronym(partnerships: Mapping[Id, Partnership], id_: Id | None) -> str | None:
    return partnerships[id_].acronym if id_ and id_ in partnerships else None
