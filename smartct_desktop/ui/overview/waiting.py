"""The card of what is waited for: payments first, then papers, each line opening its exchanges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.services.overview import Overview
from smartct_desktop.services.waiting import Missing, What
from smartct_desktop.ui.buttons import Kind, button, switch
from smartct_desktop.ui.frames import rule
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.overview.wording import whole_euros
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_INSIDE = (16, 10, 16, 10)


def what_words(what: What, number: int) -> str:
    """Say what so many of are waited for."""
    several = {
        What.PAYMENT: (tr("payment due"), tr("payments due")),
        What.VISITOR_REPORT: (tr("visitor’s report"), tr("visitors’ reports")),
        What.HOST_REPORT: (tr("host’s report"), tr("hosts’ reports")),
        What.EVIDENCE: (tr("evidence of a stay"), tr("evidences of a stay")),
        What.VALIDATION: (tr("report to validate"), tr("reports to validate")),
        What.AGREEMENT: (tr("agreement to be signed"), tr("agreements to be signed")),
        What.COMMITMENT: (tr("commitment to be signed"), tr("commitments to be signed")),
    }
    one, more = several[what]
    return one if number == 1 else more


_SIGN = 14


class _Sign(QWidget):
    """The sign of a tone; the words beside it say the same."""

    def __init__(self, look: Look, tone: Tone) -> None:
        super().__init__()
        self._look = look
        self._tone = tone
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(self._look.px(_SIGN + 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tone = self._tone
        self._look.icons.paint(painter, 0, self.height() / 2, tone.sign, tone.ink, _SIGN)
        painter.end()


class WaitingCard(QFrame):
    """A line for each kind of thing; `asked` wants its exchanges, `letters_asked` the messages."""

    asked = Signal(str, object)  # kind and ids
    letters_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._parts: list[QWidget] = []
        self._of: dict[QWidget, Sequence[Missing]] = {}
        self.setProperty("ground", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_INSIDE)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(tr("Waiting for"), face="strong"))
        head.addStretch(1)
        self.letters = button(look, tr("Write to partners…"), icon="mail", room="small")
        self.letters.clicked.connect(self.letters_asked)
        head.addWidget(self.letters)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(2, 1)
        column.addLayout(self._grid)
        self._nothing = label(tr("Nothing is waited for."), tone="muted", wrap=True)
        column.addWidget(self._nothing)
        column.addStretch(1)

    def show_overview(self, shown: Overview) -> None:
        """Show what is waited for in an overview."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        self._of.clear()
        groups = {what: [one for one in shown.waiting if one.what is what] for what in What}
        row = 0
        for what, waiting in groups.items():
            if waiting:
                self._add(row, what, waiting, shown.today)
                row += 2
        self._nothing.setVisible(not shown.waiting)
        reason = tr("Nothing is waited for.")
        switch(self.letters, self._look, on=bool(shown.waiting), reason=reason)

    def _add(self, row: int, what: What, waiting: Sequence[Missing], today: date) -> None:
        late = [one for one in waiting if one.late(today)]
        sign = _Sign(self._look, Tone.WARNING if late else Tone.WAITING)
        number = label(str(len(waiting)), face="strong")
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        opener = button(self._look, what_words(what, len(waiting)), Kind.LINK, room="line")
        opener.setAccessibleName(f"{len(waiting)} {opener.text()}")
        opener.clicked.connect(self._ask)
        self._of[opener] = waiting
        detail = label(_detail(what, waiting, late, today), face="small", tone="muted")
        detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = rule("hair")
        for place, part in enumerate((sign, number, opener, detail)):
            self._parts.append(part)
            wide = Qt.AlignmentFlag.AlignLeft if part is opener else Qt.AlignmentFlag(0)
            self._grid.addWidget(part, row, place, wide)
        self._parts.append(line)
        self._grid.addWidget(line, row + 1, 0, 1, 4)

    @property
    def stops(self) -> dict[object, QWidget]:
        """What the keys stop at, in reading order, by what it is."""
        found: dict[object, QWidget] = {"letters": self.letters}
        for opener, those in self._of.items():
            found[those[0].what] = opener
        return found

    def _ask(self) -> None:
        opener = self.sender()
        if isinstance(opener, QWidget):
            self.asked.emit("exchange", tuple(one.exchange for one in self._of[opener]))


def _detail(what: What, waiting: Sequence[Missing], late: Sequence[Missing], today: date) -> str:
    """Say the sum of payments, and how long the oldest is waited for or late."""
    parts = []
    if what is What.PAYMENT:
        parts.append(whole_euros(sum(one.cents or 0 for one in waiting)))
    overdue = [(today - one.due).days for one in late if one.due is not None]
    if overdue and len(late) < len(waiting):
        parts.append(tr("{n} late, up to {days} days", n=len(late), days=max(overdue)))
    elif overdue:
        parts.append(tr("late by up to {days} days", days=max(overdue)))
    else:
        soon = [one.due for one in waiting if one.due is not None]
        if soon:
            parts.append(tr("first due in {days} days", days=(min(soon) - today).days))
    return " · ".join(parts)
