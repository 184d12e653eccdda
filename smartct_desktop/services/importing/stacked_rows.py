"""Records over several rows: as many rows of headings, one below the other, say other things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smartct_desktop.domain.book import PLAIN, Look, Row, Sheet, Value
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.heading_rows import Head, Merged, below
from smartct_desktop.services.importing.headings import Headings

_MOST_LEVELS = 3
_LEAST_KNOWN = 2
_LEAST_SHARE = 0.6
_UNORDERED = Sentence("its records take several rows each, but not always in the same order")


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the cells of records over several rows really stand.

    `rows` gives the further rows of a record by its first. The cell of a record in column c of
    its k-th row bears the column c + k * `width` within the record; where the cells of a form
    lie anywhere, `cells` gives the place of each column.
    """

    rows: Mapping[int, tuple[int, ...]]
    width: int = 0
    cells: Mapping[int, tuple[int, int]] | None = None

    def place(self, row: int | None, column: int) -> tuple[int | None, int] | None:
        """Give the real row and column of a record's cell; None if it is none of ours.

        Without a row only the column is told, of a form the row as well.
        """
        if self.cells is not None:
            return self.cells.get(column)
        level, real = divmod(column, self.width)
        if row is None:
            return None, real
        if row not in self.rows:
            return None
        lines = (row, *self.rows[row])
        return (lines[level] if level < len(lines) else row), real


@dataclass(frozen=True, slots=True)
class Stack:
    """The headings of records over several rows; `first` and `last` are places in the sheet."""

    first: int
    last: int
    heads: tuple[Head, ...]
    width: int
    anchors: frozenset[int]
    """Columns that only the first row of each record fills."""

    def records(self, rows: Sequence[Row]) -> tuple[list[Row], Spread, Sentence | None]:
        """Make one row of the rows of each record; also says why that cannot be done."""
        depth = self.last - self.first + 1
        found: list[Row] = []
        further: dict[int, tuple[int, ...]] = {}
        for lines in self._gathered(rows, depth):
            if len(lines) > 1:
                further[lines[0].number] = tuple(line.number for line in lines[1:])
            found.append(_joined(lines, self.width))
        spread = Spread(further, self.width)
        sound = bool(further) and (self.anchors or _alternate(found, self.width, depth))
        return found, spread, None if sound else _UNORDERED

    def _gathered(self, rows: Sequence[Row], depth: int) -> Iterator[list[Row]]:
        lines: list[Row] = []
        for row in rows:
            follows = lines and len(lines) < depth and row.number == lines[-1].number + 1
            if follows and not (self.anchors and self._begins(row)):
                lines.append(row)
                continue
            if lines:
                yield lines
            lines = [row]
        if lines:
            yield lines

    def _begins(self, row: Row) -> bool:
        return any(row.value(column) is not None for column in self.anchors)


def stack_of(sheet: Sheet, headings: Headings, merged: Merged, index: int) -> Stack | None:
    """Find the headings of records over several rows, of which one stands at `index`."""
    first = last = index
    while last - first + 1 < _MOST_LEVELS and _stands_on(sheet, headings, merged, first - 1):
        first -= 1
    while last - first + 1 < _MOST_LEVELS and _stands_on(sheet, headings, merged, last):
        last += 1
    if first == last:
        return None
    width = sheet.width
    heads, anchors, beneath = [], frozenset[int](), False
    above: dict[int, str] = {}
    for level, row in enumerate(sheet.rows[first : last + 1]):
        texts = _texts(row)
        anchors = frozenset(texts) if level == 0 else anchors - texts.keys()
        for column, text in texts.items():
            senses = headings.senses(text)
            if column in above:
                side = below(headings.plain(above[column]), senses)
                beneath = beneath or bool(side)
                senses = side or senses
            heads.append(Head(column + level * width, text, senses))
        above |= texts
    stack = Stack(first, last, tuple(heads), width, anchors)
    if beneath and not _by_turns(stack, sheet.rows[last + 1 :]):
        return None  # "Country" below "Visitor" is one heading of two rows in most files
    return stack


def _stands_on(sheet: Sheet, headings: Headings, merged: Merged, index: int) -> bool:
    """Whether a row of headings and the next below name different things in the same columns."""
    if index < 0 or index + 1 >= len(sheet.rows):
        return False
    upper, lower = sheet.rows[index], sheet.rows[index + 1]
    if lower.number != upper.number + 1 or _spans(upper, merged) or _spans(lower, merged):
        return False
    above, under = _texts(upper), _texts(lower)
    if not (_known(above, headings) and _known(under, headings)):
        return False
    differ = nested = 0
    for column in above.keys() & under.keys():
        parents, children = headings.plain(above[column]), headings.plain(under[column])
        if not parents or not children:
            continue
        same = {sense.code for sense in parents} & {sense.code for sense in children}
        joined = headings.plain(f"{above[column]} {under[column]}")
        if same or joined:
            return False
        nested += bool(below(parents, children))
        differ += not below(parents, children)
    return differ >= (1 if nested else _LEAST_KNOWN)


def _spans(row: Row, merged: Merged) -> bool:
    areas = merged.get(row.number, ())
    return any(a.last_column > a.first_column or a.last_row > a.first_row for a in areas)


def _texts(row: Row) -> dict[int, str]:
    """Give the texts of a row; nothing if anything else stands in it."""
    filled = {c: value for c, value in enumerate(row.values) if value is not None}
    texts = {c: " ".join(v.split()) for c, v in filled.items() if isinstance(v, str)}
    return texts if len(texts) == len(filled) else {}


def _known(texts: Mapping[int, str], headings: Headings) -> bool:
    known = sum(bool(headings.plain(text)) for text in texts.values())
    return known >= max(_LEAST_KNOWN, _LEAST_SHARE * len(texts))


def _joined(lines: Sequence[Row], width: int) -> Row:
    values: list[Value] = []
    looks: list[Look] = []
    for line in lines:
        blank = width - len(line.values)
        values += [*line.values, *([None] * blank)]
        own = line.looks[:width]
        looks += [*own, *([PLAIN] * (width - len(own)))]
    while values and values[-1] is None:
        values.pop()
    marked = any(look is not PLAIN for look in looks)
    return Row(lines[0].number, tuple(values), tuple(looks) if marked else ())


def _by_turns(stack: Stack, rows: Sequence[Row]) -> bool:
    """Whether the rows below have cells of another kind in turn, as records over several do."""
    found, spread, fault = stack.records(rows)
    depth = stack.last - stack.first + 1
    return fault is None and bool(spread.rows) and _alternate(found, stack.width, depth)


def _alternate(rows: Sequence[Row], width: int, depth: int) -> bool:
    """Whether upper and lower cells of some column are of two kinds throughout."""
    for column in range(width):
        kinds = [
            {type(v) for row in rows if (v := row.value(column + level * width)) is not None}
            for level in range(depth)
        ]
        if all(kinds) and not set.intersection(*kinds):
            return True
    return False
