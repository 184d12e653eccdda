"""Reads a binary workbook of Excel (.xlsb): every sheet that holds cells, with its facts."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from smartct_desktop.domain.book import (
    NO_MARKS,
    PLAIN,
    Area,
    Book,
    BookFormat,
    CellError,
    Look,
    Mark,
    Sheet,
    Value,
    Visibility,
)
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.blocks import Advance, Budget, Message
from smartct_desktop.spreadsheets.gathering import Gatherer
from smartct_desktop.spreadsheets.request import Request
from smartct_desktop.spreadsheets.xlsb_records import (
    Record,
    cell,
    records,
    rich_text,
    small_number,
    wide_text,
)
from smartct_desktop.spreadsheets.xlsb_styles import Styles, read_styles
from smartct_desktop.spreadsheets.xlsx_moments import from_serial
from smartct_desktop.spreadsheets.xlsx_numbers import EXACT_DIGITS, MOMENT_FORMATS
from smartct_desktop.spreadsheets.xlsx_parts import Relation, relations
from smartct_desktop.spreadsheets.xlsx_sheet import MAX_COLUMN, MAX_ROW
from smartct_desktop.spreadsheets.xlsx_styles import with_marks
from smartct_desktop.spreadsheets.zip_parts import Parts

_MAIN = "xl/workbook.bin"
_VISIBILITY = (Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN)
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_EXACT = 10**EXACT_DIGITS
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x1
_FORMULAS = frozenset(
    {
        Record.FORMULA_TEXT,
        Record.FORMULA_NUMBER,
        Record.FORMULA_BOOL,
        Record.FORMULA_ERROR,
    }
)
_BROKEN = (struct.error, LookupError, ValueError)


def read_xlsb(request: Request) -> Iterator[Message]:
    """Read a workbook piece by piece.

    Raises `Trouble` if it is damaged or has more than the limits allow.
    """
    with Parts(request.path, request.name, request.limits) as parts:
        try:
            yield from _Workbook(request, parts).messages()
        except _BROKEN as error:
            raise refusals.damaged(request.name) from error


@dataclass
class _SheetFacts:
    """What is told of a sheet beside its cells."""

    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filter_area: Area | None = None
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)


class _Workbook:
    """One binary workbook."""

    def __init__(self, request: Request, parts: Parts) -> None:
        self._request = request
        self._parts = parts
        self._name = request.name
        self._budget = Budget(request.name, request.limits)
        self._from_1904 = False
        self._styles = Styles()
        self._marked: dict[tuple[int, int], Look] = {}
        self._texts: list[tuple[str, Mark]] = []

    def messages(self) -> Iterator[Message]:
        """Give blocks, sheets, and last the book."""
        known = relations(self._parts, _MAIN, self._name)
        listed: list[tuple[str, Visibility, Relation]] = []
        for kind, content, _ in records(self._parts, _MAIN, self._name):
            if kind == Record.SETTINGS:
                self._from_1904 = bool(content[0] & 1)
            elif kind == Record.SHEET:
                (state,) = struct.unpack_from("<I", content, 0)
                id_, end = wide_text(content, 8)
                title, _ = wide_text(content, end)
                listed.append((title, _VISIBILITY[min(state, 2)], known[id_]))
        by_kind = {relation.kind: relation.target for relation in known.values()}
        if "styles" in by_kind:
            self._styles = read_styles(self._parts, by_kind["styles"], self._name)
        if by_kind.get("sharedStrings", "") in self._parts:
            self._read_texts(by_kind["sharedStrings"])
        sheets = [sheet for sheet in listed if sheet[2].kind == "worksheet"]
        if not sheets:
            raise refusals.empty(self._name)
        done, total = 0, sum(self._parts.size(relation.target) for _, _, relation in sheets)
        for title, state, relation in sheets:
            for message in self._sheet(title, state, relation.target):
                yield message if not isinstance(message, int) else Advance(done + message, total)
            done += self._parts.size(relation.target)
        notes = []
        if any("vbaproject.bin" in part for part in self._parts):
            notes.append(Sentence("The workbook contains macros. They are never run."))
        if len(sheets) < len(listed):
            notes.append(Sentence("The workbook has sheets without cells. They are not read."))
        sha = self._request.sha256
        yield Book(self._name, sha, BookFormat.XLSB, (), self._from_1904, tuple(notes))

    def _read_texts(self, part: str) -> None:
        for kind, content, _ in records(self._parts, part, self._name):
            if kind == Record.SHARED_ITEM:
                self._texts.append(rich_text(content, 0, self._styles.struck))

    def _sheet(self, title: str, state: Visibility, part: str) -> Iterator[Message | int]:
        known = relations(self._parts, part, self._name)
        facts = _SheetFacts()
        rows = Gatherer(self._budget, self._request.rows)
        number, last, column = 0, 0, -1
        values: list[Value] = []
        looks: list[Look] = []
        for kind, content, done in records(self._parts, part, self._name):
            if Record.BLANK <= kind <= Record.SHORT_SHARED_TEXT or kind == Record.RICH_TEXT:
                kind_of, packed, column = cell(kind, content, column)
                self._take_cell(kind_of, packed, values, looks, title, number)
            elif kind == Record.ROW:
                block = rows.take(number, values, looks)
                if block is not None:
                    yield block
                    yield done
                if rows.more:
                    break
                number = struct.unpack_from("<I", content, 0)[0] + 1
                if not last < number <= MAX_ROW:
                    raise refusals.damaged_at(self._name, title, str(number))
                last, column, values, looks = number, -1, [], []
                if content[11] & _HIDDEN_ROW:
                    facts.hidden_rows.add(number)
            else:
                self._take_fact(kind, content, facts, known)
        block = rows.take(number, values, looks) if not rows.more else None
        if block is not None:
            yield block
        yield rows.flush()
        for relation in known.values():
            if relation.kind == "comments" and relation.target in self._parts:
                self._read_comments(relation.target, facts)
        yield self._told(title, state, facts, rows)

    def _take_cell(  # noqa: PLR0913, PLR0917 (a cell and where it goes)
        self,
        kind: int,
        content: bytes,
        values: list[Value],
        looks: list[Look],
        title: str,
        number: int,
    ) -> None:
        column, style = struct.unpack_from("<II", content, 0)
        if column > MAX_COLUMN or column < len(values) or not number:
            raise refusals.damaged_at(self._name, title, str(number))
        style &= 0xFF_FFFF
        look = self._styles.look(style)
        value, mark = self._value(kind, content, look)
        if kind in _FORMULAS:
            mark |= Mark.FORMULA
        if value is None:
            return
        if mark:
            key = style, mark.value
            look = self._marked.setdefault(key, with_marks(look, mark))
        gap = column - len(values)
        values += [None] * gap + [value]
        looks += [PLAIN] * gap + [look]

    def _value(self, kind: int, content: bytes, look: Look) -> tuple[Value, Mark]:
        match kind:
            case Record.RK:
                return self._number(small_number(struct.unpack_from("<I", content, 8)[0]), look)
            case Record.REAL | Record.FORMULA_NUMBER:
                return self._number(struct.unpack_from("<d", content, 8)[0], look)
            case Record.BOOL | Record.FORMULA_BOOL:
                return bool(content[8]), NO_MARKS
            case Record.ERROR | Record.FORMULA_ERROR:
                return CellError(_ERRORS.get(content[8], "#ERR!")), NO_MARKS
            case Record.SHARED_TEXT:
                text, mark = self._texts[struct.unpack_from("<I", content, 8)[0]]
                return text or None, mark
            case Record.TEXT | Record.FORMULA_TEXT:
                return wide_text(content, 8)[0] or None, NO_MARKS
            case Record.RICH_TEXT:
                text, mark = rich_text(content, 8, self._styles.struck)
                return text or None, mark
            case _:
                return None, NO_MARKS

    def _number(self, number: float, look: Look) -> tuple[Value, Mark]:
        if look.format in MOMENT_FORMATS:
            return from_serial(number, look.format, from_1904=self._from_1904)
        if number != number or number in {float("inf"), float("-inf")}:  # noqa: PLR0124 (NaN)
            return str(number), Mark.ODD
        whole = int(number) if float(number).is_integer() else number
        return whole, NO_MARKS if -_EXACT < whole < _EXACT else Mark.ROUNDED

    def _take_fact(
        self, kind: int, content: bytes, facts: _SheetFacts, known: dict[str, Relation]
    ) -> None:
        match kind:
            case Record.COLUMNS:
                first, last = struct.unpack_from("<II", content, 0)
                if content[16] & _HIDDEN_COLUMN:
                    facts.hidden_columns.update(range(first, min(last, MAX_COLUMN) + 1))
            case Record.MERGED:
                self._budget.spend_facts()
                facts.merged.append(_area(content))
            case Record.FILTER:
                facts.filter_area = _area(content)
            case Record.LINK:
                self._budget.spend_facts()
                area = _area(content)
                relation = known.get(wide_text(content, 16)[0])
                if relation is not None and relation.external:
                    facts.links[area.first_row, area.first_column] = relation.target
            case _:
                pass

    def _read_comments(self, part: str, facts: _SheetFacts) -> None:
        place = (0, 0)
        for kind, content, _ in records(self._parts, part, self._name):
            if kind == Record.COMMENT:
                area = _area(content[4:])
                place = area.first_row, area.first_column
            elif kind == Record.COMMENT_TEXT:
                self._budget.spend_facts()
                facts.comments[place] = rich_text(content, 0, self._styles.struck)[0]

    def _told(self, title: str, state: Visibility, facts: _SheetFacts, rows: Gatherer) -> Sheet:
        area, hidden = facts.filter_area, frozenset(facts.hidden_rows)
        sheet = Sheet(
            title,
            (),
            state,
            whole=not rows.more,
            merged=tuple(facts.merged),
            hidden_rows=hidden,
            hidden_columns=frozenset(c for c in facts.hidden_columns if c < rows.width),
            filter_area=area,
            comments=facts.comments,
            links=facts.links,
        )
        if area is None:
            return sheet
        filtered = frozenset(row for row in hidden if area.first_row < row <= area.last_row)
        return replace(sheet, filtered_rows=filtered)


def _area(content: bytes) -> Area:
    top, bottom, left, right = struct.unpack_from("<IIII", content, 0)
    return Area(top + 1, left, bottom + 1, right)
