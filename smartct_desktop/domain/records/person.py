"""People: as little of them as the work needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from smartct_desktop.domain.fields import (
    Country,
    Day,
    Email,
    Flag,
    Id,
    Reference,
    Text,
    declared,
)
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence


class Person(Record, kind="person", label="Person", plural="People", caption="name"):
    """A person who visits, hosts, attends or signs."""

    name: str = declared(
        "Name", Text(), required=True, key=True, width=26, personal=Personal.NAME, section="Person"
    )
    given_name: str | None = declared("Given name", Text(), default=None, personal=Personal.NAME)
    family_name: str | None = declared("Family name", Text(), default=None, personal=Personal.NAME)
    function: str | None = declared(
        "Function", Text(), default=None, width=20, personal=Personal.DETAIL
    )
    organisation: Id | None = declared(
        "Organisation", Reference("organisation"), default=None, width=30
    )
    email: str | None = declared(
        "E-mail", Email(), default=None, width=28, personal=Personal.ADDRESS
    )
    phone: str | None = declared("Phone", Text(longest=60), default=None, personal=Personal.ADDRESS)
    language: str | None = declared("Language", Text(longest=20), default=None, width=9)
    country: str | None = declared("Country", Country(), default=None)
    third_country_national: bool | None = declared(
        "Third-country national",
        Flag(),
        default=None,
        personal=Personal.DETAIL,
        help="Such visitors need a proof of 183 days in a participating country.",
    )
    notice_on: date | None = declared(
        "Privacy notice given on", Day(), default=None, section="Privacy"
    )
    photo_consent: bool | None = declared("Consent to photos", Flag(), default=None)
    anonymised_on: date | None = declared("Made anonymous on", Day(), default=None)
    restricted_on: date | None = declared(
        "Use restricted since",
        Day(),
        default=None,
        help="The data stay, but lists, letters and files leave the person out.",
    )
    restricted_because: str | None = declared(
        "Restricted because", Text(), default=None, width=30, free_text=True
    )

    def contradictions(self) -> Iterable[tuple[str, Sentence]]:
        """Refuse a reason that would look like a restriction and be none."""
        if self.restricted_because and self.restricted_on is None:
            yield "restricted_because", Sentence("Say first since when the use is restricted.")

    def succeeding(self, before: Record) -> Self:
        """Give it without the reason of a restriction that ended."""
        if not isinstance(before, Person) or before.restricted_on is None or self.restricted_on:
            return self
        if self.restricted_because != before.restricted_because:
            return self
        return self.replace(restricted_because=None)
