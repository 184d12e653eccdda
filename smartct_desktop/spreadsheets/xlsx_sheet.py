"""Makes rows out of the elements of a worksheet: values and what is special about each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from smartct_desktop.domain.book import (
    PLAIN,
    CellError,
    Look,
    Mark,
    Value,
    column_index,
    column_name,
)
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.blocks import Block, Budget
from smartct_desktop.spreadsheets.xlsx_escapes import unescaped
from smartct_desktop.spreadsheets.xlsx_moments import from_iso
from smartct_desktop.spreadsheets.xlsx_numbers import (
    EXACT_DIGITS,
    MOMENT_FORMATS,
    Moments,
    number_of,
)
from smartct_desktop.spreadsheets.xlsx_strings import SharedTexts, rich_text
from smartct_desktop.spreadsheets.xlsx_styles import with_marks
from smartct_desktop.spreadsheets.xml_reading import is_on

MAX_ROW = 1_048_576
MAX_COLUMN = 16_383

_FORMULA = Mark.FORMULA.value
_NO_RESULT = Mark.NO_RESULT.value
_ODD = Mark.ODD.value
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_CACHED_PATTERNS = 10_000

# A style as cells name it, alone or with marks of this one cell.
StyleKey = str | None | tuple[str | None, int]


class Columns(dict[str, int]):
    """The place of each column by its letters, learned as they occur.

    Asking for what is no column of a sheet raises `Trouble`.
    """

    def __init__(self, name: str, sheet: str) -> None:
        super().__init__()
        self._name = name
        self._sheet = sheet

    def __missing__(self, letters: str) -> int:
        try:
            column = column_index(letters)
        except ValueError:
            column = MAX_COLUMN + 1
        if column > MAX_COLUMN:
            raise refusals.damaged_at(self._name, self._sheet, letters)
        self[letters] = column
        return column


@dataclass(frozen=True, slots=True)
class BookContext:
    """What the cells of all sheets of a workbook refer to. `wanted`: rows per sheet, or all."""

    name: str
    looks: Sequence[Look]
    shared: SharedTexts
    budget: Budget
    from_1904: bool
    wanted: int | None


class CellReader:
    """Makes rows of cells out of `<row>` elements and gives them away in blocks.

    Row numbers are taken as the file has them, in its order. Rows beyond those wanted are not
    given: `more` says that there are some.
    """

    def __init__(
        self, book: BookContext, sheet: str, space: str, give: Callable[[Block], None]
    ) -> None:
        self.more = False
        self.width = 0
        self.hidden_rows: list[int] = []
        self._book = book
        self._sheet = sheet
        self._give = give
        self._row_tag = space + "row"
        self._value_tag, self._formula_tag = space + "v", space + "f"
        self._inline_tag, self._space = space + "is", space
        self._given = 0
        self._row = 0
        self._columns = Columns(book.name, sheet)
        self._moments: dict[str | None, Moments] = {
            str(index): Moments(look.format, from_1904=book.from_1904)
            for index, look in enumerate(book.looks)
            if look.format in MOMENT_FORMATS
        }
        if "0" in self._moments:
            self._moments[None] = self._moments["0"]
        self._errors: dict[str, CellError] = {}
        self._patterns: dict[tuple[StyleKey, ...], int] = {}
        self._usual_styles: list[str | None] = []
        self._marked: dict[StyleKey, Look] = {}
        self._pattern_count = 0
        self._block = Block()

    def take(self, rows: Iterable[Element]) -> None:
        """Read some rows. Raises `Trouble` if one contradicts itself."""
        for row in rows:
            if row.tag == self._row_tag:
                self._take_row(row)

    def flush(self) -> None:
        """Give away what is left."""
        if self._block.numbers:
            self._book.budget.spend(self._block)
            self._give(self._block)
        self._block = Block()

    def _take_row(self, row: Element) -> None:
        number = self._row = self._number_of(row)
        if len(row) == 0:
            return
        values, styles = self._cells_of(row, str(number))
        if not values:
            return
        if self._book.wanted is not None and self._given >= self._book.wanted:
            self.more = True
            return
        self._given += 1
        self.width = max(self.width, len(values))
        key = (*styles, *self._usual_styles[len(styles) :])
        pattern = self._patterns.get(key)
        if pattern is None:
            pattern = self._new_pattern(key)
        self._block.add(number, tuple(values), pattern)
        if ("hidden" in row.attrib or "ht" in row.attrib) and _is_hidden(row):
            self.hidden_rows.append(number)
        if self._block.full:
            self.flush()

    def _number_of(self, row: Element) -> int:
        text = row.get("r")
        if text is None:
            return self._row + 1
        number = int(text) if text.isdecimal() and len(text) <= len(str(MAX_ROW)) else 0
        if not 1 <= number <= MAX_ROW:
            raise refusals.damaged_at(self._book.name, self._sheet, text)
        return number

    def _cells_of(self, row: Element, ending: str) -> tuple[list[Value], list[StyleKey]]:
        """Values and styles of a row, up to the last cell that is not blank.

        `ending` is the row's number as it ends the name of each of its cells. This is where a
        reading spends its time.
        """
        value_tag, columns, moments = self._value_tag, self._columns, self._moments
        texts = self._book.shared.texts
        plain_texts = 0 if self._book.shared.marks else len(texts)
        values: list[Value] = []
        styles: list[StyleKey] = []
        following = count = 0
        for cell in row:
            attributes = cell.attrib
            place = attributes.get("r")
            column = following if place is None else columns[place.removesuffix(ending)]
            following = column + 1
            kind, style = attributes.get("t"), attributes.get("s")
            value: Value
            marks = 0
            if len(cell) != 1 or (only := cell[0]).tag != value_tag or not (text := only.text):
                value, marks = self._full_cell(cell, kind, style)
            elif kind == "s":
                index = int(text) if text.isdecimal() and len(text) < 10 else -1
                if 0 <= index < plain_texts:
                    value = texts[index]
                else:
                    value, marks = self._shared_text(index)
            elif kind is not None:
                value, marks = self._converted(kind, text, style)
            elif (known := moments.get(style)) is not None:
                value, marks = known[text]
            elif text.isdecimal() and len(text) <= EXACT_DIGITS:
                value = int(text)
            else:
                value, marks = number_of(text)
            if value is None and not marks:
                continue
            entry = (style, marks) if marks else style
            if column == count:
                values.append(value)
                styles.append(entry)
            else:
                self._make_place(column, values, styles)
                values[column], styles[column] = value, entry
            count = len(values)
        return values, styles

    def _make_place(self, column: int, values: list[Value], styles: list[StyleKey]) -> None:
        """Make `column` a place of the row, for a cell behind a gap or left of its neighbour.

        Blank cells get the styles that are usual there: so rows of the same make share one
        pattern, whichever of their cells are blank.
        """
        count = len(values)
        if column >= count:
            values.extend((None,) * (column + 1 - count))
            usual = self._usual_styles[count : column + 1]
            styles.extend(usual)
            styles.extend((None,) * (column + 1 - count - len(usual)))
        elif values[column] is not None or isinstance(styles[column], tuple):
            place = f"{column_name(column)}{self._row}"
            raise refusals.damaged_at(self._book.name, self._sheet, place)

    def _full_cell(self, cell: Element, kind: str | None, style: str | None) -> tuple[Value, int]:
        """A cell with a formula or with text of its own, or a blank one."""
        text: str | None = None
        formula = False
        found: tuple[Value, int] = None, 0
        for child in cell:
            if child.tag == self._value_tag:
                text = child.text or ""
            elif child.tag == self._formula_tag:
                formula = True
            elif child.tag == self._inline_tag:
                inline, mark = rich_text(child, self._space)
                found = inline or None, mark.value
        if text:
            found = self._converted(kind, text, style)
        elif formula and (text is None or kind != "str"):
            return None, _FORMULA | _NO_RESULT
        value, marks = found
        return value, marks | _FORMULA if formula and value is not None else marks

    def _converted(self, kind: str | None, text: str, style: str | None) -> tuple[Value, int]:
        """The value that a text means in a cell of a kind; if it means none, the text, marked."""
        value: Value = None
        match kind:
            case None | "n":
                known = self._moments.get(style)
                return number_of(text) if known is None else known[text]
            case "s":
                return self._shared_text(int(text) if text.isdecimal() and len(text) < 10 else -1)
            case "str" | "inlineStr":
                return unescaped(text), 0
            case "b":
                value = _BOOLEANS.get(text.strip())
            case "e":
                value = self._errors.setdefault(text, CellError(text))
            case "d":
                value = from_iso(text.strip(), self._look_of(style).format)
            case _:
                pass
        return (text, _ODD) if value is None else (value, 0)

    def _shared_text(self, index: int) -> tuple[Value, int]:
        shared = self._book.shared
        if index < 0:
            raise refusals.damaged(self._book.name)
        if index >= len(shared.texts):
            shared.read_up_to(index)
        return shared.texts[index], shared.marks.get(index, 0)

    def _look_of(self, style: str | None) -> Look:
        if style is None:
            style = "0"
        index = int(style) if style.isdecimal() and len(style) < 10 else MAX_ROW
        return self._book.looks[index] if index < len(self._book.looks) else PLAIN

    def _new_pattern(self, styles: tuple[StyleKey, ...]) -> int:
        """Number the looks of a row, which becomes the example for the blanks of the next ones.

        Blanks take over number formats only: a blank is not bold, filled or struck.
        """
        looks = [self._look_with_marks(entry) for entry in styles]
        self._usual_styles = [
            None if isinstance(entry, tuple) or look.bold or look.fill or look.marks else entry
            for entry, look in zip(styles, looks, strict=True)
        ]
        while looks and looks[-1] is PLAIN:
            looks.pop()
        if len(self._patterns) > _CACHED_PATTERNS:
            self._patterns.clear()
        if looks:
            self._pattern_count += 1
            self._block.new_patterns.append(tuple(looks))
        pattern = self._pattern_count if looks else 0
        self._patterns[styles] = pattern
        return pattern

    def _look_with_marks(self, entry: StyleKey) -> Look:
        if not isinstance(entry, tuple):
            return self._look_of(entry)
        look = self._marked.get(entry)
        if look is None:
            style, marks = entry
            look = self._marked[entry] = with_marks(self._look_of(style), Mark(marks))
        return look


def _is_hidden(row: Element) -> bool:
    return is_on(row, "hidden") or (row.get("ht") == "0" and is_on(row, "customHeight"))
