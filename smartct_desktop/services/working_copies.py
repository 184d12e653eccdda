"""Working on a copy of our own where a document is kept in a place that is not safe to work in.

The copy lies in the program's own folder. What is done there is written back into the kept file at
times, and at the end, by putting a verified file in its place. If the kept file was changed by
somebody else meanwhile nothing is replaced: both are there, and the person says what becomes of
them. A copy whose work was not written back yet outlives a crash, and is taken up again.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from smartct_desktop.domain.errors import Overtaken, Trouble
from smartct_desktop.domain.json_text import read_json
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.other_copy import other_copy
from smartct_desktop.system.clock import local_now
from smartct_desktop.system.files import make_folder, write_atomic
from smartct_desktop.system.locks import FileLock, holder_of
from smartct_desktop.system.paths import data_folder

if TYPE_CHECKING:
    from smartct_desktop.storage.publishing import Seal

FOLDER = "working"
_ABOUT = "about.json"
_THEIRS = "theirs.smartct"
_MOST = 2**16


@dataclass(frozen=True, slots=True)
class About:
    """What is written beside a working copy: what it is a copy of, and what was written back.

    `size` and `sha256` are those of the kept file as we last read or wrote it, `state` is that of
    the document then. `since` is the moment of that, as ISO text.
    """

    kept: str
    size: int
    sha256: str
    state: str
    since: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """Work that has not been written back: into which file, and since when."""

    kept: Path
    since: datetime


class WorkingCopy:
    """The working copy of one kept file, which stays locked until `end`.

    `taken_up` says that it holds work of the last time that was never written back.
    """

    def __init__(
        self,
        kept: Path,
        path: Path,
        lock: FileLock | None,
        about: About,
        key: Key | None = None,
    ) -> None:
        self.kept = kept
        self.path = path
        self.taken_up = False
        self._lock = lock
        self._about = about
        self._key = key
        self._writing = Lock()

    @classmethod
    def begin(cls, kept: Path, *, anyway: bool = False, key: Key | None = None) -> WorkingCopy:
        """Make the working copy of a file, or take up the one with work that was not written back.

        Raises `InUse` if somebody else works on the file, `Protected` and `WrongPassword`, and
        `Trouble`. Reads the whole file. If
        that is gone or out of reach, what was not written back can be worked on all the same. The
        copy of a protected file, and what is written back, have its `key`.
        """
        from smartct_desktop.storage.completeness import refuse_incomplete
        from smartct_desktop.storage.fitting import key_for, refuse_wrong
        from smartct_desktop.storage.publishing import fetch, hold, state_at

        kept = kept.resolve()
        folder = _folder_of(kept)
        if not kept.is_file():
            about = _read(folder)
            if about is None or not _has_unsent(folder / kept.name, about, key):
                raise _missing(kept)
            alone = cls(kept, folder / kept.name, None, about, key)
            alone.taken_up = True
            return alone
        refuse_incomplete(kept)
        key = key_for(kept, key)
        if key is not None:
            refuse_wrong(kept, key)
        lock = hold(kept, anyway=anyway)
        try:
            path = folder / kept.name
            about = _read(folder) or _unknown(kept, path)
            if about is not None and _has_unsent(path, about, key):
                copy = cls(kept, path, lock, about, key)
                copy.taken_up = True
                return copy
            _make(folder)
            seal = fetch(kept, path)
            about = About(str(kept), seal.size, seal.sha256, state_at(path, key), _now())
            _write(folder, about)
            return cls(kept, path, lock, about, key)
        except BaseException:
            lock.release()
            raise

    @property
    def since(self) -> datetime:
        """When the kept file and the working copy were last the same."""
        return datetime.fromisoformat(self._about.since)

    @property
    def unsent(self) -> bool:
        """Whether there is work that is not in the kept file."""
        return _has_unsent(self.path, self._about, self._key)

    def write_back(self, progress: Progress | None = None) -> bool:
        """Write the work into the kept file; gives whether there was any. Work for a job.

        Raises `Overtaken` if the kept file is not as we left it and holds what is not known here,
        and `Trouble`; then it stays as it is.
        """
        from smartct_desktop.storage.publishing import publish

        with self._writing:  # the job that does it at times, and the end of the work
            if not self.unsent:
                return False
            try:
                published = publish(self.path, self.kept, self._expected(), progress, self._key)
            except Overtaken as overtaken:
                seal = None if overtaken.gone else self._seal_of_known()
                if seal is None:
                    raise
                published = publish(self.path, self.kept, seal, progress, self._key)
            self._settle(published.seal, published.state)
            return True

    def _seal_of_known(self) -> Seal | None:
        """Give the seal of the kept file if all that is done in it is known here, after a merge.

        Then nothing is lost by replacing it. None if it holds anything else, or cannot be read.
        """
        from smartct_desktop.services.common_ground import compare_histories
        from smartct_desktop.storage.publishing import fetch

        theirs = self.path.with_name(_THEIRS)
        try:
            seal = fetch(self.kept, theirs)
            with (
                closing(open_document(self.path, read_only=True, key=self._key)) as ours,
                other_copy(theirs, self.path, self._key) as other,
            ):
                parted = compare_histories(ours.read, other.read)
        except Trouble:
            return None
        finally:
            with suppress(OSError):
                theirs.unlink()
        return seal if parted is not None and not parted.unknown else None

    def put_beside(self, progress: Progress | None = None) -> Path:
        """Write the work into a file of its own beside the kept one; gives its path. `Trouble`."""
        from smartct_desktop.storage.publishing import publish

        path = _free_name(self.kept)
        published = publish(self.path, path, None, progress, self._key)
        self._settle(self._expected(), published.state)
        return path

    def put_back(self) -> None:
        """Let the next writing make the kept file anew, which somebody removed or moved."""
        self._settle(None, self._about.state)

    def end(self) -> bool:
        """Let others have the kept file; gives whether unsent work stays here for the next time.

        The document is closed by then.
        """
        kept_work = self.unsent
        if not kept_work:
            forget(self.path.parent)
        if self._lock is not None:
            self._lock.release()
        return kept_work

    def _expected(self) -> Seal | None:
        from smartct_desktop.storage.publishing import Seal

        return Seal(self._about.size, self._about.sha256) if self._about.sha256 else None

    def _settle(self, seal: Seal | None, state: str) -> None:
        size, sha256 = (seal.size, seal.sha256) if seal is not None else (0, "")
        self._about = replace(self._about, size=size, sha256=sha256, state=state, since=_now())
        _write(self.path.parent, self._about)


def unsent_work() -> Iterator[Unsent]:
    """Give the work that was not written back and that no window has open now."""
    root = data_folder() / FOLDER
    if not root.is_dir():
        return
    for folder in sorted(root.iterdir()):
        about = _read(folder)
        if about is None:
            continue
        kept = Path(about.kept)
        path = folder / kept.name
        if holder_of(path) is None and _has_unsent(path, about):
            yield Unsent(kept, datetime.fromisoformat(about.since))


def has_unsent_work(kept: Path, key: Key | None = None) -> bool:
    """Whether a working copy of this file holds work that was not written back.

    Without the key of a protected one nobody can tell, and so it does.
    """
    with suppress(OSError):
        kept = kept.resolve()
    folder = data_folder() / FOLDER / _key(kept)
    about = _read(folder)
    return about is not None and _has_unsent(folder / kept.name, about, key)


def remove_settled(kept: Path, key: Key | None = None) -> None:
    """Remove the working copy of a file that nobody has open. Raises `Trouble` if it holds work."""
    if has_unsent_work(kept, key):
        raise Trouble(
            Sentence("Work on {name} was not written back to it yet.", name=kept.name),
            Sentence("Open it, and write that work back first."),
        )
    folder = _folder_of(kept.resolve())
    if folder.is_dir():
        forget(folder)


def forget(folder: Path) -> None:
    """Remove a working copy whose work is safe elsewhere."""
    with suppress(OSError):
        gone = folder.with_name(f"{folder.name}.gone")  # at once: half of it would be a riddle
        shutil.rmtree(gone, ignore_errors=True)
        folder.replace(gone)
        shutil.rmtree(gone)


def _missing(kept: Path) -> Trouble:
    return Trouble(
        Sentence("There is no file {path}.", path=kept),
        Sentence("Look whether it was moved or renamed, or whether its drive is connected."),
    )


def _has_unsent(path: Path, about: About, key: Key | None = None) -> bool:
    """Whether the working copy says more than what was written back; if in doubt, it does."""
    from smartct_desktop.storage.publishing import state_at

    if not path.is_file():
        return False
    try:
        return state_at(path, key) != about.state
    except Trouble:
        return True


def _unknown(kept: Path, path: Path) -> About | None:
    """What to think of a working copy about which nothing can be read.

    Unless it is just what is kept, it holds work, and the kept file is somebody else's.
    """
    from smartct_desktop.storage.publishing import seal_of

    if not path.is_file() or seal_of(path) == seal_of(kept):
        return None
    return About(str(kept), 0, "unknown", "", _now())


def _folder_of(kept: Path) -> Path:
    return data_folder() / FOLDER / _key(kept)


def _key(kept: Path) -> str:
    return hashlib.sha256(str(kept).encode()).hexdigest()[:32]


def _make(folder: Path) -> None:
    forget(folder)
    try:
        make_folder(folder)
    except OSError as error:
        raise Trouble(
            Sentence("A working copy cannot be kept in {folder}: {why}.", folder=folder, why=error),
            Sentence("Allow writing there, or work in the file itself."),
        ) from error


def _write(folder: Path, about: About) -> None:
    text = json.dumps(asdict(about), ensure_ascii=False, indent=1)
    write_atomic(folder / _ABOUT, lambda file: file.write(text.encode()))


def _read(folder: Path) -> About | None:
    try:
        with (folder / _ABOUT).open("rb") as file:
            told = read_json(file.read(_MOST))
        about = About(
            kept=str(told["kept"]),
            size=int(told["size"]),
            sha256=str(told["sha256"]),
            state=str(told["state"]),
            since=datetime.fromisoformat(told["since"]).isoformat(),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return about if folder.name == _key(Path(about.kept)) else None


def _free_name(kept: Path) -> Path:
    """A name beside the kept file that says whose it is, and that sync programs would give too."""
    stem = f"{kept.stem} (conflicted copy of {_there()} {local_now():%Y-%m-%d %H.%M})"
    names = (stem, *(f"{stem} {n}" for n in range(2, 1000)))
    return next(path for name in names if not (path := kept.with_name(name + kept.suffix)).exists())


def _there() -> str:
    return "".join(sign for sign in platform.node() if sign.isalnum() or sign in "-_.") or "here"


def _now() -> str:
    return local_now().isoformat(timespec="seconds")
