"""Changes of records that are written together, each checked against what the file holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.storage.statements import Found, Names, Values
from smartct_desktop.storage.tables import Tables
from smartct_desktop.storage.writing import Writer

Refuse = Callable[[str, str], Trouble]
"""Makes the trouble of a record, by kind and id, that is not as expected."""


class Batch:
    """Gathers changes and writes them grouped, a handful of statements for however many.

    All values are those of columns, references given as ids. What is expected of a record is
    given as fields and their values.
    """

    def __init__(self, tables: Tables, writer: Writer, refuse: Refuse) -> None:
        self._tables = tables
        self._writer = writer
        self._refuse = refuse
        self._added: dict[str, list[tuple[str, Values]]] = defaultdict(list)
        self._moved: dict[tuple[str, Names, Names], list[tuple[str, Values, Values]]] = defaultdict(
            list
        )
        self._removed: dict[str, list[tuple[str, Values | None]]] = defaultdict(list)

    def add(self, kind: str, id_: str, values: Values) -> None:
        """Have a record added, with the values of all its fields."""
        self._added[kind].append((id_, values))

    def move(
        self, kind: str, id_: str, expected: tuple[Names, Values], moved: tuple[Names, Values]
    ) -> None:
        """Have the fields `moved` of a record changed, if those `expected` hold these values."""
        self._moved[kind, expected[0], moved[0]].append((id_, expected[1], moved[1]))

    def remove(self, kind: str, id_: str, expected: Values | None) -> None:
        """Have a record removed, if all its fields hold what is expected."""
        self._removed[kind].append((id_, expected))

    def write(self) -> dict[str, Found]:
        """Write it all and give the removed records as they were. Raises `Invalid`, `Trouble`."""
        for kind, additions in self._added.items():
            self._writer.insert(kind, additions)
        for (kind, checked, names), moves in self._moved.items():
            found = self._expected(kind, checked, [(id_, old) for id_, old, _ in moves])
            self._writer.update(kind, names, [(id_, found[id_], new) for id_, _, new in moves])
            self._writer.note(kind, names, ((checked, old) for _, old, _ in moves))
        gone: dict[str, Found] = {}
        for kind, removals in self._removed.items():
            found = self._expected(kind, self._tables[kind].names, removals)
            self._writer.delete(kind, list(found.items()))
            names = self._tables[kind].names
            self._writer.note(kind, names, ((names, old.values) for old in found.values()))
            gone |= found
        return gone

    def _expected(
        self, kind: str, names: Names, records: list[tuple[str, Values | None]]
    ) -> dict[str, Found]:
        """Look up records. Raises the trouble of the first that is not as expected."""
        found = self._writer.find(kind, (id_ for id_, _ in records), names)
        for id_, expected in records:
            there = found.get(id_)
            if there is None or (expected is not None and there.values != list(expected)):
                raise self._refuse(kind, id_)
        return found
