"""The History tab: all steps, newest first, and what the chosen one changed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.changes import (
    EVERY_STEP,
    PastStep,
    StepCounts,
    StepFilter,
    Touched,
)
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.services.settings import Json
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.buttons import Kind, button, switch
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.empty import Empty
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.history.change_table import ChangeTable
from smartct_desktop.ui.history.filter_bar import FilterBar, with_words
from smartct_desktop.ui.history.step_changes import ChangeModel
from smartct_desktop.ui.history.step_lines import StepLines
from smartct_desktop.ui.history.step_list import StepList
from smartct_desktop.ui.history.steps import HistorySource, StepModel
from smartct_desktop.ui.history.words import moment_words, related_to, state_words, step_words
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.tools import Tools

_TYPING = 150
_LIST_WIDE = 495


class HistoryPage(QWidget):
    """Steps at the left, the changes of one at the right; `opened(kind, id)` for a record.

    `undo` and `redo` are the window's own actions, shown here as buttons with the step's name;
    `turn` undoes the chosen step, or does it again. `step_chosen` when another one is.
    """

    stated = Signal(str)
    opened = Signal(str, object)
    step_chosen = Signal()

    def __init__(self, tools: Tools, undo: QAction, redo: QAction, turn: QAction) -> None:
        super().__init__()
        self._tools = tools
        self._look = tools.look
        self._desk: Desk | None = None
        self._outdated = False
        self._undo, self._redo, self._turn = undo, redo, turn
        self.steps = StepModel(self)
        self.step_list = StepList()
        self.step_list.setModel(self.steps)
        self.step_list.setItemDelegate(StepLines(self._look, self.steps, self.step_list))
        self.step_list.setAccessibleName(tr("Steps"))
        self.step_list.setUniformItemSizes(True)
        self.step_list.setProperty("ring", "never")
        self.step_list.selectionModel().currentChanged.connect(self._show_step)
        self.changes = ChangeModel(self)
        self.change_table = ChangeTable(self._look, self.changes)
        self.change_table.activated.connect(self._open_record)
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
        self.filters = FilterBar(self._look, local_today)
        self.filters.changed.connect(self._search)
        self.filters.clear_asked.connect(self._clear_filters)
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
        rows.addWidget(self.filters)
        rows.addWidget(self._middle, 1)
        for action in (undo, redo, turn):
            action.changed.connect(self._name_buttons)
        self.step_list.addAction(turn)
        self.step_list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.step_list.activated.connect(self._enter_changes)
        self._look.changed.connect(self._fit)
        self._name_buttons()

    def attach(self, desk: Desk) -> None:
        """Show the history of a document."""
        self._desk = desk
        self.changes.attach((desk.reader, desk.texts))
        self.steps.attach(HistorySource(desk.reader, desk.texts, local_today))
        self._choose_newest()
        self._count()

    def detach(self) -> None:
        """Let go of the document."""
        self._desk = None
        self.filter_field.clear()
        self.filters.clear()
        self.filters.fill(None)
        self.changes.attach(None)
        self.steps.attach(None)

    def hear(self, _touched: Touched) -> None:
        """A step was done, undone or redone."""
        if self.isVisible():
            self._read_again()
        else:
            self._outdated = True

    def hear_findings(self) -> None:
        """Findings are no part of the history."""

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

    def show_step(self, no: int) -> bool:
        """Choose a step; filters that hide it are taken off. False if there is none."""
        row = self.steps.row_of(no)
        if row is None:
            self._clear_filters()
            self._search()
            row = self.steps.row_up_to(no)
        if row is not None:
            self.step_list.setCurrentIndex(self.steps.index(row))
            self.step_list.scrollTo(self.steps.index(row))
        return row is not None

    def focus_filter(self) -> None:
        """Put the focus into the filter field."""
        self.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_field.selectAll()

    @property
    def current_step(self) -> PastStep | None:
        """The step whose changes are shown."""
        return self.steps.step_at(self.step_list.currentIndex().row())

    # Within.

    @property
    def _wanted(self) -> StepFilter:
        """The steps that filter field and bar ask for."""
        return with_words(self.filters.wanted, self.filter_field.text())

    def _make_splitter(self) -> QSplitter:
        detail = surface("base", "left")
        rows = QVBoxLayout(detail)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title, 1)
        self.turn_button = button(self._look, tr("Undo this step…"), icon="undo-2")
        self.turn_button.clicked.connect(self._turn.trigger)
        top.addWidget(self.turn_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(top)
        head.addWidget(self._origin)
        self.related_button = button(self._look, "", Kind.LINK, room="line")
        self.related_button.clicked.connect(self._show_related)
        self.related_button.hide()
        head.addWidget(self.related_button, 0, Qt.AlignmentFlag.AlignLeft)
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
        self._name_button(self.turn_button, self._turn)

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
        self.steps.read_again(self._wanted)
        self._count()
        row = self.steps.row_of(before.no) if before is not None else None
        newest = self.steps.step_at(1)
        if row is not None and not (newest is not None and before and newest.no > before.no):
            self.step_list.setCurrentIndex(self.steps.index(row))
        else:
            self._choose_newest()
        self._show_or_empty()
        self._state()

    def _show_or_empty(self) -> None:
        nothing = not self.steps.count and self._desk is not None
        if nothing and self._wanted != EVERY_STEP:
            clear = button(self._look, tr("Clear the filters"))
            clear.clicked.connect(self._clear_filters)
            self._empty.say(tr("No step fits these filters."), clear)
        elif nothing:
            self._empty.say(tr("Everything that is changed in this document will stand here."))
        self._middle.setCurrentIndex(1 if nothing else 0)

    def _clear_filters(self) -> None:
        self.step_list.setFocus()  # the button that was pressed goes away
        self.filter_field.clear()
        self.filters.clear()

    def _count(self) -> None:
        """Count in a job what there is to filter by."""
        desk = self._desk
        if desk is None:
            return

        def work(_progress: Progress) -> StepCounts:
            with desk.document.reader() as reader:
                return reader.step_counts()

        self._tools.jobs.run(
            work, self._show_counts, self._fail_counting, title=tr("Counting steps"), shown=False
        )

    def _show_counts(self, counts: StepCounts) -> None:
        if self._desk is not None:
            self.filters.fill(counts)

    def _fail_counting(self, error: Exception) -> None:
        if not isinstance(error, Outdated):  # then it is counted again anyway
            self._tools.report(error)

    def _show_step(self, current: QModelIndex) -> None:
        step = self.steps.step_at(current.row())
        self.changes.show_step(step)
        self.step_chosen.emit()
        related = related_to(step) if step is not None else None
        self.related_button.setVisible(related is not None)
        if step is None or self._desk is None:
            self._title.setText("")
            self._origin.setText("")
            return
        self._title.setText(step_words(step))
        self._origin.setText(self._origin_words(step, self._desk))
        if related is not None:
            other = self._desk.reader.step(related.no)
            self.related_button.setText(tr("Show “{step}”", step=other.label))

    def _show_related(self) -> None:
        step = self.current_step
        related = related_to(step) if step is not None else None
        if related is not None:
            self.show_step(related.no)
            self.step_list.setFocus()

    def _enter_changes(self) -> None:
        """Go on to the changes of the step with Enter."""
        if self.changes.rowCount():
            self.change_table.setFocus()
            if not self.change_table.currentIndex().isValid():
                self.change_table.setCurrentIndex(self.changes.index(0, 0))

    def _origin_words(self, step: PastStep, desk: Desk) -> str:
        words = ", ".join(part for part in (moment_words(step.at, desk.texts), step.by) if part)
        if step.source is not None and step.source.sender:
            file, sender = step.source.file, step.source.sender
            words += tr(". From {file}, sent by {sender}", file=file, sender=sender)
        elif step.source is not None:
            words += tr(". From {file}", file=step.source.file)
        became = state_words(step)
        return f"{words} · {became}" if became else words

    def _open_record(self, index: QModelIndex) -> None:
        change = self.changes.line(index.row()).change
        self.opened.emit(change.kind, change.id)

    def _type(self) -> None:
        self._typing.start()

    def _search(self) -> None:
        self._typing.stop()
        self.steps.read_again(self._wanted)
        self._choose_newest()
        self._state()

    def _state(self) -> None:
        if self._desk is not None:
            self.stated.emit(
                tr("1 step") if self.steps.count == 1 else tr("{n} steps", n=self.steps.count)
            )

    def _fit(self) -> None:
        self._toolbar.setFixedHeight(self._look.measures.toolbar)
        self.step_list.scheduleDelayedItemsLayout()
