"""The file on disk behind a document."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import get_ident
from typing import Self

import sqlalchemy as sa

from smartct_desktop.domain.changes import Step, Touched
from smartct_desktop.domain.errors import InUse, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.assessment import Assessment
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Due, Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.backups import back_up
from smartct_desktop.storage.books import CREATED_AT, LAST_WRITTEN_BY, META
from smartct_desktop.storage.connection import Access, Connection, Guest, Host, engine_for
from smartct_desktop.storage.contents import Packed, Room, read_out, remove_unused, room, unused
from smartct_desktop.storage.copies import copy
from smartct_desktop.storage.examining import Examination, Examiner
from smartct_desktop.storage.filters import one_of
from smartct_desktop.storage.gate import Gate
from smartct_desktop.storage.header import read_header
from smartct_desktop.storage.history import History
from smartct_desktop.storage.integrity import complaints
from smartct_desktop.storage.opening import Opened, in_use_by, open_file
from smartct_desktop.storage.pen import Pen, Turn, second_pen
from smartct_desktop.storage.reading import StoreReader
from smartct_desktop.storage.tables import Tables
from smartct_desktop.storage.upgrade import APPLICATION_ID, migrate
from smartct_desktop.storage.writing import Touch, Writer
from smartct_desktop.system.collecting import without_collecting
from smartct_desktop.system.files import write_atomic
from smartct_desktop.system.locks import FileLock, LockTaken
from smartct_desktop.system.version import version

Work = Callable[[History, Reader], str]
"""Writes within a transaction, and gives the label of the step it wrote or turned."""

_LONGEST_NAME = 240
"""Bytes: the journal's name is longer than the document's, and systems take 255."""


class Store:
    """One open `.smartct` file. Belongs to the thread that opened it.

    Only `reader`, `content`, `copy_to`, `back_up`, `integrity`, `apply`, `undo` and `redo` may be
    used on other threads; writing there makes nobody wait, see `storage/pen.py`. Whatever is
    written is written wholly or not at all, and is on the disk when the call returns.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._connection = opened.connection
        self._thread = get_ident()
        self._gate = Gate()
        self._reading = engine_for(opened.path, Access.READ)
        self._spare_tables: list[Tables] = []
        self._turn = Turn()
        self._pen = Pen(Tables(), self._connection, self._guest)
        host = Host(self._connection, self._gate)
        self._reader = StoreReader(self._pen.tables, host, self._guest)
        self._signed = False
        self.examiner: Examiner | None = None  # asks the rules; without it records stay due
        self._typed: int | None = None  # the newest step, if it was typed here and may go on

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
        # What is made of the tables is for one thread: each reader has its own, and the next one
        # gets what another does not need any more.
        tables = self._tables_to_spare()
        try:
            yield StoreReader(tables, guest, self._guest)
        finally:
            guest.close()
            self._spare_tables.append(tables)

    def apply(
        self,
        step: Step,
        by: str,
        at: datetime,
        progress: Progress | None = None,
        contents: Sequence[Packed] = (),
    ) -> Touched:
        """Write a step: its records, contents that they name, and its place in the history.

        Raises `Invalid` for a reference to a record that is not there, `Trouble` if a record is not
        as the step expects, if a removed one is still referred to, or if the file cannot be
        written, and `Cancelled`; then nothing was written. Steps that are typed may become one.
        """
        newest: int | None = None

        def work(history: History, _reader: Reader) -> str:
            nonlocal newest
            if step.typed:
                newest = history.do_typed(step, by, at, self._typed)
            else:
                history.do(step, by, at, contents)
            return step.label

        touched = self._write(work, progress, back=False)
        self._typed = newest
        return touched

    def undo(self, at: datetime, progress: Progress | None = None) -> Touched:
        """Take back the newest step that holds. Raises `Trouble`, `Cancelled`, undoing nothing."""

        def work(history: History, reader: Reader) -> str:
            step = reader.next_undo()
            if step is None:
                raise Trouble(Sentence("There is nothing to undo."))
            history.undo(step, at)
            return step.label

        self._typed = None
        return self._write(work, progress, back=True)

    def redo(self, at: datetime, progress: Progress | None = None) -> Touched:
        """Bring back the step that was undone last. Raises as `undo` does."""

        def work(history: History, reader: Reader) -> str:
            step = reader.next_redo()
            if step is None:
                raise Trouble(Sentence("There is nothing to redo."))
            history.redo(step, at)
            return step.label

        self._typed = None
        return self._write(work, progress, back=False)

    def note(self, label: str, by: str, at: datetime) -> None:
        """Write into the history what was done without changing a record. Raises `Trouble`.

        What is open for reading only cannot note anything.
        """

        def work(history: History, _reader: Reader) -> str:
            history.note(label, by, at)
            return label

        self._typed = None
        self._write(work, None, back=False)

    def content(self, sha256: str, name: str) -> Iterator[bytes]:
        """Give the content of an attached file in pieces; `name` is said if it cannot be.

        Raises `Trouble`, at the latest after the last piece: a file made of it counts only then.
        """
        return read_out(self._guest, sha256, name)

    def contents_room(self) -> Room:
        """Say how much is kept of attached files."""
        return room(self._connection)

    def unused_contents(self) -> Sequence[str]:
        """Give the hashes of the contents that nothing can name any more."""
        return unused(self._connection)

    def remove_unused_contents(self) -> int:
        """Remove the contents that nothing can name any more; give their bytes. `Trouble`."""
        if self.read_only:
            raise Trouble(Sentence("The document is open for reading only."), self.read_only_reason)
        with (
            self._turn.taken(),
            self._gate.writing(),
            self._connection.transaction("BEGIN IMMEDIATE"),
        ):
            return remove_unused(self._connection)

    def copy_to(self, path: Path, progress: Progress | None = None) -> None:
        """Write a verified copy; the store stays with its file. Also raises `InUse`, `Cancelled`.

        Replaces a document at `path`, if nobody has it open, but no file of another kind.
        """
        target = path.parent.resolve() / path.name
        if target.exists() and self.path.exists() and target.samefile(self.path):
            raise Trouble(
                Sentence("A copy cannot take the place of the document itself."),
                Sentence("Choose another name or folder."),
            )
        with _free(target, replace=True):
            own = get_ident() == self._thread
            copy(self._connection if own else self.path, target, progress)

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

    def _tables_to_spare(self) -> Tables:
        try:
            return self._spare_tables.pop()
        except IndexError:  # asked for by several threads: looking first would not be safe
            return Tables()

    def _guest(self) -> Guest:
        return Guest(self.path, self._gate, self._reading)

    def renew_findings(self) -> bool:
        """Have all records examined anew if the rules are others, or it is another day.

        Gives whether that is so. Raises `Trouble`.
        """
        return self._settle(lambda examination: examination.renew())

    def settle(self, due: Due, found: Mapping[Id, Assessment]) -> bool:
        """Write what was found of records that were due, on the document's own thread.

        Gives False, and writes nothing, if the document has changed since. Raises `Trouble`.
        """
        return self._settle(lambda examination: examination.settle(due, found))

    def _settle(self, work: Callable[[Examination], bool]) -> bool:
        """Write findings alone: for all who read records the document stays as it is."""
        pen = self._pen
        if self.read_only or self.examiner is None:
            return False
        with (
            self._turn.taken(soon_over=True),
            self._gate.writing(),
            pen.connection.transaction("BEGIN IMMEDIATE"),
        ):
            return work(Examination(pen.tables, pen.connection, pen.reader, self.examiner))

    def _write(self, work: Work, progress: Progress | None, *, back: bool) -> Touched:
        """Do the work in one transaction, on whatever thread; it gives the label of its step."""
        if self.read_only:
            raise Trouble(Sentence("The document is open for reading only."), self.read_only_reason)
        progress = progress or Progress()
        with self._turn.taken(), without_collecting():
            if get_ident() == self._thread:
                with self._gate.writing():
                    return self._write_with(self._pen, work, progress, nullcontext, back=back)
            with second_pen(self.path, self._guest) as pen:
                return self._write_with(pen, work, progress, self._gate.writing, back=back)

    def _write_with(
        self,
        pen: Pen,
        work: Work,
        progress: Progress,
        committing: Callable[[], AbstractContextManager[None]],
        *,
        back: bool,
    ) -> Touched:
        writer = Writer(pen.tables, pen.statements, pen.connection)
        history = History(pen.records, pen.connection, writer, progress)
        with pen.connection.transaction(
            "BEGIN IMMEDIATE", lambda: _still_named(pen, writer), committing
        ):
            label = work(history, pen.reader)
            writer.finish()
            examination = Examination(pen.tables, pen.connection, pen.reader, self.examiner)
            examination.follow(writer.touch, progress)
            self._sign(pen.connection)
        self._signed = True
        return _touched(label, writer.touch, examination.followed, back=back)

    def _sign(self, connection: Connection) -> None:
        """Note which version wrote the file, for older ones that cannot read it."""
        if not self._signed:
            signed = sa.update(META).where(META.c.key == LAST_WRITTEN_BY).values(value=version())
            connection.run(signed)


def _still_named(pen: Pen, writer: Writer) -> Trouble:
    """Say which record refers to one that the transaction removed."""
    for kind, gone in writer.touch.removed.items():
        for shape, stored in pen.tables.referring(kind):
            column = shape.table.c[stored.name]
            naming = sa.select(column, shape.table.c.rowid).where(one_of(column, gone)).limit(1)
            for removed, rowid in pen.connection.fetch(naming):
                who = pen.records.captions_by_rowid(shape.schema.kind, [rowid])[rowid][1]
                what = pen.reader.record_history(kind, Id(gone[removed]))[0][1].caption
                return Trouble(
                    Sentence(
                        "{what} cannot be removed: {who} names it as {field}.",
                        what=what or pen.tables[kind].schema.label,
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


def _touched(label: str, touch: Touch, followed: Mapping[str, list[str]], *, back: bool) -> Touched:
    return Touched(
        label,
        added=_ids(touch.added),
        changed=_ids(touch.changed),
        removed={kind: tuple(map(Id, gone.values())) for kind, gone in touch.removed.items()},
        back=back,
        followed={kind: ids for kind, ids in _ids(followed).items() if ids},
    )


def _ids(found: Mapping[str, list[str]]) -> dict[str, tuple[Id, ...]]:
    return {kind: tuple(map(Id, ids)) for kind, ids in found.items()}
