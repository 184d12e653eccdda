"""Reads a file of either kind in the process it is called in, and puts the book together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from smartct_desktop.domain.book import Book, BookFormat, Sheet
from smartct_desktop.spreadsheets.blocks import Advance, Block, Message, RowsOfBlocks
from smartct_desktop.spreadsheets.csv_text import read_text
from smartct_desktop.spreadsheets.request import Request
from smartct_desktop.spreadsheets.xlsx import read_xlsx


def read(request: Request) -> Iterator[Message]:
    """Read what `container.recognise` has let pass, piece by piece. Raises `Trouble`."""
    return read_xlsx(request) if request.format is BookFormat.XLSX else read_text(request)


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
