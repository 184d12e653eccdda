"""All that the rules look at of one stored exchange: its own values, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.facts import Rate
from smartct_desktop.domain.programme.lookups import Countries, Holidays
from smartct_desktop.domain.programme.memberships import Belonging
from smartct_desktop.domain.programme.organisation_case import Twin
from smartct_desktop.domain.programme.stay import GIVEN_UP, StayCase
from smartct_desktop.domain.programme.working_days import NOWHERE, Locality, LoggedDay
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.exchange_person import SignsFor
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.payment import PaymentKind

if TYPE_CHECKING:
    from smartct_desktop.domain.programme.payments import Payability

READY_ON = frozenset(
    {
        ExchangeStatus.READY,
        ExchangeStatus.ONG,
        ExchangeStatus.REPDUE,
        ExchangeStatus.VOREP,
        ExchangeStatus.REPS,
        ExchangeStatus.VAL,
        ExchangeStatus.PAYDUE,
        ExchangeStatus.PAID,
        ExchangeStatus.CLOSED,
    }
)
"""States in which all papers that precede the stay are complete."""

ENDED_ON = READY_ON - {ExchangeStatus.READY, ExchangeStatus.ONG}
"""States that follow the end of the stay."""

VALIDATED_ON = frozenset(
    {ExchangeStatus.VAL, ExchangeStatus.PAYDUE, ExchangeStatus.PAID, ExchangeStatus.CLOSED}
)
"""States that follow the validation of the visitor's report."""


class Visit(NamedTuple):
    """An exchange of the same visiting organisation, as far as the others look at it."""

    id: Id
    number: str | None
    ho: Id | None
    mode: Mode | None
    status: ExchangeStatus | None
    start: date | None
    end: date | None
    cxc_id: str | None

    @property
    def expected(self) -> bool:
        """Whether it takes place, as far as is known."""
        return self.status not in GIVEN_UP

    @property
    def physical(self) -> bool:
        """Whether the visitor travels."""
        return self.mode is not Mode.VIRTUAL

    def overlaps(self, other: Visit) -> bool:
        """Whether both take place on some day; a stay of which a date is missing never does."""
        if not (self.start and self.end and other.start and other.end):
            return False
        return self.start <= other.end and other.start <= self.end


class Visits:
    """All exchanges of one visiting organisation, indexed: each rule asks once for each of them.

    `several`: there is more than one; `twice`: two of those that take place are the same.
    """

    def __init__(self, visits: Iterable[Visit] = ()) -> None:
        self._by_id = {visit.id: visit for visit in visits}
        self.several = len(self._by_id) > 1
        expected = [v for v in self._by_id.values() if v.status not in GIVEN_UP]
        places = [(_place(v), v.mode is not Mode.VIRTUAL) for v in expected]
        self._first = {
            physical: min((place for place, travels in places if travels is physical), default=None)
            for physical in (True, False)
        }
        self._alike: dict[tuple[object, ...], list[Visit]] = {}
        for visit in expected if self.several else ():
            for sign in _signs(visit):
                self._alike.setdefault(sign, []).append(visit)
        self.twice = len(self._alike) < sum(map(len, self._alike.values()))
        for alike in self._alike.values() if self.twice else ():
            alike.sort(key=_place)

    def get(self, id_: Id) -> Visit | None:
        """Give one of the visits."""
        return self._by_id.get(id_)

    def earlier(self, this: Visit, *, physical: bool) -> bool:
        """Whether one that takes place, physically or not, comes before this one."""
        first = self._first[physical]
        return first is not None and first < _place(this)

    def again(self, this: Visit) -> Visit | None:
        """Give another one that takes place and is the same stay, or has the same tool id."""
        if not self.twice:
            return None
        alike = (v for sign in _signs(this) for v in self._alike.get(sign, ())[:2])
        return next((visit for visit in alike if visit.id != this.id), None)


def _place(visit: Visit) -> tuple[date, str, Id]:
    """Give what puts visits in order: of two with the same start the lower number comes first."""
    return visit.start or date.max, visit.number or "", visit.id


def _signs(visit: Visit) -> Iterator[tuple[object, ...]]:
    """What no two exchanges of one visitor may share."""
    if visit.start is not None and visit.ho is not None:
        yield "stay", visit.ho, visit.start, visit.end
    if visit.cxc_id:
        yield "tool", visit.cxc_id


@dataclass(frozen=True, slots=True)
class Booking:
    """One payment for the exchange, or one back; `cents` is positive both ways.

    `payee` is the organisation paid, `payee_text` its name as the bank has it, `payer` the
    partnership of the cluster that paid, `texts` what else was written freely, the name included.
    """

    kind: PaymentKind | None
    on: date | None
    cents: int | None = None
    payee: Id | None = None
    payee_text: str | None = None
    payer: Id | None = None
    texts: tuple[str, ...] = ()

    @property
    def back(self) -> bool:
        """Whether the money came back."""
        return self.kind in (PaymentKind.REVERSAL, PaymentKind.RECOVERY)


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who signed papers of the exchange, and for whom.

    `of` is the organisation of the person with its name, `partnership` that of the organisation.
    """

    person: Id
    name: str
    signs_for: SignsFor
    of: Id | None = None
    of_name: str = ""
    partnership: Id | None = None

    def signs(self, side: SignsFor) -> bool:
        """Whether the person signed for a party."""
        both = (SignsFor.VISITOR_PARTNERSHIP, SignsFor.HOST_PARTNERSHIP)
        together = self.signs_for is SignsFor.BOTH_PARTNERSHIPS
        return self.signs_for is side or (together and side in both)


class Caps(Protocol):
    """Knows the full lump sums of host countries."""

    def find(self, country: str | None, on: date | None) -> Rate | None:
        """Give the one in force for stays that start on a day, None if there is none."""

    def cap(self, country: object, on: object) -> int | None:
        """Give the full lump sum in cents."""

    def references(self, country: str) -> Sequence[Rate]:
        """Give those of scales that are not in use, by which copied amounts are recognised."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rules look at beyond an exchange, its two organisations and its parts.

    `of_person` are the exchanges of the same visitor, `same_tool_id` those with the id of this one
    in the tool; this one is among them.
    """

    visitor_in: Sequence[Belonging] = ()
    host_in: Sequence[Belonging] = ()
    third_country_national: bool | None = None
    of_person: Sequence[Visit] = ()
    same_tool_id: Sequence[Visit] = ()
    signers: Sequence[Signer] = ()


ALONE = Surroundings()
"""Of an exchange of which nothing is known beyond itself."""


@dataclass(slots=True)
class ExchangeCase(StayCase):
    """A stored exchange with all that belongs to it.

    `visits` are all exchanges of the visiting organisation, this one among them; `doubles` are
    organisations that may be the same as the visiting one, each with its exchanges. `where` is the
    place of the stay, looked up only where there is a day log. `today` is the local date.
    `photos` are how many there are, and how many of its people did not consent to any.
    `payability` is what `payments.payability_of` found, once it was asked.
    """

    exchange: Exchange
    visitor: Organisation | None
    host: Organisation | None
    own: Partnership | None
    visits: Visits
    payments: Sequence[Booking]
    days: Sequence[LoggedDay]
    countries: Countries
    holidays: Holidays
    today: date
    around: Surroundings = ALONE
    caps: Caps | None = None
    where: Locality = NOWHERE
    doubles: Sequence[tuple[Twin, Visits]] = ()
    photos: tuple[int, int] = (0, 0)
    payability: Payability | None = None

    @property
    def expected(self) -> bool:
        """Whether anything is still expected of it; the rules are only asked if so."""
        return self.exchange.status not in GIVEN_UP

    @property
    def payer_at(self) -> Locality:
        """Where the payer is: the visitor's cluster, which sits where the visitor is based."""
        visitor = self.visitor
        if visitor is None:
            return NOWHERE
        country = visitor.base_country or visitor.country or ""
        return Locality(country, visitor.region_code or "" if country == visitor.country else "")

    @property
    def visit(self) -> Visit | None:
        """This exchange as one of its visitor's."""
        return self.visits.get(self.exchange.id)
