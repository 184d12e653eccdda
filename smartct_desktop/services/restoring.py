"""Going back to a backup, looking into it, and bringing back single records of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.changes import Action, Change, Step
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id, Reference
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services import seals
from smartct_desktop.services.moments import RecordDifference, file_differences, read_many
from smartct_desktop.system.backup import Backup
from smartct_desktop.system.paths import cache_folder

Key = tuple[str, Id]

_LOOKING = "looking"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a restore has done: the backup of what was there, or the damaged file put aside."""

    before: Backup | None
    aside: Path | None


def restore(
    document: Path, backup: Path, at: datetime, progress: Progress | None = None
) -> Outcome:
    """Put a backup in the place of a document that nobody has open; the present is kept.

    Raises `InUse`, and `Trouble` before anything was changed; `Cancelled`.
    """
    from smartct_desktop.storage.backups import look_at
    from smartct_desktop.storage.restoring import restore as replace

    done = replace(document, backup, at, progress)
    seals.keep(document.resolve())  # it was us who changed it
    return Outcome(look_at(done.before) if done.before else None, done.aside)


def known_backup(path: Path) -> Backup:
    """Give what is written about a backup. Raises `Trouble` if there is no such file."""
    from smartct_desktop.storage.backups import look_at

    return look_at(path)


def copy_to_look_into(backup: Path) -> Path:
    """Make a copy of a backup in a folder of our own, brought up to date. Raises `Trouble`.

    `forget_looked_into` removes it.
    """
    from smartct_desktop.storage.restoring import upgraded_copy

    folder = cache_folder() / _LOOKING
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{backup.stem}.smartct"
    upgraded_copy(backup, target)
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
