"""A disk that loses power: what may be on it then, of all that was written and not yet put there.

Of each file only what was synced is sure. Of everything after that any part may be there: nothing,
all, the first so many writes with the last one torn, or any selection, down to sectors of 512
bytes, of which one may hold noise. Names are another matter than contents: a new, another or a
removed name is sure only when its folder was synced, and until then each of these may have
happened or not, whatever was done later.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Self

from tests.faults.operations import (
    Cut,
    FolderGone,
    FolderMade,
    FolderSynced,
    Named,
    Operation,
    Renamed,
    Said,
    Synced,
    Unnamed,
    Written,
)

SECTOR, PAGE = 512, 4096

Tree = Mapping[str, bytes | None]
"""Contents by path; that of a folder is None."""


@dataclass
class File:
    """What is sure of a file, and what was done to it since."""

    sure: bytearray
    pending: list[Written | Cut] = field(default_factory=list)
    is_folder: bool = False

    @classmethod
    def folder(cls) -> Self:
        """Make what stands for a folder among the files."""
        return cls(bytearray(), is_folder=True)


@dataclass(frozen=True)
class Name:
    """One change of a name; without a file the name is gone. What had the name `former` moves."""

    path: str
    file: File | None
    former: str | None = None

    @property
    def folders(self) -> set[str]:
        """The folders that hold it: with one of them it is sure."""
        return {str(Path(path).parent) for path in (self.path, self.former) if path is not None}

    def happen(self, names: dict[str, File]) -> None:
        """Change the names."""
        if self.former is not None:
            names.pop(self.former, None)
        if self.file is None:
            names.pop(self.path, None)
        else:
            names[self.path] = self.file
        if self.file is not None and self.file.is_folder and self.former is not None:
            for inner in [one for one in names if one.startswith(f"{self.former}{os.sep}")]:
                names[self.path + inner[len(self.former) :]] = names.pop(inner)


class Disk:
    """The files below a folder, as they are and as they may be after a cut."""

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._files: dict[int, File] = {}
        self._sure: dict[str, File] = {}
        self._names: list[Name] = []
        for path in sorted(folder.rglob("*")):
            if path.is_dir():
                self._sure[str(path)] = File.folder()
            else:
                self._files[path.stat().st_ino] = File(bytearray(path.read_bytes()))
                self._sure[str(path)] = self._files[path.stat().st_ino]
        self._now = dict(self._sure)

    def do(self, operation: Operation) -> None:
        """Let one operation happen."""
        match operation:
            case Written(file) | Cut(file):
                self._files[file].pending.append(operation)
            case Synced(file):
                synced = self._files[file]
                for one in synced.pending:
                    _apply(synced.sure, one)
                synced.pending.clear()
            case Named(path, number):
                self._files[number] = File(bytearray())
                self._name(Name(path, self._files[number]))
            case FolderMade(path):
                self._name(Name(path, File.folder()))
            case Unnamed(path) | FolderGone(path):
                self._name(Name(path, None))
            case Renamed(path, to):
                self._name(Name(to, self._now[path], path))
            case FolderSynced(path):
                for name in self._names:
                    if path in name.folders:
                        name.happen(self._sure)
                self._names = [name for name in self._names if path not in name.folders]
            case Said():
                pass

    def now(self) -> Tree:
        """Give what a program sees that goes on."""
        return {path: _content(file, file.pending) for path, file in self._now.items()}

    def cut(self, random: Random) -> Tree:
        """Give what may be there if the power fails now; by chance one of all the ways."""
        names = dict(self._sure)
        for name in random.choice(_SELECTIONS)(self._names, random):
            name.happen(names)
        files = {id(file): file for file in names.values()}
        left = {at: _left(file, random) for at, file in files.items()}
        return {
            path: left[id(file)] for path, file in names.items() if self._is_reached(path, names)
        }

    def _is_reached(self, path: str, names: Mapping[str, File]) -> bool:
        """Whether all folders above a name are there."""
        inner = Path(path).relative_to(self._root).parents
        return all(str(self._root / above) in names for above in inner if above.name)

    def _name(self, name: Name) -> None:
        self._names.append(name)
        name.happen(self._now)


def lay_out(tree: Tree, folder: Path) -> None:
    """Put files where they were, and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in sorted(tree.items()):
        path = Path(name)
        if content is None:
            path.mkdir(mode=0o700, exist_ok=True)
        else:
            path.write_bytes(content)
            path.chmod(0o600)


def seen(folder: Path) -> Tree:
    """Give what lies in a folder."""
    return {str(path): None if path.is_dir() else path.read_bytes() for path in folder.rglob("*")}


def _apply(content: bytearray, one: Written | Cut) -> None:
    if isinstance(one, Cut):
        del content[one.length :]
        content.extend(bytes(one.length - len(content)))
        return
    content.extend(bytes(max(0, one.place - len(content))))
    content[one.place : one.place + len(one.data)] = one.data


def _content(file: File, done: list[Written | Cut]) -> bytes | None:
    if file.is_folder:
        return None
    content = bytearray(file.sure)
    for one in done:
        _apply(content, one)
    return bytes(content)


def _left(file: File, random: Random) -> bytes | None:
    """Give what may be left of a file, by one of the ways in which writes are lost."""
    way = random.choice((_whole, _whole, _in_order, _torn, _torn))
    return _content(file, way(file.pending, random))


def _whole(pending: list[Written | Cut], random: Random) -> list[Written | Cut]:
    """Any selection of whole writes."""
    return random.choice(_SELECTIONS)(pending, random)


def _in_order(pending: list[Written | Cut], random: Random) -> list[Written | Cut]:
    """The first so many, and a part of the next one."""
    if not pending:
        return []
    whole = random.randrange(len(pending))
    following = pending[whole]
    kept = pending[:whole]
    if isinstance(following, Written):
        unit = random.choice((SECTOR, PAGE))
        length = random.randrange(len(following.data) // unit + 1) * unit
        kept = [*kept, Written(following.file, following.place, following.data[:length])]
    return kept


def _torn(pending: list[Written | Cut], random: Random) -> list[Written | Cut]:
    """Any selection of sectors or pages, with noise in one of them."""
    unit, share = random.choice((SECTOR, PAGE)), random.choice((0.1, 0.5, 0.9))
    kept: list[Written | Cut] = []
    for one in pending:
        if isinstance(one, Cut):
            if random.random() < share:
                kept.append(one)
            continue
        kept += [piece for piece in _pieces(one, unit) if random.random() < share]
    if kept and random.random() < 0.3:
        at = random.randrange(len(kept))
        noisy = kept[at]
        if isinstance(noisy, Written):
            kept[at] = Written(noisy.file, noisy.place, random.randbytes(len(noisy.data)))
    return kept


def _pieces(one: Written, unit: int) -> list[Written]:
    """Divide a write where sectors of the disk begin."""
    pieces, done = [], 0
    while done < len(one.data):
        length = unit - (one.place + done) % unit
        pieces.append(Written(one.file, one.place + done, one.data[done : done + length]))
        done += length
    return pieces


def _none(_: list, __: Random) -> list:
    return []


def _all(pending: list, _: Random) -> list:
    return list(pending)


def _first(pending: list, random: Random) -> list:
    return pending[: random.randint(0, len(pending))]


def _last(pending: list, random: Random) -> list:
    return pending[random.randint(0, len(pending)) :]


def _some(pending: list, random: Random) -> list:
    return [one for one in pending if random.random() < 0.5]


Selection = Callable[[list, Random], list]
_SELECTIONS: tuple[Selection, ...] = (_none, _all, _first, _last, _some)
