"""Second names for a file that another program has open: "Name (2).xlsx"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.file_names import refuse_device
from smartct_desktop.system.files import TargetBusy, write_atomic

_MOST = 1000


def names_for(path: Path) -> Iterator[Path]:
    """Give the path itself, then second names that no file has yet.

    Raises `Trouble` for a name that one system takes for something else than a file.
    """
    refuse_device(path.name)
    yield path
    for number in range(2, _MOST):
        second = path.with_name(f"{path.stem} ({number}){path.suffix}")
        if not _is_there(second):
            yield second


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel or LibreOffice left its mark beside the file.

    On Windows the system itself refuses to replace an open file; elsewhere it does not, and the
    other program would later write its old state over ours.
    """
    marks = (f"~${path.name}", f".~lock.{path.name}#")
    return _is_there(path) and any(_is_there(path.with_name(mark)) for mark in marks)


def write_beside(path: Path, produce: Callable[[BinaryIO], object]) -> Path:
    """Write a file whole, under a second name where another program has it open; gives the name.

    Raises what `names_for` and `write_atomic` raise.
    """
    for target in names_for(path):
        if is_open_elsewhere(target):
            continue
        with suppress(TargetBusy):
            write_atomic(target, produce)
            return target
    raise busy(path)


def busy(path: Path) -> TargetBusy:
    """Give what to say when no name is free."""
    return TargetBusy(
        Sentence("{name} is open in another program, or may not be replaced.", name=path.name),
        Sentence("Close it there and try again, or choose another name."),
    )


def _is_there(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is not there."""
    try:
        return path.exists()
    except OSError:
        return False
