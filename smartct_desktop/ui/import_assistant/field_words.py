"""What the fields are called that a column can hold, and which ones a list can have."""

from __future__ import annotations

from collections.abc import Mapping

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.services.importing.cells import DAY_MARKS, cell_type, field_of
from smartct_desktop.services.importing.kinds_of_table import KINDS
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.ui.forms.offers import Offer
from smartct_desktop.ui.i18n import tr

_ASIDE: Mapping[str, str] = {
    "row.number": "Running number",
    "row.record_id": "Record id",
    "exchange.vo_country": "Visitor's country",
    "exchange.vo_type": "Visitor's type",
    "exchange.vo_sme": "Visitor is an SME",
    "exchange.vo_vat": "Visitor's VAT number",
    "exchange.visitor_email": "Visitor's e-mail",
    "exchange.visitor_phone": "Visitor's phone",
    "exchange.ho_type": "Host's type",
    "exchange.ho_sme": "Host is an SME",
    "exchange.ho_vat": "Host's VAT number",
    "exchange.dates": "From and to",
    "exchange.planned_dates": "Planned from and to",
    "exchange.cap_cents": "Lump sum in full",
    "exchange.documents.ctq": "Commitment to Quality",
    "exchange.documents.agreement": "Financial agreement",
    "exchange.documents.vo_report": "Visitor's report",
    "exchange.documents.ho_report": "Host's report",
    "exchange.documents.evidence": "Evidence of the stay",
    "exchange.documents.certificate": "Certificate",
    "event.dates": "From and to",
    "event.times": "Times",
    "attendance.join_time": "Joined at",
    "attendance.leave_time": "Left at",
    "attendance.duration": "Time online",
    "survey.question": "Question",
    "survey.n": "Answers",
    "survey.mean": "Mean of the answers",
}
"""Names of what a column can hold without being one field of one record."""


def field_name(code: str) -> str:
    """What a person calls the field with this code: "exchange.start" is "From"."""
    if code.startswith(DAY_MARKS):
        return tr("Attended on this day")
    declared = field_of(code)
    if declared is not None:
        return tr(declared.label)
    return tr(_ASIDE[code]) if code in _ASIDE else code.rpartition(".")[2].replace("_", " ")


def list_name(kind: str) -> str:
    """What lists of a kind hold, beginning with a capital: "Exchanges", "" for no known kind."""
    schema = BY_KIND.get(kind)
    plural = next((one.plural for one in KINDS if one.kind == kind), "")
    name = tr(schema.plural if schema is not None else plural)
    return name[:1].upper() + name[1:]


def field_choices(kind: str | None, facts: ProgrammeFacts) -> tuple[Offer, ...]:
    """What a column of a list of this kind can be said to hold, by name."""
    list_ = next((one for one in KINDS if one.kind == kind), None)
    codes = {
        heading.field
        for heading in facts.headings.all
        if list_ is not None and list_.owns(heading.field) and cell_type(heading.field) is not None
    }
    offers = [Offer(code, field_name(code), _record_name(code)) for code in codes]
    return tuple(sorted(offers, key=lambda offer: (offer.text.casefold(), offer.detail)))


def _record_name(code: str) -> str:
    schema = BY_KIND.get(code.partition(".")[0])
    return tr(schema.label) if schema else ""
