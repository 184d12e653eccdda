"""The first bytes of a file: whether it is a document, and what else it seems to be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence

LENGTH = 100
"""The header of an SQLite file."""

_SQLITE = b"SQLite format 3\0"
_KNOWN = (
    (b"PK\x03\x04", Sentence("a workbook or an archive")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sentence("an Excel workbook of the old kind")),
    (b"%PDF", Sentence("a PDF file")),
    (b"<", Sentence("a web page or an XML file")),
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of an SQLite file says."""

    application_id: int
    version: int


def read_header(path: Path) -> Header:
    """Read the header of a file that nobody in this process has open. Raises `Trouble`."""
    try:
        with path.open("rb") as file:
            start = file.read(LENGTH)
    except OSError as error:
        raise Trouble(
            Sentence("{name} cannot be read: {why}.", name=path.name, why=error.strerror)
        ) from error
    if not start.startswith(_SQLITE) or len(start) < LENGTH:
        raise no_document(path, start)
    return Header(int.from_bytes(start[68:72]), int.from_bytes(start[60:64]))


def is_plain(path: Path) -> bool:
    """Whether a file that nobody in this process has open can be read without a password."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def no_document(path: Path, start: bytes) -> Trouble:
    """Say what a file seems to be that is no document."""
    hint = Sentence("Choose a file whose name ends in .smartct.")
    for magic, what in _KNOWN:
        if start.startswith(magic):
            return Trouble(
                Sentence("{name} is no document but {what}.", name=path.name, what=what),
                Sentence("Import tables with File, Import."),
            )
    if _is_text(start):
        return Trouble(
            Sentence("{name} is no document but a text file.", name=path.name),
            Sentence("Import tables with File, Import."),
        )
    return Trouble(Sentence("{name} is no document, or it is damaged.", name=path.name), hint)


def _is_text(start: bytes) -> bool:
    try:
        text = start.decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        if error.end < len(start) - 3:  # more than a letter cut off at the end
            return False
        text = start[: error.start].decode("utf-8")
    return bool(text) and all(sign.isprintable() or sign in "\t\r\n\f\ufeff" for sign in text)
