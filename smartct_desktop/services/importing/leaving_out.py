"""Asking whether what a partner has hidden or crossed out shall be imported."""

from __future__ import annotations

from collections.abc import Sequence

from smartct_desktop.domain.book import Mark, Row, Sheet, Visibility
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.rows import FoundRows
from smartct_desktop.services.importing.skipped import Skipped, SkipReason

IMPORT, LEAVE_OUT = "import", "leave out"


def is_wanted(sheet: Sheet, asking: Asking, doubtful: dict[int, str]) -> bool:
    """Ask whether a hidden sheet shall be read; until then all its rows are doubtful."""
    if sheet.visibility is Visibility.VISIBLE:
        return True
    place = Place(
        "hidden_sheet",
        "sheet",
        Sentence("The sheet “{sheet}” is hidden. Shall it be imported?", sheet=sheet.name),
        sheet.name,
    )
    given = asking.ask(place, options=(IMPORT, LEAVE_OUT), propose=LEAVE_OUT)
    if given is None:
        doubtful |= {row.number: place.id for row in sheet.rows}
    return given is None or given.value == IMPORT


def leave_out(sheet: Sheet, rows: FoundRows, asking: Asking) -> None:
    """Ask about rows that a filter hides and about crossed out ones; leave out as told."""
    hidden = [row for row in rows.data if row.number in sheet.filtered_rows]
    place = Place(
        "filtered_rows",
        "sheet",
        Sentence("A filter hides {count} rows. Shall they be imported?", count=len(hidden)),
        sheet.name,
    )
    _ask_for(rows, asking, place, hidden, propose=IMPORT)
    struck = [row for row in rows.data if _crossed_out(row)]
    place = Place(
        "marks",
        "row",
        Sentence("{count} rows are crossed out. Shall they be imported?", count=len(struck)),
        sheet.name,
        about="crossed out",
    )
    _ask_for(rows, asking, place, struck, propose=None)


def _ask_for(
    rows: FoundRows, asking: Asking, place: Place, doubtful: Sequence[Row], *, propose: str | None
) -> None:
    if not doubtful:
        return
    numbers = {row.number for row in doubtful}
    given = asking.ask(
        place, rows=numbers, options=(IMPORT, LEAVE_OUT), propose=propose, certainty=0.6
    )
    if given is None:
        rows.doubtful |= dict.fromkeys(numbers, place.id)
    elif given.value == LEAVE_OUT:
        rows.data = [row for row in rows.data if row.number not in numbers]
        rows.skipped += [
            Skipped(place.sheet, n, n, SkipReason.NOT_WANTED, "IMP-12") for n in sorted(numbers)
        ]


def _crossed_out(row: Row) -> bool:
    """Whether all that stands in a row is crossed out."""
    looks = [row.look(c).marks for c, value in enumerate(row.values) if value is not None]
    return bool(row.looks) and all(Mark.STRUCK in marks for marks in looks)
