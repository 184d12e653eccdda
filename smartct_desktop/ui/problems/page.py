"""The Problems tab: what the rules of the programme say of the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.query import Listing
from smartct_desktop.domain.reading import FindingCount, RecordFinding
from smartct_desktop.services.settings import Json
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.empty import Empty
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.problems.lines import Fetch, Group, ProblemModel, Words, caption
from smartct_desktop.ui.problems.of_partnership import PartnershipFindings, among
from smartct_desktop.ui.problems.problem_list import ProblemList
from smartct_desktop.ui.problems.search import Found, ProblemSearch
from smartct_desktop.ui.problems.toolbar import Grouping, ProblemToolbar
from smartct_desktop.ui.problems.why_panel import WhyPanel
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:
    from smartct_desktop.ui.dialogs.new_record import NewRecordDialog

_AGAIN = 150  # milliseconds until what was interrupted is looked for again
_LIST, _PANEL = 1048, 318


class ProblemsPage(QWidget):
    """Findings at the left, the chosen one explained at the right.

    `opened(kind, id, field)` wants a record with a field of it.
    """

    stated = Signal(str)
    opened = Signal(str, object, str)

    def __init__(self, tools: Tools, whole: PartnershipFindings) -> None:
        super().__init__()
        self._tools = tools
        self._look = tools.look
        self._desk: Desk | None = None
        self._outdated = False
        self._asked: Listing | None = None
        self._more = False  # there are more than are shown
        self._whole = whole
        self._whole.changed.connect(self.read_again)
        self._search = ProblemSearch(tools, self)
        self._search.found.connect(self._show_found)
        self.model = ProblemModel(self)
        self.list = ProblemList(self._look, self.model)
        self.list.opened.connect(self._open)
        self.list.selectionModel().currentChanged.connect(self._explain)
        self.why = WhyPanel(self._look)
        self.why.open_asked.connect(self._open)
        self.why.waive_asked.connect(self.waive)
        self.waiving: NewRecordDialog | None = None
        kept = tools.settings.get("problems.grouping")
        grouping = next((one for one in Grouping if one.value == kept), Grouping.RULE)
        self.bar = ProblemToolbar(self._look, grouping)
        self.bar.changed.connect(self.read_again)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN)
        self._again.timeout.connect(self.read_again)
        self._search.interrupted.connect(self._again.start)
        self.empty = Empty(self._look, "check")
        self._middle = QStackedWidget()
        self._splitter = self._make_splitter()
        self._share_room()
        self._middle.addWidget(self._splitter)
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
        self._outdated = not self.isVisible()
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
        self._tools.settings.set("problems.grouping", self.bar.grouping.value)

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
        if listing.words or self.bar.grouping is Grouping.PARTNER:
            self._search.ask(desk, listing, by_partner=self.bar.grouping is Grouping.PARTNER)
            return
        counts = desk.reader.finding_counts()
        self.bar.show_counts([*counts, *self._whole.counts()])

        def fetch(group: Group, start: int, stop: int) -> Sequence[RecordFinding]:
            wanted = _within(listing, group)
            return desk.reader.list_findings(wanted, start, min(stop, group.findings))

        self._show(listing, [c for c in counts if _passes(listing, c)], fetch)

    def _show_found(self, result: Found) -> None:
        if result.listing != self._asked or self._desk is None:
            return
        self.bar.show_counts([*self._desk.reader.finding_counts(), *self._whole.counts()])
        self._more = result.more
        groups = result.grouped(self._whole.fitting(result.listing))
        self._install(*groups, flat=result.listing.by_record)

    def _show(self, listing: Listing, counts: Sequence[FindingCount], fetch: Fetch) -> None:
        found: dict[tuple[str, Severity], int] = {}
        for count in counts:
            key = ("", Severity.INFO) if listing.by_record else (count.code, count.severity)
            found[key] = found.get(key, 0) + count.findings
        self._more = False
        groups = [Group(*key, n) for key, n in found.items()]
        whole = self._whole.fitting(listing)
        self._install(*among(groups, fetch, whole, flat=listing.by_record), flat=listing.by_record)

    def _install(self, groups: Sequence[Group], fetch: Fetch, *, flat: bool) -> None:
        before, row = self.current, max(self.list.currentIndex().row(), 0)
        top = self.list.verticalScrollBar().value()
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

    def waive(self) -> None:
        """Ask for the reason why the chosen finding does not count, and record it."""
        from smartct_desktop.domain.record import Record
        from smartct_desktop.domain.records.waiver import Waiver
        from smartct_desktop.ui.dialogs.new_record import NewRecordDialog

        chosen, desk = self.current, self._desk
        if chosen is None or desk is None or desk.read_only:
            return
        code = chosen.finding.code
        given = {"rule_code": code, chosen.kind: chosen.id}
        words = tr("Waiver of {code} for {record}", code=code, record=caption(chosen))

        def add(record: Record) -> None:
            with desk.document.edit(words) as edit:
                edit.add(record)

        self.waiving = NewRecordDialog(desk.editors, Waiver.schema, given, add, self.window())
        self.waiving.setWindowTitle(words)
        self.waiving.open()

    def _state(self) -> None:
        if self._desk is not None:
            n = self.model.findings
            words = tr("1 problem") if n == 1 else tr("{n} problems", n=n)
            if self._more:
                words = tr("the first {n} problems; narrow them down to see the others", n=n)
            self.stated.emit(words)

    # Making.

    def _make_splitter(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.why)
        splitter.setStretchFactor(0, 1)
        self._look.changed.connect(self._share_room)
        return splitter

    def _share_room(self) -> None:
        """Give list and panel the room they begin with, in letters of the size there is now."""
        self._splitter.setSizes([self._look.px(_LIST), self._look.px(_PANEL)])


def _passes(listing: Listing, count: FindingCount) -> bool:
    return not listing.severities or count.severity in listing.severities


def _within(listing: Listing, group: Group) -> Listing:
    """The listing of one group alone."""
    if listing.by_record:
        return listing
    return replace(listing, severities=frozenset({group.severity}), codes=frozenset({group.code}))
