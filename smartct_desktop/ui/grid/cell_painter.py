"""Draws the rows of a table of records straight from memory, without asking the model's `data`.

Qt asks a delegate cell by cell, with an option object for each; drawing all that is in view in one
go takes a third of that time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from smartct_desktop.domain.fields import Choice, Value
from smartct_desktop.domain.query import Path
from smartct_desktop.ui.grid.columns import AnyColumn, Column, Gathered, country_beside, is_number
from smartct_desktop.ui.grid.fetched import STATUS
from smartct_desktop.ui.grid.group_painter import GroupPainter
from smartct_desktop.ui.grid.header import PAD
from smartct_desktop.ui.grid.marks import ROOM, SIGN, paint_corner, paint_mark
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.rows import Line
from smartct_desktop.ui.grid.status import is_state, shade_of
from smartct_desktop.ui.grid.strips import Strip, Stripe
from smartct_desktop.ui.pill import paint_pill
from smartct_desktop.ui.theme.look import Look

_CODE, _CODE_FROM_RIGHT = 25, 19  # room for a country code behind a name, and where it begins
_METER, _METER_HIGH = 110, 8
_NOTHING = "–"  # stands where a number would
_ROOMY = 130  # a column as wide as this gives up some room for a sign
_KEPT = 8000  # elided texts


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


class CellPainter:
    """Grounds, hair lines and contents; `plan` is called when columns or the look have changed."""

    def __init__(self, look: Look, model: RecordModel) -> None:
        self._look = look
        self._model = model
        self._plans: tuple[_Plan, ...] = ()
        self._groups = GroupPainter(look, model)
        self._short: dict[tuple[str, int], tuple[str, float]] = {}
        self._pad = self._code_room = self._mark_room = self._roomy = 0
        self._metrics: QFontMetricsF = look.metrics.text
        self.plan()

    def plan(self) -> None:
        """Work out the columns and measures again."""
        look = self._look
        self._plans = tuple(_planned(column) for column in self._model.columns)
        self._short.clear()
        self._pad = look.px(PAD)
        self._code_room = look.px(_CODE)
        self._mark_room = look.px(ROOM)
        self._roomy = look.px(_ROOMY)
        self._metrics = look.metrics.text

    def paint(  # noqa: PLR0913 (what, where, how)
        self,
        painter: QPainter,
        stripes: Sequence[Stripe],
        strips: Sequence[Strip],
        *,
        active: bool,
        beside: Sequence[Strip] = (),
        words: bool = True,
    ) -> None:
        """Draw these rows as far as these columns go; `active` says whether the window is.

        `beside` are the columns that scroll while those drawn stay; those drawn without `words`
        leave out what the headings of groups are called.
        """
        if not strips:
            return
        left = strips[0].left
        width = strips[-1].left + strips[-1].width - left
        colour = self._look.colour
        select = colour("select" if active else "select-idle")
        hover, hairline = colour("hover"), colour("hairline")
        for stripe in stripes:
            chosen = [strip for strip in strips if strip.place in stripe.chosen]
            others = [strip for strip in strips if strip.place not in stripe.chosen]
            if others and stripe.hovered:
                painter.fillRect(left, stripe.top, width, stripe.height, hover)
            if not others:
                painter.fillRect(left, stripe.top, width, stripe.height, select)
            else:
                for strip in chosen:
                    painter.fillRect(strip.left, stripe.top, strip.width, stripe.height, select)
            bottom = stripe.top + stripe.height - 1
            painter.fillRect(left, bottom, width, 1, hairline)
            line = self._model.line(stripe.row)
            if line is None:
                self._groups.paint(painter, stripe, strips, beside=beside, words=words)
            elif line.texts is not None:
                if others:
                    self._paint_line(painter, line, stripe, others, selected=False)
                if chosen:
                    self._paint_line(painter, line, stripe, chosen, selected=True)

    def _paint_line(
        self,
        painter: QPainter,
        line: Line,
        stripe: Stripe,
        strips: Sequence[Strip],
        *,
        selected: bool,
    ) -> None:
        texts = line.texts or []
        ink = self._ink(line, selected=selected)
        font = self._look.fonts.text
        painter.setFont(font)
        painter.setPen(ink)
        room = stripe.height - 1
        metrics = self._metrics
        base = stripe.top + (room - metrics.height()) / 2 + metrics.ascent()
        pad, plans, short = self._pad, self._plans, self._short
        special: list[Strip] = []
        for strip in strips:
            plan = plans[strip.place]
            how = plan.how
            if how is _How.PILL or how is _How.METER:
                special.append(strip)
                continue
            text = texts[strip.place]
            wide = strip.width - 2 * pad
            if strip.place in line.marks and how is _How.TEXT and strip.width >= self._roomy:
                wide -= self._mark_room
            if how is _How.NUMBER:
                text = text or _NOTHING
            elif plan.country is not None:
                special.append(strip)
                wide -= self._code_room
            if not text or wide <= 0:
                continue
            known = short.get((text, wide)) or self._shorten(text, wide)
            x = strip.left + pad
            if how is _How.NUMBER:
                x += round(wide - known[1])
            painter.drawText(x, round(base), known[0])
        for strip in special:
            text = texts[strip.place]
            self._paint_special(painter, line, text, stripe, strip, selected=selected)
        if line.marks:
            self._paint_marks(painter, line, stripe, strips, selected=selected)

    def _paint_marks(
        self,
        painter: QPainter,
        line: Line,
        stripe: Stripe,
        strips: Sequence[Strip],
        *,
        selected: bool,
    ) -> None:
        """Signs before numbers and behind texts; a corner where a sign would hide the value."""
        middle = stripe.top + (stripe.height - 1) / 2
        for strip in strips:
            findings = line.marks.get(strip.place)
            if findings is None:
                continue
            plan = self._plans[strip.place]
            right = strip.left + strip.width
            text = (line.texts or [])[strip.place]
            free = strip.width - 2 * self._pad - self._metrics.horizontalAdvance(text)
            if free < self._mark_room and strip.width < self._roomy:
                paint_corner(painter, self._look, right, stripe.top, findings)
                continue
            left = strip.left + self._pad
            if plan.how is not _How.NUMBER:
                left = right - self._pad - self._look.px(SIGN)
                left -= self._code_room if plan.country is not None else 0
            paint_mark(painter, self._look, left, middle, findings, selected=selected)

    def _ink(self, line: Line, *, selected: bool) -> QColor:
        status = shade_of(self._model.beside(line, STATUS))
        token = "muted" if status is not None and status.quiet else "text"
        return self._look.on_select(token) if selected else self._look.colour(token)

    def _shorten(self, text: str, wide: int) -> tuple[str, float]:
        if len(self._short) > _KEPT:
            self._short.clear()
        metrics = self._metrics
        short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
        known = (short, metrics.horizontalAdvance(short))
        self._short[text, wide] = known
        return known

    def _paint_special(  # noqa: PLR0913 (what, where, how)
        self,
        painter: QPainter,
        line: Line,
        text: str,
        stripe: Stripe,
        strip: Strip,
        *,
        selected: bool,
    ) -> None:
        """What is more than a text: a code beside it, a pill, a bar."""
        plan = self._plans[strip.place]
        rect = QRect(
            strip.left + self._pad, stripe.top, strip.width - 2 * self._pad, stripe.height - 1
        )
        value = self._model.value(line, self._model.columns[strip.place])
        match plan.how:
            case _How.PILL:
                self._paint_pill(painter, rect, value, text, selected=selected)
            case _How.METER:
                self._paint_meter(painter, rect, value, text, selected=selected)
            case _:
                code = self._model.beside(line, plan.country)
                if code is not None:
                    rect.setLeft(rect.right() - self._look.px(_CODE_FROM_RIGHT))
                    tiny = self._look.fonts.tiny
                    self._write_small(painter, rect, str(code), tiny, selected=selected)

    def _write_small(
        self, painter: QPainter, room: QRect, text: str, font: QFont, *, selected: bool
    ) -> None:
        look = self._look
        painter.setFont(font)
        painter.setPen(look.on_select("muted") if selected else look.colour("muted"))
        painter.drawText(room, _MIDDLE, text)

    def _paint_pill(
        self, painter: QPainter, rect: QRect, value: Value, text: str, *, selected: bool
    ) -> None:
        shade = shade_of(value)
        if shade is None:
            return
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        left = rect.left() - (self._look.px(6) if shade.at_rest else 0)
        middle = rect.top() + rect.height() / 2
        rest = shade.at_rest
        look, tone = self._look, shade.tone
        paint_pill(painter, left, middle, text, tone, look, at_rest=rest, selected=selected)
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
        rect.setLeft(round(bar.right()) + look.px(6))
        self._write_small(painter, rect, text, look.fonts.small, selected=selected)


_MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _planned(column: AnyColumn) -> _Plan:
    if isinstance(column, Gathered) and column.meter:
        return _Plan(_How.METER, None)
    if is_number(column.type):
        return _Plan(_How.NUMBER, None)
    if isinstance(column.type, Choice) and is_state(column.type.options):
        return _Plan(_How.PILL, None)
    country = country_beside(column) if isinstance(column, Column) else None
    return _Plan(_How.TEXT, country)
