"""Locks between programs: a file beside another one, held by the kernel as long as we live.

The kernel decides who holds a lock; what is written in the file only tells people. A lock file left
behind by a program that died holds nobody up, and says that its program did not end properly.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import struct
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from smartct_desktop.system.account import account_name
from smartct_desktop.system.version import version

SUFFIX = ".lock"

_PLACE = 1 << 30
"""The byte that is locked: far behind the text, which others must be able to read on Windows."""

_MOST = 4096
"""No honest lock file is longer."""

_CLOSED_IN_CHILDREN = getattr(os, "O_CLOEXEC", 0)
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock, since when, and with which program; "" and None where it cannot be told."""

    user: str = ""
    host: str = ""
    pid: int = 0
    version: str = ""
    since: datetime | None = None


class LockTaken(Exception):
    """Somebody else holds the lock."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder)
        self.holder = holder


class FileLock:
    """The right to be the only program that writes a file, until `release` or the end.

    It also holds against another lock of this very process.
    """

    def __init__(self, path: Path, number: int, *, left_behind: bool) -> None:
        self.path = path
        self.left_behind = left_behind
        """Whether the last holder ended without `release`."""
        self._number: int | None = number

    @classmethod
    def take(cls, file: Path) -> Self:
        """Take the lock of `file`. Raises `LockTaken`, and OSError where no file can be made."""
        path = file.with_name(file.name + SUFFIX)
        while True:
            number = os.open(path, os.O_RDWR | os.O_CREAT | _CLOSED_IN_CHILDREN, 0o600)
            try:
                taken_by = None if _lock(number) else _read(number)
                if taken_by is None and _is_still(path, number):
                    left_behind = os.fstat(number).st_size > 0
                    _write(number)
                    return cls(path, number, left_behind=left_behind)
            except BaseException:
                os.close(number)
                raise
            os.close(number)
            if taken_by is not None:
                raise LockTaken(taken_by)
            # Otherwise its holder removed the file between our opening and locking it.

    def release(self) -> None:
        """Give the lock back and remove its file."""
        number, self._number = self._number, None
        if number is None:
            return
        if sys.platform == "win32":  # an open file cannot be removed there
            with suppress(OSError):
                os.ftruncate(number, 0)
            os.close(number)
            with suppress(OSError):
                self.path.unlink()
            return
        with suppress(OSError):  # the folder is gone, or only readable by now
            if _is_still(self.path, number):
                self.path.unlink()
        os.close(number)


def holder_of(file: Path) -> Holder | None:
    """Give who holds the lock of `file`, None if nobody does.

    Asking is not taking: the answer can be outdated at once.
    """
    path = file.with_name(file.name + SUFFIX)
    try:
        number = os.open(path, os.O_RDWR | _CLOSED_IN_CHILDREN)
    except OSError:
        return None
    try:
        return None if _lock(number) else _read(number)
    finally:
        os.close(number)


def _is_still(path: Path, number: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(number))
    except FileNotFoundError:
        return False


def _write(number: int) -> None:
    """Write who we are, since the moment the file system says: all who see the file share it."""
    holder = Holder(account_name(), platform.node(), os.getpid(), version())
    for _ in range(2):
        text = json.dumps(asdict(holder), default=lambda moment: moment.isoformat())
        os.ftruncate(number, 0)
        os.lseek(number, 0, os.SEEK_SET)
        os.write(number, text.encode())
        written = datetime.fromtimestamp(int(os.fstat(number).st_mtime), UTC)
        holder = replace(holder, since=written)


def _read(number: int) -> Holder:
    """Read who holds the lock; whatever else stands there is not trusted."""
    try:
        os.lseek(number, 0, os.SEEK_SET)
        told = json.loads(os.read(number, _MOST))
        return Holder(
            user=str(told["user"]),
            host=str(told["host"]),
            pid=int(told["pid"]),
            version=str(told["version"]),
            since=datetime.fromisoformat(told["since"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Holder()


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> bool:
        os.lseek(number, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _TAKEN:
                return False
            raise
        return True

else:
    import fcntl

    def _lock(number: int) -> bool:
        try:
            _lock_file(number)
        except OSError as error:
            if error.errno in _TAKEN:
                return False
            raise
        return True

    def _lock_file(number: int) -> None:
        # Plain POSIX locks belong to the process: they would not hold against ourselves, and would
        # be lost as soon as anything in this process closed the file. Linux has a better kind,
        # which other systems on the same network drive respect.
        command = getattr(fcntl, "F_OFD_SETLK", None)
        if command is None:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        wanted = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, _PLACE, 1, 0)
        fcntl.fcntl(number, command, wanted + bytes(32 - len(wanted)))
