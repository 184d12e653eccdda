"""The cell formats of an OpenDocument workbook, by the names under which cells refer to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from smartct_desktop.domain.book import NO_MARKS, PLAIN, Look, Mark, NumberFormat
from smartct_desktop.spreadsheets.xml_reading import attribute, is_on, local, number_of_attribute

_PARTS_OF_NUMBERS = frozenset({"number", "scientific-number", "fraction"})
_CLOCK = frozenset({"hours", "minutes", "seconds", "am-pm"})
_CALENDAR = frozenset({"day", "month", "year", "day-of-week", "quarter", "week-of-year", "era"})
_WIDEST = 30  # zeros of a number format; more is not meant for reading


_RAISED = re.compile(r"super|\+?[1-9]\d*(?:\.\d+)?%")


@dataclass(frozen=True, slots=True)
class _Style:
    """One cell style as written: what it leaves open comes from `parent`."""

    parent: str
    data: str
    bold: bool | None
    struck: bool | None
    fill: str | None


@dataclass(slots=True)
class Styles:
    """The styles of both parts of a workbook that have any; later ones win over those before."""

    booleans: set[str] = field(default_factory=set)
    durations: set[str] = field(default_factory=set)
    struck_texts: set[str] = field(default_factory=set)
    raised_texts: set[str] = field(default_factory=set)
    hidden_tables: set[str] = field(default_factory=set)
    _cells: dict[str, _Style] = field(default_factory=dict)
    _data: dict[str, tuple[NumberFormat, str]] = field(default_factory=dict)
    _looks: dict[str, Look] = field(default_factory=dict)
    _shared: dict[Look, Look] = field(default_factory=lambda: {PLAIN: PLAIN})

    def take(self, group: Element) -> None:
        """Take all styles of a group: of `<office:styles>` or `<office:automatic-styles>`."""
        for child in group:
            kind = local(child.tag)
            name = attribute(child, "name")
            if kind == "style":
                self._take_style(child, name, attribute(child, "family"))
            elif kind.endswith("-style"):
                self._data[name] = _number_format(kind, child)
                if kind == "boolean-style":
                    self.booleans.add(name)
                if kind == "time-style" and attribute(child, "truncate-on-overflow") == "false":
                    self.durations.add(name)
        self._looks.clear()

    def look(self, name: str) -> Look:
        """The look of the cells of a style; that of unknown ones is plain."""
        look = self._looks.get(name)
        if look is None:
            made = self._made(name)
            look = self._looks[name] = self._shared.setdefault(made, made)
        return look

    def data_style(self, name: str) -> str:
        """The name of the number format of a cell style, "" for none."""
        return next((style.data for style in self._line(name) if style.data), "")

    def _take_style(self, element: Element, name: str, family: str) -> None:
        text = _child(element, "text-properties")
        struck = None if text is None else _is_struck(text)
        if family == "table-cell":
            cell = _child(element, "table-cell-properties")
            weight = "" if text is None else attribute(text, "font-weight")
            fill = None if cell is None else attribute(cell, "background-color") or None
            self._cells[name] = _Style(
                attribute(element, "parent-style-name"),
                attribute(element, "data-style-name"),
                None if not weight else weight == "bold" or weight in {"600", "700", "800", "900"},
                struck,
                "" if fill == "transparent" else fill,
            )
        elif family == "text" and text is not None:
            if struck:
                self.struck_texts.add(name)
            if _RAISED.match(attribute(text, "text-position")):
                self.raised_texts.add(name)
        elif family == "table":
            table = _child(element, "table-properties")
            if table is not None and attribute(table, "display") == "false":
                self.hidden_tables.add(name)

    def _line(self, name: str) -> Iterator[_Style]:
        """The style and those it builds on; a ring ends where it began."""
        seen: set[str] = set()
        while name not in seen and (style := self._cells.get(name)) is not None:
            seen.add(name)
            yield style
            name = style.parent

    def _made(self, name: str) -> Look:
        line = list(self._line(name))
        form, code = NumberFormat.GENERAL, "General"
        data = next((style.data for style in line if style.data), "")
        if data in self._data:
            form, code = self._data[data]
        struck = next((style.struck for style in line if style.struck is not None), False)
        bold = next((style.bold for style in line if style.bold is not None), False)
        fill = next((style.fill for style in line if style.fill is not None), "")
        return Look(form, code, Mark.STRUCK if struck else NO_MARKS, bold, fill)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local(child.tag) == name), None)


def _is_struck(properties: Element) -> bool | None:
    """Whether text is crossed out; `None` if the properties do not say."""
    line = attribute(properties, "text-line-through-style")
    kind = attribute(properties, "text-line-through-type")
    if not line and not kind:
        return None
    return (line or kind) != "none"


def _number_format(kind: str, style: Element) -> tuple[NumberFormat, str]:
    """What a data style shows, and a code for it as other workbooks would have it."""
    names = {local(part.tag) for part in style}
    match kind:
        case "date-style":
            form = NumberFormat.MOMENT if names & _CLOCK else NumberFormat.DATE
            return form, "yyyy-mm-dd hh:mm" if names & _CLOCK else "yyyy-mm-dd"
        case "time-style":
            if attribute(style, "truncate-on-overflow") == "false":
                return NumberFormat.DURATION, "[h]:mm:ss"
            return NumberFormat.TIME, "hh:mm:ss"
        case "text-style":
            return NumberFormat.TEXT, "@"
        case "number-style" | "currency-style" | "percentage-style":
            code = "".join(map(_code_of, style))
            if names & _CALENDAR or not names & _PARTS_OF_NUMBERS:
                return NumberFormat.GENERAL, "General"
            if any(_is_general(part) for part in style) and len(style) == 1:
                return NumberFormat.GENERAL, "General"
            percent = kind == "percentage-style"
            return NumberFormat.PERCENT if percent else NumberFormat.NUMBER, code
        case _:
            return NumberFormat.GENERAL, "General"


def _is_general(part: Element) -> bool:
    """A number without any wish for how many digits."""
    wishes = {local(key) for key in part.keys()} - {"min-integer-digits"}  # noqa: SIM118
    return (
        local(part.tag) == "number"
        and not wishes
        and number_of_attribute(part, "min-integer-digits") <= 1
    )


def _code_of(part: Element) -> str:
    kind = local(part.tag)
    if kind in _PARTS_OF_NUMBERS:
        digits = "0" * max(min(number_of_attribute(part, "min-integer-digits", 1), _WIDEST), 1)
        grouped = is_on(part, _key(part, "grouping"))
        places = min(number_of_attribute(part, "decimal-places"), _WIDEST)
        return ("#,##" if grouped else "") + digits + ("." + "0" * places if places else "")
    if kind in {"text", "currency-symbol"} and part.text:
        return part.text if part.text == "%" else f'"{part.text}"'
    return ""


def _key(element: Element, name: str) -> str:
    return next((key for key in element.keys() if local(key) == name), name)  # noqa: SIM118
