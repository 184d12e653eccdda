"""Giving a file another key, a first one or none: always by a whole new file, compared row by row.

Nobody may have the file open. It is as it was until the new one is complete, was compared with it
and takes its name; cut off at any moment, either the old password opens it or the new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Cancelled, Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.cipher import as_literal, connect
from smartct_desktop.storage.connection import BUSY_SECONDS, Access, Connection
from smartct_desktop.storage.copies import clear_sides, verify
from smartct_desktop.storage.errors import Interrupted, explained
from smartct_desktop.system.files import write_atomic

_WRITING = Sentence("Writing the document anew")
_COMPARING = Sentence("Comparing it with the former one")
_LOOK_EVERY = 20_000
"""Instructions of SQLite between two looks at whether the person cancelled."""


def put_in_order(path: Path, key: Key | None) -> None:
    """Roll back what was cut off in the midst of writing. Raises `Trouble`, `WrongPassword`."""
    with closing(Connection(path, Access.WRITE, key=key)) as connection:
        connection.tell("BEGIN IMMEDIATE")
        connection.tell("ROLLBACK")


def write_rekeyed(  # noqa: PLR0913, PLR0917 (from where, to where, from what, to what)
    source: Path,
    target: Path,
    old: Key | None,
    new: Key | None,
    progress: Progress,
    seal: Callable[[Path], object] | None = None,
) -> None:
    """Write what `source` holds at `target`, which may be the same place, under another key.

    `seal` gets the checked file before it has its name. Raises `Trouble`, `WrongPassword` if `old`
    does not open it, `Cancelled`; then `target` is as it was.
    """

    def produce(file: BinaryIO) -> None:
        part = Path(file.name)
        progress.report(_WRITING)
        try:
            with explained(), closing(_both(source, part, old, new)) as raw:
                raw.set_progress_handler(lambda: progress.cancelled, _LOOK_EVERY)
                _export(raw)
                _compare(raw, progress)
        except Interrupted:
            raise Cancelled from None
        verify(part, new)
        if seal is not None:
            seal(part)
        clear_sides(target)

    write_atomic(target, produce)


def _both(source: Path, part: Path, old: Key | None, new: Key | None) -> sqlite3.Connection:
    """Open the source, with the new file attached as `target`."""
    raw = connect(f"{source.absolute().as_uri()}?mode=ro", old, BUSY_SECONDS)
    try:
        literal = as_literal(new) if new is not None else ""
        raw.execute("ATTACH ? AS target KEY ?", (f"{part.absolute().as_uri()}?mode=rw", literal))
        # Nobody else knows the file yet, and it is put on the disk as a whole at the end.
        raw.execute("PRAGMA target.journal_mode = OFF")
        raw.execute("PRAGMA target.synchronous = OFF")
        raw.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        raw.close()
        raise
    return raw


def _export(raw: sqlite3.Connection) -> None:
    raw.execute("SELECT sqlcipher_export('target')").fetchall()
    for number in ("application_id", "user_version"):  # which are not taken along
        ((value,),) = raw.execute(f"PRAGMA main.{number}")
        raw.execute(f"PRAGMA target.{number} = {value:d}")


def _compare(raw: sqlite3.Connection, progress: Progress) -> None:
    """Raise `Trouble` unless both files hold the same in every row of every table."""
    listed = "SELECT type, name, tbl_name, sql FROM {}.sqlite_master ORDER BY type, name"
    first, second = (raw.execute(listed.format(place)).fetchall() for place in ("main", "target"))
    tables = [name for type_, name, _, sql in first if type_ == "table" and _is_stored(sql)]
    same = first == second
    for done, name in enumerate(tables):
        progress.report(_COMPARING, done, len(tables))
        if progress.cancelled:
            raise Cancelled
        same = same and _has_same_rows(raw, name)
    if not same:
        raise Trouble(
            Sentence("The new file differs from the document; it was thrown away."),
            Sentence("Nothing was changed. Try again; if this comes back, check the document."),
        )


def _is_stored(sql: str | None) -> bool:
    """Whether a table has rows of its own; what a virtual one shows stands in others."""
    return sql is not None and not sql.upper().startswith("CREATE VIRTUAL")


def _has_same_rows(raw: sqlite3.Connection, name: str) -> bool:
    table = '"' + name.replace('"', '""') + '"'
    ((without_rowid,),) = raw.execute(
        "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (name,)
    )
    facts = raw.execute("SELECT name, pk FROM pragma_table_info(?, 'main')", (name,)).fetchall()
    keys = [column for column, pk in facts if pk] if without_rowid else ["rowid"]
    named = " AND ".join(f'a."{key}" = b."{key}"' for key in keys)
    equal = " AND ".join(f'a."{column}" IS b."{column}"' for column, _ in facts)
    joined = f"main.{table} a JOIN target.{table} b ON {named} WHERE {equal}"
    counted = "SELECT count(*) FROM"
    numbers = {
        raw.execute(query).fetchone()[0]
        for query in (f"{counted} main.{table}", f"{counted} target.{table}", f"{counted} {joined}")
    }
    return len(numbers) == 1
