"""One pen for each column of a written sheet: it writes typed cells and keeps count of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import assert_never

from smartct_desktop.domain.report import Column, Kind, Total, Value, Words
from smartct_desktop.spreadsheets.cells_out import (
    EARLIEST_DAY,
    LONGEST_TEXT,
    MOST_DIGITS,
    Fit,
    Fits,
    Place,
    clean,
    day_text,
    euro,
    formula_like,
    is_day,
    is_time,
    is_whole,
    local,
    loses_characters,
    moment_text,
    plain,
    rounded,
    shorten,
    utf16_length,
)
from smartct_desktop.spreadsheets.looks_out import Looks
from smartct_desktop.spreadsheets.xlsx_face import XlsxSheet, done, put_text

LONGEST_ADDRESS = 2_079
"""Characters of an address that can be clicked."""

_FIRST_TOO_LARGE = 10**MOST_DIGITS
_CAREFUL_BEGINNINGS = " =+-@|<\uff1d\uff0b\uff0d\uff20"
_SURELY_FITS = LONGEST_TEXT // 2
_CLICKABLE = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all pens of a sheet share.

    `linked` says whether addresses can be clicked: Excel takes 65,530 of them in a sheet, and each
    stays in memory, so that long sheets show them as text.
    """

    sheet: XlsxSheet
    sheet_name: str
    words: Words
    looks: Looks
    fits: Fits
    wrapped: bool
    linked: bool


class Pen:
    """Writes the values of one column, each with the method of its type and never by guessing.

    `filled` counts the cells with a value, `units` is their exact sum (cents for money, steps of
    the last place for numbers), `widest` the largest number of units that a cell shows. `of` names
    the columns of which a ratio is the one in percent of the other.
    """

    def __init__(self, around: Surroundings, column: Column, heading: str, index: int) -> None:
        self._sheet = around.sheet
        self._words = around.words
        self._looks = around.looks
        self._fits = around.fits
        self._wrapped = around.wrapped
        self._linked = around.linked
        self._place = Place(around.sheet_name, heading)
        self._look = around.looks.value(column, wrapped=around.wrapped)
        self.column = column
        self.heading = heading
        self.index = index
        self.filled = 0
        self.units = 0
        self.widest = 0
        self.of: tuple[str, str] | None = None
        self._parts = 100 if column.kind is Kind.MONEY else 10**column.places
        self._write = self._method()

    def put(self, row: int, value: Value) -> None:
        """Write the value into the (0-based) row of the sheet.

        Raises `TypeError` for a value that the column is not for, `Invalid` for one that is no
        number.
        """
        if value is None or value == "":
            self._put_blank(row)
        else:
            self.filled += 1
            self._write(row, value)

    @property
    def total(self) -> float:
        """The number under the column, as the formula beside it will come to."""
        match self.column.total:
            case Total.NONE:
                return 0
            case Total.COUNT:
                return self.filled
            case Total.SUM:
                return self._number(self.units)
            case _:
                assert_never(self.column.total)

    def shown(self, units: int) -> str:
        """So many units as a cell of the column shows them, to find out how wide it must be."""
        if self.column.kind is Kind.MONEY:
            return f"{units / 100:,.2f} €"
        if self.column.kind is Kind.NUMBER:
            return f"{Decimal(units).scaleb(-self.column.places):,}"
        return str(units)

    def _method(self) -> Callable[[int, Value], None]:
        match self.column.kind:
            case Kind.TEXT | Kind.ID:
                return self._put_text
            case Kind.WHOLE:
                return self._put_whole
            case Kind.NUMBER:
                return self._put_number
            case Kind.MONEY:
                return self._put_money
            case Kind.DAY:
                return self._put_day
            case Kind.TIME:
                return self._put_time
            case Kind.MOMENT:
                return self._put_moment
            case Kind.FLAG:
                return self._put_flag
            case Kind.LINK:
                return self._put_link
            case _:
                assert_never(self.column.kind)

    def _put_blank(self, row: int) -> None:
        if self._looks.ruled:
            done(self._sheet.write_blank(row, self.index, None, self._look))

    def _put_text(self, row: int, value: Value) -> None:
        if not isinstance(value, str):
            self._place.refuse(self.column, value, row + 1)
        # Most texts can be written at once. This is asked of every cell, so without further calls;
        # what is printable has no control characters, no marks without width, no spaces but " ".
        if (
            value.isprintable()
            and value[:1] not in _CAREFUL_BEGINNINGS
            and len(value) <= _SURELY_FITS
            and "_x" not in value
        ):
            if answer := self._sheet.write_string(row, self.index, value, self._look):
                done(answer)
            return
        text = self._fitting(value, row)
        look = self._look
        if formula_like(text):
            look = self._looks.value(self.column, wrapped=self._wrapped, formula_like=True)
        if text:
            put_text(self._sheet, row, self.index, text, look)
        else:
            self.filled -= 1  # nothing was left of it
            self._put_blank(row)

    def _put_whole(self, row: int, value: Value) -> None:
        if not is_whole(value):
            self._place.refuse(self.column, value, row + 1)
        if abs(value) >= _FIRST_TOO_LARGE:
            self._put_as_text(row, str(value), Fit.PRECISE)
        else:
            self._put_units(row, value)

    def _put_money(self, row: int, value: Value) -> None:
        if not is_whole(value):
            self._place.refuse(self.column, value, row + 1)
        if abs(value) >= _FIRST_TOO_LARGE:
            self._put_as_text(row, euro(value), Fit.PRECISE)
        else:
            self._put_units(row, value)

    def _put_number(self, row: int, value: Value) -> None:
        if not (is_whole(value) or isinstance(value, (float, Decimal))):
            self._place.refuse(self.column, value, row + 1)
        try:
            number = rounded(value, self.column.places)
        except ValueError:
            self._place.refuse_number(row + 1)
        if number is None:
            self._put_as_text(row, plain(value), Fit.PRECISE)
        else:
            self._put_units(row, int(number.scaleb(self.column.places)))

    def _put_units(self, row: int, units: int) -> None:
        self.units += units
        if abs(units) > abs(self.widest):
            self.widest = units
        number = self._number(units)
        if self.of is None:
            if answer := self._sheet.write_number(row, self.index, number, self._look):
                done(answer)
            return
        part, whole = self.of
        formula = f"=ROUND(100*{part}{row + 1}/{whole}{row + 1},{self.column.places})"
        done(self._sheet.write_formula(row, self.index, formula, self._look, number))

    def _number(self, units: int) -> float:
        # Dividing integers rounds once, so that this is the number nearest to the decimal one.
        return units / self._parts if self._parts > 1 else units

    def _put_day(self, row: int, value: Value) -> None:
        if isinstance(value, str):
            self._put_text(row, value)
        elif not is_day(value):
            self._place.refuse(self.column, value, row + 1)
        elif value < EARLIEST_DAY:
            self._put_as_text(row, day_text(value), Fit.EARLY)
        else:
            done(self._sheet.write_datetime(row, self.index, value, self._look))

    def _put_time(self, row: int, value: Value) -> None:
        if isinstance(value, str):
            self._put_text(row, value)
        elif not is_time(value):
            self._place.refuse(self.column, value, row + 1)
        else:
            done(self._sheet.write_datetime(row, self.index, value, self._look))

    def _put_moment(self, row: int, value: Value) -> None:
        if not isinstance(value, datetime):
            self._place.refuse(self.column, value, row + 1)
        moment = local(value)
        if moment.date() < EARLIEST_DAY:
            self._put_as_text(row, moment_text(moment), Fit.EARLY)
        else:
            done(self._sheet.write_datetime(row, self.index, moment, self._look))

    def _put_flag(self, row: int, value: Value) -> None:
        if isinstance(value, str):
            self._put_text(row, value)
        elif isinstance(value, bool):
            self._put_text(row, self._words.yes if value else self._words.no)
        else:
            self._place.refuse(self.column, value, row + 1)

    def _put_link(self, row: int, value: Value) -> None:
        if not isinstance(value, str):
            self._place.refuse(self.column, value, row + 1)
        text = self._fitting(value, row)
        clickable = text.startswith(_CLICKABLE) and not any(map(str.isspace, text))
        if self._linked and clickable and utf16_length(text) <= LONGEST_ADDRESS:
            look = self._looks.link(self.column, wrapped=self._wrapped)
            shown = text.removeprefix("mailto:") or text
            done(self._sheet.write_url(row, self.index, text, look, shown))
        else:
            self._put_text(row, text)

    def _put_as_text(self, row: int, text: str, fit: Fit) -> None:
        self._fits.add(fit, self._place, row + 1)
        done(self._sheet.write_string(row, self.index, text, self._look))

    def _fitting(self, value: str, row: int) -> str:
        text = clean(value)
        if text is not value and loses_characters(value):
            self._fits.add(Fit.CLEANED, self._place, row + 1)
        if len(text) * 2 > LONGEST_TEXT and utf16_length(text) > LONGEST_TEXT:
            text = shorten(text, LONGEST_TEXT, self._words.shortened)
            self._fits.add(Fit.SHORTENED, self._place, row + 1)
        return text
