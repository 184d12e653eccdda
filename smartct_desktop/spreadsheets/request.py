"""What a reading is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from smartct_desktop.domain.book import BookFormat
from smartct_desktop.spreadsheets.limits import Limits


@dataclass(frozen=True, slots=True)
class FileChoice:
    """What a person said about a file; `None` leaves it to the guess.

    Encoding and delimiter are those of a text. `password` opens a locked workbook; it is shown
    and kept nowhere.
    """

    encoding: str | None = None
    delimiter: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    """What to read and how.

    `path` is a copy that nobody changes, `name` what people call the file. `rows` bounds the rows
    of each sheet, `None` reads all.
    """

    path: Path
    name: str
    sha256: str
    format: BookFormat
    limits: Limits = field(default_factory=Limits)
    rows: int | None = None
    choice: FileChoice = field(default_factory=FileChoice)
