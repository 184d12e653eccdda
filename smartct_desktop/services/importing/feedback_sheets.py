"""Sheets of raw feedback: one row for each person who answered, one column for each question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice

from smartct_desktop.domain.book import Row, Sheet, Value, column_name
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.cells import ANSWERS
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.heading_rows import Head, text_of
from smartct_desktop.services.importing.headings import Headings
from smartct_desktop.services.importing.kinds_of_table import FEEDBACK
from smartct_desktop.services.importing.layout import SEARCHED_ROWS, Layout, Table

_MARK = re.compile(
    r"\s*(\d{1,2}(?:[.,]\d{1,2})?)(?:\s*(?:/|out of|von|de|su|от)\s*\d{1,2})?"
    r"(?:\s*$|\s*[-–(:]?\s*[^\W\d].*)"
)
_QUESTION = re.compile(r"\?\s*(?:\(.*\)|\[.*\])?\s*$|[(\[].*\b[01]\s*[-–]\s*\d{1,2}.*[)\]]")
_HIGHEST = 10
_MOSTLY = 0.8
_SHORTEST = 12
_WORDS = frozenset(
    ["satisfied", "satisfaction", "rate", "rating", "useful", "recommend", "zufrieden",
     "zufriedenheit", "bewerten", "bewertung", "nutzlich", "empfehlen", "satisfecho", "satisfecha",
     "satisfaccion", "valora", "valoracion", "util", "recomendaria", "satisfet", "satisfeta",
     "satisfaccio", "valoreu", "valora", "recomanarieu", "доволни", "доволен", "оценка", "оценете",
     "удовлетвореност", "soddisfatto", "soddisfatta", "soddisfazione", "valuta", "valutazione",
     "consiglierebbe"]
)  # fmt: skip


def find_feedback(sheet: Sheet, headings: Headings) -> Layout | None:
    """Find a table of answers: questions for headings, and marks below at least one of them."""
    for place, row in enumerate(islice(sheet.rows, SEARCHED_ROWS)):
        texts = {c: " ".join(v.split()) for c, v in enumerate(row.values) if isinstance(v, str)}
        rows = sheet.rows[place + 1 :]
        if len(texts) < 2 or not any(
            _is_rated(text, c, rows, headings) for c, text in texts.items()
        ):
            continue
        heads = tuple(Head(c, text, headings.senses(text)) for c, text in texts.items())
        return Layout(
            tuple(sheet.rows[:place]),
            (Table((row.number,), heads, tuple(rows), kind=FEEDBACK.kind),),
        )
    return None


def feedback_columns(table: Table, headings: Headings) -> list[MappedColumn]:
    """Give the columns: marks are taken, words and names are not."""
    found = []
    for head in table.heads:
        column, text = head.column, head.text
        sensitive = next((s.code for s in head.senses if s.code.startswith("sensitive.")), "")
        if _is_rated(text, column, table.rows, headings):
            code = f"{ANSWERS}{column_name(column).lower()}"
            found.append(MappedColumn(column, text, code, 0.9, Sentence("marks given by each")))
        elif sensitive:
            never = Sentence("data of this kind are never taken: {heading}", heading=text)
            found.append(MappedColumn(column, text, None, 0.0, never, sensitive))
        else:
            words = Sentence("of a feedback form only marks are kept")
            blank = all(row.value(column) is None for row in table.rows)
            found.append(MappedColumn(column, text, None, 0.0, words, expected=blank))
    return found


def _is_rated(text: str, column: int, rows: Sequence[Row], headings: Headings) -> bool:
    """Whether a heading asks for a mark, and marks stand below it."""
    words = set(fold(text).split())
    asks = bool(_QUESTION.search(text)) or not words.isdisjoint(_WORDS)
    if not asks or sum(map(str.isalpha, text)) < _SHORTEST or headings.plain(text):
        return False
    values = [value for row in rows if (value := row.value(column)) is not None]
    marks = sum(mark_of(value) is not None for value in values)
    return bool(marks) and marks >= _MOSTLY * len(values)


def mark_of(value: Value) -> Decimal | None:
    """Give the mark that a cell says, with or without words; None if it says none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    match = _MARK.match(text_of(value))
    mark = Decimal(match[1].replace(",", ".")) if match else None
    return mark if mark is not None and mark <= _HIGHEST else None
