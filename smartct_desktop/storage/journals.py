"""What a journal that waits beside a file says of its first page.

Every change of a document writes its first page anew. If the power fails in that very moment a
drive may leave noise there, and the file looks like anything but a document; but its journal lies
beside it, and SQLite puts it in order as soon as the file is opened. So who asks what a file is
before that has to look into the journal, too. Layout: the file format of SQLite, section 3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_HEADER = struct.Struct(">8sIIIII")
_ALL = 0xFFFFFFFF
_SUMMED_EVERY = 200
_SIZES = frozenset(1 << n for n in range(9, 17))


def first_bytes(path: Path, length: int) -> bytes:
    """Read how a file begins, or will begin when its journal was played back. Raises OSError.

    Nobody in this process may have it open.
    """
    with path.open("rb") as file:
        start = file.read(length)
    try:
        with path.with_name(path.name + "-journal").open("rb") as journal:
            pages = _pages(journal)
            former = next((page for number, page in pages if number == 1), None)
    except OSError:  # there is none, as nearly always
        return start
    return start if former is None else former[:length]


def _pages(journal: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Give the pages that would be played back, as they were, with their numbers."""
    begin = 0
    while True:
        journal.seek(begin)
        header = journal.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(_MAGIC):
            return
        _, count, nonce, _, sector, size = _HEADER.unpack(header)
        if sector not in _SIZES or size not in _SIZES:
            return
        journal.seek(begin + sector)
        done = 0
        while done < count or count == _ALL:
            record = journal.read(size + 8)
            page = record[4:-4]
            if len(record) < size + 8 or _sum(page, nonce) != int.from_bytes(record[-4:]):
                return
            yield int.from_bytes(record[:4]), page
            done += 1
        begin = -(-(begin + sector + done * (size + 8)) // sector) * sector


def _sum(page: bytes, nonce: int) -> int:
    """Give the checksum of a page in a journal."""
    places = range(len(page) - _SUMMED_EVERY, 0, -_SUMMED_EVERY)
    return (nonce + sum(page[place] for place in places)) & 0xFFFFFFFF
