"""What a file is, told by its content and never by its ending, and whether it is safe to read."""

from __future__ import annotations

import re
from pathlib import Path

from smartct_desktop.domain.book import BookFormat
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.text_marks import is_binary, legible
from smartct_desktop.spreadsheets.xml_reading import refuse_document_type
from smartct_desktop.spreadsheets.zip_parts import Parts

_HEAD = 1 << 16
_ARCHIVE = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY_ARCHIVE = b"PK\x05\x06"

_OTHER_FILES = {
    b"%PDF": Sentence("a PDF document"),
    b"{\\rtf": Sentence("a text document"),
    b"\x89PNG": Sentence("a picture"),
    b"\xff\xd8\xff": Sentence("a picture"),
    b"GIF8": Sentence("a picture"),
    b"PK": Sentence("an archive (.zip)"),
    b"Rar!": Sentence("an archive"),
    b"7z\xbc\xaf": Sentence("an archive"),
    b"\x1f\x8b": Sentence("an archive"),
    b"SQLite format 3\0": Sentence("a database"),
}
_WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*"
    r"(?:<!doctype html|<(?:html|head|body|table|meta|style|div)\b)",
    re.DOTALL,
)
_XML = re.compile(r"<\?xml\b|<!--|<[a-z][\w.-]*(?::[a-z][\w.-]*)?[\s>]")
_FLAT_ODS = 'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
_EXCHANGE_FORMAT = re.compile(
    r"id;p[a-z]{2,8}(?:;[a-z])*\r?\n[bcfop];|table\r?\n0,1\r?\n|socialcalc:version"
)
"""How SYLK (.slk), DIF and SocialCalc files begin; a list with a column "ID" begins otherwise."""

_UNREAD = ("basic/", "dialogs/")
"""Macros of an OpenDocument file, which LibreOffice writes with a document type; never read."""

_SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"


def recognise(path: Path, name: str, limits: Limits, password: str | None = None) -> BookFormat:
    """The format of the file at `path`; a workbook has passed the gate then, unless it is locked.

    Looks at the first bytes, the directory of an archive and the beginnings of its parts: a few
    milliseconds. Raises `Trouble` with one sentence for everything that is not read, and
    `PasswordNeeded` for a locked workbook without a password.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\0 \t\r\n"):
        raise refusals.empty(name)
    if head.startswith(_ARCHIVE):
        return _pass_gate(path, name, limits)
    if head.startswith(COMPOUND):
        return _compound_format(path.read_bytes(), name, password)
    for start, what in _OTHER_FILES.items():
        if head.startswith(start):
            raise refusals.no_table(name, what)
    if is_binary(head):
        raise refusals.unknown(name)
    text = legible(head).lstrip("\ufeff \t\r\n").lower()
    return _legible_format(text, name)


def _legible_format(text: str, name: str) -> BookFormat:
    """The format of a file that begins with this text, in small letters."""
    if text.startswith("mime-version:"):
        return BookFormat.MHT
    if _WEB_PAGE.match(text):
        return BookFormat.HTML
    if _XML.match(text):
        if _SPREADSHEETML in text:
            return BookFormat.SPREADSHEETML
        if _FLAT_ODS in text:
            raise refusals.unreadable_format(name, Sentence("a flat OpenDocument workbook (.fods)"))
        raise refusals.no_table(name, Sentence("an XML file"))
    if _EXCHANGE_FORMAT.match(text):
        raise refusals.unreadable_format(name, Sentence("a table in an exchange format of old"))
    return BookFormat.TEXT


def _compound_format(content: bytes, name: str, password: str | None) -> BookFormat:
    """What the older file format of Office holds; it also wraps workbooks with a password."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in content

    if holds("EncryptedPackage"):
        if password is None:
            raise refusals.password_needed(name)
        return BookFormat.XLSX
    if holds("Workbook") or holds("Book"):
        return BookFormat.XLS
    if holds("WordDocument"):
        raise refusals.no_table(name, Sentence("a Word document"))
    raise refusals.unknown(name)


def _pass_gate(path: Path, name: str, limits: Limits) -> BookFormat:
    """The format of an archive. Raises `Trouble` unless it is a workbook without a trap."""
    with Parts(path, name, limits) as parts:
        trouble = _not_a_workbook(parts, name)
        if trouble is not None:
            raise trouble
        open_document = _is_open_document(parts)
        for part in parts:
            # Whatever a part is called, another one may name it as what is to be read.
            if not (open_document and part.startswith(_UNREAD)):
                refuse_document_type(parts, part, name)
        if open_document:
            return BookFormat.ODS
        return BookFormat.XLSB if "xl/workbook.bin" in parts else BookFormat.XLSX


def _is_open_document(parts: Parts) -> bool:
    return "mimetype" in parts and "content.xml" in parts and "[content_types].xml" not in parts


def _not_a_workbook(parts: Parts, name: str) -> Trouble | None:
    """What else an archive is; `None` for a workbook that can be read."""
    if "mimetype" in parts:
        kind = parts.read("mimetype") if parts.size("mimetype") < 200 else b""
        if b"opendocument.spreadsheet" in kind:
            return None if "content.xml" in parts else refusals.damaged(name)
        if b"opendocument" in kind:
            return refusals.no_table(name, Sentence("an OpenDocument file"))
    if any(part.endswith(".iwa") for part in parts):
        return refusals.unreadable_format(name, Sentence("a document of Apple Numbers"))
    types = b""
    if "[content_types].xml" in parts and parts.size("[content_types].xml") < 10 << 20:
        types = parts.read("[content_types].xml").replace(b"\0", b"").lower()
    if b"wordprocessingml.document" in types or b"ms-word.document" in types:
        return refusals.no_table(name, Sentence("a Word document"))
    if b"presentationml." in types:
        return refusals.no_table(name, Sentence("a presentation"))
    if {"_rels/.rels", "xl/workbook.xml", "xl/workbook.bin"} & set(parts):
        return None
    return refusals.no_table(name, Sentence("an archive (.zip)"))
