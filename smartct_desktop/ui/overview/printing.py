"""The Overview as a PDF of one page, in light colours whatever the window wears."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from smartct_desktop.domain.changes import PastStep
from smartct_desktop.services.overview import Overview
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.overview.board import Board
from smartct_desktop.ui.printing.paper import LookOnPaper
from smartct_desktop.ui.printing.wrapping import draw_lines, line_height, lines_of, on_paper
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.sheet import style_sheet
from smartct_desktop.ui.theme.signs import NO_SIGNS

_WIDE = 1360  # pixels of the cards, which then fill the page
_MARGIN = 12.0  # millimetres
_RESOLUTION = 300
_GAP = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the page: its headings, the overview, and what changed last."""

    title: str
    about: str
    shown: Overview
    steps: Sequence[PastStep]
    texts: Texts
    country_name: Callable[[str], str]


def overview_pdf(sheet: Sheet) -> bytes:
    """Draw the page: A4 across, lines and letters, no pictures. On the window's thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setPageMargins(
        QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter
    )
    writer.setResolution(_RESOLUTION)
    writer.setTitle(sheet.title)
    writer.setCreator("SmartCT Desktop")
    painter = QPainter(writer)
    _draw(painter, QRectF(0, 0, writer.width(), writer.height()), sheet)
    painter.end()
    return bytes(buffer.data().data())


def _draw(painter: QPainter, page: QRectF, sheet: Sheet) -> None:
    look = LookOnPaper()
    board = _board(look, sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    head = 2 * look.metrics.title.height() + _GAP
    definitions = _definitions(look, sheet)
    foot = line_height(look.fonts.small) * (len(definitions) + 2)
    scale = min(page.width() / board.width(), page.height() / (board.height() + head + foot))
    painter.scale(scale, scale)
    painter.setFont(look.fonts.title)
    painter.setPen(look.colour("text"))
    painter.drawText(0, round(look.metrics.title.ascent()), sheet.title)
    painter.setFont(look.fonts.text)
    painter.setPen(look.colour("muted"))
    painter.drawText(0, round(2 * look.metrics.title.height()), sheet.about)
    painter.save()
    painter.translate(0, head)
    board.render(painter, QPoint(0, 0), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.restore()
    _write_definitions(painter, look, head + board.height() + _GAP, definitions)
    board.deleteLater()


def _board(look: Look, sheet: Sheet) -> Board:
    """The same cards as in the window, never shown."""
    board = Board(look)
    board.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    board.setStyleSheet(style_sheet(look, NO_SIGNS))
    board.fit(_WIDE)
    board.show_steps(sheet.steps, sheet.texts)
    board.show_overview(sheet.shown, sheet.country_name)
    board.for_paper()
    for part in board.findChildren(QWidget):
        part.setFont(on_paper(part.font()))
    board.show()
    board.resize(_WIDE, board.sizeHint().height())
    board.grab()  # lays everything out, also what is inside the cards
    return board


def _definitions(look: Look, sheet: Sheet) -> list[str]:
    """Say how each figure is counted, in lines as wide as the cards: a funder must follow it."""
    told = (
        tr("{figure}: {definition}", figure=say(figure.name), definition=say(figure.definition))
        for figure in sheet.shown.figures
    )
    return [line for text in told for line in lines_of(text, look.fonts.small, _WIDE)]


def _write_definitions(
    painter: QPainter, look: Look, top: float, definitions: Sequence[str]
) -> None:
    box = QRectF(0, top, _WIDE, line_height(look.fonts.small) * len(definitions))
    draw_lines(painter, box, definitions, look.fonts.small, look.colour("muted"))
