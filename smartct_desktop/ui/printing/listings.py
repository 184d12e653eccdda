"""Tables on paper: headings on each page, rows that are never cut, lines to sign on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from smartct_desktop.domain.printout import Listing
from smartct_desktop.ui.printing.flow import Flow
from smartct_desktop.ui.printing.wrapping import draw_lines, line_height, lines_of

_PAD = 5.0
_ROOMY = 35.0  # a signature needs nine millimetres
_MOST_LINES = 24
_WHOLE_WORD = 16  # signs; a longer word may be broken
_WIDEST_WORD = 0.2  # of the page


class ListingOnPaper:
    """Draws one listing; `keep` is the room that is needed below its last empty line."""

    def __init__(self, flow: Flow, listing: Listing, keep: float = 0.0) -> None:
        self._flow = flow
        self._listing = listing
        self._keep = keep
        self._widths = _widths(flow, listing)
        self._head = [
            lines_of(column.heading, flow.small_strong, width - 2 * _PAD)
            for column, width in zip(listing.columns, self._widths, strict=True)
        ]
        self._head_height = _height(self._head, flow.small_strong)

    def draw(self) -> None:
        """Draw all of it, over as many pages as it takes."""
        flow, listing = self._flow, self._listing
        if listing.new_page and not flow.at_top:
            flow.turn()
        least = _ROOMY if listing.roomy else 2 * line_height(flow.small) + 2 * _PAD
        flow.need(flow.heading_height(listing.title, listing.note) + self._head_height + 2 * least)
        flow.heading(listing.title, listing.note)
        if not listing.rows and listing.nothing:
            flow.write(listing.nothing, flow.small, "muted")
            return
        self._draw_head()
        last = len(listing.rows) - 1
        for place, row in enumerate(listing.rows):
            below = self._total_height() if place == last else 0.0
            self._draw_row(row, flow.small, below)
        if listing.total:
            self._draw_total(listing.total)
        self._draw_blank()

    def _draw_head(self) -> None:
        flow = self._flow
        box = QRectF(flow.left, flow.y, flow.width, self._head_height)
        flow.painter.fillRect(box, flow.look.colour("header"))
        self._draw_cells(self._head, flow.small_strong, "muted", self._head_height)
        if self._listing.roomy:
            flow.rule(flow.y, "edge")
        flow.rule(flow.y + self._head_height, "edge")
        self._draw_edges(flow.y, self._head_height)
        flow.y += self._head_height

    def _draw_row(self, row: Sequence[str], font: QFont, below: float) -> None:
        cells = [
            lines_of(text, font, width - 2 * _PAD, _MOST_LINES)
            for text, width in zip(row, self._widths, strict=True)
        ]
        high = _height(cells, font)
        if self._listing.roomy:
            high = max(high, _ROOMY)
        self._make_room(high + below)
        self._draw_cells(cells, font, "text", high)
        self._end_row(high)

    def _make_room(self, high: float) -> None:
        flow = self._flow
        if flow.room >= high or flow.at_top:
            return
        flow.turn()
        flow.heading(self._listing.title)
        self._draw_head()

    def _draw_cells(
        self, cells: Sequence[Sequence[str]], font: QFont, token: str, high: float
    ) -> None:
        flow, left = self._flow, self._flow.left
        for lines, column, width in zip(cells, self._listing.columns, self._widths, strict=True):
            spare = high - 2 * _PAD - len(lines) * line_height(font)
            top = flow.y + _PAD + (spare / 2 if self._listing.roomy else 0.0)
            box = QRectF(left + _PAD, top, width - 2 * _PAD, 0)
            ink = flow.look.colour(token)
            draw_lines(flow.painter, box, lines, font, ink, right=column.right)
            left += width

    def _end_row(self, high: float) -> None:
        flow = self._flow
        self._draw_edges(flow.y, high)
        flow.y += high
        flow.rule(flow.y, "edge" if self._listing.roomy else "line")

    def _draw_edges(self, top: float, high: float) -> None:
        """Draw the boxes to sign in."""
        if not self._listing.roomy:
            return
        flow = self._flow
        flow.ink("edge")
        x = flow.left
        for width in (0.0, *self._widths):
            x += width
            flow.painter.drawLine(QPointF(x, top), QPointF(x, top + high))

    def _total_height(self) -> float:
        if not self._listing.total:
            return 0.0
        return line_height(self._flow.small_strong) + 2 * _PAD

    def _draw_total(self, total: Sequence[str]) -> None:
        flow, high = self._flow, self._total_height()
        flow.rule(flow.y, "text", 1.0)
        self._draw_cells([[text] for text in total], flow.small_strong, "text", high)
        flow.y += high

    def _draw_blank(self) -> None:
        """Draw the empty lines: those that must be there, then down to the end of the page."""
        flow, listing = self._flow, self._listing
        if not listing.blank:
            return
        drawn, wanted = 0, listing.blank
        while drawn < wanted or flow.room >= self._keep + _ROOMY:
            self._make_room(_ROOMY + (self._keep if drawn == wanted - 1 else 0.0))
            self._end_row(_ROOMY)
            drawn += 1


def _height(cells: Sequence[Sequence[str]], font: QFont) -> float:
    return max(map(len, cells)) * line_height(font) + 2 * _PAD


def _widths(flow: Flow, listing: Listing) -> list[float]:
    """Share out the width, so that no column breaks dates, numbers and other short words."""
    most = flow.width * _WIDEST_WORD
    plain, bold = QFontMetricsF(flow.small), QFontMetricsF(flow.small_strong)
    least: list[float] = []
    for place, column in enumerate(listing.columns):
        said = {row[place] for row in (*listing.rows, listing.total) if row}
        words = {word for text in said for word in text.split() if len(word) <= _WHOLE_WORD}
        wide = [plain.horizontalAdvance(word) for word in words]
        wide += [bold.horizontalAdvance(word) for word in column.heading.split()]
        least.append(min(most, max(wide, default=0.0)) + 2 * _PAD + 1)
    needed = sum(least)
    if needed > flow.width:
        return [flow.width * width / needed for width in least]
    return _shared(flow.width, least, [column.share for column in listing.columns])


def _shared(width: float, least: Sequence[float], shares: Sequence[float]) -> list[float]:
    """Share out a width; whoever would get less than the least gets that, the others share on."""
    fixed: set[int] = set()
    while True:
        left = width - sum(least[place] for place in fixed)
        others = sum(share for place, share in enumerate(shares) if place not in fixed)
        found = [
            least[place] if place in fixed else left * share / others
            for place, share in enumerate(shares)
        ]
        small = {place for place, wide in enumerate(found) if wide < least[place]} - fixed
        if not small:
            return found
        fixed |= small
