"""The contents of attached files: kept once, read out and checked.

A content is known by the SHA-256 of its bytes. It is written together with the step that adds the
attachment, so that no attachment ever names what is not there, and stays for as long as a record or
the history can name it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.books import CONTENT, CONTENT_PIECE
from smartct_desktop.storage.connection import Connection, Prepared, Source
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.guests import Guest
from smartct_desktop.storage.packing import PIECE, Packed

_INSERT_PIECE = Prepared(
    "INSERT INTO content_piece (content, n, packed, bytes) VALUES (?, ?, ?, ?)"
)
_UNUSED = """
SELECT sha256 FROM content EXCEPT SELECT sha256 FROM attachment
EXCEPT SELECT json_extract(before, '$.sha256') FROM change JOIN step ON step.no = change.step
  WHERE kind = 'attachment' AND before IS NOT NULL AND state <> 'set aside'
EXCEPT SELECT json_extract(after, '$.sha256') FROM change JOIN step ON step.no = change.step
  WHERE kind = 'attachment' AND after IS NOT NULL AND state <> 'set aside'
"""
"""A step that was set aside can never be brought back, and so holds on to nothing."""

_MISSING = """
SELECT file_name FROM attachment WHERE length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'
  AND sha256 NOT IN (SELECT sha256 FROM content) ORDER BY rowid
"""


_NOT_WHOLE = """
SELECT file_name FROM attachment JOIN content ON content.sha256 = attachment.sha256
  WHERE content.size > 0 AND (SELECT coalesce(max(n) + 1, 0) <> count(*) OR count(*) = 0
    FROM content_piece WHERE content_piece.content = content.rowid) ORDER BY attachment.rowid
"""


@dataclass(frozen=True, slots=True)
class Room:
    """How much is kept: different contents, their bytes as files, and the bytes they take."""

    contents: int
    size: int
    taken: int


def keep(connection: Connection, contents: Iterable[Packed]) -> None:
    """Write contents within a transaction that somebody else begins and commits.

    What is there already is not written again. Raises `Trouble`.
    """
    for content in contents:
        there = sa.select(CONTENT.c.rowid).where(CONTENT.c.sha256 == content.sha256)
        if connection.fetch(there):
            continue
        connection.run(sa.insert(CONTENT).values(sha256=content.sha256, size=content.size))
        ((rowid,),) = connection.fetch(there)
        rows = (
            (rowid, n, int(packed), piece) for n, (packed, piece) in enumerate(content.pieces())
        )
        connection.many(_INSERT_PIECE, rows)


def read_out(guest: Callable[[], Guest], sha256: str, name: str) -> Iterator[bytes]:
    """Give the bytes of a content piece by piece, checked against its hash at the end.

    `name` is what the file is called in a sentence. Works on any thread, also while the document
    is edited: contents never change. Raises `Trouble` if it is missing or damaged.
    """
    opened = guest()
    try:
        size, n, given = None, 0, 0
        digest = hashlib.sha256()
        while size is None or given < size:
            try:
                if size is None:
                    size = _size(opened, sha256, name)
                    continue
                piece = _piece(opened, sha256, n)
            except Outdated:
                opened.close()
                opened = guest()
                continue
            if piece is None:
                raise _damaged(name)
            digest.update(piece)
            given, n = given + len(piece), n + 1
            yield piece
        if given != size or digest.hexdigest() != sha256:
            raise _damaged(name)
    finally:
        opened.close()


def unused(connection: Connection | Guest) -> list[str]:
    """Give the hashes of the contents that neither a record nor the history can name again."""
    return [sha256 for (sha256,) in connection.tell(_UNUSED)]


def remove_unused(connection: Connection) -> int:
    """Remove the contents that nothing can name, within a transaction; give their bytes."""
    freed = 0
    for sha256 in unused(connection):
        there = sa.select(CONTENT.c.rowid, CONTENT.c.size).where(CONTENT.c.sha256 == sha256)
        ((rowid, size),) = connection.fetch(there)
        connection.run(sa.delete(CONTENT_PIECE).where(CONTENT_PIECE.c.content == rowid))
        connection.run(sa.delete(CONTENT).where(CONTENT.c.rowid == rowid))
        freed += size
    return freed


def remove_broken(connection: Connection) -> int:
    """Remove the contents that are not whole, within a transaction; give how many.

    What is there already is never attached again: it has to go before it can come back.
    """
    broken = [
        (rowid,)
        for rowid, sha256, size in connection.fetch(
            sa.select(CONTENT.c.rowid, CONTENT.c.sha256, CONTENT.c.size)
        )
        if not _is_sound(connection, rowid, sha256, size)
    ]
    connection.many(Prepared("DELETE FROM content_piece WHERE content = ?"), broken)
    connection.many(Prepared("DELETE FROM content WHERE rowid = ?"), broken)
    return len(broken)


def _is_sound(connection: Connection, rowid: int, sha256: str, size: int) -> bool:
    digest, given = hashlib.sha256(), 0
    pieces = sa.select(CONTENT_PIECE.c.n).where(CONTENT_PIECE.c.content == rowid)
    numbers = [n for (n,) in connection.fetch(pieces.order_by(CONTENT_PIECE.c.n))]
    for n in numbers:
        one = sa.select(CONTENT_PIECE.c.packed, CONTENT_PIECE.c.bytes).where(
            CONTENT_PIECE.c.content == rowid, CONTENT_PIECE.c.n == n
        )
        for packed, kept in connection.fetch(one):
            try:
                piece = _unpacked(kept) if packed else bytes(kept)
            except Trouble:
                return False
            digest.update(piece)
            given += len(piece)
    return given == size and digest.hexdigest() == sha256


def room(source: Connection | Guest) -> Room:
    """Say how much is kept."""
    ((contents, size),) = source.fetch(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(CONTENT.c.size), 0))
    )
    taken = sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(CONTENT_PIECE.c.bytes)), 0))
    return Room(contents, size, source.fetch(taken)[0][0])


def broken_files(source: Source) -> list[str]:
    """Give the names of attached files whose content is missing, or of which pieces are.

    The contents themselves are not read: see `content_complaints`.
    """
    return [name for query in (_MISSING, _NOT_WHOLE) for (name,) in source.fetch(sa.text(query))]


def content_complaints(guest: Guest) -> Iterator[Sentence]:
    """Read all contents and give what is wrong with them."""
    for (name,) in guest.tell(_MISSING):
        yield Sentence("The content of the attached file {name} is missing.", name=name)
    names = dict[str, str](
        map(tuple, guest.tell("SELECT sha256, min(file_name) FROM attachment GROUP BY sha256"))
    )
    for (sha256,) in guest.fetch(sa.select(CONTENT.c.sha256).order_by(CONTENT.c.rowid)):
        if not _is_whole(guest, sha256):
            name = names.get(sha256)
            yield (
                Sentence("The content of the attached file {name} is damaged.", name=name)
                if name
                else Sentence("The content of a file that was attached once is damaged.")
            )


def _is_whole(guest: Guest, sha256: str) -> bool:
    digest, n, given = hashlib.sha256(), 0, 0
    try:
        size = _size(guest, sha256, "")
        while piece := _piece(guest, sha256, n):
            digest.update(piece)
            given, n = given + len(piece), n + 1
    except Trouble:
        return False
    return given == size and digest.hexdigest() == sha256


def _size(guest: Guest, sha256: str, name: str) -> int:
    for (size,) in guest.fetch(sa.select(CONTENT.c.size).where(CONTENT.c.sha256 == sha256)):
        return int(size)
    raise Trouble(
        Sentence("The content of {name} is not in the document.", name=name),
        Sentence("Attach the file again, or look for it in a backup of the document."),
    )


def _piece(guest: Guest, sha256: str, n: int) -> bytes | None:
    """Give one piece as it was in the file, None if there is none. Raises `Trouble`."""
    wanted = (
        sa.select(CONTENT_PIECE.c.packed, CONTENT_PIECE.c.bytes)
        .join_from(CONTENT, CONTENT_PIECE, CONTENT_PIECE.c.content == CONTENT.c.rowid)
        .where(CONTENT.c.sha256 == sha256, CONTENT_PIECE.c.n == n)
    )
    for packed, kept in guest.fetch(wanted):
        return _unpacked(kept) if packed else bytes(kept)
    return None


def _unpacked(kept: bytes) -> bytes:
    """No piece is longer than `PIECE`, whatever somebody wrote into the document."""
    inflating = zlib.decompressobj()
    try:
        piece = inflating.decompress(kept, PIECE)
    except zlib.error as error:
        raise damaged() from error
    if not inflating.eof:
        raise damaged()
    return piece


def _damaged(name: str) -> Trouble:
    return Trouble(
        Sentence("The content of {name} is damaged.", name=name),
        Sentence("Attach the file again, or look for it in a backup of the document."),
    )
