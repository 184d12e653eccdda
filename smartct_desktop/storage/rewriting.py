"""Rewriting what a whole document says: its records, every step of its history, its search index.

No step does this, and nothing takes it back: it is for personal data that may no longer be kept. It
works on a copy that nobody else knows, and puts that in the place of the document at the end.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.books import (
    CHANGE,
    CONTENT,
    CONTENT_PIECE,
    DOCUMENT_ID,
    EXAMINED_BY,
    FINDING,
    FINDING_DUE,
    FINDING_TALLY,
    FINDING_WAKE,
    JOINED,
    META,
    MOMENT,
    STEP,
)
from smartct_desktop.storage.codecs import to_json
from smartct_desktop.storage.connection import Access, Connection, Prepared
from smartct_desktop.storage.contents import remove_unused
from smartct_desktop.storage.copies import copy
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.packing import PIECE
from smartct_desktop.storage.tables import Shape, Tables, searched
from smartct_desktop.storage.upgrade import migrate

_PAGE = 1_000
_RECORDS = Sentence("Rewriting records")
_STEPS = Sentence("Rewriting the history")
_TEXTS = Sentence("Making the search index again")


class Wording(Protocol):
    """Says what stands instead of a text. Equal texts at one place become equal ones."""

    def clears(self, kind: str, id_: str) -> frozenset[str]:
        """Give the fields of a record, references among them, that become blank."""

    def value(self, kind: str, id_: str, name: str, text: str) -> str | None:
        """Give what a field of text holds instead; a required one never becomes blank."""

    def number(self, kind: str, id_: str, name: str, number: int) -> int:
        """Give what a whole number becomes: the size of a content that was replaced."""

    def said(self, text: str) -> str:
        """Give what a finding says instead."""

    def told(self, no: int, text: str) -> str:
        """Give what the history tells of step `no` instead: its label, its file, its sender."""

    @property
    def contents(self) -> Mapping[str, bytes]:
        """What stands instead of contents of attached files, by their SHA-256."""


def working_copy(
    document: Path, target: Path, progress: Progress | None = None, key: Key | None = None
) -> None:
    """Write a copy of the newest version to work on, with the same key. Raises `Trouble`."""
    copy(document, target, progress, key=key)
    with closing(Connection(target, Access.WRITE, key=key)) as connection:
        migrate(connection)


def rewrite(connection: Connection, wording: Wording, progress: Progress) -> Counter[str]:
    """Put other words into a document, in one transaction. Raises `Trouble`, `Cancelled`.

    Gives how many records of each kind were rewritten, and how many changes and labels of steps.
    """
    tables = Tables()
    counts: Counter[str] = Counter()
    with connection.transaction("BEGIN IMMEDIATE"):
        for place, kind in enumerate(tables.kinds):
            progress.report(_RECORDS, place, len(tables.kinds))
            counts[kind] = _Records(connection, tables[kind], wording).rewrite()
        counts += _History(connection, tables, wording, progress).rewrite()
        _findings(connection, wording)
        _contents(connection, wording.contents)
        for place, kind in enumerate(tables.kinds):
            progress.report(_TEXTS, place, len(tables.kinds))
            _index(connection, tables[kind])
        following = sa.cast(sa.cast(META.c.value, sa.Integer) + 1, sa.Text)
        connection.run(sa.update(META).where(META.c.key == MOMENT).values(value=following))
        # What the rules said of the former words is asked again when the document is opened.
        connection.run(sa.delete(META).where(META.c.key == EXAMINED_BY))
    return +counts


def compact(path: Path, key: Key | None = None) -> None:
    """Leave nothing in a file but what it holds: no freed pages, no gaps. Raises `Trouble`."""
    with closing(Connection(path, Access.WRITE, key=key)) as connection:
        connection.tell("VACUUM")


class _Records:
    """Rewrites the records of one kind."""

    def __init__(self, connection: Connection, shape: Shape, wording: Wording) -> None:
        self._connection = connection
        self._shape = shape
        self._wording = wording
        self._kind = shape.schema.kind
        self._texts = [f for f in shape.columns if f.codec.folded]
        self._numbers = [f for f in shape.columns if (self._kind, f.name) == ("attachment", "size")]

    def rewrite(self) -> int:
        """Go through all of them; give how many became others."""
        changed = 0
        table = self._shape.table
        read = [*self._texts, *self._numbers]
        columns = [table.c.rowid, table.c.id, *(table.c[f.name] for f in read)]
        after = 0
        while rows := self._connection.fetch(
            sa.select(*columns).where(table.c.rowid > after).order_by(table.c.rowid).limit(_PAGE)
        ):
            after = rows[-1][0]
            for rowid, id_, *values in rows:
                moved = self._moved(id_, dict(zip((f.name for f in read), values, strict=True)))
                if moved:
                    own = sa.update(table).where(table.c.rowid == rowid)
                    self._connection.run(own.values(moved))
                    changed += 1
        return changed

    def _moved(self, id_: str, values: Mapping[str, Any]) -> dict[str, Any]:
        moved: dict[str, Any] = dict.fromkeys(self._wording.clears(self._kind, id_))
        for stored in self._texts:
            old = values[stored.name]
            if old is None or stored.name in moved:
                continue
            new = self._wording.value(self._kind, id_, stored.name, old)
            if new != old:
                moved[stored.name] = new
        for stored in self._numbers:
            old = values[stored.name]
            if old is not None:
                size = self._wording.number(self._kind, id_, stored.name, old)
                if size != old:
                    moved[stored.name] = size
        for stored in self._shape.columns:
            if stored.codec.folded and stored.name in moved:
                text = moved[stored.name]
                moved[stored.twin] = None if text is None else fold(text)
        return moved


class _History:
    """Rewrites steps and their changes."""

    def __init__(
        self, connection: Connection, tables: Tables, wording: Wording, progress: Progress
    ) -> None:
        self._connection = connection
        self._tables = tables
        self._wording = wording
        self._progress = progress

    def rewrite(self) -> Counter[str]:
        """Go through all of them; give how many steps and changes became others."""
        counts: Counter[str] = Counter()
        steps = self._connection.fetch(
            sa.select(
                *(STEP.c.no, STEP.c.label, STEP.c.by, STEP.c.file, STEP.c.sender),
                *(STEP.c.folded, STEP.c.records),
            )
        )
        for place, (no, label, by, file, sender, folded, records) in enumerate(steps):
            if place % 100 == 0:
                self._progress.report(_STEPS, place, len(steps))
            old = (label, by, file, sender)
            new = [None if text is None else self._wording.told(no, text) for text in old]
            searched_for = fold(" ".join(filter(None, new)))
            if new != list(old) or searched_for != folded:
                names = ("label", "by", "file", "sender", "folded")
                told = dict(zip(names, (*new, searched_for), strict=True))
                self._connection.run(sa.update(STEP).where(STEP.c.no == no).values(told))
                counts["step"] += 1
            for start in range(0, records, _PAGE):
                counts["change"] += self._changes(no, start)
        return counts

    def _changes(self, no: int, start: int) -> int:
        wanted = sa.select(
            *(CHANGE.c.n, CHANGE.c.kind, CHANGE.c.record, CHANGE.c.before, CHANGE.c.after),
            CHANGE.c.sheet,
        ).where(CHANGE.c.step == no, CHANGE.c.n >= start, CHANGE.c.n < start + _PAGE)
        rows: list[tuple[Any, ...]] = []
        for n, kind, id_, before, after, sheet in self._connection.fetch(wanted):
            old = (before, after, sheet)
            new = (
                self._kept(kind, id_, before),
                self._kept(kind, id_, after),
                None if sheet is None else self._wording.told(no, sheet),
            )
            if new != old:
                rows.append((*new, no, n))
        self._connection.many(_CHANGED, rows)
        return len(rows)

    def _kept(self, kind: str, id_: str, text: str | None) -> str | None:
        if text is None:
            return None
        try:
            values = json.loads(text)
            texts = self._tables[kind].by_name
        except (ValueError, KeyError) as error:
            raise damaged() from error
        for name in self._wording.clears(kind, id_):
            if values.get(name) is not None:
                values[name] = None
        for name, value in values.items():
            stored = texts.get(name)
            if stored is None:
                continue
            if isinstance(value, str) and stored.codec.folded:
                values[name] = self._wording.value(kind, id_, name, value)
            elif (kind, name) == ("attachment", "size") and isinstance(value, int):
                values[name] = self._wording.number(kind, id_, name, value)
        return to_json(values)


_CHANGED = Prepared("UPDATE change SET before = ?, after = ?, sheet = ? WHERE step = ? AND n = ?")


def _findings(connection: Connection, wording: Wording) -> None:
    said = sa.select(FINDING.c.kind, FINDING.c.record, FINDING.c.n, FINDING.c.said)
    for kind, record, n, text in connection.fetch(said.where(FINDING.c.said.is_not(None))):
        new = rewritten_json(text, wording.said)
        if new != text:
            own = (FINDING.c.kind == kind, FINDING.c.record == record, FINDING.c.n == n)
            connection.run(sa.update(FINDING).where(*own).values(said=new))


def rewritten_json(text: str, say: Any) -> str:
    """Rewrite the texts within JSON; what is no JSON is a text itself."""
    try:
        held = json.loads(text)
    except ValueError:
        return str(say(text))
    moved = walked(held, say)
    return text if moved == held else to_json(moved)


def walked(held: Any, say: Any) -> Any:
    """Give JSON with other texts, names of its parts among them."""
    match held:
        case str():
            return say(held)
        case list():
            return [walked(one, say) for one in held]
        case dict():
            return {say(name): walked(one, say) for name, one in held.items()}
        case _:
            return held


def _contents(connection: Connection, contents: Mapping[str, bytes]) -> None:
    """Put other contents in the place of these."""
    for sha256 in contents:
        _keep(connection, contents[sha256])
    if not contents:
        return
    remove_unused(connection)
    for sha256 in contents:  # what only steps named that were set aside
        kept = sa.select(CONTENT.c.rowid).where(CONTENT.c.sha256 == sha256)
        for (rowid,) in connection.fetch(kept):
            connection.run(sa.delete(CONTENT_PIECE).where(CONTENT_PIECE.c.content == rowid))
            connection.run(sa.delete(CONTENT).where(CONTENT.c.rowid == rowid))


def _keep(connection: Connection, content: bytes) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    there = sa.select(CONTENT.c.rowid).where(CONTENT.c.sha256 == sha256)
    if connection.fetch(there):
        return
    connection.run(sa.insert(CONTENT).values(sha256=sha256, size=len(content)))
    ((rowid,),) = connection.fetch(there)
    for n, start in enumerate(range(0, len(content), PIECE)):
        piece = {"content": rowid, "n": n, "packed": 0, "bytes": content[start : start + PIECE]}
        connection.run(sa.insert(CONTENT_PIECE), piece)


def become_another(connection: Connection, document_id: str) -> None:
    """Make a document of its own of a copy; the rules are asked anew. Raises `Trouble`."""
    with connection.transaction("BEGIN IMMEDIATE"):
        for table in (FINDING, FINDING_TALLY, FINDING_DUE, FINDING_WAKE, JOINED):
            connection.run(sa.delete(table))
        own = sa.update(META).where(META.c.key == DOCUMENT_ID)
        connection.run(own.values(value=document_id))


def _index(connection: Connection, shape: Shape) -> None:
    """Make the full-text index from nothing: it forgets no word that it has ever held."""
    if shape.find is None:
        return
    name = shape.find.name
    connection.tell(f"INSERT INTO {name}({name}) VALUES ('delete-all')")  # noqa: S608 (ours)
    added = Prepared(f"INSERT INTO {name}(rowid, text) VALUES (?, ?)")  # noqa: S608 (ours)
    connection.many(added, _searched(connection, shape))
    connection.tell(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608 (ours)


def _searched(connection: Connection, shape: Shape) -> Iterable[tuple[int, str]]:
    rows: Iterator[Any] = iter(
        connection.fetch(
            sa.select(shape.table.c.rowid, *(shape.table.c[f.twin] for f in shape.texts))
        )
    )
    return ((rowid, text) for rowid, *twins in rows if (text := searched(twins)))
