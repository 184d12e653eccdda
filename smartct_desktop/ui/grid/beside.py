"""The rows of a tab, and beside or beneath them the record pane that follows the current one."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.attaching import Attaching
from smartct_desktop.ui.forms.form import Write
from smartct_desktop.ui.forms.pane import RecordPane
from smartct_desktop.ui.grid.folding_away import FoldingAway
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.table_tabs import TableTab
from smartct_desktop.ui.tools import Tools

_WIDE, _HIGH = 360, 380  # of the pane, at 100 % text
_LEAST = 176  # pixels of the table, at 100 % text
_MOST, _MOST_BELOW = 0.6, 0.5  # of the room, when the text grows


class TableAndPane(QSplitter):
    """`middle` is what holds the table; `closed` comes when the pane was closed by its button."""

    closed = Signal()

    def __init__(self, tools: Tools, tab: TableTab, table: RecordTable, middle: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical if tab.pane_below else Qt.Orientation.Horizontal)
        self._look = tools.look
        self._settings = tools.settings
        self._tab = tab
        self._table = table
        self._attached = False
        self._away: FoldingAway | None = None
        self.table = table
        self._base = self._look.base
        attaching = Attaching(tools, self)
        self.pane = RecordPane(self._look, tab.kind, below=tab.pane_below, attaching=attaching)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._table_side = middle
        self.addWidget(middle)
        self.addWidget(self.pane)
        self.setStretchFactor(0, 1)
        self._restore()
        self._look.changed.connect(self._fit)
        table.current_changed.connect(self.follow)
        self.pane.closed.connect(self._close)
        self.pane.stepped.connect(self._step)
        self.pane.said.connect(attaching.tell)

    def attach(self, desk: Desk | None, write: Write | None) -> None:
        """Show the records of a document; None lets go of it."""
        self._attached = desk is not None
        self.pane.attach(desk, write)

    def fold_with(self, away: FoldingAway) -> None:
        """Say who puts the pane away where there is no room for it."""
        self._away = away

    @property
    def below(self) -> bool:
        """Whether the pane is under the table, not beside it."""
        return self._tab.pane_below

    @property
    def wanted(self) -> bool:
        """Whether the pane is shown where there is room for it."""
        return self._settings.get(f"pane.{self._tab.name}.shown") is not False

    @property
    def usual_width(self) -> int:
        """Pixels of the pane, as the text is now."""
        return self._look.px(_WIDE)

    def show_pane(self, on: bool) -> None:  # noqa: FBT001 (a toggled action says it so)
        """Show or hide the pane."""
        if self._away is not None and self._away.folded:
            self._away.show(on=on)
        else:
            self.pane.setVisible(on)
            self._settings.set(f"pane.{self._tab.name}.shown", on)
        if on:
            self.follow()

    def edit(self) -> None:
        """Put the focus into the first field of the pane."""
        record = self.pane.record
        if record is not None:
            self.pane.focus_field(record.schema.fields[0].name)

    def follow(self) -> None:
        """Show the current record, unless what is typed in the pane is refused."""
        id_ = self._table.current_id
        if not self._attached or self.pane.isHidden():
            return
        shown = self.pane.record
        if shown is not None and shown.id != id_ and not self.pane.commit():
            # What was typed there is refused: nobody leaves it by accident.
            QTimer.singleShot(0, self, self._return)
            return
        if id_ is None:
            self.pane.show_nothing()
            return
        self.pane.show_record(id_, self._place_words())

    def follow_rows(self) -> None:
        """Say again which of the rows the record shown is."""
        self.pane.show_place(self._place_words())

    def remember(self) -> None:
        """Note the size of the pane in the settings."""
        folded = self._away is not None and self._away.folded
        if not folded and not self.pane.isHidden():
            size = self.pane.height() if self._tab.pane_below else self.pane.width()
            self._settings.set(f"pane.{self._tab.name}.size", size)

    def _return(self) -> None:
        shown = self.pane.record
        if shown is not None and self._table.go_to(shown.id):
            self.pane.commit()

    def _place_words(self) -> str:
        row, records = self._table.currentIndex().row(), self._table.records
        number = records.numbers(row, row + 1) if row >= 0 else []
        if not number:
            return ""  # nothing, or the heading of a group
        return tr("{row} of {rows}", row=number[0].start + 1, rows=records.record_count)

    def _step(self, by: int) -> None:
        table, records = self._table, self._table.records
        row = table.currentIndex().row() + by
        while records.heading_at(row) is not None:
            row += by
        if 0 <= row < records.rowCount() and self.pane.commit():
            column = max(table.currentIndex().column(), 0)
            table.setCurrentIndex(records.index(row, column))

    def _close(self) -> None:
        if self.pane.commit():
            self.show_pane(False)
            self._table.setFocus()
            self.closed.emit()

    def _fit(self) -> None:
        """Give the pane as much more room as the text has grown."""
        grown, self._base = self._look.base / self._base, self._look.base
        self._bound()
        if self.count() == 1:
            return  # the pane lies over the table
        table, pane = self.sizes()
        if grown != 1 and pane:
            most = _MOST_BELOW if self._tab.pane_below else _MOST
            wanted = min(round(pane * grown), round((table + pane) * most))
            self.setSizes([max(0, table + pane - wanted), wanted])

    def _bound(self) -> None:
        self._table_side.setMinimumWidth(self._look.px(_LEAST))
        if self._tab.pane_below:
            self.pane.setMinimumHeight(self._look.px(160))
        else:
            self.pane.setMinimumWidth(self._look.px(300))

    def _restore(self) -> None:
        usual = _HIGH if self._tab.pane_below else _WIDE
        size = self._settings.get(f"pane.{self._tab.name}.size")
        size = size if isinstance(size, int) and size > 100 else self._look.px(usual)
        self.setSizes([10_000, size])
        self._bound()
        self.pane.setVisible(self.wanted)
