"""The correction workbook: the sender's own file back, with what to type instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from smartct_desktop.domain.book import Book
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.correction_list import Correction, corrections
from smartct_desktop.services.importing.correction_words import (
    LIST_SIGN,
    NOTE_START,
    CorrectionWords,
    is_correction_list,
    language_of_sender,
)
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.plan import Plan

NO_LOCK = Sentence("Take the password off in the spreadsheet program, and import that file.")
"""What helps with a file that is locked: its corrections would lie open."""

_HEADINGS = ("sheet", "cell", "value", "advice", "rule")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The workbook that was written, and how many cells it marks; with none there is no file.

    `path` is a second name if another program has the one asked for open.
    """

    path: Path
    cells: int


def write_corrections(  # noqa: PLR0913, PLR0917 (what a correction workbook is made of)
    plan: Plan,
    book: Book,
    source: Path,
    target: Path,
    dictionary: Dictionary,
    country: str | None,
    progress: Progress,
) -> Corrected:
    """Write the file `source`, as planned, with its doubtful cells marked.

    `country` is the sender's, if it is known. Without any such cell nothing is written. Raises
    `Trouble` if the file has changed since, or the target cannot be written; `Cancelled`.
    """
    from smartct_desktop.spreadsheets.marking import write_marked
    from smartct_desktop.spreadsheets.marking_list import CellMark, CorrectionSheet, ListLine

    if book.sha256 != plan.sha256:
        raise Trouble(
            Sentence("{name} has changed since it was read.", name=source.name),
            Sentence("Import it again; then make the corrections."),
        )
    words = CorrectionWords(dictionary, language_of_sender(plan, dictionary, country))
    found = corrections(plan, book, words)
    if not found:
        return Corrected(target, 0)
    by_cell: dict[tuple[str | None, int, int], list[Correction]] = {}
    for one in found:
        by_cell.setdefault((one.sheet, one.row, one.column), []).append(one)
    marks = {
        place: CellMark(*place, _note(several), any(one.refused for one in several))
        for place, several in by_cell.items()
    }
    lines = tuple(
        ListLine(one.sheet, marks[one.sheet, one.row, one.column], one.value, one.advice, one.rule)
        for one in found
    )
    listed = CorrectionSheet(
        name=words.say("sheet.name"),
        title=words.say("sheet.title", file=book.file_name),
        explanation=words.say("sheet.explanation"),
        sign=LIST_SIGN,
        note_start=NOTE_START,
        headings=tuple(words.say(f"sheet.heading.{name}") for name in _HEADINGS),
        lines=lines,
        earlier=next((sheet.name for sheet in book.sheets if is_correction_list(sheet)), None),
    )
    written = write_marked(source, book, list(marks.values()), listed, target, progress)
    return Corrected(written, len(marks))


def corrections_name(file: str) -> str:
    """Propose the name of the correction workbook of a file."""
    path = Path(file)
    suffix = ".xlsm" if path.suffix.lower() == ".xlsm" else ".xlsx"
    return f"{path.stem} - corrections{suffix}"


def _note(several: Sequence[Correction]) -> str:
    return NOTE_START + "\n".join(dict.fromkeys(one.advice for one in several))
