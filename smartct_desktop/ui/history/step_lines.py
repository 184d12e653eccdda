"""How the lines of the history are drawn: a step on two lines, a day over its steps."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from smartct_desktop.domain.changes import PastStep, StepState
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.history.steps import StepModel
from smartct_desktop.ui.history.words import clock, day_words, state_words, step_words, struck
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.qt import Index
from smartct_desktop.ui.theme.look import Look

_TIME = 60  # width of the column
_PAD = 8
_BETWEEN = 3  # the two lines of a step


class StepLines(QStyledItemDelegate):
    """Draws time and name, under it what became of the step, its records and who.

    What was undone is struck through. A day stands at the bottom of its line, so that there is
    room between two days.
    """

    def __init__(self, look: Look, model: StepModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        metrics = self._look.metrics
        text = metrics.text.height() + metrics.small.height()
        return QSize(0, round(text) + self._look.px(_BETWEEN + 14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._model.line(index.row())
        source = self._model.source
        look, rect = self._look, option.rect
        if source is None:
            return
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("hairline"))
        if isinstance(line, date):
            self._paint_day(painter, rect, day_words(line, source.today(), source.texts))
            return
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            active = bool(state & QStyle.StateFlag.State_Active)
            painter.fillRect(
                rect.adjusted(0, 0, 0, -1), look.colour("select" if active else "select-idle")
            )
        self._paint_step(painter, rect, line, source.texts, selected=selected)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.colour("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))

    def _paint_day(self, painter: QPainter, rect: QRect, words: str) -> None:
        look = self._look
        ground = rect.adjusted(0, 0, 0, -1)
        ground.setTop(rect.bottom() - look.measures.review_row)
        painter.fillRect(ground, look.colour("header"))
        painter.setFont(look.fonts.small_strong)
        painter.setPen(look.colour("text"))
        self._write(painter, ground.adjusted(look.px(_PAD), 0, 0, 0), words)

    def _paint_step(
        self, painter: QPainter, rect: QRect, step: PastStep, texts: Texts, *, selected: bool
    ) -> None:
        look = self._look
        muted = look.on_select("muted") if selected else look.colour("muted")
        ink = look.on_select("text") if selected else look.colour("text")
        inner = rect.adjusted(look.px(_PAD), 0, -look.px(_PAD), -1)
        high, low = round(look.metrics.text.height()), round(look.metrics.small.height())
        top = inner.top() + (inner.height() - high - low - look.px(_BETWEEN)) // 2
        when = QRect(inner.left(), top, look.px(_TIME), high)
        name = QRect(when.right(), top, inner.right() - when.right(), high)
        under = QRect(name.left(), top + high + look.px(_BETWEEN), name.width(), low)
        painter.setFont(look.fonts.text)
        painter.setPen(muted)
        self._write(painter, when, clock(step.at, texts))
        font = QFont(look.fonts.text)
        font.setStrikeOut(struck(step))
        painter.setFont(font)
        painter.setPen(muted if struck(step) else ink)
        self._write(painter, name, step_words(step))
        painter.setFont(look.fonts.small)
        painter.setPen(muted)
        self._write(painter, under, " · ".join(_about(step)))

    def _write(self, painter: QPainter, rect: QRect, text: str) -> None:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(left), short)


def _about(step: PastStep) -> list[str]:
    """What became of a step, how many records it touched, and whose it is."""
    records = tr("1 record") if step.records == 1 else tr("{n} records", n=step.records)
    if step.state is StepState.NOTED:
        records = ""
    return [part for part in (state_words(step), records, step.by) if part]
