"""Lists of payments: one row, one booking, and the exchange that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.free_text_rules import without_account_numbers
from smartct_desktop.domain.records.payment import PaymentKind
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.drafts import Draft, TableWork, plain
from smartct_desktop.services.importing.known import KnownExchange, KnownPayment
from smartct_desktop.services.importing.money_cells import Amount
from smartct_desktop.services.importing.plan import PlanFinding, PlanValue, Target
from smartct_desktop.services.importing.planned import organisation_id
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.stored_exchanges import by_sign, caption_of, target_of
from smartct_desktop.services.importing.understood import Fault

NONE = "no exchange"
TAKE, LEAVE_OUT = "another payment", "leave out"

_MOST = 12
_READING = Sentence("Reading the rows")
_PLAIN = ("bank_ref", "payee_as_written", "iban_masked", "concept", "remark")


class PaymentTable:
    """One table of payments. A payee is an organisation that is stored, or only a text."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        known = table.work.known
        self._payees: dict[str, set[Id]] = defaultdict(set)
        for organisation in known.organisations:
            for name in organisation.spellings:
                self._payees[fold(name)].add(organisation.id)
        self._exchanges: Sequence[KnownExchange] = known.exchanges
        self._by_sign = by_sign(known.exchanges)
        self._new: dict[Id, Target] = {}
        self._by_ref = {p.bank_ref: p.id for p in known.payments if p.bank_ref}
        self._by_booking = {(p.exchange, p.amount_cents, p.date): p.id for p in known.payments}
        self._paid: dict[Id, list[KnownPayment | int]] = defaultdict(list)
        for payment in known.payments:
            if payment.exchange and payment.payment_kind in {None, PaymentKind.PAYMENT}:
                self._paid[payment.exchange].append(payment)

    def mention(self) -> None:
        """Payees are looked up, never added: nothing has to be noted."""

    def drafts(self) -> Iterator[Draft]:
        """Give one draft for each row."""
        table = self._table
        self._look_into_file()
        rows = table.work.progress.through(_READING, table.numbers, len(table.numbers))
        for place, row in enumerate(rows):
            yield self._draft(place, row)

    def _look_into_file(self) -> None:
        """Find exchanges and organisations that other tables of the file tell."""
        work = self._table.work
        self._exchanges = [*work.known.exchanges, *work.planned.exchanges]
        self._by_sign = by_sign(self._exchanges)
        for named in work.mentions:
            target = named.target
            if target is not None and target.id is None and isinstance(named.value, Target):
                self._new[organisation_id(target) or Id("")] = target
                self._payees[fold(named.mention.name)].add(organisation_id(target) or Id(""))

    def _target(self, exchange: KnownExchange) -> Target:
        """Give the exchange as a plan refers to it, stored or told by the file."""
        planned = self._table.work.planned
        name = exchange.number or exchange.ref or ""
        return planned.target(exchange.id, name) or target_of(exchange)

    def _draft(self, place: int, row: int) -> Draft:
        table = self._table
        values: dict[str, PlanValue] = {}
        draft = Draft("payment", table.key("payment", row), table.sheet, [row], values)
        draft.faults = table.faults(place)
        for name in _PLAIN:
            value = table.value(f"payment.{name}", place)
            values[name] = without_account_numbers(value) if isinstance(value, str) else value
        values["date"] = table.value("payment.date", place)
        self._amount(draft, place, row)
        payee = table.text("payment.payee_as_written", place)
        payees = self._payees.get(fold(payee), set()) if payee else set()
        if len(payees) == 1:
            (payee_id,) = payees
            new = self._new.get(payee_id)
            values["organisation"] = new or _organisation(table, payee_id)
        exchange = self._exchange(draft, place, row, payees)
        if exchange is not None:
            values["exchange"] = exchange
        paid = (exchange.id or Id(exchange.key)) if isinstance(exchange, Target) else None
        draft.id = self._by_ref.get(str(values["bank_ref"])) if values["bank_ref"] else None
        if draft.id is None and paid is not None:
            booking = (paid, values.get("amount_cents"), values.get("date"))
            draft.id = self._by_booking.get(booking)  # type: ignore[arg-type]  # only looked up
        if paid is not None:
            self._mind_second(draft, row, paid)
        return draft

    # Amount and direction.

    def _amount(self, draft: Draft, place: int, row: int) -> None:
        """Take the amount without its sign; what a minus means is said by the kind, or asked."""
        table, values = self._table, draft.values
        found: Any = table.value("payment.amount_cents", place)
        if isinstance(found, Amount):
            draft.told["amount_original_cents"] = found.original_cents
            draft.told["amount_original_currency"] = found.currency
            found = found.cents
        kind: PlanValue = plain(table.value("payment.payment_kind", place))
        if isinstance(found, int) and found < 0:
            found = -found
            if kind is None:
                kind = self._direction(row, found)
        if found is None:
            letter = self._letter("payment.amount_cents")
            draft.faults.append((letter, Fault("IMP-04", Sentence("The amount is missing."))))
        values["amount_cents"] = found
        values["payment_kind"] = kind
        if kind is None:
            draft.defaults["payment_kind"] = PaymentKind.PAYMENT

    def _direction(self, row: int, cents: int) -> PlanValue:
        place = Place(
            "reversal_of",
            "row",
            Sentence("These amounts have a minus. What do they mean?"),
            self._table.sheet,
        )
        euro = f"{cents // 100}.{cents % 100:02d}"
        given = self._table.work.asking.ask(
            place,
            str(row),
            rows=[row],
            options=tuple(kind.value for kind in PaymentKind),
            propose=PaymentKind.REVERSAL.value,
            certainty=0.7,
            text=Sentence("Row {row}: −{amount} €", row=row, amount=euro),
        )
        if given is None:
            return Asked(place.id, str(row), PaymentKind.REVERSAL)
        return next(kind for kind in PaymentKind if kind.value == given.value)

    # The exchange.

    def _exchange(
        self, draft: Draft, place: int, row: int, payees: set[Id]
    ) -> Target | Asked | None:
        """Find the exchange by its number; anything else is only proposed."""
        sign = self._table.text("payment.exchange", place)
        meant = self._by_sign.get(fold(sign), []) if sign else []
        if len(meant) == 1:
            return self._target(meant[0])
        known = self._exchanges
        candidates = meant or [e for e in known if e.vo in payees]
        cents = draft.values.get("amount_cents")
        if not candidates and not payees:
            candidates = [e for e in known if cents is not None and e.amount_cents == cents]
        fitting = [e for e in candidates if e.amount_cents == cents]
        return self._asked(row, draft, candidates[:_MOST], fitting)

    def _asked(
        self,
        row: int,
        draft: Draft,
        candidates: Sequence[KnownExchange],
        fitting: Sequence[KnownExchange],
    ) -> Target | Asked | None:
        work = self._table.work
        captions = {work.planned.caption(e.id) or caption_of(work.known, e): e for e in candidates}
        likely = fitting[0] if len(fitting) == 1 else None
        likely = candidates[0] if likely is None and len(candidates) == 1 else likely
        proposal = next((c for c, e in captions.items() if e is likely), None)
        place = Place(
            "which_exchange",
            "row",
            Sentence("To which exchange do these payments belong?"),
            self._table.sheet,
        )
        payee = draft.values.get("payee_as_written") or draft.values.get("concept") or ""
        given = self._table.work.asking.ask(
            place,
            str(row),
            rows=[row],
            options=(*captions, NONE),
            propose=proposal,
            certainty=0.8 if fitting else 0.5,
            text=Sentence("Row {row}: {payee}", row=row, payee=payee),
        )
        if given is None:
            return Asked(place.id, str(row), self._target(likely) if likely else None)
        chosen = captions.get(str(given.value))
        return self._target(chosen) if chosen else None

    def _mind_second(self, draft: Draft, row: int, exchange: Id) -> None:
        """Ask about a second payment for one exchange: there is only one (PAY-04)."""
        if draft.values.get("payment_kind") not in {None, PaymentKind.PAYMENT}:
            return
        before = [one for one in self._paid[exchange] if draft.id is None or not _is(one, draft.id)]
        self._paid[exchange].append(row)
        if not before or draft.id is not None:
            return
        table = self._table
        table.findings.append(
            PlanFinding(
                "PAY-04",
                Severity.ERROR,
                Sentence("The exchange is paid already; there is one payment for an exchange."),
                table.sheet,
                (row,),
                record=draft.key,
            )
        )
        place = Place(
            "second_payment",
            "row",
            Sentence("These exchanges are paid already. Shall another payment be noted?"),
            table.sheet,
        )
        given = table.work.asking.ask(
            place,
            str(row),
            rows=[row],
            options=(TAKE, LEAVE_OUT),
            text=Sentence("Row {row}", row=row),
        )
        if given is None:
            draft.waits.append(place.id)
        elif given.value == LEAVE_OUT:
            fault = Fault("PAY-04", Sentence("The payment is left out, as you have said."))
            draft.faults.append((self._letter("payment.amount_cents"), fault))

    def _letter(self, code: str) -> str:
        return next((m.letter for m in self._table.mapped if m.code == code), "")


def _is(payment: KnownPayment | int, id_: Id) -> bool:
    return isinstance(payment, KnownPayment) and payment.id == id_


def _organisation(table: TableWork, id_: Id) -> Target:
    known = next(o for o in table.work.known.organisations if o.id == id_)
    return Target("organisation", known.name, id_)
