"""The recovery sheet: one page of paper that opens a protected document without its password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPagedPaintDevice, QPageSize, QPainter, QPdfWriter

from smartct_desktop.domain.key import Key
from smartct_desktop.domain.recovery import to_groups
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.printing.paper import LookOnPaper
from smartct_desktop.ui.printing.wrapping import draw_lines, line_height, lines_of

_MARGIN = 22.0  # millimetres
_RESOLUTION = 600
_UNITS = 96.0  # in an inch, as on the screen
_GROUPS = 20  # pixels: as large as somebody copies it without a slip
_GAP = 14.0


@dataclass(frozen=True)
class RecoverySheet:
    """What stands on the sheet of one document; `made` is the day as people write it."""

    name: str
    made: str
    key: Key

    @property
    def lines(self) -> tuple[str, ...]:
        """The key as it is printed."""
        return to_groups(self.key.raw)


def sheet_pdf(sheet: RecoverySheet) -> bytes:
    """Draw the sheet as a PDF of one page."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(tr("Recovery sheet of {name}", name=sheet.name))
    writer.setCreator("SmartCT Desktop")
    writer.setResolution(_RESOLUTION)
    draw_sheet(writer, sheet)
    return bytes(buffer.data().data())


def draw_sheet(device: QPagedPaintDevice, sheet: RecoverySheet) -> None:
    """Draw the sheet on whatever has pages: a PDF or a printer."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN))
    painter = QPainter(device)
    try:
        scale = device.logicalDpiX() / _UNITS
        painter.scale(scale, scale)
        _Page(painter, device.width() / scale).draw(sheet)
    finally:
        painter.end()


class _Page:
    """Draws from top to bottom; lengths are pixels of a screen."""

    def __init__(self, painter: QPainter, width: float) -> None:
        self._painter = painter
        self._width = width
        self._look = LookOnPaper()
        self._top = 0.0

    def draw(self, sheet: RecoverySheet) -> None:
        fonts = self._look.fonts
        text = _sized(fonts.text, 14)
        self._write(tr("Recovery sheet"), _sized(fonts.title, 24))
        self._write(tr("of the protected SmartCT document {name}", name=sheet.name), text)
        self._write(tr("Printed on {day}", day=sheet.made), text, "muted")
        self._top += _GAP
        self._box(sheet.lines)
        self._top += _GAP
        for paragraph in _paragraphs():
            self._write(paragraph, text)
            self._top += _GAP / 2

    def _write(self, text: str, font: QFont, ink: str = "text") -> None:
        lines = lines_of(text, font, self._width)
        room = QRectF(0, self._top, self._width, line_height(font) * len(lines))
        draw_lines(self._painter, room, lines, font, self._look.colour(ink))
        self._top = room.bottom() + 2

    def _box(self, lines: Sequence[str]) -> None:
        """Draw the key: numbered lines, their groups beneath each other."""
        font = _sized(self._look.fonts.title, _GROUPS)
        small = self._look.fonts.text
        high = line_height(font) * 1.5
        box = QRectF(0.5, self._top, self._width - 1, high * len(lines) + _GAP)
        self._painter.setPen(self._look.colour("line"))
        self._painter.drawRect(box)
        step = (self._width - 60) / 4
        for no, line in enumerate(lines):
            top = self._top + _GAP / 2 + no * high + (high - line_height(font)) / 2
            drop = QFontMetricsF(font).ascent() - QFontMetricsF(small).ascent()
            number = QRectF(16, top + drop, 30, high)
            draw_lines(self._painter, number, [str(no + 1)], small, self._look.colour("muted"))
            for place, group in enumerate(line.split()):
                at = QRectF(52 + place * step, top, step, high)
                draw_lines(self._painter, at, [group], font, self._look.colour("text"))
        self._top = box.bottom() + 2


def _paragraphs() -> tuple[str, ...]:
    return (
        tr(
            "Whoever has this sheet and the file can read everything in it. Keep the sheet on "
            "paper, where valuables are kept, and never together with the computer."
        ),
        tr(
            "If the password is lost: open the document in SmartCT, choose “Use the recovery sheet "
            "instead” and type the four lines. Capital and small letters, spaces and hyphens do "
            "not matter, and the letters I, L, O and U do not occur. A line that was mistyped is "
            "named at once. Then set a new password: File, Protection, Change the password."
        ),
        tr(
            "A new password makes a new sheet necessary. This one then still opens the backups and "
            "copies that were made before; destroy it when they are gone."
        ),
        tr("Without the password and without a sheet nobody can open the document."),
    )


def _sized(font: QFont, pixels: int) -> QFont:
    made = QFont(font)
    made.setPixelSize(pixels)
    return made
