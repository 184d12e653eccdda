"""The first bytes of a file: whether it is a document, and what else it seems to be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.journals import first_bytes

LENGTH = 100
"""The header of an SQLite file."""

PAGE_SIZE = 4096
"""What the pages of our documents have."""

_SQLITE = b"SQLite format 3\0"
_NOISE = 230
"""Of the 256 bytes that there are a page of noise holds nearly all, one of texts and tables few."""

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
        start = first_bytes(path, LENGTH)
    except OSError as error:
        raise unreadable(path, error) from error
    if not start.startswith(_SQLITE) or len(start) < LENGTH:
        raise no_document(path, start)
    return header_in(start)


def header_in(start: bytes) -> Header:
    """Give what the first bytes of an SQLite file say."""
    return Header(int.from_bytes(start[68:72]), int.from_bytes(start[60:64]))


def is_plain(path: Path) -> bool:
    """Whether a file that nobody in this process has open can be read without a password."""
    return first_bytes(path, len(_SQLITE)) == _SQLITE


def seems_protected(path: Path) -> bool:
    """Whether a file can be a document with a password: its first page is nothing but noise.

    Nobody in this process may have it open. Raises `Trouble`.
    """
    try:
        page = first_bytes(path, PAGE_SIZE)
    except OSError as error:
        raise unreadable(path, error) from error
    # One letter alone says nothing: noise begins with every letter now and then.
    magics = (_SQLITE, *(magic for magic, _ in _KNOWN if len(magic) > 1))
    known = page.startswith(magics)
    return not known and len(page) == PAGE_SIZE and len(set(page)) > _NOISE


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


def unreadable(path: Path, error: OSError) -> Trouble:
    """Say that the system does not give what is in a file."""
    return Trouble(Sentence("{name} cannot be read: {why}.", name=path.name, why=error.strerror))


def _is_text(start: bytes) -> bool:
    try:
        text = start.decode("utf-8", errors="strict")
    except UnicodeDecodeError as error:
        if error.end < len(start) - 3:  # more than a letter cut off at the end
            return False
        text = start[: error.start].decode("utf-8")
    return bool(text) and all(sign.isprintable() or sign in "\t\r\n\f\ufeff" for sign in text)
