"""Rows of our own exports without their record ids: known again by what they still say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from smartct_desktop.domain.book import Row
from smartct_desktop.domain.fields import Id, Text
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.record import Record
from smartct_desktop.services.importing.cells import field_of
from smartct_desktop.services.importing.columns import MappedColumn
from smartct_desktop.services.importing.own_values import OwnValues, Same

_KEYS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "exchange": (("number",),),
    "organisation": (("name", "country"),),
    "event": (("code",), ("title", "start")),
    "person": (("name", "email", "organisation"),),
    "membership": (("cluster", "organisation"),),
}
"""By which fields together a record is known, as far as the row fills them; the first must be.

Records of other kinds are known only by rows that say nothing but what is stored.
"""

_MOST_TESTS = 2_000_000


class RowFinder:
    """Finds the stored records that rows were written from. Two that fit are none."""

    def __init__(
        self,
        records: Mapping[Id, Record],
        values: OwnValues,
        columns: Mapping[int, MappedColumn],
    ) -> None:
        self._records = list(records.values())
        self._columns = {
            column.code: index for index, column in columns.items() if column.code is not None
        }
        self._tests: dict[str, Same] = {
            code: same
            for code in self._columns
            if (same := values.same(code, self._records)) is not None
        }

    def find(self, kind: str, rows: Sequence[Row]) -> dict[int, Id]:
        """Give the records of the rows, by row number; each record is found once at most."""
        found: dict[int, Id] = {}
        for names in _KEYS.get(kind, ()):
            codes = [f"{kind}.{name}" for name in names if f"{kind}.{name}" in self._tests]
            if f"{kind}.{names[0]}" in codes:
                self._by(codes, rows, found)
        if kind not in _KEYS:
            self._by(list(self._tests), rows, found)
        return found

    def _by(self, codes: Sequence[str], rows: Sequence[Row], found: dict[int, Id]) -> None:
        """Find by what the cells of some columns say together."""
        if not codes:
            return
        if len(rows) * len(self._records) > _MOST_TESTS and self._by_name(codes[0]) is None:
            return
        fitting: dict[object, list[Record]] = {}
        first, *others = codes
        named = self._by_name(first)
        taken = set(found.values())
        place = self._columns[first]
        for row in rows:
            raw = row.value(place)
            if row.number in found or raw is None:
                continue
            if raw not in fitting:
                among = self._records if named is None else named.get(fold(str(raw)), [])
                fitting[raw] = [record for record in among if self._tests[first](record, raw)]
            meant = [r for r in fitting[raw] if all(self._fits(c, r, row) for c in others)]
            if len(meant) == 1 and meant[0].id not in taken:
                found[row.number] = meant[0].id
                taken.add(meant[0].id)

    def _by_name(self, code: str) -> Mapping[str, Sequence[Record]] | None:
        """Give the records by the text of a field; None for a field that holds no plain text."""
        field = field_of(code)
        if field is None or not isinstance(field.type, Text):
            return None
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self._records:
            found[fold(str(getattr(record, field.name)))].append(record)
        return found

    def _fits(self, code: str, record: Record, row: Row) -> bool:
        raw = row.value(self._columns[code])
        return raw is None or self._tests[code](record, raw)
