"""Rows that can be the headings of a table: one, or several that belong together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from smartct_desktop.domain.book import Area, CellError, Row, Sheet, Value
from smartct_desktop.services.importing.half_days import halves_in
from smartct_desktop.services.importing.headings import Headings, Sense

Merged = Mapping[int, Sequence[Area]]
"""The merged areas that can touch headings, by row."""

_LONGEST_HEADING = 120
_DEEPER_GAIN = 0.5
_WIDEST = 500

# What a heading below "Visitor" or "Host" means, by what it would mean by itself.
_BELOW: Mapping[str, Mapping[str, str]] = {
    "vo": {
        "organisation.name": "exchange.vo",
        "organisation.country": "exchange.vo_country",
        "organisation.type": "exchange.vo_type",
        "organisation.vat": "exchange.vo_vat",
        "organisation.sme": "exchange.vo_sme",
        "person.name": "exchange.visitor",
        "person.email": "exchange.visitor_email",
    },
    "ho": {
        "organisation.name": "exchange.ho",
        "organisation.country": "exchange.ho_country",
        "organisation.city": "exchange.ho_city",
        "organisation.type": "exchange.ho_type",
        "organisation.vat": "exchange.ho_vat",
        "organisation.sme": "exchange.ho_sme",
    },
}
_SIDES = {"exchange.vo": "vo", "exchange.visitor": "vo", "exchange.ho": "ho"}


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of one column: its text, joined from all heading rows, and what it may mean."""

    column: int
    text: str
    senses: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that could be the headings, and how well they would do; places in the sheet's rows."""

    first: int
    last: int
    heads: tuple[Head, ...]
    score: float


def block_of(
    sheet: Sheet, headings: Headings, merged: Merged, first: int, last: int
) -> Block | None:
    """Understand rows as headings; equal ones count once, for they say nothing new."""
    rows = sheet.rows[first : last + 1]
    levels = [_spread(row, merged) for row in rows]
    for upper, lower in pairwise(levels):
        _fill_right(upper, lower, headings)
    heads, certain = [], dict[frozenset[str], float]()
    for column in sorted(set().union(*levels)):
        texts = [level[column] for level in levels if column in level]
        if any(len(text) > _LONGEST_HEADING for text in texts):
            continue
        head = _head(column, texts, headings)
        heads.append(head)
        if head.senses:
            certain[frozenset(s.code for s in head.senses)] = head.senses[0].certainty
    return Block(first, last, tuple(heads), sum(certain.values())) if heads else None


def deepened(sheet: Sheet, headings: Headings, merged: Merged, block: Block) -> Block:
    """Take in the rows above or below that belong to the headings."""
    best = block
    for first, last in ((-1, 0), (0, 1), (-2, 0), (-1, 1)):
        low, high = block.first + first, block.last + last
        if low < 0 or high >= len(sheet.rows):
            continue
        rows = sheet.rows[low : high + 1]
        if rows[-1].number - rows[0].number != high - low:
            continue
        if not all(
            _heading_like(row, merged) for row in rows if row is not sheet.rows[block.first]
        ):
            continue
        deeper = block_of(sheet, headings, merged, low, high)
        if deeper and deeper.score >= best.score + _DEEPER_GAIN * (high - low):
            best = deeper
    return best


def with_days(sheet: Sheet, merged: Merged, block: Block) -> Block:
    """Take in the headings that are dates, not texts, and a row of halves of days below them."""
    days: dict[int, str] = {}
    for row in sheet.rows[block.first : block.last + 1]:
        days |= _spread_days(row, merged)
    heads = {head.column: head for head in block.heads}
    heads |= {c: Head(c, text, ()) for c, text in days.items() if c not in heads}
    last = block.last
    below = sheet.rows[last + 1] if last + 1 < len(sheet.rows) else None
    if below is not None and below.number == sheet.rows[last].number + 1:
        halves = halves_in(below)
        last += bool(halves)
        for column, half in halves.items():
            day = next((heads[c] for c in range(column, -1, -1) if c in heads), None)
            text = f"{day.text} {half}" if day is not None else half
            heads[column] = Head(column, text, ())
    ordered = tuple(sorted(heads.values(), key=lambda head: head.column))
    return Block(block.first, last, ordered, block.score)


def below(parents: Sequence[Sense], children: Sequence[Sense]) -> tuple[Sense, ...]:
    """Give what a heading means below another that names one side of an exchange."""
    sides = {_SIDES[sense.code] for sense in parents if sense.code in _SIDES}
    if len(sides) != 1:
        return ()
    side = sides.pop()
    prefix = f"exchange.{side}"
    own = [
        replace(s, note="")
        for s in children
        if s.code.startswith((prefix, f"exchange.documents.{side}"))
    ]
    moved = [
        Sense(_BELOW[side][s.code], 0.92, s.languages, "heading below another")
        for s in children
        if s.code in _BELOW[side]
    ]
    return tuple(own or moved)


def merged_rows(areas: Iterable[Area]) -> dict[int, list[Area]]:
    """Sort merged areas by the rows they cover, as far as headings can reach."""
    found: dict[int, list[Area]] = {}
    for area in areas:
        for number in range(area.first_row, min(area.last_row, area.first_row + 3) + 1):
            found.setdefault(number, []).append(area)
    return found


def text_of(value: Value) -> str:
    """Give a cell's value as a text for reading titles; numbers and dates as ISO."""
    if value is None or isinstance(value, CellError):
        return ""
    return " ".join(str(value).split())


def _heading_like(row: Row, merged: Merged) -> bool:
    """Whether a row beside headings can belong to them: texts only, and more than a title."""
    texts = [value for value in row.values if value is not None]
    if not all(isinstance(value, str) and len(value) <= _LONGEST_HEADING for value in texts):
        return False
    spans = [area for area in merged.get(row.number, ()) if area.last_column > area.first_column]
    return len(texts) > 1 or any(area.last_column - area.first_column < 5 for area in spans)


def _head(column: int, texts: Sequence[str], headings: Headings) -> Head:
    """Understand the texts above one column, the lowest being the nearest."""
    distinct = list(dict.fromkeys(texts))
    joined = " ".join(distinct)
    child = headings.plain(distinct[-1])
    if len(distinct) == 1:
        return Head(column, joined, child)
    found = headings.plain(joined) or headings.plain(" ".join(reversed(distinct)))
    for parent in reversed(distinct[:-1]):
        known = {sense.code for sense in found}
        found += tuple(s for s in below(headings.plain(parent), child) if s.code not in known)
    return Head(column, joined, found or child or headings.plain(distinct[0]))


def _spread(row: Row, merged: Merged) -> dict[int, str]:
    """Give the texts of a row by column, merged ones under every column they cover."""
    texts = {
        column: " ".join(value.split())
        for column, value in enumerate(row.values)
        if isinstance(value, str) and value.strip()
    }
    for area in merged.get(row.number, ()):
        text = texts.get(area.first_column)
        if text is not None and area.first_row <= row.number <= area.last_row:
            for column in range(area.first_column, min(area.last_column, _WIDEST) + 1):
                texts[column] = text
    return texts


def _fill_right(upper: dict[int, str], lower: Mapping[int, str], headings: Headings) -> None:
    """Let "Visitor" and "Host" hold to their right where cells are not merged, as in text files."""
    if len(upper) < 2:
        return
    side = ""
    for column in range(max(lower, default=-1) + 1):
        own = upper.get(column)
        if own is not None:
            codes = {sense.code for sense in headings.plain(own)}
            side = own if codes & _SIDES.keys() else ""
        elif side and column in lower:
            upper[column] = side


def _spread_days(row: Row, merged: Merged) -> dict[int, str]:
    days = {
        column: text_of(value.date() if isinstance(value, datetime) else value)
        for column, value in enumerate(row.values)
        if isinstance(value, date)
    }
    for area in merged.get(row.number, ()):
        if (text := days.get(area.first_column)) is not None:
            days |= dict.fromkeys(
                range(area.first_column, min(area.last_column, _WIDEST) + 1), text
            )
    return days
