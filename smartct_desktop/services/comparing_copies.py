"""Comparing the document with another copy of it: what each did since, and what is not the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.changes import PastStep
from smartct_desktop.domain.copies import Parted
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id, Reference
from smartct_desktop.domain.joining import Key, Triple
from smartct_desktop.domain.key import Key as FileKey
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.common_ground import Former, compare_histories, filled, steps_of
from smartct_desktop.services.document import Document
from smartct_desktop.services.numbering import prefix_of
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.other_copy import other_copy
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.privacy import elsewhere

_AT_ONCE = 1000
_COMPARING = Sentence("Comparing the two copies")


@dataclass(frozen=True)
class Compared:
    """Two copies, compared: what each did since they parted, and the records that differ.

    `ours` are our records of those as they are stored, `captions` what every record is called that
    differs or is named by one. `newest` is the number of our last step: an older plan is refused.
    `forgotten` counts the people who were forgotten here, and are left out of what the copy tells.
    `key` opens the other copy, if it is protected.
    """

    path: Path
    parted: Parted
    our_steps: tuple[PastStep, ...]
    our_undone: tuple[PastStep, ...]
    their_steps: tuple[PastStep, ...]
    their_undone: tuple[PastStep, ...]
    triples: Mapping[Key, Triple]
    ours: Mapping[Key, Record]
    captions: Mapping[Key, str]
    numbers: frozenset[str]
    prefix: str
    contents: frozenset[str]
    newest: int
    forgotten: int = 0
    key: FileKey | None = None

    @property
    def name(self) -> str:
        """What the other copy's file is called."""
        return self.path.name

    @property
    def same(self) -> bool:
        """Whether merging would do nothing at all: the other copy has nothing we do not know."""
        told = any(step.records for step in (*self.their_steps, *self.their_undone))
        return not self.parted.unknown or not (self.triples or told)

    def called(self, key: Key) -> str:
        """What a record is called, or what it is."""
        return self.captions.get(key, "").strip() or schema_of(key[0]).label


def compare(
    document: Document, path: Path, progress: Progress | None = None, key: FileKey | None = None
) -> Compared:
    """Compare the document with another copy of it. Reads all of both; work for a job.

    Raises `Trouble` if the file cannot be read or is no copy of this document, `Outdated`,
    `Cancelled`. The other copy is never written. It may have another `key` than the document.
    """
    with document.reader() as ours:
        return compare_with(ours, document.path, path, progress, key or document.key)


def compare_with(
    ours: Reader,
    document: Path,
    path: Path,
    progress: Progress | None = None,
    key: FileKey | None = None,
) -> Compared:
    """Compare what a reader reads of the `document` with another copy; as `compare` does.

    `key` opens the other copy if it is protected: raises `Protected`, `WrongPassword`.
    """
    progress = progress or Progress()
    with other_copy(path, document, key) as other, other.reader() as theirs:
        parted = compare_histories(ours, theirs)
        if parted is None:
            raise Trouble(
                Sentence("{name} is no copy of this document.", name=path.name),
                Sentence("Export what you need of it as a workbook, and import that here."),
            )
        elsewhere.refuse_still_known(ours, theirs, path.name)
        known = elsewhere.brought_back(ours, theirs)
        if not known:
            return replace(_compared(path, parted, ours, theirs, progress), key=key)
        with (
            elsewhere.forgetting_again(other.path, known, progress, key) as copy,
            closing(open_document(copy, read_only=True, key=key)) as without,
        ):
            compared = _compared(path, parted, ours, without.read, progress)
            return replace(compared, key=key, forgotten=len(known))


def _compared(
    path: Path, parted: Parted, ours: Reader, theirs: Reader, progress: Progress
) -> Compared:
    triples: dict[Key, Triple] = {}
    mine: dict[Key, Record] = {}
    formers = [
        (Former(reader, ground, progress), at)
        for at, (reader, ground) in enumerate(((ours, parted.ours), (theirs, parted.theirs)))
        if ground is not None
    ]
    for one, other in _differing(ours, theirs, progress):
        record = one or other
        assert record is not None
        key = (record.schema.kind, record.id)
        if one is not None:
            mine[key] = one
        now = (None if one is None else filled(one), None if other is None else filled(other))
        bases = [former.values(key, now[at]) for former, at in formers]
        unlike = [base for place, base in enumerate(bases) if base not in bases[:place]]
        triples[key] = elsewhere.with_one_invention(Triple(tuple(unlike), *now))
    numbers = {
        str(number)
        for reader in (ours, theirs)
        for _, number in reader.columns("exchange", ("number",))
        if number
    }
    return Compared(
        path,
        parted,
        steps_of(ours, parted.our_new),
        steps_of(ours, parted.our_undone),
        steps_of(theirs, parted.their_new),
        steps_of(theirs, parted.their_undone),
        triples,
        mine,
        _captions(ours, theirs, triples),
        frozenset(numbers),
        prefix_of(own_partnership(ours)),
        frozenset(str(sha256) for _, sha256 in ours.columns("attachment", ("sha256",))),
        newest_of(ours),
    )


def _differing(
    ours: Reader, theirs: Reader, progress: Progress
) -> Iterator[tuple[Record | None, Record | None]]:
    """Give the records that are not the same in both copies."""
    total = sum(reader.total(schema.kind) for reader in (ours, theirs) for schema in SCHEMAS)
    done = 0
    for schema in SCHEMAS:
        if not any(reader.total(schema.kind) for reader in (ours, theirs)):
            continue
        names = [field.name for field in schema.told]
        told = attrgetter("id", *names)
        unseen = {Id(str(id_)) for id_, *_ in theirs.columns(schema.kind, ())}
        for chunk in _chunks(ours, schema.record):
            progress.report(_COMPARING, done, total)
            done += len(chunk)
            others = theirs.get_many(schema.record, [record.id for record in chunk])
            unseen -= others.keys()
            for record in chunk:
                other = others.get(record.id)
                if other is None or told(other) != told(record):
                    yield record, other
        for record in theirs.get_many(schema.record, sorted(unseen)).values():
            yield None, record
        done += theirs.total(schema.kind)


def _chunks(reader: Reader, type_: type[Record]) -> Iterator[list[Record]]:
    chunk: list[Record] = []
    for record in reader.all(type_):
        chunk.append(record)
        if len(chunk) == _AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _captions(ours: Reader, theirs: Reader, triples: Mapping[Key, Triple]) -> Mapping[Key, str]:
    """What records are called: as here, or where they are not, as there."""
    wanted: dict[str, set[Id]] = {}
    for (kind, id_), triple in triples.items():
        wanted.setdefault(kind, set()).add(id_)
        for field in schema_of(kind).references:
            assert isinstance(field.type, Reference)
            for values in (*triple.bases, triple.ours, triple.theirs):
                if values is not None and field.name in values:
                    wanted.setdefault(field.type.kind, set()).add(Id(str(values[field.name])))
    found: dict[Key, str] = {}
    for kind, ids in wanted.items():
        for reader in (theirs, ours):
            found |= {(kind, id_): text for id_, text in reader.captions(kind, ids).items()}
    return found


def newest_of(reader: Reader) -> int:
    """Give the number of the newest step that holds, 0 if there is none."""
    return max((mark.no for mark in reader.step_marks() if mark.holds), default=0)
