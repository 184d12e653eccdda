"""What one step changed: record by record, field by field, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Action, PastChange, PastStep
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.history.change_words import Named, differences, record_words
from smartct_desktop.ui.history.words_table import WordCells, WordsModel
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look

_PAGE = 500
HEADINGS = ("Record", "Field", "Before", "After")
_PAD = 8
_ARROW = 12


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line: a field of a record, or a whole record that was added or removed.

    `within` is the number of lines with fields that can be shown beneath a whole record; lines that
    are `inner` are those.
    """

    change: PastChange
    record: str
    field: str
    before: str
    after: str
    within: int = 0
    inner: bool = False


class ChangeModel(WordsModel):
    """The changes of a step as lines, read as far as they are looked at."""

    headings = HEADINGS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: tuple[Reader, Texts] | None = None
        self._step: PastStep | None = None
        self._names: Named | None = None
        self._lines: list[ChangeLine] = []
        self._fetched = 0

    def attach(self, source: tuple[Reader, Texts] | None) -> None:
        """Read from this document."""
        self._source = source
        self.show_step(None)

    def show_step(self, step: PastStep | None) -> None:
        """Show the changes of a step."""
        self.beginResetModel()
        self._step = step
        self._names = Named(self._source[0]) if self._source is not None else None
        self._lines = []
        self._fetched = 0
        self._lines = self._next_lines()
        self.endResetModel()

    def line(self, row: int) -> ChangeLine:
        """The line in a row."""
        return self._lines[row]

    def is_open(self, row: int) -> bool:
        """Whether the fields of the whole record in a row are shown beneath it."""
        following = row + 1 < len(self._lines) and self._lines[row + 1].inner
        return following and not self._lines[row].inner

    def open_line(self, row: int) -> bool:
        """Show the fields of a record that was added or removed beneath its line."""
        line = self._lines[row]
        if not line.within or self.is_open(row) or self._source is None or self._names is None:
            return False
        _, texts = self._source
        inner = [
            ChangeLine(line.change, line.record, d.about, d.before, d.after, inner=True)
            for d in differences(line.change, texts, self._names)
        ]
        self.beginInsertRows(ROOT, row + 1, row + len(inner))
        self._lines[row + 1 : row + 1] = inner
        self.endInsertRows()
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADINGS) - 1))
        return True

    def close_line(self, row: int) -> int:
        """Hide the fields of a record again, also from one of their lines; gives the record's."""
        while row and self._lines[row].inner:
            row -= 1
        end = row + 1
        while end < len(self._lines) and self._lines[end].inner:
            end += 1
        if end > row + 1:
            self.beginRemoveRows(ROOT, row + 1, end - 1)
            del self._lines[row + 1 : end]
            self.endRemoveRows()
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADINGS) - 1))
        return row

    def _next_lines(self) -> list[ChangeLine]:
        if self._step is None or self._source is None or self._names is None:
            return []
        reader, texts = self._source
        start = self._fetched
        changes = reader.step_changes(self._step.no, start, start + _PAGE)
        self._fetched = start + len(changes) if changes else self._step.records
        names = self._names
        names.look_up(changes)
        return [line for change in changes for line in _lines_of(change, texts, names)]

    # What Qt asks for.

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def canFetchMore(self, parent: Index) -> bool:
        more = self._step is not None and self._fetched < self._step.records
        return more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            lines = self._next_lines()
            if lines:
                start = len(self._lines)
                self.beginInsertRows(ROOT, start, start + len(lines) - 1)
                self._lines += lines
                self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        described = role == Qt.ItemDataRole.AccessibleDescriptionRole and index.isValid()
        if described and self._lines[index.row()].within:
            if self.is_open(index.row()):
                return tr("Left arrow hides the fields")
            return tr("Right arrow shows the fields")
        return super().data(index, role)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        line = self._lines[row]
        empty = tr("empty")
        return (line.record, line.field, line.before or empty, line.after or empty)[column]


def _lines_of(change: PastChange, texts: Texts, names: Named) -> Sequence[ChangeLine]:
    name = record_words(change.kind, change.caption)
    kind = tr(schema_of(change.kind).label).lower()
    record = f"{name}   {kind}"
    moved = differences(change, texts, names)
    match change.action:
        case Action.ADD:
            fields = tr("all {n} fields", n=len(moved))
            return [ChangeLine(change, record, fields, "", tr("added"), len(moved))]
        case Action.REMOVE:
            fields = tr("all {n} fields", n=len(moved))
            gone = tr("removed")
            return [ChangeLine(change, record, fields, tr("was there"), gone, len(moved))]
        case Action.CHANGE:
            return [ChangeLine(change, record, one.about, one.before, one.after) for one in moved]


class ChangeCells(WordCells):
    """Draws the old value struck through and the new one on its ground."""

    def __init__(self, look: Look, model: ChangeModel, parent: QObject | None = None) -> None:
        super().__init__(look, parent)
        self._model = model
        self._struck = QFont()
        look.changed.connect(self._fit)
        self._fit()

    def paint_words(self, painter: QPainter, room: QRect, index: Index, *, selected: bool) -> None:
        look, column, row = self.look, index.column(), index.row()
        line = self._model.line(row)
        muted = self.ink("muted", selected=selected)
        if column == 0 and line.inner:
            return
        if column == 0:
            name, _, kind = line.record.partition("   ")
            wide = self.write(painter, room, name)
            painter.setFont(look.fonts.small)
            painter.setPen(muted)
            self.write(painter, room.adjusted(wide + look.px(_PAD), 0, 0, 0), kind)
        elif column == 1:
            self._paint_field(painter, room, line, row)
        elif column == 2 and line.before:
            painter.setFont(self._struck)
            painter.setPen(muted)
            self.write(painter, room, line.before)
        elif column == 3 and line.after:
            self._paint_new(painter, room, line.after)
        else:
            painter.setPen(muted)
            self.write(painter, room, tr("empty"))

    def _paint_field(self, painter: QPainter, rect: QRect, line: ChangeLine, row: int) -> None:
        look = self.look
        if line.within:
            sign = "chevron-down" if self._model.is_open(row) else "chevron-right"
            middle = rect.top() + rect.height() / 2
            look.icons.paint(painter, rect.left(), middle, sign, "muted", _ARROW)
        aside = look.px(_ARROW + 4) if line.within or line.inner else 0
        self.write(painter, rect.adjusted(aside, 0, 0, 0), line.field)

    def _paint_new(self, painter: QPainter, rect: QRect, text: str) -> None:
        look = self.look
        painter.setFont(look.fonts.text_medium)
        wide = min(look.metrics.text_medium.horizontalAdvance(text) + 12, rect.width())
        high = look.measures.pill
        top = rect.top() + (rect.height() - high) / 2
        box = QRectF(rect.left() - 4, top, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("new-ground"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(look.colour("new"))
        self.write(painter, rect.adjusted(2, 0, -4, 0), text)

    def _fit(self) -> None:
        self._struck = QFont(self.look.fonts.text)
        self._struck.setStrikeOut(True)
