"""The sheets of the KPI report that divide the exchanges: by partner, month, country, type."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from smartct_desktop.domain.charts import Chart, Drawn, Series
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.domain.records.target import CountingRule
from smartct_desktop.domain.report import Column, Kind, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.breakdowns import by_countries, by_month, by_partner, by_status
from smartct_desktop.services.reports.frame import NOT_KNOWN, label_of
from smartct_desktop.services.reports.kpi_basis import (
    PIPELINE,
    PLAN,
    Basis,
    share,
    share_of_target,
)

_EXCHANGES = CountingRule.EXCH_VALIDATED_VOP
_CALLED_OFF = frozenset({ExchangeStatus.REJ, ExchangeStatus.DECL, ExchangeStatus.CANC})
_NO_PARTNER = Sentence("belongs to no partner")


def partners_table(basis: Basis) -> Table:
    """Divide the exchanges by the partner whose member travels."""
    columns = (
        Column("Partner", width=44),
        Column("Target", Kind.WHOLE, note="The partner's share, as told with the partner."),
        Column("Counted", Kind.WHOLE, total=Total.SUM),
        share_of_target("Counted"),
        replace(PIPELINE, total=Total.SUM),
    )
    rows: list[Row] = []
    for part in by_partner(basis.facts, basis.scope):
        known = basis.partners.get(part.partner) if part.partner else None
        target = known.exchange_target if known else None
        number = len(part.counted)
        name = known.name if known else _NO_PARTNER
        rows.append((name, target, number, share(number, target), len(part.expected)))
    note = "Exchanges, by the partner whose member travels."
    return Table("Partners", columns, rows, note=note, frozen=1)


def hosts_table(basis: Basis) -> Table:
    """Divide the exchanges by the cluster whose member hosts, whoever counts them."""
    columns = (
        Column("Host cluster", width=44),
        Column("Counted", Kind.WHOLE, total=Total.SUM),
        replace(PIPELINE, total=Total.SUM),
        Column(
            "Counted by others",
            Kind.WHOLE,
            total=Total.SUM,
            note="The visitor belongs to another partnership, which counts the exchange.",
        ),
    )
    facts, found = basis.facts, basis.facts.exchanges_counted(basis.scope)
    own = facts.own.id if facts.own else None
    of_others = (
        id_
        for id_, _ in found.left_out
        if (one := facts.exchanges[id_]).vop not in {None, own} and one.status not in _CALLED_OFF
    )
    counted, expected, others = (
        _hosts(basis, ids) for ids in (found.counted, found.pipeline, of_others)
    )
    hosts = {*counted, *expected, *others}
    names = basis.reader.captions("organisation", filter(None, hosts))

    def order(host: Id | None) -> tuple[bool, int, str]:
        return host is None, -counted[host], names[host].casefold() if host else ""

    rows: list[Row] = [
        (names[host] if host else NOT_KNOWN, counted[host], expected[host], others[host])
        for host in sorted(hosts, key=order)
    ]
    note = "Exchanges, by the cluster whose member is the host."
    return Table("Host clusters", columns, rows, note=note, frozen=1)


def _hosts(basis: Basis, ids: Iterable[Id]) -> Counter[Id | None]:
    facts, found = basis.facts, Counter[Id | None]()
    for id_ in ids:
        one = facts.exchanges[id_]
        cluster = one.ho_cluster
        if cluster is None and one.ho is not None:
            cluster = facts.cluster_of(one.ho, one.end or one.start)
        found[cluster] += 1
    return found


def months_table(basis: Basis) -> Table:
    """Divide the exchanges by the month in which the stay ends, beside an even plan."""
    found = by_month(basis.facts, basis.so_far)
    pace = next(line.pace for line in basis.lines if line.achieved.code == _EXCHANGES.value)
    columns = (
        Column("Month", Kind.DAY),
        Column("Counted", Kind.WHOLE, total=Total.SUM),
        Column("So far", Kind.WHOLE),
        PLAN,
        replace(PIPELINE, total=Total.SUM),
    )
    rows: list[Row] = []
    so_far = 0
    for month in found.months:
        so_far += len(month.counted)
        plan = pace.by(_last_of(month.first)) if pace else None
        told = f"{month.first:%m/%Y}"
        rows.append((told, len(month.counted), so_far, plan, len(month.expected)))
    if found.elsewhere:
        counted = frozenset(basis.counted.counted)
        number = len(counted.intersection(found.elsewhere))
        elsewhere = Sentence("without a date or long before or after")
        expected = len(found.elsewhere) - number
        rows.append((elsewhere, number, so_far + number, None, expected))
    note = "Exchanges, by the month in which the stay ends or is planned to end."
    plans = (Series("Plan", Drawn.LINE),) if pace else ()
    chart = Chart(
        "Exchanges by month, and so far",
        "Month",
        (Series("Counted", Drawn.COLUMNS), Series("So far", Drawn.LINE), *plans),
        rows=len(found.months),
        measure="Exchanges",
    )
    return Table("Months", columns, rows, note=note, frozen=1, charts=(chart,))


def countries_table(basis: Basis) -> Table:
    """Give who travels where: the visitors' countries down, those of the stay across."""
    found = by_countries(basis.facts, basis.scope)
    matrix: defaultdict[str | None, Counter[str | None]] = defaultdict(Counter)
    for way in found.ways:
        matrix[way.visitor][way.host] += len(way.exchanges)

    def order(code: str | None) -> tuple[bool, str]:
        return code is None, basis.country(code)

    hosts = sorted({way.host for way in found.ways}, key=order)
    columns = (
        Column("From / to", width=22),
        *(Column(basis.country(host), Kind.WHOLE, total=Total.SUM, shaded=True) for host in hosts),
        Column("All", Kind.WHOLE, total=Total.SUM),
    )
    rows = [
        (
            basis.country(visitor),
            *(matrix[visitor][host] or None for host in hosts),
            matrix[visitor].total(),
        )
        for visitor in sorted(matrix, key=order)
    ]
    note = "All exchanges but those called off, whether they count or not."
    return Table("Countries", columns, rows, note=note, frozen=1)


def status_table(basis: Basis) -> Table:
    """Give all exchanges of the scope by status and mode, whether they count or not."""
    found = by_status(basis.facts, basis.scope)
    modes = list(found[0].by_mode) if found else []
    columns = (
        Column("Status", width=30, code="exchange.status"),
        *(
            Column(label_of(mode) or Sentence("mode not known"), Kind.WHOLE, total=Total.SUM)
            for mode in modes
        ),
        Column("All", Kind.WHOLE, total=Total.SUM),
    )
    rows = [
        (
            label_of(one.status) or NOT_KNOWN,
            *(len(one.by_mode[mode]) or None for mode in modes),
            len(one.exchanges),
        )
        for one in found
    ]
    note = "All exchanges, by their status and whether they are physical or virtual."
    return Table("Status and mode", columns, rows, note=note, frozen=1)


def types_table(basis: Basis) -> Table:
    """Divide the exchanges by the type of the visiting organisation."""
    found = basis.facts.exchanges_counted(basis.scope)
    counted, expected = (_types(basis, ids) for ids in (found.counted, found.pipeline))
    columns = (
        Column("VO type", width=34, code="organisation.type"),
        Column("Counted", Kind.WHOLE, total=Total.SUM),
        replace(PIPELINE, total=Total.SUM),
    )
    types = sorted({*counted, *expected}, key=lambda told: (-counted[told], told or ""))
    rows = [(told or NOT_KNOWN, counted[told], expected[told]) for told in types]
    return Table("Types of visitors", columns, rows)


def _types(basis: Basis, ids: Iterable[Id]) -> Counter[str | None]:
    exchanges = basis.facts.exchanges
    return Counter(label_of(basis.facts.about(exchanges[id_])[1]) for id_ in ids)


def _last_of(first: date) -> date:
    return (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
