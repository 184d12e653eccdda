"""What this machine says of its drives and sync programs; the comparing is in `system/drives.py`.

Everything is read from files and from the system; no sync program is asked, nothing is opened on a
network. What cannot be read is taken as not there.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePath

from smartct_desktop.system.drives import Machine, Mount, Place, SyncRoot, place_of

_MOST = 2**20
_ESCAPED = re.compile(r"\\(\d{3})")
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def place_of_file(path: Path) -> Place:
    """Say what kind of place a file lies in. May wait for the drive: work for a job."""
    return place_of(path, this_machine(), is_there)


def is_there(path: PurePath) -> bool:
    """Whether there is such a file; what cannot be asked is not there."""
    try:
        return Path(path).exists()
    except OSError:
        return False


def this_machine() -> Machine:
    """Gather what this machine knows of its drives."""
    network, removable = _letters()
    return Machine(
        mounts=tuple(_mounts()),
        roots=tuple(sync_roots(os.environ, Path.home())),
        network_letters=network,
        removable_letters=removable,
    )


def parse_mounts(table: str) -> Iterator[Mount]:
    """Read a table of mounts as Linux gives it: device, folder, kind, options."""
    for line in table.splitlines():
        words = [_ESCAPED.sub(lambda code: chr(int(code[1], 8)), one) for one in line.split(" ")]
        match words:
            case [device, folder, kind, *_]:
                yield Mount(Path(folder), kind, device)
            case _:
                continue


def sync_roots(environ: Mapping[str, str], home: Path) -> Iterator[SyncRoot]:
    """Give the folders that the sync programs of this person keep, as their settings say."""
    for name in _ONEDRIVE:
        if environ.get(name):
            yield SyncRoot(Path(environ[name]), "OneDrive")
    settings = [home / ".config", home / "Library/Preferences"]
    settings += [Path(environ[name]) for name in ("APPDATA", "LOCALAPPDATA") if environ.get(name)]
    yield from _dropbox([home / ".dropbox", *(folder / "Dropbox" for folder in settings)])
    for folder in settings:
        for client in ("Nextcloud", "ownCloud"):
            told = _text(folder / client / f"{client.lower()}.cfg")
            for found in re.findall(r"^[^\n=]*\\localPath=(.+)$", told, re.MULTILINE):
                yield SyncRoot(Path(found.strip().rstrip("/\\")), client)
    yield from _icloud(home)
    onedrive = _text(home / ".config/onedrive/config")
    for found in re.findall(r'^\s*sync_dir\s*=\s*"(.+)"', onedrive, re.MULTILINE):
        yield SyncRoot(Path(found).expanduser(), "OneDrive")
    for folder in (home / ".config/syncthing", home / ".local/state/syncthing"):
        for found in re.findall(r'<folder [^>]*path="([^"]+)"', _text(folder / "config.xml")):
            yield SyncRoot(Path(found).expanduser(), "Syncthing")


def _dropbox(folders: list[Path]) -> Iterator[SyncRoot]:
    for folder in folders:
        try:
            told = json.loads(_text(folder / "info.json") or "{}")
        except ValueError:
            continue
        for account in told.values() if isinstance(told, dict) else ():
            path = account.get("path") if isinstance(account, dict) else None
            if isinstance(path, str) and path:
                yield SyncRoot(Path(path), "Dropbox")


def _icloud(home: Path) -> Iterator[SyncRoot]:
    kept = home / "Library/Mobile Documents"
    if is_there(kept):
        yield SyncRoot(kept, "iCloud")
        for name in ("Desktop", "Documents"):  # where they are kept as well, they are seen there
            if is_there(kept / "com~apple~CloudDocs" / name):
                yield SyncRoot(home / name, "iCloud")


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(_MOST)
    except OSError:
        return ""


if sys.platform == "win32":

    def _mounts() -> Iterator[Mount]:
        """Windows has letters."""
        return iter(())

    def _letters() -> tuple[frozenset[str], frozenset[str]]:
        """The letters of network drives, and of sticks."""
        import ctypes

        ask = ctypes.windll.kernel32.GetDriveTypeW
        kinds = {letter: ask(f"{letter}:\\") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
        removable, network = 2, 4
        return (
            frozenset(letter for letter, kind in kinds.items() if kind == network),
            frozenset(letter for letter, kind in kinds.items() if kind == removable),
        )

else:

    def _letters() -> tuple[frozenset[str], frozenset[str]]:
        """Only Windows has letters."""
        return frozenset(), frozenset()

    def _mounts() -> Iterator[Mount]:
        if sys.platform == "darwin":
            yield from _mounts_of_macos()
            return
        for mount in parse_mounts(_text(Path("/proc/self/mounts"))):
            yield Mount(mount.folder, mount.kind, mount.device, removable=_is_removable(mount))

    def _is_removable(mount: Mount) -> bool:
        """Whether the drive itself says that it can be taken out."""
        if not mount.device.startswith("/dev/"):
            return False
        with suppress(OSError):
            block = Path("/sys/class/block", Path(mount.device).resolve().name).resolve()
            for folder in (block, block.parent):  # of a partition, the drive says it
                if _text(folder / "removable").strip() == "1":
                    return True
        return False

    def _mounts_of_macos() -> Iterator[Mount]:
        """The table that `mount` prints: device on folder (kind, …)."""
        import subprocess

        with suppress(OSError, subprocess.SubprocessError):
            told = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True
            ).stdout
            yield from parse_mounts_of_macos(told)


def parse_mounts_of_macos(table: str) -> Iterator[Mount]:
    """Read what `mount` prints on macOS."""
    for device, folder, kind in re.findall(r"^(.+?) on (/.*) \((\w+)[,)]", table, re.MULTILINE):
        yield Mount(Path(folder), kind, device)
