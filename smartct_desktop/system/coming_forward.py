"""Asking the window that has a document open to come to the front, instead of opening a second one.

Each window has a folder for requests, named after its process. Whoever wants it puts a small file
there and waits until that is taken away, which is the answer. Nothing of it leaves the machine.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.json_text import read_json
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.files import write_atomic
from smartct_desktop.system.locks import holder_of
from smartct_desktop.system.paths import state_folder

FOLDER = "windows"
_SUFFIX = ".wanted"
_PATIENCE = 4.0
"""Seconds: a window that is busy for longer than that is not waited for."""

_LOOK_EVERY = 0.02
_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 (the name under which a desktop allows the front)
_MOST = 4096


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request to come forward; `token` is what the desktop gave for it, "" if it gave none."""

    token: str


class Door:
    """Where requests to this process arrive. Raises `Trouble` if it cannot be made."""

    def __init__(self) -> None:
        above = _above()
        _sweep(above)
        self.folder = above / str(os.getpid())
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise Trouble(*_refusal(self.folder)) from error
        self.take()  # of a process that had this number before

    def take(self) -> list[Wanted]:
        """Take the requests that lie there away, which answers them."""
        found = []
        with suppress(OSError):
            for path in sorted(self.folder.glob(f"*{_SUFFIX}")):
                with suppress(OSError):
                    found.append(_read(path))
                    path.unlink()
        return found

    def close(self) -> None:
        """Take no more requests."""
        self.take()
        with suppress(OSError):
            self.folder.rmdir()


def bring_forward(document: Path) -> bool:
    """Have the window of this person come forward that has a document open; False if none came."""
    with suppress(OSError):
        document = document.resolve()
    holder = holder_of(document)
    if holder is None or not holder.is_here or holder.pid == os.getpid():
        return False
    try:
        folder = _above() / str(holder.pid)
        if not folder.is_dir():
            return False
        request = folder / f"{os.getpid()}{_SUFFIX}"
        told = json.dumps({"token": os.environ.get(_TOKEN, "")}).encode()
        _allow_front(holder.pid)
        write_atomic(request, lambda file: file.write(told))
    except (Trouble, OSError):
        return False
    return _is_answered(request)


def accept(wanted: Wanted) -> None:
    """Note what the desktop gave, where Qt looks for it when a window wants the front."""
    if wanted.token:
        os.environ[_TOKEN] = wanted.token


def _is_answered(request: Path) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if not request.exists():
            return True
        time.sleep(_LOOK_EVERY)
    try:
        request.unlink()
    except OSError:
        return True  # it was taken at the last moment
    return False


def _above() -> Path:
    folder = state_folder() / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Trouble(*_refusal(folder)) from error
    return folder


def _refusal(folder: Path) -> tuple[Sentence, Sentence]:
    return (
        Sentence("SmartCT cannot keep its own files in {folder}.", folder=str(folder)),
        Sentence("Allow writing there."),
    )


def _read(path: Path) -> Wanted:
    try:
        told = read_json(path.read_bytes()[:_MOST])
        return Wanted(str(told["token"]))
    except (ValueError, KeyError, TypeError):
        return Wanted("")


def _sweep(above: Path) -> None:
    """Remove the folders of windows that ended without `close`, once they are a day old."""
    with suppress(OSError):
        for folder in above.iterdir():
            if folder.name == str(os.getpid()) or folder.stat().st_mtime > time.time() - 86400:
                continue
            with suppress(OSError):
                for path in folder.glob(f"*{_SUFFIX}"):
                    path.unlink()
                folder.rmdir()


if sys.platform == "win32":

    def _allow_front(pid: int) -> None:
        """Only who has the front may give it away."""
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(pid)

else:

    def _allow_front(_pid: int) -> None:
        """Here the window asks the desktop itself."""
