"""Printed reports: as a PDF, and as pictures of their pages to look at beforehand."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from smartct_desktop.domain.printout import (
    Block,
    Listing,
    Matrix,
    Months,
    Printout,
    Signatures,
    Targets,
    Terms,
)
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.ui.printing.charts import draw_matrix, draw_months, draw_targets
from smartct_desktop.ui.printing.closing import draw_signatures, draw_terms, signatures_height
from smartct_desktop.ui.printing.flow import Flow
from smartct_desktop.ui.printing.listings import ListingOnPaper
from smartct_desktop.ui.theme.fonts import BASE, INTER
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tokens import LIGHT

_UNITS = 96.0  # in an inch
_RESOLUTION = 1200
_A4 = (210 / 25.4 * _UNITS, 297 / 25.4 * _UNITS)


def draw_pdf(printout: Printout, progress: Progress) -> bytes:
    """Draw a report as PDF: A4, letters as letters. Runs on any thread; raises `Cancelled`."""
    pages = _lay_out(_Dry(printout), printout, 0, progress)
    canvas = _Pdf(printout)
    _lay_out(canvas, printout, pages, progress)
    return canvas.content()


def draw_pictures(printout: Printout, scale: float, most: int) -> tuple[list[QImage], int]:
    """Draw the first pages as pictures, and say how many pages there are."""
    progress = Progress()
    pages = _lay_out(_Dry(printout), printout, 0, progress)
    canvas = _Pictures(printout, scale, most)
    _lay_out(canvas, printout, pages, progress)
    return canvas.pictures, pages


def _lay_out(canvas: _Canvas, printout: Printout, pages: int, progress: Progress) -> int:
    """Draw everything and end the painting, whatever happens; gives the number of pages."""
    try:
        return _drawn(canvas, printout, pages, progress)
    finally:
        canvas.painter.end()


def _drawn(canvas: _Canvas, printout: Printout, pages: int, progress: Progress) -> int:
    flow = Flow(canvas, Look(LIGHT, BASE, INTER), printout, pages)
    followed = (*printout.blocks[1:], None)
    for block, following in zip(printout.blocks, followed, strict=True):
        progress.report(Sentence("Laying out page {n}", n=flow.page))
        _draw(flow, block, following)
    return flow.page


def _draw(flow: Flow, block: Block, following: Block | None) -> None:
    match block:
        case Listing():
            keep = 0.0
            if isinstance(following, Signatures):
                keep = signatures_height(flow, following)
            if not block.new_page:
                flow.skip()
            ListingOnPaper(flow, block, keep).draw()
        case Signatures():
            draw_signatures(flow, block)
        case Terms():
            flow.skip(18)
            draw_terms(flow, block)
        case Targets():
            flow.skip()
            draw_targets(flow, block)
        case Months():
            flow.skip()
            draw_months(flow, block)
        case Matrix():
            flow.skip()
            draw_matrix(flow, block)
        case _:
            assert_never(block)


def _size(printout: Printout) -> tuple[float, float]:
    short, long = _A4
    return (long, short) if printout.landscape else (short, long)


class _Canvas:
    """Pages, and what draws on the current one."""

    def __init__(self, printout: Printout) -> None:
        self.size = _size(printout)
        self._nowhere = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        self.painter = QPainter()

    def turn(self) -> None:
        """Go on to a new page."""


class _Dry(_Canvas):
    """Pages that nobody sees: to find out how many there are."""

    def __init__(self, printout: Printout) -> None:
        super().__init__(printout)
        self.painter = QPainter(self._nowhere)


class _Pdf(_Canvas):
    """Pages of a PDF."""

    def __init__(self, printout: Printout) -> None:
        super().__init__(printout)
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(self._buffer)
        sideways, upright = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
        writer.setPageLayout(
            QPageLayout(
                QPageSize(QPageSize.PageSizeId.A4),
                sideways if printout.landscape else upright,
                QMarginsF(0, 0, 0, 0),
            )
        )
        writer.setResolution(_RESOLUTION)
        writer.setTitle(" · ".join(filter(None, (printout.title, printout.subtitle))))
        writer.setCreator("SmartCT Desktop")
        if hasattr(writer, "setAuthor"):  # from Qt 6.9 on
            writer.setAuthor(printout.author)
        self._writer = writer
        self.painter = QPainter(writer)
        self.painter.scale(_RESOLUTION / _UNITS, _RESOLUTION / _UNITS)

    def turn(self) -> None:
        self._writer.newPage()

    def content(self) -> bytes:
        """Give the file; its painting must have ended."""
        return bytes(self._buffer.data().data())


class _Pictures(_Canvas):
    """The first pages as pictures; those after them are seen by nobody."""

    def __init__(self, printout: Printout, scale: float, most: int) -> None:
        super().__init__(printout)
        self._scale = scale
        self._most = most
        self.pictures: list[QImage] = []
        self._begin()

    def turn(self) -> None:
        self.painter.end()
        self._begin()

    def _begin(self) -> None:
        if len(self.pictures) == self._most:
            self.painter = QPainter(self._nowhere)
            return
        size = (QSizeF(*self.size) * self._scale).toSize()
        picture = QImage(size, QImage.Format.Format_RGB32)
        picture.fill(0xFFFFFFFF)
        self.pictures.append(picture)
        self.painter = QPainter(picture)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.scale(self._scale, self._scale)
