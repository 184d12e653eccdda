"""What fills the line that is chosen: a value for a cell; a list and its columns for an area."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.services.templates.mapping import BLANK, RegionMap
from smartct_desktop.services.templates.plan import TemplatePlan, shown
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.templates.lines import Line
from smartct_desktop.ui.theme.look import Look

_AS_IT_IS = None
_LABEL = 110


class LineChoice(QWidget):
    """`placed` has the key and the name of a value (None: as it is), `listed` a region's map."""

    placed = Signal(str, object)
    listed = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._line: Line | None = None
        self._plan: TemplatePlan | None = None
        self.words = label("", face="medium", wrap=True)
        self.why = label("", tone="error", wrap=True)
        self.values = _narrow(QComboBox())
        self.values.setAccessibleName(tr("Filled by"))
        self.lists = _narrow(QComboBox())
        self.lists.setAccessibleName(tr("Filled with the rows of"))
        self.columns: dict[str, QComboBox] = {}
        self._grid_box = QScrollArea()
        self._grid_box.setWidgetResizable(True)
        self._grid_box.setFrameShape(QScrollArea.Shape.NoFrame)
        self._pages = QStackedWidget()
        nothing = label(tr("Rows of braces say themselves what they get."), tone="muted", wrap=True)
        nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        one = _page(label(tr("Filled by"), tone="muted"), self.values)
        many = QWidget()
        inside = QVBoxLayout(many)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(label(tr("Filled with the rows of"), tone="muted"))
        inside.addWidget(self.lists)
        inside.addWidget(self._grid_box, 1)
        for page in (nothing, one, many):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addWidget(self.why)
        column.addWidget(self._pages, 1)
        self.values.activated.connect(self._place)
        self.lists.activated.connect(self._list)

    def show_line(self, line: Line | None, plan: TemplatePlan) -> None:
        """Show what fills a line, and what else can."""
        self._line, self._plan = line, plan
        self.words.setText(line.where if line is not None else "")
        self.why.setText(say(line.problem) if line is not None else "")
        self.why.setVisible(bool(self.why.text()))
        if line is None or (line.place is None and line.region is None):
            self._pages.setCurrentIndex(0)
            self._pages.setVisible(line is not None)
            return
        self._pages.show()
        if line.place is not None:
            self._offer_values(line, plan)
            self._pages.setCurrentIndex(1)
        else:
            self._offer_lists(line, plan)
            self._pages.setCurrentIndex(2)

    def take_focus(self) -> None:
        """Put the keys into the first list."""
        wanted = self.values if self._pages.currentIndex() == 1 else self.lists
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_values(self, line: Line, plan: TemplatePlan) -> None:
        box, place = self.values, line.place
        assert place is not None
        box.clear()
        if not place.needed:
            box.addItem(tr("Leave it as it is"), _AS_IT_IS)
        elif place.open:
            box.addItem(tr("Choose…"), _AS_IT_IS)
        box.addItem(tr("Leave it blank"), BLANK)
        for name, known in plan.values.items():
            value = shown(known.value, plan.decimal, share=known.share)
            words = say(known.label) if not value else f"{say(known.label)}: {value[:40]}"
            box.addItem(words, name)
            box.setItemData(box.count() - 1, f"{{{{{name}}}}}", Qt.ItemDataRole.ToolTipRole)
        now = (
            place.filled_by.name if place.filled_by is not None else BLANK if place.blank else None
        )
        box.setCurrentIndex(max(box.findData(now), 0))

    def _offer_lists(self, line: Line, plan: TemplatePlan) -> None:
        self.lists.clear()
        self.lists.addItem(tr("Nothing: leave it as it is"), "")
        for name, words in plan.lists.items():
            self.lists.addItem(say(words), name)
        said = plan.said.regions.get(line.key)
        now = line.rows.known.name if line.rows is not None else said.list if said else ""
        self.lists.setCurrentIndex(max(self.lists.findData(now), 0))
        self._offer_columns(line, plan)

    def _offer_columns(self, line: Line, plan: TemplatePlan) -> None:
        """Offer the columns of the list for each heading of the area."""
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.columns = {}
        region = line.region
        known = plan.columns.get(line.key, ())
        now = _columns_now(line)
        for row, heading in enumerate(region.headings if region is not None and known else ()):
            words = label(heading, tone="muted", wrap=True)
            words.setFixedWidth(self._look.px(_LABEL))
            box = _narrow(QComboBox())
            box.setAccessibleName(heading)
            box.addItem(tr("Leave it as it is"), "")
            for column in known:
                box.addItem(column.heading, column.name)
            box.setCurrentIndex(max(box.findData(now.get(heading, "")), 0))
            box.activated.connect(self._columns_chosen)
            words.setBuddy(box)
            grid.addWidget(words, row, 0)
            grid.addWidget(box, row, 1)
            self.columns[heading] = box
        grid.setRowStretch(grid.rowCount(), 1)
        self._grid_box.setWidget(held)

    def _place(self) -> None:
        if self._line is not None:
            self.placed.emit(self._line.key, self.values.currentData())

    def _list(self) -> None:
        if self._line is None:
            return
        name = self.lists.currentData()
        self.listed.emit(self._line.key, RegionMap(name, {}) if name else None)

    def _columns_chosen(self) -> None:
        if self._line is None:
            return
        columns = {
            heading: str(box.currentData())
            for heading, box in self.columns.items()
            if box.currentData()
        }
        self.listed.emit(self._line.key, RegionMap(str(self.lists.currentData()), columns))


def _columns_now(line: Line) -> Mapping[str, str]:
    if line.rows is None or line.region is None:
        return {}
    first = line.region.body.first_column
    return {
        heading: line.rows.columns[first + place].name
        for place, heading in enumerate(line.region.headings)
        if first + place in line.rows.columns
    }


def _narrow(box: QComboBox) -> QComboBox:
    """Let a list be narrower than its longest entry."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def _page(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return page
