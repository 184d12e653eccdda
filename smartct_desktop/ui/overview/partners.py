"""The exchanges of each partner, as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QVBoxLayout

from smartct_desktop.domain.fields import Id
from smartct_desktop.services.breakdowns import Part
from smartct_desktop.services.overview import Overview
from smartct_desktop.ui.hatching import paint_hatched
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.overview.chart import Mark, MarkedChart
from smartct_desktop.ui.theme.look import Look

_INSIDE = (16, 10, 16, 10)
_BAR = 14
_AIR, _LEAST_AIR = 12, 4  # pixels between the lines
_NAMES = 0.6  # of the width at most


class PartnerBars(MarkedChart):
    """A line for each partner: name, bar, counted, and with a plus what is expected."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Exchanges by the visitor's cluster"), "exchange")
        self._parts: Sequence[Part] = ()
        self._names: Mapping[Id, str] = {}

    def show_parts(self, parts: Sequence[Part], names: Mapping[Id, str]) -> None:
        """Show these partners."""
        self._parts, self._names = parts, names
        self.renew()

    def sizeHint(self) -> QSize:
        return self._size(_AIR if self._roomy else _LEAST_AIR)

    def minimumSizeHint(self) -> QSize:
        return self._size(_LEAST_AIR)

    def _size(self, air: int) -> QSize:
        look = self._look
        lines = max(1, len(self._parts))
        high = lines * (look.metrics.text.height() + look.px(air))
        return QSize(look.px(200), round(high) + look.px(2))

    def _line(self) -> float:
        """How high a line is: as airy as there is room."""
        look = self._look
        text = look.metrics.text.height()
        room = (self.height() - look.px(2)) / max(1, len(self._parts))
        return max(text + look.px(_LEAST_AIR), min(text + look.px(_AIR), room))

    def _name(self, part: Part) -> str:
        if part.partner is None:
            return tr("no partner told")
        return self._names.get(part.partner, "")

    def _place_marks(self) -> Sequence[Mark]:
        return [
            Mark(
                QRectF(0, place * self._line(), self.width(), self._line()),
                tr(
                    "{name}: {n} counted, {expected} in the pipeline",
                    name=self._name(part),
                    n=len(part.counted),
                    expected=len(part.expected),
                ),
                (*part.counted, *part.expected),
            )
            for place, part in enumerate(self._parts)
        ]

    def _paint(self, painter: QPainter) -> None:
        if not self._parts:
            return
        look = self._look
        counts = [str(len(part.counted)) for part in self._parts]
        plus = [f"+{len(part.expected)}" if part.expected else "" for part in self._parts]
        count_wide = max(map(look.metrics.text_strong.horizontalAdvance, counts)) + look.px(8)
        plus_wide = max(map(look.metrics.small.horizontalAdvance, plus)) + look.px(8)
        names = max(look.metrics.text.horizontalAdvance(self._name(p)) for p in self._parts)
        left = min(names, self.width() * _NAMES) + look.px(10)
        room = max(10.0, self.width() - left - count_wide - plus_wide)
        most = max(len(part.counted) + len(part.expected) for part in self._parts) or 1
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, (part, mark) in enumerate(zip(self._parts, self.marks, strict=True)):
            box = mark.box
            strong = self._is_hovered(place)
            self._paint_name(painter, part, QRectF(0, box.top(), left - look.px(10), box.height()))
            self._paint_bar(painter, part, QRectF(left, box.top(), room, box.height()), most)
            painter.setFont(look.fonts.text_strong)
            painter.setPen(look.colour("accent" if strong else "text"))
            at = QRectF(left + room, box.top(), count_wide, box.height())
            painter.drawText(at, Qt.AlignmentFlag.AlignRight | middle, counts[place])
            painter.setFont(look.fonts.small)
            painter.setPen(look.colour("muted"))
            at = QRectF(at.right(), box.top(), plus_wide, box.height())
            painter.drawText(at, Qt.AlignmentFlag.AlignRight | middle, plus[place])

    def _paint_name(self, painter: QPainter, part: Part, box: QRectF) -> None:
        look = self._look
        painter.setFont(look.fonts.text)
        painter.setPen(look.colour("text" if part.partner is not None else "muted"))
        words = look.metrics.text.elidedText(
            self._name(part), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_bar(self, painter: QPainter, part: Part, box: QRectF, most: int) -> None:
        look = self._look
        high = look.px(_BAR)
        counted = box.width() * len(part.counted) / most
        expected = box.width() * len(part.expected) / most
        top = box.center().y() - high / 2
        if counted:
            painter.fillRect(QRectF(box.left(), top, counted, high), look.colour("c1"))
        if expected:
            gap = 1.5 if counted else 0
            hatched = QRectF(box.left() + counted + gap, top, max(1.0, expected - gap), high)
            paint_hatched(painter, hatched, look)


class PartnersCard(QFrame):
    """The bars with what they mean."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_INSIDE)
        column.setSpacing(6)
        column.addWidget(label(tr("By visitor's cluster"), face="strong"))
        self.bars = PartnerBars(look)
        column.addWidget(self.bars, 1)
        self._nothing = label(tr("No partner is known yet."), tone="muted", wrap=True)
        column.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignTop)
        self._meaning = label(
            tr("Counted, + in the pipeline."), face="small", tone="muted", wrap=True
        )
        column.addWidget(self._meaning)

    def show_overview(self, shown: Overview) -> None:
        """Show the partners of an overview."""
        self.bars.show_parts(shown.partners, shown.names)
        self.bars.setVisible(bool(shown.partners))
        self._meaning.setVisible(bool(shown.partners))
        self._nothing.setVisible(not shown.partners)
