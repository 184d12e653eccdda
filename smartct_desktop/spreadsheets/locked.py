"""Opens a workbook that is locked by a password, inside of the reading process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msoffcrypto
from msoffcrypto.exceptions import (
    DecryptionError,
    FileFormatError,
    InvalidKeyError,
    ParseError,
)
from msoffcrypto.format.ooxml import OOXMLFile

from smartct_desktop.domain.book import BookFormat
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.compound import refuse_rings
from smartct_desktop.spreadsheets.container import COMPOUND, recognise
from smartct_desktop.spreadsheets.locked_ods import unlocked_ods
from smartct_desktop.spreadsheets.ods import is_locked
from smartct_desktop.spreadsheets.request import Request
from smartct_desktop.spreadsheets.zip_parts import Parts

_OPENED = "opened"
_XML_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def unlocked(request: Request) -> Request:
    """Give a request for the opened workbook; one that is not locked stays as it is.

    The opened copy lies beside the private copy and goes with it. Raises `PasswordNeeded` for a
    wrong password, `Trouble` for a lock that cannot be opened here.
    """
    opened = request.path.with_name(_OPENED)
    if not _open(request, request.choice.password or "", opened):
        return request
    form = recognise(opened, request.name, request.limits)
    return replace(request, path=opened, format=form)


def _open(request: Request, password: str, opened: Path) -> bool:
    """Write the opened workbook; false if there is no lock."""
    name = request.name
    if request.format is BookFormat.ODS:
        with Parts(request.path, name, request.limits) as parts:
            if not is_locked(parts):
                return False
        unlocked_ods(request.path, name, request.limits, password, opened)
        return True
    content = request.path.read_bytes()
    if request.format is BookFormat.XLSX:
        _refuse_document_type(content, name)
    try:
        if content.startswith(COMPOUND):
            refuse_rings(content)
        with request.path.open("rb") as file:
            office = msoffcrypto.OfficeFile(file)
            if not office.is_encrypted():
                return False
            # Old workbooks always tell a wrong password, new ones only if they are asked to.
            asked = {"verify_password": True} if isinstance(office, OOXMLFile) else {}
            office.load_key(password=password, **asked)
            with opened.open("xb") as target:
                office.decrypt(target)
    except FileFormatError:
        return False  # no file of Office, so not locked like one
    except InvalidKeyError as error:
        raise refusals.wrong_password(name) from error
    except (DecryptionError, ParseError) as error:
        raise refusals.protected(name) from error
    except MemoryError:
        raise
    except Exception as error:  # the library parses a foreign file and raises whatever it meets
        raise refusals.damaged(name) from error
    return True


def _refuse_document_type(content: bytes, name: str) -> None:
    """Raise `Trouble` if what describes the lock declares a document type: it is XML, too."""
    if any("<!DOCTYPE".encode(encoding) in content for encoding in _XML_ENCODINGS):
        raise refusals.unsafe(name)
