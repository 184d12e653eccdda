"""Writing 20,000 rows × 20 columns, against XlsxWriter fed from memory and doing nothing else."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
from collections.abc import Iterable
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
            _write_ours(iter(rows), len(rows), target)

        def floor() -> None:
            _write_floor(rows, len(rows), Path(folder, "floor.xlsx"))

        times = in_turn(ours, floor, runs)
        number = len(rows)
        peaks = (_peak("ours", number, target), _peak("floor", number, target))
    return [
        Line(f"export of {number:,} rows × 20", *times, "XlsxWriter alone", goal=1.4),
        Line(f"memory: export of {number:,} rows", *peaks, "XlsxWriter alone", unit="MB"),
    ]


MEMORY = """
import sys
from pathlib import Path
from benchmarks import writing
from benchmarks.tables import peak

rows = (writing._row(number) for number in range(int(sys.argv[2])))
getattr(writing, f"_write_{sys.argv[1]}")(rows, int(sys.argv[2]), Path(sys.argv[3]))
print(peak())
"""


def _peak(which: str, rows: int, target: Path) -> float:
    """The most memory that a process takes to write so many rows, in megabytes."""
    run = subprocess.run(
        [sys.executable, "-c", MEMORY, which, str(rows), str(target)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(run.stdout)


def _write_ours(rows: Iterable[tuple], count: int, target: Path) -> None:
    table = Table("Rows", COLUMNS, rows, expected=count + 20_001)
    moment = dt.datetime(2022, 7, 1, 9, 0, 0, tzinfo=dt.UTC)
    write_workbook(Report("Rows", moment, (table,)), target, Progress())


def _write_floor(rows: Iterable[tuple], _count: int, target: Path) -> None:
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
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
