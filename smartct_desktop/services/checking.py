"""What the rules say of stored records and what is calculated of them, and how that is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.assessment import Assessment
from smartct_desktop.domain.programme.findings import Finding
from smartct_desktop.domain.programme.rule_catalog import FACTS, KINDS, digest
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.reading import Due, Reader
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.services.looking import Look
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.collecting import without_collecting
from smartct_desktop.system.version import version

SLICE = 300
"""Records examined at a time: some tenths of a second of a job, some milliseconds of writing."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found of records that were due."""

    due: Due
    found: Mapping[Id, Assessment]


class Checker:
    """Asks the rules about records of a document; on whatever thread the reader belongs to."""

    def __init__(self, facts: ProgrammeFacts, clock: Callable[[], datetime]) -> None:
        self._facts = facts
        self._clock = clock
        self._slices: tuple[tuple[int, str], Look] | None = None  # of the slices of one moment

    @cached_property
    def rules(self) -> str:
        """The version of rules and calculations."""
        return f"{version()} {digest()}"

    @property
    def today(self) -> date:
        """The local day on which the rules are asked."""
        return self._clock().astimezone().date()

    def facts(self, reader: Reader) -> str:
        """Give a digest of the records that concern all others."""
        told = sha256()
        for kind in sorted(FACTS):
            for record in reader.all(schema_of(kind).record):
                if not isinstance(record, Partnership) or record.own:
                    told.update(repr(record).encode())
        return told.hexdigest()[:16]

    def look(self, _reader: Reader) -> Look:
        """Begin a look at the document as it is now."""
        return Look(self._facts, self.today)

    def assess(self, reader: Reader, kind: str, ids: Sequence[Id]) -> Mapping[Id, Assessment]:
        """Say of each record that exists what the rules say, and what is calculated of it."""
        return self.look(reader).assess(reader, kind, ids)

    def all_assessed(self, reader: Reader) -> Iterator[tuple[str, Id, Assessment]]:
        """Assess all records from scratch, whatever is kept of them."""
        look = self.look(reader)
        with without_collecting():
            for kind in KINDS:
                with closing(reader.window(Query(kind))) as window:
                    for start in range(0, window.count, SLICE):
                        ids = window.ids(start, start + SLICE)
                        found = look.assess(reader, kind, ids)
                        yield from ((kind, id_, found[id_]) for id_ in ids if id_ in found)

    def everything(self, reader: Reader) -> Iterator[tuple[str, Id, Sequence[Finding]]]:
        """Ask the rules about all records, whatever findings are kept; give those with any."""
        for kind, id_, one in self.all_assessed(reader):
            if one.findings:
                yield kind, id_, one.findings

    def due(self, reader: Reader) -> Examined | None:
        """Assess some of the records that are due; None if none is.

        What one slice has read serves the next, as long as no step comes in between. Only one
        thread at a time may ask.
        """
        due = reader.due(SLICE)
        if due is None:
            self._slices = None
            return None
        moment = (due.moment, due.version)
        if self._slices is None or self._slices[0] != moment:
            self._slices = (moment, self.look(reader))
        return Examined(due, self._slices[1].assess(reader, due.kind, due.ids))
