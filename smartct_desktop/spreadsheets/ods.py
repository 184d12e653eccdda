"""Reads an OpenDocument workbook (.ods): every table, in order, with its facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import cast
from xml.etree.ElementTree import Element, XMLPullParser

from smartct_desktop.domain.book import (
    PLAIN,
    Area,
    Book,
    BookFormat,
    Look,
    Mark,
    Sheet,
    Value,
    Visibility,
)
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.blocks import Advance, Block, Budget, Message
from smartct_desktop.spreadsheets.gathering import Gatherer
from smartct_desktop.spreadsheets.ods_cells import CellMaker
from smartct_desktop.spreadsheets.ods_styles import Styles
from smartct_desktop.spreadsheets.request import Request
from smartct_desktop.spreadsheets.xlsx_sheet import MAX_COLUMN, MAX_ROW
from smartct_desktop.spreadsheets.xml_reading import (
    MALFORMED,
    attribute,
    local,
    number_of_attribute,
    whole,
)
from smartct_desktop.spreadsheets.zip_parts import Parts

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "meta-inf/manifest.xml"

_CELLS = frozenset({"table-cell", "covered-table-cell"})


def read_ods(request: Request) -> Iterator[Message]:
    """Read a workbook piece by piece.

    Raises `Trouble` if it is damaged, needs a password or has more than the limits allow.
    """
    name = request.name
    with Parts(request.path, name, request.limits) as parts:
        if is_locked(parts):
            raise refusals.password_needed(name)
        styles = Styles()
        if STYLES in parts:
            for group in whole(parts, STYLES, name):
                if local(group.tag) in {"styles", "automatic-styles"}:
                    styles.take(group)
        reader = _ContentReader(request, parts, styles)
        yield from reader.messages()
        if not reader.sheets:
            raise refusals.empty(name)
        # Which rows a filter hides is known by their own marks; its area stands behind all tables.
        notes = []
        if any(part.startswith(("basic/", "scripts/")) for part in parts):
            notes.append(Sentence("The workbook contains macros. They are never run."))
        yield Book(name, request.sha256, BookFormat.ODS, (), notes=tuple(notes))


def is_locked(parts: Parts) -> bool:
    """Whether the parts with the data can be read only with a password."""
    return MANIFEST in parts and b"encryption-data" in parts.read(MANIFEST)


class _ContentReader:
    """Goes through the part with the tables; what has been used of it is cut off."""

    def __init__(self, request: Request, parts: Parts, styles: Styles) -> None:
        self.sheets = 0
        self._request = request
        self._parts = parts
        self._styles = styles
        self._budget = Budget(request.name, request.limits)
        self._maker = CellMaker(styles, partial(refusals.unsafe, request.name))
        self._path: list[Element] = []
        self._table: _TableReader | None = None
        self._filters: dict[str, Area] = {}

    def messages(self) -> Iterator[Message]:
        """Give blocks and sheets in order."""
        parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
        done, total = 0, self._parts.size(CONTENT) if CONTENT in self._parts else 0
        name = self._request.name
        try:
            for chunk in self._parts.chunks(CONTENT):
                parser.feed(chunk)
                done += len(chunk)
                blocks = False
                for event in parser.read_events():
                    kind, element = cast(tuple[str, Element], event)
                    for message in self._take(kind, element):
                        blocks = True
                        yield message
                if blocks:
                    yield Advance(done, total)
            parser.close()
        except MALFORMED as error:
            raise refusals.damaged(name) from error

    def _take(self, kind: str, element: Element) -> Iterator[Message]:
        path = self._path
        if kind == "start":
            path.append(element)
            if local(element.tag) == "table" and self._table is None:
                hidden = attribute(element, "style-name") in self._styles.hidden_tables
                seen = Visibility.HIDDEN if hidden else Visibility.VISIBLE
                empty = Sheet(attribute(element, "name"), (), seen)
                self._table = _TableReader(self._request, self._budget, self._maker, empty)
                self._table.depth = len(path)
            return
        path.pop()
        table = self._table
        tag = local(element.tag)
        if table is None:
            if tag == "automatic-styles":
                self._styles.take(element)
            if tag in {"automatic-styles", "font-face-decls", "scripts"}:
                element.clear()
            return
        if tag == "table" and len(path) == table.depth - 1:
            self._table = None
            self.sheets += 1
            yield table.last_block()
            yield table.sheet()
            self._drop(element)
        elif tag == "table-row" and not self._inside_cell():
            yield from table.take_row(element)
            self._drop(element)
        elif tag == "table-column" and not self._inside_cell():
            table.take_column(element)
            self._drop(element)
        elif tag in {"shapes", "forms"}:
            element.clear()

    def _inside_cell(self) -> bool:
        return any(local(above.tag) in _CELLS for above in self._path)

    def _drop(self, element: Element) -> None:
        """Forget an element that was used: memory must not grow with the table."""
        self._path[-1].remove(element)


class _TableReader:
    """Makes the rows and the facts of one table."""

    depth = 0

    def __init__(self, request: Request, budget: Budget, maker: CellMaker, empty: Sheet) -> None:
        self._empty = empty
        self._name = empty.name or ""
        self._file = request.name
        self._budget = budget
        self._maker = maker
        self._rows = Gatherer(budget, request.rows)
        self._number = 0
        self._columns: list[str] = []
        self._hidden_columns: set[int] = set()
        self._hidden_rows: list[int] = []
        self._filtered_rows: list[int] = []
        self._merged: list[Area] = []
        self._comments: dict[tuple[int, int], str] = {}
        self._links: dict[tuple[int, int], str] = {}

    def take_column(self, element: Element) -> None:
        """Take a `<table:table-column>`: the usual style of some columns, and whether seen."""
        repeated = max(1, number_of_attribute(element, "number-columns-repeated", 1))
        first = len(self._columns)
        end = min(first + repeated, MAX_COLUMN + 1)
        self._columns += [attribute(element, "default-cell-style-name")] * (end - first)
        if attribute(element, "visibility") in {"collapse", "filter"}:
            self._hidden_columns.update(range(first, end))

    def take_row(self, element: Element) -> Iterator[Block]:
        """Take a `<table:table-row>`, as often as it says that it repeats itself."""
        values, looks = self._cells(element)
        repeated = max(1, number_of_attribute(element, "number-rows-repeated", 1))
        seen = attribute(element, "visibility")
        blank = all(value is None for value in values)
        if blank and not any(Mark.NO_RESULT in look.marks for look in looks):
            self._number += repeated
            return
        for _ in range(repeated):
            self._number += 1
            if self._number > MAX_ROW:
                raise refusals.damaged_at(self._file, self._name, str(self._number))
            if seen in {"collapse", "filter"}:
                self._hidden_rows.append(self._number)
            if seen == "filter":
                self._filtered_rows.append(self._number)
            block = self._rows.take(self._number, values, looks)
            if block is not None:
                yield block

    def last_block(self) -> Block:
        """Give what is left."""
        return self._rows.flush()

    def sheet(self) -> Sheet:
        """The table without its rows."""
        return replace(
            self._empty,
            whole=not self._rows.more,
            merged=tuple(self._merged),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(c for c in self._hidden_columns if c < self._rows.width),
            filtered_rows=frozenset(self._filtered_rows),
            comments=self._comments,
            links=self._links,
        )

    def _cells(self, row: Element) -> tuple[list[Value], list[Look]]:
        values: list[Value] = []
        looks: list[Look] = []
        column = 0
        for element in row:
            tag = local(element.tag)
            if tag not in _CELLS:
                continue
            repeated = max(1, number_of_attribute(element, "number-columns-repeated", 1))
            style = self._columns[column] if column < len(self._columns) else ""
            value, look = self._maker.cell(element, style)
            self._take_facts(element, column)
            if value is not None or Mark.NO_RESULT in look.marks:
                if column + repeated > MAX_COLUMN + 1:
                    raise refusals.damaged_at(self._file, self._name, str(self._number + 1))
                gap = column - len(values)
                values += [None] * gap + [value] * repeated
                looks += [PLAIN] * gap + [look] * repeated
            column = min(column + repeated, MAX_COLUMN + 1)
        return values, looks

    def _take_facts(self, element: Element, column: int) -> None:
        row = self._number + 1
        high = number_of_attribute(element, "number-rows-spanned", 1)
        wide = number_of_attribute(element, "number-columns-spanned", 1)
        if high > 1 or wide > 1:
            self._budget.spend_facts()
            self._merged.append(
                Area(row, column, row + max(high, 1) - 1, column + max(wide, 1) - 1)
            )
        if len(element) == 0:
            return
        comment, link = self._maker.comment(element), self._maker.link(element)
        for found, kept in ((comment, self._comments), (link, self._links)):
            if found:
                self._budget.spend_facts()
                kept[row, column] = found
