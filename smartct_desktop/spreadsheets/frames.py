"""Messages between the program and its reading process: a length, then a pickle.

Only the plain data of a book can be unpacked, whatever a message pretends to hold.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import IO, Any

from smartct_desktop.domain.book import BookFormat, Mark, NumberFormat, Visibility
from smartct_desktop.domain.sentence import Sentence

_LENGTH = struct.Struct(">Q")
_LIBRARIES = frozenset({"datetime", "pathlib"})
_MODULES = frozenset(
    {
        "smartct_desktop.domain.book",
        "smartct_desktop.domain.sentence",
        "smartct_desktop.spreadsheets.blocks",
        "smartct_desktop.spreadsheets.frames",
        "smartct_desktop.spreadsheets.limits",
        "smartct_desktop.spreadsheets.request",
    }
)


def _by_value(member: Enum) -> tuple[type[Enum], tuple[object]]:
    return type(member), (member.value,)


# Python 3.11.0 to 3.11.3 pack members by name, with a function that must never be unpacked.
_ENUMS: tuple[type[Enum], ...] = (BookFormat, Mark, NumberFormat, Visibility)
_BY_VALUE: dict[type[Any], Callable[[Any], Any]] = dict.fromkeys(_ENUMS, _by_value)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The `Trouble` that ended the reading; `locked` if the password was wanting."""

    sentence: Sentence
    hint: Sentence
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A fault of the program ended the reading. `trace` names places in it, and no data."""

    trace: str


def send(file: IO[bytes], message: object) -> None:
    """Write one message. Raises `BrokenPipeError` if nobody is there to read it."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _BY_VALUE
    pickler.dump(message)
    packed = buffer.getvalue()
    file.write(_LENGTH.pack(len(packed)))
    file.write(packed)
    file.flush()


def receive(file: IO[bytes]) -> bytes | None:
    """The next message still packed; `None` at the end, also in the middle of a message."""
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    packed = file.read(length)
    return packed if len(packed) == length else None


def unpacked(packed: bytes) -> object:
    """What a message holds. Raises `pickle.UnpicklingError` for anything but plain data."""
    return _PlainData(io.BytesIO(packed)).load()


class _PlainData(pickle.Unpickler):
    """Finds the classes of books and dates, and no others."""

    def find_class(self, module: str, name: str) -> object:
        """Look a class up; names with dots would lead out of the module."""
        library = module.partition(".")[0]
        if "." in name or (module not in _MODULES and library not in _LIBRARIES):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
