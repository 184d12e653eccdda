"""The open document: reading, editing, undo, and the news of what changed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from smartct_desktop.domain.changes import PastStep, Source, Step, Touched, Unsure
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services import seals
from smartct_desktop.services.edit import Edit, refuse_changes
from smartct_desktop.system.account import account_name
from smartct_desktop.system.clock import utc_now
from smartct_desktop.system.whereabouts import FileMark, Whereabouts

if TYPE_CHECKING:
    from smartct_desktop.services.checking import Examined
    from smartct_desktop.services.programme import ProgrammeFacts
    from smartct_desktop.storage.contents import Room
    from smartct_desktop.storage.packing import Packed
    from smartct_desktop.storage.store import Store

Listener = Callable[[Touched], None]
Guard = Callable[[str, Progress], None]
"""Told of a risk, in one word, before a step that moves much; it may make a backup."""

MANY = 500
"""A step with more records is a risk; an import is one whatever its size."""
Clock = Callable[[], datetime]


def is_risk(step: PastStep) -> bool:
    """Whether undoing a step moves so much that a backup is made first."""
    return step.source is not None or step.records > MANY


class Document:
    """One open `.smartct` file. Belongs to the thread that opened it (the window's own).

    All writing goes through `edit`, `do`, `undo` and `redo`; each is one transaction, and listeners
    hear of it only after it is safely on the disk. Other threads read through `reader()`.
    `changed_outside` says that it was another file when it was last closed here.
    """

    def __init__(
        self, store: Store, clock: Clock = utc_now, facts: ProgrammeFacts | None = None
    ) -> None:
        from smartct_desktop.services.checking import Checker
        from smartct_desktop.services.programme import shipped_facts

        self._store = store
        self._home: FilePath | None = None
        self._clock = clock
        self._listeners: list[Listener] = []
        self._findings_listeners: list[Callable[[], None]] = []
        self.changed_outside = False
        self.checker = Checker(facts or shipped_facts(), clock)
        store.examiner = self.checker
        self.guard: Guard | None = None

    @property
    def path(self) -> FilePath:
        """Where the file lies."""
        return self._store.path

    @property
    def home(self) -> FilePath:
        """Where people keep it: `path`, unless that is a working copy of our own."""
        return self._home or self._store.path

    def kept_at(self, home: FilePath) -> None:
        """Say where the file is kept of which this one is a working copy."""
        self._home = home

    @property
    def key(self) -> Key | None:
        """The key of a protected document, None for a plain one. Neither shown nor logged."""
        return self._store.key

    @property
    def protected(self) -> bool:
        """Whether the file can only be opened with a password."""
        return self._store.key is not None

    @property
    def moment(self) -> int:
        """The number that grows with every change of the document; on its own thread."""
        return self._store.moment

    @property
    def id(self) -> str:
        """What the document shares with all its copies and backups."""
        return self._store.document_id

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written (another holder, read-only medium, newer version)."""
        return self._store.read_only

    @property
    def read_only_reason(self) -> Sentence | None:
        """Why nothing can be written, None if it can."""
        return self._store.read_only_reason

    @property
    def in_use_elsewhere(self) -> bool:
        """Whether it is only read here because somebody else writes it, or may."""
        return self._store.in_use_elsewhere

    @property
    def hindered(self) -> bool:
        """Whether file, folder or drive refuse to be written, and nobody asked for that."""
        return self._store.hindered

    @property
    def unclean(self) -> bool:
        """Whether the program ended without closing it: a full check is due."""
        return self._store.unclean

    @property
    def absent(self) -> bool:
        """Whether the file is not the one that was opened any more: only a copy helps then."""
        return self._store.absent

    @property
    def mark(self) -> FileMark | None:
        """What the file is known by, see `system/whereabouts.py`."""
        return self._store.mark

    def where(self) -> Whereabouts:
        """Look whether the file is still the one that was opened; if not, nothing is written."""
        return self._store.where()

    @property
    def read(self) -> Reader:
        """The reader of the thread that opened the document."""
        return self._store.read

    def reader(self, progress: Progress | None = None) -> AbstractContextManager[Reader]:
        """Open a reader for another thread, with one consistent moment of the document.

        Once the work that `progress` tells of was cancelled, reading raises `Cancelled`.
        """
        return self._store.reader(progress)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every step; the function returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @contextmanager
    def edit(
        self, label: str, source: Source | None = None, *, typed: bool = False
    ) -> Generator[Edit]:
        """Collect the changes made in the block and write them as one step.

        What is `typed` in one field again and again in a short time becomes one step together.
        An exception in the block, or from the file, leaves everything as it was. Raises
        `Invalid` for a value that breaks a rule, `Trouble` if the file cannot be written.
        """
        edit = Edit(self.read)
        yield edit
        changes = edit.changes()
        if changes:
            self.do(Step(label, changes, source, typed=typed))

    def do(self, step: Step) -> Touched:
        """Write a step whose records were checked already. Raises `Invalid`, `Trouble`."""
        refuse_changes(step)
        self._warn(step)
        with self._telling_of_the_unsure():
            return self.announce(self._store.apply(step, account_name(), self._clock()))

    def note(self, label: str) -> Touched:
        """Write into the history what was done without changing a record. Raises `Trouble`.

        Undo passes over it. `label` reads as those of steps do: "export of … to …".
        """
        self._store.note(label, account_name(), self._clock())
        return self.announce(Touched(label, {}, {}, {}))

    def content(self, sha256: str, name: str) -> Iterator[bytes]:
        """Give the content of an attached file, called `name`, in pieces; on any thread.

        Raises `Trouble` if it is missing or damaged, at the latest after the last piece.
        """
        return self._store.content(sha256, name)

    def contents_room(self) -> Room:
        """Say how much is kept of attached files. Reads all of it: work that takes a while."""
        return self._store.contents_room()

    def remove_unused_contents(self) -> int:
        """Remove the contents that neither a record nor the history can name again.

        Gives their bytes; the file itself keeps its size until the room is used again.
        """
        return self._store.remove_unused_contents()

    def undo(self) -> Touched:
        """Take back the newest step. Raises `Trouble` if there is none or it cannot be."""
        step = self.read.next_undo() if self.guard is not None else None
        if self.guard is not None and step is not None and is_risk(step):
            self.guard("undo", Progress())
        with self._telling_of_the_unsure():
            return self.announce(self._store.undo(self._clock()))

    def redo(self) -> Touched:
        """Bring back the step undone last. Raises `Trouble` if there is none."""
        with self._telling_of_the_unsure():
            return self.announce(self._store.redo(self._clock()))

    @contextmanager
    def _telling_of_the_unsure(self) -> Generator[None]:
        """Have what shows the document show a step that is there though its writing failed."""
        try:
            yield
        except Unsure as unsure:
            self.announce(unsure.touched)
            raise

    # Big steps are written on the thread of a job, see `services/long_step.py`.

    def write(self, step: Step, progress: Progress, contents: Sequence[Packed] = ()) -> Touched:
        """Write a step on whatever thread, for `announce` on the document's own.

        `contents` are those of the attachments that it adds, kept in the same transaction.
        Raises `Invalid`, `Trouble`, `Cancelled`; then nothing was written.
        """
        refuse_changes(step)
        self._warn(step, progress)
        return self._store.apply(step, account_name(), self._clock(), progress, contents)

    def write_undo(self, progress: Progress) -> Touched:
        """Take back the newest step on whatever thread, for `announce`. Raises as `write` does."""
        if self.guard is not None:
            self.guard("undo", progress)
        return self._store.undo(self._clock(), progress)

    def write_redo(self, progress: Progress) -> Touched:
        """Bring back the step undone last, as `write_undo` takes it back."""
        return self._store.redo(self._clock(), progress)

    def _warn(self, step: Step, progress: Progress | None = None) -> None:
        """Tell the guard of a step that moves much."""
        small = step.source is None and not step.joins and len(step.changes) < MANY
        if self.guard is None or small:
            return
        removing = sum(change.after is None for change in step.changes) * 2 > len(step.changes)
        risk = "import" if step.source is not None else "deletion" if removing else "change"
        risk = "merge" if step.joins else risk
        self.guard(risk, progress or Progress())

    def announce(self, touched: Touched) -> Touched:
        """Tell the listeners of a step that is written; on the document's own thread."""
        for listener in tuple(self._listeners):
            listener(touched)
        return touched

    # Findings are kept right within each step; what a step leaves due is examined afterwards.

    def subscribe_findings(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` whenever findings changed without a step; the function returned ends it.

        After a step its listeners are told anyway.
        """
        self._findings_listeners.append(listener)
        return lambda: self._findings_listeners.remove(listener)

    def renew_findings(self) -> bool:
        """Have all records examined anew if the rules are others, or it is another day.

        Only marks them; gives whether that is so. Raises `Trouble`.
        """
        return self._store.renew_findings()

    def examine_due(self) -> Examined | None:
        """Ask the rules about some records that are due, on whatever thread; None if none is.

        Raises `Outdated` if a step is written meanwhile, and `Trouble`.
        """
        with self.reader() as reader:
            return self.checker.due(reader)

    def settle(self, examined: Examined) -> bool:
        """Write what the rules said, if the document is still the same. Raises `Trouble`."""
        settled = self._store.settle(examined.due, examined.found)
        if settled:
            for listener in tuple(self._findings_listeners):
                listener()
        return settled

    def settle_all(self) -> None:
        """Examine everything that is due, now. Raises `Trouble`."""
        self.renew_findings()
        while not self.read_only and (examined := self.checker.due(self.read)) is not None:
            self.settle(examined)

    def save_copy(self, path: FilePath, progress: Progress | None = None) -> None:
        """Write a verified copy, on whatever thread. Raises `Trouble`, `Cancelled`."""
        self._store.copy_to(path, progress)

    def backup(self, folder: FilePath) -> FilePath:
        """Write a verified backup into `folder`; gives its path. Raises `Trouble`."""
        return self._store.back_up(folder, "asked", self._clock())

    def integrity(self, progress: Progress | None = None) -> list[Sentence]:
        """Check the whole file and what it holds; nothing found is an empty list. Slow.

        On whatever thread. Raises `Trouble`, `Outdated`, `Cancelled`.
        """
        return self._store.integrity(progress)

    def close(self) -> None:
        """Close the file and let others have it."""
        self._listeners.clear()
        self._findings_listeners.clear()
        sealed = not self.read_only
        self._store.close()
        if sealed:
            seals.keep(self.path)
