"""Overwriting what stood in a file that goes, so that it is not simply found on the disk again.

It is what a program can do: a drive that spreads its writes, a snapshot or a sync service may still
keep older states, which only the encryption of the whole disk helps against.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from smartct_desktop.system.files import PART_SUFFIX

_PIECE = 2**20


def wipe(path: Path) -> None:
    """Overwrite a file and remove it. Raises OSError. One with a second name is only removed."""
    if path.stat().st_nlink == 1:
        number = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            _overwrite(number)
        finally:
            os.close(number)
    path.unlink()


@contextmanager
def wiped_when_replaced(path: Path) -> Generator[None]:
    """Overwrite what a file held before the block, if the block puts another in its place."""
    target = Path(os.path.realpath(path))
    if target.stat().st_nlink > 1:  # under its other name it is somebody's file
        yield
        return
    if sys.platform == "win32":  # where a file that is open cannot be replaced
        second = target.with_name(f".{target.name[:40]}-{secrets.token_hex(4)}{PART_SUFFIX}")
        with suppress(OSError):
            os.link(target, second)
        try:
            yield
        finally:
            with suppress(OSError):
                if second.exists():
                    same = target.exists() and target.samefile(second)
                    second.unlink() if same else wipe(second)
        return
    number = os.open(target, os.O_RDWR)
    try:
        yield
        with suppress(OSError):
            if os.fstat(number).st_nlink == 0:
                _overwrite(number)
    finally:
        os.close(number)


def _overwrite(number: int) -> None:
    size = os.fstat(number).st_size
    os.lseek(number, 0, os.SEEK_SET)
    while size > 0:
        size -= os.write(number, bytes(min(size, _PIECE)))
    os.fsync(number)
