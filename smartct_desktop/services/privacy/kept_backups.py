"""All backups of a document: those the program keeps, and their second copies elsewhere."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.services.backing_up import backups_of
from smartct_desktop.services.backup_wishes import BackupWishes
from smartct_desktop.services.settings import Settings
from smartct_desktop.storage.backups import list_backups, of_document
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.identity import document_id
from smartct_desktop.system.backup import Backup
from smartct_desktop.system.paths import settings_folder


def all_backups(document: Path, key: Key | None = None) -> list[Backup]:
    """Give the backups of a document, wherever they are kept now; `key` is that of the document.

    Of what has another key than the document only that is found which lies in our own folders.
    """
    found = backups_of(document, key)
    with suppress(Trouble), closing(Connection(document, Access.READ, key=key)) as connection:
        own = document_id(connection)
        for one in list_backups(document.parent):  # made on the command line
            with suppress(Trouble):
                if of_document(one.path, key) == own:
                    found.append(one)
    second = BackupWishes.of(Settings(settings_folder() / "settings.json")).second
    if second is not None and second.is_dir():
        with suppress(Trouble, OSError):
            with closing(Connection(document, Access.READ, key=key)) as connection:
                mark = document_id(connection)[:8]
            for folder in sorted(second.glob(f"*-{mark}")):
                found += list_backups(folder)
    return found
