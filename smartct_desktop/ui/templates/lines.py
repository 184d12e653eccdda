"""The places of a template as lines: where, what it asks for, what fills it, and how that looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, Qt

from smartct_desktop.services.templates.places import RegionPlace
from smartct_desktop.services.templates.plan import PlannedPlace, TemplatePlan, shown
from smartct_desktop.services.templates.rows import PlannedRows
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look

_COLUMNS = 4


@dataclass(frozen=True)
class Line:
    """One line: a place with one name, rows, or an area that gets nothing yet.

    `key` is what a choice for it is kept under.
    """

    key: str
    where: str
    place: PlannedPlace | None = None
    rows: PlannedRows | None = None
    region: RegionPlace | None = None
    problem: str = ""

    @property
    def open(self) -> bool:
        """Whether something is in the way here."""
        return bool(self.problem)


def lines_of(plan: TemplatePlan) -> list[Line]:
    """Give the lines of a plan: what is in the way first, then what is filled, then the rest."""
    regions = {region.key: region for region in plan.regions}
    found = [Line(one.asked, one.place.cell, place=one, problem=one.problem) for one in plan.places]
    found += [
        Line(
            rows.key,
            rows.key,
            rows=rows,
            region=rows.place,
            problem=rows.problems[0] if rows.problems else "",
        )
        for rows in plan.rows
    ]
    filled = {rows.key for rows in plan.rows}
    asked = [key for key in plan.columns if key not in filled]
    found += [
        Line(
            key,
            key,
            region=regions[key],
            problem=tr("No column says what it is to get.") if key in asked else "",
        )
        for key in regions
        if key not in filled
    ]
    return sorted(found, key=_order)


class LineModel(QAbstractTableModel):
    """The lines of a plan, for a table."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._plan: TemplatePlan | None = None
        self.lines: Sequence[Line] = ()

    def show_plan(self, plan: TemplatePlan) -> None:
        """Show another plan."""
        self.beginResetModel()
        self._plan = plan
        self.lines = lines_of(plan)
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Give the row of a line, -1 for none."""
        return next((n for n, line in enumerate(self.lines) if line.key == key), -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else _COLUMNS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Place"), tr("Asks for"), tr("Filled by"), tr("Value"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(line)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return say(line.problem) if line.problem else self._texts(line)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            if line.open:
                return self._look.colour("error")
            if self._rests(line):
                return self._look.colour("muted")
        return None

    def _rests(self, line: Line) -> bool:
        if line.place is not None:
            return line.place.filled_by is None
        return line.rows is None

    def _texts(self, line: Line) -> tuple[str, str, str, str]:
        if line.place is not None:
            return self._place(line.where, line.place)
        if line.rows is not None:
            columns = ", ".join(column.heading for column in line.rows.columns.values())
            return line.where, columns, say(line.rows.known.label), rows_told(line.rows)
        headings = ", ".join(line.region.headings) if line.region is not None else ""
        if line.problem:
            return line.where, headings, line.problem, ""
        return line.where, headings, tr("stays as it is"), ""

    def _place(self, where: str, place: PlannedPlace) -> tuple[str, str, str, str]:
        decimal = self._plan.decimal if self._plan is not None else "."
        if place.filled_by is not None:
            known = place.filled_by
            value = shown(known.value, decimal, share=known.share)
            value = value if known.value is not None else tr("nothing is known")
            return where, place.asked, say(known.label), value
        if place.blank:
            return where, place.asked, tr("stays blank"), ""
        if place.needed:
            return where, place.asked, tr("not known: choose what fills it"), ""
        return where, place.asked, tr("stays as it is"), ""


def rows_told(rows: PlannedRows) -> str:
    """Say how many rows there are, and how many fit."""
    if rows.count > rows.room.most:
        return tr("{n} rows, room for {room}", n=rows.count, room=rows.room.most)
    if rows.count > rows.room.prepared:
        added = rows.count - rows.room.prepared
        return tr("{n} rows, {added} of them added", n=rows.count, added=added)
    return tr("{n} of {room} rows", n=rows.count, room=rows.room.prepared)


def _order(line: Line) -> tuple[bool, bool]:
    rests = line.place is not None and line.place.filled_by is None and not line.place.blank
    return not line.open, rests or (line.place is None and line.rows is None)
