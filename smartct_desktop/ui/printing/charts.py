"""Figures on paper: bars of targets, months against the plan, who went from where to where."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPolygonF

from smartct_desktop.domain.printout import Matrix, MonthBar, Months, TargetLine, Targets
from smartct_desktop.ui.hatching import paint_hatched
from smartct_desktop.ui.printing.flow import Flow
from smartct_desktop.ui.printing.wrapping import draw_lines, line_height, lines_of

_BAR = 9.0
_OVER = 3.0
_CHART = 150.0
_WIDEST_BAR = 34.0
_CORNER = 130.0
_CELL = 25.0
_HEAT = ("heat0", "heat1", "heat2", "heat3", "heat4", "heat5")


def draw_targets(flow: Flow, block: Targets) -> None:
    """Draw each indicator: its name and number, the bar, and how it stands."""
    flow.heading(block.title, block.note)
    for line in block.lines:
        _draw_target(flow, line)


def _draw_target(flow: Flow, line: TargetLine) -> None:
    told = lines_of(line.told, flow.small, flow.width)
    high = line_height(flow.figure) + len(told) * line_height(flow.small) + 12
    flow.need(high + (_BAR + 10 if line.target else 0))
    number = f"{line.value} / {line.target}" if line.target is not None else str(line.value)
    box = QRectF(flow.left, flow.y, flow.width, 0)
    ink = flow.look.colour("text")
    draw_lines(flow.painter, box, [number], flow.figure, ink, right=True)
    name = lines_of(line.name, flow.strong, flow.width * 0.7, 1)
    draw_lines(flow.painter, box.translated(0, 4), name, flow.strong, ink)
    flow.y += line_height(flow.figure) + 2
    if line.target:
        _draw_bar(flow, line, line.target)
    draw_lines(
        flow.painter,
        QRectF(flow.left, flow.y, flow.width, 0),
        told,
        flow.small,
        flow.look.colour("muted"),
    )
    flow.y += len(told) * line_height(flow.small) + 10


def _draw_bar(flow: Flow, line: TargetLine, target: int) -> None:
    painter, look = flow.painter, flow.look
    flow.y += _OVER
    box = QRectF(flow.left, flow.y, flow.width, _BAR)
    painter.fillRect(box, look.colour("chart-rest"))
    counted = min(1.0, line.value / target) * flow.width
    expected = min(flow.width - counted, line.expected / target * flow.width)
    if expected > 0:
        paint_hatched(painter, QRectF(flow.left + counted, flow.y, expected, _BAR), look)
    painter.fillRect(QRectF(flow.left, flow.y, counted, _BAR), look.colour("c1"))
    if line.planned is not None:
        x = flow.left + min(flow.width - 2, line.planned / target * flow.width)
        mark = QRectF(x, flow.y - _OVER, 2, _BAR + 2 * _OVER)
        painter.fillRect(mark, look.colour("text"))
    flow.y += _BAR + _OVER + 4


def draw_months(flow: Flow, block: Months) -> None:
    """Draw what was reached by the end of each month, and the plan as a line."""
    foot = 2 * line_height(flow.tiny) + 6
    drawn = any(bar.so_far or bar.expected for bar in block.bars)
    high = _CHART + foot + 20 if drawn else 0.0
    flow.need(flow.heading_height(block.title, block.note) + high)
    flow.heading(block.title, block.note)
    if drawn:
        flow.y += line_height(flow.tiny)
        _draw_chart(flow, block)
        flow.y += _CHART + foot
    told = block.besides if drawn or block.besides else block.nothing
    if told:
        flow.write(told, flow.small, "muted")


def _draw_chart(flow: Flow, block: Months) -> None:
    bars = _with_expected(block.bars)
    top = max((max(full, bar.planned or 0) for bar, full in bars), default=0) or 1
    step = flow.width / len(bars)
    wide = min(_WIDEST_BAR, step * 0.66)
    base, scale = flow.y + _CHART, _CHART / top
    every = max(
        1, -(-round(QFontMetricsF(flow.tiny).horizontalAdvance("00/0000") + 8) // int(step))
    )
    muted, ink = flow.look.colour("muted"), flow.look.colour("text")
    plan = QPolygonF()
    for place, (bar, full) in enumerate(bars):
        middle = flow.left + (place + 0.5) * step
        high = bar.so_far * scale
        if full > bar.so_far:
            more = (full - bar.so_far) * scale
            box = QRectF(middle - wide / 2, base - high - more, wide, more)
            paint_hatched(flow.painter, box, flow.look)
        flow.painter.fillRect(
            QRectF(middle - wide / 2, base - high, wide, high), flow.look.colour("c1")
        )
        if place % every == 0:
            wide_label = QFontMetricsF(flow.tiny).horizontalAdvance(bar.label)
            left = max(flow.left, min(middle - wide_label / 2, flow.left + flow.width - wide_label))
            label = QRectF(left, base + 4, wide_label, 0)
            draw_lines(flow.painter, label, [bar.label], flow.tiny, muted)
        told = place % every == 0 or place == len(bars) - 1
        if full and told:
            above = base - full * scale - line_height(flow.tiny) - 1
            box = QRectF(middle - step, above, 2 * step, 0)
            draw_lines(flow.painter, box, [str(full)], flow.tiny, ink, middle=True)
        if bar.planned is not None:
            plan.append(QPointF(middle, base - bar.planned * scale))
    flow.rule(base, "edge")
    if plan.size() > 1:
        flow.ink("c2", 1.75)
        flow.painter.drawPolyline(plan)
        end = plan.at(plan.size() - 1)
        word = QRectF(end.x() - 80, end.y() - line_height(flow.tiny) - 3, 76, 0)
        draw_lines(flow.painter, word, [block.plan], flow.tiny, ink, right=True)


def _with_expected(bars: tuple[MonthBar, ...]) -> list[tuple[MonthBar, int]]:
    """Give each bar with how much it is together with all that is expected up to then."""
    found: list[tuple[MonthBar, int]] = []
    expected = 0
    for bar in bars:
        expected += bar.expected
        found.append((bar, bar.so_far + expected))
    return found


def draw_matrix(flow: Flow, block: Matrix) -> None:
    """Draw the numbers on a ground that is the darker the more they are; sums are bold."""
    if not block.rows:
        return
    width = (flow.width - _CORNER) / len(block.headings)
    width = min(width, 90.0)
    metrics = QFontMetricsF(flow.tiny)
    widest = max(metrics.horizontalAdvance(heading) for heading in block.headings)
    upright = widest + 8 > width
    head = widest + 10 if upright else line_height(flow.tiny) + 8
    rows = len(block.rows)
    flow.need(flow.heading_height(block.title, block.note) + head + min(rows, 20) * _CELL)
    flow.heading(block.title, block.note)
    _draw_matrix_head(flow, block, width, head, upright=upright)
    cells = [row[1][:-1] for row in block.rows[:-1]]
    most = max((value for row in cells for value in row if value), default=1)
    for place, (name, values) in enumerate(block.rows):
        if flow.need(_CELL):
            _draw_matrix_head(flow, block, width, head, upright=upright)
        total = place == rows - 1
        _draw_matrix_row(flow, name, values, width, most if not total else 0)
    flow.y += 2


def _draw_matrix_head(
    flow: Flow, block: Matrix, width: float, head: float, *, upright: bool
) -> None:
    muted = flow.look.colour("muted")
    corner = QRectF(flow.left, flow.y + head - line_height(flow.tiny) - 3, _CORNER - 8, 0)
    draw_lines(flow.painter, corner, [block.corner], flow.tiny, muted)
    for place, heading in enumerate(block.headings):
        left = flow.left + _CORNER + place * width
        if upright:
            flow.painter.save()
            flow.painter.translate(left + width / 2 + line_height(flow.tiny) / 3, flow.y + head - 4)
            flow.painter.rotate(-90)
            box = QRectF(0, -line_height(flow.tiny) * 0.8, head, 0)
            draw_lines(flow.painter, box, [heading], flow.tiny, muted)
            flow.painter.restore()
        else:
            box = QRectF(left, flow.y + 3, width, 0)
            draw_lines(flow.painter, box, [heading], flow.tiny, muted, middle=True)
    flow.y += head


def _draw_matrix_row(
    flow: Flow, name: str, values: tuple[int | None, ...], width: float, most: int
) -> None:
    font = flow.small if most else flow.small_strong
    top = (_CELL - line_height(font)) / 2
    box = QRectF(flow.left, flow.y + top, _CORNER - 8, 0)
    draw_lines(flow.painter, box, lines_of(name, font, _CORNER - 8, 1), font, _ink(flow, 0))
    for place, value in enumerate(values):
        cell = QRectF(flow.left + _CORNER + place * width, flow.y, width, _CELL)
        last = place == len(values) - 1
        step = 0 if last or not most or not value else _step(value, most)
        if most and not last:
            ground = flow.look.colour(_HEAT[step])
            flow.painter.fillRect(cell.adjusted(0.75, 0.75, -0.75, -0.75), ground)
        if value is not None:
            said = flow.small_strong if last or not most else flow.small
            inner = cell.adjusted(0, top, 0, 0)
            draw_lines(flow.painter, inner, [str(value)], said, _ink(flow, step), middle=True)
    flow.y += _CELL


def _step(value: int, most: int) -> int:
    return min(len(_HEAT) - 1, 1 + (value - 1) * (len(_HEAT) - 1) // max(most, 1))


def _ink(flow: Flow, step: int) -> QColor:
    return flow.look.colour("on-accent" if step == len(_HEAT) - 1 else "text")
