"""Making and opening documents."""

from __future__ import annotations

from pathlib import Path

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services import seals
from smartct_desktop.services.document import Clock, Document
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.clock import utc_now
from smartct_desktop.system.locks import holder_of

SUFFIX = ".smartct"
SAMPLE_NAME = "SmartCTClusters sample"


def open_document(
    path: Path,
    *,
    read_only: bool = False,
    anyway: bool = False,
    clock: Clock = utc_now,
    facts: ProgrammeFacts | None = None,
) -> Document:
    """Open a document. Raises `Trouble` with what is wrong with the file and what to do.

    `facts` are those of the programme, if they are read already. `anyway` opens for writing what
    would raise `MaybeInUse`.
    """
    from smartct_desktop.storage.store import Store

    # Before it is open: closing a second handle of a file gives away the locks of the first.
    changed = not read_only and holder_of(path) is None and seals.is_broken(path)
    document = Document(Store.open(path, read_only=read_only, anyway=anyway), clock, facts)
    document.changed_outside = changed
    return document


def new_partnership(path: Path, acronym: str, *, clock: Clock = utc_now) -> Document:
    """Make a document for a partnership of which only the name is known. Raises `Trouble`."""
    own = Partnership(acronym=acronym, own=True, rule_set="G1")
    return _new(path, Sentence("new partnership {acronym}", acronym=acronym), [own], clock)


def new_sample(path: Path, facts: ProgrammeFacts, *, clock: Clock = utc_now) -> Document:
    """Make a document with the SmartCTClusters partnership as published. Raises `Trouble`."""
    from smartct_desktop.services.sample import sample_records

    return _new(path, Sentence("the sample partnership"), sample_records(facts), clock, facts)


def _new(
    path: Path,
    label: str,
    records: list[Record],
    clock: Clock,
    facts: ProgrammeFacts | None = None,
) -> Document:
    from smartct_desktop.storage.store import Store

    if path.suffix.lower() != SUFFIX:
        raise Trouble(
            Sentence("A document's name ends in {suffix}.", suffix=SUFFIX),
            Sentence("Use {name} instead.", name=path.name + SUFFIX),
        )
    document = Document(Store.create(path, at=clock()), clock, facts)
    try:
        with document.edit(label) as edit:
            for record in records:
                edit.add(record)
    except BaseException:
        document.close()
        path.unlink(missing_ok=True)
        raise
    return document
