"""The awards of lump sums, in the order in which the funder's portal asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Countable
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import NOT_KNOWN, day_of, framed, paged
from smartct_desktop.services.waiting import amount_of

_GIVEN_UP = frozenset({ExchangeStatus.REJ, ExchangeStatus.DECL, ExchangeStatus.CANC})
_AWARDS = (
    Column("Sub-call", width=26),
    Column("PIC", width=12, note="Nine digits; with it the portal fills in the legal data."),
    Column("Organisation", width=40, total=Total.COUNT),
    Column("SME or other", width=14),
    Column("Country", width=20),
    Column("Amount EUR", Kind.MONEY, total=Total.SUM, note="As agreed, otherwise as due."),
    Column("Award date", Kind.DAY, note="When the agreement was signed by the last of the two."),
    Column("No.", code="exchange.number"),
)
_OTHERS = (
    Column("Organisation", width=40),
    Column("Country", width=20),
    Column("Amount EUR", Kind.MONEY, note="As agreed, otherwise as due."),
    Column("No.", code="exchange.number"),
    Column("No award because", width=44),
)


def fstp_awards(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the awards (workbook X6), for a period by the day of the award.

    The reader must stay open until it is written.
    """
    counted = FigureFacts.read(reader, day_of(made_at))
    awards = _Awards(reader, facts, counted, scope)
    return framed(
        "Financial support to third parties",
        reader,
        made_at,
        scope,
        own=counted.own,
        tables=(
            Table(
                "Awards",
                _AWARDS,
                list(awards.rows()),
                note="In the order of the portal's form: sub-call, then each beneficiary.",
                frozen=3,
            ),
            Table("Not awarded", _OTHERS, list(awards.others()), frozen=1),
        ),
        definitions=(
            Definition(
                "Award",
                "A lump sum that the partnership has promised in a signed agreement or has paid; "
                "not for virtual exchanges, and not for those that were given up.",
            ),
            Definition(
                "SME or other",
                "As recorded with the organisation; where nothing is recorded, by its type.",
            ),
        ),
    )


class _Awards:
    """Divides the exchanges that our partnership would pay into awards and others."""

    def __init__(
        self, reader: Reader, programme: ProgrammeFacts, facts: FigureFacts, scope: Scope
    ) -> None:
        self._reader = reader
        self._programme = programme
        self._facts = facts
        self._scope = scope

    def rows(self) -> Iterator[Row]:
        """Give the awards in the order of the names."""
        found = [
            (exchange, vo)
            for exchange, vo in self._each(self._ours())
            if not _no_award(exchange) and self._in_period(_awarded_on(exchange))
        ]
        found.sort(key=_order)
        own = self._facts.own
        for exchange, vo in found:
            yield (
                own.call if own else None,
                vo.pic if vo else None,
                vo.name if vo else NOT_KNOWN,
                _standing(vo),
                self._programme.country_name(vo.country) if vo and vo.country else None,
                amount_of(exchange),
                _awarded_on(exchange),
                exchange.number,
            )

    def others(self) -> Iterator[Row]:
        """Give the exchanges of ours without an award, with the reason."""
        for exchange, vo in self._each(self._ours()):
            why = _no_award(exchange)
            if why is None and not self._in_period(_awarded_on(exchange)):
                why = Sentence("the award is not of this period")
            if why is not None:
                country = vo.country if vo else None
                yield (
                    vo.name if vo else None,
                    self._programme.country_name(country) if country else None,
                    amount_of(exchange),
                    exchange.number,
                    why,
                )

    def _ours(self) -> Iterator[Id]:
        own = self._facts.own.id if self._facts.own else None
        for one in self._facts.exchanges.values():
            if one.vop in {None, own} and self._of_partner(one):
                yield one.id

    def _of_partner(self, one: Countable) -> bool:
        return self._scope.partner in {None, self._facts.about(one)[0]}

    def _each(self, ids: Iterable[Id]) -> Iterator[tuple[Exchange, Organisation | None]]:
        for page in paged(ids):
            exchanges = self._reader.get_many(Exchange, page)
            visitors = {e.vo for e in exchanges.values() if e.vo}
            organisations = self._reader.get_many(Organisation, visitors)
            for id_ in page:
                exchange = exchanges[id_]
                yield exchange, organisations.get(exchange.vo) if exchange.vo else None

    def _in_period(self, day: date | None) -> bool:
        return self._scope.leaves_out_day(day) is None


def _order(both: tuple[Exchange, Organisation | None]) -> tuple[str, date]:
    exchange, vo = both
    return vo.name.casefold() if vo else "", exchange.start or date.max


def _no_award(exchange: Exchange) -> Sentence | None:
    """Say why there is no award; None where there is one."""
    if exchange.mode is Mode.VIRTUAL:
        return Sentence("virtual exchanges have no lump sum")
    if exchange.paid_on is not None:
        return None
    if exchange.status is not None and exchange.status in _GIVEN_UP:
        return Sentence("its status is {status}", status=exchange.status.label)
    if _awarded_on(exchange) is None and not exchange.agreement:
        return Sentence("the agreement is not signed by both")
    return None


def _awarded_on(exchange: Exchange) -> date | None:
    """Give the day of the last signature; of an agreement without them the day it bears."""
    signed = (exchange.agreement_vo_on, exchange.agreement_vop_on)
    if signed[0] and signed[1]:
        return max(signed[0], signed[1])
    return exchange.agreement_on


def _standing(vo: Organisation | None) -> Sentence | None:
    if vo is None:
        return None
    sme = vo.sme
    if sme is None and vo.type is not None:
        sme = vo.type is OrganisationType.SME
    return NOT_KNOWN if sme is None else Sentence("SME") if sme else Sentence("other")
