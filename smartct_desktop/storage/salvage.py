"""Making a sound document of what can be read of a damaged one, which stays as it is.

First SQLite reads the tables around the damage, then the pages that it cannot reach any more are
looked through. The rows go into new tables of the same version; what hangs in the air there is let
go of, the document is brought up to date, and all that is derived is made anew.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.errors import Damaged, InUse, Trouble, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.damaged_file import DamagedFile
from smartct_desktop.storage.errors import explained
from smartct_desktop.storage.fitting import header_of, key_for
from smartct_desktop.storage.header import Header
from smartct_desktop.storage.in_use import in_use_by
from smartct_desktop.storage.mending import mend
from smartct_desktop.storage.rescuing import Rescue, Rescued
from smartct_desktop.storage.store import Store
from smartct_desktop.storage.targets import free
from smartct_desktop.storage.upgrade import APPLICATION_ID, MIGRATIONS, NEWEST, migrate
from smartct_desktop.system.files import write_atomic
from smartct_desktop.system.locks import holder_of


@dataclass(frozen=True, slots=True)
class Entry:
    """What the new document's history says of the salvage: who, when, and in which words."""

    by: str
    at: datetime
    label: Callable[[Rescued], str]


def salvage(
    source: Path,
    target: Path,
    entry: Entry,
    progress: Progress | None = None,
    key: Key | None = None,
) -> Rescued:
    """Read what can be read of `source` into a new document with a note in its history.

    `source` is never changed. Raises `InUse` if somebody has it open, `Trouble` if it belongs to
    another program or a newer version, if nothing can be read, or if `target` cannot be made. That
    of a protected one has the same `key`.
    """
    progress = progress or Progress()
    holder = holder_of(source)
    if holder is not None:
        raise InUse(in_use_by(holder), Sentence("Close it there first."))
    version = _version(source, key)
    target = target.parent.resolve() / target.name
    result = Rescued()
    with free(target), tempfile.TemporaryDirectory(prefix="smartct-salvage-") as folder:
        settled = _settled(source, Path(folder), key)

        def produce(part: Path) -> None:
            _build(settled, part, version, result, progress, key)
            _close_up(part, entry, result, progress, key)

        write_atomic(target, lambda file: produce(Path(file.name)))
    return result


def _version(source: Path, key: Key | None) -> int:
    """Read the version of the file; the newest is taken where the header is destroyed."""
    try:
        header = header_of(source, key)
    except WrongPassword:
        raise
    except Trouble:
        header = Header(APPLICATION_ID, NEWEST)
    if header.application_id != APPLICATION_ID:
        raise Trouble(Sentence("{name} belongs to another program.", name=source.name))
    if header.version > NEWEST:
        raise Trouble(
            Sentence("{name} was written by a newer version of this program.", name=source.name),
            Sentence("Install that version or a newer one. The file was left as it was."),
        )
    return header.version or NEWEST


def _settled(source: Path, folder: Path, key: Key | None) -> Path:
    """Play a journal back that lies beside the file, on a copy of both."""
    journal = source.with_name(source.name + "-journal")
    try:
        if not journal.is_file() or not journal.stat().st_size:
            return source
        copied = folder / "copy"
        shutil.copyfile(source, copied)
        shutil.copyfile(journal, folder / "copy-journal")
    except OSError as error:
        raise Trouble(
            Sentence("{name} cannot be read: {why}.", name=source.name, why=error.strerror)
        ) from error
    try:
        with closing(Connection(copied, Access.WRITE, key=key)) as connection:
            connection.tell("SELECT count(*) FROM sqlite_master")
    except Trouble:  # as it is, then
        return source
    return copied


def _build(  # noqa: PLR0913, PLR0917 (from where, to where, how)
    source: Path,
    part: Path,
    version: int,
    result: Rescued,
    progress: Progress,
    key: Key | None,
) -> None:
    connection = Connection(part, Access.WRITE, key=key)
    try:
        # Nobody knows the file yet, and it is put on the disk as a whole at the end.
        connection.tell("PRAGMA journal_mode=MEMORY")
        connection.tell("PRAGMA synchronous=OFF")
        migrate(connection, MIGRATIONS[:version])
        connection.tell("PRAGMA foreign_keys=OFF")
        with explained(), closing(DamagedFile(source, key)) as damaged:
            Rescue(damaged, connection.raw, result, progress).run()
        if not any(result.kept[kind] for kind in BY_KIND):
            with suppress(Damaged):
                key_for(source, key)  # without its key nothing of a protected one is there
            raise Trouble(
                Sentence("Nothing could be read of {name}.", name=source.name),
                Sentence("Open a backup of it."),
            )
        with explained():
            mend(connection, result.mended, progress)
        for kind in BY_KIND:
            ((there,),) = connection.tell(f'SELECT count(*) FROM "{kind}"')  # noqa: S608 (our names)
            result.kept[kind] = there - result.stand_ins[kind]
    finally:
        connection.close()


def _close_up(
    part: Path, entry: Entry, result: Rescued, progress: Progress, key: Key | None
) -> None:
    """Write down what happened, let go of contents that are not whole, and check everything."""
    store = Store.open(part, key=key)
    try:
        result.mended.contents = store.remove_broken_contents()
        store.note(entry.label(result), entry.by, entry.at)
        progress.report(Sentence("Checking the new document"))
        result.complaints = store.integrity()
    finally:
        store.close()
