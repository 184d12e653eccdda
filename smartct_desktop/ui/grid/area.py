"""What is selected in a table: which rows, which columns, and whether they make a rectangle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from smartct_desktop.ui.qt import Index

_FLAG = QItemSelectionModel.SelectionFlag
_MOVE = QAbstractItemView.CursorAction
_JUMPS = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)

_FEW = 100  # parts of a selection that are looked through at each painting

Part = tuple[int, int, int, int]
"""Top, bottom, left, right of one range of a selection, the ends included."""


@dataclass(frozen=True, slots=True)
class Area:
    """The selected cells: rows from the top, columns of the model as they stand on the screen.

    `whole` says whether every one of these rows has every one of these columns selected.
    """

    rows: tuple[range, ...]
    places: tuple[int, ...]
    whole: bool

    @property
    def height(self) -> int:
        """How many rows there are."""
        return sum(len(part) for part in self.rows)

    @property
    def cells(self) -> int:
        """How many cells the rectangle has."""
        return self.height * len(self.places)


def parts_of(selection: QItemSelection) -> list[Part]:
    """The ranges of a selection as numbers."""
    ranges = (selection.at(place) for place in range(selection.count()))
    return [(one.top(), one.bottom(), one.left(), one.right()) for one in ranges]


def area_of(parts: Sequence[Part], order: Sequence[int]) -> Area:
    """The area of these ranges; `order` are the columns as they stand on the screen."""
    chosen: set[int] = set()
    for _, _, left, right in parts:
        chosen.update(range(left, right + 1))
    edges = sorted({edge for top, bottom, *_ in parts for edge in (top, bottom + 1)})
    whole = True
    if len(parts) > 1:
        for start, _stop in pairwise(edges):
            here = {
                place
                for top, bottom, left, right in parts
                if top <= start <= bottom
                for place in range(left, right + 1)
            }
            whole = whole and (not here or here == chosen)
    rows = merged((top, bottom + 1) for top, bottom, *_ in parts)
    return Area(tuple(rows), tuple(place for place in order if place in chosen), whole)


def merged(ranges: Iterable[tuple[int, int]]) -> list[range]:
    """Ranges of rows from the top, each row in one of them only."""
    found: list[range] = []
    for start, stop in sorted(ranges):
        if found and start <= found[-1].stop:
            found[-1] = range(found[-1].start, max(stop, found[-1].stop))
        else:
            found.append(range(start, stop))
    return found


def chosen_in_view(view: QTableView, first: int, last: int) -> Mapping[int, frozenset[int]]:
    """The selected columns of the rows in view; a lone cell stands for its whole row."""
    model, selection = view.model(), view.selectionModel().selection()
    every = range(model.columnCount())
    if selection.count() > _FEW:
        is_chosen = view.selectionModel().isSelected
        return {
            row: frozenset(place for place in every if is_chosen(model.index(row, place)))
            for row in range(first, last + 1)
        }
    parts = parts_of(selection)
    if len(parts) == 1 and parts[0][0] == parts[0][1] and parts[0][2] == parts[0][3]:
        return {parts[0][0]: frozenset(every)}
    found: dict[int, set[int]] = {}
    for top, bottom, left, right in parts:
        for row in range(max(first, top), min(last, bottom) + 1):
            found.setdefault(row, set()).update(range(left, right + 1))
    return {row: frozenset(places) for row, places in found.items()}


def widened(area: Area, model: QAbstractItemModel, *, by_rows: bool) -> QItemSelection:
    """The whole rows of what is selected, or else its whole columns, as in Excel."""
    selection = QItemSelection()
    if by_rows:
        for part in area.rows:
            end = model.index(part.stop - 1, model.columnCount() - 1)
            selection.select(model.index(part.start, 0), end)
    else:
        for place in area.places:
            end = model.index(model.rowCount() - 1, place)
            selection.select(model.index(0, place), end)
    return selection


def is_jump(event: QKeyEvent) -> bool:
    """Whether the key goes to an edge or corner of the table, as Ctrl with an arrow in Excel."""
    return event.key() in _JUMPS and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def jump_command(event: QKeyEvent) -> QItemSelectionModel.SelectionFlag:
    """What the selection does with a jump: goes along, or with Shift grows up to there."""
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return _FLAG.Clear | _FLAG.SelectCurrent
    return _FLAG.ClearAndSelect


def jump_target(view: QTableView, action: QAbstractItemView.CursorAction) -> QModelIndex | None:
    """The cell at the edge in the direction of a key; None for any other way to move."""
    index, model = view.currentIndex(), view.model()
    rows, columns = model.rowCount(), model.columnCount()
    if not index.isValid() or not rows or not columns:
        return None
    header = view.horizontalHeader()
    match action:
        case _MOVE.MoveUp:
            return model.index(0, index.column())
        case _MOVE.MoveDown:
            return model.index(rows - 1, index.column())
        case _MOVE.MoveLeft | _MOVE.MovePrevious:
            return model.index(index.row(), header.logicalIndex(0))
        case _MOVE.MoveRight | _MOVE.MoveNext:
            return model.index(index.row(), header.logicalIndex(columns - 1))
        case _:
            return None


class Reach:
    """From which cell to which one a selection grows, whatever is scrolled or stands still.

    Qt asks for the cells under a rectangle of the screen; behind frozen columns lie others.
    """

    def __init__(self) -> None:
        self._start = QPersistentModelIndex()
        self._end = QPersistentModelIndex()

    def note(self, index: Index, command: QItemSelectionModel.SelectionFlag) -> None:
        """Hear what a key or the pointer is about to do to the selection."""
        if not index.isValid() or command == _FLAG.NoUpdate:
            return
        self._end = QPersistentModelIndex(index)
        if not command & _FLAG.Current or not self._start.isValid():
            self._start = QPersistentModelIndex(index)

    def selection(
        self, view: QTableView, command: QItemSelectionModel.SelectionFlag
    ) -> QItemSelection | None:
        """The cells from the one to the other; None if the selection does not grow."""
        if not command & _FLAG.Current or not (self._start.isValid() and self._end.isValid()):
            return None
        model, header = view.model(), view.horizontalHeader()
        rows = sorted((self._start.row(), self._end.row()))
        ends = (header.visualIndex(one.column()) for one in (self._start, self._end))
        first, last = sorted(ends)
        found = QItemSelection()
        places = sorted(header.logicalIndex(visual) for visual in range(first, last + 1))
        for start, stop in ((part.start, part.stop) for part in merged((p, p + 1) for p in places)):
            found.select(model.index(rows[0], start), model.index(rows[1], stop - 1))
        return found
