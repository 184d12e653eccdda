"""The History tab: all steps, newest first, and what the chosen one changed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.changes import PastStep, StepState, Touched
from smartct_desktop.services.settings import Json
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.buttons import button, switch
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.empty import Empty
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.history.step_changes import ChangeCells, ChangeModel
from smartct_desktop.ui.history.steps import HistorySource, StepLines, StepModel
from smartct_desktop.ui.history.words import moment_words, state_words, step_words
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.tools import Tools

_TYPING = 150
_LIST_WIDE = 495


class HistoryPage(QWidget):
    """Steps at the left, the changes of one at the right; `opened(kind, id)` for a record.

    `undo` and `redo` are the window's own actions, shown here as buttons with the step's name.
    """

    stated = Signal(str)
    opened = Signal(str, object)

    def __init__(self, tools: Tools, undo: QAction, redo: QAction) -> None:
        super().__init__()
        self._look = tools.look
        self._desk: Desk | None = None
        self._outdated = False
        self._undo, self._redo = undo, redo
        self.steps = StepModel(self)
        self.step_list = QListView()
        self.step_list.setModel(self.steps)
        self.step_list.setItemDelegate(StepLines(self._look, self.steps, self.step_list))
        self.step_list.setAccessibleName(tr("Steps"))
        self.step_list.setUniformItemSizes(True)
        self.step_list.setProperty("ring", "never")
        self.step_list.selectionModel().currentChanged.connect(self._show_step)
        self.changes = ChangeModel(self)
        self.change_table = self._make_change_table()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self._search)
        self.filter_field = SearchField(
            self._look,
            tr("Filter these steps…"),
            QKeySequence(QKeySequence.StandardKey.Find),
            sign="funnel",
        )
        self.filter_field.textChanged.connect(self._type)
        self._title = label(face="title", wrap=True)
        self._origin = label(tone="muted", wrap=True)
        self._empty = Empty(self._look, "history")
        self._empty.say(tr("Everything that is changed in this document will stand here."))
        self._middle = QStackedWidget()
        self._middle.addWidget(self._make_splitter())
        self._middle.addWidget(self._empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._make_toolbar())
        rows.addWidget(self._middle, 1)
        undo.changed.connect(self._name_buttons)
        redo.changed.connect(self._name_buttons)
        self._look.changed.connect(self._fit)
        self._name_buttons()

    def attach(self, desk: Desk) -> None:
        """Show the history of a document."""
        self._desk = desk
        self.changes.attach((desk.reader, desk.texts))
        self.steps.attach(HistorySource(desk.reader, desk.texts, local_today))
        self._choose_newest()

    def detach(self) -> None:
        """Let go of the document."""
        self._desk = None
        self.filter_field.clear()
        self.changes.attach(None)
        self.steps.attach(None)

    def hear(self, _touched: Touched) -> None:
        """A step was done, undone or redone."""
        if self.isVisible():
            self._read_again()
        else:
            self._outdated = True

    def look_again(self) -> None:
        """Catch up with what happened while another tab was in front."""
        if self._outdated:
            self._outdated = False
            self._read_again()
        self._state()

    def finish_editing(self) -> bool:
        """Nothing is edited here."""
        return True

    def set_compact(self, on: bool) -> None:  # noqa: FBT001 (as the pages with tables)
        """The rows here have one height."""

    def remember(self) -> None:
        """Nothing here is remembered."""

    def headings(self) -> list[Json]:
        """The curtain before the next start shows no list."""
        return []

    def focus_filter(self) -> None:
        """Put the focus into the filter field."""
        self.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_field.selectAll()

    @property
    def current_step(self) -> PastStep | None:
        """The step whose changes are shown."""
        return self.steps.step_at(self.step_list.currentIndex().row())

    # Within.

    def _make_change_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.changes)
        table.setItemDelegate(ChangeCells(self._look, self.changes, table))
        table.setAccessibleName(tr("Changes of the step"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setProperty("ring", "never")
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._look.measures.row)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setFixedHeight(self._look.measures.heading)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, wide in enumerate((236, 148, 190)):
            table.setColumnWidth(place, self._look.px(wide))
        table.activated.connect(self._open_record)
        return table

    def _make_splitter(self) -> QSplitter:
        detail = surface("base", "left")
        rows = QVBoxLayout(detail)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._origin)
        rows.addLayout(head)
        rows.addWidget(self.change_table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.step_list)
        splitter.addWidget(detail)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([self._look.px(_LIST_WIDE), self._look.px(870)])
        return splitter

    def _make_toolbar(self) -> QWidget:
        bar = surface("base", "hair")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        self.filter_field.setFixedWidth(self._look.px(230))
        self.undo_button = button(self._look, tr("Undo"), icon="undo-2")
        self.redo_button = button(self._look, tr("Redo"), icon="redo-2")
        self.undo_button.setObjectName("undo")
        self.redo_button.setObjectName("redo")
        self.undo_button.clicked.connect(self._undo.trigger)
        self.redo_button.clicked.connect(self._redo.trigger)
        row.addWidget(self.filter_field)
        row.addStretch(1)
        row.addWidget(self.undo_button)
        row.addWidget(self.redo_button)
        bar.setFixedHeight(self._look.measures.toolbar)
        self._toolbar = bar
        return bar

    def _name_buttons(self) -> None:
        """Say on the buttons what the actions of the menu say."""
        for made, action in ((self.undo_button, self._undo), (self.redo_button, self._redo)):
            self._name_button(made, action)

    def _name_button(self, made: QPushButton, action: QAction) -> None:
        words = action.text()
        short = self._look.metrics.text_medium.elidedText(
            words, Qt.TextElideMode.ElideRight, self._look.px(300)
        )
        made.setText(short)
        made.setAccessibleName(words.replace("&&", "&"))
        switch(made, self._look, on=action.isEnabled(), reason=action.statusTip())

    def _choose_newest(self) -> None:
        for row in range(self.steps.rowCount()):
            if self.steps.step_at(row) is not None:
                self.step_list.setCurrentIndex(self.steps.index(row))
                break
        self._show_or_empty()

    def _read_again(self) -> None:
        before = self.current_step
        self.steps.read_again(self.filter_field.text())
        row = self.steps.row_of(before.no) if before is not None else None
        newest = self.steps.step_at(1)
        if row is not None and not (newest is not None and before and newest.no > before.no):
            self.step_list.setCurrentIndex(self.steps.index(row))
        else:
            self._choose_newest()
        self._show_or_empty()
        self._state()

    def _show_or_empty(self) -> None:
        nothing = not self.steps.count and not self.filter_field.text()
        self._middle.setCurrentIndex(1 if nothing and self._desk is not None else 0)

    def _show_step(self, current: QModelIndex) -> None:
        step = self.steps.step_at(current.row())
        self.changes.show_step(step)
        if step is None or self._desk is None:
            self._title.setText("")
            self._origin.setText("")
            return
        self._title.setText(step_words(step))
        self._origin.setText(self._origin_words(step, self._desk))

    def _origin_words(self, step: PastStep, desk: Desk) -> str:
        words = ", ".join(part for part in (moment_words(step.at, desk.texts), step.by) if part)
        if step.source is not None and step.source.sender:
            file, sender = step.source.file, step.source.sender
            words += tr(". From {file}, sent by {sender}", file=file, sender=sender)
        elif step.source is not None:
            words += tr(". From {file}", file=step.source.file)
        if step.state is not StepState.DONE:
            words += f" · {state_words(step)}"
        return words

    def _open_record(self, index: QModelIndex) -> None:
        change = self.changes.line(index.row()).change
        self.opened.emit(change.kind, change.id)

    def _type(self) -> None:
        self._typing.start()

    def _search(self) -> None:
        self.steps.read_again(self.filter_field.text())
        self._choose_newest()
        self._state()

    def _state(self) -> None:
        if self._desk is not None:
            self.stated.emit(tr("{n} steps", n=self.steps.count))

    def _fit(self) -> None:
        self._toolbar.setFixedHeight(self._look.measures.toolbar)
        self.change_table.verticalHeader().setDefaultSectionSize(self._look.measures.row)
        self.change_table.horizontalHeader().setFixedHeight(self._look.measures.heading)
