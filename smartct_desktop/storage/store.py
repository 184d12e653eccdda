"""The file on disk behind a document."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import get_ident
from typing import Self

import sqlalchemy as sa

from smartct_desktop.domain.changes import Step, Touched
from smartct_desktop.domain.errors import InUse, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.backups import back_up
from smartct_desktop.storage.books import CREATED_AT, LAST_WRITTEN_BY, META
from smartct_desktop.storage.connection import Access, Connection, Guest, engine_for
from smartct_desktop.storage.copies import copy
from smartct_desktop.storage.filters import one_of
from smartct_desktop.storage.gate import Gate
from smartct_desktop.storage.header import read_header
from smartct_desktop.storage.history import History
from smartct_desktop.storage.integrity import complaints
from smartct_desktop.storage.opening import Opened, in_use_by, open_file
from smartct_desktop.storage.reading import StoreReader
from smartct_desktop.storage.records import Records
from smartct_desktop.storage.tables import Tables
from smartct_desktop.storage.upgrade import APPLICATION_ID, migrate
from smartct_desktop.storage.writing import Statements, Touch, Writer
from smartct_desktop.system.files import write_atomic
from smartct_desktop.system.locks import FileLock, LockTaken
from smartct_desktop.system.version import version

_LONGEST_NAME = 240
"""Bytes: the journal's name is longer than the document's, and systems take 255."""


class Store:
    """One open `.smartct` file. Belongs to the thread that opened it.

    Only `reader`, `copy_to`, `back_up` and `integrity` may be used on other threads. Whatever is
    written is written wholly or not at all, and is on the disk when the call returns.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._connection = opened.connection
        self._thread = get_ident()
        self._gate = Gate()
        self._reading = engine_for(opened.path, Access.READ)
        self._tables = Tables()
        self._reader = StoreReader(self._tables, self._connection, self._guest)
        self._statements = Statements(self._tables, self._connection)
        self._records = Records(self._tables, self._connection)
        self._signed = False

    @classmethod
    def create(cls, path: Path, *, at: datetime, replace: bool = False) -> Self:
        """Make an empty document and open it. Raises `Trouble`, also if there is a file already.

        With `replace` a document that is there is replaced. Under its name there is never anything
        but a whole document.
        """
        target = path.parent.resolve() / path.name
        with _free(target, replace=replace):
            write_atomic(target, lambda file: _make_empty(Path(file.name), at))
        return cls.open(target)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a document. Raises `InUse` if somebody else writes it, and `Trouble`.

        One that nobody can write is opened for reading only, see `read_only_reason`.
        """
        return cls(open_file(path, read_only=read_only))

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._opened.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._opened.lock is None

    @property
    def read_only_reason(self) -> Sentence | None:
        """Why nothing can be written, None if it can."""
        return self._opened.reason

    @property
    def unclean(self) -> bool:
        """Whether the document was not closed properly before: `integrity` should be asked."""
        return self._opened.unclean

    @property
    def read(self) -> Reader:
        """The reader of the thread that opened the store."""
        return self._reader

    @contextmanager
    def reader(self) -> Generator[Reader]:
        """Open a reader for the calling thread, with one consistent moment of the document.

        It never makes the writer wait. Once a step was written, undone or redone, its next read
        raises `Outdated`: what it was needed for has to be done again.
        """
        guest = self._guest()
        try:
            # Tables are made when they are first needed, which two threads must not do at once.
            yield StoreReader(Tables(), guest, self._guest)
        finally:
            guest.close()

    def apply(self, step: Step, by: str, at: datetime) -> Touched:
        """Write a step: its records and its place in the history.

        Raises `Invalid` for a reference to a record that is not there, `Trouble` if a record is not
        as the step expects, if a removed one is still referred to, or if the file cannot be
        written; then nothing was written.
        """
        return self._write(step.label, lambda history: history.do(step, by, at), back=False)

    def undo(self, at: datetime) -> Touched:
        """Take back the newest step that holds. Raises `Trouble`, then nothing was undone."""
        step = self._reader.next_undo()
        if step is None:
            raise Trouble(Sentence("There is nothing to undo."))
        return self._write(step.label, lambda history: history.undo(step, at), back=True)

    def redo(self, at: datetime) -> Touched:
        """Bring back the step that was undone last. Raises `Trouble`, then nothing was redone."""
        step = self._reader.next_redo()
        if step is None:
            raise Trouble(Sentence("There is nothing to redo."))
        return self._write(step.label, lambda history: history.redo(step, at), back=False)

    def copy_to(self, path: Path) -> None:
        """Write a verified copy; the store stays with its file. Raises `Trouble`, `InUse`.

        Replaces a document at `path`, if nobody has it open, but no file of another kind.
        """
        target = path.parent.resolve() / path.name
        if target.exists() and self.path.exists() and target.samefile(self.path):
            raise Trouble(
                Sentence("A copy cannot take the place of the document itself."),
                Sentence("Choose another name or folder."),
            )
        with _free(target, replace=True):
            copy(self._connection if get_ident() == self._thread else self.path, target)

    def back_up(self, folder: Path, reason: str, at: datetime) -> Path:
        """Write a backup into `folder` and give its path. Raises `Trouble`."""
        return back_up(self.path, folder, reason, at)

    def integrity(self) -> list[Sentence]:
        """Check everything; give what is wrong. Work for a job. Raises `Trouble`, `Outdated`."""
        guest = self._guest()
        try:
            return list(complaints(guest, Tables()))
        finally:
            guest.close()

    def close(self) -> None:
        """Close the file and let others have it; it stands alone then."""
        self._connection.close()
        if self._opened.lock is not None:
            self._opened.lock.release()

    def _guest(self) -> Guest:
        return Guest(self.path, self._gate, self._reading)

    def _write(self, label: str, work: Callable[[History], object], *, back: bool) -> Touched:
        if self.read_only:
            raise Trouble(Sentence("The document is open for reading only."), self.read_only_reason)
        writer = Writer(self._tables, self._statements, self._connection)
        history = History(self._records, self._connection, writer)
        with (
            self._gate.writing(),
            self._connection.transaction("BEGIN IMMEDIATE", lambda: self._still_named(writer)),
        ):
            work(history)
            writer.finish()
            self._sign()
        self._signed = True
        return _touched(label, writer.touch, back=back)

    def _sign(self) -> None:
        """Note which version wrote the file, for older ones that cannot read it."""
        if not self._signed:
            signed = sa.update(META).where(META.c.key == LAST_WRITTEN_BY).values(value=version())
            self._connection.run(signed)

    def _still_named(self, writer: Writer) -> Trouble:
        """Say which record refers to one that the transaction removed."""
        for kind, gone in writer.touch.removed.items():
            for shape, stored in self._tables.referring(kind):
                column = shape.table.c[stored.name]
                naming = sa.select(column, shape.table.c.rowid).where(one_of(column, gone)).limit(1)
                for removed, rowid in self._connection.fetch(naming):
                    who = self._records.captions_by_rowid(shape.schema.kind, [rowid])[rowid][1]
                    what = self._reader.record_history(kind, Id(gone[removed]))[0][1].caption
                    return Trouble(
                        Sentence(
                            "{what} cannot be removed: {who} names it as {field}.",
                            what=what or self._tables[kind].schema.label,
                            who=who or shape.schema.label,
                            field=stored.field.label,
                        ),
                        Sentence("Change or remove that first."),
                    )
        raise AssertionError("references lead nowhere although nothing was removed")


@contextmanager
def _free(target: Path, *, replace: bool) -> Generator[None]:
    """See to it that a file may be written at `target`, and that nobody opens it meanwhile."""
    if len(os.fsencode(target.name)) > _LONGEST_NAME:
        raise Trouble(
            Sentence("The name {name} is too long.", name=target.name),
            Sentence("Choose a shorter name."),
        )
    lock = None
    try:
        # Without a folder, or without the right to write there, there is no lock: who writes the
        # file finds that out again, and says it better.
        with suppress(OSError):
            lock = FileLock.take(target)
        if os.path.lexists(target):
            _refuse_existing(target, replace=replace)
        yield
    except LockTaken as taken:
        raise InUse(in_use_by(taken.holder), Sentence("Choose another name.")) from None
    finally:
        if lock is not None:
            lock.release()


def _refuse_existing(target: Path, *, replace: bool) -> None:
    if not replace:
        raise Trouble(
            Sentence("There is already a file {name} in this folder.", name=target.name),
            Sentence("Choose another name, or open that file."),
        )
    ours = target.is_file() and read_header(target).application_id == APPLICATION_ID
    if not ours:
        raise Trouble(
            Sentence("{name} is there already and is no document.", name=target.name),
            Sentence("Choose another name."),
        )


def _make_empty(part: Path, at: datetime) -> None:
    connection = Connection(part, Access.WRITE)
    try:
        # Nobody knows the file yet, and it is put on the disk as a whole at the end.
        connection.tell("PRAGMA journal_mode=MEMORY")
        connection.tell("PRAGMA synchronous=OFF")
        migrate(connection)
        created = {"key": CREATED_AT, "value": at.astimezone(UTC).isoformat()}
        connection.run(sa.insert(META), created)
        connection.run(sa.update(META).where(META.c.key == LAST_WRITTEN_BY).values(value=version()))
    finally:
        connection.close()


def _touched(label: str, touch: Touch, *, back: bool) -> Touched:
    return Touched(
        label,
        added=_ids(touch.added),
        changed=_ids(touch.changed),
        removed={kind: tuple(map(Id, gone.values())) for kind, gone in touch.removed.items()},
        back=back,
    )


def _ids(found: Mapping[str, list[str]]) -> dict[str, tuple[Id, ...]]:
    return {kind: tuple(map(Id, ids)) for kind, ids in found.items()}
