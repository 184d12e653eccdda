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
from smartct_desktop.storage.copies import SIDES
from smartct_desktop.storage.identity import document_id
from smartct_desktop.storage.in_use import nobody_else
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


def restore(
    document: Path, backup: Path, at: datetime, progress: Progress | None = None
) -> Restored:
    """Put a backup in the place of a document, which is kept as a backup, or aside if damaged.

    Neither needs to be open, and nobody may have the document open: `InUse`. Raises `Trouble` for
    a backup that is damaged or of another document, before anything is changed, and `Cancelled`.
    """
    progress = progress or Progress()
    target = document.parent.resolve() / document.name
    _refuse_names(target, backup)
    with nobody_else(target):
        progress.report(_CHECKING)
        refuse_unsound(look_at(backup), at)
        progress.report(_KEEPING)
        restored = _keep_present(target, backup, at, progress)
        progress.report(_BRINGING)
        write_atomic(target, lambda file: _bring(backup, file, target))
    return restored


def _refuse_names(target: Path, backup: Path) -> None:
    if target.suffix.lower() != ".smartct":
        raise Trouble(
            Sentence("{name} is no document.", name=target.name),
            Sentence("A document's name ends in .smartct."),
        )
    if target.exists() and backup.exists() and target.samefile(backup):
        raise Trouble(Sentence("A document cannot be restored from itself."))


def refuse_unsound(backup: Backup, at: datetime) -> None:
    """Read a backup through; raise `Trouble` if it must not replace anything."""
    name = backup.path.name
    if backup.manifest is None:
        sound(backup.path)  # a copy without a manifest: at least it is whole
        return
    if check_backup(backup, at).health is not Health.GOOD:
        raise Trouble(
            Sentence("The backup {name} is damaged: it is not as it was written.", name=name),
            Sentence("Nothing was changed. Choose an older or newer one."),
        )


def upgraded_copy(backup: Path, target: Path) -> None:
    """Write a copy of a backup of whatever version that can be opened and looked into. `Trouble`.

    The backup itself stays as it is.
    """

    def produce(file: BinaryIO) -> None:
        with backup.open("rb") as source:
            shutil.copyfileobj(source, file)
        file.flush()
        part = Path(file.name)
        if sound(part).version < NEWEST:
            connection = Connection(part, Access.WRITE)
            try:
                migrate(connection)
            finally:
                connection.close()

    write_atomic(target, produce)


def _keep_present(target: Path, backup: Path, at: datetime, progress: Progress) -> Restored:
    """Make a backup of what is there; what cannot be read any more is put aside as it is."""
    if not target.exists():
        return Restored(None, None)
    try:
        # Opened for writing: a cut-off step is rolled back first, while its journal is there.
        with closing(Connection(target, Access.WRITE)) as connection:
            connection.tell("BEGIN IMMEDIATE")
            connection.tell("ROLLBACK")
            its_id = document_id(connection)
        _refuse_other(backup, its_id)
        return Restored(
            back_up(target, backups_root() / its_id, BEFORE_RESTORE, at, progress), None
        )
    except Trouble:
        if _is_sound(target):  # it is not the document's fault: a full disk, another's backup
            raise
    return Restored(None, _put_aside(target, at))


def _refuse_other(backup: Path, its_id: str) -> None:
    if of_document(backup) != its_id:
        raise Trouble(
            Sentence("{name} is a backup of another document.", name=backup.name),
            Sentence("Nothing was changed. Save a copy of it under another name instead."),
        )


def _is_sound(path: Path) -> bool:
    try:
        sound(path)
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


def _bring(backup: Path, file: BinaryIO, target: Path) -> None:
    _pour(backup, file)
    file.flush()
    sound(Path(file.name))
    # A journal would be played back into the restored file. It belongs to the present one, which
    # was put in order, or was put aside with it.
    for side in SIDES:
        target.with_name(target.name + side).unlink(missing_ok=True)
