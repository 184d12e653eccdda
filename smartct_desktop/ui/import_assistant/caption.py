"""What a row of a file is about, in a few words: who visits whom, which member, which event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.fields import Choice, Country, Money, Text
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.plan import (
    Action,
    PlannedRecord,
    PlanValue,
    RowPlan,
    Target,
)
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.review_rows import ReviewRow
from smartct_desktop.ui.import_assistant.understood import Understanding
from smartct_desktop.ui.import_assistant.words import one_or_more

_TEXTS = 3  # of a row that tells no name
_TELLING: Mapping[str, tuple[str, ...]] = {
    "exchange": ("working_days", "amount_cents", "status"),
    "organisation": ("type", "country", "city", "headcount"),
    "membership": ("since", "until"),
    "event": ("type", "city", "country", "status"),
    "snapshot": ("as_of", "members", "smes"),
}
"""The fields of each kind that say most in little room."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A name, with a country code behind it if one is known."""

    name: str
    code: str = ""


def caption(outlook: Outlook, row: ReviewRow) -> tuple[Piece, ...]:
    """Give what a row is about; several pieces are drawn with arrows between them."""
    if row.row is None:
        return (Piece(row.skipped.text),) if row.skipped is not None and row.skipped.text else ()
    record = next(outlook.records_of(row.row), None)
    if record is None:
        return (Piece(_first_texts(outlook, row)),)
    if record.kind == "exchange":
        return (_side(record, "vo"), _side(record, "ho"))
    found = _named(record) or _first_texts(outlook, row)
    return (Piece(found, _code(record.values.get("country"))),)


def summary(outlook: Outlook, row: RowPlan, understanding: Understanding) -> str:
    """What a row adds, in one line: the main facts of its record, and a new organisation."""
    records = list(outlook.records_of(row))
    if not records:
        return ""
    main = records[0]
    parts = [_facts(main, understanding)]
    new = [r for r in records[1:] if r.kind == "organisation" and r.action is Action.ADD]
    if len(new) == 1 and main.kind == "membership":
        facts = _facts(new[0], understanding)
        words = tr("new organisation")
        parts.insert(0, tr("{new}: {facts}", new=words, facts=facts) if facts else words)
    elif new:
        parts.append(one_or_more(len(new), "new organisation", "{n} new organisations"))
    text = "; ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _facts(record: PlannedRecord, understanding: Understanding) -> str:
    """Dates, days, money, state: what tells one record from another at a glance."""
    schema = BY_KIND.get(record.kind)
    if schema is None:
        return ""
    start, end = _plain(record.values.get("start")), _plain(record.values.get("end"))
    parts = [understanding.days(start, end)] if isinstance(start, date) else []
    for name in _TELLING.get(record.kind, ()):
        value = _plain(record.values.get(name))
        if value is None:
            continue
        field = schema.by_name[name]
        text = understanding.text(value, field.code)
        if name == "working_days":
            text = tr("1 day") if text == "1" else tr("{n} days", n=text)
        elif not isinstance(field.type, Choice | Country | Money | Text):
            text = f"{tr(field.label)} {text}"
        parts.append(text)
    return ", ".join(parts)


def _side(record: PlannedRecord, side: str) -> Piece:
    value = record.values.get(side)
    target = value.propose if isinstance(value, Asked) else value
    written = record.told.get(f"{side}_as_written")
    name = target.name if isinstance(target, Target) else str(written or tr("nobody"))
    country = record.told.get(f"{side}_country") or record.values.get(f"{side}_country")
    return Piece(name, _code(country))


def _code(value: PlanValue) -> str:
    found = _plain(value)
    return found if isinstance(found, str) else ""


def _plain(value: PlanValue) -> PlanValue:
    return value.propose if isinstance(value, Asked) else value


def _named(record: PlannedRecord) -> str:
    """The name of a record: of the organisation that a membership is about, or its own."""
    for name in ("organisation", "name", "title", "name_text", "code", "cluster"):
        value = _plain(record.values.get(name) or record.told.get(name))
        if isinstance(value, Target):
            return value.name
        if isinstance(value, str):
            return value
    return ""


def _first_texts(outlook: Outlook, row: ReviewRow) -> str:
    """What stands in the first cells with text, of a row that tells no name."""
    for sheet in outlook.book.sheets:
        if sheet.name != row.sheet:
            continue
        hidden = outlook.hidden.get(sheet.name, frozenset())
        found = sheet.row(row.first)
        texts = [
            " ".join(value.split())
            for column, value in enumerate(found.values if found is not None else ())
            if isinstance(value, str) and outlook.letter(column) not in hidden
        ]
        return " · ".join(texts[:_TEXTS])
    return ""
