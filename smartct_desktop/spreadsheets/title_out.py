"""The lines above the headings of a sheet that is made for people."""

from __future__ import annotations

import textwrap

from smartct_desktop.domain.report import Report, Table
from smartct_desktop.spreadsheets.cells_out import clean, day_text, local
from smartct_desktop.spreadsheets.looks_out import Looks
from smartct_desktop.spreadsheets.xlsx_face import XlsxFormat

_LEAST_ROOM = 40  # characters of a line of the note


def title_lines(
    report: Report, table: Table, looks: Looks, width: float
) -> list[tuple[str, XlsxFormat]]:
    """Give title, period and note with their looks; the note is folded to `width` characters."""
    lines = [(f"{report.title} · {table.name}", looks.title)]
    if len(report.tables) == 1:
        lines = [(report.title, looks.title)]
    lines += [(text, looks.subtitle) for text in (report.subtitle, report.partnership) if text]
    lines.append((_made_line(report), looks.line))
    note = textwrap.wrap(table.note, max(int(width), _LEAST_ROOM))
    lines += [(text, looks.line) for text in note]
    return [(clean(text), look) for text, look in lines]


def _made_line(report: Report) -> str:
    words = report.words
    made = f"{words.made_on}: {day_text(local(report.made_at).date())}"
    return f"{words.period}: {report.period}   ·   {made}" if report.period else made
