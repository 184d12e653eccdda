"""Draws the lines of the facets."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smartct_desktop.ui.facets.lines import FacetLine, FacetLines, LineKind
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.tick_box import paint_tick_box

_SIDE = 12
_GAP = 8
_SIGN = 14
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class FacetPainter(QStyledItemDelegate):
    """A heading with its chevron, a value with its tick box and count, or “3 more…”."""

    def __init__(self, look: Look, lines: FacetLines, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        measures = self._look.measures
        heading = self._lines.line(index.row()).kind is LineKind.HEADING
        return QSize(0, measures.facet_heading if heading else measures.facet_row)

    def is_box(self, rect: QRect, at: QPoint) -> bool:
        """Whether a point lies on the tick box of a line, or before it."""
        return (
            at.x() < rect.left() + self._look.px(_SIDE) + self._look.measures.tick_box + _GAP // 2
        )

    def is_clear(self, rect: QRect, at: QPoint) -> bool:
        """Whether a point lies on the word at the right of a heading."""
        return at.x() > rect.right() - self._look.px(_SIDE) - self._clear_width() - _GAP

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._lines.line(index.row())
        rect = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._look.colour("hover"))
        side = self._look.px(_SIDE)
        room = rect.adjusted(side, 0, -side, 0)
        if line.kind is LineKind.HEADING:
            self._paint_heading(painter, room, line)
        else:
            self._paint_value(painter, room, line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._look.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(1, 0, -2, -1))
            painter.drawRect(option.rect.adjusted(2, 1, -3, -2))
        painter.restore()

    def _paint_heading(self, painter: QPainter, room: QRectF, line: FacetLine) -> None:
        look, middle = self._look, room.center().y()
        sign = "chevron-down" if line.open else "chevron-right"
        look.icons.paint(painter, room.left() - 1, middle, sign, "muted", _SIGN)
        words = room.adjusted(look.px(_SIGN) + look.px(4), 0, 0, 0)
        if line.on:
            painter.setFont(look.fonts.small_medium)
            painter.setPen(look.colour("accent"))
            painter.drawText(words, _RIGHT, tr("Clear"))
            words.setRight(words.right() - self._clear_width() - look.px(_GAP))
        painter.setFont(look.fonts.small_strong)
        painter.setPen(look.colour("text"))
        short = look.metrics.small_strong.elidedText(
            line.text, Qt.TextElideMode.ElideRight, words.width() + 1
        )
        painter.drawText(words, _LEFT, short)

    def _paint_value(self, painter: QPainter, room: QRectF, line: FacetLine) -> None:
        look = self._look
        size = look.measures.tick_box
        faint = not line.records and not line.on
        words = room.adjusted(size + look.px(_GAP), 0, 0, 0)
        if line.kind is LineKind.VALUE:
            paint_tick_box(painter, room.left(), room.center().y(), look, on=line.on)
        if line.sign and not faint:
            ink = "error" if line.sign == "circle-alert" else "warning"
            look.icons.paint(painter, words.left(), room.center().y(), line.sign, ink, _SIGN)
            words.setLeft(words.left() + look.px(_SIGN + 6))
        count = grouped(line.records) if line.records is not None else ""
        painter.setFont(look.fonts.small)
        painter.setPen(look.colour("faint" if faint or line.stale else "muted"))
        painter.drawText(room, _RIGHT, count)
        wide = look.metrics.small.horizontalAdvance(count) + look.px(_GAP)
        words.setRight(words.right() - wide)
        token = "muted" if line.kind is LineKind.MORE else "text"
        painter.setFont(look.fonts.text)
        painter.setPen(look.colour("faint" if faint else token))
        short = look.metrics.text.elidedText(
            line.text, Qt.TextElideMode.ElideRight, words.width() + 1
        )
        painter.drawText(words, _LEFT, short)

    def _clear_width(self) -> float:
        return float(self._look.metrics.small_medium.horizontalAdvance(tr("Clear")))


def grouped(count: int) -> str:
    """A number with thin spaces between thousands, from ten thousand on."""
    return f"{count:,}".replace(",", "\u202f") if count >= 10_000 else str(count)
