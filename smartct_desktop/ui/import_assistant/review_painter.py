"""Draws the lines of the review: pills, who visits whom, differences, findings."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smartct_desktop.ui.difference import RIGHT, paint_difference, write_from, write_in
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.review_lines import Difference, Words
from smartct_desktop.ui.import_assistant.review_model import (
    DRAWER,
    RECORD,
    ROW,
    WHAT,
    WILL,
    ReviewModel,
)
from smartct_desktop.ui.import_assistant.review_rows import ReviewRow
from smartct_desktop.ui.import_assistant.words import OUTCOMES, word_of
from smartct_desktop.ui.pill import paint_pill
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_PAD = 8
_SIGN = 14
_CHEVRON = 14


class ReviewCells(QStyledItemDelegate):
    """Paints straight from the model's rows."""

    def __init__(self, look: Look, model: ReviewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, self._look.measures.review_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, column = index.row(), index.column()
        row = self._model.row_at(line)
        rect = QRectF(option.rect)
        opened = row.place == self._model.opened
        selected = row.place == self._model.current
        painter.save()
        painter.setClipRect(option.rect)
        if self._model.part_at(line) == DRAWER:
            painter.fillRect(rect, self._look.colour("soft"))
            painter.restore()
            return
        active = bool(option.state & QStyle.StateFlag.State_Active)
        if opened or selected:
            painter.fillRect(rect, self._look.colour("select" if active else "select-idle"))
        if self._model.is_last(line):
            edge = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
            painter.fillRect(edge, self._look.colour("hairline"))
        room = rect.adjusted(self._look.px(_PAD), 0, -self._look.px(_PAD), -1)
        self._content(painter, room, row, line, column, selected=selected or opened)
        if option.state & QStyle.StateFlag.State_HasFocus:
            box = rect.toRect()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._look.colour("focus"))
            painter.drawRect(box.adjusted(0, 0, -1, -2))
            painter.drawRect(box.adjusted(1, 1, -2, -3))
        painter.restore()

    def _content(  # noqa: PLR0913 -- what, where, how
        self,
        painter: QPainter,
        room: QRectF,
        row: ReviewRow,
        line: int,
        column: int,
        *,
        selected: bool,
    ) -> None:
        look = self._look
        first = self._model.part_at(line) == 0
        if column == ROW and first:
            ink = look.on_select("muted") if selected else look.colour("muted")
            # The number matters more than the name of the sheet before it.
            number = look.metrics.text.elidedText(
                self._model.number(row), Qt.TextElideMode.ElideLeft, room.width() + 1
            )
            write_in(look, painter, room, number, look.fonts.text, ink, RIGHT)
        elif column == WILL and first:
            tone = OUTCOMES[row.action][1]
            paint_pill(painter, room.left(), room.center().y(), word_of(row.action), tone, look)
        elif column == RECORD and first:
            self._caption(painter, room, line, selected=selected)
        elif column == WHAT:
            if first and self._model.can_open(row):
                self._chevron(painter, room, row, selected=selected)
            wide = self._model.wide_tone(line)
            if wide is not None:
                left = room.right() - signs_width(look, self._model, line) + look.px(_PAD)
                token = "on-select" if selected and look.scheme.one_ink else wide.ink
                look.icons.paint(painter, left, room.center().y(), wide.sign, token, _SIGN)
            room.setRight(room.right() - signs_width(look, self._model, line))
            self._what(painter, room, line, selected=selected)

    def _chevron(self, painter: QPainter, room: QRectF, row: ReviewRow, *, selected: bool) -> None:
        look = self._look
        name = "chevron-down" if row.place == self._model.opened else "chevron-right"
        ink = "on-select" if selected and look.scheme.one_ink else "muted"
        left = room.right() - look.px(_CHEVRON)
        look.icons.paint(painter, left, room.center().y(), name, ink, _CHEVRON)

    def _caption(self, painter: QPainter, room: QRectF, line: int, *, selected: bool) -> None:
        """Names with their country codes, arrows between; all names get the room they need."""
        look = self._look
        pieces = self._model.caption(line)
        text, tiny = look.metrics.text, look.metrics.tiny
        codes = [tiny.horizontalAdvance(p.code) + look.px(5) if p.code else 0 for p in pieces]
        arrow = text.horizontalAdvance(" → ")
        left_over = room.width() - sum(codes) - arrow * (len(pieces) - 1)
        widths = _shared([text.horizontalAdvance(p.name) for p in pieces], left_over)
        x = room.left()
        for at, (piece, code, width) in enumerate(zip(pieces, codes, widths, strict=True)):
            ink = look.on_select("muted") if selected else look.colour("muted")
            if at:
                write_from(painter, x, room, " → ", look.fonts.text, ink)
                x += arrow
            name = text.elidedText(piece.name, Qt.TextElideMode.ElideRight, width + 1)
            quiet = self._model.row_at(line).row is None
            own = "muted" if quiet else "text"
            colour = look.on_select(own) if selected else look.colour(own)
            write_from(painter, x, room, name, look.fonts.text, colour)
            x += width
            if piece.code:
                write_from(painter, x + look.px(4), room, piece.code, look.fonts.tiny, ink)
                x += code

    def _what(self, painter: QPainter, room: QRectF, line: int, *, selected: bool) -> None:
        part = self._model.part(line)
        look = self._look
        match part:
            case Difference():
                self._difference(painter, room, part, selected=selected)
            case Words(text, ink, tone):
                if tone is not None:
                    token = "on-select" if selected and look.scheme.one_ink else tone.ink
                    middle = room.center().y()
                    look.icons.paint(painter, room.left(), middle, tone.sign, token, _SIGN)
                    room = room.adjusted(look.px(_SIGN + 7), 0, 0, 0)
                colour = look.on_select(ink) if selected else look.colour(ink)
                write_in(look, painter, room, text, look.fonts.text, colour)
            case None:
                pass

    def _difference(
        self, painter: QPainter, room: QRectF, part: Difference, *, selected: bool
    ) -> None:
        """The field, the old value struck through, an arrow, the new one on its ground."""
        look = self._look
        metrics = look.metrics.text
        muted = look.on_select("muted") if selected else look.colour("muted")
        if part.keep is not None:
            self._switch(painter, room, mine=part.kept)
            room = room.adjusted(0, 0, -switch_width(look) - look.px(10), 0)
        if part.kept:
            x = room.left()
            x += write_from(painter, x, room, part.field, look.fonts.text, muted) + look.px(8)
            most = max((room.right() - x) / 2 - look.px(24), look.px(40))
            stays = metrics.elidedText(part.old or tr("empty"), Qt.TextElideMode.ElideRight, most)
            ink = look.on_select("text") if selected else look.colour("text")
            x += write_from(painter, x, room, stays, look.fonts.text_medium, ink) + look.px(7)
            theirs = tr("stays, instead of their {new}", new=part.new or tr("empty"))
            rest = QRectF(x, room.top(), room.right() - x, room.height())
            write_in(look, painter, rest, theirs, look.fonts.small, muted)
            return
        paint_difference(look, painter, room, part.field, part.old, part.new, selected=selected)

    def _switch(self, painter: QPainter, room: QRectF, *, mine: bool) -> None:
        """“theirs | mine”, the half that holds in the accent."""
        look = self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = look.measures.pill
        width = switch_width(look)
        box = QRectF(room.right() - width, room.center().y() - height / 2, width, height)
        box = box.adjusted(0.5, 0.5, -0.5, -0.5)
        half = box.width() / 2
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("base"))
        painter.drawRoundedRect(box, 4, 4)
        chosen = box.adjusted(half, 0, 0, 0) if mine else box.adjusted(0, 0, -half, 0)
        painter.setBrush(look.colour("soft"))
        painter.setPen(QPen(look.colour("accent"), 1))
        painter.drawRoundedRect(chosen, 4, 4)
        for at, (word, on) in enumerate(((tr("theirs"), not mine), (tr("mine"), mine))):
            part = QRectF(box.left() + at * half, box.top(), half, box.height())
            painter.setFont(look.fonts.small_strong if on else look.fonts.small)
            painter.setPen(look.colour("accent" if on else "muted"))
            painter.drawText(part, Qt.AlignmentFlag.AlignCenter, word)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def signs_width(look: Look, model: ReviewModel, line: int) -> int:
    """How much room the signs at the right end of a line take."""
    width = look.px(_SIGN + _PAD) if model.wide_tone(line) is not None else 0
    if model.part_at(line) == 0 and model.can_open(model.row_at(line)):
        width += look.px(_CHEVRON + _PAD)
    return width


def switch_width(look: Look) -> int:
    """How wide “theirs | mine” is; it stands at the right end of a difference."""
    metrics = look.metrics.small_strong
    half = max(metrics.horizontalAdvance(tr("theirs")), metrics.horizontalAdvance(tr("mine")))
    return round(2 * (half + look.px(14)))


def _shared(wanted: list[float], room: float) -> list[float]:
    """Give each what it wants, or cut the longest ones down to what is left."""
    widths = list(wanted)
    open_ = sorted(range(len(widths)), key=lambda at: widths[at])
    left = max(room, 0.0)
    for place, at in enumerate(open_):
        fair = left / (len(open_) - place)
        widths[at] = min(widths[at], fair)
        left -= widths[at]
    return widths
