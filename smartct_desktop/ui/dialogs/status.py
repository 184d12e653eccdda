"""Moving an exchange on: which states it can enter, and what each of them still lacks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.programme.life_cycle import Move, derived_state, move, moves
from smartct_desktop.domain.programme.state_needs import NEEDS_REASON, LifeFacts
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.ui.buttons import switch
from smartct_desktop.ui.dialogs.foot import deed_foot
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.room import resize_within
from smartct_desktop.ui.theme.look import Look

_SIZE = (560, 560)
_INDENT = 22


class StatusDialog(QDialog):
    """All states that the order leads to, the next ones first; `chosen` and `reason` once accepted.

    A state whose conditions are not met can be looked at, and says what is missing.
    """

    def __init__(self, look: Look, facts: LifeFacts, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._facts = facts
        self.choices: dict[ExchangeStatus, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.setWindowTitle(tr("Change the status of {exchange}", exchange=name))
        resize_within(self, look.px(_SIZE[0]), look.px(_SIZE[1]))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(name, face="title", wrap=True))
        column.addWidget(label(self._now(), tone="muted", wrap=True))
        column.addWidget(self._make_list(), 1)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setPlaceholderText(tr("Reason"))
        self.reason.textChanged.connect(self._judge)
        column.addWidget(self.reason)
        self.finding = label(tone="error", wrap=True)
        column.addWidget(self.finding)
        row, self.move_button = deed_foot(look, self, tr("Change the status"))
        column.addLayout(row)
        self._group.buttonToggled.connect(self._judge)
        self._judge()
        FocusRing(look, self)

    @property
    def chosen(self) -> ExchangeStatus | None:
        """The state that is chosen."""
        return next((state for state, one in self.choices.items() if one.isChecked()), None)

    # Within.

    def _now(self) -> str:
        status = self._facts.exchange.status
        now = tr("Now: {status}.", status=tr(status.label) if status else tr("no status"))
        told = derived_state(self._facts)
        if told.decided and told.state is not status:
            words = tr("The facts say: {status}, because {reason}.")
            now += " " + words.format(status=tr(told.state.label), reason=say(told.because))
        return now

    def _make_list(self) -> QScrollArea:
        inside = surface("base")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        for one in moves(self._facts):
            choice = QRadioButton(tr(one.to.label))
            self._group.addButton(choice)
            self.choices[one.to] = choice
            column.addWidget(choice)
            missing = self._missing(one)
            if missing:
                words = label(missing, face="small", tone="muted", wrap=True)
                words.setContentsMargins(self._look.px(_INDENT), 0, 0, 4)
                choice.setAccessibleDescription(missing)
                column.addWidget(words)
        column.addStretch(1)
        first = next(iter(self.choices.values()), None)
        if first is not None:
            first.setChecked(True)
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        return scroll

    def _missing(self, one: Move) -> str:
        """What a move lacks apart from its reason, which is typed here."""
        lacks = [lack for lack in one.lacks if lack.field != "status_reason"]
        blocking = "; ".join(say(lack.sentence) for lack in lacks if lack.blocks)
        doubts = "; ".join(say(lack.sentence) for lack in lacks if not lack.blocks)
        parts = [tr("has to wait: {missing}", missing=blocking)] if blocking else []
        parts += [tr("but {doubts}", doubts=doubts)] if doubts else []
        return " · ".join(parts)

    def _judge(self) -> None:
        """Say whether the chosen move can be made with the reason as typed."""
        state = self.chosen
        if state is None:
            switch(self.move_button, self._look, on=False, reason=tr("There is no other status."))
            return
        judged = move(self._facts, state, self.reason.text().strip())
        blocking = [lack for lack in judged.lacks if lack.blocks]
        asks = judged.backward or state in NEEDS_REASON
        hint = tr("Reason (needed)") if asks else tr("Reason (optional)")
        self.reason.setPlaceholderText(hint)
        words = "; ".join(say(lack.sentence) for lack in blocking)
        self.finding.setText(tr("Missing: {missing}.", missing=words) if words else "")
        switch(self.move_button, self._look, on=judged.allowed, reason=self.finding.text())
