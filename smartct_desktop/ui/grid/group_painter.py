"""Draws the headings of groups: chevron, value, how many, and the sums under their columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from smartct_desktop.domain.query import Grouping
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.grid.columns import AnyColumn
from smartct_desktop.ui.grid.group_words import count_words, group_words, heading_sum
from smartct_desktop.ui.grid.groups import Heading
from smartct_desktop.ui.grid.header import PAD
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.strips import Strip, Stripe
from smartct_desktop.ui.theme.look import Look

_SIGN = 14
_GAP = 8


class GroupPainter:
    """Draws whole rows; the words begin at the left edge of what is drawn."""

    def __init__(self, look: Look, model: RecordModel) -> None:
        self._look = look
        self._model = model

    def paint(
        self,
        painter: QPainter,
        stripe: Stripe,
        strips: Sequence[Strip],
        *,
        beside: Sequence[Strip] = (),
        words: bool = True,
    ) -> bool:
        """Draw the row if it is a heading; says whether it is.

        Without `words` only the sums are drawn: the words stand in the columns that stay. There
        they have room up to the first sum in the columns `beside`.
        """
        heading = self._model.heading_at(stripe.row)
        source, grouping = self._model.source, self._model.query.group
        if heading is None or source is None or grouping is None or not strips:
            return False
        look = self._look
        left, end = strips[0].left, strips[-1].left + strips[-1].width
        painter.fillRect(left, stripe.top, end - left, stripe.height - 1, look.colour("header"))
        painter.setFont(look.fonts.text_strong)
        painter.setPen(look.colour("text"))
        texts = [
            (strip, text)
            for strip in strips
            if (text := heading_sum(heading, grouping, self._column(strip), source.texts))
        ]
        free = min(self._paint_sums(painter, stripe, texts), end)
        if not words:
            return True
        if beside:
            beyond = [
                strip.left
                for strip in beside
                if heading_sum(heading, grouping, self._column(strip), source.texts)
            ]
            free = max(free, min([*beyond, beside[-1].left + beside[-1].width]))
        shown = max(left, 0)  # what is scrolled away at the left is no place for words
        room = QRectF(shown, stripe.top, free - shown, stripe.height - 1)
        self._paint_words(painter, room, heading, grouping, source.texts)
        return True

    def _column(self, strip: Strip) -> AnyColumn:
        return self._model.columns[strip.place]

    def _paint_sums(
        self, painter: QPainter, stripe: Stripe, sums: Sequence[tuple[Strip, str]]
    ) -> float:
        """Write the sums; gives where the first of them begins."""
        look, pad = self._look, self._look.px(PAD)
        metrics = look.metrics.text_strong
        free = float("inf")
        for strip, text in sums:
            end = strip.left + strip.width - pad
            wide = metrics.horizontalAdvance(text)
            room = QRectF(end - wide - 1, stripe.top, wide + 1, stripe.height - 1)
            painter.drawText(room, int(_RIGHT), text)
            free = min(free, room.left() - pad)
        return free

    def _paint_words(
        self, painter: QPainter, room: QRectF, heading: Heading, grouping: Grouping, texts: Texts
    ) -> None:
        look, pad = self._look, self._look.px(PAD)
        sign = "chevron-down" if heading.open else "chevron-right"
        look.icons.paint(painter, room.left() + pad, room.center().y(), sign, "muted", _SIGN)
        words = room.adjusted(pad + look.px(_SIGN) + look.px(6), 0, 0, 0)
        count = count_words(heading)
        metrics, small = look.metrics.text_strong, look.metrics.small
        count_wide = small.horizontalAdvance(count) + look.px(_GAP)
        text = group_words(heading, grouping, self._model.kind, texts)
        text = metrics.elidedText(
            text, Qt.TextElideMode.ElideRight, max(0.0, words.width() - count_wide) + 1
        )
        painter.drawText(words, int(_LEFT), text)
        words.setLeft(words.left() + metrics.horizontalAdvance(text) + look.px(_GAP))
        if words.width() >= count_wide - look.px(_GAP):
            painter.setFont(look.fonts.small)
            painter.setPen(look.colour("muted"))
            painter.drawText(words, int(_LEFT), count)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
