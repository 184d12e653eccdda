"""The card of the lump sums: paid, due, promised and left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from smartct_desktop.domain.programme.counting import Counted
from smartct_desktop.services.lump_sums import LumpSums
from smartct_desktop.services.overview import Overview
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.hatching import paint_hatched
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.overview.flow import FlowRow
from smartct_desktop.ui.overview.share_bar import ShareBar
from smartct_desktop.ui.overview.wording import whole_euros
from smartct_desktop.ui.theme.look import Look

_INSIDE = (16, 10, 16, 10)
HEAD = 22  # pixels of the first line of a card, with a link or without


class MoneyBar(ShareBar):
    """Shares of the budget: paid, due, promised; the rest is left."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._shares = (0.0, 0.0, 0.0)

    def show_shares(self, money: LumpSums, words: str) -> None:
        """Show these sums; `words` say the same for those who listen."""
        sums = (money.paid.value, money.due.value, money.promised.value)
        whole = max(money.granted or 0, sum(sums), 1)
        self._shares = (sums[0] / whole, sums[1] / whole, sums[2] / whole)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        box = self._begin(painter)
        left = box.left()
        for place, share in enumerate(self._shares):
            part = QRectF(left, box.top(), box.width() * share, box.height())
            if not share:
                continue
            match place:
                case 0:
                    painter.fillRect(part, look.colour("c1"))
                case 1:
                    painter.fillRect(part, look.colour("heat4"))
                case _:
                    paint_hatched(painter, part, look)
            left = part.right()
        painter.end()


class MoneyCard(QFrame):
    """What was paid, what is due, promised and left; `asked` wants the exchanges behind a sum."""

    asked = Signal(str, object)  # kind and ids

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._money: LumpSums | None = None
        self.setProperty("ground", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*_INSIDE)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(tr("Lump sums"), face="strong"))
        head.addStretch(1)
        head.addStrut(look.px(HEAD))
        self._left = label("", face="small", tone="muted")
        head.addWidget(self._left)
        column.addLayout(head)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._paid = label("", face="figure-large")
        self._of: QLabel = label("", tone="muted")
        line.addWidget(self._paid)
        line.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        column.addLayout(line)
        self._bar = MoneyBar(look)
        column.addWidget(self._bar)
        foot = FlowRow(8)
        self.paid_link, self.due_link, self.promised_link = (
            button(look, "", Kind.LINK) for _ in range(3)
        )
        self.paid_link.clicked.connect(self._ask_paid)
        self.due_link.clicked.connect(self._ask_due)
        self.promised_link.clicked.connect(self._ask_promised)
        for link in (self.paid_link, self.due_link, self.promised_link):
            link.setAccessibleDescription(tr("Lump sums"))
            foot.addWidget(link)
        column.addLayout(foot)
        column.addStretch(1)

    @property
    def links(self) -> tuple[QPushButton, ...]:
        """What the keys stop at."""
        return self.paid_link, self.due_link, self.promised_link

    def show_overview(self, shown: Overview) -> None:
        """Show the money of an overview."""
        money = self._money = shown.money
        self._paid.setText(whole_euros(money.paid.value))
        granted, left = money.granted, money.left
        of = tr("paid") if granted is None else tr("paid of {sum}", sum=whole_euros(granted))
        self._of.setText(of)
        _link(self.paid_link, money.paid, tr("{n} exchanges", n=len(money.paid.counted)))
        _link(self.due_link, money.due, tr("{sum} due", sum=whole_euros(money.due.value)))
        promised = tr("{sum} promised", sum=whole_euros(money.promised.value))
        _link(self.promised_link, money.promised, promised)
        self._left.setVisible(left is not None)
        if left is not None:
            over = tr("{sum} too much", sum=whole_euros(-left))
            self._left.setText(over if left < 0 else tr("{sum} left", sum=whole_euros(left)))
        words = " · ".join(
            part.text() for part in (self._of, self.due_link, self.promised_link, self._left)
        )
        self._bar.show_shares(money, f"{self._paid.text()} {words}")

    def _ask_paid(self) -> None:
        if self._money is not None:
            self._ask(self._money.paid)

    def _ask_due(self) -> None:
        if self._money is not None:
            self._ask(self._money.due)

    def _ask_promised(self) -> None:
        if self._money is not None:
            self._ask(self._money.promised)

    def _ask(self, sums: Counted) -> None:
        self.asked.emit("exchange", sums.counted)


def _link(link: QPushButton, sums: Counted, words: str) -> None:
    link.setText(words)
    link.setEnabled(bool(sums.counted))
