"""What the tables of the history have in common: cells of words, and how a row is drawn."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look

_PAD = 8
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class WordsModel(QAbstractTableModel):
    """A table of words under `headings`; each cell is read out with its heading."""

    headings: tuple[str, ...] = ()

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        raise NotImplementedError

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                text = self.text(index.row(), index.column())
                return f"{tr(self.headings[index.column()])}: {text}"
            case _:
                return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        wanted = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.headings)
        if wanted and role == Qt.ItemDataRole.DisplayRole:
            return tr(self.headings[section])
        if wanted and role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )


class WordCells(QStyledItemDelegate):
    """Draws ground, line and focus of a cell; what stands in it is drawn by `paint_words`."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look

    def paint_words(self, painter: QPainter, room: QRect, index: Index, *, selected: bool) -> None:
        """Draw what stands in a cell; font and ink are those of plain text."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(100, self.look.measures.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = self.look, option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            active = bool(option.state & QStyle.StateFlag.State_Active)
            painter.fillRect(rect, look.colour("select" if active else "select-idle"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("hairline"))
        painter.setFont(look.fonts.text)
        painter.setPen(self.ink("text", selected=selected))
        room = rect.adjusted(look.px(_PAD), 0, -look.px(_PAD), -1)
        self.paint_words(painter, room, index, selected=selected)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.colour("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))
        painter.restore()

    def ink(self, token: str, *, selected: bool) -> QColor:
        """The colour of words, on the ground of a selected row or any other."""
        return self.look.on_select(token) if selected else self.look.colour(token)

    def write(self, painter: QPainter, room: QRect, text: str) -> int:
        """Write on one line, shortened where it does not fit; gives its width in pixels."""
        metrics = painter.fontMetrics()
        line = text.replace("\n", " ")
        short = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(_LEFT), short)
        return metrics.horizontalAdvance(short)
