"""The sheets of the KPI report that list records: each once, with where it stands and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smartct_desktop.domain.charts import Mark, Tone
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Counted
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.report import Column, Kind, Row, Table
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figures import Figure
from smartct_desktop.services.reports.frame import label_of, paged
from smartct_desktop.services.reports.kpi_basis import Basis
from smartct_desktop.services.reports.sme_list import smes_counted

_COUNTED, _EXPECTED, _LEFT_OUT = map(Sentence, ("counted", "expected", "not counted"))
_BEHIND = (
    Column("Indicator", width=30),
    Column("Record", width=44),
    Column("Standing"),
    Column("Counts for", Kind.WHOLE),
    Column("Because", width=44),
)
_STANDING = Column("Standing", marks=(Mark(Tone.GOOD, text=_COUNTED),))
_EXCHANGE_COLUMNS = (
    Column("No.", code="exchange.number"),
    _STANDING,
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
_IN_PERIOD = 2


def record_tables(basis: Basis) -> Iterator[Table]:
    """Give the exchanges, those that do not count, the SMEs, and what is behind the others."""
    found = basis.counted
    yield Table(
        "Exchanges",
        _columns(basis),
        _exchanges(basis, dict(_standings(found))),
        note="Each exchange once: what counts, what is expected to, and what does not and why.",
        frozen=1,
        expected=len(basis.facts.exchanges),
    )
    left_out = {id_: (_LEFT_OUT, because) for id_, because in found.left_out}
    yield Table(
        "Not counted",
        _columns(basis),
        _exchanges(basis, left_out),
        note="The exchanges that do not count, with the reason.",
        frozen=1,
        expected=len(left_out),
    )
    yield smes_counted(basis.reader, basis.programme, basis.facts, basis.so_far)
    yield _behind(basis)


def _columns(basis: Basis) -> tuple[Column, ...]:
    if basis.has_period:
        return _EXCHANGE_COLUMNS
    return (*_EXCHANGE_COLUMNS[:_IN_PERIOD], *_EXCHANGE_COLUMNS[_IN_PERIOD + 1 :])


def _exchanges(basis: Basis, told: Mapping[Id, tuple[Sentence, Sentence | None]]) -> Iterator[Row]:
    reader, facts = basis.reader, basis.facts
    within = frozenset(facts.exchanges_counted(basis.scope).counted)
    for ids in paged(told):
        exchanges = reader.get_many(Exchange, ids)
        those = {o for e in exchanges.values() for o in (e.vo, e.ho) if o}
        organisations = reader.get_many(Organisation, those)
        for id_ in ids:
            exchange = exchanges[id_]
            standing, because = told[id_]
            in_period = (id_ in within,) if basis.has_period else ()
            vo = organisations.get(exchange.vo) if exchange.vo else None
            ho = organisations.get(exchange.ho) if exchange.ho else None
            partner, type_ = facts.about(facts.exchanges[id_])
            yield (
                exchange.number,
                standing,
                *in_period,
                because,
                Sentence(exchange.status.label) if exchange.status else None,
                basis.names.get(partner) if partner else None,
                vo.name if vo else None,
                label_of(type_),
                vo.country if vo else None,
                ho.name if ho else None,
                exchange.ho_country or (ho.country if ho else None),
                exchange.start or exchange.planned_start,
                exchange.end or exchange.planned_end,
            )


def _behind(basis: Basis) -> Table:
    others = [line.achieved for line in basis.lines if line.achieved.kind != "exchange"]
    length = sum(_size(figure.behind) for figure in others)
    rows = (row for figure in others for row in _behind_rows(basis, figure))
    note = "The records behind the other indicators."
    return Table("Other records", _BEHIND, rows, note=note, frozen=2, expected=length)


def _behind_rows(basis: Basis, figure: Figure) -> Iterator[Row]:
    told = dict(_standings(figure.behind))
    for ids in paged(told):
        names: Mapping[Id, str] = basis.reader.captions(figure.kind, ids)
        for id_ in ids:
            standing, because = told[id_]
            counts = figure.behind.weights.get(id_, 1) if standing is _COUNTED else None
            yield figure.name, names.get(id_, ""), standing, counts, because


def _standings(behind: Counted) -> Iterator[tuple[Id, tuple[Sentence, Sentence | None]]]:
    """Give each record with where it stands and why; what counts first."""
    yield from ((id_, (_COUNTED, None)) for id_ in behind.counted)
    yield from ((id_, (_EXPECTED, None)) for id_ in behind.pipeline)
    yield from ((id_, (_LEFT_OUT, because)) for id_, because in behind.left_out)


def _size(behind: Counted) -> int:
    return len(behind.counted) + len(behind.pipeline) + len(behind.left_out)
