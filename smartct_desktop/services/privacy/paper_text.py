"""The text of an attached file, as far as it can be read without its own program."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

_MOST = 30 * 2**20
"""Bytes of a file, and of what is unpacked of it, that are looked at."""

_PACKED = frozenset({".docx", ".xlsx", ".xlsm", ".pptx", ".odt", ".ods", ".odp"})
_PLAIN = frozenset(
    {".txt", ".csv", ".tsv", ".json", ".xml", ".htm", ".html", ".md", ".eml", ".ics", ".vcf"}
)
_TAG = re.compile(r"<[^>]*>")
_ENDS = re.compile(r"</(?:w:p|a:p|text:p|si|c|row)>")


def text_of(file_name: str, content: bytes) -> str | None:
    """Give the text of a file; None if it cannot be read: a picture, a PDF, a damaged file."""
    suffix = f".{file_name.rpartition('.')[2].lower()}"
    if len(content) > _MOST:
        return None
    if suffix in _PLAIN:
        return _decoded(content)
    if suffix in _PACKED:
        return _unpacked(content)
    return None


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _unpacked(content: bytes) -> str | None:
    room, texts = _MOST, []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for part in packed.infolist():
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                with packed.open(part) as opened:
                    raw = opened.read(room + 1)
                room -= len(raw)
                if room < 0:
                    return None
                text = raw.decode("utf-8", errors="replace")
                texts.append(_TAG.sub("", _ENDS.sub("\n", text)))
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return None
    return "\n".join(texts)
