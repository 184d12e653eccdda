"""What is done with whole files while things fail: copied, replaced, brought up to date."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.document import Document
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.programme import shipped_facts
from smartct_desktop.services.reports.catalog import REPORTS
from smartct_desktop.services.restoring import restore
from smartct_desktop.services.salvage import salvage_document
from smartct_desktop.services.working_copies import WorkingCopy
from smartct_desktop.storage.backups import list_backups
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.store import Store
from smartct_desktop.storage.upgrade import MIGRATIONS, migrate
from tests.faults.deeds import open_it, small
from tests.faults.judging import AT, Deed, document, held, held_by_copy, judge_document

OLD_REPORT = b"PK\x03\x04 what was there"


def export(folder: Path, done: Callable[[], object]) -> None:
    with closing(document(folder)) as opened:
        export_report(
            REPORTS[0],
            opened,
            shipped_facts(),
            path=folder / "report.xlsx",
            made_at=AT,
            progress=Progress(),
        )
        done()


def with_old_report(folder: Path) -> None:
    small(folder)
    (folder / "report.xlsx").write_bytes(OLD_REPORT)


def judge_export(folder: Path) -> object:
    report = folder / "report.xlsx"
    if report.read_bytes() == OLD_REPORT:
        return "old"
    with ZipFile(report) as archive:
        assert archive.testzip() is None
    return "new"


def backup(folder: Path, done: Callable[[], object]) -> None:
    with closing(document(folder)) as opened:
        opened.backup(folder / "backups")
        done()


def judge_backup(folder: Path) -> object:
    there = list_backups(folder / "backups")
    for one in there:
        held_by_copy(one.path)
    return len(there), held(folder / "a.smartct")


def save_copy(folder: Path, done: Callable[[], object]) -> None:
    with closing(document(folder)) as opened:
        opened.save_copy(folder / "copy.smartct")
        done()


def judge_copy(folder: Path) -> object:
    copy = folder / "copy.smartct"
    return held(copy) if copy.exists() else None, held(folder / "a.smartct")


def older(folder: Path) -> None:
    """A document as the first version of the program made it, with some records."""
    path = folder / "a.smartct"
    path.touch()
    connection = Connection(path, Access.WRITE)
    migrate(connection, MIGRATIONS[:1])
    rows = [
        (n, f"{n:032x}", f"N{n}", f"n{n}", " ".join(["long"] * 60), " ".join(["long"] * 60))
        for n in range(1, 60)
    ]
    connection.raw.executemany(
        "INSERT INTO exchange (rowid, id, number, number_folded, goals, goals_folded)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )
    connection.raw.executemany(
        "INSERT INTO find_exchange (rowid, text) VALUES (?, ?)",
        [(n, f"{goals}\n{number}") for n, _, _, number, _, goals in rows],
    )
    connection.raw.execute("UPDATE tally SET records = 59, last = 59 WHERE kind = 'exchange'")
    connection.close()


def with_backup(folder: Path) -> None:
    small(folder)
    with closing(document(folder)) as opened:
        opened.backup(folder / "backups")
        opened.do(Step("later", (Change(None, Organisation(name="Later")),)))


def go_back(folder: Path, done: Callable[[], object]) -> None:
    (there,) = list_backups(folder / "backups")
    restore(folder / "a.smartct", there.path, AT)
    done()


def damaged(folder: Path) -> None:
    small(folder)
    path = folder / "a.smartct"
    with path.open("r+b") as file:
        file.seek(file.read().index(b"goal goal") // 4096 * 4096)
        file.write(bytes(4096))


def salvage(folder: Path, done: Callable[[], object]) -> None:
    salvage_document(folder / "a.smartct", folder / "new.smartct", at=AT)
    done()


def judge_salvage(folder: Path) -> object:
    new = folder / "new.smartct"
    return held(new) if new.exists() else None, (folder / "a.smartct").read_bytes()


def damaged_with_journal(folder: Path) -> None:
    """A document with a backup, that is damaged now and has a journal beside it."""
    with_backup(folder)
    path = folder / "a.smartct"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for pragma in ("journal_mode=TRUNCATE", "cache_size=2"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN")
        raw.execute("UPDATE exchange SET start = '2022-05-01', goals = hex(zeroblob(300))")
        journal = (folder / "a.smartct-journal").read_bytes()
        raw.execute("ROLLBACK")
    path.write_bytes(path.read_bytes()[:4096] + bytes(4096) * 200)
    (folder / "a.smartct-journal").write_bytes(journal)


def judge_replaced(folder: Path) -> object:
    """Give what is there: the damaged file, or the whole one of the backup."""
    try:
        return held(folder / "a.smartct")
    except Trouble:
        return "damaged"


def taken_along(folder: Path) -> None:
    """A document with work on a copy of it that was not written back yet."""
    small(folder)
    copy = WorkingCopy.begin(folder / "a.smartct")
    with closing(Document(Store.open(copy.path), lambda: AT, shipped_facts())) as opened:
        changes = [Change(one, one.replace(ho_city="Rome")) for one in opened.read.all(Exchange)]
        opened.do(Step("elsewhere", tuple(changes)))
    assert copy.end()  # unsent


def write_back(folder: Path, done: Callable[[], object]) -> None:
    """Write the work back to where the document is kept."""
    copy = WorkingCopy.begin(folder / "a.smartct")
    copy.write_back()
    done()
    copy.end()


def judge_kept(folder: Path) -> object:
    """Give what is kept, and raise unless the work is in it or still waits to be written back."""
    there = held(folder / "a.smartct")
    copy = WorkingCopy.begin(folder / "a.smartct")
    try:
        with closing(Store.open(copy.path, read_only=True)) as store:
            assert "Rome" in {one.ho_city for one in store.read.all(Exchange)}
        copy.write_back()  # whatever was cut off: nobody asks, and nobody else is seen
    finally:
        copy.end()
    return there


FILE_DEEDS = (
    Deed("export", with_old_report, export, judge_export),
    Deed("backup", small, backup, judge_backup),
    Deed("copy", small, save_copy, judge_copy),
    Deed("migration", older, open_it, judge_document),
    Deed("restore", with_backup, go_back, judge_document),
    Deed("replacement", damaged_with_journal, go_back, judge_replaced),
    Deed("writing back", taken_along, write_back, judge_kept),
    Deed("salvage", damaged, salvage, judge_salvage, sound=False),
)


def hastily(folder: Path, done: Callable[[], object]) -> None:
    """How not to write a file: renamed before it is on the disk."""
    part = folder / "report.part"
    part.write_bytes(bytes(range(256)) * 400)
    part.replace(folder / "report.xlsx")
    done()


def judge_hasty(folder: Path) -> object:
    """Give the bytes that are there."""
    return (folder / "report.xlsx").read_bytes()


HASTY = Deed("hasty", with_old_report, hastily, judge_hasty, sound=False)
