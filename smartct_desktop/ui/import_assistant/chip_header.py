"""The head of a partner's sheet: each column's letter, and over it a chip with its field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from smartct_desktop.domain.book import column_name
from smartct_desktop.ui.import_assistant.column_state import ColumnState, state_of
from smartct_desktop.ui.import_assistant.sheet_model import SheetModel
from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.theme.look import Look

_BAND, _CHIP = 70, 58
_LETTERS = 20
_SIDE = 3
_PAD = 8
_RADIUS = 6
_ARROW = 13


class ChipHeader(QHeaderView):
    """`chip_chosen` is emitted with the column for a click, `field_asked` for one on the arrow."""

    chip_chosen = Signal(int)
    field_asked = Signal(int)

    def __init__(self, look: Look, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._sheet_model = model
        self._current = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(28)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMouseTracking(True)
        look.changed.connect(self._fit)

    def show_current(self, column: int) -> None:
        """Say which column is looked at."""
        if column != self._current:
            self._current = column
            self.viewport().update()

    def chip_rect(self, column: int) -> QRect:
        """Where the chip of a column lies, within the header."""
        left = self.sectionViewportPosition(column)
        top = (self._look.px(_BAND) - self._look.px(_CHIP)) // 2
        width = self.sectionSize(column) - 2 * _SIDE
        return QRect(left + _SIDE, top, width, self._look.px(_CHIP))

    def sizeHint(self) -> QSize:
        height = self._look.px(_BAND) + self._look.px(_LETTERS)
        return QSize(super().sizeHint().width(), height)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        column = self.logicalIndexAt(event.position().toPoint())
        if column < 0 or self.cursor().shape() == Qt.CursorShape.SplitHCursor:
            return
        on_arrow = self._arrow_rect(column).contains(event.position().toPoint())
        state = state_of(self._sheet_model, column)
        (self.field_asked if on_arrow and state.can_change else self.chip_chosen).emit(column)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            column = self.logicalIndexAt(event.pos())
            tip = state_of(self._sheet_model, column).tip if column >= 0 else ""
            QToolTip.showText(event.globalPos(), tool_tip(tip, self._look), self)
            return True
        return super().viewportEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look, colour = self._look, self._look.colour
        painter.save()
        painter.fillRect(rect, colour("window"))
        letters = QRect(rect.left(), rect.top() + look.px(_BAND), rect.width(), look.px(_LETTERS))
        painter.fillRect(letters, colour("header"))
        painter.fillRect(rect.left(), letters.top(), rect.width(), 1, colour("hairline"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("line"))
        painter.setFont(look.fonts.small)
        painter.setPen(colour("muted"))
        painter.drawText(letters, Qt.AlignmentFlag.AlignCenter, column_name(section))
        chip = QRect(self.chip_rect(section))
        chip.moveLeft(rect.left() + _SIDE)
        painter.setClipRect(rect)
        self._paint_chip(painter, chip, state_of(self._sheet_model, section), section)
        painter.restore()

    def _paint_chip(self, painter: QPainter, chip: QRect, state: ColumnState, section: int) -> None:
        look, colour = self._look, self._look.colour
        current = section == self._current
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state.taken or state.asked:
            painter.setPen(QPen(colour("accent" if current else "line"), 2 if current else 1))
            painter.setBrush(colour("waiting-soft" if state.asked else "base"))
            inset = 1.0 if current else 0.5
            box = QRectF(chip).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        elif current:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(chip).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        pad = look.px(_PAD)
        room = QRectF(chip).adjusted(pad, look.px(5), -pad, -look.px(5))
        arrow = self._has_arrow(chip, state)
        self._write_name(painter, room, state, arrow=arrow)
        painter.setFont(look.fonts.small)
        painter.setPen(colour(state.ink))
        line = round(look.metrics.small.height())
        below = QRectF(room.left(), room.bottom() - line, room.width(), line)
        if state.sign:
            size = 13
            look.icons.paint(painter, below.left(), below.center().y(), state.sign, state.ink, size)
            below.setLeft(below.left() + look.px(size + 4))
        words = look.metrics.small.elidedText(
            state.certainty, Qt.TextElideMode.ElideRight, below.width() + 1
        )
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), words)
        if arrow:
            middle = room.top() + look.metrics.text_medium.height() / 2
            look.icons.paint(
                painter, room.right() - look.px(_ARROW) + 2, middle, "chevron-down", "muted", _ARROW
            )

    def _write_name(
        self, painter: QPainter, room: QRectF, state: ColumnState, *, arrow: bool
    ) -> None:
        """The field in up to two lines; what is longer ends in an ellipsis."""
        look = self._look
        metrics = look.metrics.text_medium
        painter.setFont(look.fonts.text_medium)
        painter.setPen(look.colour("text" if state.taken else "muted"))
        width = room.width() - (look.px(_ARROW) if arrow else 0)
        layout = QTextLayout(state.name, look.fonts.text_medium)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(max(width, 1))
        layout.endLayout()
        end = first.textLength()
        lines = [state.name[:end].rstrip(), state.name[end:]]
        for at, text in enumerate(part for part in lines if part):
            short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)
            top = room.top() + at * metrics.height()
            painter.drawText(
                QRectF(room.left(), top, width + 2, metrics.height()),
                int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
                short,
            )

    def _has_arrow(self, chip: QRect, state: ColumnState) -> bool:
        return state.can_change and chip.width() >= self._look.px(64)

    def _arrow_rect(self, column: int) -> QRect:
        chip = self.chip_rect(column)
        if not self._has_arrow(chip, state_of(self._sheet_model, column)):
            return QRect()
        size = self._look.px(_ARROW + 2 * _PAD)
        return QRect(chip.topRight() - QPoint(size, 0), QSize(size, size))

    def _fit(self) -> None:
        self.updateGeometry()
        self.headerDataChanged(Qt.Orientation.Horizontal, 0, max(self.count() - 1, 0))


class RowNumbers(QHeaderView):
    """The numbers of the rows as in the file; heading rows have a bar at their left."""

    def __init__(self, look: Look, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._look = look
        self._sheet_model = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:
        lines = self._sheet_model.lines
        longest = str(lines[-1].last) if lines else ""
        if any(line.last > line.number for line in lines[:500]):
            longest += "–" + longest
        words = self._look.metrics.small.horizontalAdvance(longest)
        return QSize(max(self._look.px(40), round(words) + self._look.px(24)), 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look, colour = self._look, self._look.colour
        heading = self._sheet_model.is_heading(section)
        painter.save()
        painter.fillRect(rect, colour("soft" if heading else "header"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("hairline"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), colour("hairline"))
        if heading:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), colour("accent"))
        painter.setFont(look.fonts.small_strong if heading else look.fonts.small)
        painter.setPen(colour("accent" if heading else "muted"))
        number = self._sheet_model.headerData(section, Qt.Orientation.Vertical)
        room = rect.adjusted(0, 0, -look.px(8), 0)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(side), str(number))
        painter.restore()
