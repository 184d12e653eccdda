"""Reads the tables of a web page, which some programs call .xls: every value a text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from smartct_desktop.domain.book import (
    NO_MARKS,
    PLAIN,
    Area,
    Book,
    BookFormat,
    EncodingGuess,
    Look,
    Mark,
    Sheet,
    TextForm,
)
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.blocks import Advance, Budget, Message
from smartct_desktop.spreadsheets.gathering import Gatherer
from smartct_desktop.spreadsheets.raised_digits import raised
from smartct_desktop.spreadsheets.request import Request
from smartct_desktop.spreadsheets.text_encodings import Guess, chosen_or_guessed

_PIECE = 1 << 16
_HEAD = 1 << 13
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_WIDEST, _HIGHEST = 16_384, 65_536
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINES = frozenset({"br", "p", "div", "li"})
_UNSEEN = frozenset({"script", "style", "title", "template", "noscript"})
_STRUCK = frozenset({"s", "strike", "del"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)


def read_html(request: Request) -> Iterator[Message]:
    """Read a page; each table is a sheet, and a table inside of a cell is one of its own.

    Raises `Trouble` if it has no table, or more than the limits allow.
    """
    form = page_form(request.path, request.choice.encoding)
    encoding = form.encoding
    reader = _PageReader(request)
    size = request.path.stat().st_size
    with request.path.open(encoding=encoding, errors="replace", newline="") as page:
        done = 0
        while piece := page.read(_PIECE):
            reader.feed(piece)
            done += len(piece)
            yield Advance(min(done, size), size)
    reader.close()
    tables = [table for table in reader.tables if table.filled]
    if not tables:
        raise refusals.no_table(request.name, Sentence("a web page without a table"))
    budget = Budget(request.name, request.limits)
    for place, table in enumerate(tables, 1):
        name = table.caption.strip() or f"Table {place}"
        yield from _rows_of(table, name, budget, request)
    yield Book(request.name, request.sha256, BookFormat.HTML, (), text=form)


def page_form(path: Path, chosen: str | None) -> TextForm:
    """The encoding that somebody chose, or that the page names or proves, else the likeliest."""
    guess = chosen_or_guessed(path, chosen)
    if not guess.certain:
        with path.open("rb") as page:
            named = _CHARSET.search(page.read(_HEAD))
        with suppress(LookupError):
            if named is not None:
                name = codecs.lookup(named[1].decode()).name
                guess = Guess((EncodingGuess(name, 1.0, ""),), certain=True)
    return TextForm(guess.encodings, guess.certain, ("",), delimiter_certain=True)


@dataclass(slots=True)
class _Cell:
    """One cell as it stands in the page."""

    wide: int
    high: int
    pieces: list[str] = field(default_factory=list)
    bold: bool = False
    struck: bool = False
    link: str = ""
    comment: str = ""

    @property
    def text(self) -> str:
        lines = "".join(self.pieces).split("\n")
        return "\n".join(_BLANKS.sub(" ", line).strip() for line in lines).strip()


@dataclass(slots=True)
class _Table:
    """One table: rows of cells, and which rows are not shown."""

    caption: str = ""
    rows: list[list[_Cell]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)

    @property
    def filled(self) -> bool:
        return any(cell.text for row in self.rows for cell in row)


class _PageReader(HTMLParser):
    """Takes the tables out of a page, however badly it is written."""

    def __init__(self, request: Request) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._limits = request.limits
        self._name = request.name
        self._open: list[_Table] = []
        self._cells: list[_Cell | None] = []
        self._unseen = 0
        self._captioned = False
        self._struck = 0
        self._raised = 0
        self._commented = False
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what a tag begins; a cell or a row ends the one before without being told."""
        given = {key: value or "" for key, value in attrs}
        style = given.get("style", "")
        if tag == "table":
            table = _Table()
            self.tables.append(table)
            self._open.append(table)
            self._cells.append(None)
        elif tag in _UNSEEN:
            self._unseen += 1
        elif self._open and tag == "caption":
            self._captioned = True
        elif self._open and tag == "comment":
            self._commented = True
        elif self._open and tag == "tr":
            table = self._open[-1]
            self._count_one()
            table.rows.append([])
            self._cells[-1] = None
            if _HIDDEN.search(style):
                table.hidden.add(len(table.rows))
        elif self._open and tag in {"td", "th"}:
            self._begin_cell(given, heading=tag == "th", struck=bool(_STRUCK_STYLE.search(style)))
        else:
            self._dress(tag, given, style)

    def handle_endtag(self, tag: str) -> None:
        """End what a tag ends."""
        if tag == "table" and self._open:
            self._open.pop()
            self._cells.pop()
        elif tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "caption":
            self._captioned = False
        elif tag == "comment":
            self._commented = False
        elif tag in {"td", "th"} and self._cells:
            self._cells[-1] = None
        elif tag in _STRUCK:
            self._struck = max(0, self._struck - 1)
        elif tag == "sup":
            self._raised = max(0, self._raised - 1)
        elif tag in _LINES and self._cells and self._cells[-1] is not None:
            self._cells[-1].pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Take text into the cell, or the caption, in which it stands."""
        if self._unseen or not self._open:
            return
        if self._captioned:
            self._open[-1].caption += data
            return
        cell = self._cells[-1]
        if cell is not None and self._commented:
            cell.comment += data
        elif cell is not None:
            # What breaks a line in the page's source is only a blank.
            piece = _BLANKS.sub(" ", data)
            cell.pieces.append(raised(piece) if self._raised else piece)
            cell.struck = cell.struck or (self._struck > 0 and bool(data.strip()))

    def _begin_cell(self, given: dict[str, str], *, heading: bool, struck: bool) -> None:
        table = self._open[-1]
        if not table.rows:
            table.rows.append([])
        self._count_one()
        wide = _span(given.get("colspan", ""), _WIDEST)
        high = _span(given.get("rowspan", ""), _HIGHEST)
        cell = _Cell(wide, high, bold=heading, struck=struck)
        table.rows[-1].append(cell)
        self._cells[-1] = cell

    def _dress(self, tag: str, given: dict[str, str], style: str) -> None:
        cell = self._cells[-1] if self._cells else None
        if tag in _STRUCK:
            self._struck += 1
        elif tag == "sup":
            self._raised += 1
        if cell is None:
            return
        if tag in _LINES:
            cell.pieces.append("\n")
        elif tag in {"b", "strong"}:
            cell.bold = True
        elif tag == "a" and not cell.link:
            cell.link = given.get("href", "")
        if _STRUCK_STYLE.search(style):
            cell.struck = True

    def _count_one(self) -> None:
        self._count += 1
        if self._count > self._limits.cells:
            raise refusals.too_much(self._name)


def _span(text: str, most: int) -> int:
    text = text.strip()
    return min(max(1, int(text)), most) if text.isdecimal() and len(text) < 7 else 1


def _rows_of(table: _Table, name: str, budget: Budget, request: Request) -> Iterator[Message]:
    """The rows of a table on a grid: a cell over several places stands at its first."""
    rows = Gatherer(budget, request.rows)
    merged: list[Area] = []
    links: dict[tuple[int, int], str] = {}
    comments: dict[tuple[int, int], str] = {}
    taken: dict[int, int] = {}  # by column: the last row that a cell from above reaches into
    for number, cells in enumerate(table.rows, 1):
        values: list[str | None] = []
        looks: list[Look] = []
        column = 0
        for cell in cells:
            while taken.get(column, 0) >= number:
                column += 1
            if column >= _WIDEST:
                raise refusals.too_much(request.name)
            gap = column - len(values)
            values += [None] * gap + [cell.text or None]
            looks += [PLAIN] * gap + [_look(cell)]
            if cell.wide > 1 or cell.high > 1:
                budget.spend_facts()
                last = number + cell.high - 1
                merged.append(Area(number, column, last, column + cell.wide - 1))
                taken.update(dict.fromkeys(range(column, column + cell.wide), last))
            if cell.link and cell.text:
                budget.spend_facts()
                links[number, column] = cell.link
            if cell.comment:
                budget.spend_facts()
                comments[number, column] = cell.comment.strip()
            column += cell.wide
        block = rows.take(number, values, looks)
        if block is not None:
            yield block
    yield rows.flush()
    hidden = frozenset(table.hidden)
    yield Sheet(
        name,
        (),
        whole=not rows.more,
        merged=tuple(merged),
        hidden_rows=hidden,
        comments=comments,
        links=links,
    )


def _look(cell: _Cell) -> Look:
    if not cell.bold and not cell.struck:
        return PLAIN
    return Look(marks=Mark.PARTLY_STRUCK if cell.struck else NO_MARKS, bold=cell.bold)
