"""Whether a finished workbook opens: asked before it takes the place of another file."""

from __future__ import annotations

import zlib
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence

_CHUNK = 1 << 20
_XML = (".xml", ".rels", ".vml")
_NEEDED = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/styles.xml")


def prove(workbook: Path, sheets: int, progress: Progress) -> None:
    """Read the whole file once: checksums, well-formed XML, and so many sheets.

    Raises `Trouble` if a program could refuse the file, `Cancelled`.
    """
    try:
        with ZipFile(workbook) as parts:
            names = parts.namelist()
            wanted = [*_NEEDED, *(f"xl/worksheets/sheet{n + 1}.xml" for n in range(sheets))]
            if len(set(names)) != len(names) or not set(wanted) <= set(names):
                raise _not_whole()
            for done, name in enumerate(names):
                _read(parts, name, done, len(names), progress)
    except (BadZipFile, expat.ExpatError, zlib.error, EOFError) as failure:
        raise _not_whole() from failure


def _read(parts: ZipFile, name: str, done: int, total: int, progress: Progress) -> None:
    parser = expat.ParserCreate() if name.endswith(_XML) else None
    with parts.open(name) as part:
        while chunk := part.read(_CHUNK):
            progress.report(Sentence("Checking the workbook"), done, total)
            if parser is not None:
                parser.Parse(chunk, False)
    if parser is not None:
        parser.Parse(b"", True)


def _not_whole() -> Trouble:
    return Trouble(
        Sentence("The finished workbook did not pass its check, so it was not saved."),
        Sentence("Try again; if it happens again, have the drive checked."),
    )
