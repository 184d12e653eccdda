"""Locks where the file system has none: a text beside the file, kept fresh as long as we live.

Some network drives refuse every lock. There the text and its age are all there is: its holder
renews it each minute, so that one who is gone grows old. That is a claim and no proof, which is
why an old one leads to a question and is never passed over.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from smartct_desktop.system.lock_texts import Holder, read_holder, write_holder

FRESH_SECONDS = 60.0
"""How often a holder renews its text."""

STALE_SECONDS = 5 * FRESH_SECONDS
"""The age from which a text is doubted: a laptop may have slept, a network may have been away."""

_SETTLE_SECONDS = 0.2
"""Of two who write their text at the same time, the later one wins: so long is waited to see. On
most drives two cannot even come to that, see `one_at_a_time`."""

_TURN = ".taking"
_PATIENCE_SECONDS = 3.0
_TURN_SECONDS = 30.0
"""From when on a turn is one of a program that died while it had it."""

_READING = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)


class Claim(Enum):
    """What a text beside a file is worth."""

    NONE = "none"
    OLD = "old"
    FRESH = "fresh"


def claim_of(path: Path) -> tuple[Claim, Holder]:
    """Read the text of a lock file, and how much it is worth. Raises OSError, not for a gap."""
    try:
        number = os.open(path, _READING)
    except FileNotFoundError:
        return Claim.NONE, Holder()
    try:
        holder, written = read_holder(number), os.fstat(number).st_mtime
    finally:
        os.close(number)
    if holder.since is None:
        return Claim.NONE, holder
    if holder.is_here and not _lives(holder.pid):
        return Claim.NONE, holder
    old = _now_beside(path) - written > STALE_SECONDS
    return (Claim.OLD if old else Claim.FRESH), holder


@contextmanager
def one_at_a_time(path: Path) -> Generator[bool]:
    """Let nobody else look at a lock file and then write it; gives whether we have the turn.

    Of two who make a folder of the same name every drive refuses one. Raises OSError.
    """
    turn = path.with_name(path.name + _TURN)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            turn.mkdir(mode=0o700)
            break
        except FileExistsError:
            if _is_abandoned(turn):
                continue
        if time.monotonic() > deadline:
            yield False
            return
        time.sleep(_SETTLE_SECONDS / 4)
    try:
        yield True
    finally:
        with suppress(OSError):
            turn.rmdir()


def _is_abandoned(turn: Path) -> bool:
    """Whether a turn was of a program that died; then it is over now."""
    try:
        begun = turn.stat().st_mtime
    except FileNotFoundError:
        return True
    if _now_beside(turn) - begun < _TURN_SECONDS:
        return False
    aside = turn.with_name(f"{turn.name}-{os.getpid()}")
    with suppress(OSError):
        turn.rename(aside)
        if aside.stat().st_mtime == begun:
            aside.rmdir()
        else:  # somebody was quicker, and it is theirs
            aside.rename(turn)
    return True


def write_claim(path: Path) -> Holder | None:
    """Put our text beside a file; None if another one wrote theirs at the same moment. OSError."""
    number, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    try:
        ours = write_holder(number)
    finally:
        os.close(number)
    try:
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    time.sleep(_SETTLE_SECONDS)
    return ours if _is(path, ours) else None


def give_up_claim(path: Path, ours: Holder) -> None:
    """Remove our text; that of somebody else stays."""
    with suppress(OSError):
        if _is(path, ours):
            path.unlink()


class Heart:
    """Keeps our text fresh on a thread of its own, until `stop`; `lost` hears of another's text."""

    def __init__(
        self,
        path: Path,
        ours: Holder,
        lost: Callable[[], object],
        every: float = FRESH_SECONDS,
    ) -> None:
        self._path = path
        self._ours = ours
        self._lost = lost
        self._every = every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="lock", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the text grow old."""
        self._stopped.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._stopped.wait(self._every):
            with suppress(OSError):  # the network is away: others see an old text meanwhile
                if not _is(self._path, self._ours):
                    self._lost()
                    return
                os.utime(self._path)


def _is(path: Path, ours: Holder) -> bool:
    number = os.open(path, _READING)
    try:
        return read_holder(number) == ours
    finally:
        os.close(number)


def _now_beside(path: Path) -> float:
    """Read the clock of the drive: that of a server may differ from ours."""
    with tempfile.TemporaryFile(dir=path.parent) as probe:
        probe.write(b"\0")
        probe.flush()
        return os.fstat(probe.fileno()).st_mtime


def _lives(pid: int) -> bool:
    """Whether a program of this machine still runs; where that cannot be told, it does."""
    if sys.platform == "win32" or pid <= 0:  # there `os.kill` would end it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
