"""People: as little of them as the work needs."""

from __future__ import annotations

from datetime import date

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
