"""The values a rule set has: what each is called, how it is written, and what it may be.

A value is named by a key: "min_working_days", or for the tables of a rule set "cap.ES" (the lump
sum of a host country), "may_visit.LARGE" and "may_host.LARGE" (what a type of organisation may do).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.sentence import Sentence

CAP, MAY_VISIT, MAY_HOST = "cap", "may_visit", "may_host"
"""The tables of a rule set: the part of a key before the dot."""

OPEN = "open"
"""How a day is written that limits nothing."""

RuleSetValue: TypeAlias = int | date | bool | str | None
"""What a value can be: a number (money in cents), a day or None if open, yes or no, a word."""

_MOST = 10**12


class ValueType(Enum):
    """How a value is written, and what it means."""

    WHOLE = "whole"
    EURO = "euro"
    DAY = "day"
    FLAG = "flag"
    DAY_COUNT = "day_count"
    PERMISSION = "permission"


_WORDS: Mapping[ValueType, tuple[str, ...]] = {
    ValueType.FLAG: ("yes", "no"),
    ValueType.DAY_COUNT: ("calendar", "working"),
    ValueType.PERMISSION: ("yes", "no", "waiver"),
}


@dataclass(frozen=True, slots=True)
class RuleKey:
    """One value of a rule set; `unit` stands behind it, `of` is the country or type, or ""."""

    name: str
    label: str
    type: ValueType
    unit: str = ""
    of: str = ""

    @property
    def table(self) -> str:
        """The table it belongs to, or ""."""
        return self.name.partition(".")[0] if self.of else ""

    def read(self, text: str) -> RuleSetValue:
        """Read a value as it is written; money in euros. Raises `Invalid`."""
        text = text.strip()
        match self.type:
            case ValueType.WHOLE:
                if text.isascii() and text.isdigit() and int(text) <= _MOST:
                    return int(text)
                raise self._refused(Sentence("a whole number"))
            case ValueType.EURO:
                return self._cents(text)
            case ValueType.DAY:
                return self._day(text)
            case ValueType.FLAG:
                return self._word(text) == "yes"
            case _:
                return self._word(text)

    def write(self, value: RuleSetValue) -> str:
        """Write a value so that `read` gives it again."""
        match value:
            case None:
                return OPEN
            case bool():
                return "yes" if value else "no"
            case date():
                return value.isoformat()
            case int() if self.type is ValueType.EURO:
                return f"{value // 100}" if value % 100 == 0 else f"{value / 100:.2f}"
            case _:
                return str(value)

    def _cents(self, text: str) -> int:
        found = re.fullmatch(r"(\d{1,12})(?:\.(\d{1,2}))?", text, re.ASCII)
        cents = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else 0
        if cents == 0:
            raise self._refused(Sentence("an amount in euros such as 830 or 830.50"))
        return cents

    def _day(self, text: str) -> date | None:
        if text == OPEN:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self._refused(
                Sentence("a day such as 2021-11-16, or “{open}”", open=OPEN)
            ) from None

    def _word(self, text: str) -> str:
        words = _WORDS[self.type]
        if text not in words:
            raise self._refused(Sentence("one of {words}", words=", ".join(words)))
        return text

    def _refused(self, expected: Sentence) -> Invalid:
        return Invalid(
            Sentence("{label}: expected is {expected}.", label=self.label, expected=expected),
            "value",
        )


_DAYS, _EURO, _KM, _MONTHS, _YEARS = "days", "€", "km", "months", "years"

KEYS: tuple[RuleKey, ...] = (
    RuleKey("valid_from", "Call from", ValueType.DAY),
    RuleKey("valid_to", "Call until", ValueType.DAY),
    RuleKey("min_working_days", "Fewest working days of a stay", ValueType.WHOLE, _DAYS),
    RuleKey("full_from_days", "Full lump sum from", ValueType.WHOLE, _DAYS),
    RuleKey("near_km", "Half lump sum below", ValueType.WHOLE, _KM),
    RuleKey("near_km_margin", "Distances are doubtful within", ValueType.WHOLE, _KM),
    RuleKey("max_months", "Longest stay", ValueType.WHOLE, _MONTHS),
    RuleKey("ceiling_cents", "Highest lump sum", ValueType.EURO, _EURO),
    RuleKey("payment_days", "Paid within", ValueType.WHOLE, _DAYS),
    RuleKey("payment_days_kind", "Days of the payment term", ValueType.DAY_COUNT),
    RuleKey("once_only", "One physical visit per organisation", ValueType.FLAG),
    RuleKey("virtual_allowed_from", "Virtual exchanges from", ValueType.DAY),
    RuleKey("virtual_allowed_to", "Virtual exchanges until", ValueType.DAY),
    RuleKey("virtual_min_half_days", "Fewest half days online", ValueType.WHOLE),
    RuleKey("vo_report_due_days", "Visitor's report within", ValueType.WHOLE, _DAYS),
    RuleKey("ho_report_due_days", "Host's report within", ValueType.WHOLE, _DAYS),
    RuleKey("periodic_report_days", "Periodic report within", ValueType.WHOLE, _DAYS),
    RuleKey("keep_years", "Records are kept", ValueType.WHOLE, _YEARS),
    RuleKey("keep_short_years", "Records of small grants are kept", ValueType.WHOLE, _YEARS),
    RuleKey("keep_short_up_to_cents", "Small grants are those up to", ValueType.EURO, _EURO),
    RuleKey("third_country_days", "Residence to be proved", ValueType.WHOLE, _DAYS),
    RuleKey("min_cluster_members", "Fewest members of a cluster", ValueType.WHOLE),
    RuleKey("grant_ceiling_cents", "Largest grant", ValueType.EURO, _EURO),
    RuleKey("sme_staff_below", "An SME has fewer staff than", ValueType.WHOLE),
    RuleKey("sme_turnover_up_to_cents", "Turnover of an SME up to", ValueType.EURO, _EURO),
    RuleKey("sme_balance_up_to_cents", "Balance sheet of an SME up to", ValueType.EURO, _EURO),
)
"""The values that a rule set has once each, in the order of the editor."""

_BY_NAME = {key.name: key for key in KEYS}
_TABLES = {
    CAP: (re.compile("[A-Z]{2}"), "Lump sum for stays in {of}", ValueType.EURO, _EURO),
    MAY_VISIT: (re.compile("[A-Z]+"), "May visit: {of}", ValueType.PERMISSION, ""),
    MAY_HOST: (re.compile("[A-Z]+"), "May host: {of}", ValueType.PERMISSION, ""),
}


def rule_key(name: str) -> RuleKey | None:
    """Give what a key names, None if there is no such value."""
    known = _BY_NAME.get(name)
    if known is not None:
        return known
    table, _, of = name.partition(".")
    if table not in _TABLES:
        return None
    shape, label, type_, unit = _TABLES[table]
    if shape.fullmatch(of) is None:
        return None
    return RuleKey(name, Sentence(label, of=of), type_, unit, of)
