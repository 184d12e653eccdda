"""The things one question asks, as a list: answered ones with their answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from smartct_desktop.services.importing.asked import Item
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look

Role = Qt.ItemDataRole
_MOST = 7  # lines shown at once
_PAD = 8
_SIGN = 13


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item and its answer in words, "" while it is open."""

    item: Item
    answer: str


class ItemModel(QAbstractListModel):
    """Items of one question."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[ItemLine] = ()

    def show_lines(self, lines: Sequence[ItemLine]) -> None:
        """Show these; the same ones with other answers keep their places."""
        if [line.item.key for line in lines] == [line.item.key for line in self._lines]:
            self._lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> ItemLine:
        """One of the lines."""
        return self._lines[row]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Role.DisplayRole:
                return line.item.key
            case Role.ToolTipRole:
                return f"{line.item.key}\n{line.answer}".strip()
            case Role.AccessibleTextRole:
                state = line.answer if line.item.answered else tr("open")
                return f"{line.item.key}, {state}"
            case _:
                return None


class ItemList(QListView):
    """`chosen` is emitted with the row that is looked at."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._items = ItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(_Lines(look, self._items, self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("What is asked"))
        self.setProperty("ring", "after-key")
        look.changed.connect(self._fit)

    def show_lines(self, lines: Sequence[ItemLine], row: int) -> None:
        """Show these lines, with one of them as the current one."""
        self._items.show_lines(lines)
        self._fit()
        index = self._items.index(row)
        if index != self.currentIndex():
            before = self.blockSignals(True)
            self.setCurrentIndex(index)
            self.blockSignals(before)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        lines = min(max(self._items.rowCount(), 1), _MOST)
        self.setFixedHeight(lines * self._look.measures.row + 2)


class _Lines(QStyledItemDelegate):
    """A line: a sign for open or answered, the item, its answer at the right."""

    def __init__(self, look: Look, model: ItemModel, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, self._look.measures.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, line = self._look, self._model.line(index.row())
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, look.colour("select"))
        painter.fillRect(
            QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.colour("hairline")
        )
        room = rect.adjusted(look.px(_PAD), 0, -look.px(_PAD), -1)
        sign, ink = ("check", "done") if line.item.answered else ("circle-help", "waiting")
        token = "on-select" if chosen and look.scheme.one_ink else ink
        look.icons.paint(painter, room.left(), room.center().y(), sign, token, _SIGN)
        room.setLeft(room.left() + look.px(_SIGN + 7))
        if line.answer:
            room.setRight(room.right() - self._answer(painter, room, line.answer, chosen=chosen))
        painter.setFont(look.fonts.text)
        painter.setPen(look.on_select("text") if chosen else look.colour("text"))
        text = look.metrics.text.elidedText(
            line.item.key, Qt.TextElideMode.ElideRight, room.width() + 1
        )
        painter.drawText(room, int(_LEFT), text)
        painter.restore()

    def _answer(self, painter: QPainter, room: QRectF, answer: str, *, chosen: bool) -> float:
        """Write the answer at the right; says how much room it took."""
        look = self._look
        metrics = look.metrics.small
        width = min(metrics.horizontalAdvance(answer), room.width() / 2)
        short = metrics.elidedText(answer, Qt.TextElideMode.ElideRight, width + 1)
        painter.setFont(look.fonts.small)
        painter.setPen(look.on_select("muted") if chosen else look.colour("muted"))
        painter.drawText(room, int(_RIGHT), short)
        return float(width) + look.px(_PAD)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
