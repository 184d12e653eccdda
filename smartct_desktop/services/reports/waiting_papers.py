"""The waiting list: what papers, validations and payments are waited for, a sheet per partner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.programme.papers import Party
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import LATE, day_of, framed, paged
from smartct_desktop.services.stock import Stock
from smartct_desktop.services.waiting import Missing

_OF_HOST = frozenset({Party.HOST, Party.HOST_PARTNERSHIP})
_COLUMNS = (
    Column("No.", code="exchange.number"),
    Column("Visiting organisation", width=30),
    Column("Host organisation", width=30),
    Column("Start", Kind.DAY),
    Column("End", Kind.DAY),
    Column("Missing", width=34),
    Column("From", width=26),
    Column("Waited for since", Kind.DAY),
    Column("Due by", Kind.DAY),
    Column("Days late", Kind.WHOLE, marks=(LATE,)),
    Column("Amount EUR", Kind.MONEY, total=Total.SUM, note="Of payments."),
    Column("Contact", width=26, personal=Personal.NAME),
    Column("E-mail", Kind.LINK, width=30, personal=Personal.ADDRESS),
)


def waiting_papers(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the waiting list (workbook X4) of a day: a sheet for each partner with anything."""
    today = day_of(made_at)
    stock = Stock.read(reader, facts, today)
    names = reader.captions("organisation", stock.facts.partners)
    of: defaultdict[Id | None, list[Missing]] = defaultdict(list)
    for one in stock.waiting.listed(stock.facts):
        if scope.partner in {None, one.partner}:
            of[one.partner].append(one)
    partners: list[Id | None] = [*sorted(filter(None, of), key=lambda id_: names[id_].casefold())]
    partners += [None] if None in of else []
    tables = [
        Table(
            names[partner] if partner else "No partner known",
            _COLUMNS,
            _Rows(reader, made_at, of[partner]),
            frozen=1,
        )
        for partner in partners
    ]
    return framed(
        "Waiting list",
        reader,
        made_at,
        scope,
        own=stock.facts.own,
        tables=tables or [Table("Waiting list", _COLUMNS, [])],
        definitions=(
            Definition(
                "Waiting list",
                "All that matched exchanges wait for which are neither given up nor closed: "
                "papers, validations and payments. Each stands with the partner to ask.",
            ),
            Definition(
                "Contact",
                "Of the visiting organisation, or of the host for what the host has to do.",
            ),
        ),
    )


class _Rows:
    """The rows of one sheet, read as they are written; their number is known before."""

    def __init__(self, reader: Reader, made_at: datetime, waiting: Sequence[Missing]) -> None:
        self._reader = reader
        self._today = day_of(made_at)
        self._waiting = waiting

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[Row]:
        of: defaultdict[Id, list[Missing]] = defaultdict(list)
        for one in self._waiting:
            of[one.exchange].append(one)
        for ids in paged(of):
            exchanges = self._reader.get_many(Exchange, ids)
            those = {o for e in exchanges.values() for o in (e.vo, e.ho) if o}
            organisations = self._reader.get_many(Organisation, those)
            for id_ in ids:
                exchange = exchanges[id_]
                vo = organisations.get(exchange.vo) if exchange.vo else None
                ho = organisations.get(exchange.ho) if exchange.ho else None
                for one in of[id_]:
                    asked = ho if one.parties and _OF_HOST.issuperset(one.parties) else vo
                    yield (
                        exchange.number,
                        vo.name if vo else None,
                        ho.name if ho else None,
                        exchange.start or exchange.planned_start,
                        exchange.end or exchange.planned_end,
                        Sentence(one.what.value),
                        _parties(one.parties),
                        one.since,
                        one.due,
                        (self._today - one.due).days if one.due and one.late(self._today) else None,
                        one.cents,
                        asked.contact if asked else None,
                        asked.contact_email if asked else None,
                    )


def _parties(parties: Sequence[Party]) -> Sentence | None:
    """Name those who have still to sign or send, each still to be said in another language."""
    if not parties:
        return None
    named = {f"party{place}": Sentence(one.value) for place, one in enumerate(parties)}
    return Sentence(", ".join(f"{{{name}}}" for name in named), **named)
