"""Text on paper: broken into lines that fit, and drawn line by line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

_MORE = "…"


def on_paper(font: QFont) -> QFont:
    """The same font as a printer sets it: letters where they belong, not on a screen's pixels.

    Digits of one width, and signs raised beside capitals and digits, are other signs to a PDF: they
    could be neither searched for nor copied.
    """
    made = QFont(font)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.unsetFeature(QFont.Tag("tnum"))
    for raising in ("calt", "liga"):
        made.setFeature(QFont.Tag(raising), 0)
    return made


def lines_of(text: str, font: QFont, width: float, most: int = 0) -> list[str]:
    """Break a text at words, and within words that are wider than the line.

    With `most`, what does not fit in so many lines ends in an ellipsis.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_broken(paragraph, font, width))
    if most and len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip() + _MORE]
    return lines


def _broken(paragraph: str, font: QFont, width: float) -> list[str]:
    if QFontMetricsF(font).horizontalAdvance(paragraph) <= width:
        return [paragraph]
    layout = QTextLayout(paragraph, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    cuts: list[tuple[int, int]] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        cuts.append((line.textStart(), line.textLength()))
    layout.endLayout()
    units = paragraph.encode("utf-16-le")  # Qt counts in these
    return [
        units[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore").rstrip()
        for start, length in cuts
    ]


def line_height(font: QFont) -> float:
    """From one line to the next."""
    return round(QFontMetricsF(font).height() * 1.08, 1)


def draw_lines(  # noqa: PLR0913 -- where, what, and how it looks
    painter: QPainter,
    box: QRectF,
    lines: Sequence[str],
    font: QFont,
    ink: QColor,
    *,
    right: bool = False,
    middle: bool = False,
) -> None:
    """Draw lines into a box from its top; `right` and `middle` align each of them."""
    metrics, high = QFontMetricsF(font), line_height(font)
    painter.setFont(font)
    painter.setPen(ink)
    base = box.top() + metrics.ascent()
    for place, line in enumerate(lines):
        spare = box.width() - metrics.horizontalAdvance(line) if right or middle else 0.0
        left = box.left() + (spare if right else spare / 2)
        painter.drawText(QPointF(left, base + place * high), line)
