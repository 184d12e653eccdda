"""How long what is stored of people is kept, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from smartct_desktop.domain.programme.retention import Retention
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.retention import kept_until
from smartct_desktop.services.stock import Stock

BASIS = Sentence(
    "Records that prove what the grant was used for have to be kept: Regulation (EU, Euratom) "
    "2018/1046, article 132. Until then the right to erasure gives way: Regulation (EU) 2016/679, "
    "article 17(3)."
)


class Keeping:
    """What is told of keeping; `clock` is the one of the whole document."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self.today: date = stock.facts.today
        self.clock: Retention = kept_until(stock.facts, stock.rules)

    @property
    def owner(self) -> str | None:
        """Whose records these are."""
        own = self._stock.facts.own
        return (own.full_name or own.acronym) if own else None

    @property
    def hold(self) -> Sentence:
        """Whether an audit or a claim keeps all records, and which."""
        own = self._stock.facts.own
        if own is None or not own.hold:
            return Sentence("no")
        if not own.hold_reason:
            return Sentence("yes")
        return Sentence("yes: {reason}", reason=own.hold_reason)

    def due(self, person: Person) -> bool:
        """Whether what is stored of the person may no longer be kept."""
        settled = person.anonymised_on or person.restricted_on
        return settled is None and self.clock.over(self.today)

    def of(self, person: Person) -> Iterator[tuple[Sentence, str | date | None]]:
        """Say it for one person, a line for each thing."""
        yield Sentence("Owner"), self.owner
        yield Sentence("Basis"), BASIS
        yield Sentence("Privacy notice given on"), _day(person.notice_on)
        yield Sentence("Keep until"), _day(self.clock.until) or Sentence("not known yet")
        yield Sentence("Because"), self.clock.because
        yield Sentence("Hold"), self.hold
        yield Sentence("Use restricted since"), _day(person.restricted_on)
        yield Sentence("Restricted because"), person.restricted_because
        yield (
            Sentence("Due for deletion"),
            Sentence("yes") if self.due(person) else Sentence("no"),
        )
        yield Sentence("Made anonymous on"), _day(person.anonymised_on)


def _day(day: date | None) -> str | None:
    return f"{day:%d.%m.%Y}" if day else None
