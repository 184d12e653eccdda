"""Backups: verified copies under names that say when and why they were made."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from smartct_desktop.domain.errors import Protected, Trouble, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.copies import copy, verify
from smartct_desktop.storage.fitting import key_for
from smartct_desktop.storage.identity import Facts, document_id, facts_of
from smartct_desktop.storage.manifests import (
    digest,
    manifest_path,
    read_manifest,
    write_manifest,
)
from smartct_desktop.system.backup import Backup, Health, Manifest
from smartct_desktop.system.files import make_folder, remove_stale_parts
from smartct_desktop.system.paths import data_folder
from smartct_desktop.system.version import version

SUFFIX = ".smartct-backup"
_LONGEST_STEM = 120
"""Bytes: with moment, reason and what is put behind it a name must stay below 240."""


def backups_root() -> Path:
    """Where all backups are kept, a folder for each document."""
    return data_folder() / "backups"


def back_up(  # noqa: PLR0913 (what, where, why, when, and how)
    document: Path,
    folder: Path,
    reason: str,
    at: datetime,
    progress: Progress | None = None,
    *,
    patient: bool = False,
    key: Key | None = None,
) -> Path:
    """Write a backup of an open document into `folder`, which is made if it is missing.

    `reason` is a word for the file's name, such as "migration". An existing backup is never
    replaced. Its manifest is there before the backup has its name. A `patient` one gives up if the
    document is changed all the time. Works on any thread. That of a protected document has the
    same `key`. Raises `Trouble`.
    """
    if not re.fullmatch(r"[a-z0-9-]+", reason):
        raise ValueError(f"no reason for the name of a file: {reason!r}")
    _make_folder(folder)
    target = _free_name(folder, document, reason, at)
    manifest: Manifest | None = None

    def seal(part: Path) -> None:
        nonlocal manifest
        with closing(Connection(part, Access.READ, key=key)) as connection:
            facts = facts_of(connection)
        manifest = Manifest(
            document=facts.document,
            place=str(document),
            number=_next_number(folder),
            reason=reason,
            made_at=at,
            program=version(),
            format=facts.version,
            size=part.stat().st_size,
            sha256=digest(part),
            records=facts.records,
            step=facts.step,
            label=facts.label if key is None else "",
            state=facts.state,
            checked_at=at,
        )
        write_manifest(target, manifest)

    try:
        copy(document, target, progress, seal=seal, patient=patient, key=key)
    except BaseException:
        if manifest is not None:
            with suppress(OSError):
                manifest_path(target).unlink()
        raise
    return target


def list_backups(folder: Path) -> list[Backup]:
    """Give the backups in a folder, newest first; none if there is no such folder.

    Only names, sizes and manifests are looked at. What is half written never has such a name.
    """
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(SUFFIX) and not entry.name.startswith("."):
                with suppress(OSError):
                    found.append(_seen(Path(entry.path), entry.stat().st_size))
    return sorted(found, key=_age, reverse=True)


def look_at(path: Path) -> Backup:
    """Give what is known of one backup. Raises `Trouble` if there is no such file."""
    try:
        return _seen(path, path.stat().st_size)
    except OSError as error:
        raise Trouble(
            Sentence("There is no file {path}.", path=path),
            Sentence("Look whether it was moved or renamed, or whether its drive is connected."),
        ) from error


def check_backup(backup: Backup, at: datetime, key: Key | None = None) -> Backup:
    """Read a whole backup: whether it is as it was written, and sound; write down what came out.

    Slow for large ones. Only if it cannot be written down the old manifest stays. One that is
    protected by another key than `key` is compared with what was written, but not looked into.
    """
    manifest = backup.manifest
    if manifest is None:
        return backup
    checked = replace(
        manifest, checked_at=at, damaged=not _is_as_written(backup.path, manifest, key)
    )
    with suppress(Trouble):
        write_manifest(backup.path, checked)
    return _judged(backup.path, checked, backup.size)


def condemn(backup: Backup) -> Backup:
    """Write down that a backup is damaged."""
    if backup.manifest is None:
        return backup
    manifest = replace(backup.manifest, damaged=True)
    with suppress(Trouble):
        write_manifest(backup.path, manifest)
    return _judged(backup.path, manifest, backup.size)


def sound(path: Path, key: Key | None = None) -> Facts:
    """Give what a backup says of itself, once it was read through. Raises `Trouble`.

    The key is for a protected one: a plain one is read without.
    """
    key = key_for(path, key)
    verify(path, key)
    with closing(Connection(path, Access.READ, key=key)) as connection:
        return facts_of(connection)


def of_document(path: Path, key: Key | None = None) -> str:
    """Read the id of the document that a file is a copy of. Raises `Trouble`."""
    with closing(Connection(path, Access.READ, key=key_for(path, key))) as connection:
        return document_id(connection)


def remove_backups(paths: Sequence[Path]) -> int:
    """Remove backups with their manifests; gives how many went. What cannot go stays quietly."""
    gone = 0
    for path in paths:
        with suppress(OSError):
            path.unlink()
            gone += 1
            manifest_path(path).unlink(missing_ok=True)
    return gone


def sweep_folder(folder: Path, now: float) -> int:
    """Remove what killed backups left: parts, and manifests without backup, older than a day."""
    removed = remove_stale_parts(folder, now)
    day = 24 * 3600
    with suppress(OSError):
        for manifest in folder.glob(f"*{SUFFIX}.json"):
            with suppress(OSError):
                alone = not manifest.with_suffix("").exists()
                if alone and manifest.stat().st_mtime < now - day:
                    manifest.unlink()
                    removed += 1
    return removed


def _is_as_written(path: Path, manifest: Manifest, key: Key | None) -> bool:
    try:
        if digest(path) != manifest.sha256:
            return False
        return sound(path, key).records == manifest.records
    except (Protected, WrongPassword):
        return True  # it was sound when it was written, and not a bit is another one
    except (OSError, Trouble):
        return False


def _make_folder(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        raise Trouble(
            Sentence("Backups cannot be kept in {folder}: {why}.", folder=folder, why=error),
            Sentence("Allow writing there."),
        ) from error


def _free_name(folder: Path, document: Path, reason: str, at: datetime) -> Path:
    own = os.fsencode(document.stem)[:_LONGEST_STEM].decode(errors="ignore")
    stem = f"{own}-{at.astimezone(UTC):%Y%m%d-%H%M%S}-{reason}"
    names = (stem, *(f"{stem}-{n}" for n in range(2, 1000)))
    return next(path for name in names if not (path := folder / (name + SUFFIX)).exists())


def _next_number(folder: Path) -> int:
    numbers = [one.manifest.number for one in list_backups(folder) if one.manifest]
    return max(numbers, default=0) + 1


def _seen(path: Path, size: int) -> Backup:
    return _judged(path, read_manifest(path), size)


def _judged(path: Path, manifest: Manifest | None, size: int) -> Backup:
    if manifest is None:
        return Backup(path, None, Health.UNKNOWN, size)
    bad = manifest.damaged or manifest.size != size
    return Backup(path, manifest, Health.DAMAGED if bad else Health.GOOD, size)


def _age(backup: Backup) -> tuple[int, str]:
    return (backup.manifest.number if backup.manifest else 0), backup.path.name
