"""Lists that tell of no partner's work: lump sums, public holidays, countries, vocabularies.

They are known by what stands in them, for their headings are those of any list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from smartct_desktop.domain.book import Row, Value
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.date_text import DateText
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.heading_rows import Head
from smartct_desktop.services.importing.headings import Sense
from smartct_desktop.services.importing.kinds_of_table import HOLIDAYS, RATES
from smartct_desktop.services.importing.layout import Table
from smartct_desktop.services.importing.number_text import NumberText

_WIDEST = 6
_LEAST = 4
_MOSTLY = 0.7
_SAMPLE = 400
_NAMES = frozenset(
    {
        "exchange.vo",
        "exchange.ho",
        "exchange.visitor",
        "organisation.name",
        "payment.payee_as_written",
        "payment.exchange",
        "person.name",
        "person.family_name",
        "event.title",
    }
)
_AMOUNTS = ("amount_cents", "cap_cents", "entitlement_cents")


class LookupLists:
    """Looks whether a table is a list of facts, not of records."""

    def __init__(self, dictionary: Dictionary, latest: int) -> None:
        self._dictionary = dictionary
        self._dates = DateText(dictionary.dates, latest)
        self._numbers = NumberText(dictionary.numbers)

    def recognise(self, table: Table) -> Table:
        """Give a list of facts as what it is; any other table as it is.

        Lump sums and holidays have a place in the document; countries and vocabularies do not.
        """
        heads = [head for head in table.heads if self._values(table, head)]
        if not 1 < len(heads) <= _WIDEST or table.spread is not None:
            return table
        columns = {head.column: self._values(table, head) for head in heads}
        countries = next((h for h in heads if self._lists_countries(columns[h.column])), None)
        amount = next((h for h in heads if self._is_amount(h, columns[h.column])), None)
        named = any(self._names_somebody(head, columns[head.column]) for head in heads)
        if countries is not None and amount is not None and not named:
            found = {countries.column: "rate.country", amount.column: "rate.amount"}
            return _meaning(table, found, RATES.kind)
        days = next((h for h in heads if self._are_holidays(table, h, heads)), None)
        if days is not None:
            return _meaning(table, self._holiday_columns(heads, days, columns), HOLIDAYS.kind)
        if countries is not None and len(heads) <= 3 and not _tells_more(heads, countries):
            return replace(table, fault=Sentence("it is a list of countries, which are all known"))
        vocabulary = next((name for h in heads if (name := self._terms(columns[h.column]))), None)
        if vocabulary is not None and len(heads) <= 4:
            reason = Sentence(
                "it is the vocabulary “{name}”, of which the program has its own", name=vocabulary
            )
            return replace(table, fault=reason)
        return table

    def reason(self, rows: Sequence[Row]) -> Sentence | None:
        """Say what rows without known headings are, if they are a list of facts."""
        heads = tuple(Head(c, "", ()) for c in range(max((len(r.values) for r in rows), default=0)))
        return self.recognise(Table((), heads, tuple(rows))).fault

    def _values(self, table: Table, head: Head) -> list[Value]:
        values = (row.value(head.column) for row in table.rows[:_SAMPLE])
        return [value for value in values if value is not None]

    def _lists_countries(self, values: Sequence[Value]) -> bool:
        """Whether nearly each cell names a country, and none of them twice."""
        found = [code for v in values if isinstance(v, str) and (code := self._country(v))]
        return len(values) >= _LEAST and len(set(found)) >= _MOSTLY * len(values)

    def _names_somebody(self, head: Head, values: Sequence[Value]) -> bool:
        """Whether a column has the name of who visits, is paid or takes part; no lump sum has."""
        if not any(sense.code in _NAMES for sense in head.senses):
            return False
        return not all(isinstance(value, str) and self._country(value) for value in values)

    def _country(self, text: str) -> str | None:
        return self._dictionary.country(text)

    def _is_amount(self, head: Head, values: Sequence[Value]) -> bool:
        named = any(sense.code.endswith(_AMOUNTS) for sense in head.senses)
        numbers = [v for v in values if self._is_number(v)]
        return named and len(values) >= _LEAST and len(numbers) >= _MOSTLY * len(values)

    def _is_number(self, value: Value) -> bool:
        if isinstance(value, str):
            return self._numbers.read(value) is not None
        return isinstance(value, int | float) and not isinstance(value, bool)

    def _are_holidays(self, table: Table, head: Head, heads: Sequence[Head]) -> bool:
        """Whether most days of a column are holidays in the countries beside them."""
        if any(sense.code.endswith((".vo", ".ho", ".email")) for h in heads for sense in h.senses):
            return False
        holidays = self._dictionary.facts.holidays
        hits = total = 0
        for row in table.rows[:_SAMPLE]:
            day = self._day(row.value(head.column))
            if day is None:
                total += row.value(head.column) is not None
                continue
            total += 1
            named = {c for v in row.values if isinstance(v, str) and (c := self._country(v))}
            hits += any(holidays.possible(day, code) for code in named or self._homes)
        return total >= _LEAST and hits >= _MOSTLY * total

    @property
    def _homes(self) -> Iterator[str]:
        return iter(("DE", "ES", "BG", "IT"))

    def _day(self, value: Value) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        reading = self._dates.read(value) if isinstance(value, str) else None
        meanings = reading.meanings if reading is not None else set()
        return next((span.first.first for span in meanings if span.single), None)

    def _holiday_columns(
        self, heads: Sequence[Head], days: Head, columns: dict[int, list[Value]]
    ) -> dict[int, str]:
        """Tell which column is which; the name is the text that is no country."""
        found = {days.column: HOLIDAYS_DATE}
        for head in heads:
            texts = [value for value in columns[head.column] if isinstance(value, str)]
            if head.column == days.column or not texts:
                continue
            own = [s.code for s in head.senses if s.code in _HOLIDAY_CODES]
            if len([t for t in texts if self._country(t)]) >= _MOSTLY * len(texts):
                code = "holiday.country"
            elif own:
                code = own[0]
            else:
                code = "holiday.name"
            if code not in found.values():
                found[head.column] = code
        return found

    def _terms(self, values: Sequence[Value]) -> str | None:
        """Give the vocabulary of which a column lists the terms, each once."""
        texts = {value for value in values if isinstance(value, str)}
        if len(texts) < _LEAST or len(texts) < len(values):
            return None
        facts = self._dictionary.facts
        for code, vocabulary in facts.vocabularies.items():
            if sum(facts.find_term(code, text) is not None for text in texts) >= _MOSTLY * len(
                texts
            ):
                return vocabulary.about.name
        return None


HOLIDAYS_DATE = "holiday.date"
_HOLIDAY_CODES = frozenset(
    {"holiday.name", "holiday.country", "holiday.region_code", "holiday.city"}
)


def _tells_more(heads: Sequence[Head], countries: Head) -> bool:
    """Whether other columns say something of organisations, people or events."""
    known = ("organisation.name", "person.name", "event.title", "exchange.vo", "exchange.ho")
    return any(s.code in known for h in heads if h is not countries for s in h.senses)


def _meaning(table: Table, codes: dict[int, str], kind: str) -> Table:
    how = "what stands in the column"
    heads = tuple(
        replace(head, senses=(Sense(codes[head.column], 0.95, frozenset(), how),))
        if head.column in codes
        else head
        for head in table.heads
    )
    return replace(table, heads=heads, kind=kind)
