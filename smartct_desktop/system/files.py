"""Writing a file so that there is always the old one or the new one, whole."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence

PART_SUFFIX = ".smartct.part"
PART_SECONDS = 24 * 3600

# A virus scanner lets go within this time; a spreadsheet program with the file open does not.
RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8)

# What a failing disk answers, whoever wrote; anything else is the writer's own business.
_DISK_FAILED = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)

_PART = re.compile(r"\..{1,40}-[a-z0-9_]{8}" + re.escape(PART_SUFFIX), re.DOTALL)


class TargetBusy(Trouble):
    """Another program holds the target, or it may not be replaced; another name may do."""


def write_atomic(path: Path, produce: Callable[[BinaryIO], object]) -> None:
    """Let `produce` write the content of `path`; nothing of it is seen before all is on the disk.

    A new file is for its owner only (0600), a replaced one keeps its rights. If anything fails,
    also in `produce`, the old file stays as it was and no other file stays behind. Raises
    `Trouble` for a busy target, a full disk, a missing folder or missing rights; what `produce`
    raises passes through, except that its file does not fit on the disk.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    part = _begin(target)
    try:
        _fill(part, target, produce)
        _replace(part, target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def remove_stale_parts(folder: Path, now: float) -> int:
    """Remove what a killed `write_atomic` left in `folder` more than a day before `now`.

    `now` counts seconds as `time.time()` does. Returns how many files went. What cannot be
    removed stays without a word: nobody is waiting for it.
    """
    removed = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not _PART.fullmatch(entry.name):
                continue
            with suppress(OSError):
                facts = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(facts.st_mode) and facts.st_mtime < now - PART_SECONDS:
                    Path(entry.path).unlink()
                    removed += 1
    return removed


def own_parts(target: Path) -> list[Path]:
    """Give what a killed `write_atomic` of this target left beside it, however new it is."""
    begin = f".{target.name[:40]}-"
    return [
        path
        for path in target.parent.iterdir()
        if _PART.fullmatch(path.name) and path.name.startswith(begin)
    ]


def remove_own_parts(target: Path) -> None:
    """Remove what killed `write_atomic`s of this target left beside it: the caller has its lock."""
    with suppress(OSError):
        for part in own_parts(target):
            with suppress(OSError):
                part.unlink()


def make_folder(folder: Path) -> None:
    """Make a folder for this person only (0700), with those above it; a power cut leaves it there.

    Raises OSError.
    """
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for one in new:
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system lets a folder be synchronised at all."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _begin(target: Path) -> Path:
    """An empty file beside `target` for our eyes only, unless `target` cannot be written."""
    if os.access(target, os.F_OK) and not os.access(target, os.W_OK):
        raise Trouble(
            Sentence("{name} is write-protected.", name=target.name),
            Sentence("Choose another name, or take the protection away and try again."),
        )
    try:
        number, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name[:40]}-", suffix=PART_SUFFIX
        )
    except OSError as error:
        raise _trouble(target, error) from error
    os.close(number)
    return Path(name)


def _fill(part: Path, target: Path, produce: Callable[[BinaryIO], object]) -> None:
    try:
        with part.open("wb") as file:
            produce(file)
            file.flush()
            _sync(file.fileno())
    except OSError as error:
        if error.errno not in _DISK_FAILED:
            raise
        raise _trouble(target, error) from error


def _replace(part: Path, target: Path) -> None:
    with suppress(OSError):  # there is no target yet, or the drive keeps no rights
        part.chmod(stat.S_IMODE(target.stat().st_mode))
    for pause in (*RETRY_SECONDS, None):
        try:
            part.replace(target)
            break
        except OSError as error:
            busy = isinstance(error, PermissionError) or error.errno == errno.EBUSY
            if not busy:
                raise _trouble(target, error) from error
            if pause is None:
                raise _busy(target) from error
        time.sleep(pause)
    sync_folder(target.parent)


def _sync(number: int) -> None:
    """Wait until the file is on the disk; on macOS also until the disk says so itself."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # not on every file system
            fcntl.fcntl(number, fcntl.F_FULLFSYNC)
            return
    os.fsync(number)


def _busy(target: Path) -> TargetBusy:
    return TargetBusy(
        Sentence("{name} is open in another program, or may not be replaced.", name=target.name),
        Sentence("Close it there and try again, or choose another name."),
    )


def _trouble(target: Path, error: OSError) -> Trouble:
    """What the system's refusal to write `target` means for the person."""
    name, folder = target.name, str(target.parent)
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return Trouble(
                Sentence("The folder {folder} is not there.", folder=folder),
                Sentence("Connect the drive or choose another folder."),
            )
        case errno.EACCES | errno.EPERM:
            return Trouble(
                Sentence("You may not write in the folder {folder}.", folder=folder),
                Sentence("Choose another folder."),
            )
        case errno.EROFS:
            return Trouble(
                Sentence("The drive with {folder} can only be read.", folder=folder),
                Sentence("Choose another folder."),
            )
        case errno.EISDIR:
            return Trouble(
                Sentence("There is a folder with the name {name}.", name=name),
                Sentence("Choose another name."),
            )
        case errno.ENAMETOOLONG:
            return Trouble(
                Sentence("The name {name} is too long.", name=name),
                Sentence("Choose a shorter name."),
            )
        case errno.ENOSPC | errno.EDQUOT:
            return Trouble(
                Sentence("There is no room left on the drive for {name}.", name=name),
                Sentence("Free some space or choose another drive, then try again."),
            )
        case errno.EFBIG:
            return Trouble(
                Sentence("{name} would become larger than allowed here.", name=name),
                Sentence("Choose another drive, then try again."),
            )
        case errno.EIO:
            return Trouble(
                Sentence("The drive failed while {name} was written.", name=name),
                Sentence("Choose another drive, and have this one looked at."),
            )
        case _:
            return Trouble(
                Sentence("{name} could not be written: {why}.", name=name, why=error.strerror),
                Sentence("Choose another folder or name, then try again."),
            )
