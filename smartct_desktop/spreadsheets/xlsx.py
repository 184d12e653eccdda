"""Reads an .xlsx or .xlsm workbook: every sheet that holds cells, in order, with its facts."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.book import Book, BookFormat, Sheet
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.blocks import Advance, Block, Budget, Message
from smartct_desktop.spreadsheets.request import Request
from smartct_desktop.spreadsheets.xlsx_facts import Facts, FactsReader
from smartct_desktop.spreadsheets.xlsx_parts import (
    SheetPart,
    read_workbook_part,
    relations,
)
from smartct_desktop.spreadsheets.xlsx_sheet import BookContext, CellReader
from smartct_desktop.spreadsheets.xlsx_strings import SharedTexts
from smartct_desktop.spreadsheets.xlsx_styles import read_looks
from smartct_desktop.spreadsheets.xml_reading import GrowingTree, local, space_of
from smartct_desktop.spreadsheets.zip_parts import Parts

_NOTES = {
    "vbaproject.bin": Sentence("The workbook contains macros. They are never run."),
    "externallinks/": Sentence(
        "The workbook refers to other workbooks. Their values are taken as they were last saved."
    ),
    "connections.xml": Sentence(
        "The workbook is connected to data elsewhere. The connection is never opened."
    ),
    "embeddings/": Sentence("The workbook contains other files. They are not read."),
}


def read_xlsx(request: Request) -> Iterator[Message]:
    """Read a workbook piece by piece.

    Raises `Trouble` if it is damaged or has more than the limits allow.
    """
    name, limits = request.name, request.limits
    with Parts(request.path, name, limits) as parts:
        main = read_workbook_part(parts, name)
        book = BookContext(
            name,
            read_looks(parts, main.styles, name),
            SharedTexts(parts, main.texts, name),
            Budget(name, limits),
            main.from_1904,
            request.rows,
        )
        notes = [note for part, note in _NOTES.items() if any(part in entry for entry in parts)]
        sheets = [sheet for sheet in main.sheets if sheet.kind == "worksheet"]
        if len(sheets) < len(main.sheets):
            notes.append(Sentence("The workbook has sheets without cells. They are not read."))
        if not sheets:
            raise refusals.empty(name)
        done, total = 0, sum(parts.size(sheet.part) for sheet in sheets if sheet.part in parts)
        for sheet in sheets:
            for message in _read_sheet(parts, sheet, book):
                yield message if not isinstance(message, int) else Advance(done + message, total)
            done += parts.size(sheet.part)
        yield Book(name, request.sha256, BookFormat.XLSX, (), main.from_1904, tuple(notes))


def _read_sheet(parts: Parts, sheet: SheetPart, book: BookContext) -> Iterator[Block | Sheet | int]:
    """The blocks of a sheet, the number of bytes read after each, and last the sheet."""
    pending: list[Block] = []
    known = relations(parts, sheet.part, book.name)
    facts = FactsReader(parts, known, book.name, book.budget)
    cells: CellReader | None = None
    tree = GrowingTree(parts, sheet.part, book.name)
    found = False
    while tree.grow():
        root = tree.root
        if root is None:
            continue
        if cells is None:
            cells = CellReader(book, sheet.name, space_of(root), pending.append)
        for group in root:
            if local(group.tag) == "sheetData":
                found = True
                cells.take(tree.finished(group))
            elif local(group.tag) != "autoFilter":
                facts.take_children(tree.finished(group))
                tree.prune(group)
        facts.take_groups(tree.finished(root))
        if pending:
            yield from pending
            pending.clear()
            yield tree.done
        if cells.more:
            break
    if cells is None or not found:
        raise refusals.damaged(book.name)
    cells.flush()
    yield from pending
    facts.read_comments()
    yield _sheet_of(sheet, cells, facts.facts)


def _sheet_of(sheet: SheetPart, cells: CellReader, facts: Facts) -> Sheet:
    hidden_rows = frozenset(cells.hidden_rows)
    return Sheet(
        name=sheet.name,
        rows=(),
        visibility=sheet.visibility,
        whole=not cells.more,
        merged=tuple(facts.merged),
        hidden_rows=hidden_rows,
        hidden_columns=frozenset(
            column
            for first, end in facts.hidden_columns
            for column in range(first, min(end, cells.width))
        ),
        filter_area=facts.filter_area,
        filtered_rows=frozenset(
            row
            for row in hidden_rows
            if any(area.first_row <= row <= area.last_row for area in facts.filtered)
        ),
        tables=tuple(facts.tables),
        comments=facts.comments,
        links=facts.links,
    )
