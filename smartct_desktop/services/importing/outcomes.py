"""What becomes of the cells of a column once they are read: values, faults, texts kept, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from smartct_desktop.domain.book import Mark
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Day, Field, Reference, Text
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing import text_cells
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.cells import Code, cell_type, field_of
from smartct_desktop.services.importing.understood import (
    GENERAL,
    CellReader,
    Doubt,
    Fault,
    Groups,
    Hang,
    Kept,
    Note,
    RawColumn,
    Understood,
    distinct,
)

_LONGEST_NAME = 500


def answered(doubt: Doubt, reply: Any, question: str) -> Any:
    """Give the value that an answer stands for. Raises `Invalid` for one that fits nothing."""
    try:
        return doubt.read(reply)
    except ValueError:
        raise Invalid(
            Sentence(
                "The answer “{answer}” does not fit the question {question}.",
                answer=reply,
                question=question,
            )
        ) from None


def real_days(column: RawColumn, groups: Groups, reader: CellReader) -> tuple[list[Any], Groups]:
    """Take over the real days of a column of days as they are; give what is left to be read.

    Where they are no plain days to the reader (it asks, or turns them around) all is left.
    """
    first = next((value for value in column.values if value.__class__ is date), None)
    if first is None or not isinstance(cell_type(column.code), Day):
        return [None] * len(column.values), groups
    if reader(first, GENERAL) != first:
        return [None] * len(column.values), column.groups()
    return [value if value.__class__ is date else None for value in column.values], groups


def plain_texts(column: RawColumn) -> list[str | None]:
    """Take over texts in a column of texts that are taken as they stand; None for other cells.

    Most texts need no cleaning; so they are not even gathered by what they say.
    """
    type_, field = cell_type(column.code), field_of(column.code)
    if not isinstance(type_, Text | Code):
        return []
    match field and field.type:
        case Text(longest):
            pass
        case None | Reference():
            longest = _LONGEST_NAME
        case _:
            return []
    return [
        value
        if value.__class__ is str
        and value.isascii()
        and value.isprintable()
        and "  " not in value
        and 0 < len(value) <= longest
        and value[0] != " " != value[-1]
        else None
        for value in column.values
    ]


def fits_at_a_glance(field: Field, outcome: Any) -> bool:
    """Whether it can be seen at a glance that a field holds a value."""
    if isinstance(outcome, str):
        short = isinstance(field.type, Text) and len(outcome) <= field.type.longest
        return short and outcome.isascii() and outcome.isprintable()
    return isinstance(outcome, bool) or not isinstance(outcome, int | Decimal | date | tuple)


def put(found: Understood, places: Sequence[int], outcome: Any) -> None:
    """Put what was read of a cell to all places where it stands."""
    match outcome:
        case None:
            pass
        case str() | int() | Decimal() | date():
            values = found.values
            for place in places:
                values[place] = outcome
        case Hang(question, propose):
            found.asked.update(dict.fromkeys(places, Asked(question, "", propose)))
        case Kept(text, value):
            found.texts.update(dict.fromkeys(places, text))
            put(found, places, value)
        case Fault():
            found.faults.update(dict.fromkeys(places, outcome))
        case _:
            for place in places:
                found.values[place] = outcome


def unseen_notes(column: RawColumn, groups: Groups) -> Iterator[Note]:
    """Say where characters that nobody sees were left out: they can turn what is shown around."""
    signs: set[str] = set()
    places: list[int] = []
    for value, _, where in groups:
        if isinstance(value, str) and (found := text_cells.unseen_in(value)):
            signs |= found
            places += where
    if signs:
        yield Note(
            "IMP-14",
            Severity.WARNING,
            Sentence(
                "Characters that nobody sees ({signs}) are left out in the column “{header}”.",
                signs=", ".join(sorted(signs)),
                header=column.header,
            ),
            tuple(sorted(places)),
        )


def put_missing_results(column: RawColumn, found: Understood) -> None:
    """Refuse formulas whose result the file does not hold; their cells only look blank."""
    without = {id(look) for look in distinct(column.looks) if Mark.NO_RESULT in look.marks}
    for place, look in enumerate(column.looks) if without else ():
        if id(look) in without and column.values[place] is None:
            sentence = Sentence(
                "The result of the formula in {cell} is not in the file. Save the file in a "
                "spreadsheet program and import it again.",
                cell=f"{column.letter}{column.numbers[place]}",
            )
            found.faults[place] = Fault("IMP-04", sentence)
