"""Draws the cells of a partner's sheet: as written, and beneath as understood."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.sheet_lines import LineKind, SheetLine
from smartct_desktop.ui.import_assistant.sheet_model import SheetModel
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_PAD = 8
_TOP = 4
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ENDLESS = 4000


class SheetCells(QStyledItemDelegate):
    """Paints straight from the model's lines; texts beside the table flow over blank cells."""

    def __init__(self, look: Look, model: SheetModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(80, self._look.measures.two_line_row)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        rect: QRect = option.rect
        line, column = self._model.line(index.row()), index.column()
        painter.save()
        painter.setClipRect(rect)
        self._ground(painter, rect, line, column)
        match line.kind:
            case LineKind.VALUES:
                self._value(painter, rect, index)
            case LineKind.HEADING:
                self._heading(painter, rect, index)
            case LineKind.SKIPPED if line.tall:
                self._left_out(painter, rect, index, line)
            case _:
                self._flowing(painter, rect, index, line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._ring(painter, rect)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, line: SheetLine, column: int) -> None:
        colour = self._look.colour
        if line.kind is LineKind.HEADING:
            painter.fillRect(rect, colour("soft"))
        elif line.kind is LineKind.SKIPPED or self._model.is_hidden(column):
            painter.fillRect(rect, colour("header"))
        elif line.kind is LineKind.VALUES and self._model.is_asked(column):
            painter.fillRect(rect, colour("waiting-soft"))
        last_heading = line.kind is LineKind.HEADING and self._model.is_last_heading(line)
        token = "accent" if last_heading else "hairline"
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour(token))

    def _ring(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(self._look.colour("focus"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.drawRect(rect.adjusted(1, 1, -2, -3))

    def _value(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look = self._look
        row, column = index.row(), index.column()
        plan = self._model.column_plan(column)
        taken = plan is not None and plan.code is not None
        side = self._side(index)
        upper, lower = self._halves(rect)
        ink = "text" if taken else "muted"
        written = self._model.shown(row, column)
        self._write(painter, upper, written, look.fonts.text, ink, side)
        understood = self._model.understood(row, column)
        if understood is not None and understood.text != written:
            self._write(painter, lower, understood.text, look.fonts.small, understood.ink, side)

    def _heading(self, painter: QPainter, rect: QRect, index: Index) -> None:
        text = self._model.shown(index.row(), index.column())
        if text:
            if index.column():
                inner = rect.adjusted(0, 5, 0, -6)
                painter.fillRect(
                    inner.left(), inner.top(), 1, inner.height(), self._look.colour("line")
                )
            room = self._padded(rect)
            self._write(painter, room, text, self._look.fonts.text_strong, "text", _LEFT)

    def _left_out(
        self,
        painter: QPainter,
        rect: QRect,
        index: Index,
        line: SheetLine,
    ) -> None:
        """A row with several values that is no record: the reason flows beneath them."""
        upper, lower = self._halves(rect)
        text = self._model.shown(index.row(), index.column())
        self._write(painter, upper, text, self._look.fonts.text, "muted", self._side(index))
        filled = enumerate(line.row.values if line.row is not None else ())
        first = next((column for column, value in filled if value is not None), None)
        if first is not None and line.skipped is not None:
            reason = tr("{reason}, skipped", reason=tr(line.skipped.reason.label))
            self._flow(painter, lower, first, reason, self._look.fonts.small, "muted")

    def _flowing(
        self,
        painter: QPainter,
        rect: QRect,
        index: Index,
        line: SheetLine,
    ) -> None:
        """Text beside the table, or one text alone: it runs over the blank cells to its right."""
        look = self._look
        room = self._padded(rect)
        if line.kind is LineKind.BLANK:
            if line.last > line.number:
                self._flow(painter, room, 0, tr("blank rows"), look.fonts.small, "muted")
            return
        first = self._start(index)
        if first is None:
            return
        text = self._model.shown(index.row(), first)
        if line.skipped is None:
            self._flow(painter, room, first, text, look.fonts.text, "muted")
            return
        self._flow(painter, room, first, text, look.fonts.text_medium, "muted")
        width = look.metrics.text_medium.horizontalAdvance(text) + look.px(12)
        reason = tr("{reason}, skipped", reason=tr(line.skipped.reason.label))
        self._flow(painter, room, first, reason, look.fonts.small, "muted", round(width))

    def _start(self, index: Index) -> int | None:
        """The nearest filled cell at or before this one; its text may reach until here."""
        for column in range(index.column(), -1, -1):
            if self._model.shown(index.row(), column):
                return column
        return None

    def _flow(  # noqa: PLR0913, PLR0917 -- what, where, how
        self,
        painter: QPainter,
        room: QRect,
        start: int,
        text: str,
        font: QFont,
        ink: str,
        further: int = 0,
    ) -> None:
        """Draw the part of a text, begun in the column `start`, that lies in this cell."""
        view = self.parent()
        assert isinstance(view, QTableView)
        left = view.columnViewportPosition(start) + self._look.px(_PAD) + further
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        painter.drawText(QRect(left, room.top(), _ENDLESS, room.height()), _LEFT, text)

    def _write(  # noqa: PLR0913, PLR0917 -- what, where, how
        self, painter: QPainter, room: QRect, text: str, font: QFont, ink: str, side: int
    ) -> None:
        if not text:
            return
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        metrics = self._metrics(font)
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(QRectF(room), side, short)

    def _metrics(self, font: QFont) -> QFontMetricsF:
        fonts, metrics = self._look.fonts, self._look.metrics
        if font is fonts.small:
            return metrics.small
        return metrics.text_strong if font is fonts.text_strong else metrics.text

    def _side(self, index: Index) -> int:
        return _RIGHT if self._model.is_number(index.row(), index.column()) else _LEFT

    def _padded(self, rect: QRect) -> QRect:
        pad = self._look.px(_PAD)
        return rect.adjusted(pad, 0, -pad, -1)

    def _halves(self, rect: QRect) -> tuple[QRect, QRect]:
        room = self._padded(rect)
        line = self._look.measures.line
        top = rect.top() + self._look.px(_TOP) - 1
        upper = QRect(room.left(), top, room.width(), line)
        lower = QRect(room.left(), top + line, room.width(), rect.bottom() - 1 - top - line)
        return upper, lower
