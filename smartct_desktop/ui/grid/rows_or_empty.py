"""The table of a tab with its total, or what stands in its place while it has no rows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.empty import Empty
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.grid.total_row import TotalRow
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.table_tabs import TableTab
from smartct_desktop.ui.theme.look import Look


class RowsOrEmpty(QStackedWidget):
    """What the buttons of the empty table ask for comes as signals."""

    clear_asked = Signal()
    new_asked = Signal()
    import_asked = Signal()
    paste_asked = Signal()

    def __init__(self, look: Look, tab: TableTab, table: RecordTable) -> None:
        super().__init__()
        self._look = look
        self._tab = tab
        self.total: TotalRow | None = None
        self.empty = Empty(look, "table-2")
        self.addWidget(self._with_total(table) if tab.gathered else table)
        self.addWidget(self.empty)

    def show_rows(self) -> None:
        """Show the table."""
        self.setCurrentIndex(0)

    def show_filtered(self) -> None:
        """Say that no row fits the filters."""
        clear = button(self._look, tr("Clear the filters"))
        clear.clicked.connect(self.clear_asked)
        self.empty.say(tr("No row fits these filters."), clear)
        self.setCurrentWidget(self.empty)

    def show_nothing(self, *, read_only: bool) -> None:
        """Say what belongs here, and how it gets here unless nothing can be written."""
        new = button(self._look, tr("New"), icon="plus")
        new.clicked.connect(self.new_asked)
        bring = button(self._look, tr("Import a spreadsheet"), icon="file-spreadsheet")
        bring.clicked.connect(self.import_asked)
        paste = button(self._look, tr("Paste from Excel"), icon="clipboard-paste")
        paste.clicked.connect(self.paste_asked)
        offered = () if read_only else (new, bring, paste)
        self.empty.say(tr(self._tab.belongs), *offered)
        self.setCurrentWidget(self.empty)

    def _with_total(self, table: RecordTable) -> QWidget:
        """Only a tab that gathers numbers from other records has few enough rows for a total."""
        both = QWidget()
        rows = QVBoxLayout(both)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(table, 1)
        self.total = TotalRow(table, tr(self._tab.label).lower())
        rows.addWidget(self.total)
        return both
