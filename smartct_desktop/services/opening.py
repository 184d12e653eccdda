"""Making and opening documents."""

from __future__ import annotations

from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services import seals
from smartct_desktop.services.document import Clock, Document
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.clock import utc_now
from smartct_desktop.system.files import remove_own_parts
from smartct_desktop.system.locks import holder_of

SUFFIX = ".smartct"
SAMPLE_NAME = "SmartCTClusters sample"


def open_document(  # noqa: PLR0913 (which, how, with what)
    path: Path,
    *,
    read_only: bool = False,
    anyway: bool = False,
    key: Key | None = None,
    clock: Clock = utc_now,
    facts: ProgrammeFacts | None = None,
) -> Document:
    """Open a document. Raises `Trouble` with what is wrong with the file and what to do.

    Raises `Protected` for one that needs a `key`, see `services/protection.py`. `facts` are those
    of the programme, if they are read already. `anyway` opens for writing what would raise
    `MaybeInUse`.
    """
    from smartct_desktop.storage.store import Store

    # Before it is open: closing a second handle of a file gives away the locks of the first.
    changed = not read_only and holder_of(path) is None and seals.is_broken(path)
    store = Store.open(path, read_only=read_only, anyway=anyway, key=key)
    document = Document(store, clock, facts)
    document.changed_outside = changed
    if document.unclean and not document.read_only:
        # Cut off while the password was taken away, the part that was written is plain.
        remove_own_parts(document.path)
    return document


def new_partnership(
    path: Path, acronym: str, *, key: Key | None = None, clock: Clock = utc_now
) -> Document:
    """Make a document for a partnership of which only the name is known. Raises `Trouble`.

    With a `key` it is protected from the beginning.
    """
    own = Partnership(acronym=acronym, own=True, rule_set="G1")
    label = Sentence("new partnership {acronym}", acronym=acronym)
    return _new(path, label, [own], clock, key=key)


def new_sample(
    path: Path, facts: ProgrammeFacts, *, key: Key | None = None, clock: Clock = utc_now
) -> Document:
    """Make a document with the SmartCTClusters partnership as published. Raises `Trouble`."""
    from smartct_desktop.services.sample import sample_records

    label = Sentence("the sample partnership")
    return _new(path, label, sample_records(facts), clock, facts, key=key)


def _new(  # noqa: PLR0913 (where, what, how)
    path: Path,
    label: str,
    records: list[Record],
    clock: Clock,
    facts: ProgrammeFacts | None = None,
    *,
    key: Key | None = None,
) -> Document:
    from smartct_desktop.storage.store import Store

    if path.suffix.lower() != SUFFIX:
        raise Trouble(
            Sentence("A document's name ends in {suffix}.", suffix=SUFFIX),
            Sentence("Use {name} instead.", name=path.name + SUFFIX),
        )
    document = Document(Store.create(path, at=clock(), key=key), clock, facts)
    try:
        with document.edit(label) as edit:
            for record in records:
                edit.add(record)
    except BaseException:
        document.close()
        path.unlink(missing_ok=True)
        raise
    return document
