"""Copies of several records as one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Contains, Path, Query
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record, new_id
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.editing import next_number


def duplication_step(
    reader: Reader, kind: str, ids: Sequence[Id], without: Sequence[str] = ()
) -> Step:
    """Give the step that adds a copy of each record, with the fields `without` left blank.

    Exchanges without a number get the next free ones. Records that are gone are left out. Raises
    `Invalid` if a copy breaks a rule.
    """
    schema = schema_of(kind)
    found = reader.get_many(schema.record, ids)
    numbers = _Numbers(reader)
    changes = []
    for id_ in ids:
        if id_ in found:
            copy: Record = found[id_].replace(id=new_id(), **dict.fromkeys(without))
            if isinstance(copy, Exchange) and copy.number is None:
                copy = copy.replace(number=numbers.next(copy.start))
            check(copy)
            changes.append(Change(None, copy))
    label = Sentence("copies of {n} {kind}", n=len(changes), kind=schema.plural.lower())
    return Step(label, tuple(changes))


class _Numbers:
    """Gives free numbers one after the other, each year counted by itself."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._free: dict[int, Iterator[str]] = {}

    def next(self, start: date | None) -> str:
        year = start.year if start else 0
        if year not in self._free:
            self._free[year] = self._count_up(next_number(self._reader, start))
        return next(self._free[year])

    def _count_up(self, first: str) -> Iterator[str]:
        stem, _, tail = first.rpartition("-")
        number = Path(("number",))
        query = Query("exchange", (number,), (Contains(number, stem),))
        window = self._reader.window(query)
        try:
            taken = {row.values[0] for row in window.rows(0, window.count)}
        finally:
            window.close()
        last = int(tail)
        while True:
            free = f"{stem}-{last:03d}"
            if free not in taken:
                yield free
            last += 1
