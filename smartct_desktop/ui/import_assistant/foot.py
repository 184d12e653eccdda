"""The foot of the assistant: a sentence, what is being done, and the buttons."""

from __future__ import annotations

from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from smartct_desktop.ui.buttons import Kind, button, switch
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.job_strip import JobStrip
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.labels import label, tool_tip
from smartct_desktop.ui.theme.look import Look


class Foot(QWidget):
    """Cancel, Back and the one main button, whose text says what it does."""

    def __init__(self, look: Look, jobs: Jobs) -> None:
        super().__init__()
        self._look = look
        self._sign = ""
        self._words = label(tone="muted")
        # What is too long is cut by the buttons and stands in the tool tip.
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.strip = JobStrip(look, jobs)
        self.cancel = button(look, tr("Cancel"), Kind.FLAT, room="large")
        self.back = button(look, tr("Back"), icon="arrow-left", room="large")
        self.main = button(look, "", Kind.PRIMARY, room="large")
        for one in (self.cancel, self.back, self.main):
            one.setAutoDefault(True)  # Enter presses the one that has the focus
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.strip)
        for one in (self.cancel, self.back, self.main):
            self._row.addWidget(one)
        look.changed.connect(self._fit)
        self._fit()

    def say(self, sentence: str) -> None:
        """Show a sentence at the left."""
        self._words.setText(sentence)
        self._words.setToolTip(tool_tip(sentence, self._look))

    def show_main(self, text: str, sign: str = "", reason: str = "") -> None:
        """Say what the main button does; with a reason it is off, and the tool tip says why.

        Without a sign an arrow leads on.
        """
        self.main.setText(text if sign else f"{text}  →")
        self.main.setAccessibleName(text)
        self._sign = sign
        self._dress()
        switch(self.main, self._look, on=not reason, reason=reason)

    def _dress(self) -> None:
        if self._sign:
            self._look.icons.dress(self.main, self._sign, "on-accent")
        else:
            self.main.setIcon(QIcon())

    def buttons(self) -> tuple[QPushButton, ...]:
        """All buttons, from the left."""
        return (self.cancel, self.back, self.main)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("window"))
        painter.fillRect(0, 0, self.width(), 1, self._look.colour("line"))
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(self._look.measures.foot)
        self._row.setContentsMargins(20, 0, 20, 0)
        self._dress()
