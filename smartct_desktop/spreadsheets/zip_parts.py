"""The parts of a zipped workbook, opened only after a look at the directory of the archive."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.limits import Limits

CHUNK = 1 << 14
_ENTRY = b"PK\x01\x02"
_ENTRY_BYTES = 46  # of the directory, at least
_LARGE_PART = 10 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1

# Everything that `zipfile` and `zlib` raise on archives that somebody has tampered with.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    LookupError,
)


class Parts:
    """The parts of one archive, by name regardless of case.

    Raises `Trouble` when opened if the archive is broken or built to do harm: too many parts, two
    of one name, names that are paths, encryption, unpacked sizes out of proportion. What is really
    unpacked is counted against the same budget, over all parts and readings together.
    """

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._name = name
        self._left = limits.inflated
        self._open: set[IO[bytes]] = set()
        _refuse_long_directory(path, name, limits)
        try:
            self._archive = zipfile.ZipFile(path)
        except _BROKEN as error:
            raise refusals.broken_off(name) from error
        try:
            self._entries = _checked(self._archive.infolist(), path.stat().st_size, name, limits)
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for stream in self._open:
            stream.close()
        self._archive.close()

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def size(self, part: str) -> int:
        """The unpacked size of a part as declared."""
        return self._entries[part.lower()].file_size

    def chunks(self, part: str) -> Iterator[bytes]:
        """The unpacked bytes of a part. Raises `Trouble` if it is missing, broken or too large."""
        entry = self._entries.get(part.lower())
        if entry is None:
            raise refusals.damaged(self._name)
        try:
            with self._archive.open(entry) as stream:
                self._open.add(stream)
                while chunk := stream.read(CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise refusals.too_much(self._name)
                    yield chunk
                self._open.discard(stream)
        except _BROKEN as error:
            raise refusals.damaged(self._name) from error

    def read(self, part: str) -> bytes:
        """All of a part that is known to be small."""
        return b"".join(self.chunks(part))


def _refuse_long_directory(path: Path, name: str, limits: Limits) -> None:
    """Count the entries before they are parsed: a million of them take seconds."""
    if path.stat().st_size < limits.parts * _ENTRY_BYTES:
        return
    entries, tail = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            entries += (tail + chunk).count(_ENTRY)
            tail = chunk[-len(_ENTRY) + 1 :]
    if entries > limits.parts:
        raise refusals.too_much(name)


def _checked(
    infos: list[zipfile.ZipInfo], size: int, name: str, limits: Limits
) -> dict[str, zipfile.ZipInfo]:
    """The entries by their names in lower case. Raises `Trouble` as `Parts` says."""
    if len(infos) > limits.parts or sum(info.file_size for info in infos) > limits.inflated:
        raise refusals.too_much(name)
    if sum(info.compress_size for info in infos) > size:
        raise refusals.unsafe(name)
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        trouble = _trouble(info, name, limits)
        if trouble is not None:
            raise trouble
        part = info.filename.replace("\\", "/").lower()
        if part in entries:
            raise refusals.unsafe(name)
        entries[part] = info
    return entries


def _trouble(info: zipfile.ZipInfo, name: str, limits: Limits) -> Trouble | None:
    if info.flag_bits & _ENCRYPTED:
        return refusals.protected(name)
    steps = info.filename.replace("\\", "/").split("/")
    path_like = steps[0] == "" or ".." in steps or ":" in info.filename
    bomb = info.file_size > max(_LARGE_PART, limits.ratio * info.compress_size)
    if path_like or bomb or info.compress_type not in _METHODS:
        return refusals.unsafe(name)
    return None
