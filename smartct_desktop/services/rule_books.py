"""The rules, public holidays and places of one document: those that ship, and its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smartct_desktop.domain.programme.distance import PlaceFact, Places, Point
from smartct_desktop.domain.programme.facts import Evidence, Holiday, Origin
from smartct_desktop.domain.programme.lookups import Holidays
from smartct_desktop.domain.programme.rule_book import RuleBook
from smartct_desktop.domain.programme.working_days import Locality
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.place import Place
from smartct_desktop.domain.records.public_holiday import PublicHoliday
from smartct_desktop.domain.records.rule_value import RuleValue
from smartct_desktop.services.importing.rates import Rates, rules_of
from smartct_desktop.services.localities import locality_of
from smartct_desktop.services.programme import ProgrammeFacts


def rule_book(reader: Reader, facts: ProgrammeFacts) -> RuleBook:
    """Give what the rules are for a document as it is now."""
    return book_with(facts, reader.all(RuleValue))


def book_with(facts: ProgrammeFacts, values: Iterable[RuleValue]) -> RuleBook:
    """Give what the rules would be with these values in the place of the document's own."""
    return RuleBook(facts.rule_sets, facts.rates, values)


def holidays_of(reader: Reader, facts: ProgrammeFacts) -> Holidays:
    """Give the public holidays for a document: those that ship, and its own."""
    records = list(reader.all(PublicHoliday))
    if not records:
        return facts.holidays
    places = places_of(reader, facts)
    return facts.holidays.adding(
        Holiday(
            own.date,
            own.country,
            own.region_code or "",
            own.name,
            Origin(Evidence.SOURCED, (own.source or "",)),
            _usual_name(own.city or "", own.country, places),
        )
        for own in records
    )


def _usual_name(town: str, country: str, places: Places) -> str:
    place = places.find(town, country) if town else None
    return place.name if place else town


def places_of(reader: Reader, facts: ProgrammeFacts) -> Places:
    """Give the places for a document: those that ship, and its own in their place."""
    return facts.places.adding(
        PlaceFact(
            (own.name, *filter(None, map(str.strip, (own.other_names or "").splitlines()))),
            own.country,
            Point(own.latitude, own.longitude),
            own.region_code or "",
            Origin(Evidence.SOURCED, (own.source or "",)),
        )
        for own in reader.all(Place)
    )


class RulesInForce(Rates):
    """The rules of the own partnership's call, for stays that start on a given day."""

    def __init__(self, facts: ProgrammeFacts, own: Partnership | None, book: RuleBook) -> None:
        self.code = rules_of(facts, own).code
        super().__init__(facts, self.code, book)


class Ground:
    """What the rules of one document stand on, each part read when it is first asked for.

    With `values` it is as if the document had these values of its own.
    """

    def __init__(self, facts: ProgrammeFacts, values: Sequence[RuleValue] | None = None) -> None:
        self._facts = facts
        self._values = values
        self._in_force: RulesInForce | None = None
        self._holidays: Holidays | None = None
        self._places: Places | None = None

    def in_force(self, reader: Reader, own: Partnership | None) -> RulesInForce:
        """Give the rules in force for the own partnership."""
        if self._in_force is None:
            values = reader.all(RuleValue) if self._values is None else self._values
            self._in_force = RulesInForce(self._facts, own, book_with(self._facts, values))
        return self._in_force

    def changed(self, reader: Reader) -> bool:
        """Whether the document has values of rules of its own."""
        if self._values is None:
            self._values = tuple(reader.all(RuleValue))
        return bool(self._values)

    def holidays(self, reader: Reader) -> Holidays:
        """Give the public holidays."""
        if self._holidays is None:
            self._holidays = holidays_of(reader, self._facts)
        return self._holidays

    def locality(self, reader: Reader, exchange: Exchange, host: Organisation | None) -> Locality:
        """Give where a stay takes place."""
        if self._places is None:
            self._places = places_of(reader, self._facts)
        return locality_of(exchange, host, self._facts.regions, self._places)
