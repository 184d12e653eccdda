"""Doing, undoing and redoing steps: each writes the records and the history together.

An addition keeps no copy of its record, a change only the fields it moved, a removal the whole
record. When an addition is undone its record is kept as well, until it is brought back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from smartct_desktop.domain.changes import Action, Change, Origin, PastStep, Step, StepState
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.amending import amend, joins_step
from smartct_desktop.storage.batch import Batch
from smartct_desktop.storage.books import CHANGE, STEP
from smartct_desktop.storage.codecs import to_json
from smartct_desktop.storage.connection import Connection, Prepared
from smartct_desktop.storage.contents import keep
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.packing import Packed
from smartct_desktop.storage.records import Records
from smartct_desktop.storage.statements import Found, Names
from smartct_desktop.storage.tables import Shape, Tables
from smartct_desktop.storage.writing import Writer

CHUNK = 1_000
"""Changes held in memory at a time in their written form, and written between two reports."""

_MARK = 12
"""Signs of the mark of a turn: no two of one step are ever alike by chance."""

_WRITING = Sentence("Writing")
_UNDOING = Sentence("Undoing")
_REDOING = Sentence("Doing again")

ADD, MOVE, REMOVE = Action.ADD.value, Action.CHANGE.value, Action.REMOVE.value
"""The codes of the actions, as the history writes them."""


class Kept(NamedTuple):
    """A change as the history keeps it."""

    n: int
    kind: str
    id: str
    action: str
    place: int | None
    before: str | None
    after: str | None


class History:
    """Writes one step within a transaction that somebody else begins and commits.

    It reports after every chunk of changes, and is `Cancelled` there.
    """

    def __init__(
        self, records: Records, connection: Connection, writer: Writer, progress: Progress
    ) -> None:
        self._records = records
        self._tables: Tables = records.tables
        self._connection = connection
        self._writer = writer
        self._progress = progress

    def do(self, step: Step, by: str, at: datetime, contents: Sequence[Packed] = ()) -> int:
        """Write a new step, give its number. Raises `Invalid`, `Trouble`.

        `contents` are those of the attachments that it adds. Steps that were undone cannot be
        brought back after that: they are set aside.
        """
        undone = sa.update(STEP).where(STEP.c.state == StepState.UNDONE.value)
        self._connection.run(undone.values(state=StepState.SET_ASIDE.value))
        keep(self._connection, contents)
        no = self._begin(step, by, at)
        for change in step.changes:
            if change.before is None:
                self._writer.expect(change.kind, change.id)
        written = 0
        changes = iter(step.changes)
        while chunk := list(islice(changes, CHUNK)):
            self._progress.report(_WRITING, written, len(step.changes))
            written += self._do(no, written, chunk)
        self._connection.run(sa.update(STEP).where(STEP.c.no == no).values(records=written))
        if step.joins:
            self._connection.many(_INSERT_JOINED, ((no, mark) for mark in sorted(step.joins)))
        return no

    def do_typed(self, step: Step, by: str, at: datetime, newest: int | None) -> int | None:
        """Write a step that was typed, give its number. Raises as `do` does.

        If step `newest` was typed shortly before in the same field, it becomes a part of that one;
        if both together change nothing, that one is gone with its number.
        """
        typed = (step, by, at)
        if newest is None or not joins_step(self._connection, self._tables, newest, typed):
            return self.do(step, by, at)
        batch = Batch(self._tables, self._writer, self._stale)
        kept = self._kept(batch, 0, step.changes[0])
        if kept is None:
            return newest
        batch.write()
        return newest if amend(self._connection, newest, kept.after) else None

    def note(self, label: str, by: str, at: datetime) -> int:
        """Write what was done without changing anything; give its number.

        Undo passes over it, and steps that were undone can still be brought back.
        """
        no = self._begin(Step(label, ()), by, at)
        noted = sa.update(STEP).where(STEP.c.no == no)
        self._connection.run(noted.values(state=StepState.NOTED.value))
        return no

    def undo(self, step: PastStep, at: datetime) -> None:
        """Take back a step that holds. Raises `Trouble` if a record is not as the step left it."""
        self._replay(step, back=True)
        self._turn(step, StepState.UNDONE, at)

    def redo(self, step: PastStep, at: datetime) -> None:
        """Bring back a step that was undone. Raises `Trouble` if a record is not as before it."""
        self._replay(step, back=False)
        self._turn(step, StepState.DONE, at)

    def _turn(self, step: PastStep, state: StepState, at: datetime) -> None:
        turned = sa.update(STEP).where(STEP.c.no == step.no)
        mark = ("<" if state is StepState.UNDONE else ">") + new_id()[:_MARK]
        turns = sa.func.trim(sa.func.coalesce(STEP.c.turns, "") + " " + mark)
        self._connection.run(turned.values(state=state.value, turned_at=_utc(at), turns=turns))

    # Doing.

    def _begin(self, step: Step, by: str, at: datetime) -> int:
        ((last,),) = self._connection.fetch(sa.select(sa.func.max(STEP.c.no)))
        no: int = (last or 0) + 1
        source = step.source
        file, sha256, sender = (
            (source.file, source.sha256, source.sender) if source else (None, None, None)
        )
        row = {
            "no": no,
            "id": new_id(),
            "at": _utc(at),
            "by": by,
            "label": step.label,
            "state": StepState.DONE.value,
            "records": 0,
            "file": file,
            "sha256": sha256,
            "sender": sender,
            "folded": fold(" ".join(filter(None, (step.label, by, file, sender)))),
            "kinds": f" {' '.join(sorted({change.kind for change in step.changes}))} ",
            "about": step.about.no if step.about else None,
            "relation": step.about.relation.value if step.about else None,
        }
        self._connection.run(sa.insert(STEP), row)
        return no

    def _do(self, no: int, n: int, changes: Sequence[Change]) -> int:
        """Write records and history of some changes; give how many changed anything."""
        batch = Batch(self._tables, self._writer, self._stale)
        kept: list[tuple[Kept, Origin | None]] = []
        for change in changes:
            moved = self._kept(batch, n + len(kept), change)
            if moved is not None:
                kept.append((moved, change.origin))
        gone = batch.write()
        self._connection.many(_INSERT_CHANGE, (_row(no, k, gone, origin) for k, origin in kept))
        return len(kept)

    def _kept(self, batch: Batch, n: int, change: Change) -> Kept | None:
        """Put a change into the batch; give what is kept of it, None if it changes nothing."""
        shape = self._tables[change.kind]
        kind, id_ = change.kind, change.id
        if change.before is None:
            batch.add(kind, id_, shape.encode(change.record))
            return Kept(n, kind, id_, ADD, None, None, None)
        old = shape.encode(change.before)
        if change.after is None:
            batch.remove(kind, id_, old)
            return Kept(n, kind, id_, REMOVE, None, to_json(shape.dumped(old)), None)
        new = shape.encode(change.after)
        places = [place for place, value in enumerate(old) if value != new[place]]
        if not places:
            return None
        names = tuple(shape.names[place] for place in places)
        moved = (names, [new[place] for place in places])
        batch.move(kind, id_, (shape.names, old), moved)
        before, after = (to_json(shape.dumped_some(places, values)) for values in (old, new))
        return Kept(n, kind, id_, MOVE, None, before, after)

    def _stale(self, kind: str, id_: str) -> Trouble:
        return Trouble(
            Sentence("{what} was changed or removed meanwhile.", what=self._called(kind, id_)),
            Sentence("Look at it as it is now, then try again."),
        )

    # Undoing and redoing.

    def _replay(self, step: PastStep, *, back: bool) -> None:
        self._expect_returning(step.no, REMOVE if back else ADD)
        for start in range(0, step.records, CHUNK):
            self._progress.report(_UNDOING if back else _REDOING, start, step.records)
            self._replay_chunk(step, start, back=back)

    def _expect_returning(self, no: int, action: str) -> None:
        """Announce all records that come back, at the place they had."""
        returning = sa.select(CHANGE.c.kind, CHANGE.c.record, CHANGE.c.place).where(
            CHANGE.c.step == no, CHANGE.c.action == action
        )
        for kind, id_, place in self._connection.fetch(returning):
            self._writer.expect(kind, id_, place)

    def _replay_chunk(self, step: PastStep, start: int, *, back: bool) -> None:
        def refuse(kind: str, id_: str) -> Trouble:
            return self._not_as_left(step, kind, id_, back=back)

        batch = Batch(self._tables, self._writer, refuse)
        leaving: list[Kept] = []
        returned: list[Kept] = []
        for kept in self._past(step.no, start):
            shape = self._tables[kept.kind]
            if kept.action == MOVE:
                old, new = (kept.after, kept.before) if back else (kept.before, kept.after)
                moved = _read(shape, new)
                if not moved[0]:
                    continue  # only what is derived by now was moved
                batch.move(kept.kind, kept.id, _read(shape, old, moved[0]), moved)
            elif (kept.action == REMOVE) == back:
                text = kept.before if back else kept.after
                batch.add(kept.kind, kept.id, _read(shape, text, shape.names)[1])
                returned.append(kept)
            else:
                expected = None if back else _read(shape, kept.before, shape.names)[1]
                batch.remove(kept.kind, kept.id, expected)
                leaving.append(kept)
        gone = batch.write()
        if back:
            kept_whole = (
                (self._whole(k, gone[k.id]), gone[k.id].rowid, step.no, k.n) for k in leaving
            )
            self._connection.many(_KEEP_ADDED, kept_whole)
        else:
            self._connection.many(_FORGET_ADDED, ((step.no, k.n) for k in returned))
            places = ((gone[k.id].rowid, step.no, k.n) for k in leaving)
            self._connection.many(_KEEP_PLACE, places)

    def _whole(self, kept: Kept, found: Found) -> str:
        return to_json(self._tables[kept.kind].dumped(found.values))

    def _past(self, no: int, start: int) -> Iterator[Kept]:
        wanted = (
            sa.select(
                *(CHANGE.c.n, CHANGE.c.kind, CHANGE.c.record, CHANGE.c.action, CHANGE.c.place),
                *(CHANGE.c.before, CHANGE.c.after),
            )
            .where(CHANGE.c.step == no, CHANGE.c.n >= start, CHANGE.c.n < start + CHUNK)
            .order_by(CHANGE.c.n)
        )
        return (Kept(*row) for row in self._connection.fetch(wanted))

    def _not_as_left(self, step: PastStep, kind: str, id_: str, *, back: bool) -> Trouble:
        what = self._called(kind, id_)
        if back:
            return Trouble(
                Sentence(
                    "“{label}” cannot be undone: {what} is not as that step left it.",
                    label=step.label,
                    what=what,
                )
            )
        return Trouble(
            Sentence(
                "“{label}” cannot be redone: {what} is not as it was before that step.",
                label=step.label,
                what=what,
            )
        )

    def _called(self, kind: str, id_: str) -> str:
        caption = self._records.captions(kind, [Id(id_)]).get(Id(id_), "")
        return caption or self._tables[kind].schema.label


def _row(no: int, kept: Kept, gone: Mapping[str, Found], origin: Origin | None) -> tuple[Any, ...]:
    """Give the columns of a change; a removed record's place is known once it is removed."""
    if kept.id in gone:
        kept = kept._replace(place=gone[kept.id].rowid)
    return (no, *kept, origin.sheet if origin else None, origin.row if origin else None)


def _utc(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("the moment of a step needs a time zone")
    return at.astimezone(UTC).isoformat()


_INSERT_CHANGE = Prepared(
    "INSERT INTO change (step, n, kind, record, action, place, before, after, sheet, row)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_JOINED = Prepared("INSERT INTO joined (step, mark) VALUES (?, ?)")
_KEEP_ADDED = Prepared("UPDATE change SET after = ?, place = ? WHERE step = ? AND n = ?")
_FORGET_ADDED = Prepared("UPDATE change SET after = NULL, place = NULL WHERE step = ? AND n = ?")
_KEEP_PLACE = Prepared("UPDATE change SET place = ? WHERE step = ? AND n = ?")


def _read(shape: Shape, text: str | None, names: Names | None = None) -> tuple[Names, list[Any]]:
    """Read fields and their column values; what is not written down is blank."""
    try:
        kept = json.loads(text or "")
        wanted = tuple(kept) if names is None else names
        values = [shape.entered(name, kept.get(name)) for name in wanted]
    except (ValueError, KeyError, AttributeError) as error:
        raise damaged() from error
    return wanted, values
