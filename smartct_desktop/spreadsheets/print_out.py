"""How the sheets of a written workbook are printed: pages, and the lines at their edges."""

from __future__ import annotations

import re
from math import ceil

from smartct_desktop.domain.report import Report, Table
from smartct_desktop.spreadsheets.cells_out import clean, day_text, local, utf16_length
from smartct_desktop.spreadsheets.xlsx_face import XlsxSheet, done

_A4 = 9
_TITLE_WIDTH = 90
_USUAL_WIDTH = 8.43
_PAGE_WIDTH = 230  # characters beside each other that can just be read on paper; wider goes on
_BEFORE_PICTURE = re.compile(r"&(?=[G\[])")


def set_up_pages(sheet: XlsxSheet, table: Table, bottom: int, most: int, width: float) -> None:
    """Print all down to the row `bottom` on landscape pages as wide as the columns are together.

    `most` is how many columns a sheet holds; `width` is in characters.
    """
    # A long text that runs over the right edge would shrink the page to a stamp; beside a
    # narrow table there is room for the title.
    spare = max(ceil((_TITLE_WIDTH - width) / _USUAL_WIDTH), 0)
    right = min(len(table.columns) - 1 + spare, most - 1)
    done(sheet.print_area(0, 0, bottom, right))
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    pages = max(round(width / _PAGE_WIDTH), 1)
    sheet.fit_to_pages(pages, 0)
    if pages > 1 and table.frozen:
        sheet.repeat_columns(0, table.frozen - 1)


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
