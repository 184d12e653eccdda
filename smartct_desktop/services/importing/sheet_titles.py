"""What stands above a list: titles, or a few labels with the event, its day and its place."""

from __future__ import annotations

from collections.abc import Sequence

from smartct_desktop.domain.book import Row
from smartct_desktop.services.importing.heading_rows import text_of
from smartct_desktop.services.importing.headings import Headings
from smartct_desktop.services.importing.sheet_cells import title_of_row

_TITLE = "event.title"
_PLACE = "event.city"
_DAYS = frozenset({"event.dates", "event.start"})


def titles_above(rows: Sequence[Row], headings: Headings) -> list[tuple[int, str]]:
    """Give the titles with their rows; "Event: …", "Date: …" and "Place: …" become one."""
    titles: list[tuple[int, str]] = []
    labelled: dict[str, tuple[int, str]] = {}
    for row in rows:
        code, value = _labelled(row, headings)
        if code and value:
            labelled.setdefault(code, (row.number, value))
        elif title := title_of_row(row):
            titles.append((row.number, title))
    if _TITLE not in labelled:
        return sorted([*titles, *labelled.values()])
    number, event = labelled[_TITLE]
    parts = [labelled[code][1] for code in (_PLACE, "event.dates") if code in labelled]
    return [(number, ", ".join([event, *parts])), *titles]


def _labelled(row: Row, headings: Headings) -> tuple[str, str]:
    """Give what a row of a label and a value tells of an event; nothing for all other rows."""
    filled = [text for value in row.values if (text := text_of(value))]
    if len(filled) == 1 and ":" in filled[0]:
        label, _, rest = filled[0].partition(":")
        filled = [label, rest.strip()]
    if len(filled) != 2 or not filled[1]:
        return "", ""
    codes = {sense.code for sense in headings.plain(filled[0])}
    if _TITLE in codes:
        return _TITLE, filled[1]
    if _PLACE in codes:
        return _PLACE, filled[1]
    return ("event.dates", filled[1]) if codes & _DAYS else ("", "")
