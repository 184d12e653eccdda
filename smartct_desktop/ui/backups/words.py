"""How backups are said: when, why, what they hold and how that differs from now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.services.backing_up import Standing, why
from smartct_desktop.services.restoring import moved
from smartct_desktop.services.second_copies import Second
from smartct_desktop.services.texts import Texts
from smartct_desktop.system.backup import Backup, Health
from smartct_desktop.ui.history.words import clock, local_day, moment_words
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.periods.sent_lines import MINUS


def made_words(backup: Backup, texts: Texts) -> str:
    """Day and time of a backup."""
    return moment_words(backup.manifest.made_at, texts) if backup.manifest else backup.path.name


def why_words(backup: Backup, document: Path) -> str:
    """Why it was made, and of which copy if it is another one than `document`."""
    said = say(why(backup))
    manifest = backup.manifest
    if manifest is not None and manifest.place != str(document):
        return tr("{why}, of {name}", why=said, name=Path(manifest.place).name)
    return said


def difference_words(backup: Backup, now: Mapping[str, int]) -> str:
    """“+12 exchanges, −1 organisation”: what there is more and less now."""
    if backup.manifest is None:
        return ""
    words = [_count(kind, n) for kind, n in moved(backup, now)]
    return ", ".join(words) if words else tr("as many records")


def _count(kind: str, n: int) -> str:
    sign = "+" if n > 0 else MINUS
    return f"{sign}{_number(kind, abs(n))}"


def holds_words(backup: Backup) -> str:
    """What a backup holds: kinds and numbers, and where it lies."""
    records = backup.manifest.records if backup.manifest else {}
    words = ", ".join(_number(kind, n) for kind, n in records.items())
    where = tr("It lies in {folder}.", folder=backup.path.parent)
    return tr("It holds {what}. {where}", what=words, where=where) if words else where


def _number(kind: str, n: int) -> str:
    schema = schema_of(kind)
    return f"{n} {tr(schema.label if n == 1 else schema.plural).lower()}"


def health_words(backup: Backup, texts: Texts) -> str:
    """Whether it is sound, and when that was looked at."""
    manifest = backup.manifest
    match backup.health:
        case Health.DAMAGED:
            return tr("damaged")
        case Health.UNKNOWN:
            return tr("nothing is known of it")
        case Health.GOOD:
            assert manifest is not None
            if manifest.checked_at <= manifest.made_at:
                return tr("checked when it was made")
            return tr("checked on {day}", day=moment_words(manifest.checked_at, texts))


def size_words(size: int) -> str:
    """Bytes, as people read them."""
    for unit, bytes_ in (("GB", 10**9), ("MB", 10**6)):
        if size >= bytes_:
            return f"{size / bytes_:.1f} {unit}"
    return f"{max(1, round(size / 1000))} kB"


def newest_words(standing: Standing, texts: Texts, now: datetime) -> str:
    """What the status bar says: “backup 10:42”."""
    if standing.trouble is not None:
        return tr("backup failed")
    if standing.newest is None or standing.newest.manifest is None:
        return tr("no backup yet")
    at = standing.newest.manifest.made_at
    if local_day(at) == local_day(now):
        return tr("backup {when}", when=clock(at, texts))
    return tr("backup {when}", when=moment_words(at, texts).split(" ")[0])


def standing_words(standing: Standing, texts: Texts) -> str:
    """All there is to say about the backups, a sentence a line."""
    lines = []
    if standing.trouble is not None:
        lines.append(tr("The last backup failed: {why}", why=say(standing.trouble.sentence)))
        lines.append(say(standing.trouble.hint))
    if standing.newest is not None:
        when, reason = made_words(standing.newest, texts), say(why(standing.newest))
        lines.append(tr("The newest backup is of {when}, {why}.", when=when, why=reason))
        if standing.current:
            lines.append(tr("It holds everything there is."))
    match standing.second:
        case Second.ABSENT:
            lines.append(tr("The second folder is not there; what is missing follows."))
        case Second.FAILED:
            lines.append(tr("The second copy could not be written."))
        case Second.KEPT:
            lines.append(tr("A second copy lies in the second folder."))
        case Second.NONE:
            pass
    if standing.checked_at is not None:
        day = moment_words(standing.checked_at, texts)
        lines.append(tr("One of them was read and checked on {day}.", day=day))
    if standing.damaged:
        lines.append(tr("Damaged backups: {n}", n=standing.damaged))
    if standing.jumped:
        lines.append(tr("A backup says it was made in the future, so none is thinned out."))
    return "\n".join(filter(None, lines))


def former_password() -> str:
    """What to type for a backup that has another password."""
    return tr("The backup is from a time when the document had another password. Type that one.")
