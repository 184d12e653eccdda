"""Whether a cell of our own export still says what is stored: then it asks and changes nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from smartct_desktop.domain import book
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Field,
    FieldType,
    Flag,
    Id,
    Money,
    Number,
    Options,
    PartialDay,
    Reference,
    Term,
    Terms,
    Time,
    Whole,
)
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.organisation import Organisation, PartnerRole
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.session import Session
from smartct_desktop.services.importing.cells import field_of
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.named_sessions import names_of
from smartct_desktop.services.reports.list_words import option_words, term_word, term_words
from smartct_desktop.services.reports.wording import LANGUAGES
from smartct_desktop.services.texts import ISO, Texts


@dataclass(frozen=True, slots=True)
class Told:
    """What a column tells of a record that its rows only name: the field that names it, its field.

    `spare` is the field that stands in the cell where the first holds nothing.
    """

    naming: str
    field: Field
    spare: str = ""


_TOLD: Mapping[tuple[str, str], tuple[str, str]] = {
    ("exchange", "exchange.vo_type"): ("vo", "organisation.type"),
    ("exchange", "exchange.vo_country"): ("vo", "organisation.country"),
    ("exchange", "exchange.ho_type"): ("ho", "organisation.type"),
    ("exchange", "exchange.visitor_email"): ("visitor", "person.email"),
    ("attendance", "attendance.type"): ("organisation", "organisation.type"),
}
"""Columns that tell of a record that the rows name, by the kind of the rows."""

_SPARE = {"organisation.vat": "national_number"}

_WHEN_BLANK: Mapping[str, Options] = {"organisation.partner_role": PartnerRole.PARTNER}
"""What our reports say where nothing is stored."""

_CUT = "…"
_LONG = 30_000

Same = Callable[[Record, book.Value], bool]


def told_by(kind: str, code: str) -> Told | None:
    """Say of which other record a column of rows of a kind tells; None if of none."""
    if kind == "membership" and code.startswith("organisation."):
        found = field_of(code)
        return Told("organisation", found, _SPARE.get(code, "")) if found else None
    naming, about = _TOLD.get((kind, code), ("", ""))
    field = field_of(about)
    return Told(naming, field) if field is not None else None


class OwnValues:
    """Compares cells of our own exports with the records they were written from."""

    def __init__(self, known: Known, dictionary: Dictionary) -> None:
        self._known = known
        self._dictionary = dictionary
        self._texts = Texts(dictionary.facts, ISO)
        self._captions: dict[str, dict[Id, str]] = {}
        self._organisations: dict[Id, Organisation] = {}
        self._people: dict[Id, Person] = {}
        self._sessions: dict[Id, Session] = {}

    def same(self, code: str, records: Iterable[Record]) -> Same | None:
        """Give how to compare the cells of a column; None if it holds no field of these records."""
        records = list(records)
        told = told_by(records[0].schema.kind, code) if records else None
        if told is not None:
            return self._of_other(told, code, records)
        field = field_of(code)
        if field is None:
            return None
        if isinstance(field.type, Reference):
            self._fetch(field.type.kind, [getattr(record, field.name) for record in records])
        if code == "exchange.ho_country":
            return self._country_of_stay(field, records)
        if code == "attendance.name_text":
            return self._name_of_person(field, records)
        blank = _WHEN_BLANK.get(code)

        def same(record: Record, raw: book.Value) -> bool:
            value = getattr(record, field.name)
            return self._says(field, code, blank if value is None else value, raw)

        return same

    def _of_other(self, told: Told, code: str, records: Iterable[Record]) -> Same:
        ids = [id_ for record in records if (id_ := getattr(record, told.naming))]
        others: Mapping[Id, Record]
        if told.field.kind == "person":
            self._people |= self._known.full(Person, ids)
            others = self._people
        else:
            self._fetch_organisations(ids)
            others = self._organisations

        def same(record: Record, raw: book.Value) -> bool:
            other = others.get(getattr(record, told.naming))
            if other is None:
                return False
            value = getattr(other, told.field.name)
            if value is None and told.spare:
                value = getattr(other, told.spare)
            return self._says(told.field, code, value, raw)

        return same

    def _name_of_person(self, field: Field, records: Iterable[Record]) -> Same:
        """Where no name was sent, that of the person stands in the cell."""
        ids = [id_ for record in records if (id_ := getattr(record, "person", None))]
        self._people |= self._known.full(Person, ids)

        def same(record: Record, raw: book.Value) -> bool:
            person = self._people.get(getattr(record, "person", None) or Id(""))
            value = getattr(record, field.name) or (person.name if person else None)
            return self._says(field, field.code, value, raw)

        return same

    def _country_of_stay(self, field: Field, records: Iterable[Record]) -> Same:
        """The register fills in the host's country where none of the stay is stored."""
        self._fetch_organisations(getattr(record, "ho", None) for record in records)

        def same(record: Record, raw: book.Value) -> bool:
            host = self._organisations.get(getattr(record, "ho", None) or Id(""))
            value = getattr(record, field.name) or (host.country if host else None)
            return self._says(field, field.code, value, raw)

        return same

    def _fetch_organisations(self, ids: Iterable[Id | None]) -> None:
        wanted = {id_ for id_ in ids if id_ and id_ not in self._organisations}
        self._organisations |= self._known.full(Organisation, wanted)

    def _fetch(self, kind: str, ids: Iterable[Id | None]) -> None:
        ids = list(ids)
        if kind == "organisation":
            self._fetch_organisations(ids)
        known = self._captions.setdefault(kind, {})
        known |= self._known.captions(kind, {id_ for id_ in ids if id_ and id_ not in known})

    def _says(self, field: Field, code: str, value: Any, raw: book.Value) -> bool:
        if value is None or value == ():
            return False
        if isinstance(raw, str) or isinstance(field.type, Reference):
            return self._text_says(field, code, value, str(raw))
        match field.type:
            case Flag():
                return isinstance(raw, bool) and raw == value
            case Day() | PartialDay() | Time():
                return _moment_says(value, raw)
            case Money():
                return _number(raw) == Decimal(value) / 100
            case Whole() | Number():
                return _number(raw) == Decimal(str(value))
            case _:
                return False

    def _text_says(self, field: Field, code: str, value: Any, raw: str) -> bool:
        from smartct_desktop.spreadsheets.csv_out import without_guard

        said = _plain(raw)
        if not said:
            return False
        words = {_plain(text) for text in self._ways(field.type, code, value) if text}
        if said in words or _plain(without_guard(raw.strip())) in words:
            return True
        match field.type:
            case Flag():
                sense = self._dictionary.words.sure("answer", raw)
                return sense is not None and sense.code == ("yes" if value else "no")
            case Money():
                return _number(raw) == Decimal(value) / 100
            case Whole() | Number():
                return _number(raw) == Decimal(str(value))
            case _:
                begun = len(said) > _LONG and _CUT in said
                return begun and any(w.startswith(said.rpartition(_CUT)[0].strip()) for w in words)

    def _ways(  # noqa: C901, PLR0912 (one case a type)
        self, type_: FieldType, code: str, value: Any
    ) -> Iterable[str]:
        """Give the texts that say a value in any of our exports."""
        facts = self._dictionary.facts
        match type_:
            case Choice():
                yield from (value.label, value.value)
                yield from option_words(facts, code, value)
            case Country():
                country = facts.countries.get(value)
                yield value
                if country is not None:
                    yield from (country.names.in_language(language) for language in LANGUAGES)
            case Term(vocabulary):
                yield from (value, facts.term_label(vocabulary, value))
                yield from term_words(facts, vocabulary, value)
            case Terms(vocabulary):
                for separator, path in (("; ", None), ("\n", " > "), ("; ", " > ")):
                    yield separator.join(
                        facts.term_label(vocabulary, term)
                        if path is None
                        else facts.term_path(vocabulary, term, path)
                        for term in value
                    )
                for language in LANGUAGES:
                    yield "; ".join(term_word(facts, vocabulary, t, language) for t in value)
            case Reference(kind):
                yield from self._names(kind, value)
            case Day():
                yield from (value.isoformat(), f"{value:%d.%m.%Y}", f"{value:%d/%m/%Y}")
            case PartialDay() if isinstance(value, PartialDate):
                yield value.isoformat()
                yield f"{value.first:%m/%Y}"
                if value.day:
                    yield from (f"{value.first:%d.%m.%Y}", f"{value.first:%d/%m/%Y}")
            case Time():
                yield from (f"{value:%H:%M}", f"{value:%H:%M:%S}")
            case _:
                yield value.label if isinstance(value, Options) else str(value)
                yield self._texts.shown(type_, value)

    def _names(self, kind: str, id_: Id) -> Iterable[str]:
        if id_ not in self._captions.get(kind, ()):
            self._fetch(kind, [id_])
        yield self._captions[kind].get(id_, "")
        if kind == "event":
            for event in self._known.events:
                if event.id == id_:
                    yield from filter(None, (event.title, event.code))
        if kind == "session":
            self._sessions |= self._known.full(Session, [id_])
            yield from names_of(self._sessions[id_]) if id_ in self._sessions else ()
        if kind == "person":
            yield from (person.name for person in self._known.people if person.id == id_)
        if kind == "organisation" and id_ in self._organisations:
            yield self._organisations[id_].name


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _number(raw: book.Value) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str):
        return None
    try:
        found = Decimal(str(raw).strip())
    except InvalidOperation:
        return None
    return round(found, 6) if found.is_finite() else None


def _moment_says(value: Any, raw: book.Value) -> bool:
    if isinstance(value, PartialDate):
        if not value.day:
            return False
        value = value.first
    if isinstance(raw, datetime):
        return isinstance(value, date) and raw.date() == value and raw.time() == time()
    if isinstance(raw, time):
        return isinstance(value, time) and raw.replace(microsecond=0) == value
    return isinstance(raw, date) and raw == value
