"""Where a document lies: in a folder of a sync program, on a network drive, on a stick, or here.

A database wants a drive that keeps what it is told to keep and lets one program at a time write.
Sync programs, network drives and sticks do not always. What is known of the machine is gathered in
`system/machine.py`; here it is only compared, so that every system can be tried on any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePath, PureWindowsPath


class PlaceKind(Enum):
    """What kind of place a folder is."""

    LOCAL = "local"
    SYNCED = "synced"
    NETWORK = "network"
    REMOVABLE = "removable"


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of place, and what people call it: "OneDrive", the server's name, the drive's."""

    kind: PlaceKind
    name: str = ""


HERE = Place(PlaceKind.LOCAL)


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder under which another drive is seen; `kind` is the name of its file system."""

    folder: PurePath
    kind: str
    device: str = ""
    removable: bool = False


@dataclass(frozen=True, slots=True)
class SyncRoot:
    """A folder that a sync program says it keeps."""

    folder: PurePath
    client: str


@dataclass(frozen=True, slots=True)
class Machine:
    """What has to be known of a machine, see `system/machine.py`."""

    mounts: Sequence[Mount] = ()
    roots: Sequence[SyncRoot] = ()
    network_letters: frozenset[str] = field(default_factory=frozenset)
    removable_letters: frozenset[str] = field(default_factory=frozenset)


_CLIENTS = (
    (re.compile(r"onedrive( - .+|-.+)?|sharepoint( - .+)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"dropbox( \(.+\)|-.+)?", re.IGNORECASE), "Dropbox"),
    (
        re.compile(
            r"google ?drive( \(.+\)|-.+)?|my drive|meine ablage|mi unidad|la meva unitat"
            r"|il mio drive|mon drive|nire unitatea|моят диск",
            re.IGNORECASE,
        ),
        "Google Drive",
    ),
    (re.compile(r"nextcloud\d?", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"owncloud\d?", re.IGNORECASE), "ownCloud"),
    (re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs", re.IGNORECASE), "iCloud"),
    (re.compile(r"box( sync)?-.+|box sync", re.IGNORECASE), "Box"),
    (re.compile(r"pcloud ?drive", re.IGNORECASE), "pCloud"),
    (re.compile(r"mega ?sync", re.IGNORECASE), "MEGA"),
    (re.compile(r"seafile", re.IGNORECASE), "Seafile"),
)
"""Names that sync programs give their folders, in the languages of our users."""

_MARKS = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".sync_journal.db", "Nextcloud"),
    (".stfolder", "Syncthing"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".seafile-data", "Seafile"),
)
"""Files that sync programs put at the top of what they keep."""

_NETWORK_KINDS = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|ncpfs|afpfs|afs|webdav|davfs\d?|9p|ceph|glusterfs|lustre|vboxsf"
    r"|vmhgfs|prl_fs|fuse\.(?!snapfuse|portal|fuseblk|gocryptfs|encfs|cryfs|veracrypt).+|drvfs-net"
)
_REMOVABLE_ABOVE = ("/media/", "/run/media/", "/Volumes/")

Has = Callable[[PurePath], bool]
"""Whether a file or folder is there."""


def place_of(path: PurePath, machine: Machine, has: Has) -> Place:
    """Say what kind of place the file lies in; `path` is absolute, and links are followed."""
    parents = list(path.parents)
    return (
        _kept_by(parents, machine.roots)
        or _gvfs(path)
        or _marked(parents, has)
        or _named(parents)
        or _on_drive(path, machine)
        or _mounted(path, machine.mounts)
        or HERE
    )


def _kept_by(parents: list[PurePath], roots: Sequence[SyncRoot]) -> Place | None:
    for root in roots:
        if root.folder in parents:
            return Place(PlaceKind.SYNCED, root.client)
    return None


def _marked(parents: list[PurePath], has: Has) -> Place | None:
    for folder in parents:
        for mark, client in _MARKS:
            if folder != folder.parent and has(folder / mark):
                # `~/.dropbox` holds the settings of Dropbox, and says nothing about the home.
                if mark == ".dropbox" and has(folder / mark / "info.json"):
                    continue
                return Place(PlaceKind.SYNCED, client)
    return None


def _named(parents: list[PurePath]) -> Place | None:
    for folder in parents:
        for names, client in _CLIENTS:
            if names.fullmatch(folder.name):
                return Place(PlaceKind.SYNCED, client)
        if folder.parent.name == "CloudStorage":  # macOS has all of them there
            return Place(PlaceKind.SYNCED, folder.name.split("-")[0])
    return None


def _gvfs(path: PurePath) -> Place | None:
    """Drives that the desktop of Linux shows as folders: `/run/user/1000/gvfs/smb-share:…`."""
    for above, folder in _steps(path):
        if above.name not in {"gvfs", ".gvfs"}:
            continue
        kind, _, words = folder.partition(":")
        told = dict(word.partition("=")[::2] for word in words.split(","))
        if kind in {"google-drive", "onedrive"}:
            return Place(PlaceKind.SYNCED, "Google Drive" if kind[0] == "g" else "OneDrive")
        if kind in {"mtp", "gphoto2", "afc"}:
            return Place(PlaceKind.REMOVABLE, told.get("host", ""))
        return Place(PlaceKind.NETWORK, told.get("server") or told.get("host", ""))
    return None


def _steps(path: PurePath) -> Iterator[tuple[PurePath, str]]:
    """Give each folder above, with the name that follows."""
    for folder in path.parents:
        if folder != folder.parent:
            yield folder.parent, folder.name


def _on_drive(path: PurePath, machine: Machine) -> Place | None:
    if not isinstance(path, PureWindowsPath):
        return None
    drive = path.drive
    if drive.upper().startswith("\\\\?\\UNC\\"):
        drive = "\\\\" + drive[8:]
    if drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\")):
        return Place(PlaceKind.NETWORK, drive.strip("\\").split("\\")[0])
    letter = drive[-2:-1].upper()
    if letter in machine.network_letters:
        return Place(PlaceKind.NETWORK, f"{letter}:")
    if letter in machine.removable_letters:
        return Place(PlaceKind.REMOVABLE, f"{letter}:")
    return None


def _mounted(path: PurePath, mounts: Sequence[Mount]) -> Place | None:
    parents = list(path.parents)
    # Of several mounts at one folder the last one is seen.
    over = [(place, mount) for place, mount in enumerate(mounts) if mount.folder in parents]
    if not over:
        return None
    _, mount = max(over, key=lambda one: (len(one[1].folder.parts), one[0]))
    if _NETWORK_KINDS.fullmatch(mount.kind):
        server = re.match(r"(?:\w+://)?(?://)?(?:[^@/]*@)?([^:/]+)", mount.device)
        return Place(PlaceKind.NETWORK, server[1] if server else mount.device)
    outside = mount.folder.as_posix().startswith(_REMOVABLE_ABOVE)
    if mount.removable or outside:
        return Place(PlaceKind.REMOVABLE, mount.folder.name)
    return None
