"""The same exchanges in this program, in DB Browser for SQLite and in LibreOffice Calc.

Run as `python3 -m benchmarks.against [--rows N] [--runs N] [--files FOLDER] [--out FILE]`. Each
program is started on the same display with the same rows in its own kind of file, opened, filtered
to those with a word in a text column, sorted by a column of text, and looked at for its memory.
What happens on the screen is measured from outside in the same way for all, see
`benchmarks/screen.py`. Needs Xvfb and xdotool; programs that are not installed are left out, and it
is said.

Making the files for 100,000 rows takes some minutes: with `--files` they are kept in that folder
and used again. Every deed has `--limit` seconds; a program that twice needs longer, or ends by
itself, is not started again, and the table says so. After each run the table so far is printed (and
written to `--out`), so nothing is lost if somebody stops it. `--only calc` measures the program
with that in its name, beside ours. On a machine that is busy with something else, programs whose
windows come late look as if they failed: have it to yourself.
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
_PATIENCE = 2  # failures of a program before it is left out
OFFICE = "soffice"
OFFICE_LIMIT = 600  # seconds in which it does something by its own interface


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


@dataclass
class Found:
    """What was measured of one program, a row for each run; `failure` says what went wrong last."""

    rival: Rival
    rows: list[list[float]]
    failure: str = ""
    failures: int = 0

    def medians(self) -> list[float | None]:
        """The median of each deed; None where it was never done."""
        columns = [[row[n] for row in self.rows if n < len(row)] for n in range(len(DEEDS))]
        return [statistics.median(column) if column else None for column in columns]


@dataclass(frozen=True)
class Wish:
    """How the programs are to be measured."""

    rows: int
    runs: int
    limit: float
    only: str
    pictures: Path | None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=180, help="seconds for one deed")
    parser.add_argument("--only", default="", help="the program with this in its name, beside ours")
    parser.add_argument("--files", type=Path, help="keep the files here, and use those that are")
    parser.add_argument("--out", type=Path, help="write the table there as well")
    parser.add_argument("--pictures", type=Path, help="keep a picture after each deed (XWD)")
    parsed = parser.parse_args()
    tool = lacking()
    if tool:
        print(f"{tool} is not installed; nothing can be measured without it.")
        return 2
    wish = Wish(parsed.rows, parsed.runs, parsed.limit, parsed.only.casefold(), parsed.pictures)
    with tempfile.TemporaryDirectory(prefix="against-") as folder:
        place = parsed.files or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        files = _files(place, wish)
        for text in _compared(Path(folder), files, wish):
            print(text, flush=True)
            if parsed.out:
                parsed.out.write_text(text, encoding="utf-8")
    return 0


def _compared(folder: Path, files: Files, wish: Wish) -> Iterator[str]:
    """Give the table after each run."""
    wanted = [one for one in RIVALS if wish.only in one.name.casefold() or one is RIVALS[0]]
    found = [Found(rival, []) for rival in wanted if shutil.which(rival.needs)]
    missing = [rival.name for rival in wanted if not shutil.which(rival.needs)]
    for run in range(wish.runs + 1):  # the first warms the caches of the system
        for one in found:  # in turn: a machine whose speed drifts favours none
            if one.failures == _PATIENCE:
                continue
            row: list[float] = []
            try:
                _measure(folder, one.rival, files, wish, row)
            except (TimeoutError, subprocess.SubprocessError, OSError, ValueError) as error:
                deed = DEEDS[len(row)]
                one.failure = f"{one.rival.name} stopped at “{deed}”: {_reason(error)}"
                one.failures += 1
                print(one.failure, file=sys.stderr, flush=True)
            if run:
                one.rows.append(row)
            said = ", ".join(f"{value:,.0f}" for value in row)
            print(
                f"run {run} of {wish.runs}: {one.rival.name}: {said}", file=sys.stderr, flush=True
            )
        if run:
            yield _table(found, missing, wish.rows, run)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"it took longer than {error.timeout:.0f} seconds"
    return str(error)


def _table(found: Sequence[Found], missing: Sequence[str], rows: int, runs: int) -> str:
    machine = f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    lines = [
        f"{rows:,} exchanges, medians of {runs} runs, {machine}",
        "",
        "| program | " + " | ".join(DEEDS) + " |",
        "|---|" + "--:|" * len(DEEDS),
    ]
    ours = found[0].medians()
    for one in found:
        cells = [
            _cell(value, own, "MB" if deed is DEEDS[-1] else "ms")
            for deed, value, own in zip(DEEDS, one.medians(), ours, strict=True)
        ]
        lines.append(f"| {one.rival.name} | " + " | ".join(cells) + " |")
    lines += ["", *(f"{one.failure}." for one in found if one.failure)]
    if missing:
        lines.append(f"Not installed, so not measured: {', '.join(missing)}.")
    return "\n".join(lines).rstrip() + "\n"


def _cell(value: float | None, own: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f} {unit}" + (f" ({value / own:.1f}×)" if own else "")


def _measure(folder: Path, rival: Rival, files: Files, wish: Wish, measured: list[float]) -> None:
    """Start, filter, sort and weigh one program once; what is measured is added as it comes."""
    stage = folder / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    with display(stage) as screen:
        _set_up(stage)
        environment = screen.environment | {
            "SMARTCT_HOME": str(stage / "smartct"),
            "PYTHONPATH": str(ROOT),
        }
        process = Process([*rival.command(files), *_profile(folder, rival)], environment)
        try:
            window = screen.window(process, wish.limit)
            measured.append(screen.rest(process, process.started, wish.limit))
            # Not earlier: made larger while it reads, DB Browser asks whether to abort the reading.
            screen.fill(window)
            screen.rest(process, screen.begin(), wish.limit)
            _keep(screen, wish.pictures, rival, "open")
            for name, deed in (("filter", rival.filter), ("sort", rival.sort)):
                measured.append(screen.rest(process, deed(screen), wish.limit))
                _keep(screen, wish.pictures, rival, name)
            measured.append(process.megabytes())
        finally:
            process.end()


def _profile(folder: Path, rival: Rival) -> list[str]:
    """LibreOffice makes its profile at its first start, which is not what is measured."""
    if rival.needs != OFFICE:
        return []
    return [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]


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


def _files(folder: Path, wish: Wish) -> Files:
    """The files, made where they are not there yet; each is whole or not there at all."""
    suffixes = ("smartct", "sqlite", "xlsx", "ods")
    files = Files(*(folder / f"exchanges-{wish.rows}.{suffix}" for suffix in suffixes))
    makers: dict[Path, Callable[[Path], None]] = {
        files.document: lambda path: _make_document(path, wish.rows),
        files.database: lambda path: _make_database(path, files.document),
        files.workbook: lambda path: _make_workbook(path, files.document),
        files.sheet: lambda path: _make_sheet(path, files.workbook, wish.limit),
    }
    for path, make_it in makers.items():
        if not path.exists():
            print(f"making {path.name}", file=sys.stderr, flush=True)
            part = path.with_name(f"part-{path.name}")
            part.unlink(missing_ok=True)
            make_it(part)
            if part.exists():
                part.replace(path)
    return files


def _make_document(path: Path, rows: int) -> None:
    make(path, rows)
    document = open_document(path)
    document.settle_all()  # what the rules say is known, as in any document that was open before
    document.close()


def _headings() -> list[str]:
    return [str(column).replace(".", "_") for column in QUERY.columns]


def _make_database(path: Path, document: Path) -> None:
    headings = _headings()
    with closing(sqlite3.connect(path)) as database:
        marks = ", ".join("?" * len(headings))
        database.execute(f"CREATE TABLE exchanges ({', '.join(headings)})")
        database.executemany(f"INSERT INTO exchanges VALUES ({marks})", _rows(document))
        database.commit()


def _make_workbook(path: Path, document: Path) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("exchanges")
        page.write_row(0, 0, _headings())
        for number, row in enumerate(_rows(document), 1):
            page.write_row(number, 0, row)


def _make_sheet(path: Path, workbook: Path, limit: float) -> None:
    """Have LibreOffice write its own kind; where it cannot in time, there is no such file."""
    if not shutil.which(OFFICE):
        return
    with tempfile.TemporaryDirectory(prefix="against-") as home:
        convert = [OFFICE, "--headless", "--convert-to", "ods", "--outdir", home, str(workbook)]
        environment = {"HOME": home, "PATH": os.environ["PATH"]}
        process = Process(convert, environment)
        try:
            process.wait(limit * 4)
        except subprocess.TimeoutExpired:
            print("LibreOffice did not write its file in time", file=sys.stderr)
        finally:
            process.end()
        made = Path(home) / f"{workbook.stem}.ods"
        if made.exists() and not process.alive:
            shutil.move(made, path)


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
            timeout=OFFICE_LIMIT,
        ).stdout
        return float(said)

    return do


def _office_command(path: Callable[[Files], Path]) -> Callable[[Files], Sequence[str]]:
    pipe = "--accept=pipe,name=against;urp;"
    return lambda files: [OFFICE, "--norestore", "--nologo", "--calc", pipe, str(path(files))]


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
        OFFICE,
        _office_command(lambda files: files.workbook),
        _office("filter"),
        _office("sort"),
    ),
    Rival(
        "LibreOffice Calc, .ods",
        OFFICE,
        _office_command(lambda files: files.sheet),
        _office("filter"),
        _office("sort"),
    ),
)

if __name__ == "__main__":
    raise SystemExit(main())
