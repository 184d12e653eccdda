"""How the cells below a heading are to be read: a type for every code of the heading dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.fields import (
    Choice,
    Country,
    Day,
    Email,
    Field,
    FieldType,
    Flag,
    Money,
    Number,
    Reference,
    Text,
    Whole,
)
from smartct_desktop.domain.records.organisation import OrganisationType


@dataclass(frozen=True, slots=True)
class Paper:
    """Whether a paper is there, and its date: "yes", "signed", "x", a day, or both."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day or a range of days in one cell."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day or a range of times in one cell."""


@dataclass(frozen=True, slots=True)
class Vat:
    """A VAT number: without blanks and dots, in capitals."""


@dataclass(frozen=True, slots=True)
class Code:
    """Digits that are a text, such as a postcode: they keep their zeros."""


@dataclass(frozen=True, slots=True)
class Iban:
    """A bank account: only its country, check digits and last signs are ever taken."""


CellType: TypeAlias = FieldType | Paper | Period | Clock | Vat | Code | Iban

_OWN: Mapping[str, CellType] = {
    "exchange.vo_country": Country(),
    "exchange.ho_country": Country(),
    "exchange.vo_type": Choice(OrganisationType),
    "exchange.ho_type": Choice(OrganisationType),
    "exchange.vo_sme": Flag(),
    "exchange.ho_sme": Flag(),
    "exchange.vo_vat": Vat(),
    "exchange.ho_vat": Vat(),
    "exchange.visitor_email": Email(),
    "exchange.visitor_phone": Text(longest=60),
    "exchange.dates": Period(),
    "exchange.planned_dates": Period(),
    "exchange.cap_cents": Money(),
    "event.dates": Period(),
    "event.times": Clock(),
    "attendance.type": Choice(OrganisationType),
    "attendance.signature": Text(longest=200),
    "attendance.photo_consent": Flag(),
    "attendance.given_name": Text(longest=200),
    "attendance.family_name": Text(longest=200),
    "attendance.phone": Text(longest=60),
    "attendance.join_time": Text(longest=60),
    "attendance.leave_time": Text(longest=60),
    "attendance.duration": Text(longest=60),
    "checklist.paper": Text(longest=200),
    "checklist.state": Paper(),
    "checklist.date": Day(),
    "rate.country": Country(),
    "rate.amount": Money(),
    "survey.question": Text(longest=500),
    "survey.n": Whole(),
    "survey.mean": Number(places=2),
    "payment.iban_masked": Iban(),
    "payment.bank_ref": Code(),
    "payment.exchange": Code(),
    "organisation.vat": Vat(),
    "organisation.postcode": Code(),
    "organisation.region_code": Code(),
    "organisation.pic": Code(),
    "organisation.national_number": Code(),
    "membership.member_ref": Code(),
    "exchange.ref": Code(),
    "exchange.cxc_id": Code(),
    "exchange.number": Code(),
    "event.code": Code(),
    "row.record_id": Code(),
    "row.number": Code(),
}

# Which words say what, where a field takes one of a closed list.
WORDS_OF: Mapping[str, str] = {
    "exchange.status": "exchange_status",
    "exchange.mode": "mode",
    "exchange.vo_type": "organisation_type",
    "exchange.ho_type": "organisation_type",
    "organisation.type": "organisation_type",
    "organisation.scaleup_kind": "scaleup_kind",
    "attendance.role": "attendance_role",
    "attendance.type": "organisation_type",
    "event.format": "event_format",
    "event.status": "event_status",
    "event.type": "event_type",
    "event.target_groups": "target_group",
    "membership.member_kind": "member_kind",
    "payment.payment_kind": "payment_kind",
    "organisation.status": "organisation_status",
    "organisation.sme_basis": "sme_basis",
    "organisation.partner_role": "partner_role",
    "label.grade": "label_grade",
    "profile.role": "profile_role",
    "exchange.distance_method": "distance_method",
    "target.counting_rule": "counting_rule",
}


PAPERS = "exchange.documents."
"""What the codes of columns begin with that say whether a paper is there."""

DAY_MARKS = "attendance.days."
"""What the codes of columns begin with that hold marks for one day; their letter follows."""

ANSWERS = "feedback.answers."
"""What the codes of columns begin with that hold one mark of each person; their letter follows."""

SIGNED = frozenset({"payment.amount_cents"})
"""Amounts whose sign says which way the money went; the field itself holds no sign."""


def cell_type(code: str) -> CellType | None:
    """Give the type of the cells below a heading; None for what the program has no field for."""
    own = _OWN.get(code)
    if own is not None:
        return own
    if ".documents." in code:
        return Paper()
    if code.startswith((DAY_MARKS, ANSWERS)):
        return Text()
    field = field_of(code)
    if field is None:
        return None
    return Text() if isinstance(field.type, Reference) else field.type


def field_of(code: str) -> Field | None:
    """Give the field of a record that the code names, None where it names something else."""
    kind, _, name = code.partition(".")
    schema = BY_KIND.get(kind)
    return schema.by_name.get(name) if schema else None


def plan_word(code: str) -> str:
    """Give the word of the plan format for a code: "exchange.vo_country" is "vo_country"."""
    if code.startswith(ANSWERS):
        return "answers"
    return "days" if code.startswith(DAY_MARKS) else code.partition(".")[2]
