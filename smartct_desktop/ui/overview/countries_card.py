"""The card of who travels where."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from smartct_desktop.domain.fields import Id
from smartct_desktop.services.breakdowns import Ways
from smartct_desktop.services.overview import Overview
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.overview.countries import CountryMatrix, NameOf
from smartct_desktop.ui.theme.look import Look

_INSIDE = (16, 10, 16, 10)


class CountriesCard(QFrame):
    """The matrix, and how many were called off."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._called_off: tuple[Id, ...] = ()
        self.setProperty("ground", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_INSIDE)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(tr("From country to country"), face="strong"))
        head.addStretch(1)
        self._ways = label(tr("visitor ↓  host →"), face="small", tone="muted")
        head.addWidget(self._ways)
        column.addLayout(head)
        self.matrix = CountryMatrix(look)
        column.addWidget(self.matrix, 1)
        self._empty = label(tr("No exchange is known yet."), tone="muted", wrap=True)
        column.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        self.off_button: QPushButton = button(look, "", Kind.LINK)
        self.off_button.clicked.connect(self._ask_called_off)
        foot = QHBoxLayout()
        foot.addWidget(self.off_button)
        foot.addStretch(1)
        column.addLayout(foot)

    def show_overview(self, shown: Overview, name: NameOf) -> None:
        """Show the ways of an overview; `name` gives a country's name in words."""
        self._show(shown.ways, name)

    def _show(self, ways: Ways, name: NameOf) -> None:
        self._called_off = ways.called_off
        self.matrix.show_ways(ways.ways, name)
        self.matrix.setVisible(bool(ways.ways))
        self._ways.setVisible(bool(ways.ways))
        self._empty.setVisible(not ways.ways)
        self.off_button.setVisible(bool(ways.called_off))
        self.off_button.setText(tr("Without {n} called off", n=len(ways.called_off)))

    def _ask_called_off(self) -> None:
        self.matrix.asked.emit("exchange", self._called_off)
