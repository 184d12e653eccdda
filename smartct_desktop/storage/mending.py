"""Making a document whole again of which rows are missing: nothing may lead nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.changes import StepState
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.books import EXAMINED_BY
from smartct_desktop.storage.connection import Connection, Prepared
from smartct_desktop.storage.tables import Shape, Tables, searched
from smartct_desktop.storage.upgrade import migrate

_PAGE = 1_000
_ROUNDS = 20
_DONE, _NOTED = StepState.DONE.value, StepState.NOTED.value
_STATES = tuple(state.value for state in StepState)


@dataclass
class Mended:
    """What had to be let go of: references, values and records by kind, steps, and contents.

    References led nowhere, values were none, records cannot stand alone, changes of steps are
    missing, contents of attached files are not whole.
    """

    references: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    steps: list[str] = field(default_factory=list)
    contents: int = 0


def mend(connection: Connection, mended: Mended, progress: Progress) -> None:
    """Bring the tables in order, and the document to the newest version. Raises `Trouble`.

    Only for a file that nobody knows yet: it is not written safely.
    """
    progress.report(Sentence("Putting the new document in order"))
    with connection.transaction("BEGIN"):
        _mend_history(connection, mended)
        _mend_references(connection, mended)
        _count(connection)
    migrate(connection)
    tables = Tables()
    connection.tell("PRAGMA foreign_keys=OFF")
    with connection.transaction("BEGIN"):
        for kind in progress.through(Sentence("Putting the new document in order"), BY_KIND):
            _mend_values(connection, tables[kind], mended)
        _mend_references(connection, mended)
        for kind in BY_KIND:
            _mend_texts(connection, tables[kind])
        _count(connection)
        for table in ("finding", "finding_tally", "finding_due", "finding_wake"):
            connection.tell(f"DELETE FROM {table}")  # noqa: S608 (our names)
        connection.tell(f"DELETE FROM meta WHERE key = '{EXAMINED_BY}'")  # noqa: S608
    connection.tell("PRAGMA foreign_keys=ON")


def _mend_history(connection: Connection, mended: Mended) -> None:
    """Turn steps of which changes are missing into notes: nobody may undo the half of one."""
    raw = connection.raw
    for no, state in raw.execute("SELECT no, state FROM step").fetchall():
        if state not in _STATES:
            raw.execute("UPDATE step SET state = ? WHERE no = ?", (_NOTED, no))
    raw.execute("DELETE FROM change WHERE step NOT IN (SELECT no FROM step)")
    kinds = ", ".join("?" * len(BY_KIND))
    raw.execute(f"DELETE FROM change WHERE kind NOT IN ({kinds})", tuple(BY_KIND))  # noqa: S608
    cut = raw.execute(
        "SELECT no, label, state FROM step WHERE records <>"
        " (SELECT count(*) FROM change WHERE step = no) OR EXISTS (SELECT * FROM change"
        " WHERE step = no AND (action NOT IN ('add', 'change', 'remove')"
        "  OR (before IS NOT NULL AND NOT json_valid(before))"
        "  OR (after IS NOT NULL AND NOT json_valid(after))))"
    ).fetchall()
    columns = {row[1] for row in raw.execute("PRAGMA table_info(step)")}
    forgotten = "".join(f", {name} = NULL" for name in ("about", "relation") if name in columns)
    for no, label, state in cut:
        becomes = _NOTED if state == _DONE else StepState.SET_ASIDE.value
        raw.execute("DELETE FROM change WHERE step = ?", (no,))
        raw.execute(
            f"UPDATE step SET state = ?, records = 0{forgotten} WHERE no = ?",  # noqa: S608
            (becomes, no),
        )
        mended.steps.append(label)
    if "about" in columns:
        raw.execute(
            "UPDATE step SET about = NULL, relation = NULL WHERE about IS NOT NULL"
            " AND about NOT IN (SELECT no FROM step)"
        )
    # An undone step that has a step which holds behind it could never be done again.
    raw.execute(
        "UPDATE step SET state = ? WHERE state = ?"
        " AND no < (SELECT max(no) FROM step WHERE state = ?)",
        (StepState.SET_ASIDE.value, StepState.UNDONE.value, _DONE),
    )


def _mend_references(connection: Connection, mended: Mended) -> None:
    """Empty fields that name a record which is lost; what cannot be without it goes, too."""
    raw = connection.raw
    raw.execute(
        "DELETE FROM content_piece WHERE content NOT IN (SELECT rowid FROM content)"
        if _has(connection, "content")
        else "SELECT 1"
    )
    for _ in range(_ROUNDS):
        loose = raw.execute("PRAGMA foreign_key_check").fetchall()
        if not loose:
            return
        for table, rowid, _parent, number in loose:
            keys = raw.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            column = next(key[3] for key in keys if key[0] == number)
            facts = raw.execute(f'PRAGMA table_info("{table}")').fetchall()
            if next(bool(fact[3]) for fact in facts if fact[1] == column):
                raw.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))  # noqa: S608
                mended.records[table] += 1
            else:
                raw.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))  # noqa: S608
                mended.references[table] += 1


def _has(connection: Connection, table: str) -> bool:
    return bool(
        connection.raw.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).fetchall()
    )


def _mend_values(connection: Connection, shape: Shape, mended: Mended) -> None:
    """Empty what is no value of its field; a record without a value it needs goes."""
    raw, kind = connection.raw, shape.schema.kind
    read = [(f.name, f.codec.read, f.field.required) for f in shape.columns if f.codec.read]
    if not read:
        return
    names = ", ".join(f'"{name}"' for name, _, _ in read)
    gone: list[tuple[int]] = []
    for rowid, *values in raw.execute(f'SELECT rowid, {names} FROM "{kind}"').fetchall():  # noqa: S608
        for (name, convert, required), value in zip(read, values, strict=True):
            if value is None:
                continue
            try:
                convert(value)
            except (ValueError, KeyError, TypeError, ArithmeticError):
                if required:
                    gone.append((rowid,))
                else:
                    raw.execute(f'UPDATE "{kind}" SET "{name}" = NULL WHERE rowid = ?', (rowid,))  # noqa: S608
                    mended.values[kind] += 1
    raw.executemany(f'DELETE FROM "{kind}" WHERE rowid = ?', gone)  # noqa: S608 (our names)
    if gone:
        mended.records[kind] += len(set(gone))


def _mend_texts(connection: Connection, shape: Shape) -> None:
    """Make the folded texts and the full-text index anew."""
    raw, kind = connection.raw, shape.schema.kind
    folded = [f for f in shape.columns if f.codec.folded]
    if folded:
        names = ", ".join(f'"{f.name}", "{f.twin}"' for f in folded)
        for rowid, *values in raw.execute(f'SELECT rowid, {names} FROM "{kind}"').fetchall():  # noqa: S608
            for stored, text, twin in zip(folded, values[::2], values[1::2], strict=True):
                wanted = None if text is None else fold(text)
                if twin != wanted:
                    update = f'UPDATE "{kind}" SET "{stored.twin}" = ? WHERE rowid = ?'  # noqa: S608
                    raw.execute(update, (wanted, rowid))
    if shape.find is None:
        return
    find = shape.find.name
    raw.execute(f"INSERT INTO {find} ({find}) VALUES ('delete-all')")  # noqa: S608 (our names)
    twins = ", ".join(f'"{f.twin}"' for f in shape.texts)
    rows = raw.execute(f'SELECT rowid, {twins} FROM "{kind}"').fetchall()  # noqa: S608
    given = ((rowid, text) for rowid, *texts in rows if (text := searched(texts)))
    connection.many(Prepared(f"INSERT INTO {find} (rowid, text) VALUES (?, ?)"), given)  # noqa: S608


def _count(connection: Connection) -> None:
    """Count the records, and see to it that no rowid is ever given out twice."""
    raw = connection.raw
    kinds = [kind for (kind,) in raw.execute("SELECT kind FROM tally").fetchall()]
    for kind in kinds:
        ((there, last),) = raw.execute(f'SELECT count(*), max(rowid) FROM "{kind}"')  # noqa: S608
        ((placed,),) = raw.execute("SELECT max(place) FROM change WHERE kind = ?", (kind,))
        highest = _highest((last, placed))
        raw.execute(
            "UPDATE tally SET records = ?, last = max(last, ?) WHERE kind = ?",
            (there, highest, kind),
        )


def _highest(numbers: Iterable[Any]) -> int:
    return max((n for n in numbers if n is not None), default=0)
