"""The first sheet of a correction workbook: what is asked for, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from smartct_desktop.domain.book import column_name
from smartct_desktop.spreadsheets.marking_notes import in_cell
from smartct_desktop.spreadsheets.marking_styles import (
    HEADING,
    LINK,
    SIGN,
    TEXT,
    TITLE,
    MarkingStyles,
)

_WIDTHS = (22, 9, 34, 72, 20)
_LINE, _TITLE_LINE, _MOST_LINES = 15, 22, 20  # points, points, lines
Cell: TypeAlias = tuple[str, int]
"""A text of the list, and its look."""

_LONGEST = 32_000
_FIRST_LINE = 6


@dataclass(frozen=True, slots=True)
class CellMark:
    """One cell to be marked, with its note; rows count from 1, columns from 0.

    `sheet` is None in a file without sheets. `refused` tells cells that keep their row out from
    those that can be read in several ways.
    """

    sheet: str | None
    row: int
    column: int
    note: str
    refused: bool


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of the list; without a `mark` it is about no single cell."""

    sheet: str | None
    mark: CellMark | None
    value: str
    advice: str
    rule: str


@dataclass(frozen=True, slots=True)
class CorrectionSheet:
    """The first sheet, in the language of the sender.

    `sign` is what it is known by when it comes back, `note_start` what our notes begin with;
    `headings` are those of the five columns. `earlier` names the list of an earlier round in the
    same file: it is replaced, and the marks of that round go.
    """

    name: str
    title: str
    explanation: str
    sign: str
    note_start: str
    headings: tuple[str, ...]
    lines: tuple[ListLine, ...]
    earlier: str | None = None


def list_part(sheet: CorrectionSheet, namespace: str, styles: MarkingStyles, only: str) -> bytes:
    """Give the sheet as a part of a workbook; `only` names the sheet of a file without names."""
    rows = [
        _row(1, [(sheet.title, TITLE)], styles, _TITLE_LINE),
        _row(2, [(sheet.explanation, TEXT)], styles, _height([sheet.explanation], [sum(_WIDTHS)])),
        _row(3, [(sheet.sign, SIGN)], styles),
        _row(_FIRST_LINE - 1, [(heading, HEADING) for heading in sheet.headings], styles),
    ]
    links = []
    for number, line in enumerate(sheet.lines, _FIRST_LINE):
        name = only if line.sheet is None else line.sheet
        cell = f"{column_name(line.mark.column)}{line.mark.row}" if line.mark else ""
        texts = [
            (name, TEXT),
            (cell, LINK),
            (line.value, TEXT),
            (line.advice, TEXT),
            (line.rule, TEXT),
        ]
        height = _height([text for text, _ in texts], _WIDTHS)
        rows.append(_row(number, texts, styles, height))
        if cell:
            quoted = name.replace("'", "''")
            place = quoteattr(f"'{quoted}'!{cell}")
            links.append(f'<hyperlink ref="B{number}" location={place}/>')
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(_WIDTHS, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{namespace}"><sheetPr><tabColor rgb="FFE0A100"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{_FIRST_LINE - 1}" topLeftCell="A{_FIRST_LINE}" activePane="bottomLeft" '
        'state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        '<mergeCells count="1"><mergeCell ref="A2:E2"/></mergeCells>'
        f"{linked}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Give the height of a row that shows all of its texts; not every program finds it itself."""
    lines = max(
        sum(1 + len(line) // width for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return _LINE * min(lines, _MOST_LINES) + 2


def _row(number: int, cells: Sequence[Cell], styles: MarkingStyles, height: int = _LINE) -> str:
    made = "".join(
        f'<c r="{column_name(column)}{number}" s="{styles.own(look)}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{escape(in_cell(text)[:_LONGEST])}</t></is></c>'
        for column, (text, look) in enumerate(cells)
        if text
    )
    return f'<row r="{number}" ht="{height}" customHeight="1">{made}</row>'
