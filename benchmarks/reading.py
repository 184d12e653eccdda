"""Partner files as read, against the least that reading them takes.

The floor for workbooks is unpacking and tokenising them without looking at anything; where
python-calamine is installed, it is measured as well: it gives values only, and from Rust.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from xml.parsers import expat

import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations

from benchmarks.lines import Line, in_turn
from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.progress import Progress
from smartct_desktop.spreadsheets.worker import read_book

COLUMNS = 20
FLOOR = "unzip and tokenise only"
CALAMINE = "calamine, values only"
GOAL = 3.5  # times calamine
FLOOR_GOAL = 8.0  # the same, measured in floors
PROMISED = "what was promised"
PEAK_MB = 80
CANCEL_MS = 300

IN_ONE_PROCESS = """
import gc, hashlib, json, resource, sys, time
from pathlib import Path
from smartct_desktop.domain.book import BookFormat
from smartct_desktop.spreadsheets.reading import read
from smartct_desktop.spreadsheets.request import Request
gc.disable()
path = Path(sys.argv[1])
before = time.process_time()
for message in read(Request(path, path.name, "", BookFormat.XLSX)):
    pass
spent = time.process_time() - before
unit = 1 if sys.platform == "darwin" else 1024
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
print(json.dumps({"seconds": spent, "peak": peak}))
"""


def measure(runs: int, *, large: bool = False) -> list[Line]:
    """Reading with 10,000 rows of 20 columns, and with 100,000 if `large`."""
    lines = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in (10_000, 100_000) if large else (10_000,):
            workbook, text = folder / f"{rows}.xlsx", folder / f"{rows}.csv"
            make_workbook(workbook, rows)
            make_text(text, rows)
            lines += of_workbook(workbook, f"{rows:,} × {COLUMNS}", runs)
            lines += of_text(text, f"{rows:,} × {COLUMNS}", runs)
        small = folder / "small.xlsx"
        make_workbook(small, 20)
        lines.append(of_start(small, runs))
        lines.append(of_cancel(folder / "10000.xlsx", runs))
    return lines


def of_workbook(path: Path, size: str, runs: int) -> list[Line]:
    def floor() -> None:
        tokenise(path)

    def whole() -> None:
        read_book(path, Progress())

    def first_rows() -> None:
        read_book(path, Progress(), rows=200)

    ours = [alone(path) for _ in range(runs)]
    spent = statistics.median(run["seconds"] for run in ours) * 1000
    lines = [
        Line(f"workbook {size}, processor", spent, processor(floor, runs), FLOOR, goal=FLOOR_GOAL),
        Line(f"workbook {size} as a book", *in_turn(whole, floor, runs), FLOOR),
        Line(f"first 200 rows of {size}", *in_turn(first_rows, floor, runs), FLOOR, goal=2.0),
    ]
    if calamine := with_calamine(path):
        theirs = processor(calamine, runs)
        lines.append(Line(f"workbook {size}, processor", spent, theirs, CALAMINE, goal=GOAL))
    if sys.platform != "win32":
        peak = max(run["peak"] for run in ours) / (1 << 20)
        lines.append(
            Line(f"peak memory of reading {size}", peak, PEAK_MB, PROMISED, "MB", goal=1.0)
        )
    return lines


def of_text(path: Path, size: str, runs: int) -> list[Line]:
    def floor() -> None:
        with path.open(encoding="cp1252", newline="") as file:
            for _ in csv.reader(file, delimiter=";"):
                pass

    ours, theirs = in_turn(lambda: read_book(path, Progress()), floor, runs)
    return [Line(f"text {size} as a book", ours, theirs, "csv module, values thrown away")]


def of_start(path: Path, runs: int) -> Line:
    bare = [sys.executable, "-I", "-S", "-c", "pass"]
    ours, floor = in_turn(
        lambda: read_book(path, Progress()),
        lambda: subprocess.run(bare, check=True),
        runs,
    )
    return Line("workbook of 20 rows as a book", ours, floor, "bare Python process")


def of_cancel(path: Path, runs: int) -> Line:
    waits = []
    for _ in range(runs):
        progress = Progress()
        pressed: list[float] = []

        def press(progress: Progress = progress, pressed: list[float] = pressed) -> None:
            pressed.append(time.perf_counter())
            progress.cancel()

        timer = Timer(0.15, press)
        timer.start()
        try:
            read_book(path, progress)
        except Cancelled:
            waits.append((time.perf_counter() - pressed[0]) * 1000)
        timer.join()
    worst = max(waits, default=0.0)
    return Line("cancelling a reading (worst)", worst, CANCEL_MS, PROMISED, goal=1.0)


def processor(work: Callable[[], object], runs: int) -> float:
    """The median of the processor time of some runs, in milliseconds."""
    times = []
    for _ in range(runs):
        before = time.process_time()
        work()
        times.append((time.process_time() - before) * 1000)
    return statistics.median(times)


def tokenise(path: Path) -> None:
    """Unpack every part that holds cells or texts and run it through expat without handlers."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "worksheets/sheet" in name or "sharedStrings" in name:
                parser = expat.ParserCreate()
                with archive.open(name) as part:
                    while chunk := part.read(1 << 16):
                        parser.Parse(chunk)


def with_calamine(path: Path) -> Callable[[], object] | None:
    """Reading all values with calamine, if it is installed."""
    if importlib.util.find_spec("python_calamine") is None:
        return None
    calamine = importlib.import_module("python_calamine")
    return lambda: calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def alone(path: Path) -> dict[str, float]:
    """Processor seconds and peak memory in bytes of reading without keeping, in a process."""
    run = subprocess.run(
        [sys.executable, "-c", IN_ONE_PROCESS, str(path)],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def make_workbook(path: Path, rows: int) -> None:
    """Twenty mixed columns, one cell in eight blank: texts, numbers, days, moments, yes and no."""
    with xlsxwriter.Workbook(path, {"constant_memory": False}) as made:
        page = made.add_worksheet("Data")
        money = made.add_format({"num_format": "#,##0.00"})
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        moment = made.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for row, values in enumerate(cells(rows)):
            for column, value in enumerate(values):
                match value:
                    case None:
                        pass
                    case bool():
                        page.write_boolean(row, column, value)
                    case str():
                        page.write_string(row, column, value)
                    case dt.datetime():
                        whole = value.time() == dt.time()
                        page.write_datetime(row, column, value, day if whole else moment)
                    case _:
                        page.write_number(row, column, value, money if column % 10 == 3 else None)


def make_text(path: Path, rows: int) -> None:
    with path.open("w", encoding="cp1252", newline="", errors="replace") as file:
        csv.writer(file, delimiter=";").writerows(cells(rows))


def cells(rows: int) -> Iterator[list[object]]:
    """The same values at every run."""
    chance = random.Random(7)
    start = dt.datetime(2018, 1, 1)  # noqa: DTZ001 -- workbooks know local times only
    kinds = ("SME", "Cluster", "Large", "Università", "Öffentlich")
    places = ("Torino", "Leipzig", "Bilbao", "Sofia", "Lyon", "Barcelona")

    def value(column: int) -> object:
        return (
            lambda: f"Organisation {chance.randrange(rows)} S.r.l. {column}",
            lambda: chance.choice(kinds),
            lambda: chance.randrange(100_000),
            lambda: chance.randrange(10_000_000) / 100,
            lambda: start + dt.timedelta(days=chance.randrange(2000)),
            lambda: f"person{chance.randrange(rows)}@firm{column}.example",
            lambda: chance.random() < 0.5,
            lambda: start + dt.timedelta(minutes=chance.randrange(2_000_000)),
            chance.random,
            lambda: chance.choice(places),
        )[column % 10]()

    yield [f"Column {column}" for column in range(COLUMNS)]
    for _ in range(rows):
        yield [value(n) if chance.random() >= 0.12 else None for n in range(COLUMNS)]
