"""What came of writing a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smartct_desktop.domain.report import SheetCount
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Written:
    """The file really written, which may have another name than the one asked for.

    `remarks` say what had to be changed so that the file can hold it, in the report's language.
    """

    path: Path
    counts: tuple[SheetCount, ...]
    remarks: tuple[Sentence, ...]
