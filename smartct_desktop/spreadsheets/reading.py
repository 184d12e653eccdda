"""Reads a file of any kind in the process it is called in, and puts the book together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from smartct_desktop.domain.book import Book, BookFormat, Sheet
from smartct_desktop.spreadsheets.blocks import Advance, Block, Message, RowsOfBlocks
from smartct_desktop.spreadsheets.csv_text import read_text
from smartct_desktop.spreadsheets.request import Request
from smartct_desktop.spreadsheets.xlsx import read_xlsx


def read(request: Request) -> Iterator[Message]:
    """Read what `container.recognise` has let pass, piece by piece. Raises `Trouble`."""
    if request.choice.password is not None:
        from smartct_desktop.spreadsheets.locked import unlocked

        request = unlocked(request)
    return _reader(request.format)(request)


def _reader(form: BookFormat) -> Callable[[Request], Iterator[Message]]:
    """The reader of a format; what the others need is not imported."""
    match form:
        case BookFormat.XLSX:
            return read_xlsx
        case BookFormat.TEXT:
            return read_text
        case BookFormat.XLS:
            from smartct_desktop.spreadsheets.xls import read_xls

            return read_xls
        case BookFormat.ODS:
            from smartct_desktop.spreadsheets.ods import read_ods

            return read_ods
        case BookFormat.HTML:
            from smartct_desktop.spreadsheets.html_tables import read_html

            return read_html
        case BookFormat.XLSB:
            from smartct_desktop.spreadsheets.xlsb import read_xlsb

            return read_xlsb
        case BookFormat.SPREADSHEETML:
            from smartct_desktop.spreadsheets.spreadsheetml import read_spreadsheetml

            return read_spreadsheetml
        case BookFormat.MHT:
            from smartct_desktop.spreadsheets.web_archive import read_web_archive

            return read_web_archive
        case _:
            assert_never(form)


class Assembler:
    """Puts the pieces of a book together in the order in which a reader gives them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows = RowsOfBlocks()
        self._sheets: list[Sheet] = []
        self.book: Book | None = None

    def add(self, message: Message) -> None:
        """Take the next piece; `book` is set by the last one. Raises `Trouble` for rows twice."""
        match message:
            case Advance():
                pass
            case Block():
                self._rows.add(message)
            case Sheet():
                rows = self._rows.in_order(self._name, message.name or "")
                self._sheets.append(replace(message, rows=rows))
                self._rows = RowsOfBlocks()
            case Book():
                self.book = replace(message, sheets=tuple(self._sheets))


def assembled(name: str, messages: Iterable[Message]) -> Book:
    """The book that a complete reading gives."""
    assembler = Assembler(name)
    for message in messages:
        assembler.add(message)
    if assembler.book is None:
        raise AssertionError(name)
    return assembler.book
