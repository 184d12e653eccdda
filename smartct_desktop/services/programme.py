"""The programme's facts as they ship with the program, each table read when first asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property

from smartct_desktop.domain.programme import fact_rows, place_rows
from smartct_desktop.domain.programme.distance import Places
from smartct_desktop.domain.programme.facts import RuleSet, Source, Term
from smartct_desktop.domain.programme.lookups import (
    PATH_SEPARATOR,
    Countries,
    Holidays,
    Rates,
    Regions,
    Vocabulary,
    vocabularies,
)
from smartct_desktop.domain.programme.sheet_words import (
    CalendarWords,
    Headings,
    Identifiers,
    LegalForms,
    Words,
)
from smartct_desktop.system.resources import read_text

FOLDER = "programme"


class ProgrammeFacts:
    """All facts of the programme, in one language for what is shown.

    `read` gives the text of a shipped file by its path, so that other tables can be tried. Tables
    are read once, by the thread that asks first; two threads asking at the same time read the
    same table twice and get equal facts. Raises `Trouble` if a file is missing, and `BadFact` if
    a table is broken, which only a mistake of ours can bring about.
    """

    def __init__(self, language: str = "en", read: Callable[[str], str] = read_text) -> None:
        self._language = language
        self._read = read

    @property
    def language(self) -> str:
        """The language of what is shown."""
        return self._language

    def _rows(self, table: str) -> list[dict[str, str]]:
        text = self._read(f"{FOLDER}/{table}.csv")
        return list(csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True))

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The pages and collections that facts rest on, by their keys."""
        return {source.key: source for source in fact_rows.sources(self._rows("sources"))}

    @cached_property
    def countries(self) -> Countries:
        """All countries and their names."""
        return Countries(
            fact_rows.countries(self._rows("countries")),
            fact_rows.country_aliases(self._rows("country_aliases")),
        )

    @cached_property
    def rates(self) -> Rates:
        """The lump sums by country."""
        return Rates(
            fact_rows.rate_tables(self._rows("rate_tables")),
            fact_rows.rates(self._rows("rates")),
        )

    @cached_property
    def rule_sets(self) -> Mapping[str, RuleSet]:
        """The rule sets of the calls by their codes."""
        permissions = fact_rows.type_permissions(self._rows("rule_set_types"))
        found = fact_rows.rule_sets(self._rows("rule_sets"), permissions)
        return {rules.code: rules for rules in found}

    @cached_property
    def holidays(self) -> Holidays:
        """The public holidays of the participating countries."""
        return Holidays(fact_rows.holidays(self._rows("holidays")))

    @cached_property
    def places(self) -> Places:
        """The larger towns of the participating countries, with their coordinates."""
        return Places(place_rows.places(self._rows("places")))

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The lists of terms by their codes."""
        return vocabularies(
            fact_rows.vocabularies(self._rows("vocabularies")),
            fact_rows.terms(self._rows("terms")),
        )

    @cached_property
    def regions(self) -> Regions:
        """The European regions that are known."""
        return Regions(
            fact_rows.regions(self._rows("nuts")),
            fact_rows.region_aliases(self._rows("nuts_aliases")),
        )

    @cached_property
    def identifiers(self) -> Identifiers:
        """How VAT numbers and other identifiers are built."""
        return Identifiers(fact_rows.identifier_patterns(self._rows("identifiers")))

    @cached_property
    def headings(self) -> Headings:
        """The words over the columns of partners' sheets."""
        return Headings(fact_rows.headings(self._rows("headings")))

    @cached_property
    def words(self) -> Words:
        """The words in the cells of partners' sheets."""
        return Words(fact_rows.words(self._rows("words")))

    @cached_property
    def months(self) -> CalendarWords:
        """The names of months, long and short."""
        rows = self._rows("months")
        return CalendarWords(fact_rows.calendar_words("months", "month", 12, rows))

    @cached_property
    def weekdays(self) -> CalendarWords:
        """The names of weekdays, long and short; 1 is Monday."""
        rows = self._rows("weekdays")
        return CalendarWords(fact_rows.calendar_words("weekdays", "weekday", 7, rows))

    @cached_property
    def legal_forms(self) -> LegalForms:
        """The legal forms that stand in names of organisations."""
        return LegalForms(fact_rows.legal_forms(self._rows("legal_forms")))

    def rule_set(self, code: str) -> RuleSet:
        """Give the rule set of a call. Raises KeyError for a code that does not exist."""
        return self.rule_sets[code]

    def cap_cents(self, iso2: str, on: date | None, rule_set: str = "") -> int | None:
        """Give the full lump sum for a stay in a country that starts on a day, None if unknown."""
        rate = self.rates.find(iso2, on, rule_set)
        return rate.full_cents if rate else None

    def country_name(self, iso2: str) -> str:
        """Give the name of a country for showing, the code itself if it is unknown."""
        country = self.countries.get(iso2)
        return country.names.in_language(self._language) if country else iso2

    def find_country(self, text: str) -> str | None:
        """Give the code for a name, an alias or a code, exactly as the dictionary has it."""
        return self.countries.find(text)

    def terms(self, vocabulary: str) -> Sequence[Term]:
        """Give the terms of a vocabulary in their order. Raises KeyError for an unknown one."""
        return self.vocabularies[vocabulary].terms

    def knows(self, vocabulary: str, code: str) -> bool:
        """Whether a vocabulary has the term."""
        found = self.vocabularies.get(vocabulary)
        return found is not None and found.get(code) is not None

    def term_label(self, vocabulary: str, code: str) -> str:
        """Give the label of a term, the code itself if it is unknown.

        Where one label stands below two parents the parent's label stands before it, so that
        what is shown can be typed again.
        """
        found = self.vocabularies.get(vocabulary)
        return found.label(code) if found else code

    def term_path(self, vocabulary: str, code: str, separator: str = PATH_SEPARATOR) -> str:
        """Give the labels of a term and of the levels above, the code itself if it is unknown."""
        found = self.vocabularies.get(vocabulary)
        return found.path(code, separator) if found else code

    def find_term(self, vocabulary: str, text: str) -> str | None:
        """Give the code for a label, path or code; None if there is none or several."""
        found = self.vocabularies.get(vocabulary)
        term = found.find(text) if found else None
        return term.code if term else None


@cache
def shipped_facts(language: str = "en") -> ProgrammeFacts:
    """Give the facts as they ship: the same ones to everybody, for they are slow to read."""
    return ProgrammeFacts(language)
