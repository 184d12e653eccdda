"""The records of a binary workbook (.xlsb): a number, a length, and what is packed behind them.

The numbers and layouts are those that Microsoft has published as [MS-XLSB].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import IntEnum

from smartct_desktop.domain.book import NO_MARKS, Mark
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.zip_parts import Parts

_LONGEST = 1 << 20
_UNDERSTOOD = 1 << 16
_RICH = 1


class Record(IntEnum):
    """The records that are looked at."""

    ROW = 0
    BLANK = 1
    RK = 2
    ERROR = 3
    BOOL = 4
    REAL = 5
    TEXT = 6
    SHARED_TEXT = 7
    FORMULA_TEXT = 8
    FORMULA_NUMBER = 9
    FORMULA_BOOL = 10
    FORMULA_ERROR = 11
    SHORT_BLANK = 12
    SHORT_SHARED_TEXT = 18
    SHARED_ITEM = 19
    FONT = 43
    FORMAT = 44
    FILL = 45
    CELL_FORMAT = 47
    COLUMNS = 60
    RICH_TEXT = 62
    SETTINGS = 153
    SHEET = 156
    FILTER = 161
    MERGED = 176
    LINK = 494
    CELL_FORMATS = 617
    CELL_FORMATS_END = 618
    COMMENT = 635
    COMMENT_TEXT = 637


_WANTED = frozenset({*map(int, Record), *range(Record.SHORT_BLANK, Record.SHORT_SHARED_TEXT)})


def records(parts: Parts, part: str, name: str) -> Iterator[tuple[int, bytes, int]]:
    """Give number, content and the bytes read so far of the records that are looked at.

    Raises `Trouble` if the part breaks off, or has a record as long as no program writes them.
    """
    buffer, place, done = b"", 0, 0
    chunks = parts.chunks(part)
    while True:
        found = _head(buffer, place)
        if found is None or len(buffer) < found[2] + found[1]:
            if found is not None and found[1] > _LONGEST:
                raise refusals.too_much(name)
            chunk = next(chunks, None)
            if chunk is None:
                break
            buffer, place = buffer[place:] + chunk, 0
            done += len(chunk)
            continue
        kind, length, start = found
        place = start + length
        if kind in _WANTED:
            yield kind, buffer[start:place], done
    if place < len(buffer):
        raise refusals.damaged(name)


def _head(buffer: bytes, place: int) -> tuple[int, int, int] | None:
    """Give number, length and the place of the content; None if there is not all of it yet."""
    end = len(buffer)
    if place + 2 > end:
        return None
    kind = buffer[place]
    place += 1
    if kind & 0x80:
        kind = (kind & 0x7F) | (buffer[place] & 0x7F) << 7
        place += 1
    length = 0
    for shift in (0, 7, 14, 21):
        if place >= end:
            return None
        byte = buffer[place]
        place += 1
        length |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return kind, length, place


def cell(kind: int, content: bytes, column: int) -> tuple[int, bytes, int]:
    """Give number, content and column of a cell, `column` being that of the one before.

    A short record leaves the column out: it stands right behind the cell before.
    """
    if Record.SHORT_BLANK <= kind <= Record.SHORT_SHARED_TEXT:
        column += 1
        return kind - Record.SHORT_BLANK + Record.BLANK, struct.pack("<I", column) + content, column
    return kind, content, struct.unpack_from("<I", content, 0)[0]


def wide_text(content: bytes, place: int) -> tuple[str, int]:
    """Give a text that is packed with its length before it, and the place behind it."""
    (length,) = struct.unpack_from("<I", content, place)
    if length == 0xFFFF_FFFF:
        return "", place + 4
    end = place + 4 + 2 * length
    if end > len(content):
        raise struct.error
    return content[place + 4 : end].decode("utf-16-le", "replace"), end


def rich_text(content: bytes, place: int, struck: list[bool]) -> tuple[str, Mark]:
    """Give a text whose parts may have fonts of their own; `struck` tells of each font."""
    flags = content[place]
    text, end = wide_text(content, place + 1)
    if not flags & _RICH:
        return text, NO_MARKS
    (count,) = struct.unpack_from("<I", content, end)
    if count > _UNDERSTOOD:
        raise struct.error
    fonts = [struct.unpack_from("<HH", content, end + 4 + 4 * n)[1] for n in range(count)]
    crossed = any(font < len(struck) and struck[font] for font in fonts)
    return text, Mark.PARTLY_STRUCK if crossed else NO_MARKS


def small_number(packed: int) -> float:
    """Give the number of a cell that is packed into four bytes: whole or not, or hundredths."""
    if packed & 2:
        whole = packed >> 2
        number: float = whole - (1 << 30) if whole >> 29 else whole
    else:
        (number,) = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFF_FFFC))
    return number / 100 if packed & 1 else number
