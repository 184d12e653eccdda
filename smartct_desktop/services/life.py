"""The life of one exchange: its state, the moves from it, and making one of them."""

from __future__ import annotations

from datetime import date

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.exchange_case import Booking
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.life_cycle import Move, move
from smartct_desktop.domain.programme.state_needs import LifeFacts
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.profile import ProfileRole
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.edit import Edit
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.rule_books import RulesInForce, rule_book

_MONEY = ("payment_kind", "date", "amount_cents")
_PROFILE = ("organisation", "role", "validated_on", "refused_on")


def life_of(reader: Reader, facts: ProgrammeFacts, today: date, exchange: Id) -> LifeFacts:
    """Gather what states and moves of an exchange are judged by. Raises KeyError."""
    record = reader.get(Exchange, exchange)
    own: Partnership | None = own_partnership(reader)
    in_force = RulesInForce(facts, own, rule_book(reader, facts))
    booked = reader.naming("payment", "exchange", [exchange], _MONEY)
    said = reader.findings("exchange", [exchange]).get(exchange, ())
    return LifeFacts(
        record,
        [Booking(*told) for _, *told in booked],
        in_force.on(record.start),
        today,
        frozenset(finding.code for finding in said if finding.severity is Severity.ERROR),
        _profiles(reader, record),
        _countries(reader, record),
    )


def _countries(reader: Reader, exchange: Exchange) -> bool:
    """Say whether the countries of both are known, as far as the two are."""
    ids = {id_ for id_ in (exchange.vo, exchange.ho) if id_}
    return all(of.country for of in reader.get_many(Organisation, ids).values())


def _profiles(reader: Reader, exchange: Exchange) -> bool | None:
    """Say whether the profiles of both are validated; None where one has no profile recorded."""
    sides = ((exchange.vo, ProfileRole.VISITOR), (exchange.ho, ProfileRole.HOST))
    answers: list[bool | None] = []
    for organisation, role in sides:
        rows = reader.naming("profile", "organisation", [organisation or ""], _PROFILE)
        fitting = [row for row in rows if row[2] in (role, ProfileRole.BOTH, None)]
        valid = any(validated and not refused for *_, validated, refused in fitting)
        answers.append(valid if fitting else None)
    if False in answers:
        return False
    return None if None in answers else True


def make_move(edit: Edit, facts: LifeFacts, to: ExchangeStatus, reason: str = "") -> Move:
    """Bring an exchange into a state; the reason, if any, is kept beside it.

    Raises `Invalid` with what is missing if the move is not allowed.
    """
    found = move(facts, to, reason)
    status = facts.exchange.status or ExchangeStatus.DRAFT
    if not found.possible:
        raise Invalid(
            Sentence(
                "An exchange that is “{status}” cannot become “{to}”.",
                status=status.label,
                to=to.label,
            ),
            "status",
        )
    blocking = [lack for lack in found.lacks if lack.blocks]
    if blocking:
        missing = "; ".join(lack.sentence for lack in blocking)
        raise Invalid(
            Sentence("“{to}” has to wait: {missing}.", to=to.label, missing=missing),
            blocking[0].field or "status",
        )
    record = edit.get(Exchange, facts.exchange.id)
    edit.update(record.replace(status=to, status_reason=reason or record.status_reason))
    return found
