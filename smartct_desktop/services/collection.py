"""The versions of the template for partners: by which codes its sheets and columns are known.

A file that was made years ago must still be understood. So the codes that stand, hidden, above the
columns never change within a version; when a field gets another name, the version stays and its
code leads to the new name here. A new column needs no new version, a column that means something
else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FORMAT = "partner-template"
VERSION = 1
"""The version that is written today."""

MEMBERS, EXCHANGES, EVENTS, ATTENDANCE = "members", "exchanges", "events", "attendance"
LISTS, HELP = "lists", "help"


@dataclass(frozen=True, slots=True)
class SheetCodes:
    """One sheet of a version: the kind of its records, and what the codes of its columns mean."""

    kind: str
    meanings: Mapping[str, str]


def _codes(kind: str, codes: str, **renamed: str) -> SheetCodes:
    return SheetCodes(kind, {code: renamed.get(code, code) for code in codes.split()})


_FIRST: Mapping[str, SheetCodes] = {
    MEMBERS: _codes(
        "membership",
        "organisation.name organisation.name_latin organisation.vat organisation.country "
        "organisation.region organisation.city organisation.type organisation.sme "
        "organisation.headcount organisation.founded_year organisation.website "
        "organisation.contact organisation.contact_email membership.since membership.until",
    ),
    EXCHANGES: _codes(
        "exchange",
        "exchange.cxc_id exchange.vo exchange.vo_country exchange.vo_cluster exchange.visitor "
        "exchange.visitor_email exchange.ho exchange.ho_country exchange.ho_city "
        "exchange.ho_cluster exchange.start exchange.end exchange.working_days exchange.mode "
        "exchange.distance_km exchange.ctq_vo_on exchange.ctq_ho_on exchange.ctq_vop_on "
        "exchange.ctq_hop_on exchange.agreement_on exchange.vo_report_on exchange.ho_report_on "
        "exchange.evidence exchange.amount_cents exchange.paid_on exchange.remark",
    ),
    EVENTS: _codes(
        "event",
        "event.code event.title event.type event.target_groups event.open_to_smes event.start "
        "event.end event.city event.country event.format event.participants_reported",
    ),
    ATTENDANCE: _codes(
        "attendance",
        "attendance.event attendance.session attendance.name_text attendance.organisation "
        "attendance.country attendance.type attendance.email attendance.role",
    ),
}

VERSIONS: Mapping[int, Mapping[str, SheetCodes]] = {1: _FIRST}
"""What was ever written. Versions stay here for ever."""


def sheet_codes(version: int, sheet: str) -> SheetCodes | None:
    """Give what the codes of a sheet mean; those of a later version than ours as in ours."""
    return VERSIONS.get(version, VERSIONS[VERSION]).get(sheet)
