"""The line under the filter field: what is not understood, and what could stand there."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from smartct_desktop.services.filtering.offerings import Offering
from smartct_desktop.services.filtering.terms import Refusal
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.grid.filter_field import FilterField
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_MOST = 3


class FilterMessage(QFrame):
    """Shown while the field is not understood; the rows follow what was understood last."""

    def __init__(self, look: Look, field: FilterField) -> None:
        super().__init__()
        self._look = look
        self._field = field
        self._sign = QLabel()
        self._words = label(tone="warning", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._words, 1)
        self._links: list[QWidget] = []
        look.changed.connect(self._tint)
        self._tint()
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said; empty while nothing is wrong."""
        return "" if self.isHidden() else self._words.text()

    def say(self, refusal: Refusal | None) -> None:
        """Say what is not understood; None puts the line away."""
        for link in self._links:
            link.hide()
            link.deleteLater()
        self._links = []
        if refusal is None:
            self.hide()
            return
        before = self.sentence
        words = tr("{why} The rows do not follow it yet.", why=say(refusal.sentence))
        self._words.setText(words)
        for text in refusal.offers[:_MOST]:
            self._offer(Offering(text, "", text, refusal.start, refusal.end))
        self.show()
        if words != before:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, words))

    def _offer(self, offer: Offering) -> None:
        link = button(self._look, offer.text, Kind.LINK, room="line")
        link.setAccessibleName(tr("Write {text}", text=offer.text))
        link.clicked.connect(partial(self._field.take, offer))
        self._row.insertWidget(self._row.count(), link)
        self._links.append(link)

    def _tint(self) -> None:
        ratio = self.devicePixelRatio()
        self._sign.setPixmap(self._look.icons.pixmap("triangle-alert", "warning", 14, ratio))
