"""What else may tell of somebody and is not rewritten: told before, and in the certificate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from smartct_desktop.domain.errors import Protected, Trouble, WrongPassword
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.backup_wishes import BackupWishes
from smartct_desktop.services.conflicted import document_id_of, suspected
from smartct_desktop.services.document import Document
from smartct_desktop.services.settings import Settings
from smartct_desktop.storage.backups import list_backups, of_document
from smartct_desktop.storage.fitting import key_for
from smartct_desktop.system.locks import holder_of
from smartct_desktop.system.paths import settings_folder


def out_of_reach(document: Document) -> Iterator[Sentence]:
    """Name the copies of a document that somebody has to look after: drives, files beside it."""
    second = BackupWishes.of(Settings(settings_folder() / "settings.json")).second
    if second is not None and not second.is_dir():
        yield Sentence(
            "the second copies of backups in {folder}: connect that drive first", folder=second
        )
    home = document.home
    for path in suspected(home):
        try:
            # Whoever has it open in this process must not lose its locks.
            key = document.key if holder_of(path) is not None else key_for(path, document.key)
            if document_id_of(path, key) == document.id:
                yield Sentence("the copy {name} beside the document", name=path.name)
        except (Protected, WrongPassword):
            yield Sentence(
                "the file {name} beside the document, if it is a copy of it: it has a password of "
                "its own",
                name=path.name,
            )
        except Trouble:  # damaged, or not all there
            continue
    for one in list_backups(home.parent):
        with suppress(Trouble):
            try:
                of_document(one.path, document.key)  # those that it opens are rewritten
            except (Protected, WrongPassword):
                yield Sentence(
                    "the backup {name} beside the document, if it is one of it: it has a password "
                    "of its own",
                    name=one.path.name,
                )
    for path in sorted(home.parent.glob("*.damaged-*")):
        if path.name.startswith(f"{home.name}.damaged-") and "-journal" not in path.name:
            yield Sentence("the damaged file {name} beside the document", name=path.name)
