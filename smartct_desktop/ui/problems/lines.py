"""The list of findings: by rule under headings that fold, or record by record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.query import Ids, Path, Query
from smartct_desktop.domain.reading import Reader, RecordFinding
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.problems.words import rule_title, severity_word, told
from smartct_desktop.ui.qt import ROOT, Index

PAGE = 64
_KEPT = 40  # pages: what is in view and was scrolled past just before


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule with one severity, or those of one partner (`title` is its name).

    Code and title "" stand for all of a flat list.
    """

    code: str
    severity: Severity
    findings: int
    title: str = ""

    @property
    def key(self) -> tuple[str, Severity]:
        """What it is recognised by."""
        return self.title or self.code, self.severity

    @property
    def name(self) -> str:
        """What stands over it."""
        return self.title or rule_title(self.code)


Line = Group | RecordFinding
Fetch = Callable[[Group, int, int], Sequence[RecordFinding]]
"""Gives a range of the findings of a group."""


@dataclass(frozen=True, slots=True)
class Words:
    """How the findings of a document are told."""

    texts: Texts
    reader: Reader

    def parties(self, page: Sequence[RecordFinding]) -> dict[Id, str]:
        """Who visits whom in the exchanges of a page."""
        ids = frozenset(line.id for line in page if line.kind == "exchange")
        if not ids:
            return {}
        query = Query("exchange", (Path(("vo",)), Path(("ho",))), (Ids(ids),))
        with closing(self.reader.window(query)) as window:
            rows = window.rows(0, len(ids))
        return {
            row.id: " → ".join(name or "–" for name in row.captions)
            for row in rows
            if any(row.captions)
        }


class ProblemModel(QAbstractListModel):
    """Findings as lines of one list, fetched as far as they are looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._fetch: Fetch | None = None
        self._words: Words | None = None
        self._parties: dict[Id, str] = {}
        self._flat = False
        self._folded: set[tuple[str, Severity]] = set()
        self._starts: list[int] = []  # the row of each group's heading
        self._rows = 0
        self._pages: dict[tuple[int, int], Sequence[RecordFinding]] = {}

    @property
    def flat(self) -> bool:
        """Whether there are no headings."""
        return self._flat

    @property
    def findings(self) -> int:
        """How many findings there are, folded ones among them."""
        return sum(group.findings for group in self._groups)

    def attach(self, words: Words | None) -> None:
        """Tell the findings of this document."""
        self._words = words
        if words is None:
            self.show((), None, flat=False)

    def told(self, line: RecordFinding) -> str:
        """What a finding says."""
        return told(line.finding, self._words.texts) if self._words is not None else ""

    def parties(self, line: RecordFinding) -> str:
        """Who visits whom, if the finding is about an exchange."""
        return self._parties.get(line.id, "")

    def show(self, groups: Sequence[Group], fetch: Fetch | None, *, flat: bool) -> None:
        """Show these findings; with `flat` the one group has no heading."""
        self.beginResetModel()
        self._groups, self._fetch, self._flat = tuple(groups), fetch, flat
        self._arrange()
        self.endResetModel()

    def is_folded(self, group: Group) -> bool:
        """Whether only the heading of a group is shown."""
        return group.key in self._folded

    def fold(self, row: int, *, folded: bool) -> None:
        """Hide or show the findings under a heading."""
        line = self.line(row)
        if isinstance(line, Group) and line.findings and folded is not self.is_folded(line):
            first, last = row + 1, row + line.findings
            if folded:
                self.beginRemoveRows(ROOT, first, last)
            else:
                self.beginInsertRows(ROOT, first, last)
            self._folded ^= {line.key}
            self._arrange()
            if folded:
                self.endRemoveRows()
            else:
                self.endInsertRows()

    def line(self, row: int) -> Line | None:
        """What stands in a row; None if it is there no more."""
        if not 0 <= row < self._rows:
            return None
        place = bisect_right(self._starts, row) - 1
        group = self._groups[place]
        within = row - self._starts[place] - (0 if self._flat else 1)
        return group if within < 0 else self._finding(place, within)

    def heading_of(self, row: int) -> int:
        """The row of the heading over a row."""
        return self._starts[max(0, bisect_right(self._starts, row) - 1)] if self._starts else 0

    def row_of(self, sought: RecordFinding, near: int) -> int | None:
        """The row of a finding, looked for around a row where it was."""
        for row in sorted(range(near - PAGE, near + PAGE), key=lambda row: abs(row - near)):
            line = self.line(row)
            if isinstance(line, RecordFinding) and _same(line, sought):
                return row
        return None

    # What Qt asks for.

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if line is None or role not in (*texts, Qt.ItemDataRole.ToolTipRole):
            return None
        if isinstance(line, Group):
            if line.title:
                return tr("{partner}, {n} problems", partner=line.title, n=line.findings)
            title = f"{severity_word(line.severity)}: {line.name}"
            return tr("{rule}, {code}, {n} records", rule=title, code=line.code, n=line.findings)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.told(line)
        severity = severity_word(line.finding.severity)
        named = ", ".join(filter(None, (caption(line), self.parties(line))))
        return f"{named}. {severity}: {self.told(line)} ({line.finding.code})"

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    # Within.

    def _arrange(self) -> None:
        self._pages.clear()
        self._parties.clear()
        self._starts = []
        row = 0
        for group in self._groups:
            self._starts.append(row)
            row += 0 if self._flat else 1
            row += 0 if self.is_folded(group) and not self._flat else group.findings
        self._rows = row

    def _finding(self, place: int, within: int) -> RecordFinding | None:
        number, at = divmod(within, PAGE)
        page = self._pages.get((place, number))
        if page is None and self._fetch is not None:
            if len(self._pages) >= _KEPT:
                self._pages.pop(next(iter(self._pages)))
            start = number * PAGE
            page = self._fetch(self._groups[place], start, start + PAGE)
            if self._words is not None:
                self._parties |= self._words.parties(page)
            self._pages[place, number] = page
        return page[at] if page is not None and at < len(page) else None


def caption(line: RecordFinding) -> str:
    """What the record of a finding is called."""
    return line.caption.strip() or tr(schema_of(line.kind).label)


def _same(one: RecordFinding, other: RecordFinding) -> bool:
    return (one.kind, one.id, one.finding.code) == (other.kind, other.id, other.finding.code)
