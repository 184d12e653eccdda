"""The Problems tab: what the rules of the programme say of the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Listing
from smartct_desktop.domain.reading import FindingCount, Outdated, RecordFinding
from smartct_desktop.services.settings import Json
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.empty import Empty
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.problems.lines import Group, ProblemModel, Words
from smartct_desktop.ui.problems.problem_list import ProblemList
from smartct_desktop.ui.problems.toolbar import ProblemToolbar
from smartct_desktop.ui.problems.why_panel import WhyPanel
from smartct_desktop.ui.tools import Tools

_AGAIN = 150  # milliseconds until what was interrupted is looked for again
_MOST_FOUND = 2000  # findings that a search brings; nobody reads more
_PANEL = 318


class ProblemsPage(QWidget):
    """Findings at the left, the chosen one explained at the right.

    `opened(kind, id, field)` wants a record with a field of it.
    """

    stated = Signal(str)
    opened = Signal(str, object, str)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._look = tools.look
        self._desk: Desk | None = None
        self._outdated = False
        self._asked: Listing | None = None
        self.model = ProblemModel(self)
        self.list = ProblemList(self._look, self.model)
        self.list.opened.connect(self._open)
        self.list.selectionModel().currentChanged.connect(self._explain)
        self.why = WhyPanel(self._look)
        self.why.open_asked.connect(self._open)
        chosen = tools.settings.get("problems.by_record") is True
        self.bar = ProblemToolbar(self._look, by_record=chosen)
        self.bar.changed.connect(self.read_again)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN)
        self._again.timeout.connect(self.read_again)
        self.empty = Empty(self._look, "check")
        self._middle = QStackedWidget()
        self._middle.addWidget(self._make_splitter())
        self._middle.addWidget(self.empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addWidget(self._middle, 1)

    # The document.

    def attach(self, desk: Desk) -> None:
        """Show the findings of a document."""
        self._desk = desk
        self.model.attach(Words(desk.texts, desk.reader))
        self.why.attach(desk)
        self.read_again()

    def detach(self) -> None:
        """Let go of the document."""
        self._desk = None
        self._again.stop()
        self.bar.clear()
        self.model.attach(None)
        self.why.attach(None)

    def hear(self, _touched: Touched) -> None:
        """A step was done, undone or redone."""
        self.hear_findings()

    def hear_findings(self) -> None:
        """Findings changed."""
        if self.isVisible():
            self.read_again()
        else:
            self._outdated = True

    def look_again(self) -> None:
        """Catch up with what happened while another tab was in front."""
        if self._outdated:
            self._outdated = False
            self.read_again()
        self._state()

    def finish_editing(self) -> bool:
        """Nothing is edited here."""
        return True

    def set_compact(self, on: bool) -> None:  # noqa: FBT001 (as the pages with tables)
        """The rows here have one height."""

    def remember(self) -> None:
        """Note how the list is grouped."""
        self._tools.settings.set("problems.by_record", self.bar.by_record.isChecked())

    def headings(self) -> list[Json]:
        """The curtain before the next start shows no list."""
        return []

    def focus_filter(self) -> None:
        """Put the focus into the filter field."""
        self.bar.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.filter_field.selectAll()

    def show_only(self, severity: Severity) -> None:
        """Show the findings of one severity."""
        self.bar.show_only(severity)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current(self) -> RecordFinding | None:
        """The finding that is chosen."""
        line = self.model.line(self.list.currentIndex().row())
        return line if isinstance(line, RecordFinding) else None

    # Reading.

    def read_again(self) -> None:
        """Show what the filters ask for, as it is now."""
        desk = self._desk
        self._again.stop()
        if desk is None:
            return
        listing = self._asked = self.bar.listing
        if listing.words:
            self._search(desk, listing)
            return
        counts = desk.reader.finding_counts()
        self.bar.show_counts(counts)

        def fetch(group: Group, start: int, stop: int) -> Sequence[RecordFinding]:
            wanted = _within(listing, group)
            return desk.reader.list_findings(wanted, start, min(stop, group.findings))

        self._show(listing, [c for c in counts if _passes(listing, c)], fetch)

    def _search(self, desk: Desk, listing: Listing) -> None:
        """Look for words in a job: it may have to look at every record."""

        def work(_progress: Progress) -> tuple[Listing, list[RecordFinding]]:
            with desk.document.reader() as reader:
                return listing, list(reader.list_findings(listing, 0, _MOST_FOUND))

        self._tools.jobs.run(
            work, self._show_found, self._fail, title=tr("Looking for problems"), shown=False
        )

    def _show_found(self, result: tuple[Listing, list[RecordFinding]]) -> None:
        listing, found = result
        if listing != self._asked or self._desk is None:
            return
        self.bar.show_counts(self._desk.reader.finding_counts())
        groups: dict[tuple[str, Severity], list[RecordFinding]] = {}
        for one in found:
            key = ("", Severity.INFO) if listing.by_record else _key(one)
            groups.setdefault(key, []).append(one)

        def fetch(group: Group, start: int, stop: int) -> Sequence[RecordFinding]:
            return groups[group.key][start:stop]

        flat = listing.by_record
        self._install([Group(*key, len(those)) for key, those in groups.items()], fetch, flat=flat)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Outdated):
            self._again.start()
        else:
            self._tools.report(error)

    def _show(self, listing: Listing, counts: Sequence[FindingCount], fetch: object) -> None:
        found: dict[tuple[str, Severity], int] = {}
        for count in counts:
            key = ("", Severity.INFO) if listing.by_record else (count.code, count.severity)
            found[key] = found.get(key, 0) + count.findings
        groups = [Group(*key, n) for key, n in found.items()]
        self._install(groups, fetch, flat=listing.by_record)

    def _install(self, groups: Sequence[Group], fetch: object, *, flat: bool) -> None:
        before, row = self.current, max(self.list.currentIndex().row(), 0)
        top = self.list.verticalScrollBar().value()
        assert callable(fetch)
        self.model.show(groups, fetch, flat=flat)
        if self.model.rowCount():
            found = self.model.row_of(before, row) if before is not None else None
            place = min(row, self.model.rowCount() - 1) if found is None else found
            self.list.setCurrentIndex(self.model.index(place))
            self.list.verticalScrollBar().setValue(top)
        else:
            self.why.explain(None)
        self._show_or_empty()
        self._state()

    # Showing.

    def _show_or_empty(self) -> None:
        nothing = not self.model.rowCount() and self._desk is not None
        if nothing and self.bar.filters:
            clear = button(self._look, tr("Clear the filters"))
            clear.clicked.connect(self.bar.clear)
            self.empty.say(tr("No problem fits these filters."), clear)
        elif nothing and self._desk is not None and self._desk.reader.unexamined():
            self.empty.say(tr("The records are being checked against the rules."))
        elif nothing:
            self.empty.say(tr("The rules have nothing to say: all records are in order."))
        self._middle.setCurrentIndex(1 if nothing else 0)

    def _explain(self, current: QModelIndex) -> None:
        self.why.explain(self.model.line(current.row()))

    def _open(self) -> None:
        chosen = self.current
        if chosen is not None:
            self.opened.emit(chosen.kind, chosen.id, chosen.finding.field)

    def _state(self) -> None:
        if self._desk is not None:
            n = self.model.findings
            self.stated.emit(tr("1 problem") if n == 1 else tr("{n} problems", n=n))

    # Making.

    def _make_splitter(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.why)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([self._look.px(1048), self._look.px(_PANEL)])
        return splitter


def _key(one: RecordFinding) -> tuple[str, Severity]:
    return one.finding.code, one.finding.severity


def _passes(listing: Listing, count: FindingCount) -> bool:
    return not listing.severities or count.severity in listing.severities


def _within(listing: Listing, group: Group) -> Listing:
    """The listing of one group alone."""
    if listing.by_record:
        return listing
    return replace(listing, severities=frozenset({group.severity}), codes=frozenset({group.code}))
