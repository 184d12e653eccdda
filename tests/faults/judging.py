"""What is done while things fail, and how what is there afterwards is judged."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from smartct_desktop.services.document import Document
from smartct_desktop.services.programme import shipped_facts
from smartct_desktop.storage.store import Store

AT = datetime(2021, 11, 16, 9, 30, tzinfo=UTC)
OURS = re.compile(r"[0-9a-f]{32}|(?<=[<>])[0-9a-f]{12}\b|\b\d{8}-[0-9a-f]{8}\b")
"""Ids, marks of steps and numbers of certificates."""


@dataclass(frozen=True)
class Deed:
    """`prepare` makes the files, `act` does it, `judge` gives what is there afterwards.

    `act` calls its second argument as soon as the program would say that something is done, once or
    several times. `judge` raises if what is there must never be.
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
    """Open the document of a deed."""
    return Document(Store.open(folder / "a.smartct"), lambda: AT, shipped_facts())


def judge_document(folder: Path) -> object:
    """Give what the document of a deed holds."""
    return held(folder / "a.smartct")


def held_by_copy(path: Path) -> None:
    """Raise unless a backup is a whole document, on a copy of it."""
    copy = path.with_name("looked-at.smartct")
    shutil.copyfile(path, copy)
    held(copy)
    copy.unlink()


def differing(there: object, wanted: object) -> str:
    """Show the first place where two states differ."""
    if isinstance(there, tuple) and isinstance(wanted, tuple):
        for one, other in zip(there, wanted, strict=False):
            if one != other:
                return f"{there[0]!r:.60}: {differing(one, other)}"
        return f"{len(there)} instead of {len(wanted)}: {there[-1]!r:.500}, {wanted[-1]!r:.500}"
    return f"{there!r:.2000} instead of {wanted!r:.2000}"
