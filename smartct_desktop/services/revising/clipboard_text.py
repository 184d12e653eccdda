"""Reads what spreadsheet programs put on the clipboard: text split by tabs, and HTML tables."""

from __future__ import annotations

from smartct_desktop.services.revising.clipboard_html import read_html
from smartct_desktop.services.revising.pasting import COVERED, Rectangle
from smartct_desktop.services.revising.revision import Given


def read_clipboard(text: str, html: str = "") -> Rectangle | None:
    """The rectangle that is meant; None if there is nothing.

    The text says best what the cells say, the HTML which of them are numbers and days: where both
    are there and have the same shape, they are read together. Cells that a short row lacks are left
    alone.
    """
    from smartct_desktop.spreadsheets.csv_out import without_guard

    split = read_tsv(text)
    table = read_html(html) if html else None
    if not split:
        return table
    width = max(map(len, split))
    rows = [
        (*(Given(without_guard(cell)) for cell in row), *([COVERED] * (width - len(row))))
        for row in split
    ]
    if table is None or table.height != len(rows) or table.width != width:
        return Rectangle(tuple(rows), merged=table is not None and table.merged)
    both = tuple(
        tuple(_both(said, shown) for said, shown in zip(*pair, strict=True))
        for pair in zip(rows, table.rows, strict=True)
    )
    return Rectangle(both, table.merged)


def _both(said: Given, shown: Given) -> Given:
    if shown is COVERED and not said.text:
        return COVERED
    return Given(said.text, shown.exact, shown.known) if shown.known and said.text else said


def read_tsv(text: str) -> list[list[str]]:
    """Rows of cells, quoted as Excel does it; a quote that does not close a cell is a letter."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\0")
    text = text.removesuffix("\n")
    if not text:
        return []
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        cell, at = _cell(text, at)
        rows[-1].append(cell)
        if at >= len(text):
            return rows
        if text[at] == "\n":
            rows.append([])
        at += 1


def _cell(text: str, start: int) -> tuple[str, int]:
    """The cell that begins there, and where the tab or line break behind it stands."""
    if text.startswith('"', start):
        at = start + 1
        while (end := text.find('"', at)) >= 0:
            if text.startswith('""', end):
                at = end + 2
                continue
            if end + 1 == len(text) or text[end + 1] in "\t\n":
                return text[start + 1 : end].replace('""', '"'), end + 1
            break
    ends = [end for end in (text.find("\t", start), text.find("\n", start)) if end >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end
