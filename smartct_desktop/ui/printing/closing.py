"""What stands at the end of a printed report: lines to sign on, and what its words mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from smartct_desktop.domain.printout import Signatures, Terms
from smartct_desktop.ui.printing.flow import Flow
from smartct_desktop.ui.printing.wrapping import draw_lines, line_height, lines_of

_ABOVE = 16.0
_HIGH = 46.0  # to write in
_GAP = 18.0
_BETWEEN = 14.0
_SHARES = (0.36, 0.22, 0.42)
_TERM = 0.24


def signatures_height(flow: Flow, block: Signatures) -> float:
    """How much room the lines need."""
    each = line_height(flow.small_strong) + _HIGH + line_height(flow.tiny) + _BETWEEN
    return _ABOVE + len(block.places) * each if block.places else 0.0


def draw_signatures(flow: Flow, block: Signatures) -> None:
    """Draw a row of lines for each place, together on one page."""
    if not block.places:
        return
    flow.need(signatures_height(flow, block))
    flow.y += _ABOVE
    for place in block.places:
        flow.write(place, flow.small_strong)
        flow.y += _HIGH
        left = flow.left
        for label, share in zip(block.labels, _SHARES, strict=True):
            gap = 0.0 if label == block.labels[-1] else _GAP
            width = flow.width * share - gap
            flow.ink("edge", 0.9)
            flow.painter.drawLine(QPointF(left, flow.y), QPointF(left + width, flow.y))
            box = QRectF(left, flow.y + 3, width, 0)
            draw_lines(flow.painter, box, [label], flow.tiny, flow.look.colour("muted"))
            left += flow.width * share
        flow.y += line_height(flow.tiny) + _BETWEEN


def draw_terms(flow: Flow, block: Terms) -> None:
    """Write the terms at the left and what they mean beside them."""
    if not block.lines:
        return
    flow.need(flow.heading_height(block.title) + 3 * line_height(flow.tiny))
    flow.heading(block.title)
    width, muted = flow.width * _TERM, flow.look.colour("muted")
    for term, meaning in block.lines:
        names = lines_of(term, flow.tiny, width - 8)
        lines = lines_of(meaning, flow.tiny, flow.width - width)
        high = max(len(names), len(lines)) * line_height(flow.tiny) + 3
        flow.need(high)
        box = QRectF(flow.left, flow.y, width - 8, 0)
        draw_lines(flow.painter, box, names, flow.tiny, flow.look.colour("text"))
        box = QRectF(flow.left + width, flow.y, flow.width - width, 0)
        draw_lines(flow.painter, box, lines, flow.tiny, muted)
        flow.y += high
