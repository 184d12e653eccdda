"""Rows in groups: where their headings stand, and which are closed.

A heading is a row of the table like any other, but no record; a closed group is its heading only.
Nothing but the groups themselves is in memory: where a row lies follows from how many records the
groups before it have.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.reading import RowGroup, Window
from smartct_desktop.ui.grid.rows import Line, Rows


@dataclass(frozen=True)
class Heading:
    """The heading of a group."""

    group: RowGroup
    open: bool

    @property
    def key(self) -> Hashable:
        """What the group is known by while rows come and go."""
        return key_of(self.group)


def key_of(group: RowGroup) -> Hashable:
    """What a group is known by: what its value is called."""
    return group.value if group.caption is None else ("caption", group.caption)


class GroupedRows(Rows):
    """The rows of a window with the headings of its groups among them.

    Row numbers count headings; the numbers of the window do not.
    """

    def __init__(self, rows: Rows, closed: frozenset[Hashable]) -> None:
        self._records = rows
        self.window: Window = rows.window
        self.prepared = True
        self._groups: Sequence[RowGroup] = self.window.groups
        self._starts = [0, *accumulate(group.records for group in self._groups)]
        self._places: dict[Hashable, int] = {
            key_of(group): place for place, group in enumerate(self._groups)
        }
        self._open = [key_of(group) not in closed for group in self._groups]
        self._tops: list[int] = []
        self._lay_out()

    @property
    def records(self) -> int:
        """How many records there are, also in closed groups."""
        return self._records.count

    @property
    def missing(self) -> int:
        """All are known from the beginning."""
        return 0

    @property
    def keys(self) -> Iterable[Hashable]:
        """What the groups are known by, from the top."""
        return self._places

    def heading(self, row: int) -> Heading | None:
        """The heading in a row, None if a record is there."""
        place = self._group_at(row)
        if place is None or self._tops[place] != row:
            return None
        return Heading(self._groups[place], self._open[place])

    def group_of(self, id_: Id) -> Heading | None:
        """The group of a record, open or not."""
        number = self._records.place(id_)
        if number is None:
            return None
        place = bisect_right(self._starts, number) - 1
        return Heading(self._groups[place], self._open[place])

    def span(self, key: Hashable) -> range:
        """The rows of the records of a group, as if it were open."""
        place = self._places[key]
        top = self._tops[place] + 1
        return range(top, top + self._groups[place].records)

    def toggle(self, key: Hashable) -> None:
        """Open or close a group."""
        place = self._places[key]
        self._open[place] = not self._open[place]
        self._lay_out()

    def number(self, row: int) -> int | None:
        """The number that the record of a row has in the window, None for a heading."""
        place = self._group_at(row)
        if place is None or self._tops[place] == row:
            return None
        return self._starts[place] + row - self._tops[place] - 1

    def numbers(self, start: int, stop: int) -> list[range]:
        """The numbers in the window of the records among some rows."""
        parts = []
        place = self._group_at(start)
        while place is not None and place < len(self._groups) and self._tops[place] < stop:
            first = self._tops[place] + 1
            end = first + (self._groups[place].records if self._open[place] else 0)
            low, high = max(first, start), min(end, stop)
            if low < high:
                shift = self._starts[place] - first
                parts.append(range(low + shift, high + shift))
            place += 1
        return parts

    # As `Rows`.

    def line(self, row: int) -> Line | None:
        """The line of a row, None for a heading."""
        number = self.number(row)
        return None if number is None else self._records.line(number)

    def known(self, rows: range) -> list[Line]:
        """The lines of these rows that need no fetching."""
        parts = self.numbers(rows.start, rows.stop)
        return [line for part in parts for line in self._records.known(part)]

    def id_of(self, row: int) -> Id | None:
        """The id of the record in a row, None for a heading."""
        number = self.number(row)
        return None if number is None else self._records.id_of(number)

    def mark_of(self, row: int) -> Hashable:
        """What a row is found again by: the id of its record, or the key of its group."""
        heading = self.heading(row)
        return self.id_of(row) if heading is None else ("group", heading.key)

    def ids(self, start: int, stop: int) -> Sequence[Id]:
        """The ids of the records among some rows."""
        parts = self.numbers(start, stop)
        return [id_ for part in parts for id_ in self._records.ids(part.start, part.stop)]

    def places(self, marks: Iterable[Hashable]) -> dict[Hashable, int]:
        """The row numbers of those records and groups that are among the rows."""
        wanted = list(marks)
        found: dict[Hashable, int] = {}
        for mark in wanted:
            if isinstance(mark, tuple) and mark[1] in self._places:
                found[mark] = self._tops[self._places[mark[1]]]
        ids = [mark for mark in wanted if isinstance(mark, str)]
        for mark, number in self._records.places(ids).items():
            row = self._row_of(number)
            if row is not None:
                found[mark] = row
        return found

    def place(self, id_: Id) -> int | None:
        """The row number of a record; None if it is not among the rows, or in a closed group."""
        number = self._records.place(id_)
        return None if number is None else self._row_of(number)

    def forget(self) -> None:
        """Fetch the values again."""
        self._records.forget()

    def close(self) -> None:
        """Give back the window."""
        self._records.close()

    # Within.

    def _lay_out(self) -> None:
        heights = [
            1 + (group.records if on else 0)
            for group, on in zip(self._groups, self._open, strict=True)
        ]
        *self._tops, self.count = accumulate(heights, initial=0)

    def _group_at(self, row: int) -> int | None:
        place = bisect_right(self._tops, row) - 1
        return place if place >= 0 and row < self.count else None

    def _row_of(self, number: int) -> int | None:
        place = bisect_right(self._starts, number) - 1
        if not 0 <= place < len(self._groups) or not self._open[place]:
            return None
        return self._tops[place] + 1 + number - self._starts[place]
