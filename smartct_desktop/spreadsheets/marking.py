"""Corrections in the sender's own file: cells marked in place, and a list of them in front."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from smartct_desktop.domain.book import Book, BookFormat
from smartct_desktop.domain.errors import PasswordNeeded, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.copying import Copy, private_copy
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.locked import unlocked
from smartct_desktop.spreadsheets.marking_grid import grid_workbook
from smartct_desktop.spreadsheets.marking_list import CellMark, CorrectionSheet
from smartct_desktop.spreadsheets.marking_package import MarkingPackage
from smartct_desktop.spreadsheets.replacing import refuse_replacing
from smartct_desktop.spreadsheets.request import FileChoice, Request
from smartct_desktop.spreadsheets.writing import SPOOL_PREFIX
from smartct_desktop.system.second_names import write_beside

SUFFIX, SUFFIX_WITH_MACROS = ".xlsx", ".xlsm"
_ZIPPED = b"PK\x03\x04"


def write_marked(  # noqa: PLR0913, PLR0917 (what a correction workbook is made of)
    source: Path,
    book: Book,
    marks: Sequence[CellMark],
    listed: CorrectionSheet,
    target: Path,
    progress: Progress,
) -> Path:
    """Write the file `source`, from which `book` was read, with its cells marked to `target`.

    A workbook (.xlsx, .xlsm) keeps everything else byte for byte, the results of its formulas
    too; any other file becomes a new workbook with the same cells in the same places. Gives the
    path that was written: a second name if another program has the target open. Raises `Trouble`
    if the file has changed since it was read, is locked by a password, or cannot be written
    there; `Cancelled`. Then nothing is left behind.
    """
    _refuse_target(source, target)
    limits = Limits()
    with private_copy(source, limits, progress) as copy:
        if copy.sha256 != book.sha256:
            raise Trouble(
                Sentence("{name} has changed since it was read.", name=source.name),
                Sentence("Import it again; then make the corrections."),
            )
        _refuse_locked(copy, book, limits)
        if book.format is not BookFormat.XLSX:
            with tempfile.TemporaryDirectory(prefix=SPOOL_PREFIX) as folder:
                grid = Path(folder, "grid.xlsx")
                names = grid_workbook(book, grid, Path(folder), progress)
                renamed = _renamed(marks, listed, names)
                return _mark(grid, book.file_name, *renamed, target, progress)
        return _mark(copy.path, book.file_name, marks, listed, target, progress)


def _mark(  # noqa: PLR0913, PLR0917 (as above)
    path: Path,
    name: str,
    marks: Sequence[CellMark],
    listed: CorrectionSheet,
    target: Path,
    progress: Progress,
) -> Path:
    with closing(MarkingPackage(path, name, Limits())) as package:
        wanted = SUFFIX_WITH_MACROS if package.has_macros else SUFFIX
        if target.suffix.lower() != wanted:
            raise Trouble(
                Sentence(
                    "The corrections of {name} are a workbook whose name ends in {suffix}.",
                    name=name,
                    suffix=wanted,
                ),
                Sentence("Use {name} instead.", name=target.with_suffix(wanted).name),
            )
        package.mark(marks, listed, progress)
        return write_beside(target, lambda file: package.save(file, progress))


def _renamed(
    marks: Sequence[CellMark], listed: CorrectionSheet, names: Mapping[str | None, str]
) -> tuple[Sequence[CellMark], CorrectionSheet]:
    """Give marks and list with the names that the sheets bear in the new workbook."""
    lines = tuple(replace(line, sheet=names.get(line.sheet, line.sheet)) for line in listed.lines)
    moved = [replace(mark, sheet=names.get(mark.sheet, mark.sheet)) for mark in marks]
    return moved, replace(listed, lines=lines)


def _refuse_locked(copy: Copy, book: Book, limits: Limits) -> None:
    """Raise `Trouble` for a file that is locked: what is in it would lie open in ours."""
    any_password = FileChoice(password="?")  # noqa: S106 (whether it fits does not matter)
    request = Request(
        copy.path, book.file_name, copy.sha256, book.format, limits, choice=any_password
    )
    try:
        locked = unlocked(request) is not request
    except PasswordNeeded:
        locked = True
    if locked:
        raise Trouble(
            Sentence("{name} is locked by a password.", name=book.file_name),
            Sentence("Take the password off in the spreadsheet program, and import that file."),
        )


def _refuse_target(source: Path, target: Path) -> None:
    """Raise `Trouble` if the sender's file, or a file that is no workbook, would be replaced."""
    words = Sentence("{name} is the sender's file itself; it is not replaced.", name=target.name)
    refuse_replacing(source, target, words)
