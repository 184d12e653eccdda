"""A tab that is a table: its toolbar, the table or what stands in its place, and the pane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Filter, Path
from smartct_desktop.domain.reading import Outdated, Window
from smartct_desktop.services.settings import Json
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.facets.panel import FacetPanel
from smartct_desktop.ui.grid.arrangement import Arrangement
from smartct_desktop.ui.grid.beside import TableAndPane
from smartct_desktop.ui.grid.columns import AnyColumn, named
from smartct_desktop.ui.grid.filtering import Filtering
from smartct_desktop.ui.grid.filters import NamedFilter
from smartct_desktop.ui.grid.kept_filters import KeptFilters
from smartct_desktop.ui.grid.layout import read_layout
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.reasons import why_fixed
from smartct_desktop.ui.grid.room import Room
from smartct_desktop.ui.grid.rows_or_empty import RowsOrEmpty
from smartct_desktop.ui.grid.source import Source
from smartct_desktop.ui.grid.stating import Stating
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.grid.table_menus import TableMenus
from smartct_desktop.ui.grid.toolbar import TableToolbar
from smartct_desktop.ui.grid.view_chooser import ViewChooser
from smartct_desktop.ui.grid.views import PageViews
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.table_tabs import TableTab
from smartct_desktop.ui.tools import Tools


class TablePage(QWidget):
    """One tab with records of one kind.

    `stated` says what the status bar should show, `new_asked`, `import_asked` and `paste_asked`
    come from the empty table, `opened`, `filter_asked` and `part_asked` from the related lists of
    the pane.
    """

    stated = Signal(str)
    counted = Signal(int)
    chosen = Signal()
    new_asked = Signal()
    import_asked = Signal()
    paste_asked = Signal()
    opened = Signal(str, object)
    filter_asked = Signal(object, object)
    part_asked = Signal(object, object)

    def __init__(self, tools: Tools, tab: TableTab) -> None:
        super().__init__()
        self.tab = tab
        self._tools = tools
        self._look = tools.look
        self._desk: Desk | None = None
        self._outdated = False
        self._base = self._look.base
        layout = read_layout(tools.settings, tab.name, tab.columns)
        columns = named(tab.kind, layout.columns, tab.gathered)
        self.model = RecordModel(
            replace(tab.query, sort=layout.sort),
            columns,
            tab.gather,
            parent=self,
            summed=tab.summed,
        )
        self.table = RecordTable(self._look, self.model, tr(tab.label), dict(tab.widths))
        self.table.set_widths(layout.widths)
        self.arrangement = Arrangement(tools.settings, tab, self.table)
        self.arrangement.restore(layout)
        self._stating = Stating(tools, self.table, tab.summed)
        self._stating.stated.connect(self._state)
        label = tr(schema_of(tab.kind).label)
        self.toolbar = TableToolbar(self._look, tab.kind, label)
        self.filter_field, self.chips = self.toolbar.filter_field, self.toolbar.chips
        self.filtering = Filtering(tools, tab, self.filter_field)
        self.kept_filters = KeptFilters(
            tools, tab.kind, self.filter_field, self.chips, self.filtering
        )
        self.views = PageViews(tools, tab, self.arrangement, self.table, self.kept_filters)
        self.views.groups = self.arrangement.groups
        self.view_chooser = ViewChooser(tools, self.views, self.toolbar)
        self.toolbar.show_view(self.view_chooser.button)
        self.menus = TableMenus(self.arrangement, self.chips, self.toolbar.columns_menu)
        self.middle = RowsOrEmpty(self._look, tab, self.table)
        self.empty = self.middle.empty
        self.splitter = TableAndPane(tools, tab, self.table, self.middle)
        self.pane = self.splitter.pane
        self.facets = FacetPanel(tools, tab, self.chips)
        self.views.facets = self.facets.names
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.toolbar)
        rows.addWidget(self.facets.beside(self.splitter), 1)
        self.room = Room(
            self._look, self, self.toolbar, self.facets, self.splitter, self.chosen.emit
        )
        self._connect()
        self._show_table_or_empty()

    # The document.

    def attach(self, desk: Desk) -> None:
        """Show the records of a document."""
        self._desk = desk
        write = None if desk.read_only else self.write
        self.table.edit_with(None if desk.read_only else partial(desk.editors.make, in_cell=True))
        self.splitter.attach(desk, write)
        self.facets.attach(desk)
        self.filtering.attach(desk)
        self.views.attach(desk)  # before anything is asked: with the filters it was left with
        self.model.attach(Source(desk.reader, desk.texts, write, self._prepare))
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, self.table.visual_columns()[0]))
        self.toolbar.new.setEnabled(not desk.read_only)

    def detach(self) -> None:
        """Let go of the document."""
        self.table.edit_with(None)
        self.splitter.attach(None, None)
        self.facets.attach(None)
        self.model.attach(None)
        self.views.detach()
        self.filtering.attach(None)
        self.filter_field.clear()
        self.chips.clear()
        self._desk = None

    def write(self, id_: Id, field: Field, value: Value) -> None:
        """Write one value as a step. Raises `Invalid`, `Trouble`."""
        if self._desk is not None:
            self._desk.write(id_, field, value)

    def hear(self, touched: Touched) -> None:
        """Show what a step changed, now or when the page is looked at again."""
        self.facets.hear(touched)
        self.filtering.forget_counts()
        if not touched.kinds & self.model.kinds_shown():
            return
        if self.isVisible():
            self.table.refresh()
            self.splitter.follow()
        else:
            self._outdated = True

    def hear_findings(self) -> None:
        """Findings changed without a step."""
        self.facets.recount()
        if self.isVisible():
            self.table.refresh()
            self.splitter.follow()
        else:
            self._outdated = True

    def look_again(self) -> None:
        """Catch up with what happened while another tab was in front."""
        if self._outdated:
            self._outdated = False
            self.table.refresh()
        self.splitter.follow()
        self.facets.look_again()
        self._stating.start()

    # What the actions of the window do.

    def finish_editing(self) -> bool:
        """Write what is being typed; False if it is refused."""
        return self.table.finish_editing() and self.pane.commit()

    def focus_filter(self) -> None:
        """Put the focus into the filter field."""
        self.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_field.selectAll()

    def selected_ids(self) -> list[Id]:
        """The records that are selected, at most a thousand."""
        return self.table.selected_ids(_MOST_AT_ONCE)

    def go_to(self, id_: Id, column: str = "", *, keep: bool = False) -> bool:
        """Show a record; filters that hide it are taken off, as the note says.

        With `keep` what is selected stays so if the record is part of it.
        """
        if self.table.go_to(id_, column=column, keep=keep):
            return True
        if not self.is_filtered:
            return False
        self.clear_filters()
        found = self.table.go_to(id_, column=column)
        if found:
            self._tools.note.tell(tr("The filters were taken off to show the record."))
        return found

    def show_only(self, one: NamedFilter) -> None:
        """Show only the rows of one filter."""
        self.clear_filters()
        self.chips.add(one)

    @property
    def is_filtered(self) -> bool:
        """Whether some rows of the tab may be left out."""
        query = self.model.query
        return bool(query.search) or query.filters != self.tab.filters

    def clear_filters(self) -> None:
        """Show all rows of the tab."""
        self.filter_field.clear()
        self.chips.clear()
        self.search_now()

    def show_field(self, name: str) -> None:
        """Put the focus into a field of the current record: in the pane, or in the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.pane.isHidden():
            self.pane.focus_field(name)

    def edit_in_pane(self) -> None:
        """Put the focus into the first field of the record pane."""
        self.splitter.edit()

    def show_pane(self, on: bool) -> None:  # noqa: FBT001 (a toggled action says it so)
        """Show or hide the record pane."""
        self.splitter.show_pane(on)

    def show_facets(self, on: bool) -> None:  # noqa: FBT001 (a toggled action says it so)
        """Show or hide the facets."""
        self.facets.show_panel(on)
        if not on:
            self.table.setFocus()

    def set_compact(self, on: bool) -> None:  # noqa: FBT001 (a toggled action says it so)
        """Draw low rows."""
        self.table.set_compact(on)

    def choose_columns(self) -> None:
        """Ask which columns to show."""
        self.arrangement.choose()

    def add_column(self, name: str) -> None:
        """Show one more column, at the right."""
        self.arrangement.add(name)

    def reset_view(self) -> None:
        """Columns, widths and order as at first."""
        self.arrangement.reset()
        self.facets.reset()

    def remember(self) -> None:
        """Note the layout in the settings."""
        self.arrangement.remember()
        self.splitter.remember()
        self.views.remember()
        self.facets.remember()

    def headings(self) -> list[Json]:
        """Names and widths from the left, for the curtain before the next start."""
        return self.arrangement.headings()

    def search_now(self) -> None:
        """Ask for the rows of the filter field and the chips."""
        self.toolbar.stop_waiting()
        if not self.table.finish_editing():
            return
        self.filtering.understand()
        search, typed = self.filtering.asked(self.filtering.terms)
        filters: tuple[Filter, ...] = (*self.tab.filters, *self.chips.filters, *typed)
        query = replace(self.model.query, search=search, filters=filters)
        self.facets.follow(query)
        if query != self.model.query:
            self.model.ask(query)

    # Within.

    def _prepare(self, window: Window, done: Callable[[Window], None]) -> None:
        """Have the whole order of a large window found in a job."""

        def work(_progress: Progress) -> Window:
            window.prepare()
            return window

        self._tools.jobs.run(work, done, self._ask_again, title=tr("Sorting"), shown=False)

    def _ask_again(self, error: Exception) -> None:
        """The document changed while an order was looked for."""
        if isinstance(error, Outdated):
            self.table.refresh()
        else:
            self._tools.report(error)

    def _connect(self) -> None:
        self.toolbar.filtered.connect(self.search_now)
        self.filtering.refused.connect(self.toolbar.show_refusal)
        self.kept_filters.filtered.connect(self.search_now)
        self.toolbar.entered.connect(self._to_first_row)
        self.toolbar.new_asked.connect(self.new_asked)
        self.menus.facet_asked.connect(self._add_facet)
        self.facets.chose.connect(self.views.look_again)
        self.menus.filter_asked.connect(self.filtering.begin)
        self.filter_field.given_up.connect(self.table.setFocus)
        self.menus.reset_asked.connect(self.reset_view)
        self.model.asked.connect(self._show_rows)
        self.model.preparing.connect(self._tell_preparing)
        self.table.cannot_edit.connect(self._tell_why_not)
        self.splitter.closed.connect(self.chosen)
        self.pane.opened.connect(self.opened)
        self.pane.asked.connect(self.filter_asked)
        self.pane.part_asked.connect(self.part_asked)
        self.middle.clear_asked.connect(self.clear_filters)
        self.middle.new_asked.connect(self.new_asked)
        self.middle.import_asked.connect(self.import_asked)
        self.middle.paste_asked.connect(self.paste_asked)

    def _tell_preparing(self, on: bool) -> None:  # noqa: FBT001 (a signal's)
        if on:
            self.stated.emit(tr("Sorting…"))

    def _show_rows(self) -> None:
        self.facets.follow(self.model.query)
        if self._desk is not None:
            everything = self._desk.reader.count(self.tab.query)
            self._stating.count(everything)
            self.counted.emit(everything)
        self._show_table_or_empty()
        self.splitter.follow_rows()

    def _show_table_or_empty(self) -> None:
        if self._desk is None or self.model.rowCount():
            self.middle.show_rows()
            return
        if self.is_filtered:
            self.middle.show_filtered()
        else:
            self.middle.show_nothing(read_only=self._desk.read_only)
        self.pane.show_nothing()

    def _state(self, words: str) -> None:
        self.stated.emit(words)
        self.chosen.emit()

    def _to_first_row(self) -> None:
        self.search_now()
        self.table.setFocus()

    def _tell_why_not(self, column: AnyColumn) -> None:
        read_only = self._desk is not None and self._desk.read_only
        self._tools.note.tell(why_fixed(column, read_only=read_only))

    def _add_facet(self, path: Path) -> None:
        self.show_facets(True)
        self.facets.add(path)
        self.chosen.emit()


_MOST_AT_ONCE = 1000
