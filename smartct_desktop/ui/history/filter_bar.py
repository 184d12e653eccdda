"""The bar over the history: quick filters, and which kind, person, file and period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
)

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.changes import EVERY_STEP, StepCounts, StepFilter, StepSort
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.fonts import BASE
from smartct_desktop.ui.theme.look import Look

_SORTS: tuple[tuple[StepSort | None, str], ...] = (
    (None, "All"),
    (StepSort.IMPORT, "Imports"),
    (StepSort.EDIT, "Edits"),
    (StepSort.NOTE, "Notes"),
    (StepSort.UNDONE, "Undone"),
    (StepSort.SET_ASIDE, "Set aside"),
)
_PERIODS = (
    (None, "Any time"),
    (0, "Today"),
    (6, "Last 7 days"),
    (29, "Last 30 days"),
    (364, "Last 12 months"),
)
_MOST_FILES = 200
_LEAST, _LEAST_FILE = 176, 120  # pixels of a choice
_LARGE = 1.4  # text from which on a line does not hold everything


class FilterBar(QFrame):
    """`changed` when something else is asked for; `today` asks the calendar.

    `clear_asked` wants this and all other filters taken off.
    """

    changed = Signal()
    clear_asked = Signal()

    def __init__(self, look: Look, today: Callable[[], date]) -> None:
        super().__init__()
        self._look = look
        self._today = today
        self.setProperty("ground", "base")
        self.setProperty("rim", "hair")
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(12, 0, 12, 0)
        self._lines.setSpacing(6)
        row = self._add_line()
        self._sorts = QButtonGroup(self)
        self.sort_buttons: dict[StepSort | None, QPushButton] = {}
        for sort, words in _SORTS:
            made = button(look, tr(words), Kind.SWITCH, room="small")
            made.setCheckable(True)
            self._sorts.addButton(made)
            self.sort_buttons[sort] = made
            row.addWidget(made)
        self.sort_buttons[None].setChecked(True)
        self._sorts.buttonToggled.connect(self._choose_sort)
        row.addStretch(1)
        row = self._add_line()
        self.kind = self._add_choice(row, tr("Kind of record"), 150)
        self.person = self._add_choice(row, tr("Person"), 130)
        self.file = self._add_choice(row, tr("File"), 200)
        self.period = self._add_choice(row, tr("Period"), 130)
        row.addStretch(1)
        self.clear_button = button(look, tr("Clear"), Kind.LINK, room="small")
        self.clear_button.setAccessibleName(tr("Clear the filters"))
        self.clear_button.clicked.connect(self.clear_asked)
        row.addWidget(self.clear_button)
        self.fill(None)
        look.changed.connect(self._fit)
        self._fit()

    @property
    def wanted(self) -> StepFilter:
        """What is asked for, without words."""
        sort = next(s for s, made in self.sort_buttons.items() if made.isChecked())
        days = self.period.currentData()
        since = None
        if isinstance(days, int):
            first = self._today() - timedelta(days=days)
            since = datetime.combine(first, time.min).astimezone()
        return StepFilter(
            sort=sort,
            kind=self.kind.currentData() or "",
            by=self.person.currentData(),
            file=self.file.currentData() or "",
            since=since,
        )

    def fill(self, counts: StepCounts | None) -> None:
        """Offer what there is to filter by; what is chosen stays chosen."""
        for sort, words in _SORTS:
            count = counts.sorts.get(sort) if counts is not None and sort is not None else None
            made = self.sort_buttons[sort]
            made.setText(tr(words) if count is None else f"{tr(words)} {count}")
        kinds = counts.kinds if counts is not None else {}
        people = counts.people if counts is not None else {}
        files = counts.files if counts is not None else {}
        known = [(kind, tr(BY_KIND[kind].plural)) for kind in kinds if kind in BY_KIND]
        self._offer(self.kind, tr("All kinds"), known, kinds)
        self._offer(self.person, tr("Everybody"), [(one, one) for one in people], people)
        newest = [(one, one) for one in files][:_MOST_FILES]
        self._offer(self.file, tr("All files"), newest, files)
        if not self.period.count():
            for days, words in _PERIODS:
                self.period.addItem(tr(words), days)
        self._show_clear()

    def clear(self) -> None:
        """Ask for all steps."""
        before = self.wanted
        self.blockSignals(True)
        self.sort_buttons[None].setChecked(True)
        for choice in (self.kind, self.person, self.file, self.period):
            choice.setCurrentIndex(0)
        self.blockSignals(False)
        if self.wanted != before:
            self._tell()

    # Within.

    def _add_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._lines.addLayout(row, self._lines.count())  # the first is as wide as it must be
        return row

    def _add_choice(self, row: QHBoxLayout, name: str, wide: int) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(name)
        choice.setToolTip(name)
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        choice.setProperty("wide", wide)
        choice.setMaxVisibleItems(22)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.activated.connect(self._tell)
        row.addWidget(choice, wide)  # they grow to their width before the room beside them does
        return choice

    def _offer(
        self,
        choice: QComboBox,
        all_: str,
        offers: Sequence[tuple[str, str]],
        counts: Mapping[str, int],
    ) -> None:
        chosen = choice.currentData()
        choice.clear()
        choice.addItem(all_, None)
        for value, words in offers:
            choice.addItem(f"{words}   {counts[value]}", value)
        if chosen is not None and choice.findData(chosen) < 0:
            choice.addItem(str(chosen), chosen)
        choice.setCurrentIndex(max(choice.findData(chosen), 0))

    def _choose_sort(self, _button: QPushButton, on: bool) -> None:  # noqa: FBT001 (a signal's)
        if on:
            self._tell()

    def _tell(self) -> None:
        self._show_clear()
        self.changed.emit()

    def _show_clear(self) -> None:
        self.clear_button.setVisible(self.wanted != EVERY_STEP)

    def _fit(self) -> None:
        large = self._look.base > _LARGE * BASE
        way = QBoxLayout.Direction
        self._lines.setDirection(way.TopToBottom if large else way.LeftToRight)
        self.setFixedHeight(self._look.px(38) * (2 if large else 1))
        for choice in (self.kind, self.person, self.file, self.period):
            wide = self._look.px(int(choice.property("wide")))
            choice.setMaximumWidth(wide)  # large text in a narrow window takes from them
            choice.setMinimumWidth(min(wide, _LEAST_FILE if choice is self.file else _LEAST))


def with_words(wanted: StepFilter, words: str) -> StepFilter:
    """Ask for these words as well."""
    return replace(wanted, words=words)
