"""How facts are found: exactly, by folded name or code, never by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.fact_row import BadFact
from smartct_desktop.domain.programme.facts import (
    Country,
    CountryAlias,
    Holiday,
    Rate,
    RateTable,
    Region,
    RegionAlias,
    Term,
    VocabularyFact,
)

PATH_SEPARATOR = " > "


class Countries:
    """The countries of the world by code and by every name partners are known to write.

    Raises `BadFact` if a name would stand for two countries.
    """

    def __init__(self, countries: Iterable[Country], aliases: Iterable[CountryAlias]) -> None:
        self._by_code = {country.iso2: country for country in countries}
        self._codes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for country in self._by_code.values():
            for code in (country.iso2, country.iso3, country.eu_code):
                _put(self._codes, code, country.iso2)
        for country in self._by_code.values():
            for name in country.names.all():
                self._put_name(name, country.iso2)
        for alias in aliases:
            self._put_name(alias.text, alias.iso2)

    def _put_name(self, name: str, iso2: str) -> None:
        if iso2 not in self._by_code:
            raise BadFact(f"no country {iso2} for {name}")
        if self._codes.get(name.upper(), iso2) != iso2:
            raise BadFact(f"{name} is the code of another country than {iso2}")
        _put(self._names, fold(name), iso2)

    def __iter__(self) -> Iterator[Country]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, iso2: str) -> Country | None:
        """Give the country of an ISO code, None if there is no such code."""
        return self._by_code.get(iso2)

    def find(self, text: str) -> str | None:
        """Give the ISO code for a name, an alias or a code, None if it is not in the dictionary.

        Codes count in capitals only: "no" is an answer, "NO" is Norway.
        """
        text = text.strip()
        return self._codes.get(text) or self._names.get(fold(text))


class Rates:
    """The lump sums in use, and the scales kept for comparison."""

    def __init__(self, tables: Iterable[RateTable], rates: Iterable[Rate]) -> None:
        self._tables = {table.code: table for table in tables}
        self._by_country: dict[str, list[Rate]] = defaultdict(list)
        for rate in rates:
            if rate.table not in self._tables:
                raise BadFact(f"no rate table {rate.table}")
            self._by_country[rate.iso2].append(rate)

    @property
    def tables(self) -> tuple[RateTable, ...]:
        """All scales."""
        return tuple(self._tables.values())

    def find(self, iso2: str, on: date | None, rule_set: str = "") -> Rate | None:
        """Give the rate in use for stays in a country on a day.

        None if there is no rate, or if two differ, which is the case for an unknown day in a
        country whose rate has changed.
        """
        found = [
            rate
            for rate in self._by_country.get(iso2, ())
            if self._in_use(rate, on, rule_set) and rate.holds(on)
        ]
        return found[0] if len({rate.full_cents for rate in found}) == 1 else None

    def changes(self, iso2: str) -> frozenset[date]:
        """Give the days from which on the rate in use may be another one than before."""
        found: set[date] = set()
        for rate in self._by_country.get(iso2, ()):
            for span in (rate, self._tables[rate.table]):
                found |= {span.valid_from} if span.valid_from else set()
                if span.valid_to and span.valid_to < date.max:
                    found.add(span.valid_to + timedelta(1))
        return frozenset(found)

    def countries(self, rule_set: str = "") -> tuple[str, ...]:
        """Give the countries that have a rate in use, sorted by their codes."""
        return tuple(
            sorted(
                iso2
                for iso2, rates in self._by_country.items()
                if any(self._in_use(rate, None, rule_set) for rate in rates)
            )
        )

    def _in_use(self, rate: Rate, on: date | None, rule_set: str) -> bool:
        table = self._tables[rate.table]
        if not table.in_use or (table.rule_set and rule_set not in ("", table.rule_set)):
            return False
        return on is None or (table.valid_from or on) <= on <= (table.valid_to or on)

    def references(self, iso2: str) -> tuple[Rate, ...]:
        """Give the rates of scales not in use, by which copied amounts are recognised."""
        return tuple(
            rate for rate in self._by_country.get(iso2, ()) if not self._tables[rate.table].in_use
        )


class Holidays:
    """Public holidays by country and day; outside of `covers` nothing is known."""

    def __init__(self, holidays: Iterable[Holiday]) -> None:
        self._by_day: dict[tuple[str, date], list[Holiday]] = defaultdict(list)
        self._years: set[tuple[str, int]] = set()
        for holiday in holidays:
            self._by_day[holiday.iso2, holiday.day].append(holiday)
            self._years.add((holiday.iso2, holiday.day.year))

    def covers(self, iso2: str, day: date) -> bool:
        """Whether the holidays of that country and year are known at all."""
        return (iso2, day.year) in self._years

    def adding(self, holidays: Iterable[Holiday]) -> Holidays:
        """Give these holidays with more; the years that are covered stay the same."""
        more = tuple(holidays)
        if not more:
            return self
        added = Holidays(more)
        for key, known in self._by_day.items():
            added._by_day[key] = [*known, *added._by_day.get(key, ())]
        added._years = self._years
        return added

    def on(self, day: date, iso2: str, region: str = "", city: str = "") -> tuple[Holiday, ...]:
        """Give the holidays of a day: of the whole country, of the region, and of the town.

        `region` is a NUTS code of any level; a holiday of Saxony holds in its districts too. Towns
        are the same whose usual names are: see `Places`.
        """
        return tuple(
            holiday
            for holiday in self._by_day.get((iso2, day), ())
            if region.startswith(holiday.region)
            and (not holiday.city or fold(holiday.city) == fold(city))
        )

    def possible(self, day: date, iso2: str) -> tuple[Holiday, ...]:
        """Give the holidays of a day in any region of the country."""
        return tuple(self._by_day.get((iso2, day), ()))


class Vocabulary:
    """One list of terms, with its levels."""

    def __init__(self, about: VocabularyFact, terms: Iterable[Term]) -> None:
        self.about = about
        self.terms = tuple(sorted(terms, key=lambda term: term.sort))
        self._by_code: dict[str, Term] = {}
        self._by_label: dict[str, list[Term]] = defaultdict(list)
        for term in self.terms:
            if term.code in self._by_code:
                raise BadFact(f"{about.code} has two terms {term.code}")
            self._by_code[term.code] = term
            self._by_label[fold(term.label)].append(term)
        self._by_path = {fold(self.path(term.code)): term for term in self.terms}

    def get(self, code: str) -> Term | None:
        """Give the term of a code, None if there is no such code."""
        return self._by_code.get(code)

    def path(self, code: str, separator: str = PATH_SEPARATOR) -> str:
        """Give the label with those of the levels above; the code itself if it is unknown.

        Raises `BadFact` if the parent of a term is not in the vocabulary.
        """
        term = self._by_code.get(code)
        if term is None:
            return code
        if not term.parent:
            return term.label
        if term.parent not in self._by_code:
            raise BadFact(f"{self.about.code}: {code} has no parent {term.parent}")
        return self.path(term.parent, separator) + separator + term.label

    def label(self, code: str) -> str:
        """Give a label that finds this term only: with its path if the bare label is not unique."""
        term = self._by_code.get(code)
        if term is None:
            return code
        alone = len(self._by_label[fold(term.label)]) == 1
        return term.label if alone else self.path(code)

    def matches(self, text: str) -> tuple[Term, ...]:
        """Give the terms that have this label; several where a label stands below two parents."""
        return tuple(self._by_label.get(fold(text), ()))

    def find(self, text: str) -> Term | None:
        """Give the one term with this code, path or label, None if there is none or several."""
        text = text.strip()
        if text in self._by_code:
            return self._by_code[text]
        by_path = self._by_path.get(fold(text))
        if by_path is not None and PATH_SEPARATOR.strip() in text:
            return by_path
        found = self.matches(text)
        return found[0] if len(found) == 1 else None


def vocabularies(abouts: Iterable[VocabularyFact], terms: Iterable[Term]) -> dict[str, Vocabulary]:
    """Sort terms into their vocabularies. Raises `BadFact` for a term of none."""
    by_vocabulary: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        by_vocabulary[term.vocabulary].append(term)
    found = {about.code: Vocabulary(about, by_vocabulary.pop(about.code, ())) for about in abouts}
    if by_vocabulary:
        raise BadFact(f"no vocabulary {', '.join(sorted(by_vocabulary))}")
    return found


class Regions:
    """The regions by NUTS code and by name."""

    def __init__(self, regions: Iterable[Region], aliases: Iterable[RegionAlias]) -> None:
        self._by_code = {region.code: region for region in regions}
        self._by_name: dict[str, dict[str, None]] = defaultdict(dict)
        for region in self._by_code.values():
            self._by_name[fold(region.name)][region.code] = None
        for alias in aliases:
            if alias.code not in self._by_code:
                raise BadFact(f"no region {alias.code} for {alias.text}")
            self._by_name[fold(alias.text)][alias.code] = None

    def __iter__(self) -> Iterator[Region]:
        return iter(self._by_code.values())

    def get(self, code: str) -> Region | None:
        """Give the region of a NUTS code, None if it is not known."""
        return self._by_code.get(code)

    def find(self, text: str, iso2: str = "") -> tuple[Region, ...]:
        """Give the regions of a name or code, in one country if `iso2` is given.

        There may be several: Berlin is a region of level 1 and of level 2.
        """
        codes: Iterable[str] = self._by_name.get(fold(text), ())
        if text.strip() in self._by_code:
            codes = (text.strip(),)
        found = (self._by_code[code] for code in codes)
        return tuple(region for region in found if iso2 in ("", region.iso2))


def _put(names: dict[str, str], name: str, iso2: str) -> None:
    if names.setdefault(name, iso2) != iso2:
        raise BadFact(f"{name} stands for {names[name]} and for {iso2}")
