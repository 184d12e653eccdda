"""The same exchanges in this program, in DB Browser for SQLite and in LibreOffice Calc.

Run as `python3 -m benchmarks.against [--rows N] [--runs N] [--out FILE]`. Each program is started
on the same display with the same rows in its own kind of file, opened, filtered to those with a
word in a text column, sorted by a column of text, and looked at for its memory. What happens on the
screen is measured from outside in the same way for all, see `benchmarks/screen.py`. Needs Xvfb and
xdotool; programs that are not installed are left out, and it is said.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations

from benchmarks.screen import Process, Screen, display, lacking
from benchmarks.tables import QUERY, make
from smartct_desktop.services.opening import open_document
from smartct_desktop.storage.store import Store

ROWS = 100_000
WORD = "sofia"
DEEDS = ("start and open to first rows", "filter", "sort", "memory with the file open")
ROOT = Path(__file__).parents[1]
PIECE = 2_000


@dataclass(frozen=True)
class Files:
    """The same rows for each program."""

    document: Path
    database: Path
    workbook: Path
    sheet: Path


@dataclass(frozen=True)
class Rival:
    """One program: how it is started on its file, how it filters and sorts."""

    name: str
    needs: str
    command: Callable[[Files], Sequence[str]]
    filter: Callable[[Screen], float]
    sort: Callable[[Screen], float]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--out", type=Path, help="write the table there as well")
    parser.add_argument("--pictures", type=Path, help="keep a picture after each deed (XWD)")
    parsed = parser.parse_args()
    tool = lacking()
    if tool:
        print(f"{tool} is not installed; nothing can be measured without it.")
        return 2
    with tempfile.TemporaryDirectory(prefix="against-") as folder:
        text = _compared(Path(folder), parsed.rows, parsed.runs, parsed.pictures)
    print(text)
    if parsed.out:
        parsed.out.write_text(text, encoding="utf-8")
    return 0


def _compared(folder: Path, rows: int, runs: int, pictures: Path | None) -> str:
    files = _files(folder, rows)
    there = [rival for rival in RIVALS if shutil.which(rival.needs)]
    found: dict[str, list[list[float]]] = {rival.name: [] for rival in there}
    for run in range(runs + 1):  # the first warms the caches of the system
        for rival in there:  # in turn: a machine whose speed drifts favours none
            measured = _measured(folder, rival, files, pictures)
            if run:
                found[rival.name].append(measured)
    machine = f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    lines = [
        f"{rows:,} exchanges, medians of {runs} runs, {machine}",
        "",
        "| program | " + " | ".join(DEEDS) + " |",
        "|---|" + "--:|" * len(DEEDS),
    ]
    ours: list[float] = []
    for rival in there:
        medians = [statistics.median(column) for column in zip(*found[rival.name], strict=True)]
        ours = ours or medians
        cells = [
            f"{value:,.0f} {'MB' if deed is DEEDS[-1] else 'ms'} ({value / own:.1f}×)"
            for deed, value, own in zip(DEEDS, medians, ours, strict=True)
        ]
        lines.append(f"| {rival.name} | " + " | ".join(cells) + " |")
    missing = [rival.name for rival in RIVALS if rival not in there]
    if missing:
        lines += ["", f"Not installed, so not measured: {', '.join(missing)}."]
    return "\n".join(lines) + "\n"


def _measured(folder: Path, rival: Rival, files: Files, pictures: Path | None) -> list[float]:
    """Start, filter, sort and weigh one program once."""
    stage = folder / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    with display(stage) as screen:
        _set_up(stage)
        environment = screen.environment | {
            "SMARTCT_HOME": str(stage / "smartct"),
            "PYTHONPATH": str(ROOT),
        }
        process = Process(rival.command(files), environment)
        try:
            window = screen.window(process)
            screen.fill(window)
            measured = [screen.rest(process, process.started)]
            _keep(screen, pictures, rival, "open")
            for name, deed in (("filter", rival.filter), ("sort", rival.sort)):
                measured.append(screen.rest(process, deed(screen)))
                _keep(screen, pictures, rival, name)
            measured.append(process.megabytes())
        finally:
            process.end()
    return measured


def _set_up(stage: Path) -> None:
    """Have our window begin with the exchanges, as the others begin with their only table."""
    settings = stage / "smartct" / "settings" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"window.tab": "exchanges"}')


def _keep(screen: Screen, pictures: Path | None, rival: Rival, name: str) -> None:
    if pictures is not None:
        pictures.mkdir(exist_ok=True)
        (pictures / f"{rival.needs.rpartition('/')[2]}-{name}.xwd").write_bytes(screen.picture())


# The files.


def _files(folder: Path, rows: int) -> Files:
    files = Files(*(folder / f"exchanges.{s}" for s in ("smartct", "sqlite", "xlsx", "ods")))
    make(files.document, rows)
    document = open_document(files.document)
    document.settle_all()  # what the rules say is known, as in any document that was open before
    document.close()
    headings = [str(column).replace(".", "_") for column in QUERY.columns]
    with closing(sqlite3.connect(files.database)) as database:
        marks = ", ".join("?" * len(headings))
        database.execute(f"CREATE TABLE exchanges ({', '.join(headings)})")
        database.executemany(f"INSERT INTO exchanges VALUES ({marks})", _rows(files.document))
        database.commit()
    with xlsxwriter.Workbook(files.workbook, {"constant_memory": True}) as book:
        page = book.add_worksheet("exchanges")
        page.write_row(0, 0, headings)
        for number, row in enumerate(_rows(files.document), 1):
            page.write_row(number, 0, row)
    if shutil.which("soffice"):
        convert = ["soffice", "--headless", "--convert-to", "ods", "--outdir", str(folder)]
        home = {"HOME": str(folder), "PATH": os.environ["PATH"]}
        subprocess.run([*convert, str(files.workbook)], env=home, check=True, capture_output=True)
    return files


def _rows(document: Path) -> Iterator[list[str | int | float | None]]:
    """The texts and numbers of all rows, references by their captions."""
    store = Store.open(document, read_only=True)
    try:
        total = store.read.total("exchange")
        with store.reader() as reader, closing(reader.window(QUERY)) as window:
            for start in range(0, total, PIECE):
                for row in window.rows(start, start + PIECE):
                    pairs = zip(row.values, row.captions, strict=True)
                    yield [_plain(value, caption) for value, caption in pairs]
    finally:
        store.close()


def _plain(value: object, caption: str | None) -> str | int | float | None:
    if caption is not None:
        return caption
    if value is None or isinstance(value, str | int | float):
        return value
    return str(getattr(value, "value", value))


# The programs. Each deed gives the moment from which it counts, the last key or click.


def _type(screen: Screen, word: str) -> float:
    screen.press("type", "--delay", "20", word[:-1])
    begun = screen.begin()
    screen.press("type", word[-1])
    return begun


def _click(screen: Screen, across: int, down: int) -> float:
    screen.press("mousemove", str(across), str(down))
    begun = screen.begin()
    screen.press("click", "1")
    return begun


def _our_filter(screen: Screen) -> float:
    screen.press("key", "ctrl+f")
    return _type(screen, WORD)


def _our_sort(screen: Screen) -> float:
    return _click(screen, 410, 130)


def _browser_filter(screen: Screen) -> float:
    _click(screen, 205, 174)
    return _type(screen, WORD)


def _browser_sort(screen: Screen) -> float:
    return _click(screen, 190, 151)


def _office(deed: str) -> Callable[[Screen], float]:
    """Have Calc do something by its own interface; the script says when it began."""

    def do(screen: Screen) -> float:
        screen.begin()
        said = subprocess.run(
            ["/usr/bin/python3", str(ROOT / "benchmarks" / "calc.py"), deed, WORD],
            env=dict(screen.environment),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        return float(said)

    return do


def _office_command(path: Callable[[Files], Path]) -> Callable[[Files], Sequence[str]]:
    pipe = "--accept=pipe,name=against;urp;"
    return lambda files: ["soffice", "--norestore", "--nologo", "--calc", pipe, str(path(files))]


RIVALS = (
    Rival(
        "SmartCT Desktop",
        sys.executable,
        lambda files: [sys.executable, "-m", "smartct_desktop", str(files.document)],
        _our_filter,
        _our_sort,
    ),
    Rival(
        "DB Browser for SQLite",
        "sqlitebrowser",
        lambda files: ["sqlitebrowser", "-t", "exchanges", str(files.database)],
        _browser_filter,
        _browser_sort,
    ),
    Rival(
        "LibreOffice Calc, .xlsx",
        "soffice",
        _office_command(lambda files: files.workbook),
        _office("filter"),
        _office("sort"),
    ),
    Rival(
        "LibreOffice Calc, .ods",
        "soffice",
        _office_command(lambda files: files.sheet),
        _office("filter"),
        _office("sort"),
    ),
)

if __name__ == "__main__":
    raise SystemExit(main())
