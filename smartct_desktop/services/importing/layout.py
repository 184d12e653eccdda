"""Where the tables of a sheet are: heading rows, what stands above them, the rows below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from smartct_desktop.domain.book import Area, CellError, Row, Sheet, Value
from smartct_desktop.services.importing.headings import Headings, Sense

SEARCHED_ROWS = 60
"""How many rows that are not blank are looked at for the first headings."""

_LONGEST_HEADING = 120
_DAY = re.compile(r"\s*(?:[^\W\d]{1,12}[.,]*\s*){0,2}\d{1,4}\b(?!.{30})", re.DOTALL)
_LEAST_HITS = 2
_LEAST_SHARE = 0.4
_DEEPER_GAIN = 0.5

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
class Table:
    """One table of a sheet. `rows` are all rows from below the headings to the next table."""

    header_rows: tuple[int, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of a sheet, and the rows above the first one."""

    above: tuple[Row, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows that could be the headings, and how well they would do."""

    first: int
    last: int
    heads: tuple[Head, ...]
    score: float


def find_tables(sheet: Sheet, headings: Headings) -> Layout:
    """Find the tables of a sheet; none where no row looks like headings."""
    merged = _merged_rows(sheet.merged)
    first = _best_block(sheet, headings, merged, 0, SEARCHED_ROWS)
    if first is None:
        return Layout(tuple(sheet.rows), ())
    blocks = [first, *_further_blocks(sheet, headings, merged, first)]
    ends = [block.first for block in blocks[1:]] + [len(sheet.rows)]
    tables = tuple(
        Table(
            tuple(row.number for row in sheet.rows[block.first : block.last + 1]),
            _named(_with_days(block.heads, sheet.rows[block.last]), headings),
            tuple(sheet.rows[block.last + 1 : _without_title(sheet, block.last + 1, end)]),
        )
        for block, end in zip(blocks, ends, strict=True)
    )
    return Layout(tuple(sheet.rows[: first.first]), tables)


def _named(heads: Sequence[Head], headings: Headings) -> tuple[Head, ...]:
    """Look harder for what the headings mean that are in no dictionary as they stand."""
    return tuple(
        head if head.senses else Head(head.column, head.text, headings.senses(head.text))
        for head in heads
    )


def _without_title(sheet: Sheet, start: int, end: int) -> int:
    """Leave out the title of the next table: a text by itself, above its headings, after a gap."""
    last = end - 1
    if end == len(sheet.rows) or last <= start:
        return end
    title, before, below = sheet.rows[last], sheet.rows[last - 1], sheet.rows[end]
    alone = _filled(title) == 1 and below.number == title.number + 1
    return last if alone and title.number > before.number + 1 else end


def _with_days(heads: Sequence[Head], row: Row) -> Sequence[Head]:
    """Take in the headings that are dates, not texts."""
    headed = {head.column for head in heads}
    dated = [
        Head(column, text_of(value.date() if isinstance(value, datetime) else value), ())
        for column, value in enumerate(row.values)
        if isinstance(value, date) and column not in headed
    ]
    return sorted([*heads, *dated], key=lambda head: head.column)


def _further_blocks(
    sheet: Sheet, headings: Headings, merged: Mapping[int, Sequence[Area]], first: _Block
) -> Iterator[_Block]:
    """Find headings of other tables below: they follow a gap or a title, and say other things."""
    texts = tuple(head.text for head in first.heads)
    previous = first.last
    for index in range(first.last + 2, len(sheet.rows)):
        row, before = sheet.rows[index], sheet.rows[index - 1]
        if row.number == before.number + 1 and _filled(before) > 1:
            continue
        if index <= previous + 1 or _filled(row) < 3:
            continue
        block = _block(sheet, headings, merged, index, index)
        if block is None or block.score < 3 * 0.9:
            continue
        if tuple(head.text for head in block.heads) != texts and _share(row, block) >= 0.6:
            previous = block.last
            yield block


def _best_block(
    sheet: Sheet,
    headings: Headings,
    merged: Mapping[int, Sequence[Area]],
    start: int,
    stop: int,
) -> _Block | None:
    best: _Block | None = None
    for index, _ in enumerate(islice(sheet.rows, start, stop), start):
        block = _block(sheet, headings, merged, index, index)
        if block is None or (best and block.score <= best.score):
            continue
        if block.score >= _LEAST_HITS * 0.9 and _share(sheet.rows[index], block) >= _LEAST_SHARE:
            best = block
    return _deepened(sheet, headings, merged, best) if best else None


def _deepened(
    sheet: Sheet, headings: Headings, merged: Mapping[int, Sequence[Area]], block: _Block
) -> _Block:
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
        deeper = _block(sheet, headings, merged, low, high)
        if deeper and deeper.score >= best.score + _DEEPER_GAIN * (high - low):
            best = deeper
    return best


def _heading_like(row: Row, merged: Mapping[int, Sequence[Area]]) -> bool:
    """Whether a row beside headings can belong to them: texts only, and more than a title."""
    texts = [value for value in row.values if value is not None]
    if not all(isinstance(value, str) and len(value) <= _LONGEST_HEADING for value in texts):
        return False
    spans = [area for area in merged.get(row.number, ()) if area.last_column > area.first_column]
    return len(texts) > 1 or any(area.last_column - area.first_column < 5 for area in spans)


def _block(
    sheet: Sheet,
    headings: Headings,
    merged: Mapping[int, Sequence[Area]],
    first: int,
    last: int,
) -> _Block | None:
    rows = sheet.rows[first : last + 1]
    levels = [_spread(row, merged) for row in rows]
    heads, score = [], 0.0
    for column in sorted(set().union(*levels)):
        texts = [level[column] for level in levels if column in level]
        if any(len(text) > _LONGEST_HEADING for text in texts):
            continue
        head = _head(column, texts, headings)
        heads.append(head)
        score += head.senses[0].certainty if head.senses else 0
    return _Block(first, last, tuple(heads), score) if heads else None


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
        found += tuple(s for s in _below(headings.plain(parent), child) if s.code not in known)
    return Head(column, joined, found or child or headings.plain(distinct[0]))


def _below(parents: Sequence[Sense], children: Sequence[Sense]) -> tuple[Sense, ...]:
    sides = {_SIDES[sense.code] for sense in parents if sense.code in _SIDES}
    if len(sides) != 1:
        return ()
    side = sides.pop()
    prefix = f"exchange.{side}"
    own = [s for s in children if s.code.startswith((prefix, f"exchange.documents.{side}"))]
    moved = [
        Sense(_BELOW[side][s.code], 0.92, s.languages, "heading below another")
        for s in children
        if s.code in _BELOW[side]
    ]
    return tuple(own or moved)


def _spread(row: Row, merged: Mapping[int, Sequence[Area]]) -> dict[int, str]:
    """Give the texts of a row by column, merged ones under every column they cover."""
    texts = {
        column: " ".join(value.split())
        for column, value in enumerate(row.values)
        if isinstance(value, str) and value.strip()
    }
    for area in merged.get(row.number, ()):
        text = texts.get(area.first_column)
        if text is not None and area.first_row <= row.number <= area.last_row:
            for column in range(area.first_column, min(area.last_column, 500) + 1):
                texts[column] = text
    return texts


def _merged_rows(areas: Sequence[Area]) -> dict[int, list[Area]]:
    """Sort merged areas by the rows they cover, as far as headings can reach."""
    found: dict[int, list[Area]] = {}
    for area in areas:
        for number in range(area.first_row, min(area.last_row, area.first_row + 3) + 1):
            found.setdefault(number, []).append(area)
    return found


def _filled(row: Row) -> int:
    return sum(value is not None for value in row.values)


def _share(row: Row, block: _Block) -> float:
    """Give the share of known headings; among several days the others are looked at."""
    known = sum(1 for head in block.heads if head.senses)
    days = sum(_like_day(value) for value in row.values)
    return known / max(1, _filled(row) - (days if days > 1 else 0))


def _like_day(value: Value) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and bool(_DAY.match(value)))


def text_of(value: Value) -> str:
    """Give a cell's value as a text for reading titles; numbers and dates as ISO."""
    if value is None or isinstance(value, CellError):
        return ""
    return " ".join(str(value).split())
