"""The styles of a binary workbook (.xlsb): what its cells look like."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from smartct_desktop.domain.book import NO_MARKS, PLAIN, Look, Mark
from smartct_desktop.spreadsheets.xlsb_records import Record, records, wide_text
from smartct_desktop.spreadsheets.xlsx_formats import BUILT_IN, meaning
from smartct_desktop.spreadsheets.zip_parts import Parts

_T = TypeVar("_T")
_BOLD = 600
_STRUCK = 0x8


@dataclass
class Styles:
    """The looks of cells by number, and which fonts cross their text out."""

    struck: list[bool] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    def look(self, number: int) -> Look:
        """Give the look of a number; a plain one for a number that there is not."""
        return _at(self.looks, number, default=PLAIN)


def read_styles(parts: Parts, part: str, name: str) -> Styles:
    """Read the part with the styles. Raises `Trouble`, and `struct.error` for broken records."""
    styles = Styles()
    codes = dict(BUILT_IN)
    bold: list[bool] = []
    fills: list[str] = []
    formats = False
    for kind, content, _ in records(parts, part, name):
        match kind:
            case Record.FORMAT:
                (number,) = struct.unpack_from("<H", content, 0)
                codes[number] = wide_text(content, 2)[0]
            case Record.FONT:
                _, flags, weight = struct.unpack_from("<HHH", content, 0)
                styles.struck.append(bool(flags & _STRUCK))
                bold.append(weight >= _BOLD)
            case Record.FILL:
                pattern, colour = struct.unpack_from("<Iq", content, 0)
                fills.append(f"{colour & 0xFFFF_FFFF_FFFF_FFFF:016x}" if pattern == 1 else "")
            case Record.CELL_FORMATS | Record.CELL_FORMATS_END:
                formats = kind == Record.CELL_FORMATS
            case Record.CELL_FORMAT if formats:
                _, number, font, fill = struct.unpack_from("<HHHH", content, 0)
                code = codes.get(number, "General")
                look = Look(
                    meaning(code),
                    code,
                    Mark.STRUCK if _at(styles.struck, font, default=False) else NO_MARKS,
                    _at(bold, font, default=False),
                    _at(fills, fill, default=""),
                )
                styles.looks.append(PLAIN if look == PLAIN else look)
            case _:
                pass
    return styles


def _at(things: Sequence[_T], place: int, *, default: _T) -> _T:
    return things[place] if place < len(things) else default
