"""Putting a backup in the place of a document that nobody has open.

The order makes it safe to be cut off anywhere: the present is kept first, the backup is copied
beside the document and checked there, and only then takes its name. At every moment there is a
whole file under the document's name: the present one or the restored one.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.backups import (
    back_up,
    backups_root,
    check_backup,
    look_at,
    of_document,
    sound,
)
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.copies import SIDES, clear_sides
from smartct_desktop.storage.fitting import key_for
from smartct_desktop.storage.identity import document_id
from smartct_desktop.storage.in_use import nobody_else
from smartct_desktop.storage.rekeying import write_rekeyed
from smartct_desktop.storage.upgrade import NEWEST, migrate
from smartct_desktop.system.backup import BEFORE_RESTORE, Backup, Health
from smartct_desktop.system.files import write_atomic

_CHECKING = Sentence("Checking the backup")
_KEEPING = Sentence("Keeping the document as it is now")
_BRINGING = Sentence("Bringing back the backup")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore has done. `before` is the backup of what was there, `aside` the damaged file.

    Both are None if there was no document.
    """

    before: Path | None
    aside: Path | None


def restore(  # noqa: PLR0913 (what, whereby, when, with which keys)
    document: Path,
    backup: Path,
    at: datetime,
    progress: Progress | None = None,
    *,
    key: Key | None = None,
    backup_key: Key | None = None,
) -> Restored:
    """Put a backup in the place of a document, which is kept as a backup, or aside if damaged.

    Neither needs to be open, and nobody may have the document open: `InUse`. Raises `Trouble` for
    a backup that is damaged or of another document, before anything is changed, and `Cancelled`.
    A document with a `key` keeps it, whatever `backup_key` the backup has (that of the document, if
    none is given): raises `Protected`, `WrongPassword`.
    """
    progress = progress or Progress()
    target = document.parent.resolve() / document.name
    _refuse_names(target, backup)
    with nobody_else(target):
        progress.report(_CHECKING)
        there = look_at(backup)
        if key is None and backup_key is None and target.exists():
            key_for(target, None)  # a protected one is not replaced by whoever cannot open it
        keys = _Keys(key, key_for(backup, backup_key or key))
        refuse_unsound(there, at, keys.backup)
        progress.report(_KEEPING)
        restored = _keep_present(target, backup, at, progress, keys)
        progress.report(_BRINGING)
        if keys.document is None or keys.document == keys.backup:
            write_atomic(target, lambda file: _bring(backup, file, target, keys.backup))
        else:
            write_rekeyed(backup, target, keys.backup, keys.document, progress)
    return restored


@dataclass(frozen=True, slots=True)
class _Keys:
    """Those of the document and of the backup."""

    document: Key | None
    backup: Key | None


def _refuse_names(target: Path, backup: Path) -> None:
    if target.suffix.lower() != ".smartct":
        raise Trouble(
            Sentence("{name} is no document.", name=target.name),
            Sentence("A document's name ends in .smartct."),
        )
    if target.exists() and backup.exists() and target.samefile(backup):
        raise Trouble(Sentence("A document cannot be restored from itself."))


def refuse_unsound(backup: Backup, at: datetime, key: Key | None = None) -> None:
    """Read a backup through; raise `Trouble` if it must not replace anything."""
    name = backup.path.name
    if backup.manifest is None:
        sound(backup.path, key)  # a copy without a manifest: at least it is whole
        return
    if check_backup(backup, at, key).health is not Health.GOOD:
        raise Trouble(
            Sentence("The backup {name} is damaged: it is not as it was written.", name=name),
            Sentence("Nothing was changed. Choose an older or newer one."),
        )


def upgraded_copy(backup: Path, target: Path, key: Key | None = None) -> None:
    """Write a copy of a backup of whatever version that can be opened and looked into. `Trouble`.

    The backup itself stays as it is. With the `key` of its document the copy has that key, also if
    the backup is a plain one.
    """
    if key is not None and key_for(backup, key) is None:

        def protect(part: Path) -> None:
            _upgrade(part, key)

        write_rekeyed(backup, target, None, key, Progress(), protect)
        return

    def produce(file: BinaryIO) -> None:
        with backup.open("rb") as source:
            shutil.copyfileobj(source, file)
        file.flush()
        _upgrade(Path(file.name), key)
        clear_sides(target)

    write_atomic(target, produce)


def _upgrade(part: Path, key: Key | None) -> None:
    if sound(part, key).version < NEWEST:
        with closing(Connection(part, Access.WRITE, key=key_for(part, key))) as connection:
            migrate(connection)


def _keep_present(
    target: Path, backup: Path, at: datetime, progress: Progress, keys: _Keys
) -> Restored:
    """Make a backup of what is there; what cannot be read any more is put aside as it is."""
    if not target.exists():
        return Restored(None, None)
    try:
        key = key_for(target, keys.document)
        # Opened for writing: a cut-off step is rolled back first, while its journal is there.
        with closing(Connection(target, Access.WRITE, key=key)) as connection:
            connection.tell("BEGIN IMMEDIATE")
            connection.tell("ROLLBACK")
            its_id = document_id(connection)
        _refuse_other(backup, its_id, keys.backup)
        return Restored(
            back_up(target, backups_root() / its_id, BEFORE_RESTORE, at, progress, key=key), None
        )
    except Trouble:
        if _is_sound(
            target, keys.document
        ):  # it is not the document's fault: a full disk, another's backup
            raise
    return Restored(None, _put_aside(target, at))


def _refuse_other(backup: Path, its_id: str, key: Key | None) -> None:
    if of_document(backup, key) != its_id:
        raise Trouble(
            Sentence("{name} is a backup of another document.", name=backup.name),
            Sentence("Nothing was changed. Save a copy of it under another name instead."),
        )


def _is_sound(path: Path, key: Key | None) -> bool:
    try:
        sound(path, key)
    except Trouble:
        return False
    return True


def _put_aside(target: Path, at: datetime) -> Path:
    """Copy a damaged file, with what SQLite may have left beside it, under another name."""
    aside = target.with_name(f"{target.name}.damaged-{at.astimezone(UTC):%Y%m%d-%H%M%S}")
    for side in ("", *SIDES):
        source = target.with_name(target.name + side)
        if source.exists():
            write_atomic(aside.with_name(aside.name + side), partial(_pour, source))
    return aside


def _pour(source: Path, file: BinaryIO) -> None:
    with source.open("rb") as opened:
        shutil.copyfileobj(opened, file)


def _bring(backup: Path, file: BinaryIO, target: Path, key: Key | None) -> None:
    _pour(backup, file)
    file.flush()
    sound(Path(file.name), key)
    # A journal would be played back into the restored file. It belongs to the present one, which
    # was put in order, or was put aside with it.
    clear_sides(target)
