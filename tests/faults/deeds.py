"""What is done in an open document while things fail."""

import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from smartct_desktop.domain.book import Book
from smartct_desktop.domain.changes import Change, Step, Touched
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.joining import Answers
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.comparing_copies import compare
from smartct_desktop.services.document import Document
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.planning import Wish
from smartct_desktop.services.joining import merge_copy, plan
from smartct_desktop.services.main_job import PARTNER_FILE
from smartct_desktop.services.programme import shipped_facts
from smartct_desktop.storage.store import Store
from smartct_desktop.system.resources import resource
from tests.faults.judging import AT, Deed, document, judge_document
from tests.ui.world import make_small_document


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
        with told_of_what_is_there(opened):
            opened.do(Step("edit", tuple(changes)))
        done()


@contextmanager
def told_of_what_is_there(opened: Document) -> Generator[None]:
    """Raise unless who shows the document heard of exactly what is in it, whatever failed."""
    heard: list[Touched] = []
    moment = opened.moment
    forget = opened.subscribe(heard.append)
    try:
        yield
    finally:
        forget()
        with suppress(Trouble):
            assert (opened.moment != moment) == bool(heard)


def work(folder: Path, done: Callable[[], object]) -> None:
    """Several steps one after the other, each of which is said to be saved."""
    with closing(document(folder)) as opened:
        for number in range(3):
            one = list(opened.read.all(Exchange))[number]
            with opened.edit(f"change {number}") as edit:
                edit.set(one, "goals", f"goal {number} " * 200)
            done()
        opened.undo()
        done()
        opened.redo()
        done()
        opened.settle_all()


def undo(folder: Path, done: Callable[[], object]) -> None:
    with closing(document(folder)) as opened:
        with told_of_what_is_there(opened):
            opened.undo()
        done()


def import_file(folder: Path, done: Callable[[], object]) -> None:
    with closing(document(folder)) as opened:
        importer = Importer(opened, shipped_facts(), AT.date())
        plan = importer.plan_with(BOOKS[0], {}, Wish(), Progress())
        written = importer.write(plan, Progress())  # as the window does: a big step of a job
        done()
        importer.announce(written.touched)


def parted(folder: Path) -> None:
    """Two copies of a document, in each of which something else was done."""
    small(folder)
    with closing(document(folder)) as opened:
        opened.save_copy(folder / "copy.smartct")
        ours = list(opened.read.all(Exchange))[:20]
        changes = [Change(one, one.replace(ho_city="Rome")) for one in ours]
        opened.do(Step("ours", tuple(changes)))
    with closing(
        Document(Store.open(folder / "copy.smartct"), lambda: AT, shipped_facts())
    ) as copy:
        theirs = list(copy.read.all(Exchange))[10:40]
        changes = [Change(one, one.replace(goals="their goal " * 20)) for one in theirs]
        changes.append(Change(None, Organisation(name="Theirs")))
        copy.do(Step("theirs", tuple(changes)))


def merge(folder: Path, done: Callable[[], object]) -> None:
    """Take over what was done in the other copy."""
    with closing(document(folder)) as opened:
        joining = plan(compare(opened, folder / "copy.smartct"), Answers({}), shipped_facts())
        touched = merge_copy(opened, joining)
        done()
        opened.announce(touched)


def cut_off(folder: Path) -> None:
    """A document as a cut-off step leaves it: half written, with the journal that takes it back."""
    whole = folder / "whole"
    whole.mkdir()
    small(whole)
    path = whole / "a.smartct"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "cache_size=2"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN")
        raw.execute("UPDATE exchange SET start = '2022-05-01', goals = hex(zeroblob(300))")
        for name in ("a.smartct", "a.smartct-journal"):
            (folder / name).write_bytes((whole / name).read_bytes())
        raw.execute("ROLLBACK")
    assert (folder / "a.smartct").read_bytes() != path.read_bytes()
    shutil.rmtree(whole)


def open_it(folder: Path, done: Callable[[], object]) -> None:
    """Open the document, which puts it in order or brings it up to date."""
    store = Store.open(folder / "a.smartct")
    done()
    store.close()


BOOKS: list[Book] = []


def read_book(folder: Path) -> None:
    """Read the file that is imported once: that is done by another process, before the deed."""
    template, _ = make_small_document(folder / "reading.smartct")
    with closing(template):
        importer = Importer(template, shipped_facts(), AT.date())
        BOOKS.append(importer.read(resource(PARTNER_FILE), Progress()))


DOCUMENT_DEEDS = (
    Deed("edit", small, edit, judge_document),
    Deed("work", small, work, judge_document),
    Deed("import", small, import_file, judge_document),
    Deed("undo", small, undo, judge_document),
    Deed("merge", parted, merge, judge_document),
    Deed("recovery", cut_off, open_it, judge_document),
)


def carelessly(*pragmas: str) -> Callable[[Path, Callable[[], object]], None]:
    """Write a document in another way than the program does: to see what comes of it."""

    def act(folder: Path, done: Callable[[], object]) -> None:
        with closing(sqlite3.connect(folder / "a.smartct", isolation_level=None)) as raw:
            for pragma in (*pragmas, "cache_size=2"):
                raw.execute(f"PRAGMA {pragma}")
            raw.execute("BEGIN")
            raw.execute("UPDATE exchange SET start = '2022-05-01'")
            raw.execute("UPDATE change SET sheet = hex(zeroblob(300))")
            raw.execute("COMMIT")
            done()
        with (folder / "later").open("wb", buffering=0) as later:
            for _ in range(20):  # time goes on
                later.write(b"later")

    return act


CARELESS = Deed(
    "careless",
    small,
    carelessly("journal_mode=MEMORY", "synchronous=OFF"),
    judge_document,
    sound=False,
)
"""Neither a journal on the disk nor any syncing: everything breaks."""

FORGETFUL = Deed(
    "forgetful",
    small,
    carelessly("journal_mode=DELETE", "synchronous=FULL"),
    judge_document,
    sound=False,
)
"""The usual setting of SQLite: never broken, but the last step can be lost after it was saved."""
