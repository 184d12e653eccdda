"""The lines at the top and the bottom of the printed pages of a written workbook."""

from __future__ import annotations

import re

from smartct_desktop.domain.report import Report
from smartct_desktop.spreadsheets.cells_out import clean, day_text, local, utf16_length
from smartct_desktop.spreadsheets.xlsx_face import XlsxSheet

_BEFORE_PICTURE = re.compile(r"&(?=[G\[])")


def set_running_lines(sheet: XlsxSheet, report: Report, name: str) -> None:
    """The lines at the top and the bottom of every printed page."""
    words = report.words
    made = f"{words.made_on}: {day_text(local(report.made_at).date())}"
    page = _print_text(words.page, 60).replace("{page}", "&P").replace("{pages}", "&N")
    sheet.set_header(f"&L{_print_text(report.title, 120)}&R{_print_text(report.partnership, 120)}")
    sheet.set_footer(f"&L{_print_text(made, 80)}&C{_print_text(name, 80)}&R{page}")


def _print_text(text: str, limit: int) -> str:
    """Text for such a line, which holds 255 UTF-16 units and takes an ampersand for a command.

    XlsxWriter takes &G and &[ for a picture even behind an escaped ampersand, so that a character
    without width stands between.
    """
    text = " ".join(clean(text).split())
    escaped = _BEFORE_PICTURE.sub("&\u200b", text).replace("&", "&&")
    while utf16_length(escaped) > limit:
        text = text[:-1]
        escaped = _BEFORE_PICTURE.sub("&\u200b", text).replace("&", "&&")
    return escaped
