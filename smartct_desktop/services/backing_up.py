"""The backups of one document: when one is due, what is kept of them, and whether they are sound.

A failure here never stops anybody's work: it is kept in `trouble`, for the window to say.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.domain.thinning import clock_jumped
from smartct_desktop.services.backup_wishes import BackupWishes
from smartct_desktop.services.drilling import try_out
from smartct_desktop.services.second_copies import Second, carry, kept, second_folder, thin
from smartct_desktop.storage.backups import (
    back_up,
    backups_root,
    check_backup,
    list_backups,
    remove_backups,
    sweep_folder,
)
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.identity import document_id, facts_of
from smartct_desktop.storage.manifests import read_manifest
from smartct_desktop.system.backup import BEFORE_RESTORE, BEFORE_VERSION, Backup, Health
from smartct_desktop.system.clock import utc_now

Clock = Callable[[], datetime]

DAY = timedelta(days=1)
DRILL_AFTER = timedelta(days=30)

OPENED, TIMED, CLOSED, ASKED = "opened", "timed", "closed", "asked"
_REASONS = {
    OPENED: Sentence("first of the day"),
    TIMED: Sentence("while working"),
    CLOSED: Sentence("at closing"),
    ASKED: Sentence("asked for"),
    "import": Sentence("before an import"),
    "undo": Sentence("before a large step was undone"),
    "deletion": Sentence("before a large deletion"),
    "change": Sentence("before a large change"),
    "merge": Sentence("before a copy was merged"),
    "rules": Sentence("before rules were changed"),
    "password": Sentence("before the password was changed"),
    BEFORE_RESTORE: Sentence("before a restore"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with the backups of a document; `trouble` says why the last one failed.

    `newest` is the newest good one of this copy of the document, `current` says that it holds all
    there is. `jumped` says that nothing is thinned, because a backup was made in the future.
    """

    newest: Backup | None
    current: bool
    second: Second
    trouble: Trouble | None
    jumped: bool
    checked_at: datetime | None
    damaged: int


class DocumentBackups:
    """Makes, thins and checks the backups of one document; on whatever thread, one at a time.

    The document may be open or closed; the backups of a protected one have its `key`. `wishes` may
    be replaced at any time.
    """

    def __init__(  # noqa: PLR0913 (of what, how, where)
        self,
        document: Path,
        document_id: str,
        wishes: BackupWishes,
        clock: Clock = utc_now,
        root: Path | None = None,
        *,
        key: Key | None = None,
    ) -> None:
        self.document = document
        self.wishes = wishes
        self.folder = (root or backups_root()) / document_id
        self.trouble: Trouble | None = None
        self._id = document_id
        self._key = key
        self._clock = clock
        self._turn = Lock()
        self._second = Second.NONE

    def all(self) -> list[Backup]:
        """Give the backups that there are, newest first; those of other copies are among them."""
        return list_backups(self.folder)

    def newest(self) -> Backup | None:
        """Give the newest good backup of this copy of the document."""
        return next((one for one in self.all() if self._is_ours(one)), None)

    def standing(self) -> Standing:
        """Say how it stands. Reads the folder, and a little of the document."""
        there = self.all()
        newest = next((one for one in there if self._is_ours(one)), None)
        checks = [one.manifest.checked_at for one in there if one.manifest and _was_checked(one)]
        return Standing(
            newest=newest,
            current=newest is not None and self._holds_all(newest),
            second=self._second,
            trouble=self.trouble,
            jumped=clock_jumped(kept(there), self._clock()),
            checked_at=max(checks, default=None),
            damaged=sum(one.health is Health.DAMAGED for one in there),
        )

    def due_at_opening(self) -> bool:
        """Whether the newest backup is older than a day, and does not hold all there is."""
        newest = self.newest()
        if newest is None or newest.manifest is None:
            return True
        age = self._clock() - newest.manifest.made_at
        return not timedelta() <= age <= DAY and not self._holds_all(newest)

    def make(
        self, reason: str, progress: Progress | None = None, *, patient: bool = False
    ) -> Backup | None:
        """Make a backup unless the newest holds all there is; give it, None if none was needed.

        What fails is kept in `trouble` and not raised; only `Cancelled` is. Slow for large
        documents: work for a job. One that is `asked` for is always made.
        """
        progress = progress or Progress()
        with self._turn:
            try:
                made = self._make(reason, progress, patient=patient)
            except Trouble as trouble:
                self.trouble = trouble
                return None
            except OSError as error:
                self.trouble = Trouble(
                    Sentence("The backup could not be written: {why}.", why=error.strerror)
                )
                return None
            self.trouble = None
            self._second = self._carry_second()
            thin(self.folder, self.wishes.megabytes, self._clock())
        return made

    def guard(self, risk: str, progress: Progress) -> None:
        """Make a backup before a step that moves much."""
        self.make(risk, progress)

    def drill(self, *, soon: bool = False) -> Backup | None:
        """Check one of the backups whose last check is longest ago, if a month has passed.

        Read from end to end, compared with what was written down, opened, and its figures counted.
        Gives the one that was checked. With `soon` it is done whatever the time.
        """
        now = self._clock()
        with self._turn:
            good = [one for one in self.all() if one.health is Health.GOOD]
            if not soon and any(_was_checked(one, now - DRILL_AFTER) for one in good):
                return None
            old = [one for one in good if one.manifest and now - one.manifest.made_at > DAY]
            if not old:
                return None
            return try_out(random.choice(old), now, self._key)  # noqa: S311 (a sample, no secret)

    def check_all(self, progress: Progress) -> int:
        """Read and check all backups; gives how many are damaged. Slow. Raises `Cancelled`."""
        there = self.all()
        words = Sentence("Checking the backups")
        damaged = 0
        for done, one in enumerate(there):
            progress.report(words, done, len(there))
            checked = check_backup(one, self._clock(), self._key)
            damaged += checked.health is Health.DAMAGED
        return damaged

    def sweep(self) -> None:
        """Remove what killed backups left behind more than a day ago."""
        for folder in (self.folder, self._second_folder()):
            if folder is not None:
                sweep_folder(folder, self._clock().timestamp())

    # Within.

    def _make(self, reason: str, progress: Progress, *, patient: bool) -> Backup | None:
        newest = self.newest()
        if newest is not None and reason != ASKED and self._holds_all(newest):
            return None
        path = back_up(
            self.document,
            self.folder,
            reason,
            self._clock(),
            progress,
            patient=patient,
            key=self._key,
        )
        made = Backup(path, read_manifest(path), Health.GOOD, path.stat().st_size)
        if made.manifest is not None and made.manifest.document != self._id:
            remove_backups([path])
            raise Trouble(
                Sentence("Another document lies where {name} was.", name=self.document.name),
                Sentence("Save a copy of yours in another place."),
            )
        return made

    def _is_ours(self, backup: Backup) -> bool:
        manifest = backup.manifest
        here = str(self.document)
        return backup.health is Health.GOOD and manifest is not None and manifest.place == here

    def _holds_all(self, backup: Backup) -> bool:
        """Whether nothing was done in the document since; what cannot be read is no "yes"."""
        with (
            suppress(Trouble),
            closing(Connection(self.document, Access.READ, key=self._key)) as connection,
        ):
            facts = facts_of(connection)
            manifest = backup.manifest
            return manifest is not None and (facts.state, facts.version) == (
                manifest.state,
                manifest.format,
            )
        return False

    def _second_folder(self) -> Path | None:
        return second_folder(self.wishes, self.document, self._id)

    def _carry_second(self) -> Second:
        if self.wishes.second is None:
            return Second.NONE
        folder, newest = self._second_folder(), self.newest()
        if folder is None or newest is None:
            return Second.ABSENT
        carried = carry(newest, folder)
        if carried is Second.KEPT:
            thin(folder, self.wishes.megabytes, self._clock())
        return carried


def _age(backup: Backup) -> tuple[datetime, int]:
    assert backup.manifest is not None
    return backup.manifest.made_at, backup.manifest.number


def _was_checked(backup: Backup, since: datetime | None = None) -> bool:
    """Whether it was checked again after it was made, and after `since`."""
    manifest = backup.manifest
    if manifest is None or manifest.checked_at <= manifest.made_at:
        return False
    return since is None or manifest.checked_at > since


def backups_of(document: Path, key: Key | None = None) -> list[Backup]:
    """Give the backups of a document, newest first, also if it is damaged or gone.

    What cannot say who it is, a protected one without its key among them, is found by where it
    lay. Raises no `Trouble`.
    """
    place = document.parent.resolve() / document.name
    with suppress(Trouble), closing(Connection(place, Access.READ, key=key)) as connection:
        return list_backups(backups_root() / document_id(connection))
    folders = backups_root()
    found = [one for folder in sorted(folders.glob("*/")) for one in list_backups(folder)]
    ours = [one for one in found if one.manifest and one.manifest.place == str(place)]
    return sorted(ours, key=_age, reverse=True)


def why(backup: Backup) -> Sentence:
    """Say why a backup was made."""
    reason = backup.manifest.reason if backup.manifest else ""
    if reason.startswith(BEFORE_VERSION):
        version = reason.removeprefix(BEFORE_VERSION)
        return Sentence("before it was brought to format {version}", version=version)
    return _REASONS.get(reason, Sentence("reason not known"))
