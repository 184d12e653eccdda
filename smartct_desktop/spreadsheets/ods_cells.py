"""Makes values out of the cells of an OpenDocument table: what they hold, not what they show."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from xml.etree.ElementTree import Element

from smartct_desktop.domain.book import (
    NO_MARKS,
    CellError,
    Look,
    Mark,
    NumberFormat,
    Value,
)
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.spreadsheets.ods_styles import Styles
from smartct_desktop.spreadsheets.raised_digits import raised
from smartct_desktop.spreadsheets.xlsx_moments import from_iso
from smartct_desktop.spreadsheets.xlsx_numbers import number_of
from smartct_desktop.spreadsheets.xlsx_styles import with_marks
from smartct_desktop.spreadsheets.xml_reading import attribute, local, number_of_attribute

_DURATION = re.compile(r"(-?)PT(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d{1,9}))?S)?")
_DAY = timedelta(days=1)
_MIDNIGHT = datetime(1899, 12, 31)  # of whatever day
_OFFICE, _CALC = "opendocument:xmlns:office", ":calcext:"
_TRUTHS = {"of:=TRUE()": True, "of:=FALSE()": False}
_BESIDE_THE_TEXT = frozenset({"annotation", "note", "ruby-text", "frame", "bookmark"})
_MOST_SPACES = 1_000
_DEPTH = 100


class CellMaker:
    """Makes value and look of each cell, and finds comments and links."""

    def __init__(self, styles: Styles, unsafe: Callable[[], Trouble]) -> None:
        self._styles = styles
        self._unsafe = unsafe
        self._marked: dict[tuple[Look, int], Look] = {}

    def cell(self, element: Element, column_style: str) -> tuple[Value, Look]:
        """Give the value and the look of a `<table:table-cell>`. Raises `Trouble`."""
        style = attribute(element, "style-name") or column_style
        look = self._styles.look(style)
        kind = _value_type(element, _OFFICE)
        marks = NO_MARKS
        if attribute(element, "formula"):
            marks |= Mark.FORMULA
        value: Value
        if not kind:
            text, struck = self._text(element)
            value = text or None
            if Mark.FORMULA in marks and value is None:
                marks |= Mark.NO_RESULT
        else:
            value, more, struck = self._value(element, kind, style)
            marks |= more
        if struck and value is not None:
            marks |= Mark.PARTLY_STRUCK
        if value is None and Mark.NO_RESULT not in marks:
            marks = NO_MARKS
        return value, self._with(self._fitting(look, value), marks)

    def comment(self, element: Element) -> str:
        """The note at a cell, "" for none."""
        note = next((child for child in element if local(child.tag) == "annotation"), None)
        return "" if note is None else self._text(note)[0]

    def link(self, element: Element) -> str:
        """The target of the first link in a cell, "" for none."""
        for child in element:
            if local(child.tag) == "p":
                for inner in child.iter():
                    if local(inner.tag) == "a":
                        return attribute(inner, "href")
        return ""

    def _value(self, element: Element, kind: str, style: str) -> tuple[Value, Mark, bool]:
        if _value_type(element, _CALC) == "error":
            return CellError(self._text(element)[0] or "#ERR!"), NO_MARKS, False
        match kind:
            case "string":
                text, struck = self._text(element)
                return attribute(element, "string-value") or text or None, NO_MARKS, struck
            case "float" | "currency" | "percentage":
                formula = attribute(element, "formula")
                if formula in _TRUTHS:  # what programs make of a cell that is only true or false
                    return _TRUTHS[formula], NO_MARKS, False
                found, marks = number_of(attribute(element, "value"))
                if self._styles.data_style(style) in self._styles.booleans and found in {0, 1}:
                    return bool(found), NO_MARKS, False
                return None if found == "" else found, Mark(marks), False
            case "boolean":
                return attribute(element, "boolean-value") == "true", NO_MARKS, False
            case "date":
                text = attribute(element, "date-value")
                form = NumberFormat.MOMENT if "T" in text else NumberFormat.DATE
                found_day = from_iso(text, form)
                return (
                    (text, Mark.ODD, False) if found_day is None else (found_day, NO_MARKS, False)
                )
            case "time":
                lasting = self._styles.data_style(style) in self._styles.durations
                return *_moment(attribute(element, "time-value"), lasting=lasting), False
            case _:
                return self._text(element)[0] or None, Mark.ODD, False

    def _text(self, element: Element) -> tuple[str, bool]:
        """The paragraphs of a cell or a note, and whether a part of them is crossed out."""
        struck: list[bool] = []
        lines = [
            "".join(self._pieces(child, struck, 0)) for child in element if local(child.tag) == "p"
        ]
        return "\n".join(lines), any(struck)

    def _pieces(self, element: Element, struck: list[bool], depth: int) -> list[str]:
        if depth > _DEPTH:
            raise self._unsafe()
        pieces = [element.text or ""]
        for child in element:
            match local(child.tag):
                case "s":
                    pieces.append(" " * min(number_of_attribute(child, "c", 1), _MOST_SPACES))
                case "tab":
                    pieces.append("\t")
                case "line-break":
                    pieces.append("\n")
                case kind if kind not in _BESIDE_THE_TEXT:
                    style = attribute(child, "style-name")
                    if style in self._styles.struck_texts:
                        struck.append(True)
                    inside = self._pieces(child, struck, depth + 1)
                    above = style in self._styles.raised_texts
                    pieces += map(raised, inside) if above else inside
                case _:
                    pass
            pieces.append(child.tail or "")
        return pieces

    def _fitting(self, look: Look, value: Value) -> Look:
        """The look with a format that says what the value is: dates are dates in any style."""
        wanted: NumberFormat | None = None
        match value:
            case datetime() if look.format is not NumberFormat.DATE:
                wanted, code = NumberFormat.MOMENT, "yyyy-mm-dd hh:mm"
            case timedelta():
                wanted, code = NumberFormat.DURATION, "[h]:mm:ss"
            case time():
                wanted, code = NumberFormat.TIME, "hh:mm:ss"
            case _:
                return look
        if look.format is wanted:
            return look
        return Look(wanted, code, look.marks, look.bold, look.fill)

    def _with(self, look: Look, marks: Mark) -> Look:
        if not marks:
            return look
        key = look, marks.value
        if key not in self._marked:
            self._marked[key] = with_marks(look, marks)
        return self._marked[key]


def _value_type(element: Element, space: str) -> str:
    """What the value is by the standard, or by the program itself, which alone knows errors."""
    return next((v for k, v in element.items() if local(k) == "value-type" and space in k), "")


def _moment(text: str, *, lasting: bool) -> tuple[Value, Mark]:
    """A time of the day, or a duration if it is meant as one or longer than a day."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()[1:4]):
        return text or None, Mark.ODD
    sign, hours, minutes, seconds, part = found.groups()
    length = timedelta(
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        milliseconds=round(float(f"0.{part or 0}") * 1000),
    )
    if sign:
        length = -length
    if lasting or not timedelta() <= length < _DAY:
        return length, NO_MARKS
    return (_MIDNIGHT + length).time(), NO_MARKS
