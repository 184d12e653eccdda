"""Locks between programs: a file beside another one, held by the kernel as long as we live.

The kernel decides who holds a lock; what is written in the file only tells people. A lock file left
behind by a program that died holds nobody up, and says that its program did not end properly. Where
it names another machine, nobody can tell: that program may have died, or a sync client brought the
file here while it is at work there. Whoever asked then has to decide.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Self

from smartct_desktop.system.lock_texts import Holder, read_holder, write_holder
from smartct_desktop.system.loose_locks import (
    Claim,
    Heart,
    claim_of,
    give_up_claim,
    one_at_a_time,
    write_claim,
)

SUFFIX = ".lock"

_PLACE = 1 << 30
"""The byte that is locked: far behind the text, which others must be able to read on Windows."""

_CLOSED_IN_CHILDREN = getattr(os, "O_CLOEXEC", 0)
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL)


class Grip(Enum):
    """What the kernel says to whoever wants a lock."""

    HELD = "held"
    TAKEN = "taken"
    UNKNOWN = "unknown"
    """The drive has no locks."""


class LockTaken(Exception):
    """Somebody else holds the lock; or may hold it, if it is not `sure`."""

    def __init__(self, holder: Holder, *, sure: bool = True) -> None:
        super().__init__(holder)
        self.holder = holder
        self.sure = sure


class FileLock:
    """The right to be the only program that writes a file, until `release` or the end.

    It also holds against another lock of this very process.
    """

    def __init__(self, path: Path, number: int | None, *, left_behind: bool) -> None:
        self.path = path
        self.left_behind = left_behind
        """Whether the last holder ended without `release`."""
        self.lost = False
        """Whether somebody took it from us; only where the drive has no locks."""
        self._number = number
        self._ours: Holder | None = None
        self._heart: Heart | None = None

    @classmethod
    def take(cls, file: Path, *, anyway: bool = False) -> Self:
        """Take the lock of `file`. Raises `LockTaken`, and OSError where no file can be made.

        With `anyway` a holder of whom nobody can tell whether they are still there is passed over.
        """
        path = file.with_name(file.name + SUFFIX)
        while True:
            number = os.open(path, os.O_RDWR | os.O_CREAT | _CLOSED_IN_CHILDREN, 0o600)
            try:
                grip = _lock(number)
                if grip is Grip.TAKEN:
                    raise LockTaken(read_holder(number))  # noqa: TRY301 (closed below)
                if grip is Grip.HELD and _is_still(path, number):
                    _refuse_elsewhere(read_holder(number), anyway=anyway)
                    left_behind = os.fstat(number).st_size > 0
                    write_holder(number)
                    return cls(path, number, left_behind=left_behind)
            except BaseException:
                os.close(number)
                raise
            os.close(number)
            if grip is Grip.UNKNOWN:
                return cls._claim(path, anyway=anyway)
            # Otherwise its holder removed the file between our opening and locking it.

    @classmethod
    def _claim(cls, path: Path, *, anyway: bool) -> Self:
        """Take a lock where the kernel has none."""
        with one_at_a_time(path) as our_turn:
            claim, holder = claim_of(path)
            if not our_turn or claim is Claim.FRESH or (claim is Claim.OLD and not anyway):
                raise LockTaken(holder, sure=not our_turn or claim is Claim.FRESH)
            left_behind = path.stat().st_size > 0
            ours = write_claim(path)
            if ours is None:
                raise LockTaken(claim_of(path)[1])
        lock = cls(path, None, left_behind=left_behind)
        lock._ours = ours
        lock._heart = Heart(path, ours, lock._lose)
        return lock

    def _lose(self) -> None:
        self.lost = True

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._heart is not None and self._ours is not None:
            self._heart.stop()
            self._heart = None
            give_up_claim(self.path, self._ours)
            return
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
        grip, told = _lock(number), read_holder(number)
    finally:
        os.close(number)
    if grip is Grip.UNKNOWN:
        with suppress(OSError):
            claim, told = claim_of(path)
            return None if claim is Claim.NONE else told
    return None if grip is Grip.HELD else told


def may_be_held(file: Path) -> Holder | None:
    """Give whom a lock file names that nobody holds on this machine: another machine's program."""
    path = file.with_name(file.name + SUFFIX)
    try:
        number = os.open(path, os.O_RDONLY | _CLOSED_IN_CHILDREN)
    except OSError:
        return None
    try:
        told = read_holder(number)
    finally:
        os.close(number)
    return told if told.host and not told.is_here else None


def _refuse_elsewhere(told: Holder, *, anyway: bool) -> None:
    """Raise `LockTaken` if the text names another machine, of which our kernel knows nothing."""
    if told.host and not told.is_here and not anyway:
        raise LockTaken(told, sure=False)


def _is_still(path: Path, number: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(number))
    except FileNotFoundError:
        return False


def _answer(error: OSError) -> Grip:
    """What an error of locking means; one that means something else is raised again."""
    if error.errno in _TAKEN:
        return Grip.TAKEN
    if error.errno in _NO_LOCKS:
        return Grip.UNKNOWN
    raise error


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> Grip:
        os.lseek(number, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return _answer(error)
        return Grip.HELD

else:
    import fcntl

    def _lock(number: int) -> Grip:
        # Plain POSIX locks belong to the process: they would not hold against ourselves, and would
        # be lost as soon as anything in this process closed the file. Linux has a better kind,
        # which other systems on the same network drive respect. Where a drive does not know it,
        # the kind that belongs to the open file is asked for.
        command = getattr(fcntl, "F_OFD_SETLK", None)
        if command is not None:
            wanted = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, _PLACE, 1, 0)
            try:
                fcntl.fcntl(number, command, wanted + bytes(32 - len(wanted)))
            except OSError as error:
                if (grip := _answer(error)) is not Grip.UNKNOWN:
                    return grip
            else:
                return Grip.HELD
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return _answer(error)
        return Grip.HELD
