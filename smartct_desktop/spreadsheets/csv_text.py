"""Reads a text table (.csv, .tsv, .txt): every value a text, nothing guessed without saying so."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain, islice

from smartct_desktop.domain.book import Book, BookFormat, Sheet, TextForm
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.blocks import Advance, Block, Budget, Message
from smartct_desktop.spreadsheets.csv_records import records
from smartct_desktop.spreadsheets.request import Request
from smartct_desktop.spreadsheets.text_dialect import Dialect, guess_delimiter, named_delimiter
from smartct_desktop.spreadsheets.text_encodings import chosen_or_guessed

_DIALECT_LINES = 300
_NAMED_LINES = 3
_SAMPLE = 200
_DAMAGED = "\ufffd"
_END_OF_TEXT = "\x1a"  # which old programs put behind the last line


def read_text(request: Request) -> Iterator[Message]:
    """Read a text table piece by piece.

    Raises `Trouble` if it has more than the limits allow, or if the chosen encoding does not exist.
    """
    path, choice = request.path, request.choice
    guess = chosen_or_guessed(path, choice.encoding)
    taker = _Taker(Budget(request.name, request.limits), request.rows)
    untidy: list[int] = []
    size = path.stat().st_size
    with io.TextIOWrapper(
        path.open("rb"), guess.encodings[0].name, errors="replace", newline=""
    ) as text:
        head = list(islice(text, _DIALECT_LINES))
        named = named_delimiter(head[0]) if head else None
        start = 0 if named is None else 1
        dialect = _dialect(head[start:], choice.delimiter, named)
        lines = chain(head[start:], text)
        for number, fields in records(lines, dialect.delimiters[0], start + 1, untidy):
            block = taker.take(number, fields)
            if block is not None:
                yield block
                yield Advance(text.buffer.tell(), size)
            if taker.more:
                break
    last = taker.flush()
    if last.numbers:
        yield last
    yield Sheet(None, (), whole=not taker.more)
    form = TextForm(guess.encodings, guess.certain, dialect.delimiters, dialect.certain, start)
    notes = _notes(untidy, guess.encodings[0].name if taker.damaged else None)
    yield Book(request.name, request.sha256, BookFormat.TEXT, (), notes=notes, text=form)


class _Taker:
    """Gathers records that are not blank into blocks, up to the number of rows wanted."""

    def __init__(self, budget: Budget, wanted: int | None) -> None:
        self.more = False
        self.damaged = False
        self._budget = budget
        self._left = wanted
        self._block = Block()

    def take(self, number: int, fields: list[str]) -> Block | None:
        """Take a record; gives a block when one is full."""
        values = [_value(field) if field else None for field in fields]
        while values and values[-1] is None:
            values.pop()
        if not values:
            return None
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                self.more = True
                return None
        self._block.add(number, tuple(values), 0)
        return self.flush() if self._block.full else None

    def flush(self) -> Block:
        """The block as far as it is filled."""
        block, self._block = self._block, Block()
        self._budget.spend(block)
        self.damaged = self.damaged or any(
            value is not None and _DAMAGED in value  # type: ignore[operator]  # all are texts
            for row in block.values
            for value in row
        )
        return block


def _value(field: str) -> str | None:
    """What a field means to hold: ="01067" keeps zeros in Excel, '=1 keeps a text from running."""
    first = field[0]
    if first == "=" and field.startswith('="') and field.endswith('"') and len(field) > 2:
        return field[2:-1].replace('""', '"') or None
    if first == "'":
        from smartct_desktop.spreadsheets.csv_out import without_guard

        return without_guard(field)
    return None if field == _END_OF_TEXT else field


def _dialect(lines: list[str], chosen: str | None, named: str | None) -> Dialect:
    """The delimiters that may be meant; one that somebody or the file names first."""
    guess = guess_delimiter(lines)
    given = chosen or named
    if given is None:
        return guess
    return Dialect((given, *(sign for sign in guess.delimiters if sign != given)), certain=True)


def _notes(untidy: list[int], damaged_in: str | None) -> tuple[Sentence, ...]:
    notes = [
        Sentence(
            "In line {line} a quotation mark is not closed properly; the line was taken as it is.",
            line=line,
        )
        for line in untidy[:_NAMED_LINES]
    ]
    if len(untidy) > _NAMED_LINES:
        more = len(untidy) - _NAMED_LINES
        notes.append(Sentence("So it is in {count} further lines.", count=more))
    if damaged_in is not None:
        notes.append(
            Sentence(
                "Some characters are damaged: they do not exist in the encoding {encoding}.",
                encoding=damaged_in,
            )
        )
    return tuple(notes)
