"""Writing a report as a workbook: whole and checked, or not at all."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Report, SheetCount
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.about_out import AboutSheet
from smartct_desktop.spreadsheets.cells_out import Fits, clean, shorten
from smartct_desktop.spreadsheets.charts_out import Drawing, has_charts, write_charts
from smartct_desktop.spreadsheets.collection_looks import CollectionLooks
from smartct_desktop.spreadsheets.collection_out import (
    CollectionSheet,
    define_names,
)
from smartct_desktop.spreadsheets.looks_out import Looks
from smartct_desktop.spreadsheets.names_out import sheet_names, table_names
from smartct_desktop.spreadsheets.outcome import Written
from smartct_desktop.spreadsheets.private_folders import remove_stale
from smartct_desktop.spreadsheets.proof_out import prove
from smartct_desktop.spreadsheets.sheet_out import DataSheet, SheetPlace
from smartct_desktop.spreadsheets.xlsx_face import XlsxWorkbook, abandon, finish, new_workbook
from smartct_desktop.system.files import TargetBusy, write_atomic
from smartct_desktop.system.second_names import busy, is_open_elsewhere, names_for

MOST_ROWS_IN_MEMORY = 20_000
"""A report with a longer table is streamed: it stays small in memory, without named tables."""

SPOOL_PREFIX = "smartct-writing-"

_CHUNK = 1 << 20
_LONGEST_PROPERTY = 255


def write_workbook(report: Report, path: Path, progress: Progress) -> Written:
    """Write the report to `path`, replacing what is there when the new file is whole.

    Reads each table once, and is done with the disk when it returns. Raises `TargetBusy` if
    another program holds the file, `Trouble` if the disk fails or a table is too long for a
    worksheet, `Cancelled`; then the old file is as it was, and nothing else stays behind.
    """
    with _made(report, progress) as (workbook, written):
        _place(workbook, path, progress)
    return written(path)


def write_beside(report: Report, path: Path, progress: Progress) -> Written:
    """Like `write_workbook`, but under a second name where another program has the file open.

    "Name (2).xlsx", or the next number that is free; `Written.path` says which.
    """
    with _made(report, progress) as (workbook, written):
        for target in names_for(path):
            if is_open_elsewhere(target):
                continue
            with suppress(TargetBusy):
                _place(workbook, target, progress)
                return written(target)
    raise busy(path)


def remove_stale_spools(now: float) -> int:
    """Remove the private folders of workbooks whose writing was killed more than a day ago.

    `now` counts seconds as `time.time()` does. Returns how many folders went.
    """
    return remove_stale(SPOOL_PREFIX, now)


@contextmanager
def _made(report: Report, progress: Progress) -> Iterator[tuple[Path, Callable[[Path], Written]]]:
    """The finished and checked workbook, in a private folder that goes at the end."""
    remove_stale_spools(time.time())
    try:
        private = tempfile.TemporaryDirectory(prefix=SPOOL_PREFIX, ignore_cleanup_errors=True)
    except OSError as failure:
        raise _no_room(Path(tempfile.gettempdir()), failure) from failure
    with private as name:
        folder = Path(name)
        workbook = folder / "workbook.xlsx"
        try:
            counts, fits = _make(report, workbook, folder, progress)
            prove(workbook, len(report.tables) + 1 + has_charts(report), progress)
        except OSError as failure:
            raise _no_room(folder.parent, failure) from failure
        remarks = fits.remarks(report.words)
        yield workbook, lambda path: Written(path, counts, remarks)


def _make(
    report: Report, target: Path, folder: Path, progress: Progress
) -> tuple[tuple[SheetCount, ...], Fits]:
    streamed = any(
        table.row_count is None or table.row_count > MOST_ROWS_IN_MEMORY for table in report.tables
    )
    with target.open("wb") as file:
        spool = Spool(file, progress)
        workbook = new_workbook(spool, folder, streamed=streamed)
        try:
            fits = Fits()
            counts = _fill(workbook, report, fits, Looks(workbook, ruled=not streamed), progress)
            finish(workbook)
        except BaseException:
            spool.stop()
            abandon(workbook)
            raise
    return counts, fits


def _fill(
    workbook: XlsxWorkbook, report: Report, fits: Fits, looks: Looks, progress: Progress
) -> tuple[SheetCount, ...]:
    workbook.set_properties(_properties(report))
    charted = [report.words.charts] if has_charts(report) else []
    about, *names = sheet_names(
        [report.words.about, *charted, *(table.name for table in report.tables)]
    )
    about_sheet = workbook.add_worksheet(about)
    charts = [(workbook.add_worksheet(name), name) for name in names[: len(charted)]]
    names = names[len(charted) :]
    tables = table_names(table.name for table in report.tables)
    places = [
        SheetPlace(workbook.add_worksheet(name), name, table_name)
        for name, table_name in zip(names, tables, strict=True)
    ]
    template = CollectionLooks(workbook) if any(t.filling for t in report.tables) else None
    sheets_to_fill_in: list[CollectionSheet] = []
    drawings: list[Drawing] = []
    counts: list[SheetCount] = []
    for table, place in zip(report.tables, places, strict=True):
        sheet: DataSheet | CollectionSheet = (
            CollectionSheet(report, table, place, template, fits)
            if template and table.filling
            else DataSheet(report, table, place, looks, fits)
        )
        if isinstance(sheet, CollectionSheet):
            sheets_to_fill_in.append(sheet)
        rows = sheet.write(progress)
        counts.append(SheetCount(place.name, rows))
        drawings += [
            Drawing(chart, table, place.name, sheet.first_row, rows) for chart in table.charts
        ]
    define_names(workbook, sheets_to_fill_in)
    for chart_sheet in charts:
        write_charts(report, workbook, chart_sheet, looks, drawings)
    # The first sheet is filled last: it tells what the others came to.
    AboutSheet(report, about_sheet, looks).write(counts, fits.remarks(report.words))
    return tuple(counts)


def _properties(report: Report) -> dict[str, object]:
    texts = {
        "title": report.title,
        "subject": " · ".join(filter(None, (report.subtitle, report.period))),
        "author": "SmartCT Desktop",
        "company": report.partnership,
    }
    properties: dict[str, object] = {
        name: shorten(" ".join(clean(text).split()), _LONGEST_PROPERTY, "…")
        for name, text in texts.items()
        if text
    }
    # Workbooks keep this moment in UTC; one without a zone is a local one.
    properties["created"] = report.made_at.astimezone(UTC).replace(tzinfo=None)
    return properties


def _place(workbook: Path, target: Path, progress: Progress) -> None:
    def copy(file: BinaryIO) -> None:
        with workbook.open("rb") as finished:
            while chunk := finished.read(_CHUNK):
                progress.report(Sentence("Saving {name}", name=target.name))
                file.write(chunk)

    write_atomic(target, copy)


def _no_room(folder: Path, failure: OSError) -> Trouble:
    return Trouble(
        Sentence(
            "The workbook could not be put together in {folder}: {why}.",
            folder=str(folder),
            why=failure.strerror or "",
        ),
        Sentence("Free some space there, then try again."),
    )


class Spool:
    """The file that a workbook is packed into; packing can be cancelled between two writes.

    Once stopped it only pretends to write, because an archive that was left half done still
    writes its end when it is thrown away.
    """

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file = file
        self._progress = progress
        self._stopped_at: int | None = None

    def stop(self) -> None:
        """Take nothing more."""
        with suppress(OSError):  # what was not written yet may not fit on the disk
            self._file.close()
        self._stopped_at = 0

    def write(self, data: bytes, /) -> int:
        """Write on. Raises `Cancelled` once the person asked to stop."""
        if self._stopped_at is not None:
            self._stopped_at += len(data)
            return len(data)
        self._progress.report(Sentence("Packing the workbook"))
        return self._file.write(data)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a position, counted from the beginning only."""
        if self._stopped_at is not None:
            self._stopped_at = offset
            return offset
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The position."""
        return self._file.tell() if self._stopped_at is None else self._stopped_at

    def flush(self) -> None:
        """Hand everything to the system."""
        if self._stopped_at is None:
            self._file.flush()
