"""Going back to a backup, looking into it, and bringing back single records of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.changes import Action, Change, Step
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id, Reference
from smartct_desktop.domain.key import Key as FileKey
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services import seals
from smartct_desktop.services.moments import RecordDifference, file_differences, read_many
from smartct_desktop.system.backup import Backup
from smartct_desktop.system.paths import cache_folder

if TYPE_CHECKING:
    from smartct_desktop.services.privacy.plan import Mode

Key = tuple[str, Id]

_LOOKING = "looking"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a restore has done: the backup of what was there, or the damaged file put aside.

    `forgotten` counts the people of whom the backup still told, though they were forgotten since:
    they are left out.
    """

    before: Backup | None
    aside: Path | None
    forgotten: int = 0


def restore(  # noqa: PLR0913 (what, whereby, when, with which keys)
    document: Path,
    backup: Path,
    at: datetime,
    progress: Progress | None = None,
    *,
    key: FileKey | None = None,
    backup_key: FileKey | None = None,
) -> Outcome:
    """Put a backup in the place of a document that nobody has open; the present is kept.

    A protected document keeps its `key`; `backup_key` is that of a backup from before its password
    was changed. Without a document the backup keeps its own. Raises `InUse`, and `Trouble` before
    anything was changed, `Protected` and `WrongPassword` among them; `Cancelled`.
    """
    from smartct_desktop.services.privacy.elsewhere import forgetting_again, mark_forgotten
    from smartct_desktop.storage.backups import look_at
    from smartct_desktop.storage.restoring import refuse_unsound
    from smartct_desktop.storage.restoring import restore as replace

    with ExitStack() as opened:
        source = backup
        known = _forgotten_since(document, backup, key, backup_key)
        if known:
            fitting = backup_key or key
            refuse_unsound(look_at(backup), at, fitting)
            again = forgetting_again(backup, known, progress or Progress(), fitting)
            source = opened.enter_context(again)
            mark_forgotten(source, known, fitting)
        done = replace(document, source, at, progress, key=key, backup_key=backup_key)
    seals.keep(document.resolve())  # it was us who changed it
    return Outcome(look_at(done.before) if done.before else None, done.aside, len(known))


def _forgotten_since(
    document: Path, backup: Path, key: FileKey | None, backup_key: FileKey | None
) -> Mapping[Id, Mode]:
    """Give who was forgotten in the document after the backup; nobody if one cannot be read."""
    from smartct_desktop.services.opening import open_document
    from smartct_desktop.services.other_copy import other_copy
    from smartct_desktop.services.privacy.elsewhere import brought_back, forgotten_in

    with suppress(Trouble), closing(open_document(document, read_only=True, key=key)) as now:
        if forgotten_in(now.read):
            with other_copy(backup, document, backup_key or key) as then:
                return brought_back(now.read, then.read)
    return {}


def known_backup(path: Path) -> Backup:
    """Give what is written about a backup. Raises `Trouble` if there is no such file."""
    from smartct_desktop.storage.backups import look_at

    return look_at(path)


def copy_to_look_into(
    backup: Path, key: FileKey | None = None, document: Path | None = None
) -> Path:
    """Make a copy of a backup in a folder of our own, brought up to date. Raises `Trouble`.

    It has the `key` of the document, or that of the backup if it is another: raises `Protected`,
    `WrongPassword`. Who was forgotten in the `document` since is not in it either.
    `forget_looked_into` removes it.
    """
    from smartct_desktop.services.privacy.elsewhere import forgetting_again
    from smartct_desktop.storage.restoring import upgraded_copy

    folder = cache_folder() / _LOOKING
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{backup.stem}.smartct"
    upgraded_copy(backup, target, key)
    known = _forgotten_since(document, target, key, key) if document is not None else {}
    if known:
        with forgetting_again(target, known, Progress(), key) as copy:
            shutil.copyfile(copy, target)
    return target


def is_looked_into(path: Path) -> bool:
    """Whether a file is such a copy."""
    return path.parent == (cache_folder() / _LOOKING).resolve()


def forget_looked_into() -> None:
    """Remove the copies that were made to be looked into, unless they are still open."""
    folder = cache_folder() / _LOOKING
    for path in folder.glob("*") if folder.is_dir() else ():
        try:
            path.unlink()
        except OSError:
            continue


def moved(backup: Backup, now: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give how many records more (or less) of each kind there are now than in a backup."""
    then = backup.manifest.records if backup.manifest else {}
    found = ((s.kind, now.get(s.kind, 0) - then.get(s.kind, 0)) for s in SCHEMAS)
    return [(kind, n) for kind, n in found if n]


# Single records.


@dataclass(frozen=True, slots=True)
class Returning:
    """A record that is not as it was: gone since, or with other values in `fields`."""

    kind: str
    id: Id
    caption: str
    gone: bool
    fields: tuple[str, ...]

    @property
    def key(self) -> Key:
        """What names the record."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Former:
    """What a backup has of the records that are gone or changed since then."""

    records: Mapping[Key, Record]
    returning: Sequence[Returning]


def former_records(then: Reader, now: Reader) -> Former:
    """Compare a backup with the document: what could be brought back. Reads all; for a job."""
    lost = [one for one in file_differences(then, now) if one.action is not Action.ADD]
    records = read_many(then, [(one.kind, one.id) for one in lost])
    captions = {
        kind: then.captions(kind, [one.id for one in lost if one.kind == kind])
        for kind in {one.kind for one in lost}
    }
    returning = [_returning(one, captions[one.kind].get(one.id, "")) for one in lost]
    return Former(records, returning)


def _returning(one: RecordDifference, caption: str) -> Returning:
    fields = tuple(field.field.label for field in one.fields)
    name = caption.strip() or schema_of(one.kind).label
    return Returning(one.kind, one.id, name, one.action is Action.REMOVE, fields)


def return_step(former: Former, wanted: Iterable[Key], now: Reader, when: str) -> Step:
    """Give the step that brings records back as they were; what they name comes along.

    `when` says of which moment the backup is. Raises `Invalid` for a record that today's rules
    refuse, `Trouble` if one names a record that neither of both has.
    """
    keys = _with_named(former, wanted, now)
    present = read_many(now, keys)
    changes = []
    for key in keys:
        record = former.records[key]
        check(record)
        changes.append(Change(present.get(key), record))
    one = len(changes) == 1
    label = "return of 1 record of {when}" if one else "return of {n} records of {when}"
    return Step(Sentence(label, n=len(changes), when=when), tuple(changes))


def _with_named(former: Former, wanted: Iterable[Key], now: Reader) -> list[Key]:
    """Give the records with those they name that are gone by now; named ones first."""
    found: dict[Key, None] = {}
    open_ones = list(wanted)
    while open_ones:
        key = open_ones.pop()
        found.pop(key, None)  # it moves before what names it
        found[key] = None
        record = former.records[key]
        named = [
            (field.type.kind, Id(str(value)))
            for field in record.schema.told
            if isinstance(field.type, Reference)
            and (value := getattr(record, field.name)) is not None
        ]
        there = read_many(now, named)
        for gone in named:
            if gone in there or gone in found:
                continue
            if gone not in former.records:
                raise Trouble(
                    Sentence("{kind} names a record that is not there.", kind=record.schema.label),
                    Sentence("Restore the whole backup instead."),
                )
            open_ones.append(gone)
    return list(reversed(found))
