"""Takes one stream out of a compound file, the container of old Office workbooks ([MS-CFB]).

The libraries for old and for locked workbooks can do that, too, but follow a chain of sectors that
was bent into a ring until the memory is used up. Here each sector is followed once.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from typing import Any

_MOST_SECTOR = 0xFFFFFFFA  # above: free, end of chain, and the tables themselves
_ENTRY = struct.Struct("<64sHBBIII36xI8s")
_STREAM, _ROOT = 2, 5
_HEADER = 512
_LISTED_IN_HEADER = 109
_MINI_SECTOR = 64
_MINI_CUTOFF = 4096


def stream_of(content: bytes, names: frozenset[str]) -> bytes:
    """The stream with one of these names (in small letters) at the root.

    Raises `ValueError` for a file that contradicts itself, `LookupError` if there is no stream of
    these names.
    """
    return _Compound(content).stream(names)


def refuse_rings(content: bytes) -> None:
    """Raise `ValueError` if a chain of sectors leads back into itself, or the file is none."""
    compound = _Compound(content)
    for table in (compound.next, compound.next_small()):
        _refuse_ring(table)


class _Compound:
    """The tables of a compound file."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER:
            raise ValueError("header")
        self._content = content
        (shift,) = struct.unpack_from("<H", content, 30)
        if shift not in {9, 12}:
            raise ValueError("sector size")
        self._size = 1 << shift
        self.next = self._table(self._listed_sectors())
        (first,) = struct.unpack_from("<I", content, 48)
        directory = b"".join(self._sectors(first))
        self._entries = list(_ENTRY.iter_unpack(directory[: len(directory) // 128 * 128]))

    def stream(self, names: frozenset[str]) -> bytes:
        """The content of the stream of one of these names."""
        for place in self._at_root():
            packed, length, kind, _colour, _left, _right, _child, first, size = self._entries[place]
            name = packed[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
            if kind == _STREAM and name in names:
                # In files with small sectors, the upper half of the size may hold anything.
                (wanted,) = struct.unpack("<Q", size)
                wanted &= 0xFFFFFFFF
                small = wanted < _MINI_CUTOFF
                found = self._small(first) if small else b"".join(self._sectors(first))
                if len(found) < wanted:
                    raise ValueError("breaks off")
                return found[:wanted]
        raise LookupError("stream")

    def next_small(self) -> array[int]:
        """The table that says which small sector follows which."""
        (start,) = struct.unpack_from("<I", self._content, 60)
        return _numbers(b"".join(self._sectors(start)))

    def _at_root(self) -> Iterator[int]:
        """The entries at the root; each is looked at once, however they point at each other."""
        ahead, seen = [self._root()[6]], set[int]()
        while ahead:
            place = ahead.pop()
            if place in seen or place >= len(self._entries):
                continue
            seen.add(place)
            yield place
            ahead += self._entries[place][4:6]

    def _root(self) -> tuple[Any, ...]:
        root = next((entry for entry in self._entries if entry[2] == _ROOT), None)
        if root is None:
            raise ValueError("root")
        return root

    def _listed_sectors(self) -> Iterator[int]:
        """The sectors of the table that says which sector follows which."""
        yield from struct.unpack_from(f"<{_LISTED_IN_HEADER}I", self._content, 76)
        sector, seen = struct.unpack_from("<I", self._content, 68)[0], set[int]()
        while sector < _MOST_SECTOR and sector not in seen:
            seen.add(sector)
            *listed, sector = struct.unpack(f"<{self._size // 4}I", self._sector(sector))
            yield from listed

    def _table(self, sectors: Iterator[int]) -> array[int]:
        known = dict.fromkeys(sector for sector in sectors if sector < _MOST_SECTOR)
        return _numbers(b"".join(self._sector(sector) for sector in known))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._content[start : start + self._size]
        if not found:
            raise ValueError("sector")
        return found.ljust(self._size, b"\0")  # the last one may be cut short

    def _sectors(self, first: int) -> Iterator[bytes]:
        return map(self._sector, _chain(first, self.next))

    def _small(self, first: int) -> bytes:
        """A stream that lies in the small sectors, which lie in the stream of the root."""
        room = b"".join(self._sectors(self._root()[7]))
        places = (number * _MINI_SECTOR for number in _chain(first, self.next_small()))
        return b"".join(room[place : place + _MINI_SECTOR] for place in places)


def _numbers(table: bytes) -> array[int]:
    return array("Q", (number for (number,) in struct.iter_unpack("<I", table)))


def _chain(first: int, following: array[int]) -> Iterator[int]:
    """The sectors from the first on. Raises `ValueError` for a ring."""
    seen = bytearray(len(following))
    while first < _MOST_SECTOR:
        if first >= len(following) or seen[first]:
            raise ValueError("chain")
        seen[first] = 1
        yield first
        first = following[first]


def _refuse_ring(following: array[int]) -> None:
    walked = array("Q", bytes(8 * len(following)))
    for turn, start in enumerate(range(len(following)), 1):
        place = start
        while place < len(following) and not walked[place]:
            walked[place] = turn
            place = following[place]
        if place < len(following) and walked[place] == turn:
            raise ValueError("ring")
