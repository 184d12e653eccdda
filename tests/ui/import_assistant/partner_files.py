"""Files as partners send them, written for one test each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations

EXCHANGE_HEADINGS = (
    *("Ref", "Visiting organisation", "Visitor country", "Host organisation", "Host country"),
    *("Start", "End", "Working days", "Amount EUR", "Status"),
)


def write_sheets(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook; dates are written as dates, everything else as it is."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "dd.mm.yy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(row, column, dt.datetime(*value.timetuple()[:3]), day)
                    elif value is not None:
                        sheet.write(row, column, value)
    return path


def exchange(number: int, **changed: object) -> dict[str, object]:
    """One exchange by heading; `changed` names headings in small letters with underscores."""
    row: dict[str, object] = {
        "Ref": f"X-{number:02d}",
        "Visiting organisation": f"Visitante {number}, S.L.",
        "Visitor country": "ES",
        "Host organisation": f"Gastgeber {number} GmbH",
        "Host country": "DE",
        "Start": dt.date(2022, 3, 7),
        "End": dt.date(2022, 3, 9),
        "Working days": 3,
        "Amount EUR": 415,
        "Status": "closed",
    }
    by_word = {heading.lower().replace(" ", "_"): heading for heading in EXCHANGE_HEADINGS}
    for word, value in changed.items():
        row[by_word.get(word, word)] = value
    return row


def exchanges(
    path: Path,
    *rows: Mapping[str, object],
    above: Sequence[Sequence[object]] = (),
    below: Sequence[Sequence[object]] = (),
) -> Path:
    """A list of exchanges: what stands above, headings, rows, what stands below."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    cells = [[row.get(heading) for heading in headings] for row in rows]
    return write_sheets(path, {"Exchanges": [*above, headings, *cells, *below]})


def doubtful_dates(path: Path) -> Path:
    """Two exchanges whose day of payment can be read in two ways, with headings in German."""
    headings = (
        *("Nr.", "Besuchende Organisation", "Land des Besuchers", "Gastgebende Organisation"),
        *("Land des Gastgebers", "von", "bis", "Arbeitstage", "Pauschale EUR", "überwiesen am"),
    )
    stay = (dt.date(2021, 11, 16), dt.date(2021, 11, 19), 3, 415)
    rows = [
        ("1", "Kabelquitte GmbH", "DE", "Rambla de Bits, S.L.", "ES", *stay, "06/12/2021"),
        ("2", "Rohrkauz GmbH", "DE", "Rambla de Bits, S.L.", "ES", *stay, "03/12/2021"),
    ]
    return write_sheets(path, {"Austausche": [headings, *rows]})


def members(path: Path) -> Path:
    """A list of members without a column for the country, which has to be asked for."""
    rows = [
        ("Netzwerk Energie & Umwelt e. V.",),
        ("Mitgliederliste",),
        (),
        ("Firma", "Ort", "Mitarbeiter", "KMU"),
        ("Pleißensenke GmbH", "Leipzig", 38, "ja"),
        ("Halbleiterhain AG", "Leipzig", "ca. 1150", "nein"),
        ("Summe", None, 1188),
    ]
    return write_sheets(path, {"Mitglieder": rows})
