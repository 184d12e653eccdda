"""Writing 20,000 rows × 20 columns, against XlsxWriter fed from memory and doing nothing else."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations

from benchmarks.lines import Line, in_turn
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Column, Kind, Report, Table, Total
from smartct_desktop.spreadsheets.writing import write_workbook

ROWS = 20_000
DAY = dt.date(2021, 11, 16)

COLUMNS = (
    Column("Record id", Kind.ID),
    *(Column(f"Text {n}") for n in range(11)),
    *(Column(f"Days {n}", Kind.NUMBER, places=1) for n in range(3)),
    *(Column(f"Money {n}", Kind.MONEY, total=Total.SUM) for n in range(2)),
    *(Column(f"Day {n}", Kind.DAY) for n in range(3)),
)


def _row(number: int) -> tuple:
    return (
        f"{number:032x}",
        *(f"Organisation {number} of {n} GmbH" for n in range(11)),
        *(number % 5 + 0.5 for _ in range(3)),
        *(number * 100 for _ in range(2)),
        *(DAY + dt.timedelta(number % 900) for _ in range(3)),
    )


def measure(runs: int, *, large: bool) -> list[Line]:
    """Write the same values with our writer and with the library alone."""
    rows = [_row(number) for number in range(ROWS * 5 if large else ROWS)]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "ours.xlsx")

        def ours() -> None:
            table = Table("Rows", COLUMNS, iter(rows), expected=len(rows) + 20_001)
            moment = dt.datetime(2022, 7, 1, 9, 0, 0, tzinfo=dt.UTC)
            write_workbook(Report("Rows", moment, (table,)), target, Progress())

        def floor() -> None:
            book = xlsxwriter.Workbook(str(Path(folder, "floor.xlsx")), {"constant_memory": True})
            sheet = book.add_worksheet()
            day = book.add_format({"num_format": "dd.mm.yyyy"})
            for number, row in enumerate(rows):
                for place in range(12):
                    sheet.write_string(number, place, row[place])
                for place in range(12, 15):
                    sheet.write_number(number, place, row[place])
                for place in range(15, 17):
                    sheet.write_number(number, place, row[place] / 100)
                for place in range(17, 20):
                    sheet.write_datetime(number, place, row[place], day)
            book.close()

        times = in_turn(ours, floor, runs)
    return [Line(f"export of {len(rows):,} rows × 20", *times, "XlsxWriter alone", goal=1.4)]
