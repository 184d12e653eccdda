"""The findings in the status bar: how many errors and warnings, as links to the Problems tab."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.problems.words import TONES, counted
from smartct_desktop.ui.theme.look import Look

_SHOWN = (Severity.ERROR, Severity.WARNING)


class StatusLink(QWidget):
    """`asked` wants the findings of a severity."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 14, 0)
        row.setSpacing(10)
        self._links: dict[Severity, QPushButton] = {}
        self._left = label(face="small", tone="muted")
        row.addWidget(self._left)
        for severity in _SHOWN:
            link = button(look, "", Kind.LINK, room="line")
            tone = TONES[severity]
            look.icons.dress(link, tone.sign, tone.ink)
            link.clicked.connect(partial(self.asked.emit, severity))
            row.addWidget(link)
            self._links[severity] = link
        self.tell({}, 0)

    def link(self, severity: Severity) -> QPushButton:
        """The link of a severity."""
        return self._links[severity]

    def tell(self, counts: dict[Severity, int], remaining: int) -> None:
        """Show these numbers; what there is none of is hidden."""
        for severity, link in self._links.items():
            n = counts.get(severity, 0)
            link.setText(counted(severity, n))
            link.setVisible(bool(n))
        self._left.setText(tr("checking {n} records…", n=remaining) if remaining else "")
        self._left.setVisible(bool(remaining))
