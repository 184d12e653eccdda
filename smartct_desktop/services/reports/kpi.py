"""The KPI report: targets and what was achieved, by partner, month and country, with the records.

Every number comes from `services/figures.py` and `services/breakdowns.py`, as in the window.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Counted
from smartct_desktop.domain.programme.pace import Pace
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.target import CountingRule, Target
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.breakdowns import by_countries, by_month, by_partner
from smartct_desktop.services.figures import Figure, counted_from, targets_on
from smartct_desktop.services.lump_sums import lump_sums
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import NOT_KNOWN, day_of, framed, label_of, paged
from smartct_desktop.services.stock import Stock

_COUNTED, _EXPECTED, _LEFT_OUT = map(Sentence, ("counted", "expected", "not counted"))
_EXCHANGES = CountingRule.EXCH_VALIDATED_VOP

_PIPELINE = Column(
    "Expected", Kind.WHOLE, note="Matched or further, but not yet in a state that counts."
)
_SHARE = Column("% of target", Kind.NUMBER, places=1)
_PLAN = Column("Plan", Kind.WHOLE, note="What an even pace towards the target would have reached.")
_BEHIND = (
    Column("Indicator", width=30),
    Column("Record", width=44),
    Column("Standing"),
    Column("Counts for", Kind.WHOLE),
    Column("Because", width=44),
)
_EXCHANGE_COLUMNS = (
    Column("No.", code="exchange.number"),
    Column("Standing"),
    Column("In the period", Kind.FLAG),
    Column("Because", width=40),
    Column("Status", code="exchange.status"),
    Column("Partner", width=28),
    Column("Visiting organisation", width=32),
    Column("VO type", code="exchange.vo_type"),
    Column("VO country"),
    Column("Host organisation", width=32),
    Column("HO country"),
    Column("Start", Kind.DAY),
    Column("End", Kind.DAY),
)


def kpi(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the KPI report (workbook X3); the reader must stay open until it is written."""
    return _Kpi(reader, facts, made_at, scope).report()


@dataclass(frozen=True, slots=True)
class _Line:
    """One indicator: what is there so far, in the period, and how it stands against its plan."""

    achieved: Figure
    in_period: Figure
    expected: int
    pace: Pace | None


class _Kpi:
    """Builds the sheets; reads what is counted once."""

    def __init__(
        self, reader: Reader, programme: ProgrammeFacts, made_at: datetime, scope: Scope
    ) -> None:
        today = day_of(made_at)
        self._reader = reader
        self._programme = programme
        self._made_at = made_at
        self._scope = scope
        self._whole = replace(scope, since=None, until=None)
        past = scope.until is not None and scope.until < today
        self._so_far = replace(self._whole, until=scope.until) if past else self._whole
        self._until = scope.until if past and scope.until is not None else today
        self._stock = Stock.read(reader, programme, today)
        self._facts = self._stock.facts
        self._targets = targets_on(reader.all(Target), self._facts.own, self._until)
        self._names = reader.captions("organisation", self._facts.partners)
        self._lines = list(self._read_lines())

    def report(self) -> Report:
        """Give all sheets."""
        tables = [
            Table("Summary", self._summary_columns(), list(self._summary()), frozen=1),
            self._by_partner(),
            self._by_month(),
            self._by_countries(),
            self._by_type(),
            self._money(),
            self._exchanges(),
            self._behind(),
        ]
        return framed(
            "KPI report",
            self._reader,
            self._made_at,
            self._scope,
            own=self._facts.own,
            tables=tables,
            definitions=list(self._definitions()),
        )

    def _read_lines(self) -> Iterator[_Line]:
        paces = {f.code: f.pace for f in counted_from(self._facts, self._targets)}
        whole = {f.code: f for f in self._figures(self._whole)}
        within = {f.code: f for f in self._figures(self._scope)}
        for figure in self._figures(self._so_far):
            pace = paces[figure.code] if self._scope.partner is None else None
            code = figure.code
            yield _Line(figure, within[code], whole[code].pipeline, pace)

    def _figures(self, scope: Scope) -> list[Figure]:
        return counted_from(self._facts, self._targets, scope)

    @property
    def _has_period(self) -> bool:
        return self._scope.since is not None or self._scope.until is not None

    def _summary_columns(self) -> tuple[Column, ...]:
        within = (Column("In the period", Kind.WHOLE),) if self._has_period else ()
        achieved = Column("Achieved", Kind.WHOLE, note="From the beginning to the last day told.")
        return (
            Column("Indicator", width=26),
            Column("Target", Kind.WHOLE),
            achieved,
            *within,
            _SHARE,
            Column("Lacking", Kind.WHOLE),
            _PIPELINE,
            _PLAN,
            Column("Standing", width=20),
            Column("Definition", width=48),
        )

    def _summary(self) -> Iterator[Row]:
        for line in self._lines:
            figure = line.achieved
            within = (line.in_period.value,) if self._has_period else ()
            yield (
                figure.name,
                figure.target,
                figure.value,
                *within,
                _share(figure.value, figure.target),
                figure.missing,
                line.expected,
                line.pace.by(self._until) if line.pace else None,
                _standing(figure, line.pace, self._until),
                figure.definition,
            )

    def _by_partner(self) -> Table:
        partners = self._reader.get_many(Organisation, self._facts.partners)
        columns = (
            Column("Partner", width=44),
            Column("Target", Kind.WHOLE, note="The partner's share, as told with the partner."),
            Column("Counted", Kind.WHOLE, total=Total.SUM),
            _SHARE,
            replace(_PIPELINE, total=Total.SUM),
        )
        rows: list[Row] = []
        for part in by_partner(self._facts, self._scope):
            known = partners.get(part.partner) if part.partner else None
            target = known.exchange_target if known else None
            number = len(part.counted)
            name = known.name if known else Sentence("belongs to no partner")
            rows.append((name, target, number, _share(number, target), len(part.expected)))
        note = "Exchanges, by the partner whose member travels."
        return Table("Partners", columns, rows, note=note, frozen=1)

    def _by_month(self) -> Table:
        found = by_month(self._facts, self._so_far)
        pace = next(line.pace for line in self._lines if line.achieved.code == _EXCHANGES.value)
        columns = (
            Column("Month", Kind.DAY),
            Column("Counted", Kind.WHOLE, total=Total.SUM),
            Column("So far", Kind.WHOLE),
            _PLAN,
            replace(_PIPELINE, total=Total.SUM),
        )
        rows: list[Row] = []
        so_far = 0
        for month in found.months:
            so_far += len(month.counted)
            plan = pace.by(_last_of(month.first)) if pace else None
            told = f"{month.first:%m/%Y}"
            rows.append((told, len(month.counted), so_far, plan, len(month.expected)))
        if found.elsewhere:
            counted = frozenset(self._facts.exchanges_counted(self._so_far).counted)
            number = len(counted.intersection(found.elsewhere))
            elsewhere = Sentence("without a date or long before or after")
            expected = len(found.elsewhere) - number
            rows.append((elsewhere, number, so_far + number, None, expected))
        note = "Exchanges, by the month in which the stay ends or is planned to end."
        return Table("Months", columns, rows, note=note, frozen=1)

    def _by_countries(self) -> Table:
        found = by_countries(self._facts, self._scope)
        matrix: defaultdict[str | None, Counter[str | None]] = defaultdict(Counter)
        for way in found.ways:
            matrix[way.visitor][way.host] += len(way.exchanges)
        hosts = sorted({way.host for way in found.ways}, key=self._country_order)
        columns = (
            Column("From / to", width=22),
            *(Column(self._country(host), Kind.WHOLE, total=Total.SUM) for host in hosts),
            Column("All", Kind.WHOLE, total=Total.SUM),
        )
        rows = [
            (
                self._country(visitor),
                *(matrix[visitor][host] or None for host in hosts),
                matrix[visitor].total(),
            )
            for visitor in sorted(matrix, key=self._country_order)
        ]
        note = "All exchanges but those called off, whether they count or not."
        return Table("Countries", columns, rows, note=note, frozen=1)

    def _by_type(self) -> Table:
        found = self._facts.exchanges_counted(self._scope)
        counted, expected = (self._types(ids) for ids in (found.counted, found.pipeline))
        columns = (
            Column("VO type", width=34, code="organisation.type"),
            Column("Counted", Kind.WHOLE, total=Total.SUM),
            replace(_PIPELINE, total=Total.SUM),
        )
        types = sorted({*counted, *expected}, key=lambda told: (-counted[told], told or ""))
        rows = [(told or NOT_KNOWN, counted[told], expected[told]) for told in types]
        return Table("Types of visitors", columns, rows)

    def _types(self, ids: Iterable[Id]) -> Counter[str | None]:
        exchanges = self._facts.exchanges
        return Counter(label_of(self._facts.about(exchanges[id_])[1]) for id_ in ids)

    def _money(self) -> Table:
        waiting = self._stock.waiting.listed(self._facts, self._names)
        payments = self._stock.waiting.payments.values()
        sums = lump_sums(self._facts, payments, waiting, self._scope)
        columns = (
            Column("Lump sums", width=34),
            Column("EUR", Kind.MONEY),
            Column("Exchanges", Kind.WHOLE),
        )
        rows: list[Row] = [
            (Sentence("Paid"), sums.paid.value, len(sums.paid.counted)),
            (Sentence("Due now"), sums.due.value, len(sums.due.counted)),
            (Sentence("Promised"), sums.promised.value, len(sums.promised.counted)),
        ]
        if sums.granted is not None:
            rows.append((Sentence("Budget"), sums.granted, None))
            rows.append((Sentence("Left of the budget"), sums.left, None))
        return Table("Money", columns, rows)

    def _exchanges(self) -> Table:
        columns = tuple(
            column
            for column in _EXCHANGE_COLUMNS
            if self._has_period or column.heading != "In the period"
        )
        found = self._facts.exchanges_counted(self._so_far)
        return Table(
            "Exchanges",
            columns,
            self._exchange_rows(found),
            note="Each exchange once: what counts, what is expected to, and what does not and why.",
            frozen=1,
            expected=len(self._facts.exchanges),
        )

    def _exchange_rows(self, found: Counted) -> Iterator[Row]:
        within = frozenset(self._facts.exchanges_counted(self._scope).counted)
        told: dict[Id, tuple[Sentence, Sentence | None]] = dict(_standings(found))
        for ids in paged(told):
            exchanges = self._reader.get_many(Exchange, ids)
            those = {o for e in exchanges.values() for o in (e.vo, e.ho) if o}
            organisations = self._reader.get_many(Organisation, those)
            for id_ in ids:
                exchange = exchanges[id_]
                standing, because = told[id_]
                in_period = (id_ in within,) if self._has_period else ()
                vo = organisations.get(exchange.vo) if exchange.vo else None
                ho = organisations.get(exchange.ho) if exchange.ho else None
                partner, type_ = self._facts.about(exchange)
                host_country = exchange.ho_country or (ho.country if ho else None)
                yield (
                    exchange.number,
                    standing,
                    *in_period,
                    because,
                    label_of(exchange.status),
                    self._names.get(partner) if partner else None,
                    vo.name if vo else None,
                    label_of(type_),
                    vo.country if vo else None,
                    ho.name if ho else None,
                    host_country,
                    exchange.start or exchange.planned_start,
                    exchange.end or exchange.planned_end,
                )

    def _behind(self) -> Table:
        others = [line.achieved for line in self._lines if line.achieved.kind != "exchange"]
        length = sum(_size(figure.behind) for figure in others)
        rows = (row for figure in others for row in self._behind_rows(figure))
        note = "The records behind the other indicators."
        return Table("Other records", _BEHIND, rows, note=note, frozen=2, expected=length)

    def _behind_rows(self, figure: Figure) -> Iterator[Row]:
        told = dict(_standings(figure.behind))
        for ids in paged(told):
            names: Mapping[Id, str] = self._reader.captions(figure.kind, ids)
            for id_ in ids:
                standing, because = told[id_]
                counts = figure.behind.weights.get(id_, 1) if standing is _COUNTED else None
                yield figure.name, names.get(id_, ""), standing, counts, because

    def _country(self, code: str | None) -> str:
        return self._programme.country_name(code) if code else NOT_KNOWN

    def _country_order(self, code: str | None) -> tuple[bool, str]:
        return code is None, self._country(code)

    def _definitions(self) -> Iterator[Definition]:
        for line in self._lines:
            yield Definition(line.achieved.name, line.achieved.definition)
        yield Definition(
            "Achieved",
            Sentence(
                "All that counts from the beginning on; where the period has ended, until its "
                "last day, so that records without a date are not among it."
            ),
        )
        yield Definition("Plan", Sentence("The same number each day up to the target."))


def _standings(behind: Counted) -> Iterator[tuple[Id, tuple[Sentence, Sentence | None]]]:
    """Give each record with where it stands and why; what counts first."""
    yield from ((id_, (_COUNTED, None)) for id_ in behind.counted)
    yield from ((id_, (_EXPECTED, None)) for id_ in behind.pipeline)
    yield from ((id_, (_LEFT_OUT, because)) for id_, because in behind.left_out)


def _size(behind: Counted) -> int:
    return len(behind.counted) + len(behind.pipeline) + len(behind.left_out)


def _share(value: int, target: int | None) -> Decimal | None:
    return Decimal(value * 100) / target if target else None


def _standing(figure: Figure, pace: Pace | None, day: date) -> Sentence:
    if figure.target is None:
        return Sentence("no target")
    if figure.value >= figure.target:
        return Sentence("reached")
    if pace is None:
        return Sentence("open")
    behind = pace.by(day) - figure.value
    return Sentence("{n} behind the plan", n=behind) if behind > 0 else Sentence("as planned")


def _last_of(first: date) -> date:
    return (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
