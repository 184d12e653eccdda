"""Reading rows straight from the pages of a damaged file, past whatever leads to them.

SQLite finds a row by going down a tree of pages. Where a page in the middle of the tree is
destroyed, everything below it is out of reach though it is still there. Each page at the end of a
branch tells what it is, and its rows say of themselves how long they are: they are read from there.
The layout is that of https://www.sqlite.org/fileformat2.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from smartct_desktop.domain.key import Key
from smartct_desktop.storage.cipher import opened_plain
from smartct_desktop.storage.header import PAGE_SIZE

Stored: TypeAlias = int | float | str | bytes | None

_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x0A, 0x02
_CHILD = 4
_FIRST_PAGE = 100
_MOST = 1 << 30
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL, _ZERO, _ONE, _FIRST_BLOB = 7, 8, 9, 12


@dataclass(frozen=True, slots=True)
class Row:
    """What one cell of a page holds; `rowid` is None in tables that have none."""

    rowid: int | None
    values: tuple[Stored, ...]


class _Unreadable(Exception):
    """What stands here is no cell."""


def pages_of_rows(path: Path, key: Key | None = None) -> Iterator[list[Row]]:
    """Give the rows of every page that holds any, page by page. Raises OSError."""
    with opened_plain(path, key) as file:
        head = file.read(_FIRST_PAGE)
        size = int.from_bytes(head[16:18]) if head.startswith(b"SQLite format 3\0") else 0
        size = 65_536 if size == 1 else size
        usable = size - head[20] if size else 0
        if size < 512 or size & (size - 1) or usable < 480:
            size = usable = PAGE_SIZE
        pages = _Pages(file, size, usable)
        for number in range(1, pages.count + 1):
            if rows := list(pages.rows(number)):
                yield rows


class _Pages:
    """The pages of one file, counted from 1."""

    def __init__(self, file: BinaryIO, size: int, usable: int) -> None:
        self._file = file
        self._size = size
        self._usable = usable
        file.seek(0, 2)
        self.count = -(-file.tell() // size)

    def rows(self, number: int) -> Iterator[Row]:
        """Give what can be read of one page."""
        page = self._page(number)
        start = _FIRST_PAGE if number == 1 else 0
        sort = page[start]
        if sort not in {_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR}:
            return
        cells = int.from_bytes(page[start + 3 : start + 5])
        pointers = start + (12 if sort == _INDEX_INTERIOR else 8)
        if pointers + 2 * cells > self._usable:
            return
        for at in range(pointers, pointers + 2 * cells, 2):
            try:
                yield self._cell(page, int.from_bytes(page[at : at + 2]), sort)
            except (_Unreadable, IndexError):
                continue

    def _page(self, number: int) -> bytes:
        self._file.seek((number - 1) * self._size)
        return self._file.read(self._size).ljust(self._size, b"\0")

    def _cell(self, page: bytes, at: int, sort: int) -> Row:
        if sort == _INDEX_INTERIOR:
            at += _CHILD
        long, at = _varint(page, at)
        rowid = None
        if sort == _TABLE_LEAF:
            rowid, at = _varint(page, at)
            most = self._usable - 35
        else:
            most = (self._usable - 12) * 64 // 255 - 23
        if not 0 < long < _MOST:
            raise _Unreadable
        return Row(rowid, tuple(_values(self._payload(page, at, long, most))))

    def _payload(self, page: bytes, at: int, long: int, most: int) -> bytes:
        """Give all bytes of a row: what does not fit into its page goes on in others."""
        if long <= most:
            here, further = long, 0
        else:
            least = (self._usable - 12) * 32 // 255 - 23
            here = least + (long - least) % (self._usable - 4)
            here = here if here <= most else least
            further = int.from_bytes(page[at + here : at + here + 4])
        parts = [page[at : at + here]]
        if len(parts[0]) != here:
            raise _Unreadable
        missing = long - here
        while missing > 0:
            if not 1 < further <= self.count or len(parts) > self.count:
                raise _Unreadable
            beyond = self._page(further)
            further = int.from_bytes(beyond[:4])
            parts.append(beyond[4 : min(self._usable, 4 + missing)])
            missing -= len(parts[-1])
        return b"".join(parts)


def _values(payload: bytes) -> Iterator[Stored]:
    """Give the values of a row: first their types stand there, then they themselves."""
    header, at = _varint(payload, 0)
    if not at <= header <= len(payload):
        raise _Unreadable
    types: list[int] = []
    while at < header:
        type_, at = _varint(payload, at)
        types.append(type_)
    at = header
    for type_ in types:
        long = _length(type_)
        if at + long > len(payload):
            raise _Unreadable
        yield _value(type_, payload[at : at + long])
        at += long
    if at != len(payload):
        raise _Unreadable


def _length(type_: int) -> int:
    if type_ >= _FIRST_BLOB:
        return (type_ - _FIRST_BLOB) // 2
    if type_ == _REAL:
        return 8
    if type_ in {0, _ZERO, _ONE}:
        return 0
    if type_ not in _INTEGERS:
        raise _Unreadable
    return _INTEGERS[type_]


def _value(type_: int, raw: bytes) -> Stored:
    if type_ == 0:
        return None
    if type_ in {_ZERO, _ONE}:
        return type_ - _ZERO
    if type_ == _REAL:
        raise _Unreadable  # no column of ours holds one
    if type_ < _FIRST_BLOB:
        return int.from_bytes(raw, signed=True)
    return raw.decode("utf-8", "replace") if type_ % 2 else raw


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """Read a number of one to nine bytes; gives where the next thing stands, too."""
    number = 0
    for step in range(8):
        byte = page[at + step]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + step + 1
    number = number << 8 | page[at + 8]
    return (number - (1 << 64) if number >> 63 else number), at + 9
