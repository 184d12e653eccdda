"""Reads the tables of a web archive (.mht, .mhtml), one file that holds the pages of a workbook."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message as Mail
from pathlib import Path

from smartct_desktop.domain.book import Book, BookFormat, TextForm
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.blocks import Message
from smartct_desktop.spreadsheets.html_tables import page_form, read_html
from smartct_desktop.spreadsheets.request import FileChoice, Request

_PAGE, _PAGES = "page", "pages"


def read_web_archive(request: Request) -> Iterator[Message]:
    """Read the tables of all pages of an archive, one after the other.

    The pages lie unpacked beside the private copy and go with it. Raises `Trouble` if there is no
    table, or more than the limits allow.
    """
    archive = email.message_from_bytes(request.path.read_bytes(), policy=email.policy.compat32)
    pages: list[str] = []
    doubtful: TextForm | None = None
    for part in archive.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            text, form = _text(part, content, request)
            pages.append(text)
            doubtful = doubtful or form
    if not pages:
        raise refusals.no_table(request.name, Sentence("a web archive without a table"))
    unpacked = _beside(request, _PAGES)
    unpacked.write_text("\n".join(pages), encoding="utf-8-sig")
    for message in read_html(replace(request, path=unpacked, choice=FileChoice())):
        match message:
            case Book():
                yield replace(message, format=BookFormat.MHT, text=doubtful)
            case _:
                yield message


def _text(part: Mail, content: bytes, request: Request) -> tuple[str, TextForm | None]:
    """Give the text of a page, and how else it could be read if nothing names its encoding."""
    named = part.get_content_charset()
    if named is not None:
        try:
            return content.decode(named, "replace"), None
        except LookupError:
            pass
    page = _beside(request, _PAGE)
    page.write_bytes(content)
    form = page_form(page, request.choice.encoding)
    chosen = request.choice.encoding is not None
    return content.decode(form.encoding, "replace"), form if chosen or not form.certain else None


def _beside(request: Request, name: str) -> Path:
    return request.path.with_name(name)
