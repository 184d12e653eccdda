"""What the window shows of a document: the tabs and the pages under them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.banner import Banner
from smartct_desktop.ui.curtain import Curtain
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tab_bar import TabBar, TabStrip
from smartct_desktop.ui.tab_names import HISTORY, LABELS, OVERVIEW, PROBLEMS, TAB_NAMES
from smartct_desktop.ui.tools import Tools

if TYPE_CHECKING:  # the first picture comes before the pages are known
    from smartct_desktop.domain.changes import Touched
    from smartct_desktop.domain.fields import Field, Id
    from smartct_desktop.domain.programme.findings import Severity
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.grid.page import TablePage
    from smartct_desktop.ui.page_making import Page
    from smartct_desktop.ui.problems.of_partnership import PartnershipFindings


class Workbench(QWidget):
    """Tabs and pages; a page is made when it is first looked at.

    `stated` says what the status bar should show, `page_changed` that actions may mean something
    else now. `record_asked(kind, id)` wants a record that has no tab, `part_asked(field, id)` a new
    record that names another in a field.
    """

    stated = Signal(str)
    page_changed = Signal()
    new_asked = Signal()
    import_asked = Signal()
    leave_asked = Signal()
    record_asked = Signal(str, object)
    part_asked = Signal(object, object)
    delete_asked = Signal(str, object)

    def __init__(self, tools: Tools, actions: Actions) -> None:
        super().__init__()
        self._tools = tools
        self._actions = actions
        self._desk: Desk | None = None
        self._made: dict[str, Page] = {}
        self._compact = False
        self._turning = False
        self.tabs = TabBar(tools.look)
        self.tabs.setAccessibleName(tr("Tabs"))
        for words in LABELS.values():
            self.tabs.addTab(tr(words))
        self._strip = TabStrip(tools.look, self.tabs)
        self.banner = Banner(tools.look, tr("Sample data: try everything."))
        self.leave_button = self.banner.offer(tr("Leave the sample"))
        self.leave_button.clicked.connect(self.leave_asked)
        self._stack = QStackedWidget()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._strip)
        rows.addWidget(self.banner)
        rows.addWidget(self._stack, 1)
        wanted = tools.settings.text("window.tab", OVERVIEW)
        self._name = wanted if wanted in TAB_NAMES else OVERVIEW
        self._curtain = Curtain(tools.look, tools.settings.get("window.headings"))
        self._stack.addWidget(self._curtain)
        self.tabs.setCurrentIndex(TAB_NAMES.index(self._name))
        self.tabs.currentChanged.connect(self._change_tab)

    # The document.

    def attach(self, desk: Desk, *, sample: bool) -> None:
        """Show a document."""
        self._desk = desk
        self.banner.setVisible(sample)
        for page in self._made.values():
            page.attach(desk)
        self._show_counts()
        self._stack.setCurrentWidget(self.page(self._name))
        self.page(self._name).look_again()
        self.page_changed.emit()

    def detach(self) -> None:
        """Let go of the document."""
        self._desk = None
        self.banner.hide()
        self._stack.setCurrentWidget(self._curtain)
        for page in self._made.values():
            page.detach()
        for place in range(len(TAB_NAMES)):
            self.tabs.set_count(place, "")

    def hear(self, touched: Touched) -> None:
        """A step was done, undone or redone."""
        for page in self._made.values():
            page.hear(touched)
        self._show_counts()

    # Pages.

    @property
    def current_name(self) -> str:
        """The name of the tab in front."""
        return self._name

    @property
    def current(self) -> Page | None:
        """The page in front, while a document is shown."""
        return self.page(self._name) if self._desk is not None else None

    @property
    def table_page(self) -> TablePage | None:
        """The page in front if it is a table of records."""
        page = self.current
        if page is None:  # and what pages are made of is not needed yet
            return None
        from smartct_desktop.ui.grid.page import TablePage

        return page if isinstance(page, TablePage) else None

    def page(self, name: str) -> Page:
        """The page of a tab."""
        page = self._made.get(name)
        if page is None:
            from smartct_desktop.ui.page_making import make_page

            page = make_page(name, self._tools, self._actions, self)
            page.stated.connect(self._state)
            page.set_compact(self._compact)
            self._made[name] = page
            self._stack.addWidget(page)
            if self._desk is not None:
                page.attach(self._desk)
        return page

    def show_tab(self, name: str) -> bool:
        """Bring a tab forward; False if something is being typed that is refused."""
        if name == self._name:
            return True
        if not self.finish_editing():
            return False
        self._name = name
        self._turn_to(name)
        self._tools.settings.set("window.tab", name)
        if self._desk is not None:
            page = self.page(name)
            self._stack.setCurrentWidget(page)
            page.look_again()
        self.page_changed.emit()
        return True

    def table(self, name: str) -> TablePage:
        """The page of a tab that is a table."""
        from smartct_desktop.ui.grid.page import TablePage

        page = self.page(name)
        assert isinstance(page, TablePage)
        return page

    def focus_page(self) -> None:
        """Put the focus into the rows of the page in front; without rows, to the tabs."""
        rows: QWidget = self.tabs
        page = self.current
        if page is not None and self._name == HISTORY:
            from smartct_desktop.ui.history.page import HistoryPage

            if isinstance(page, HistoryPage) and page.steps.rowCount():
                rows = page.step_list
        elif page is not None and self._name == PROBLEMS:
            from smartct_desktop.ui.problems.page import ProblemsPage

            if isinstance(page, ProblemsPage) and page.model.rowCount():
                rows = page.list
        elif self.table_page is not None:
            rows = self.table_page.table
        rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_editing(self) -> bool:
        """Write what is being typed; False if it is refused and stays."""
        page = self.current
        return page is None or page.finish_editing()

    def go_to(self, kind: str, id_: Id, field: str = "", *, keep: bool = False) -> None:
        """Bring a record forward, with a field of it: in its tab, or the record it belongs to.

        With `keep` what is selected stays so if the record is part of it.
        """
        from smartct_desktop.ui.homes import home_of

        home = home_of(self._desk.reader, kind, id_, self._name) if self._desk else None
        if home is not None and self.show_tab(home.tab) and home.id is not None:
            page = self.table(home.tab)
            focused = QApplication.focusWidget()
            if focused is None or not focused.isVisible():  # it was left behind in another tab
                page.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if page.go_to(home.id, field, keep=keep) and field and home.id == id_:
                page.show_field(field)

    def bring_forward(self, kind: str, id_: Id) -> None:
        """Show a record that a step touched; what is selected together with it stays selected."""
        self.go_to(kind, id_, keep=True)

    def open_record(self, kind: str, id_: Id) -> None:
        """Open a record that was clicked in a list: in its tab or in a dialog."""
        from smartct_desktop.ui.homes import HOMES

        if kind in HOMES:
            self.go_to(kind, id_)
        else:
            self.record_asked.emit(kind, id_)

    def show_records(self, kind: str, ids: Sequence[Id]) -> None:
        """Show these records and no others."""
        from smartct_desktop.domain.query import Ids
        from smartct_desktop.ui.grid.filters import NamedFilter
        from smartct_desktop.ui.homes import HOMES

        name = HOMES.get(kind)
        if name is not None and self.show_tab(name):
            text = tr("{n} of the Overview", n=len(ids))
            self.table(name).show_only(NamedFilter(Ids(frozenset(ids)), text))

    def show_mentions(self, field: Field, id_: Id) -> None:
        """Show the records that name another one in a field."""
        from smartct_desktop.ui.homes import HOMES, mentioning

        name = HOMES.get(field.kind)
        if name is not None and self._desk is not None and self.show_tab(name):
            self.table(name).show_only(mentioning(self._desk.reader, field, id_))

    def show_step(self, no: int) -> None:
        """Bring a step of the history forward."""
        from smartct_desktop.ui.history.page import HistoryPage

        if self.show_tab(HISTORY):
            page = self.page(HISTORY)
            assert isinstance(page, HistoryPage)
            page.show_step(no)

    def hear_findings(self, counts: dict[Severity, int], *, stepped: bool) -> None:
        """Findings may be others now; after a step the pages were told already."""
        from smartct_desktop.domain.programme.findings import Severity
        from smartct_desktop.ui.theme.tones import Tone

        errors, warnings = counts.get(Severity.ERROR, 0), counts.get(Severity.WARNING, 0)
        tone = Tone.ERROR if errors else Tone.WARNING
        count = str(errors + warnings) if errors + warnings else ""
        self.tabs.set_count(TAB_NAMES.index(PROBLEMS), count, tone if count else None)
        if not stepped:
            for page in self._made.values():
                page.hear_findings()

    def show_problems(self, severity: Severity) -> None:
        """Show the findings of one severity."""
        from smartct_desktop.ui.problems.page import ProblemsPage

        if self.show_tab(PROBLEMS):
            page = self.page(PROBLEMS)
            assert isinstance(page, ProblemsPage)
            page.show_only(severity)

    def set_compact(self, on: bool) -> None:  # noqa: FBT001 (a toggled action says it so)
        """Draw low rows in all tables."""
        self._compact = on
        for page in self._made.values():
            page.set_compact(on)

    def remember(self) -> None:
        """Note in the settings how everything was left."""
        for page in self._made.values():
            page.remember()
        front = self._made.get(self._name)
        headings = front.headings() if front is not None else None
        self._tools.settings.set("window.headings", headings or None)

    @cached_property
    def partnership(self) -> PartnershipFindings:
        """What the rules say of the partnership as a whole."""
        from smartct_desktop.ui.problems.of_partnership import PartnershipFindings

        return PartnershipFindings(self._tools, self)

    # Within.

    def _change_tab(self, place: int) -> None:
        """The person clicked a tab."""
        if not self._turning and not self.show_tab(TAB_NAMES[place]):
            self._turn_to(self._name)

    def _turn_to(self, name: str) -> None:
        self._turning = True
        self.tabs.setCurrentIndex(TAB_NAMES.index(name))
        self._turning = False

    def _state(self, words: str) -> None:
        if self.sender() is self._made.get(self._name):
            self.stated.emit(words)

    def _show_counts(self) -> None:
        from smartct_desktop.ui.table_tabs import TABLE_TABS

        if self._desk is None:
            return
        for tab in TABLE_TABS:
            count = self._desk.reader.count(tab.query)
            self.tabs.set_count(TAB_NAMES.index(tab.name), str(count))
