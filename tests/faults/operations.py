"""What a process did to the files below a folder, in its order, as tests/faults/recording.c saw it.

A file is known by its number on the drive, because its names come and go.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

_HEAD = struct.Struct("@iilll")


@dataclass(frozen=True, slots=True)
class Written:
    """Some bytes of a file were written."""

    file: int
    place: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file was given another length."""

    file: int
    length: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A file was put on the disk, with all that was done to it before."""

    file: int


@dataclass(frozen=True, slots=True)
class FolderSynced:
    """The names in a folder were put on the disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Named:
    """A new file has a name now."""

    path: str
    file: int


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A name is gone, and so is its file once nobody has it open."""

    path: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file has another name, which was perhaps that of another file."""

    path: str
    to: str


@dataclass(frozen=True, slots=True)
class FolderMade:
    """There is a new folder."""

    path: str


@dataclass(frozen=True, slots=True)
class FolderGone:
    """An empty folder was removed."""

    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """The program would have said that what it was asked for is done."""


Operation: TypeAlias = (
    Written
    | Cut
    | Synced
    | FolderSynced
    | Named
    | Unnamed
    | Renamed
    | FolderMade
    | FolderGone
    | Said
)


def read(path: Path) -> Iterator[Operation]:
    """Give what was recorded into a file."""
    raw = memoryview(path.read_bytes())
    while raw:
        kind, names, file, place, length = _HEAD.unpack_from(raw)
        raw = raw[_HEAD.size :]
        told = bytes(raw[:names]).decode().split("\0")
        raw = raw[names:]
        match kind:
            case 1:
                yield Written(file, place, bytes(raw[:length]))
                raw = raw[length:]
            case 2:
                yield Cut(file, length)
            case 3:
                yield Synced(file)
            case 4:
                yield FolderSynced(told[0])
            case 5:
                yield Named(told[0], file)
            case 6:
                yield Unnamed(told[0])
            case 7:
                yield Renamed(told[0], told[1])
            case 8:
                yield FolderMade(told[0])
            case 9:
                yield FolderGone(told[0])
            case 10:
                yield Said()
            case _:
                raise ValueError(f"no such operation: {kind}")
