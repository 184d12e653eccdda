"""Taking in a file piece by piece: hashed, made smaller where that helps, waiting to be written.

What is packed is kept by `storage/contents.py` in the transaction of the step that attaches it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.foreign_files import look_at, next_piece, opened

PIECE = 512 * 1024
"""Bytes of a file that lie in memory at a time."""

_IN_MEMORY = 8 * PIECE  # larger files wait on the disk until they are written
_WORTH = 0.9  # a piece is kept compressed if it becomes at least this much smaller
_SAMPLE = PIECE // 8


class Packed:
    """The content of one file, hashed and cut into pieces that wait to be written.

    Holds a private file while it waits: to be closed.
    """

    def __init__(
        self, sha256: str, size: int, spool: IO[bytes], pieces: list[tuple[int, bool]]
    ) -> None:
        self.sha256 = sha256
        self.size = size
        self._spool = spool
        self._pieces = pieces

    def pieces(self) -> Iterator[tuple[bool, bytes]]:
        """Give the pieces in their order, and whether they are compressed. Raises `Trouble`."""
        try:
            self._spool.seek(0)
            for long, packed in self._pieces:
                yield packed, self._spool.read(long)
        except OSError as error:
            raise _no_room() from error

    def close(self) -> None:
        """Give back what it holds."""
        with suppress(OSError):
            self._spool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()


def pack(path: Path, most: int, progress: Progress) -> Packed:
    """Read a file of at most so many bytes. Raises `Trouble`, `Cancelled`; work for a job.

    It is refused if it is changed while it is read: what is kept must be a file that once was.
    """
    name = path.name
    _refuse_what_is_no_file(path, most)
    with opened(path) as file:
        spool = _spool()
        try:
            return _packed(file, spool, name, most, progress)
        except BaseException:
            with suppress(OSError):
                spool.close()
            raise


def _spool() -> IO[bytes]:
    """A private file without a name, which a killed program does not leave behind."""
    return tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)


def _packed(file: BinaryIO, spool: IO[bytes], name: str, most: int, progress: Progress) -> Packed:
    before = os.fstat(file.fileno())
    words = Sentence("Reading {name}", name=name)
    digest, size = hashlib.sha256(), 0
    pieces: list[tuple[int, bool]] = []
    while chunk := next_piece(file, PIECE, name):
        size += len(chunk)
        progress.report(words, size, before.st_size)
        if size > most:
            raise _too_large(name, most)
        digest.update(chunk)
        kept = _smallest(chunk)
        packed = kept is not chunk
        try:
            spool.write(kept)
        except OSError as error:
            raise _no_room() from error
        pieces.append((len(kept), packed))
    after = os.fstat(file.fileno())
    if size != before.st_size or (before.st_size, before.st_mtime_ns) != (
        after.st_size,
        after.st_mtime_ns,
    ):
        raise Trouble(
            Sentence("{name} was changed while it was read; it was not attached.", name=name),
            Sentence("Close it in other programs, then attach it again."),
        )
    return Packed(digest.hexdigest(), size, spool, pieces)


def _smallest(piece: bytes) -> bytes:
    """Compress a piece if that is worth it; its beginning tells, in an eighth of the time."""
    sample = piece[:_SAMPLE]
    if len(zlib.compress(sample, 1)) >= _WORTH * len(sample):
        return piece
    small = zlib.compress(piece)
    return small if len(small) < _WORTH * len(piece) else piece


def packed_again(pieces: Iterable[bytes]) -> Packed:
    """Take over a content that another document gives out. Raises what giving it out raises."""
    spool = _spool()
    try:
        digest, size = hashlib.sha256(), 0
        kept: list[tuple[int, bool]] = []
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            small = _smallest(piece)
            kept.append((len(small), small is not piece))
            try:
                spool.write(small)
            except OSError as error:
                raise _no_room() from error
        return Packed(digest.hexdigest(), size, spool, kept)
    except BaseException:
        with suppress(OSError):
            spool.close()
        raise


def _refuse_what_is_no_file(path: Path, most: int) -> None:
    """Look before opening. Raises `Trouble`."""
    name = path.name
    facts = look_at(path)
    if stat.S_ISDIR(facts.st_mode):
        raise Trouble(
            Sentence("{name} is a folder.", name=name or str(path)),
            Sentence("Attach the files in it, or pack it into one file first."),
        )
    if not stat.S_ISREG(facts.st_mode):
        raise Trouble(
            Sentence("{name} is not an ordinary file.", name=name),
            Sentence("Choose a document or a picture."),
        )
    if facts.st_size == 0:
        raise Trouble(
            Sentence("{name} is empty: it holds nothing that could be attached.", name=name),
            Sentence("Look whether it was copied or saved to its end."),
        )
    if facts.st_size > most:
        raise _too_large(name, most)


def _too_large(name: str, most: int) -> Trouble:
    return Trouble(
        Sentence(
            "{name} is larger than {most} MB, the most that is attached.",
            name=name,
            most=most >> 20,
        ),
        Sentence("Make it smaller, for example by scanning in grey, or keep it elsewhere."),
    )


def _no_room() -> Trouble:
    return Trouble(
        Sentence("There is no room for a temporary copy of the file."),
        Sentence("Free some space on the disk, then try again."),
    )
