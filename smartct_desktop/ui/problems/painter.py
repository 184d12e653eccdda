"""Draws the lines of the Problems tab."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smartct_desktop.domain.reading import RecordFinding
from smartct_desktop.ui.pill import paint_pill, pill_width
from smartct_desktop.ui.problems.lines import Group, ProblemModel, caption
from smartct_desktop.ui.problems.words import TONES, severity_word
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_PAD = 12
_SIGN = 14
_UNDER_HEADING = 34
_NUMBER, _PARTIES = 110, 270
_CAPTION = _NUMBER + 16 + _PARTIES  # so that what is said begins at one place
_GAP = 16


class ProblemLines(QStyledItemDelegate):
    """Headings with sign, title, code and count; records with what is said of them."""

    def __init__(self, look: Look, model: ProblemModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, self._look.measures.control_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._model.line(index.row())
        look, rect = self._look, option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = "header" if isinstance(line, Group) else ""
        if selected:
            ground = "select" if state & QStyle.StateFlag.State_Active else "select-idle"
        if ground:
            painter.fillRect(rect, look.colour(ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("hairline"))
        inner = rect.adjusted(look.px(_PAD), 0, -look.px(_PAD), -1)
        if isinstance(line, Group):
            self._paint_heading(painter, inner, line, selected=selected)
        elif line is not None:
            self._paint_finding(painter, inner, line, selected=selected)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look.colour("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))

    def _paint_heading(
        self, painter: QPainter, rect: QRect, group: Group, *, selected: bool
    ) -> None:
        look = self._look
        middle = rect.center().y() + 0.5
        chevron = "chevron-right" if self._model.is_folded(group) else "chevron-down"
        look.icons.paint(painter, rect.left() - look.px(4), middle, chevron, "muted", _SIGN)
        tone = TONES[group.severity]
        look.icons.paint(painter, rect.left() + look.px(16), middle, tone.sign, tone.ink, _SIGN)
        room = rect.adjusted(look.px(38), 0, 0, 0)
        room = self._write_right(
            painter, room, str(group.findings), look.fonts.text_strong, "text", selected=selected
        )
        title = group.name
        wide = self._write(painter, room, title, look.fonts.text_strong, "text", selected=selected)
        room.setLeft(room.left() + wide + look.px(8))
        self._write(painter, room, group.code, look.fonts.small, "muted", selected=selected)

    def _paint_finding(
        self, painter: QPainter, rect: QRect, line: RecordFinding, *, selected: bool
    ) -> None:
        look, finding = self._look, line.finding
        room = QRect(rect)
        if self._model.flat:
            word, tone = severity_word(finding.severity), TONES[finding.severity]
            room.setLeft(room.left() + look.px(96))
            left = rect.left() + look.px(88) - pill_width(word, look)
            paint_pill(painter, left, rect.center().y() + 0.5, word, tone, look)
            room = self._write_right(
                painter, room, finding.code, look.fonts.small, "muted", selected=selected
            )
        else:
            room.setLeft(room.left() + look.px(_UNDER_HEADING) - look.px(_PAD) + look.px(16))
        named = QRect(room)
        wide = _NUMBER if line.kind == "exchange" else _CAPTION
        named.setWidth(min(look.px(wide), room.width() // 2))
        self._write(painter, named, caption(line), look.fonts.text, "text", selected=selected)
        room.setLeft(named.right() + look.px(_GAP))
        parties = self._model.parties(line)
        if parties:
            named = QRect(room)
            named.setWidth(min(look.px(_PARTIES), room.width() // 2))
            self._write(painter, named, parties, look.fonts.text, "text", selected=selected)
            room.setLeft(named.right() + look.px(_GAP))
        told = self._model.told(line)
        self._write(painter, room, told, look.fonts.text, "muted", selected=selected)

    def _write(  # noqa: PLR0913 (what, where, how)
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        font: QFont,
        token: str,
        *,
        selected: bool,
    ) -> int:
        """Write at the left, give how wide it became."""
        self._take(painter, font, token, selected=selected)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, rect.width()))
        painter.drawText(rect, int(left), short)
        return metrics.horizontalAdvance(short)

    def _write_right(  # noqa: PLR0913 (what, where, how)
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        font: QFont,
        token: str,
        *,
        selected: bool,
    ) -> QRect:
        """Write at the right, give the room that is left."""
        self._take(painter, font, token, selected=selected)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, int(right), text)
        wide = painter.fontMetrics().horizontalAdvance(text) + self._look.px(_GAP)
        return rect.adjusted(0, 0, -wide, 0)

    def _take(self, painter: QPainter, font: QFont, token: str, *, selected: bool) -> None:
        look = self._look
        painter.setFont(font)
        painter.setPen(look.on_select(token) if selected else look.colour(token))
