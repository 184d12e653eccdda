"""The file on disk behind a document."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from threading import get_ident
from typing import Self

import sqlalchemy as sa

from smartct_desktop.domain.changes import Step, Touched
from smartct_desktop.domain.errors import Damaged, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.programme.assessment import Assessment
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Due, Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.absence import (
    COPY,
    HINDRANCES,
    NoRoom,
    absent,
    forget_journal,
    missing_room,
    no_memory,
)
from smartct_desktop.storage.backups import back_up
from smartct_desktop.storage.books import CREATED_AT, LAST_WRITTEN_BY, META
from smartct_desktop.storage.connection import Access, Connection, engine_for
from smartct_desktop.storage.contents import (
    Room,
    read_out,
    remove_broken,
    remove_unused,
    room,
    unused,
)
from smartct_desktop.storage.copies import clear_sides, copy
from smartct_desktop.storage.examining import Examination, Examiner
from smartct_desktop.storage.gate import Gate
from smartct_desktop.storage.guests import Guest, Host
from smartct_desktop.storage.history import History
from smartct_desktop.storage.identity import document_id
from smartct_desktop.storage.in_use import LOST
from smartct_desktop.storage.integrity import complaints
from smartct_desktop.storage.opening import Opened, open_file
from smartct_desktop.storage.packing import Packed
from smartct_desktop.storage.pen import Pen, Turn, second_pen
from smartct_desktop.storage.reading import StoreReader
from smartct_desktop.storage.still_named import still_named
from smartct_desktop.storage.tables import Tables
from smartct_desktop.storage.targets import free
from smartct_desktop.storage.unsure import raise_if_there
from smartct_desktop.storage.upgrade import migrate
from smartct_desktop.storage.writing import Touch, Writer
from smartct_desktop.system.collecting import without_collecting
from smartct_desktop.system.files import write_atomic
from smartct_desktop.system.version import version
from smartct_desktop.system.whereabouts import FileMark, Whereabouts, where_is

Work = Callable[[History, Reader], str]
"""Writes within a transaction, and gives the label of the step it wrote or turned."""


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
        self._mark = FileMark.of(opened.path)
        self._absent: Sentence | None = None
        self._reading = engine_for(opened.path, Access.READ, self.key)
        self._spare_tables: list[Tables] = []
        self._turn = Turn()
        self._pen = Pen(Tables(), self._connection, self._guest)
        host = Host(self._connection, self._gate)
        self._reader = StoreReader(self._pen.tables, host, self._guest)
        self._signed = False
        self.examiner: Examiner | None = None  # asks the rules; without it records stay due
        self._typed: int | None = None  # the newest step, if it was typed here and may go on

    @classmethod
    def create(
        cls, path: Path, *, at: datetime, replace: bool = False, key: Key | None = None
    ) -> Self:
        """Make an empty document and open it. Raises `Trouble`, also if there is a file already.

        With `replace` a document that is there is replaced. Under its name there is never anything
        but a whole document. With a `key` it is protected from the beginning.
        """
        target = path.parent.resolve() / path.name
        with free(target, replace=replace):
            write_atomic(target, lambda file: _make_empty(Path(file.name), target, at, key))
        return cls.open(target, key=key)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        anyway: bool = False,
        key: Key | None = None,
    ) -> Self:
        """Open a document. Raises `InUse` if somebody else writes it, and `Trouble`.

        One that nobody can write is opened for reading only, see `read_only_reason`. `anyway` is
        for one of which nobody can tell whether it is still open elsewhere (`MaybeInUse`). Raises
        `Protected` if it needs a `key`, `WrongPassword` if another.
        """
        return cls(open_file(path, read_only=read_only, anyway=anyway, key=key))

    @property
    def key(self) -> Key | None:
        """The key of a protected document, None for a plain one."""
        return self._opened.connection.key

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._opened.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        lock = self._opened.lock
        return lock is None or lock.lost or self._absent is not None

    @property
    def read_only_reason(self) -> Sentence | None:
        """Why nothing can be written, None if it can."""
        lost = self._opened.lock is not None and self._opened.lock.lost
        return self._absent or (LOST if lost else self._opened.reason)

    @property
    def in_use_elsewhere(self) -> bool:
        """Whether somebody else wrote the document, or may have, when it was opened."""
        return self._opened.in_use

    @property
    def hindered(self) -> bool:
        """Whether file, folder or drive refuse to be written."""
        return self._opened.reason in HINDRANCES

    @property
    def absent(self) -> bool:
        """Whether the file was found to be gone, replaced or cut off: only a copy helps then."""
        return self._absent is not None

    @property
    def mark(self) -> FileMark | None:
        """What the file is known by, for whoever looks after it on another thread."""
        return self._mark

    def where(self) -> Whereabouts:
        """Look whether the file is still the one that was opened; if not, nothing is written.

        On the document's own thread. A drive that is only out of reach may come back.
        """
        where = where_is(self.path, self._mark)
        if where is Whereabouts.HERE and self._is_cut_off():
            where = Whereabouts.CUT_OFF
        if where is Whereabouts.OUT_OF_REACH:
            return where
        here = where is Whereabouts.HERE
        self._absent = None if here else absent(self.path, where)
        return where

    def _is_cut_off(self) -> bool:
        try:
            with self._gate.reading(lambda: None):  # not while somebody commits
                return self.path.stat().st_size < self._connection.size()
        except Damaged:
            return True
        except (Trouble, OSError):
            return False

    @property
    def unclean(self) -> bool:
        """Whether the document was not closed properly before: `integrity` should be asked."""
        return self._opened.unclean

    @property
    def read(self) -> Reader:
        """The reader of the thread that opened the store."""
        return self._reader

    @contextmanager
    def reader(self, progress: Progress | None = None) -> Generator[Reader]:
        """Open a reader for the calling thread, with one consistent moment of the document.

        It never makes the writer wait. Once a step was written, undone or redone, its next read
        raises `Outdated`: what it was needed for has to be done again. It raises `Cancelled`
        once that is what `progress` says.
        """
        guest = self._guest()
        if progress is not None:
            guest.follow(progress)
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

    def remove_broken_contents(self) -> int:
        """Remove the contents that are not whole, so that they can be attached again; how many."""
        with self._gate.writing(), self._connection.transaction("BEGIN IMMEDIATE"):
            return remove_broken(self._connection)

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
        with free(target, replace=True):
            own = get_ident() == self._thread
            copy(self._connection if own else self.path, target, progress, key=self.key)

    def back_up(self, folder: Path, reason: str, at: datetime) -> Path:
        """Write a backup into `folder` and give its path. Raises `Trouble`."""
        return back_up(self.path, folder, reason, at, key=self.key)

    @property
    def moment(self) -> int:
        """The number that grows with every change of the document, whoever writes it."""
        return self._connection.moment()

    @property
    def document_id(self) -> str:
        """The id that all copies of the document share."""
        return document_id(self._connection)

    def integrity(self, progress: Progress | None = None) -> list[Sentence]:
        """Check everything; give what is wrong. Work for a job.

        Raises `Trouble`, `Outdated`, `Cancelled`.
        """
        guest = self._guest()
        try:
            return list(complaints(guest, Tables(), progress))
        finally:
            guest.close()

    def close(self) -> None:
        """Close the file and let others have it; it stands alone then."""
        self._connection.close(leave=self._absent is not None)
        if self._absent is not None:
            forget_journal(self.path)
        if self._opened.lock is not None:
            self._opened.lock.release()

    def _tables_to_spare(self) -> Tables:
        try:
            return self._spare_tables.pop()
        except IndexError:  # asked for by several threads: looking first would not be safe
            return Tables()

    def _guest(self) -> Guest:
        guest = Guest(self.path, self._gate, self._reading, key=self.key)
        try:
            self._refuse_another_file()
        except BaseException:
            guest.close()
            raise
        return guest

    def _refuse_another_file(self) -> None:
        """Raise `Trouble` if the path leads elsewhere by now, on whatever thread."""
        where = where_is(self.path, self._mark)
        if where is not Whereabouts.HERE:
            raise Trouble(absent(self.path, where), COPY)

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
        if self._absent is None and not self.read_only and get_ident() == self._thread:
            self.where()
        if self._absent is not None:
            raise Trouble(self._absent, COPY)
        if self.read_only:
            raise Trouble(Sentence("The document is open for reading only."), self.read_only_reason)
        progress = progress or Progress()
        with self._turn.taken(), without_collecting():
            if get_ident() == self._thread:
                with self._gate.writing():
                    return self._write_with(self._pen, work, progress, nullcontext, back=back)
            with second_pen(self.path, self._guest, self.key) as pen:
                self._refuse_another_file()
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
        grown, moment, written = 0, -1, None
        try:
            with pen.connection.transaction(
                "BEGIN IMMEDIATE", lambda: still_named(pen, writer), committing
            ):
                moment = pen.connection.moment()
                label = work(history, pen.reader)
                writer.finish()
                examination = Examination(pen.tables, pen.connection, pen.reader, self.examiner)
                examination.follow(writer.touch, progress)
                self._sign(pen.connection)
                grown = pen.connection.size() - self.path.stat().st_size
                written = _touched(label, writer.touch, examination.followed, back=back)
        except Trouble as trouble:
            raise_if_there(pen.connection, moment, written, trouble)
            room = missing_room(self.path, max(0, grown)) if isinstance(trouble, NoRoom) else None
            raise room or trouble from trouble
        except MemoryError:
            raise no_memory() from None
        self._signed = True
        return written

    def _sign(self, connection: Connection) -> None:
        """Note which version wrote the file, for older ones that cannot read it."""
        if not self._signed:
            signed = sa.update(META).where(META.c.key == LAST_WRITTEN_BY).values(value=version())
            connection.run(signed)


def _make_empty(part: Path, target: Path, at: datetime, key: Key | None) -> None:
    connection = Connection(part, Access.WRITE, key=key)
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
    clear_sides(target)


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
