"""What a person said that columns hold, where it cannot be so: refused, not forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.cells import plan_word
from smartct_desktop.services.importing.columns import NOTHING, MappedColumn
from smartct_desktop.services.importing.questions import Answers, Place
from smartct_desktop.services.importing.read_sheets import ReadSheet, ReadTable


def refuse_misfits(given: Answers, sheets: Sequence[ReadSheet]) -> None:
    """Look whether columns could be taken as answers say. Raises `Invalid`.

    Data that must not be kept are not taken whoever says so (GDP-01); a field holds one column.
    """
    for sheet in sheets:
        for table in sheet.tables:
            for column in table.mapped:
                said = given.get(_place(sheet, column).id)
                if said in (None, NOTHING):
                    continue
                _refuse_sensitive(column)
                _refuse_unknown(column, str(said))
                _refuse_second(table, column)


def _place(sheet: ReadSheet, column: MappedColumn) -> Place:
    text = Sentence("")
    return Place("what_is_this_column", "column", text, sheet.sheet.name, column.letter)


def _refuse_sensitive(column: MappedColumn) -> None:
    if column.refused.startswith("sensitive."):
        raise Invalid(
            Sentence(
                "The column {letter} “{header}” holds data that must not be kept. It cannot be "
                "taken.",
                letter=column.letter,
                header=column.header,
            )
        )


def _refuse_unknown(column: MappedColumn, said: str) -> None:
    code = column.code or ""
    if said not in {code, plan_word(code) if code else "", code.partition(".")[2]} - {""}:
        raise Invalid(
            Sentence(
                "The column {letter} “{header}” cannot hold “{field}” in this list.",
                letter=column.letter,
                header=column.header,
                field=said,
            )
        )


def _refuse_second(table: ReadTable, column: MappedColumn) -> None:
    other = next(
        (c for c in table.mapped if c.code == column.code and c.index != column.index), None
    )
    if other is not None:
        raise Invalid(
            Sentence(
                "The columns {one} “{first}” and {other} “{second}” cannot both hold the same. "
                "Leave one of them out first.",
                one=column.letter,
                first=column.header,
                other=other.letter,
                second=other.header,
            )
        )
