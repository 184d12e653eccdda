"""The rows of a window near those in view, fetched by the page and kept while they are needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.query import Row
from smartct_desktop.domain.reading import Reader, Window
from smartct_desktop.ui.grid.columns import Gather
from smartct_desktop.ui.grid.marks import Findings, findings_of

PAGE = 64
_KEPT = 24  # pages: a screen of any height, and what was scrolled past just before
_FEW = 200  # places looked up one by one; more are found in one pass over the ids
_MANY = 200_000  # rows in which a pass over all ids is still quick
_AROUND = 4  # pages
_FIRST = 256  # rows that are shown before it is known how many there are


class Line:
    """One row as the table needs it; `texts` and `marks` are made when it is first painted."""

    __slots__ = ("findings", "gathered", "marks", "row", "texts")

    def __init__(self, row: Row, gathered: Mapping[str, Value], findings: Findings = ()) -> None:
        self.row = row
        self.gathered = gathered
        self.findings = findings
        self.texts: list[str] | None = None
        self.marks: Mapping[int, Findings] = {}

    @property
    def id(self) -> Id:
        """The record's identity."""
        return self.row.id


class Rows:
    """What one window holds, by row number.

    `count` is how many rows are shown: at first perhaps fewer than there are, until the window is
    `prepared` and everything it is asked for is there at once.
    """

    def __init__(
        self, reader: Reader, window: Window, gather: Gather | None, *, prepared: bool
    ) -> None:
        self._reader = reader
        self.window = window
        self._gather = gather
        self._pages: OrderedDict[int, list[Line]] = OrderedDict()
        self.prepared = prepared
        known = window.count if prepared else window.known_count
        self.count = len(window.ids(0, _FIRST)) if known is None else known

    @property
    def records(self) -> int:
        """How many records are shown."""
        return self.count

    @property
    def missing(self) -> int:
        """How many rows the window has beyond those that are shown."""
        return self.window.count - self.count

    def line(self, row: int) -> Line | None:
        """The line of a row, or None if the window has become shorter than it was."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._fetch(number)
        else:
            self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def known(self, rows: range) -> list[Line]:
        """The lines of these rows that need no fetching."""
        lines = []
        for row in rows:
            number, place = divmod(row, PAGE)
            page = self._pages.get(number, [])
            lines += page[place : place + 1]
        return lines

    def id_of(self, row: int) -> Id | None:
        """The id of the record in a row."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is not None:
            id_ = page[place].id if place < len(page) else None
        else:
            id_ = next(iter(self.window.ids(row, row + 1)), None)
        return id_ or None  # "" stands for a record that is gone

    def mark_of(self, row: int) -> Hashable:
        """What a row is found again by."""
        return self.id_of(row)

    def numbers(self, start: int, stop: int) -> list[range]:
        """The numbers that the records of some rows have in the window."""
        return [range(start, min(stop, self.count))]

    def ids(self, start: int, stop: int) -> Sequence[Id]:
        """The ids of a range of rows."""
        return self.window.ids(start, stop)

    def places(self, marks: Iterable[Hashable]) -> dict[Hashable, int]:
        """The row numbers of those records (see `mark_of`) that are among the rows.

        Of very many in a very long window only the first few hundred are looked up.
        """
        wanted = dict.fromkeys(Id(mark) for mark in marks if isinstance(mark, str))
        if len(wanted) > _FEW and self.count <= _MANY:
            return {id_: row for row, id_ in enumerate(self.ids(0, self.count)) if id_ in wanted}
        if not self.prepared:
            found = {id_: self._known_place(id_) for id_ in wanted}
        else:
            found = {id_: self.place(id_) for id_ in list(wanted)[:_FEW]}
        return {id_: row for id_, row in found.items() if row is not None}

    def look_around(self, rows: Iterable[int]) -> None:
        """Fetch what stands in these rows, of which some records may be known again.

        After most changes of a record its row is the same; where not all places are known yet,
        nothing else can tell. Of very many rows only the first are looked at.
        """
        pages = dict.fromkeys(row // PAGE for row in rows if row < self.count)
        for number in list(pages)[:_AROUND]:
            if number not in self._pages:
                self._fetch(number)

    def place(self, id_: Id) -> int | None:
        """The row number of a record; None if it is not among the rows, or not known yet."""
        known = self._known_place(id_)
        return self.window.position(id_) if known is None and self.prepared else known

    def forget(self) -> None:
        """Fetch the values again: the document has others now."""
        self._pages.clear()

    def close(self) -> None:
        """Give back the window."""
        self._pages.clear()
        self.window.close()

    def _known_place(self, id_: Id) -> int | None:
        for number, page in self._pages.items():
            for place, line in enumerate(page):
                if line.id == id_:
                    return number * PAGE + place
        return None

    def _fetch(self, number: int) -> list[Line]:
        start = number * PAGE
        rows = self.window.rows(start, min(start + PAGE, self.count))
        ids = [row.id for row in rows]
        gathered = self._gather(self._reader, ids) if self._gather and ids else {}
        found = findings_of(self._reader, self.window.query.kind, ids)
        page = [Line(row, gathered.get(row.id, {}), found.get(row.id, ())) for row in rows]
        self._pages[number] = page
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        return page
