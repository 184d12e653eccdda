"""Reads the HTML tables that LibreOffice, Excel and web pages put on the clipboard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from smartct_desktop.domain.fields import Value
from smartct_desktop.services.revising.pasting import COVERED, Rectangle
from smartct_desktop.services.revising.revision import Given

_EPOCH = date(1899, 12, 30)
_MOST_SPANNED = 1000
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_LETTERS = re.compile(r"[^\W\d_]+")
_MINUTES = 1440
_BLOCKS = frozenset({"p", "div", "li"})
_UNSEEN = frozenset({"style", "script", "head", "title"})


def read_html(html: str) -> Rectangle | None:
    """The table in it; None if there is none, or more than one."""
    reader = _Tables()
    reader.feed(html)
    reader.close()
    if reader.tables != 1 or not reader.rows:
        return None
    return _rectangle(reader.rows)


class _Cell:
    def __init__(self, attributes: dict[str, str]) -> None:
        self.attributes = attributes
        self.parts: list[str] = []

    def span(self, name: str) -> int:
        text = self.attributes.get(name, "1")
        return max(1, min(int(text), _MOST_SPANNED)) if text.isascii() and text.isdigit() else 1

    @property
    def text(self) -> str:
        lines = "".join(self.parts).split("\n")
        return "\n".join(" ".join(line.split(" ")).strip(" ") for line in lines).strip("\n")


class _Tables(HTMLParser):
    """Collects the rows of the outermost table; tables within its cells are part of their text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables = 0
        self.rows: list[list[_Cell]] = []
        self._depth = 0
        self._unseen = 0
        self._cell: _Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._depth += 1
            self.tables += self._depth == 1
        elif self._depth == 1 and tag == "tr":
            self._cell = None
            self.rows.append([])
        elif self._depth == 1 and tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            self._cell = _Cell({name: value or "" for name, value in attrs})
            self.rows[-1].append(self._cell)
        elif self._cell is not None and (
            tag == "br" or (tag in _BLOCKS and "".join(self._cell.parts).strip())
        ):
            self._cell.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table":
            self._depth = max(0, self._depth - 1)
            self._cell = None if self._depth == 0 else self._cell
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._unseen:
            self._cell.parts.append(re.sub(r"[ \t\r\n\f]+", " ", data))


def _rectangle(rows: Sequence[Sequence[_Cell]]) -> Rectangle:
    """Put every cell at its place; what a merged cell covers is left alone."""
    placed: dict[tuple[int, int], Given] = {}
    merged = False
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in placed:
                column += 1
            down, across = cell.span("rowspan"), cell.span("colspan")
            merged = merged or down > 1 or across > 1
            for y in range(row, min(row + down, len(rows))):
                for x in range(column, column + across):
                    placed[y, x] = COVERED
            placed[row, column] = _given(cell)
            column += across
    width = max((column + 1 for _, column in placed), default=0)
    lines = tuple(
        tuple(placed.get((row, column), COVERED) for column in range(width))
        for row in range(len(rows))
    )
    return Rectangle(lines if width else (), merged)


def _given(cell: _Cell) -> Given:
    text = cell.text.replace("\u00a0", " ").strip() if cell.text == "\u00a0" else cell.text
    number = cell.attributes.get("sdval") or cell.attributes.get("x:num")
    if not number or not text:
        return Given(text)
    try:
        exact = Decimal(number)
    except InvalidOperation:
        return Given(text)
    language_and_format = cell.attributes.get("sdnum", "").split(";", 2)
    form = language_and_format[2] if len(language_and_format) > 2 else ""
    value = _typed(exact, form, cell.attributes.get("style", ""))
    return Given(text, value, known=value is not None)


def _typed(number: Decimal, form: str, style: str) -> Value:
    """The number, or the day, time or truth that its format makes of it; None for percentages.

    A moment with day and time is left to its text, which says both.
    """
    plain = _LITERAL.sub("", form).upper()
    if "%" in plain or not number.is_finite():
        return None
    if "BOOLEAN" in plain:
        return bool(number)
    # Days are D, T, G or J, years Y, J or A in the language of the program; E is an exponent.
    runs = _LETTERS.findall(plain)
    parts = {run[0] for run in runs if len(run) <= 5 and len(set(run)) == 1} - {"E"}
    times = bool(parts & {"H", "S"}) or ":" in plain or "Short Time" in style
    days = bool(parts - {"H", "S", "M" if times else ""}) or "Short Date" in style
    if days and times:
        return None
    if days:
        whole = int(number)
        return _EPOCH + timedelta(days=whole) if whole == number and 60 < whole < 2958466 else None
    if times:
        minutes = round(number * _MINUTES)
        return time(minutes // 60, minutes % 60) if 0 <= minutes < _MINUTES else None
    return number
