"""Reading a file of somebody else's: one that may be a pipe, be held open, or go away meanwhile."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence


def look_at(path: Path) -> os.stat_result:
    """Give the facts of a file without opening it: opening a pipe would wait for ever.

    Raises `Trouble` if it is not there or cannot be reached.
    """
    try:
        return path.stat()
    except FileNotFoundError as error:
        raise Trouble(
            Sentence("There is no file {name}.", name=path.name),
            Sentence("It may have been moved or renamed; choose it again."),
        ) from error
    except (OSError, ValueError) as error:
        raise _not_opened(path.name) from error


def opened(path: Path) -> BinaryIO:
    """Open a file for reading, also if another program holds it. Raises `Trouble`."""
    try:
        return _opened(path)
    except OSError as error:
        raise _not_opened(path.name) from error


def next_piece(file: BinaryIO, size: int, name: str) -> bytes:
    """Read at most `size` bytes more; none at the end. Raises `Trouble`."""
    try:
        return file.read(size)
    except OSError as error:
        raise Trouble(
            Sentence("{name} could not be read to its end.", name=name),
            Sentence("Copy it to this computer and use the copy."),
        ) from error


def _not_opened(name: str) -> Trouble:
    return Trouble(
        Sentence("{name} could not be opened for reading.", name=name),
        Sentence("Close it in other programs, or ask for the right to read it."),
    )


_BINARY = getattr(os, "O_BINARY", 0)

if sys.platform == "win32":

    def _opened(source: Path) -> BinaryIO:
        """Open a file for reading even if an office program holds it.

        Python's own `open` does not allow others to delete or rename the file meanwhile, and is
        therefore refused where another program holds it with that right.
        """
        import ctypes
        import msvcrt

        read, share_all, existing = 0x80000000, 0x7, 3
        create_file = ctypes.windll.kernel32.CreateFileW
        create_file.restype = ctypes.c_void_p
        handle = create_file(str(source), read, share_all, None, existing, 0, None)
        if handle is None or handle == ctypes.c_void_p(-1).value:
            raise ctypes.WinError()
        return os.fdopen(msvcrt.open_osfhandle(handle, os.O_RDONLY | _BINARY), "rb")

else:

    def _opened(source: Path) -> BinaryIO:
        """Open a file for reading; it must not wait, even if a pipe has taken its place."""
        number = os.open(source, os.O_RDONLY | os.O_NONBLOCK)
        return os.fdopen(number, "rb")
