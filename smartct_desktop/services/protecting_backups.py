"""Backups and copies from before a document had its password: told, protected or removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from smartct_desktop.domain.errors import Damaged, Trouble, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.protection import is_protected, opens
from smartct_desktop.system.backup import Backup, Health, Manifest
from smartct_desktop.system.clock import utc_now
from smartct_desktop.system.wiping import wipe, wiped_when_replaced

_BACKUPS = Sentence("Writing the backups anew")


@dataclass(frozen=True, slots=True)
class Treated:
    """How many backups have the key now; `left` says in words which have not, and why."""

    done: int
    left: tuple[Sentence, ...]


def protect_backups(
    path: Path,
    key: Key | None,
    progress: Progress | None = None,
    *,
    former: Key | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Treated:
    """Give the backups of a document its key, of which they had none or the `former` one.

    With None for the key they become plain again. Those of copies of the document in other places
    stay as they are. What cannot be opened is told. Raises `Cancelled`; what is done is done.
    """
    from smartct_desktop.services.privacy.kept_backups import all_backups

    progress = progress or Progress()
    work = _BackupWork(key, former, clock, progress)
    there = [one for one in all_backups(path, key) if _belongs(one, path)]
    done, left = 0, []
    for place, backup in enumerate(there):
        progress.report(_BACKUPS, place, len(there))
        try:
            work.treat(backup)
            done += 1
        except (Trouble, OSError) as trouble:
            left.append(Sentence("Backup {name}: {why}", name=backup.path.name, why=trouble))
    return Treated(done, tuple(left))


def plain_leftovers(path: Path, key: Key | None) -> tuple[Path, ...]:
    """Give what anybody can read of a document that is protected now: backups, copies beside it.

    `key` is that of the document; it may be open.
    """
    from smartct_desktop.services.conflicted import document_id_of, suspected
    from smartct_desktop.services.privacy.kept_backups import all_backups
    from smartct_desktop.storage.header import is_plain

    own = document_id_of(path, key)
    found = [one.path for one in all_backups(path, key) if _belongs(one, path)]
    found += path.parent.glob(f"{path.name}.damaged-*")
    found += [other for other in suspected(path) if own and document_id_of(other) == own]
    plain = []
    for one in dict.fromkeys(found):
        with suppress(OSError):
            if is_plain(one):
                plain.append(one)
    return tuple(plain)


def remove_plain(paths: Iterable[Path]) -> Treated:
    """Overwrite plain backups and copies and remove them, with what stands beside them."""
    from smartct_desktop.storage.manifests import manifest_path

    done, left = 0, []
    for path in paths:
        try:
            wipe(path)
            manifest_path(path).unlink(missing_ok=True)
            done += 1
        except OSError as error:
            left.append(
                Sentence("{name} could not be removed: {why}.", name=path.name, why=error.strerror)
            )
    return Treated(done, tuple(left))


def _belongs(backup: Backup, document: Path) -> bool:
    """Whether a backup is of this file, and not of a copy of the document in another place."""
    manifest = backup.manifest
    if manifest is None:
        return True
    return manifest.place == str(document.resolve()) or not Path(manifest.place).exists()


class _BackupWork:
    """Gives one backup after the other the key of its document."""

    def __init__(
        self,
        key: Key | None,
        former: Key | None,
        clock: Callable[[], datetime],
        progress: Progress,
    ) -> None:
        self._key = key
        self._former = former
        self._clock = clock
        self._progress = progress

    def treat(self, backup: Backup) -> None:
        """Write a backup anew if it has another key. Raises `Trouble`, OSError, `Cancelled`."""
        from smartct_desktop.storage.manifests import remove_manifest, write_manifest
        from smartct_desktop.storage.rekeying import write_rekeyed

        path, old = backup.path, self._key_of(backup.path)
        if old == self._key:
            if backup.health is Health.DAMAGED:
                self._describe(backup)
            return
        try:
            with ExitStack() as opened:
                if old is None:
                    opened.enter_context(wiped_when_replaced(path))
                # Cut off in between it is one of which nothing is told, and not a damaged one.
                write_rekeyed(
                    path, path, old, self._key, self._progress, lambda _: remove_manifest(path)
                )
        except BaseException:
            if backup.manifest is not None:
                write_manifest(path, backup.manifest)
            raise
        self._describe(backup)

    def _key_of(self, path: Path) -> Key | None:
        if not is_protected(path):
            return None
        found = next(
            (key for key in (self._key, self._former) if key is not None and opens(path, key)),
            None,
        )
        if found is None:
            raise WrongPassword(
                Sentence("It has another password."),
                Sentence("It stays as it is and can be opened with that."),
            )
        return found

    def _describe(self, backup: Backup) -> None:
        """Write down anew what the backup is, if it says the same as before."""
        from smartct_desktop.storage.backups import sound
        from smartct_desktop.storage.manifests import digest, write_manifest

        manifest: Manifest | None = backup.manifest
        if manifest is None:
            return
        said = sound(backup.path, self._key)
        if (said.state, said.records) != (manifest.state, manifest.records):
            raise Damaged(Sentence("It is damaged."))
        told = replace(
            manifest,
            size=backup.path.stat().st_size,
            sha256=digest(backup.path),
            label=said.label if self._key is None else "",
            checked_at=self._clock(),
            damaged=False,
        )
        write_manifest(backup.path, told)
