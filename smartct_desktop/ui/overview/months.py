"""Exchanges month by month: how many there are in all by then, against the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from smartct_desktop.domain.programme.pace import Pace
from smartct_desktop.domain.records.target import CountingRule
from smartct_desktop.services.breakdowns import Month
from smartct_desktop.services.overview import Overview
from smartct_desktop.ui.hatching import paint_hatched
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.overview.chart import Mark, MarkedChart
from smartct_desktop.ui.overview.wording import month_words, short_month
from smartct_desktop.ui.theme.look import Look

_INSIDE = (16, 10, 16, 10)
_TALL = 140
_AXIS = 34  # beside the bars, for the numbers of the grid lines
_BESIDE = 8  # between bars and numbers
_FOOT = 20  # beneath them, for the months
_LINES = 4


class MonthsChart(MarkedChart):
    """A bar for each month, as high as all that counts by then; hatched what is expected on top.

    A bar opens the exchanges of its own month. The sloping line is the even plan.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Exchanges month by month"), "exchange")
        self._months: Sequence[Month] = ()
        self._pace: Pace | None = None
        self._today = date.min
        self._counted: list[int] = []
        self._expected: list[int] = []

    def show_months(self, months: Sequence[Month], pace: Pace | None, today: date) -> None:
        """Show these months, which follow each other."""
        self._months, self._pace, self._today = months, pace, today
        self._counted = list(accumulate(len(month.counted) for month in months))
        self._expected = list(accumulate(len(month.expected) for month in months))
        self.renew()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(360), self._look.px(_TALL))

    def _place_marks(self) -> Sequence[Mark]:
        marks = []
        for place, month in enumerate(self._months):
            inside = tr(
                "{month}: {n} counted, {expected} expected; {all} counted by then",
                month=month_words(month.first),
                n=len(month.counted),
                expected=len(month.expected),
                all=self._counted[place],
            )
            field = self._field()
            wide = field.width() / len(self._months)
            box = QRectF(field.left() + place * wide, field.top(), wide, field.height())
            marks.append(Mark(box, inside, (*month.counted, *month.expected)))
        return marks

    def _paint(self, painter: QPainter) -> None:
        if not self._months:
            return
        self._paint_grid(painter)
        for place, mark in enumerate(self.marks):
            self._paint_bar(painter, place, mark.box)
        self._paint_plan(painter)
        self._paint_days(painter)

    # The frame.

    def _field(self) -> QRectF:
        look = self._look
        top = look.px(6)
        numbers = look.metrics.small.horizontalAdvance(str(self._highest))
        foot, axis = look.px(_FOOT), max(look.px(_AXIS), numbers + look.px(_BESIDE))
        return QRectF(0, top, max(1, self.width() - axis), max(1, self.height() - foot - top))

    @property
    def _highest(self) -> int:
        """The number at the top of the grid: a round one."""
        reached = self._counted[-1] + self._expected[-1] if self._counted else 0
        wanted = max(reached, self._pace.number if self._pace else 0, _LINES)
        step = _round_step(wanted)
        return ceil(wanted / step) * step

    def _y(self, number: float) -> float:
        field = self._field()
        return field.bottom() - number / self._highest * field.height()

    def _paint_grid(self, painter: QPainter) -> None:
        look, field = self._look, self._field()
        painter.setFont(look.fonts.small)
        step = _round_step(self._highest)
        for number in range(0, self._highest + 1, step):
            y = self._y(number)
            painter.setPen(QPen(look.colour("chart-grid" if number else "line"), 1))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            if number:
                self._write_at_axis(painter, y, str(number), "muted")
        target = self._pace.number if self._pace else 0
        if target:
            pen = QPen(look.colour("muted"), 1, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(
                QPointF(field.left(), self._y(target)), QPointF(field.right(), self._y(target))
            )

    def _write_at_axis(self, painter: QPainter, y: float, words: str, ink: str) -> None:
        field, high = self._field(), self._look.metrics.small.height()
        painter.setPen(self._look.colour(ink))
        box = QRectF(field.right() + 6, y - high / 2, self.width() - field.right() - 6, high)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_bar(self, painter: QPainter, place: int, slot: QRectF) -> None:
        look = self._look
        gap = min(2.0, slot.width() / 6)
        box = slot.adjusted(gap, 0, -gap, 0)
        month = self._months[place]
        now = self._today.replace(day=1)
        top = self._y(self._counted[place])
        bar = QRectF(box.left(), top, box.width(), self._y(0) - top)
        if month.first > now:
            painter.fillRect(bar, look.colour("heat2"))
        elif month.first == now or self._is_hovered(place):
            painter.fillRect(bar, look.colour("c1"))
        else:
            painter.fillRect(bar, look.translucent("c1", 0.8))
        if month.first >= now and self._expected[place]:
            above = self._y(self._counted[place] + self._expected[place])
            paint_hatched(painter, QRectF(box.left(), above, box.width(), top - above), look)
        if month.first == now:
            self._write_number(painter, bar, self._counted[place])

    def _write_number(self, painter: QPainter, bar: QRectF, number: int) -> None:
        """Write into a bar how high it is, or left of its top, where no bar is higher."""
        look = self._look
        high = look.metrics.small_strong.height()
        painter.setFont(look.fonts.small_strong)
        words = str(number)
        wide = look.metrics.small_strong.horizontalAdvance(words)
        inside = bar.height() > high + 6 and wide <= bar.width()
        painter.setPen(look.colour("on-accent" if inside else "text"))
        y = bar.top() + 3 if inside else bar.top() - high - 1
        middle = bar.center().x() if inside else bar.left() - wide / 2 - 2
        painter.drawText(
            QRectF(middle - wide, y, 2 * wide, high), Qt.AlignmentFlag.AlignCenter, words
        )

    def _paint_plan(self, painter: QPainter) -> None:
        pace = self._pace
        if pace is None:
            return
        look = self._look
        points = [self._point(pace.first, 0), self._point(pace.last, pace.number)]
        painter.setPen(QPen(look.colour("c2"), 1.6))
        painter.drawPolyline(points)
        painter.setFont(look.fonts.small_strong)
        painter.setPen(look.colour("text"))
        middle = points[0] + (points[1] - points[0]) / 3
        wide = look.metrics.small_strong.horizontalAdvance(tr("plan"))
        painter.drawText(QPointF(middle.x() - wide - 4, middle.y() - 4), tr("plan"))

    def _point(self, day: date, number: int) -> QPointF:
        """Where a day and a number are; a day beyond the bars is at their edge."""
        field = self._field()
        first = self._months[0].first
        after = self._months[-1].first + timedelta(days=31)
        share = (day - first).days / max(1, (after.replace(day=1) - first).days)
        x = field.left() + min(1.0, max(0.0, share)) * field.width()
        return QPointF(x, self._y(number))

    def _paint_days(self, painter: QPainter) -> None:
        """Name as many months as have room, January with its year."""
        look, field = self._look, self._field()
        painter.setFont(look.fonts.small)
        painter.setPen(look.colour("muted"))
        high = look.metrics.small.height()
        free = field.left()
        for mark, month in zip(self.marks, self._months, strict=True):
            if month.first.month % 3 != 1 and month is not self._months[0]:
                continue
            year = month.first.month == 1 or month is self._months[0]
            words = short_month(month.first, year=year)
            wide = look.metrics.small.horizontalAdvance(words)
            left = mark.box.left()
            if left >= free and left + wide <= self.width():
                painter.drawText(QPointF(left, field.bottom() + high), words)
                free = left + wide + 10


def _round_step(highest: int) -> int:
    """The distance of the grid lines: 1, 2 or 5 times a power of ten, four to eight of them."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if highest / (step * factor) <= _LINES + 1:
                return step * factor
        step *= 10


class MonthsCard(QFrame):
    """The chart with its one sentence."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_INSIDE)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(tr("Exchanges month by month"), face="strong"))
        self._sentence = label(tone="muted", wrap=True)
        head.addWidget(self._sentence, 1)
        column.addLayout(head)
        self.chart = MonthsChart(look)
        column.addWidget(self.chart, 1)
        self._empty = label(
            tr("Here the exchanges will stand, month by month, against the plan."), tone="muted"
        )
        column.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)

    def show_overview(self, shown: Overview) -> None:
        """Show the months of an overview."""
        exchanges = shown.figure(CountingRule.EXCH_VALIDATED_VOP)
        months = shown.months.months
        anything = bool(exchanges.value or exchanges.pipeline)
        self.chart.setVisible(anything)
        self._empty.setVisible(not anything)
        self.chart.show_months(months, shown.pace, shown.today)
        parts = [tr("{n} counted", n=exchanges.value)]
        if shown.pace is not None:
            parts.append(tr("{n} planned by now", n=shown.pace.by(shown.today)))
        sentence = ", ".join(parts) + "."
        if exchanges.pipeline:
            in_all = exchanges.value + exchanges.pipeline
            sentence += " " + tr(
                "With the {n} in the pipeline: {all}.", n=exchanges.pipeline, all=in_all
            )
        if shown.months.elsewhere:
            sentence += " " + tr("{n} without a day in these years.", n=len(shown.months.elsewhere))
        self._sentence.setText(sentence)
