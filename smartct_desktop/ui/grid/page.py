"""A tab that is a table: its toolbar, the table or what stands in its place, and the pane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from smartct_desktop.domain.catalog import references_to, schema_of
from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.fields import Field, Id, Value
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Filter
from smartct_desktop.domain.reading import Outdated, Window
from smartct_desktop.services.editing import change_value
from smartct_desktop.services.settings import Json
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.empty import Empty
from smartct_desktop.ui.forms.pane import RecordPane
from smartct_desktop.ui.grid.clipboard import as_tsv
from smartct_desktop.ui.grid.columns import AnyColumn, Column, heading, named
from smartct_desktop.ui.grid.filters import NamedFilter, filter_for
from smartct_desktop.ui.grid.layout import Layout, forget_layout, read_layout, write_layout
from smartct_desktop.ui.grid.model import RecordModel, Source
from smartct_desktop.ui.grid.reasons import why_fixed
from smartct_desktop.ui.grid.sums import selection_sums
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.grid.toolbar import TableToolbar
from smartct_desktop.ui.grid.total_row import TotalRow
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.table_tabs import TableTab
from smartct_desktop.ui.tools import Tools

_PANE_WIDE, _PANE_HIGH = 360, 380


class TablePage(QWidget):
    """One tab with records of one kind.

    `stated` says what the status bar should show, `new_asked` and `import_asked` come from the
    empty table, `opened`, `filter_asked` and `part_asked` from the related lists of the pane.
    """

    stated = Signal(str)
    counted = Signal(int)
    chosen = Signal()
    new_asked = Signal()
    import_asked = Signal()
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
        self._everything = 0
        self._base = self._look.base
        layout = read_layout(tools.settings, tab.name, tab.columns)
        columns = named(tab.kind, layout.columns, tab.gathered)
        self.model = RecordModel(
            replace(tab.query, sort=layout.sort), columns, tab.gather, parent=self
        )
        self.table = RecordTable(self._look, self.model, tr(tab.label), dict(tab.widths))
        self.table.set_widths(layout.widths)
        self.pane = RecordPane(self._look, tab.kind, below=tab.pane_below)
        self._stating = QTimer(self)
        self._stating.setSingleShot(True)
        self._stating.setInterval(0)
        self._stating.timeout.connect(self._state_now)
        label = tr(schema_of(tab.kind).label)
        self.toolbar = TableToolbar(self._look, tab.kind, label, tab.gathered)
        self.filter_field, self.chips = self.toolbar.filter_field, self.toolbar.chips
        self.empty = Empty(self._look, "table-2")
        self._middle = QStackedWidget()
        self._middle.addWidget(self._make_table_with_total())
        self._middle.addWidget(self.empty)
        below = Qt.Orientation.Vertical if tab.pane_below else Qt.Orientation.Horizontal
        self.splitter = QSplitter(below)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._middle)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.toolbar)
        rows.addWidget(self.splitter, 1)
        self._restore_pane()
        self._connect()
        self._show_table_or_empty()

    # The document.

    def attach(self, desk: Desk) -> None:
        """Show the records of a document."""
        self._desk = desk
        write = None if desk.read_only else self.write
        self.table.edit_with(None if desk.read_only else partial(desk.editors.make, in_cell=True))
        self.pane.attach(desk, write)
        self.model.attach(Source(desk.reader, desk.texts, write, self._prepare))
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, self.table.visual_columns()[0]))
        self.toolbar.new.setEnabled(not desk.read_only)

    def detach(self) -> None:
        """Let go of the document."""
        self.table.edit_with(None)
        self.pane.attach(None, None)
        self.model.attach(None)
        self.filter_field.clear()
        self.chips.clear()
        self._desk = None

    def write(self, id_: Id, field: Field, value: Value) -> None:
        """Write one value as a step. Raises `Invalid`, `Trouble`."""
        if self._desk is not None:
            change_value(self._desk.document, id_, field, value)

    def hear(self, touched: Touched) -> None:
        """Show what a step changed, now or when the page is looked at again."""
        if not touched.kinds & self._kinds_shown():
            return
        if self.isVisible():
            self.table.refresh()
            self._show_in_pane()
        else:
            self._outdated = True

    def look_again(self) -> None:
        """Catch up with what happened while another tab was in front."""
        if self._outdated:
            self._outdated = False
            self.table.refresh()
        self._show_in_pane()
        self._state()

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

    def go_to(self, id_: Id, column: str = "") -> bool:
        """Show a record; filters that hide it are taken off, as the note says."""
        if self.table.go_to(id_, column=column):
            return True
        if not self.model.query.search and not self.chips.filters:
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

    def clear_filters(self) -> None:
        """Show all rows of the tab."""
        self.filter_field.clear()
        self.chips.clear()
        self.search_now()

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as text for a spreadsheet."""
        rows = [row for part in self.table.selected_rows() for row in part][:_MOST_COPIED]
        if rows:
            text = as_tsv(self.model, rows, self.table.visual_columns())
            QGuiApplication.clipboard().setText(text)
            self._tools.note.tell(tr("{n} rows copied, with their headings.", n=len(rows)))

    def edit_in_pane(self) -> None:
        """Put the focus into the first field of the record pane."""
        record = self.pane.record
        if record is not None:
            self.pane.focus_field(record.schema.fields[0].name)

    def show_pane(self, on: bool) -> None:  # noqa: FBT001 (a toggled action says it so)
        """Show or hide the record pane."""
        self.pane.setVisible(on)
        self._tools.settings.set(f"pane.{self.tab.name}.shown", on)
        if on:
            self._show_in_pane()

    def set_compact(self, on: bool) -> None:  # noqa: FBT001 (a toggled action says it so)
        """Draw low rows."""
        self.table.set_compact(on)

    def add_column(self, name: str) -> None:
        """Show one more column, at the right."""
        names = [self.model.columns[place].name for place in self.table.visual_columns()]
        self._change_columns([*names, name])

    def reset_view(self) -> None:
        """Columns, widths and order as at first."""
        forget_layout(self._tools.settings, self.tab.name)
        self._show_columns(list(self.tab.columns), {})
        self.table.sort_by(())

    def remember(self) -> None:
        """Note the layout in the settings."""
        columns = [self.model.columns[place].name for place in self.table.visual_columns()]
        layout = Layout(tuple(columns), self.table.widths(), self.model.query.sort)
        write_layout(self._tools.settings, self.tab.name, layout)
        if not self.pane.isHidden():
            size = self.pane.height() if self.tab.pane_below else self.pane.width()
            self._tools.settings.set(f"pane.{self.tab.name}.size", size)

    def headings(self) -> list[Json]:
        """Names and widths from the left, for the curtain before the next start."""
        places = self.table.visual_columns()
        return [
            [heading(self.model.columns[place]), self.table.columnWidth(place)] for place in places
        ]

    def search_now(self) -> None:
        """Ask for the rows of the filter field and the chips."""
        self.toolbar.stop_waiting()
        if not self.table.finish_editing():
            return
        filters: tuple[Filter, ...] = (*self.tab.filters, *self.chips.filters)
        query = replace(self.model.query, search=self.filter_field.text(), filters=filters)
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

    def _make_table_with_total(self) -> QWidget:
        """Only a tab that gathers numbers from other records has few enough rows for a total."""
        if not self.tab.gathered:
            return self.table
        both = QWidget()
        rows = QVBoxLayout(both)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.table, 1)
        self.total = TotalRow(self.table, tr(self.tab.label).lower())
        rows.addWidget(self.total)
        return both

    def _connect(self) -> None:
        self._look.changed.connect(self._fit_pane)
        self.toolbar.filtered.connect(self.search_now)
        self.toolbar.entered.connect(self._to_first_row)
        self.toolbar.new_asked.connect(self.new_asked)
        self.toolbar.columns_menu.changed.connect(self._change_columns)
        self.toolbar.columns_menu.aboutToShow.connect(self._fill_columns_menu)
        self.model.asked.connect(self._show_rows)
        self.model.preparing.connect(self._tell_preparing)
        self.table.current_changed.connect(self._show_in_pane)
        self.table.selected_changed.connect(self._state)
        self.table.cannot_edit.connect(self._tell_why_not)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.pane.closed.connect(self._close_pane)
        self.pane.stepped.connect(self._step)
        self.pane.opened.connect(self.opened)
        self.pane.asked.connect(self.filter_asked)
        self.pane.part_asked.connect(self.part_asked)

    def _fit_pane(self) -> None:
        """Give the pane as much more room as the text has grown."""
        grown, self._base = self._look.base / self._base, self._look.base
        self._bound_pane()
        table, pane = self.splitter.sizes()
        if grown != 1 and pane:
            wanted = min(round(pane * grown), round((table + pane) * _MOST_PANE))
            self.splitter.setSizes([max(0, table + pane - wanted), wanted])

    def _bound_pane(self) -> None:
        if self.tab.pane_below:
            self.pane.setMinimumHeight(self._look.px(160))
        else:
            self.pane.setMinimumWidth(self._look.px(300))

    def _restore_pane(self) -> None:
        settings = self._tools.settings
        usual = _PANE_HIGH if self.tab.pane_below else _PANE_WIDE
        size = settings.get(f"pane.{self.tab.name}.size")
        size = size if isinstance(size, int) and size > 100 else self._look.px(usual)
        self.splitter.setSizes([10_000, size])
        self._bound_pane()
        self.pane.setVisible(settings.get(f"pane.{self.tab.name}.shown") is not False)

    def _kinds_shown(self) -> frozenset[str]:
        """The kinds whose changes can be seen here."""
        kinds = {self.tab.kind}
        for column in self.model.columns:
            if isinstance(column, Column):
                kinds |= {field.kind for field in column.fields}
                kinds |= {getattr(field.type, "kind", "") for field in column.fields}
        kinds |= {field.kind for field in references_to(self.tab.kind)}
        return frozenset(kinds)

    def _tell_preparing(self, on: bool) -> None:  # noqa: FBT001 (a signal's)
        if on:
            self.stated.emit(tr("Sorting…"))

    def _show_rows(self) -> None:
        if self._desk is not None:
            self._everything = self._desk.reader.count(self.tab.query)
            self.counted.emit(self._everything)
        self._show_table_or_empty()
        self.pane.show_place(self._place_words())
        self._state()

    def _show_table_or_empty(self) -> None:
        if self._desk is None or self.model.rowCount():
            self._middle.setCurrentIndex(0)
            return
        if self.model.query.search or self.chips.filters:
            clear = button(self._look, tr("Clear the filters"))
            clear.clicked.connect(self.clear_filters)
            self.empty.say(tr("No row fits these filters."), clear)
        else:
            new = button(self._look, tr("New"), icon="plus")
            new.clicked.connect(self.new_asked)
            bring = button(self._look, tr("Import a spreadsheet"), icon="file-spreadsheet")
            bring.clicked.connect(self.import_asked)
            offered = () if self._desk.read_only else (new, bring)
            self.empty.say(tr(self.tab.belongs), *offered)
        self._middle.setCurrentWidget(self.empty)
        self.pane.show_nothing()

    def _state(self) -> None:
        """Say soon how many rows there are; several reasons to say it are one."""
        self._stating.start()

    def _state_now(self) -> None:
        if self._desk is None:
            return
        shown = self.model.rowCount()
        everything = self._everything
        words = [tr("{shown} of {all} rows", shown=shown, all=everything)]
        selected = self.table.selected_count()
        if selected:
            words.append(tr("{n} selected", n=selected))
            words += selection_sums(self.model, self.table.selected_rows(), self.tab.summed)
        self.stated.emit("   ·   ".join(words))
        self.chosen.emit()

    def _show_in_pane(self) -> None:
        id_ = self.table.current_id
        if self._desk is None or self.pane.isHidden():
            return
        shown = self.pane.record
        if shown is not None and shown.id != id_ and not self.pane.commit():
            # What was typed there is refused: nobody leaves it by accident.
            QTimer.singleShot(0, self._return_to_pane)
            return
        if id_ is None:
            self.pane.show_nothing()
            return
        self.pane.show_record(id_, self._place_words())

    def _return_to_pane(self) -> None:
        shown = self.pane.record
        if shown is not None and self.table.go_to(shown.id):
            self.pane.commit()

    def _place_words(self) -> str:
        row = self.table.currentIndex().row() + 1
        return tr("{row} of {rows}", row=row, rows=self.model.rowCount()) if row else ""

    def _to_first_row(self) -> None:
        self.search_now()
        self.table.setFocus()

    def _step(self, by: int) -> None:
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount() and self.pane.commit():
            column = max(self.table.currentIndex().column(), 0)
            self.table.setCurrentIndex(self.model.index(row, column))

    def _close_pane(self) -> None:
        if self.pane.commit():
            self.show_pane(False)
            self.table.setFocus()
            self.chosen.emit()

    def _tell_why_not(self, column: AnyColumn) -> None:
        read_only = self._desk is not None and self._desk.read_only
        self._tools.note.tell(why_fixed(column, read_only=read_only))

    def _fill_columns_menu(self) -> None:
        names = [self.model.columns[place].name for place in self.table.visual_columns()]
        self.toolbar.columns_menu.fill(names)

    def _change_columns(self, names: list[str]) -> None:
        self._show_columns(names, self.table.widths())

    def _show_columns(self, names: list[str], widths: dict[str, int]) -> None:
        if not self.table.finish_editing():
            return
        current = self.table.current_id
        self.model.set_columns(named(self.tab.kind, names, self.tab.gathered))
        self.table.headings.restore_order()
        self.table.set_widths(widths)
        if current is not None:
            self.table.go_to(current)

    def _open_menu(self, at: QPoint) -> None:
        index = self.table.indexAt(at)
        line = self.model.line(index.row()) if index.isValid() else None
        if line is None or line.texts is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = self.model.columns[index.column()]
        if isinstance(column, Column):
            value = self.model.value(line, column)
            text = line.texts[index.column()] or tr("(blank)")
            only = QAction(tr("Only rows with {value}", value=f"“{text[:40]}”"), menu)
            one = filter_for(column, value, text)
            only.triggered.connect(partial(self.chips.add, one))
            menu.addAction(only)
            menu.addSeparator()
        menu.addActions(self.table.actions())
        menu.popup(self.table.viewport().mapToGlobal(at))


_MOST_AT_ONCE = 1000
_MOST_PANE = 0.6  # of the room, when the text grows
_MOST_COPIED = 100_000
