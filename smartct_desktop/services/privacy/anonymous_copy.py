"""A copy without personal data: for a test, a course, or somebody who shall help."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.personal import Personal
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.opening import SUFFIX
from smartct_desktop.services.privacy.bytes_left import forms_of, holds
from smartct_desktop.services.privacy.invented import Invented, all_words
from smartct_desktop.services.privacy.traces import Traces, spellings
from smartct_desktop.services.privacy.workshop import workshop
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.copies import clear_sides
from smartct_desktop.storage.ever_told import texts_ever
from smartct_desktop.storage.rekeying import write_rekeyed
from smartct_desktop.storage.rewriting import become_another, compact, rewrite, working_copy
from smartct_desktop.storage.tables import Tables
from smartct_desktop.system.files import write_atomic

_NAMES = frozenset({Personal.NAME, Personal.ADDRESS, Personal.ACCOUNT})
_WORDS_OF_A_NAME = 2


def write_anonymous_copy(
    document: Path, out: Path, progress: Progress | None = None, key: Key | None = None
) -> None:
    """Write a document of the same size in which all people have invented names.

    Free texts, attached files, names of steps and of files are filled with invented words;
    organisations, days and amounts stay, and so do all figures. It has no password, whatever the
    document has: it is for others. Raises `Trouble`, `Cancelled`.
    """
    progress = progress or Progress()
    if out.suffix.lower() != SUFFIX:
        raise Trouble(
            Sentence("A document's name ends in {suffix}.", suffix=SUFFIX),
            Sentence("Use {name} instead.", name=out.name + SUFFIX),
        )
    if out.exists():
        raise Trouble(
            Sentence("There is already a file {name}.", name=out.name),
            Sentence("Choose another name; a copy replaces nothing."),
        )
    with workshop() as folder:
        copy = folder / f"copy{SUFFIX}"
        working_copy(document, copy, progress, key)
        with closing(Connection(copy, Access.WRITE, key=key)) as connection:
            names = _names(connection)
            whole = {words for name in names for words in spellings(name)}
            traces = Traces(whole | all_words([name for name in names if "@" in name]))
            rewrite(connection, Invented(secrets.token_hex(16), traces, connection), progress)
            become_another(connection, new_id())
        compact(copy, key)
        if holds(copy, forms_of(_telling(names)), key):
            raise Trouble(
                Sentence("A name or an address would be left in the copy; it was thrown away."),
                Sentence(
                    "Look for a person whose name is also that of an organisation or of a place."
                ),
            )
        if key is None:
            _put(copy, out)
        else:
            write_rekeyed(copy, out, key, None, progress)


def _names(connection: Connection) -> set[str]:
    """Give all names, addresses and numbers of people, those of former days among them."""
    tables, names = Tables(), set[str]()
    for schema in SCHEMAS:
        for field in schema.told:
            if field.personal in _NAMES:
                names |= texts_ever(connection, tables, schema.kind, field.name)
    return names


def _telling(names: Collection[str]) -> Iterator[str]:
    """What can be nothing but a person: whole names, addresses."""
    for name in names:
        if "@" in name or len(name.split()) >= _WORDS_OF_A_NAME:
            yield name


def _put(copy: Path, out: Path) -> None:
    clear_sides(out)
    with copy.open("rb") as source:
        write_atomic(out, lambda file: shutil.copyfileobj(source, file))
