"""Pages filled from the top: head, foot, and where the next block begins."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter

from smartct_desktop.domain.printout import Printout
from smartct_desktop.ui.printing.wrapping import draw_lines, line_height, lines_of, on_paper
from smartct_desktop.ui.theme.look import Look

SIDE, TOP, BOTTOM = 56.0, 46.0, 40.0  # margins, in units of 1/96 inch as everything here
HAIR = 0.7
_GAP = 14.0
_FOOT_GAP = 6.0
_TERM = 0.2  # of the width, for the names of the facts


class Canvas(Protocol):
    """Where pages are drawn, in units of 1/96 inch."""

    @property
    def painter(self) -> QPainter:
        """Draws on the current page; another one after each turn."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page."""

    def turn(self) -> None:
        """Go on to a new page."""


class Flow:
    """Knows how much room is left on the page, and turns it.

    `pages` is the number of all pages, as it was found by laying out once before.
    """

    def __init__(self, canvas: Canvas, look: Look, printout: Printout, pages: int) -> None:
        self.look = look
        self.printout = printout
        self.page = 1
        self.left = SIDE
        self._canvas = canvas
        self._pages = pages
        width, self._high = canvas.size
        self.width = width - 2 * SIDE
        fonts = look.fonts
        self.text, self.strong = on_paper(fonts.text), on_paper(fonts.text_strong)
        self.small, self.small_strong = on_paper(fonts.small), on_paper(fonts.small_strong)
        self.tiny, self.figure = on_paper(fonts.tiny), on_paper(fonts.figure_small)
        self.title = on_paper(fonts.figure_medium)
        self.y = TOP
        self._funding = lines_of(printout.funding, self.tiny, self.width)
        self._end = self._high - BOTTOM - self._foot_height()
        self._draw_foot()
        self._draw_head()

    @property
    def painter(self) -> QPainter:
        """Draws on the current page."""
        return self._canvas.painter

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self._end - self.y

    @property
    def at_top(self) -> bool:
        """Whether nothing but the head is on the page yet."""
        return self.y <= self._begin

    def need(self, height: float) -> bool:
        """Turn the page unless so much is left of it; says whether it was turned."""
        if self.room >= height or self.at_top:
            return False
        self.turn()
        return True

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self._canvas.turn()
        self.page += 1
        self.y = TOP
        self._draw_foot()
        self._draw_running_head()

    def ink(self, colour: str, width: float = HAIR) -> None:
        """Draw lines in a colour from now on."""
        pen = self.painter.pen()
        pen.setColor(self.look.colour(colour))
        pen.setWidthF(width)
        self.painter.setPen(pen)

    def rule(self, y: float, colour: str = "line", width: float = HAIR) -> None:
        """Draw a line across."""
        self.ink(colour, width)
        self.painter.drawLine(QPointF(self.left, y), QPointF(self.left + self.width, y))

    def write(
        self, text: str, font: QFont, colour: str = "text", *, width: float = 0.0, most: int = 0
    ) -> None:
        """Write a paragraph and move below it."""
        width = width or self.width
        lines = lines_of(text, font, width, most)
        box = QRectF(self.left, self.y, width, 0)
        draw_lines(self.painter, box, lines, font, self.look.colour(colour))
        self.y += len(lines) * line_height(font)

    def heading(self, title: str, note: str = "") -> None:
        """Write the heading of a block with the sentence under it."""
        if title:
            self.write(title, self.strong)
            self.y += 1
        if note:
            self.write(note, self.small, "muted")
        if title or note:
            self.y += 5

    def heading_height(self, title: str, note: str = "") -> float:
        """What `heading` will take."""
        high = line_height(self.strong) + 1 if title else 0.0
        if note:
            high += len(lines_of(note, self.small, self.width)) * line_height(self.small)
        return high + 5 if title or note else 0.0

    def skip(self, height: float = _GAP) -> None:
        """Leave some room, unless at the top of a page."""
        if not self.at_top:
            self.y += height

    # Head and foot.

    def _draw_head(self) -> None:
        printout = self.printout
        self.write(printout.title, self.title)
        if printout.subtitle:
            self.y += 3
            self.write(printout.subtitle, self.strong, most=4)
        self.y += 8
        term = self.width * _TERM
        for name, meaning in printout.facts:
            lines = lines_of(meaning, self.text, self.width - term, 4)
            box = QRectF(self.left, self.y + 1, term - 8, 0)
            said = lines_of(name, self.small, term - 8, 2)
            draw_lines(self.painter, box, said, self.small, self.look.colour("muted"))
            box = QRectF(self.left + term, self.y, self.width - term, 0)
            draw_lines(self.painter, box, lines, self.text, self.look.colour("text"))
            self.y += max(len(lines), len(said)) * line_height(self.text) + 1
        self.y += 8
        self.rule(self.y, "c1", 1.6)
        self.y += 14
        self._begin = self.y

    def _draw_running_head(self) -> None:
        printout = self.printout
        text = " · ".join(part for part in (printout.title, printout.subtitle) if part)
        self.write(text, self.small, "muted", most=1)
        self.y += 4
        self.rule(self.y)
        self.y += 12
        self._begin = self.y

    def _foot_height(self) -> float:
        lines = len(self._funding) if self.printout.funding else 0
        return _GAP + _FOOT_GAP + (1 + lines) * line_height(self.tiny)

    def _draw_foot(self) -> None:
        top = self._end + _GAP
        self.rule(top)
        muted, high = self.look.colour("muted"), line_height(self.tiny)
        box = QRectF(self.left, top + _FOOT_GAP, self.width, 0)
        page = self.printout.page.format(page=self.page, pages=self._pages)
        draw_lines(self.painter, box, [page], self.tiny, muted, right=True)
        foot = lines_of(self.printout.foot, self.tiny, self.width * 0.78, 1)
        draw_lines(self.painter, box, foot, self.tiny, muted)
        if self.printout.funding:
            draw_lines(self.painter, box.translated(0, high), self._funding, self.tiny, muted)
