"""The cell formats of a workbook, by the number under which cells refer to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from smartct_desktop.domain.book import NO_MARKS, PLAIN, Look, Mark
from smartct_desktop.spreadsheets.xlsx_formats import BUILT_IN, meaning
from smartct_desktop.spreadsheets.xml_reading import is_on, number, space_of, whole
from smartct_desktop.spreadsheets.zip_parts import Parts

_NO_FILLS = ("none", "gray125")


def read_looks(parts: Parts, part: str | None, name: str) -> list[Look]:
    """The look of each cell format in order; none if the workbook has no part for styles.

    What is odd in the part (empty fills, fonts of unknown families) does not matter here. Raises
    `Trouble` if the part is missing or not well-formed: without it, dates would be taken for
    numbers.
    """
    if part is None:
        return []
    root = whole(parts, part, name)
    space = space_of(root)

    def entries(group: str, kind: str) -> Iterator[Element]:
        return root.iterfind(f"{space}{group}/{space}{kind}")

    codes = BUILT_IN | {
        number(entry, "numFmtId"): entry.get("formatCode", "General")
        for entry in entries("numFmts", "numFmt")
    }
    meanings = {code: meaning(code) for code in ("General", *codes.values())}
    fonts = [
        (is_set(font.find(f"{space}b")), is_set(font.find(f"{space}strike")))
        for font in entries("fonts", "font")
    ]
    fills = [_fill(fill, space) for fill in entries("fills", "fill")]
    known: dict[Look, Look] = {PLAIN: PLAIN}
    looks = []
    for entry in entries("cellXfs", "xf"):
        code = codes.get(number(entry, "numFmtId"), "General")
        font, fill = number(entry, "fontId"), number(entry, "fillId")
        bold, struck = fonts[font] if font < len(fonts) else (False, False)
        look = Look(
            meanings[code],
            code,
            Mark.STRUCK if struck else NO_MARKS,
            bold,
            fills[fill] if fill < len(fills) else "",
        )
        looks.append(known.setdefault(look, look))
    return looks


def is_set(switch: Element | None) -> bool:
    """Whether an element that is a switch is there and on: `<b/>`, but not `<b val="0"/>`."""
    return switch is not None and is_on(switch, "val", "1")


def with_marks(look: Look, marks: Mark) -> Look:
    """The look with further marks. Text struck as a whole is not partly struck."""
    marks |= look.marks
    if Mark.STRUCK in marks:
        marks &= ~Mark.PARTLY_STRUCK
    return replace(look, marks=marks)


def _fill(fill: Element, space: str) -> str:
    pattern = fill.find(f"{space}patternFill")
    if pattern is None:
        return "gradient" if len(fill) else ""
    if pattern.get("patternType", "none") in _NO_FILLS:
        return ""
    colour = pattern.find(f"{space}fgColor")
    if colour is None:
        return "pattern"
    for kind in ("rgb", "theme", "indexed"):
        if kind in colour.keys():  # noqa: SIM118 -- an element is no dictionary
            tone = f"{colour.get(kind)} {colour.get('tint', '')}".strip()
            return tone if kind == "rgb" else f"{kind} {tone}"
    return "pattern"
