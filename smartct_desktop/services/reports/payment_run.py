"""The payment run: which lump sums can be paid now and until when, which not yet and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.programme.papers import Party
from smartct_desktop.domain.programme.payments import PaymentState, masked_iban
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.report import Column, Definition, Kind, Report, Row, Table, Total
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.checking import Checker
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.frame import (
    LATE,
    day_of,
    framed,
    one_a_line,
    paged,
)
from smartct_desktop.services.stock import Stock
from smartct_desktop.services.waiting import Missing, What, amount_of, bookings_of, payable

_BEFORE_MATCH = frozenset(
    {ExchangeStatus.DRAFT, ExchangeStatus.REG, ExchangeStatus.PVAL, ExchangeStatus.MPROP}
)
_OF_HOST = frozenset({Party.HOST, Party.HOST_PARTNERSHIP})
_MOST_SEEN = 8  # signs of an account number
_NOBODY: tuple[str | None, str | None] = (None, None)

_WHO = (
    Column("No.", code="exchange.number"),
    Column("Partner", width=22),
    Column("Visiting organisation", width=26),
    Column("VO country"),
    Column("HO country"),
    Column("Start", Kind.DAY),
    Column("End", Kind.DAY),
)
_NOW = (
    *_WHO,
    Column(
        "Payee", width=26, note="The account's name on an earlier payment, otherwise the visitor."
    ),
    Column(
        "IBAN",
        note="Masked; from an earlier payment to the same organisation.",
        personal=Personal.ACCOUNT,
    ),
    Column("Amount EUR", Kind.MONEY, total=Total.SUM, note="As agreed, otherwise as due."),
    Column("Due because", width=34),
    Column("Report validated on", Kind.DAY),
    Column("Evidence on", Kind.DAY),
    Column("Payable since", Kind.DAY),
    Column("To be paid by", Kind.DAY),
    Column("Days late", Kind.WHOLE, marks=(LATE,)),
)
_NOT_YET = (
    *_WHO,
    Column("Status", code="exchange.status"),
    Column("Amount EUR", Kind.MONEY, total=Total.SUM, note="As agreed, otherwise as due."),
    Column("Not yet because", width=48, note="One reason a line."),
)


def payment_run(
    reader: Reader, facts: ProgrammeFacts, made_at: datetime, scope: Scope = EVERYTHING
) -> Report:
    """Build the payment run (workbook X5) of a day, for all partners or one."""
    run = _Run(reader, facts, made_at, scope)
    late = [one for one in run.due if one.late(run.today)]
    in_time = [one for one in run.due if not one.late(run.today)]
    closing = (Sentence("Prepared by"), Sentence("Approved by"))
    return framed(
        "Payment run",
        reader,
        made_at,
        scope,
        own=run.stock.facts.own,
        tables=(
            Table("Payable now", _NOW, list(run.payable(in_time)), frozen=1, closing=closing),
            Table("Overdue", _NOW, list(run.payable(late)), frozen=1, closing=closing),
            Table("Not yet", _NOT_YET, list(run.not_yet()), frozen=1),
        ),
        definitions=(
            Definition(
                "Payable now",
                "The stay is over, the agreement signed, the visitor's report validated and "
                "evidence of the stay there; nothing was paid yet.",
            ),
            Definition("Overdue", "Payable, and the time to pay has passed."),
            Definition(
                "Not yet",
                "Matched exchanges that the partnership will pay, with all that is still missing.",
            ),
        ),
    )


class _Run:
    """What is payable on a day; the same list as on the Overview."""

    def __init__(
        self, reader: Reader, programme: ProgrammeFacts, made_at: datetime, scope: Scope
    ) -> None:
        self.today = day_of(made_at)
        self.stock = Stock.read(reader, programme, self.today)
        self._reader = reader
        self._partner = scope.partner
        self._look = Checker(programme, lambda: made_at).look(reader)
        facts = self.stock.facts
        self._names = reader.captions("organisation", facts.partners)
        listed = self.stock.waiting.listed(facts)
        payments = [one for one in listed if one.what is What.PAYMENT]
        self._asked = {one.exchange: one.partner for one in listed if not _is_of_host(one)}
        self._payable = frozenset(one.exchange for one in payments)
        self.due = [one for one in payments if scope.partner in {None, one.partner}]

    def payable(self, due: Sequence[Missing]) -> Iterator[Row]:
        """Give a row for each of these payments, in their order."""
        partner_of = {one.exchange: one for one in due}
        for ids in paged(partner_of):
            exchanges = self._reader.get_many(Exchange, ids)
            organisations = self._organisations(exchanges.values())
            accounts = self._accounts([e.vo for e in exchanges.values() if e.vo])
            assessed = self._look.assess(self._reader, "exchange", ids)
            for id_ in ids:
                exchange, one = exchanges[id_], partner_of[id_]
                vo = organisations.get(exchange.vo) if exchange.vo else None
                payee, iban = accounts.get(exchange.vo, _NOBODY) if exchange.vo else _NOBODY
                yield (
                    *self._who(exchange, one.partner, organisations),
                    payee or ((vo.legal_name or vo.name) if vo else None),
                    iban,
                    one.cents,
                    exchange.replace(**assessed[id_].values).entitlement_note,
                    exchange.vo_report_validated_on,
                    exchange.evidence_on,
                    one.since,
                    one.due,
                    (self.today - one.due).days if one.due and one.late(self.today) else None,
                )

    def not_yet(self) -> Iterator[Row]:
        """Give a row for each matched exchange that will be paid, and what it still lacks."""
        facts, waiting = self.stock.facts, self.stock.waiting
        own = facts.own.id if facts.own else None
        bookings = bookings_of(waiting.payments.values())
        candidates = (
            one.id
            for one in facts.exchanges.values()
            if one.status not in _BEFORE_MATCH
            and one.vop in {None, own}
            and one.id not in self._payable
            and self._partner in {None, self._partner_of(one.id)}
        )
        for ids in paged(candidates):
            exchanges = self._reader.get_many(Exchange, ids)
            organisations = self._organisations(exchanges.values())
            for id_ in ids:
                exchange = exchanges[id_]
                rules = waiting.in_force.on(exchange.start)
                found = payable(exchange, tuple(bookings.get(id_, ())), rules, self.today)
                if found.state is PaymentState.NOT_YET:
                    yield (
                        *self._who(exchange, self._partner_of(id_), organisations),
                        Sentence(exchange.status.label) if exchange.status else None,
                        amount_of(exchange),
                        one_a_line(found.because),
                    )

    def _partner_of(self, id_: Id) -> Id | None:
        if id_ in self._asked:
            return self._asked[id_]
        facts = self.stock.facts
        partner, _ = facts.about(facts.exchanges[id_])
        return partner if partner in facts.partners else None

    def _who(
        self, exchange: Exchange, partner: Id | None, organisations: Mapping[Id, Organisation]
    ) -> Row:
        vo = organisations.get(exchange.vo) if exchange.vo else None
        ho = organisations.get(exchange.ho) if exchange.ho else None
        return (
            exchange.number,
            self._names.get(partner) if partner else None,
            vo.name if vo else None,
            vo.country if vo else None,
            exchange.ho_country or (ho.country if ho else None),
            exchange.start,
            exchange.end,
        )

    def _organisations(self, exchanges: Iterable[Exchange]) -> Mapping[Id, Organisation]:
        those = {o for e in exchanges for o in (e.vo, e.ho) if o}
        return self._reader.get_many(Organisation, those)

    def _accounts(self, payees: Sequence[Id]) -> Mapping[Id, tuple[str | None, str | None]]:
        """Give name and number of the account of the newest payment to each.

        The number is masked whatever was typed.
        """
        columns = ("organisation", "payee_as_written", "iban_masked", "date")
        newest: dict[Id, tuple[date, str | None, str | None]] = {}
        for _, payee, name, iban, day in self._reader.naming(
            "payment", "organisation", payees, columns
        ):
            known = newest.get(payee)
            if iban and (known is None or (day or date.min) >= known[0]):
                newest[payee] = (day or date.min, name, _masked(iban))
        return {payee: (name, iban) for payee, (_, name, iban) in newest.items()}


def _is_of_host(one: Missing) -> bool:
    return bool(one.parties) and _OF_HOST.issuperset(one.parties)


def _masked(iban: str) -> str:
    seen = re.sub(r"[^0-9A-Za-z]", "", iban)
    return masked_iban(iban) if len(seen) > _MOST_SEEN else iban
