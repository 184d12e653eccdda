"""The foot of the assistant: a sentence, what is being done, and the buttons."""

from __future__ import annotations

from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from smartct_desktop.services.importing.correction_list import worth_sending
from smartct_desktop.services.importing.plan import Counts
from smartct_desktop.ui.buttons import Kind, button, switch
from smartct_desktop.ui.elided_label import ElidedLabel
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.file_import import FileImport, Stage
from smartct_desktop.ui.import_assistant.steps import Step
from smartct_desktop.ui.import_assistant.words import deed, rows_in_words, sum_in_words
from smartct_desktop.ui.job_strip import JobStrip
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.theme.look import Look

_USUAL, _LARGE = 100, 140  # from this size of letters on, long words leave no room for others
_WIDEST = 16_777_215  # Qt's word for no limit


class Foot(QWidget):
    """Cancel, Back and the one main button, whose text says what it does."""

    def __init__(self, look: Look, jobs: Jobs, *, read_only: bool) -> None:
        super().__init__()
        self._look = look
        self._read_only = read_only
        self._sign = ""
        self._words = ElidedLabel(look, muted=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.strip = JobStrip(look, jobs)
        self.cancel = button(look, tr("Cancel"), Kind.FLAT, room="large")
        words = tr("Corrections…")
        self.corrections = button(look, words, Kind.FLAT, icon="mail", room="large")
        self.back = button(look, tr("Back"), icon="arrow-left", room="large")
        self.main = button(look, "", Kind.PRIMARY, room="large")
        for one in (self.corrections, self.cancel, self.back, self.main):
            one.setAutoDefault(True)  # Enter presses the one that has the focus
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.strip)
        for one in (self.corrections, self.cancel, self.back, self.main):
            self._row.addWidget(one)
        look.changed.connect(self._fit)
        self._fit()

    def show_step(
        self, step: Step, file: FileImport | None, following: FileImport | None, about_sheet: str
    ) -> None:
        """Show what belongs to a step; `about_sheet` is the sentence of the step Columns."""
        self.cancel.setVisible(step is not Step.DONE)
        self._show_corrections(step, file)
        self.back.setVisible(step in (Step.COLUMNS, Step.REVIEW))
        # The cards of the files have strips of their own.
        self.strip.setMaximumWidth(0 if step is Step.FILES else _WIDEST)
        counts = file.outlook.plan.counts if file is not None and file.outlook else Counts()
        match step:
            case Step.FILES:
                self._words.say(tr("Nothing is written before the last step."))
                seen = file is not None and file.in_sight is not None
                self._show_main(tr("Look at the columns"), reason="" if seen else _why_not(file))
            case Step.COLUMNS:
                self._words.say(about_sheet)
                words = tr("Review {rows}", rows=rows_in_words(counts.rows))
                if file is not None and file.outlook is None:
                    words = tr("Review")
                self._show_main(words, reason=_why_not(file))
            case Step.REVIEW:
                self._words.say(sum_in_words(counts))
                self._show_last(counts, file)
            case Step.DONE if following is not None:
                self._words.say("")
                self._show_main(tr("Go on with {file}", file=following.name))
            case Step.DONE:
                self._words.say("")
                self._show_main(tr("Close"), "check")
        if file is not None and file.writing:
            self._words.say(tr("All of it is written, or nothing."))
            switch(self.main, self._look, on=False, reason=_why_not(file))
        self.back.setEnabled(file is None or not file.writing)

    def _show_corrections(self, step: Step, file: FileImport | None) -> None:
        outlook = file.outlook if file is not None else None
        worth = outlook is not None and worth_sending(outlook.plan)
        self.corrections.setVisible(step is Step.REVIEW and worth)
        self.corrections.setEnabled(file is not None and not file.busy)

    def _show_last(self, counts: Counts, file: FileImport | None) -> None:
        if not counts.add + counts.change:
            reason = tr("No row adds or changes anything")
            self._show_main(tr("Nothing to add or change"), "check", reason)
            return
        reason = _why_not(file)
        if self._read_only:
            reason = tr("The document is open for reading only")
        self._show_main(deed(counts), "check", reason)

    def _show_main(self, text: str, sign: str = "", reason: str = "") -> None:
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

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("window"))
        painter.fillRect(0, 0, self.width(), 1, self._look.colour("line"))
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(self._look.measures.foot)
        self._row.setContentsMargins(20, 0, 20, 0)
        words = tr("Corrections for the sender…")
        large = self._look.px(_USUAL) > _LARGE
        self.corrections.setText(tr("Corrections…") if large else words)
        self.corrections.setToolTip(words if large else "")
        self.corrections.setAccessibleName(words)
        self._dress()


def _why_not(file: FileImport | None) -> str:
    """Why one cannot go on; "" if one can."""
    if file is None or file.stage is Stage.WAITING:
        return tr("Choose a file first")
    if file.stage is Stage.UNREADABLE:
        return tr("This file cannot be imported")
    if file.writing:
        return tr("The document is being changed")
    if file.busy:
        return tr("The plan is being made") if file.usable else tr("The file is being read")
    return ""
