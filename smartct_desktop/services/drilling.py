"""The monthly drill: whether a backup would really be the document again."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from smartct_desktop.domain.errors import Protected, Trouble, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.storage.backups import check_backup, condemn
from smartct_desktop.storage.upgrade import NEWEST
from smartct_desktop.system.backup import Backup, Health


def try_out(backup: Backup, at: datetime, key: Key | None = None) -> Backup:
    """Read a backup, compare it with its manifest, open it, check it fully, count its figures.

    What came out is written down. One of an older version, or one that another password protects
    than that of `key`, is only read and compared. Slow: work for a job.
    """
    checked = check_backup(backup, at, key)
    manifest = checked.manifest
    if checked.health is not Health.GOOD or manifest is None or manifest.format != NEWEST:
        return checked
    if not _comes_back(backup, at, key):
        return condemn(checked)
    return checked


def _comes_back(backup: Backup, at: datetime, key: Key | None) -> bool:
    from smartct_desktop.services.figures import figures
    from smartct_desktop.services.opening import open_document

    try:
        with closing(open_document(backup.path, read_only=True, key=key)) as document:
            return not document.integrity() and bool(figures(document.read, at.date()))
    except (Protected, WrongPassword):
        return True
    except Trouble:
        return False
