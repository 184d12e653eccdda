"""The open document: reading, editing, undo, and the news of what changed."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from smartct_desktop.domain.changes import Change, Origin, Source, Step, Touched
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.reading import Reader, RecordT
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.account import account_name
from smartct_desktop.system.clock import utc_now

if TYPE_CHECKING:
    from smartct_desktop.storage.store import Store

Listener = Callable[[Touched], None]
Clock = Callable[[], datetime]


class Edit:
    """Collects the changes of one step; it sees its own changes when it reads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._changes: dict[Id, Change] = {}

    def get(self, type_: type[RecordT], id_: Id) -> RecordT:
        """Fetch a record as it is within this edit. Raises KeyError."""
        change = self._changes.get(id_)
        if change is None:
            return self._reader.get(type_, id_)
        if not isinstance(change.after, type_):
            raise KeyError(id_)
        return change.after

    def add(self, record: Record, origin: Origin | None = None) -> Record:
        """Add a record. Raises `Invalid` if a value breaks a rule."""
        check(record)
        self._changes[record.id] = Change(None, record, origin)
        return record

    def update(
        self, record: Record, origin: Origin | None = None, *, stored: Record | None = None
    ) -> Record:
        """Put the record in the place of the one with its id. Raises `Invalid`, KeyError.

        `stored` is that one as the file has it, where the caller has read it already.
        """
        check(record)
        known = self._changes.get(record.id)
        if known is not None:
            before = known.before
        else:
            before = stored or self._reader.record(record.schema.kind, record.id)
        origin = origin or (known.origin if known else None)
        self._changes[record.id] = Change(before, record, origin)
        return record

    def set(self, record: Record, field: str, value: Value) -> Record:
        """Change one field of a record. Raises `Invalid`, KeyError."""
        return self.update(record.replace(**{field: value}))

    def remove(self, kind: str, id_: Id) -> None:
        """Remove a record; whoever refers to it must be changed in the same edit. KeyError."""
        known = self._changes.pop(id_, None)
        before = known.before if known else self._reader.record(kind, id_)
        if before is not None:
            self._changes[id_] = Change(before, None)

    def changes(self) -> tuple[Change, ...]:
        """Give the changes that change something, in the order they were first made."""
        return tuple(c for c in self._changes.values() if c.before != c.after)


class Document:
    """One open `.smartct` file. Belongs to the thread that opened it (the window's own).

    All writing goes through `edit`, `undo` and `redo`; each is one transaction, and listeners
    hear of it only after it is safely on the disk. Other threads read through `reader()`.
    """

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock
        self._listeners: list[Listener] = []

    @property
    def path(self) -> FilePath:
        """Where the file lies."""
        return self._store.path

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written (another holder, read-only medium, newer version)."""
        return self._store.read_only

    @property
    def read(self) -> Reader:
        """The reader of the thread that opened the document."""
        return self._store.read

    def reader(self) -> AbstractContextManager[Reader]:
        """Open a reader for another thread, with one consistent moment of the document."""
        return self._store.reader()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every step; the function returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @contextmanager
    def edit(self, label: str, source: Source | None = None) -> Generator[Edit]:
        """Collect the changes made in the block and write them as one step.

        An exception in the block, or from the file, leaves everything as it was. Raises
        `Invalid` for a value that breaks a rule, `Trouble` if the file cannot be written.
        """
        edit = Edit(self.read)
        yield edit
        changes = edit.changes()
        if changes:
            self._announce(
                self._store.apply(Step(label, changes, source), account_name(), self._clock())
            )

    def undo(self) -> Touched:
        """Take back the newest step. Raises `Trouble` if there is none or it cannot be."""
        return self._announce(self._store.undo(self._clock()))

    def redo(self) -> Touched:
        """Bring back the step undone last. Raises `Trouble` if there is none."""
        return self._announce(self._store.redo(self._clock()))

    def save_copy(self, path: FilePath) -> None:
        """Write a verified copy of the document; the document itself stays open."""
        self._store.copy_to(path)

    def backup(self, folder: FilePath) -> FilePath:
        """Write a verified backup into `folder`; gives its path. Raises `Trouble`."""
        return self._store.back_up(folder, "asked", self._clock())

    def integrity(self) -> list[Sentence]:
        """Check the whole file and what it holds; nothing found is an empty list. Slow."""
        return self._store.integrity()

    def close(self) -> None:
        """Close the file and let others have it."""
        self._listeners.clear()
        self._store.close()

    def _announce(self, touched: Touched) -> Touched:
        for listener in tuple(self._listeners):
            listener(touched)
        return touched
