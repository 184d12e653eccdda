"""A full check of a document: that the file is sound, and that all it holds fits together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from smartct_desktop.domain.changes import Action, StepState
from smartct_desktop.domain.errors import Damaged
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.books import CHANGE, STEP, TALLY
from smartct_desktop.storage.connection import Connection, Prepared
from smartct_desktop.storage.contents import content_complaints
from smartct_desktop.storage.guests import Guest
from smartct_desktop.storage.past import Past
from smartct_desktop.storage.records import Records
from smartct_desktop.storage.tables import FIND_MODULE, Shape, Stored, Tables, searched

_PAGE = 1_000
_CHECKING_FILE = Sentence("Checking the file")
_CHECKING_RECORDS = Sentence("Checking the records")
_CHECKING_HISTORY = Sentence("Checking the history")
_CHECKING_CONTENTS = Sentence("Checking the attached files")
_MISSING = "SELECT term, doc FROM temp.fresh EXCEPT SELECT term, doc FROM temp.kept LIMIT 1"
_LEFT = "SELECT term, doc FROM temp.kept EXCEPT SELECT term, doc FROM temp.fresh LIMIT 1"


def complaints(
    guest: Guest, tables: Tables, progress: Progress | None = None
) -> Iterator[Sentence]:
    """Give everything that is wrong with a document; nothing if all is well.

    Reads all of it: seconds for a hundred thousand records. Raises `Trouble` if the file cannot be
    read for another reason than damage, `Outdated` if it is changed meanwhile, and `Cancelled`.
    """
    progress = progress or Progress()
    progress.report(_CHECKING_FILE)
    try:
        broken = list(_file(guest))
    except Damaged as trouble:
        broken = [trouble.sentence]
    yield from broken
    if broken:
        return  # what follows would stumble over the same damage
    records = Records(tables, guest)
    for at, kind in enumerate(tables.kinds):
        progress.report(_CHECKING_RECORDS, at, len(tables.kinds))
        yield from _tally(guest, tables[kind])
        yield from _texts(guest, tables[kind])
        yield from _index(guest, tables[kind])
        yield from _values(records, kind)
    progress.report(_CHECKING_HISTORY)
    yield from _history(guest, records)
    progress.report(_CHECKING_CONTENTS)
    yield from content_complaints(guest)


def _file(guest: Guest) -> Iterator[Sentence]:
    for (finding,) in guest.tell("PRAGMA integrity_check(10)"):
        if finding != "ok":
            yield Sentence("The file is damaged: {finding}", finding=finding)
    for table, rowid, *_ in guest.tell("PRAGMA foreign_key_check"):
        yield Sentence("{kind} {rowid} names a record that is not there.", kind=table, rowid=rowid)


def _tally(guest: Guest, shape: Shape) -> Iterator[Sentence]:
    table, label = shape.table, shape.schema.plural
    ((there, last),) = guest.fetch(sa.select(sa.func.count(), sa.func.max(table.c.rowid)))
    tally = sa.select(TALLY.c.records, TALLY.c.last).where(TALLY.c.kind == shape.schema.kind)
    for counted, given_out in guest.fetch(tally):
        if there != counted:
            yield Sentence(
                "{label}: {there} are there, {counted} were counted.",
                label=label,
                there=there,
                counted=counted,
            )
        if (last or 0) > given_out:
            yield Sentence("{label}: a number was used that was never given out.", label=label)


def _texts(guest: Guest, shape: Shape) -> Iterator[Sentence]:
    """Compare the folded texts with the texts."""
    derived = [stored for stored in shape.derived if stored.codec.folded]
    for rowid, texts, twins in _text_rows(guest, shape, [*shape.texts, *derived]):
        if twins != [None if text is None else fold(text) for text in texts]:
            yield _lost(shape, rowid)


def _text_rows(
    guest: Guest, shape: Shape, fields: Sequence[Stored]
) -> Iterator[tuple[int, list[Any], list[Any]]]:
    table, after = shape.table, 0
    columns = [*(table.c[f.name] for f in fields), *(table.c[f.twin] for f in fields)]
    page = sa.select(table.c.rowid, *columns).order_by(table.c.rowid).limit(_PAGE)
    while rows := guest.fetch(page.where(table.c.rowid > after)):
        for rowid, *values in rows:
            yield rowid, values[: len(fields)], values[len(fields) :]
        after = rows[-1][0]


def _lost(shape: Shape, rowid: int) -> Sentence:
    return Sentence(
        "{label} {rowid} cannot be found by its text.", label=shape.schema.label, rowid=rowid
    )


def _index(guest: Guest, shape: Shape) -> Iterator[Sentence]:
    """Make the full-text index again, in memory, and compare which trigrams are how frequent."""
    find = shape.find
    if find is None:
        return
    rows = [(rowid, searched(twins)) for rowid, _, twins in _text_rows(guest, shape, shape.texts)]
    try:
        complete = not guest.do(lambda: _differences(guest.connection, find.name, rows))
    except Damaged:  # the index in itself
        complete = False
    if not complete:
        yield Sentence("{label}: the search index is not complete.", label=shape.schema.plural)


def _differences(connection: Connection, name: str, rows: list[tuple[int, str]]) -> list[Any]:
    connection.tell(f"CREATE VIRTUAL TABLE temp.again USING {FIND_MODULE}")
    connection.tell("CREATE VIRTUAL TABLE temp.fresh USING fts5vocab('temp', 'again', 'row')")
    connection.tell(f"CREATE VIRTUAL TABLE temp.kept USING fts5vocab('main', '{name}', 'row')")
    try:
        given = ((rowid, text) for rowid, text in rows if text)
        connection.many(Prepared("INSERT INTO temp.again (rowid, text) VALUES (?, ?)"), given)
        return connection.tell(_MISSING) or connection.tell(_LEFT)
    finally:
        for table in ("kept", "fresh", "again"):
            connection.tell(f"DROP TABLE temp.{table}")


def _values(records: Records, kind: str) -> Iterator[Sentence]:
    label = records.tables[kind].schema.plural
    try:
        there = sum(1 for _ in records.all(kind))
    except Damaged:
        yield Sentence("{label}: a value is damaged.", label=label)
        return
    table = records.tables[kind].table
    ((counted,),) = records.source.fetch(sa.select(sa.func.count()).select_from(table))
    if there != counted:
        yield Sentence("{label}: {n} records have no id.", label=label, n=counted - there)


def _history(guest: Guest, records: Records) -> Iterator[Sentence]:
    done, undone = (STEP.c.state == s.value for s in (StepState.DONE, StepState.UNDONE))
    ((newest,),) = guest.fetch(sa.select(sa.func.max(STEP.c.no)).where(done))
    ((oldest,),) = guest.fetch(sa.select(sa.func.min(STEP.c.no)).where(undone))
    if newest is not None and oldest is not None and oldest < newest:
        yield Sentence("A step was undone before those that follow it.")
    counted = sa.select(CHANGE.c.step, sa.func.count()).group_by(CHANGE.c.step)
    changes = dict[int, int](map(tuple, guest.fetch(counted)))
    past = Past(records)
    for no, records_told in guest.fetch(sa.select(STEP.c.no, STEP.c.records)):
        step = past.steps.step(no)
        if changes.get(no, 0) != records_told:
            yield Sentence("The step “{label}” is not complete.", label=step.label)
        for start in range(0, records_told, _PAGE):
            if not _is_readable(past, no, start) or _oddly_kept(guest, no, start, step.state):
                yield Sentence("The step “{label}” is damaged.", label=step.label)
                break


def _is_readable(past: Past, no: int, start: int) -> bool:
    try:
        past.step_changes(no, start, start + _PAGE)
    except Damaged:
        return False
    return True


def _oddly_kept(guest: Guest, no: int, start: int, state: StepState) -> bool:
    """Whether a change keeps less, or more, than is needed to turn it back."""
    filled = (CHANGE.c.action, *(c.is_not(None) for c in (CHANGE.c.before, CHANGE.c.after)))
    page = (CHANGE.c.step == no, CHANGE.c.n >= start, CHANGE.c.n < start + _PAGE)
    right = {
        (Action.ADD.value, False, state is not StepState.DONE),
        (Action.CHANGE.value, True, True),
        (Action.REMOVE.value, True, False),
    }
    found = guest.fetch(sa.select(*filled).distinct().where(*page))
    return any((action, bool(b), bool(a)) not in right for action, b, a in found)
