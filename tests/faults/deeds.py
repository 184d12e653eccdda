"""What is done while things fail: each deed with the files it needs, and how they are judged."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from smartct_desktop.domain.book import Book
from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.document import Document
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.planning import Wish
from smartct_desktop.services.main_job import PARTNER_FILE
from smartct_desktop.services.programme import shipped_facts
from smartct_desktop.services.reports.catalog import REPORTS
from smartct_desktop.services.restoring import restore
from smartct_desktop.services.salvage import salvage_document
from smartct_desktop.storage.backups import list_backups
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.store import Store
from smartct_desktop.storage.upgrade import MIGRATIONS, migrate
from smartct_desktop.system.resources import resource
from tests.ui.world import make_small_document

AT = datetime(2021, 11, 16, 9, 30, tzinfo=UTC)
OLD_REPORT = b"PK\x03\x04 what was there"
OURS = re.compile(r"[0-9a-f]{32}|(?<=[<>])[0-9a-f]{12}\b")


@dataclass(frozen=True)
class Deed:
    """`prepare` makes the files, `act` does it, `judge` gives what is there afterwards.

    `act` calls its second argument as soon as the program would say that it is done. `judge` raises
    if what is there must never be.
    """

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[Path, Callable[[], object]], None]
    judge: Callable[[Path], object]
    sound: bool = True


def held(path: Path) -> object:
    """Everything a document holds, down to findings, derived fields and the full-text index.

    Raises if it cannot be opened, or if SQLite finds it unsound. What fits together in it is not
    looked at: it is compared with states of which that is known.
    """
    Store.open(path).close()  # puts it in order
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return rows_of(raw)


def fits_together(path: Path) -> None:
    """Raise if anything in a document contradicts anything else, or a figure its recomputation."""
    with closing(Document(Store.open(path), lambda: AT, shipped_facts())) as opened:
        found = opened.integrity()
        assert found == [], found
        opened.settle_all()
        kept = {(kind, id_): found for kind, id_, found in opened.checker.everything(opened.read)}
        for (kind, id_), said in kept.items():
            assert opened.read.findings(kind, [id_]).get(id_, ()) == tuple(said)


def rows_of(raw: sqlite3.Connection) -> object:
    """All rows of all tables; ids that were made by chance count by their order."""
    numbers: dict[str, int] = {}

    def told(value: object) -> object:
        if not isinstance(value, str):
            return value
        return OURS.sub(lambda id_: f"#{numbers.setdefault(id_[0], len(numbers))}", value)

    names = raw.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main'"
        " AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite%' ORDER BY name"
    ).fetchall()
    return tuple(
        (name, tuple(tuple(map(told, row)) for row in raw.execute(f'SELECT * FROM "{name}"')))
        for (name,) in names
    )


def document(folder: Path) -> Document:
    return Document(Store.open(folder / "a.smartct"), lambda: AT, shipped_facts())


def small(folder: Path) -> None:
    made, _ = make_small_document(folder / "a.smartct")
    with closing(made):
        records = [Exchange(number=f"X-{n}", goals="goal " * 40) for n in range(60)]
        made.do(Step("many", tuple(Change(None, one) for one in records)))
        made.settle_all()


def edit(folder: Path, done: Callable[[], object]) -> None:
    with closing(document(folder)) as opened:
        first, second, *others = opened.read.all(Exchange)
        changes = [Change(first, first.replace(ho_city="Rome")), Change(second, None)]
        changes += [Change(one, one.replace(goals="other " * 60)) for one in others[20:50]]
        changes.append(Change(None, Organisation(name="Added")))
        opened.do(Step("edit", tuple(changes)))
        done()


def undo(folder: Path, done: Callable[[], object]) -> None:
    with closing(document(folder)) as opened:
        opened.undo()
        done()


def import_file(folder: Path, done: Callable[[], object]) -> None:
    with closing(document(folder)) as opened:
        importer = Importer(opened, shipped_facts(), AT.date())
        plan = importer.plan_with(BOOKS[0], {}, Wish(), Progress())
        written = importer.write(plan, Progress())  # as the window does: a big step of a job
        done()
        importer.announce(written.touched)


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


def held_by_copy(path: Path) -> None:
    """Raise unless a backup is a whole document, on a copy of it."""
    copy = path.with_name("looked-at.smartct")
    shutil.copyfile(path, copy)
    held(copy)
    copy.unlink()


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


def open_it(folder: Path, done: Callable[[], object]) -> None:
    store = Store.open(folder / "a.smartct")
    done()
    store.close()


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


def judge_document(folder: Path) -> object:
    return held(folder / "a.smartct")


BOOKS: list[Book] = []


def read_book(folder: Path) -> None:
    """Read the file that is imported once: that is done by another process, before the deed."""
    template, _ = make_small_document(folder / "reading.smartct")
    with closing(template):
        importer = Importer(template, shipped_facts(), AT.date())
        BOOKS.append(importer.read(resource(PARTNER_FILE), Progress()))


DEEDS = (
    Deed("edit", small, edit, judge_document),
    Deed("import", small, import_file, judge_document),
    Deed("undo", small, undo, judge_document),
    Deed("export", with_old_report, export, judge_export),
    Deed("backup", small, backup, judge_backup),
    Deed("copy", small, save_copy, judge_copy),
    Deed("migration", older, open_it, judge_document),
    Deed("restore", with_backup, go_back, judge_document),
    Deed("salvage", damaged, salvage, judge_salvage, sound=False),
)


def careless(folder: Path, done: Callable[[], object]) -> None:
    """How not to write a document: the control that shows that the judge sees what is broken."""
    with closing(sqlite3.connect(folder / "a.smartct", isolation_level=None)) as raw:
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=2"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN")
        raw.execute("UPDATE exchange SET start = '2022-05-01'")
        raw.execute("UPDATE change SET sheet = hex(zeroblob(300))")
        raw.execute("COMMIT")
        done()


CARELESS = Deed("careless", small, careless, judge_document, sound=False)


def points(count: int, wanted: int) -> Iterator[int]:
    """So many of the operations 1 to `count`, spread over all of them, always with the last."""
    if wanted >= count:
        yield from range(1, count + 1)
        return
    yield from sorted({round((n + 1) * count / wanted) for n in range(wanted)})
