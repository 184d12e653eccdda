"""The toolbar over the problems: how they are grouped, and which are shown."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.query import Listing
from smartct_desktop.domain.reading import FindingCount
from smartct_desktop.ui.buttons import menu_button
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.problems.words import counted, wanted_words
from smartct_desktop.ui.search_field import SearchField
from smartct_desktop.ui.theme.look import Look

_TYPING = 150


class Grouping(Enum):
    """Under what the problems stand."""

    RULE = "rule"
    RECORD = "record"
    PARTNER = "partner"


class ProblemToolbar(QWidget):
    """`changed` comes when something else is asked for; with words, when typing pauses."""

    changed = Signal()

    def __init__(self, look: Look, grouping: Grouping) -> None:
        super().__init__()
        self._look = look
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self.changed)
        self.filter_field = SearchField(
            look,
            tr("Filter these problems…"),
            QKeySequence(QKeySequence.StandardKey.Find),
            sign="funnel",
        )
        self.filter_field.setFixedWidth(look.px(230))
        self.filter_field.textChanged.connect(self._typing.start)
        self.ticks = {severity: QCheckBox() for severity in Severity}
        for tick in self.ticks.values():
            tick.toggled.connect(self.changed)
        menu = QMenu(self)
        group = QActionGroup(menu)
        self.by_rule = _grouping(tr("By rule"), group)
        self.by_record = _grouping(tr("By record"), group)
        self.by_partner = _grouping(tr("By partner"), group)
        self._groupings = {
            Grouping.RULE: self.by_rule,
            Grouping.RECORD: self.by_record,
            Grouping.PARTNER: self.by_partner,
        }
        self._groupings[grouping].setChecked(True)
        menu.addActions(group.actions())
        words = self._groupings[grouping].text()
        self.group_button = menu_button(look, words, menu, icon="layers")
        group.triggered.connect(self._regroup)
        self._name_grouping()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._make_bar())
        look.changed.connect(self._fit)
        self._fit()
        self.show_counts([])

    @property
    def grouping(self) -> Grouping:
        """Under what the problems stand."""
        return next(one for one, chosen in self._groupings.items() if chosen.isChecked())

    @property
    def listing(self) -> Listing:
        """What is asked for."""
        ticked = frozenset(severity for severity, tick in self.ticks.items() if tick.isChecked())
        return Listing(
            by_record=self.by_record.isChecked(),
            severities=ticked,
            words=wanted_words(self.filter_field.text()),
        )

    @property
    def filters(self) -> bool:
        """Whether some findings are left out."""
        ticked = any(tick.isChecked() for tick in self.ticks.values())
        return ticked or bool(self.filter_field.text())

    def clear(self) -> None:
        """Leave nothing out."""
        self.show_only(None)

    def show_only(self, severity: Severity | None) -> None:
        """Leave out all but the findings of one severity."""
        for each, tick in self.ticks.items():
            tick.setChecked(each is severity)
        self.filter_field.clear()

    def show_counts(self, counts: Sequence[FindingCount]) -> None:
        """Say how many findings of each severity there are."""
        for severity, tick in self.ticks.items():
            n = sum(count.findings for count in counts if count.severity is severity)
            tick.setText(counted(severity, n))
            tick.setVisible(bool(n) or tick.isChecked())

    def _make_bar(self) -> QWidget:
        bar = surface("base", "hair")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.group_button)
        row.addWidget(self.filter_field)
        row.addSpacing(8)
        for tick in self.ticks.values():
            row.addWidget(tick)
            row.addSpacing(4)
        row.addStretch(1)
        return bar

    def _regroup(self) -> None:
        self._name_grouping()
        self.changed.emit()

    def _name_grouping(self) -> None:
        self.group_button.setText(self._groupings[self.grouping].text())

    def _fit(self) -> None:
        self.setFixedHeight(self._look.measures.toolbar)


def _grouping(words: str, group: QActionGroup) -> QAction:
    made = QAction(words, group)
    made.setCheckable(True)
    return made
