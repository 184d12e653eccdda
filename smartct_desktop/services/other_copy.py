"""Opening another copy of a document to look into it: it is only read, whatever state it is in."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.privacy.workshop import workshop

_JOURNAL = "-journal"


@contextmanager
def other_copy(path: Path, document: Path, key: Key | None = None) -> Generator[Document]:
    """Open a copy for reading, on the thread that calls. Raises `Trouble`.

    `document` is the file of the open one, which cannot be its own copy. What an older version
    wrote, or was not closed properly, is brought in order on a copy of our own. `key` opens it if
    it is protected: raises `Protected`, `WrongPassword`.
    """
    if path.exists() and document.exists() and path.samefile(document):
        raise Trouble(
            Sentence("{name} is the open document itself.", name=path.name),
            Sentence("Choose the copy that was changed elsewhere."),
        )
    if not _must_be_put_in_order(path, key):
        with closing(open_document(path, read_only=True, key=key)) as other:
            yield other
        return
    with workshop() as folder:
        own = folder / path.name
        _bring_along(path, own, key)
        with closing(open_document(own, read_only=True, key=key)) as other:
            yield other


def _must_be_put_in_order(path: Path, key: Key | None) -> bool:
    from smartct_desktop.storage.fitting import header_of
    from smartct_desktop.storage.upgrade import APPLICATION_ID, NEWEST

    if not path.is_file() or path.stat().st_size == 0:
        return False  # whoever opens it says what is wrong
    header = header_of(path, key)
    ours = header.application_id == APPLICATION_ID
    journal = path.with_name(path.name + _JOURNAL)
    unclean = journal.exists() and journal.stat().st_size > 0
    return ours and (1 <= header.version < NEWEST or unclean)


def _bring_along(path: Path, own: Path, key: Key | None) -> None:
    """Copy the file with its journal, and let SQLite and our migrations do the rest."""
    from smartct_desktop.storage.connection import Access, Connection
    from smartct_desktop.storage.fitting import key_for
    from smartct_desktop.storage.upgrade import NEWEST, migrate, version_of

    key = key_for(path, key)
    try:
        shutil.copyfile(path, own)
        journal = path.with_name(path.name + _JOURNAL)
        if journal.exists():
            shutil.copyfile(journal, own.with_name(own.name + _JOURNAL))
    except OSError as error:
        raise Trouble(
            Sentence("{name} cannot be copied: {why}.", name=path.name, why=error.strerror),
            Sentence("Look whether there is room on the disk and whether its drive is connected."),
        ) from error
    with closing(Connection(own, Access.WRITE, key=key)) as connection:
        if version_of(connection) < NEWEST:
            migrate(connection)
