"""Commands about backups: list them, and put one in the place of the document."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from smartct_desktop.cli.outcome import DONE, LEFT, print_json
from smartct_desktop.cli.passwords import key_for
from smartct_desktop.cli.progress_line import told
from smartct_desktop.domain.errors import WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.backup_wishes import BackupWishes
from smartct_desktop.services.document import Document
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.protection import is_protected
from smartct_desktop.services.settings import Settings
from smartct_desktop.system.backup import Backup, Health
from smartct_desktop.system.clock import utc_now
from smartct_desktop.system.paths import settings_folder


def list_all(parsed: argparse.Namespace) -> int:
    """List the backups, newest first, also of a document that is damaged or gone."""
    from smartct_desktop.services.backing_up import backups_of

    there = backups_of(parsed.doc)
    if parsed.json:
        print_json([_as_json(one) for one in there])
    elif not there:
        print(f"There are no backups of {parsed.doc.name}.")
    else:
        for one in there:
            print(_line(one))
    return LEFT if any(one.health is Health.DAMAGED for one in there) else DONE


def restore_one(parsed: argparse.Namespace) -> int:
    """Put a backup in the place of the document, which is kept as a backup first."""
    from smartct_desktop.services.restoring import restore

    backup = _chosen(parsed.doc, parsed.backup)
    key, backup_key = _keys(parsed.doc, backup)
    with told(Progress()) as progress:
        outcome = restore(parsed.doc, backup, utc_now(), progress, key=key, backup_key=backup_key)
    with closing(open_document(parsed.doc, key=key or backup_key)) as document:
        document.note(Sentence("restore of the backup {name}", name=backup.name))
    print(f"Restored {parsed.doc.name} from {backup.name}.")
    if outcome.forgotten:
        print(f"Forgotten again, as they were since then: {outcome.forgotten} people.")
    if outcome.before is not None:
        print(f"As it was before it is kept as {outcome.before.path}.")
    if outcome.aside is not None:
        print(f"The damaged file is kept as {outcome.aside}.")
    return DONE


def wishes() -> BackupWishes:
    """Read what the person wants of backups, as chosen in the window."""
    return BackupWishes.of(Settings(settings_folder() / "settings.json"))


def guard(document: Document) -> None:
    """Have a backup made before each large step in the document; what fails is said."""
    from smartct_desktop.services.backing_up import DocumentBackups

    backups = DocumentBackups(document.path, document.id, wishes(), key=document.key)

    def back_up(risk: str, progress: Progress) -> None:
        backups.guard(risk, progress)
        if backups.trouble is not None:
            print(f"No backup was made. {backups.trouble}", file=sys.stderr)

    document.guard = back_up


def _chosen(document: Path, wanted: Path) -> Path:
    """Find what is meant: a file, or the name of a backup as the list tells it."""
    from smartct_desktop.services.backing_up import backups_of

    if wanted.exists():
        return wanted
    named = [one.path for one in backups_of(document) if one.path.name == wanted.name]
    return named[0] if named and wanted.parent == Path() else wanted


def _keys(document: Path, backup: Path) -> tuple[Key | None, Key | None]:
    """Give the keys of document and backup. One that is too damaged for its password has none."""
    try:
        key = key_for(document)
    except WrongPassword:
        if not is_protected(backup):
            raise
        return None, key_for(backup)
    return key, key_for(backup, key)


def _line(one: Backup) -> str:
    from smartct_desktop.services.backing_up import why

    manifest = one.manifest
    when = f"{manifest.made_at.astimezone():%Y-%m-%d %H:%M}" if manifest else "?" * 16
    records = sum(manifest.records.values()) if manifest else "?"
    return (
        f"{when}  {one.health.value:<7}  {one.size:>11}  {records:>7} records"
        f"  {why(one)}  {one.path.name}"
    )


def _as_json(one: Backup) -> dict[str, object]:
    manifest = one.manifest
    told_of = (
        {
            "document": manifest.document,
            "place": manifest.place,
            "number": manifest.number,
            "reason": manifest.reason,
            "made_at": manifest.made_at.isoformat(),
            "checked_at": manifest.checked_at.isoformat(),
            "program": manifest.program,
            "format": manifest.format,
            "sha256": manifest.sha256,
            "records": dict(manifest.records),
            "step": manifest.step,
        }
        if manifest
        else {}
    )
    return {"path": str(one.path), "health": one.health.value, "size": one.size, **told_of}
