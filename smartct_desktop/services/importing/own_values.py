"""Whether a cell of our own export still says what is stored: then it asks and changes nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from smartct_desktop.domain import book
from smartct_desktop.domain.catalog import BY_KIND
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
from smartct_desktop.services.importing.cells import field_of
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.reports.wording import LANGUAGES, labels_in
from smartct_desktop.services.texts import ISO, Texts

_SIDES: Mapping[str, tuple[str, str]] = {
    "exchange.vo_type": ("vo", "type"),
    "exchange.vo_country": ("vo", "country"),
    "exchange.ho_type": ("ho", "type"),
}
"""Columns of the register that tell of an organisation: the side, and the organisation's field."""

_WHEN_BLANK: Mapping[str, Options] = {"organisation.partner_role": PartnerRole.PARTNER}
"""What our reports say where nothing is stored."""

_CUT = "…"
_LONG = 30_000

Same = Callable[[Record, book.Value], bool]


def organisation_fact(code: str) -> tuple[str, str] | None:
    """Give the side of an exchange and the organisation's field that a column tells of."""
    return _SIDES.get(code)


class OwnValues:
    """Compares cells of our own exports with the records they were written from."""

    def __init__(self, known: Known, dictionary: Dictionary) -> None:
        self._known = known
        self._dictionary = dictionary
        self._texts = Texts(dictionary.facts, ISO)
        self._captions: dict[str, dict[Id, str]] = {}
        self._organisations: dict[Id, Organisation] = {}

    def same(self, code: str, records: Iterable[Record]) -> Same | None:
        """Give how to compare the cells of a column; None if it holds no field of these records."""
        records = list(records)
        side, name = _SIDES.get(code, ("", ""))
        if side:
            return self._of_side(side, BY_KIND["organisation"].by_name[name], code, records)
        field = field_of(code)
        if field is None:
            return None
        if isinstance(field.type, Reference):
            self._fetch(field.type.kind, [getattr(record, field.name) for record in records])
        if code == "exchange.ho_country":
            return self._country_of_stay(field, records)
        blank = _WHEN_BLANK.get(code)

        def same(record: Record, raw: book.Value) -> bool:
            value = getattr(record, field.name)
            return self._says(field, code, blank if value is None else value, raw)

        return same

    def _of_side(self, side: str, field: Field, code: str, records: Iterable[Record]) -> Same:
        self._fetch_organisations(getattr(record, side) for record in records)

        def same(record: Record, raw: book.Value) -> bool:
            organisation = self._organisations.get(getattr(record, side))
            value = getattr(organisation, field.name) if organisation else None
            return self._says(field, code, value, raw)

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
        if isinstance(raw, str):
            return self._text_says(field, code, value, raw)
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
                for language in LANGUAGES:
                    yield labels_in(facts, code, language).get(value.label, "")
            case Country():
                country = facts.countries.get(value)
                yield value
                if country is not None:
                    yield from (country.names.in_language(language) for language in LANGUAGES)
            case Term(vocabulary):
                yield from (value, facts.term_label(vocabulary, value))
            case Terms(vocabulary):
                for separator, path in (("; ", None), ("\n", " > "), ("; ", " > ")):
                    yield separator.join(
                        facts.term_label(vocabulary, term)
                        if path is None
                        else facts.term_path(vocabulary, term, path)
                        for term in value
                    )
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
            yield from (event.title for event in self._known.events if event.id == id_)
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
