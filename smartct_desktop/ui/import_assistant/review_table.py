"""The table of the review; a row that asks something opens to a drawer with its questions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout

from smartct_desktop.services.importing.plan import Action
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.asked import Place
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.question_panel import QuestionPanel
from smartct_desktop.ui.import_assistant.review_lines import Difference
from smartct_desktop.ui.import_assistant.review_model import (
    DRAWER,
    RECORD,
    ROW,
    WHAT,
    WILL,
    ReviewFilter,
    ReviewModel,
)
from smartct_desktop.ui.import_assistant.review_painter import (
    ReviewCells,
    signs_width,
    switch_width,
)
from smartct_desktop.ui.import_assistant.row_heights import set_row_height
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_PAD = 8
_WIDTHS = {ROW: 52, WILL: 104}
_RECORD_WIDTH = 348
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ReviewTable(QTableView):
    """Current row and drawer stay on their rows of the file through every new plan."""

    keep_asked = Signal(object, bool)  # a field, and whether the stored value shall stay

    def __init__(self, look: Look, model: ReviewModel, questions: QuestionPanel) -> None:
        super().__init__()
        self._look = look
        self._review = model
        self._questions = questions
        self._refusal = ""
        self._high: int | None = None  # the line that was made as high as the drawer
        self.setModel(model)
        self.setItemDelegate(ReviewCells(look, model, self))
        self.setAccessibleName(tr("Rows of the file and what happens to them"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setProperty("ring", "never")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heading = self.horizontalHeader()
        heading.setHighlightSections(False)
        heading.setSectionsClickable(False)
        heading.setStretchLastSection(True)
        heading.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.drawer = surface("soft", parent=self.viewport())
        inside = QVBoxLayout(self.drawer)
        inside.setContentsMargins(56, 12, 16, 14)
        inside.addWidget(questions)
        self.drawer.hide()
        self.drawer.installEventFilter(self)
        questions.given_up.connect(self.close_drawer)
        look.changed.connect(self._fit)
        self._fit()

    # What is shown.

    def show_outlook(self, outlook: Outlook, refusal: str = "") -> None:
        """Show another plan; a row whose questions are all answered closes.

        `refusal` says why the last answer was not taken.
        """
        self._refusal = refusal
        place, line = self.current_place, self.currentIndex().row()
        self._review.show_outlook(outlook)
        self._fit_numbers()
        opened = self._review.opened
        at = self._review.line_of(opened) if opened is not None else None
        answered = at is not None and self._review.row_at(at).action is not Action.WAIT
        if opened is not None and (at is None or answered):
            self._go_on(line)
        else:
            self._restore(place, line)
            self._show_drawer()

    def narrow(self, filter_: ReviewFilter) -> None:
        """Leave out other rows."""
        place, line = self.current_place, self.currentIndex().row()
        self._review.narrow(filter_)
        self._restore(place, line)
        self._show_drawer()

    @property
    def current_place(self) -> Place | None:
        """The row of the file under the current cell."""
        index = self.currentIndex()
        return self._review.row_at(index.row()).place if index.isValid() else None

    def go_to(self, place: Place) -> bool:
        """Make a row the current one; False if it is not shown."""
        line = self._review.line_of(place)
        if line is None:
            return False
        self.setCurrentIndex(self._review.index(line, WHAT))
        self.scrollTo(self.currentIndex())
        return True

    def _fit_numbers(self) -> None:
        """Make the first column as wide as the longest number of a row, within limits."""
        rows = self._review.rows
        longest = max((len(self._review.number(row)) for row in rows[:2000]), default=0)
        letter = self._look.metrics.text.averageCharWidth()
        wide = round(longest * letter * 1.15) + self._look.px(2 * _PAD + 6)
        most, least = self._look.px(110), self._look.px(_WIDTHS[ROW])
        self.setColumnWidth(ROW, max(least, min(wide, most)))
        self._share_width()

    def _share_width(self) -> None:
        """Give the record less than half of what is left, so that the reason can be read."""
        left = self.viewport().width() - self.columnWidth(ROW) - self.columnWidth(WILL)
        self.setColumnWidth(RECORD, min(self._look.px(_RECORD_WIDTH), max(left * 45 // 100, 80)))

    # The drawer.

    def open_row(self, place: Place | None) -> None:
        """Open the drawer of a row, or close it."""
        current = self.current_place
        self._review.open_row(place)
        self._restore(place or current, 0)
        self._show_drawer()
        if place is not None:
            self._questions.focus_first()

    def close_drawer(self) -> bool:
        """Close the drawer; False if none is open."""
        if self._review.opened is None:
            return False
        self.open_row(None)
        self.setFocus()
        return True

    def _switch(self, line: int, *, mine: bool | None = None) -> bool:
        """Take mine, theirs or the other value; False where there is nothing to choose."""
        part = self._review.part(line)
        if not isinstance(part, Difference) or part.keep is None:
            return False
        if mine is not part.kept:
            self.keep_asked.emit(part.keep, not part.kept)
        return True

    def _half_at(self, line: int, x: float) -> bool | None:
        """Whether “mine” (True) or “theirs” lies there; None beside the switch."""
        part = self._review.part(line)
        if not isinstance(part, Difference) or part.keep is None:
            return None
        look = self._look
        signs = signs_width(look, self._review, line)
        right = self.viewport().width() - look.px(_PAD) - signs
        width = switch_width(look)
        if not right - width <= x <= right:
            return None
        return x > right - width / 2

    def _toggle(self, line: int) -> None:
        row = self._review.row_at(line)
        if row.place == self._review.opened:
            self.close_drawer()
        elif self._review.can_open(row):
            self.open_row(row.place)

    def _go_on(self, line: int) -> None:
        """Open the next row that waits, or the first one; close the drawer if there is none."""
        waiting = self._review.next_waiting(max(line, 0))
        self.open_row(waiting)
        if waiting is None:
            self.setFocus()

    def _show_drawer(self) -> None:
        outlook, line = self._review.outlook, self._review.drawer_line
        if self._high is not None and self._high != line and self._high < self._review.rowCount():
            height = self.verticalHeader().defaultSectionSize()
            self.verticalHeader().resizeSection(self._high, height)
        self._high = line
        if outlook is None or line is None:
            self.drawer.hide()
            return
        asked = outlook.asked_at(self._review.row_at(line))
        self._questions.show_questions(outlook, asked, self._refusal)
        self.drawer.show()
        self._place_drawer()
        QTimer.singleShot(0, self, self._place_drawer)  # once the labels know their heights

    def _place_drawer(self) -> None:
        line = self._review.drawer_line
        if line is None:
            return
        width = self.viewport().width()
        layout = self.drawer.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(width) + 1  # with the hair line below
        if self.rowHeight(line) != height:
            self.verticalHeader().resizeSection(line, height)
        self.drawer.setGeometry(QRect(0, self.rowViewportPosition(line), width, height - 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.drawer and event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._place_drawer)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._place_drawer()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place_drawer()

    # Keys and pointer.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            if not self._switch(index.row()):
                self._toggle(index.row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        wanted = self._half_at(index.row(), event.position().x())
        if wanted is None:
            self._toggle(index.row())
        else:
            self._switch(index.row(), mine=wanted)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._review.current = self.current_place
        self.viewport().update()
        if current.isValid() and self._review.part_at(current.row()) == DRAWER:
            # The drawer's line is no stop: go over it.
            beyond = current.row() + (1 if previous.row() < current.row() else -1)
            QTimer.singleShot(0, self, partial(self._go_over, beyond))

    def _go_over(self, line: int) -> None:
        if 0 <= line < self._review.rowCount():
            self.setCurrentIndex(self._review.index(line, WHAT))

    def _restore(self, place: Place | None, line: int) -> None:
        """After a reset: back to the row, or to what is now where it was."""
        if place is not None and self.go_to(place):
            return
        count = self._review.rowCount()
        if count:
            self.setCurrentIndex(self._review.index(max(0, min(line, count - 1)), WHAT))

    def _fit(self) -> None:
        measures, look = self._look.measures, self._look
        set_row_height(self.verticalHeader(), measures.review_row, measures.review_row)
        self.horizontalHeader().setMinimumHeight(measures.heading)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, look.px(width))
        self._share_width()
        self._place_drawer()
