"""Draws the cells of a table of records straight from its rows in memory."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from smartct_desktop.domain.fields import Choice, Value
from smartct_desktop.domain.query import Path
from smartct_desktop.ui.grid.columns import AnyColumn, Column, Gathered, country_beside, is_number
from smartct_desktop.ui.grid.header import PAD
from smartct_desktop.ui.grid.model import STATUS, RecordModel
from smartct_desktop.ui.grid.rows import Line
from smartct_desktop.ui.grid.status import Shade, is_state, shade_of
from smartct_desktop.ui.pill import paint_pill
from smartct_desktop.ui.theme.look import Look

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CODE = 25  # room for the country code behind a name
_METER, _METER_HIGH = 110, 8
_NOTHING = "–"  # stands where a number would
_KEPT = 4000  # elided texts


class _How(Enum):
    TEXT = auto()
    NUMBER = auto()
    PILL = auto()
    METER = auto()


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one column is drawn, worked out once."""

    how: _How
    country: Path | None


@dataclass(frozen=True, slots=True)
class CellState:
    """What the view knows of a cell: whether it is selected, hovered, current and so on."""

    selected: bool
    active: bool
    hovered: bool
    current: bool


class CellPainter:
    """Ground, hair line, content and ring of one cell; never asks the model's `data`."""

    def __init__(self, look: Look, model: RecordModel) -> None:
        self._look = look
        self._model = model
        self._plans: tuple[_Plan, ...] = ()
        self._elided: dict[tuple[str, int], str] = {}
        self.plan()

    def plan(self) -> None:
        """Work out the columns again, after they or the look have changed."""
        self._plans = tuple(_planned(column) for column in self._model.columns)
        self._elided.clear()

    def paint(self, painter: QPainter, rect: QRect, at: tuple[int, int], state: CellState) -> None:
        """Draw the cell at (row, column)."""
        look = self._look
        line = self._model.line(at[0])
        self._paint_ground(painter, rect, state)
        if line is not None and line.texts is not None:
            status = shade_of(self._model.beside(line, STATUS))
            muted = status is not None and status.quiet
            ink = "muted" if muted else "text"
            painter.setPen(look.on_select(ink) if state.selected else look.colour(ink))
            self._paint_content(painter, rect, line, at[1], state)
        if state.current:
            painter.setPen(look.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
            painter.drawRect(rect.adjusted(1, 1, -2, -3))

    def _paint_ground(self, painter: QPainter, rect: QRect, state: CellState) -> None:
        colour = self._look.colour
        if state.selected:
            painter.fillRect(rect, colour("select" if state.active else "select-idle"))
        elif state.hovered:
            painter.fillRect(rect, colour("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("hairline"))

    def _paint_content(
        self, painter: QPainter, rect: QRect, line: Line, column: int, state: CellState
    ) -> None:
        assert line.texts is not None
        text = line.texts[column]
        plan = self._plans[column]
        pad = self._look.px(PAD)
        inner = rect.adjusted(pad, 0, -pad, -1)
        value = self._model.value(line, self._model.columns[column])
        match plan.how:
            case _How.NUMBER:
                self._write(painter, inner, text or _NOTHING, _RIGHT)
            case _How.PILL:
                shade = shade_of(value)
                if shade is not None:
                    self._paint_pill(painter, inner, text, shade, selected=state.selected)
            case _How.METER:
                self._paint_meter(painter, inner, value, text, selected=state.selected)
            case _How.TEXT:
                if plan.country is not None:
                    code = self._model.beside(line, plan.country)
                    self._write_code(painter, inner, code, selected=state.selected)
                    inner = inner.adjusted(0, 0, -self._look.px(_CODE), 0)
                self._write(painter, inner, text, _LEFT)

    def _write(self, painter: QPainter, rect: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        if text:
            painter.setFont(self._look.fonts.text)
            painter.drawText(rect, int(side), self._short(text, rect.width()))

    def _short(self, text: str, width: int) -> str:
        key = (text, width)
        short = self._elided.get(key)
        if short is None:
            if len(self._elided) > _KEPT:
                self._elided.clear()
            metrics = self._look.metrics.text
            short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._elided[key] = short
        return short

    def _write_code(self, painter: QPainter, rect: QRect, code: Value, *, selected: bool) -> None:
        if code is None:
            return
        look = self._look
        pen = painter.pen()
        painter.setPen(look.on_select("muted") if selected else look.colour("muted"))
        painter.setFont(look.fonts.tiny)
        room = QRect(rect.right() - look.px(19), rect.top(), look.px(20), rect.height())
        painter.drawText(room, int(_LEFT), str(code))
        painter.setPen(pen)

    def _paint_pill(
        self, painter: QPainter, rect: QRect, text: str, shade: Shade, *, selected: bool
    ) -> None:
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        middle = rect.top() + rect.height() / 2
        left = rect.left() - (self._look.px(6) if shade.at_rest else 0)
        paint_pill(
            painter,
            left,
            middle,
            text,
            shade.tone,
            self._look,
            at_rest=shade.at_rest,
            selected=selected,
        )
        painter.restore()

    def _paint_meter(
        self, painter: QPainter, rect: QRect, value: Value, text: str, *, selected: bool
    ) -> None:
        if not isinstance(value, int):
            return
        look = self._look
        high = look.px(_METER_HIGH)
        bar = QRectF(rect.left(), 0, min(look.px(_METER), rect.width() - look.px(48)), high)
        bar.moveTop(rect.top() + (rect.height() - high) / 2)
        painter.fillRect(bar, look.colour("chart-rest"))
        share = QRectF(bar.left(), bar.top(), bar.width() * min(value, 100) / 100, high)
        painter.fillRect(share, look.colour("c1"))
        painter.setPen(look.on_select("muted") if selected else look.colour("muted"))
        painter.setFont(look.fonts.small)
        start = QPoint(round(bar.right()) + look.px(6), rect.top())
        painter.drawText(QRect(start, rect.bottomRight()), int(_LEFT), text)


def _planned(column: AnyColumn) -> _Plan:
    if isinstance(column, Gathered) and column.meter:
        return _Plan(_How.METER, None)
    if is_number(column.type):
        return _Plan(_How.NUMBER, None)
    if isinstance(column.type, Choice) and is_state(column.type.options):
        return _Plan(_How.PILL, None)
    country = country_beside(column) if isinstance(column, Column) else None
    return _Plan(_How.TEXT, country)
