"""One file in the list of the step “Files”: what it is, how far it is, and who sent it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from smartct_desktop.domain.fields import Id
from smartct_desktop.services.importing.plan import Plan, PlanFinding
from smartct_desktop.ui.buttons import icon_button
from smartct_desktop.ui.forms.editor import WheelGuard
from smartct_desktop.ui.forms.offers import Offer
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.field_words import list_name
from smartct_desktop.ui.import_assistant.file_import import FileImport, Stage
from smartct_desktop.ui.import_assistant.password_line import PasswordLine
from smartct_desktop.ui.import_assistant.words import (
    SEVERITIES,
    one_or_more,
    rows_in_words,
    sum_in_words,
)
from smartct_desktop.ui.job_strip import JobStrip
from smartct_desktop.ui.jobs import Job, Jobs
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.notes import Note
from smartct_desktop.ui.pill import Pill
from smartct_desktop.ui.qt import mark
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_SIGN = 16
_SENDER_WIDTH = 320

_STATES: dict[Stage, tuple[str, Tone]] = {
    Stage.WAITING: ("next", Tone.CALM),
    Stage.READING: ("reading", Tone.WAITING),
    Stage.UNREADABLE: ("cannot be imported", Tone.ERROR),
    Stage.READY: ("read", Tone.DONE),
    Stage.WRITING: ("being imported", Tone.WAITING),
    Stage.WRITTEN: ("imported", Tone.DONE),
}


class SenderChoice(QComboBox):
    """Who sent a file: one of the clusters; `picked` has its id."""

    picked = Signal(object)

    def __init__(self, clusters: Sequence[Offer]) -> None:
        super().__init__()
        self._clusters = clusters
        self.setAccessibleName(tr("Who sent the file"))
        self.setPlaceholderText(tr("Not known"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(WheelGuard(self))
        for cluster in clusters:
            self.addItem(f"{cluster.text}  {cluster.detail}".strip())
        self.activated.connect(self._pick)

    def show_sender(self, id_: Id | None) -> None:
        """Show a cluster; None shows that nobody is known."""
        ids = [cluster.value for cluster in self._clusters]
        self.setCurrentIndex(ids.index(id_) if id_ in ids else -1)

    def _pick(self, place: int) -> None:
        self.picked.emit(self._clusters[place].value)


class FileCard(QFrame):
    """A file with its state; `removed` asks to take it off the list."""

    removed = Signal()

    def __init__(self, look: Look, jobs: Jobs, file: FileImport, clusters: Sequence[Offer]) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self._look = look
        self.file = file
        self._noted: list[PlanFinding] = []
        self._sign = QLabel()
        self._name = label(file.name, face="strong")
        self._folder = label(str(file.path.parent), face="small", tone="muted")
        self._state = Pill(look)
        self.remove = icon_button(look, "x", tr("Take {file} off the list", file=file.name))
        self.remove.clicked.connect(self.removed)
        self._strip = JobStrip(look, jobs)
        self._said = label(tone="muted", wrap=True)
        self._trouble = Note(look, Tone.ERROR, "")
        self.password = PasswordLine(look, file.name)
        self.password.given.connect(file.unlock)
        self.sender_choice = SenderChoice(clusters)
        self.sender_choice.picked.connect(file.choose_sender)
        self._proposed = Pill(look)
        self._because = label(face="small", tone="muted")
        self._sender = self._sender_row()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._sign)
        top.addWidget(self._name)
        top.addWidget(self._folder, 1)
        top.addWidget(self._strip)
        top.addWidget(self._state)
        top.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(top)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(6)
        column.addWidget(self._said)
        column.addWidget(self._trouble)
        column.addWidget(self.password)
        column.addLayout(self._notes)
        column.addWidget(self._sender)
        file.changed.connect(self.show_state)
        file.planned.connect(self.show_state)
        file.started.connect(self._follow)
        look.changed.connect(self._tint)
        self._tint()
        self.show_state()

    def show_state(self) -> None:
        """Show how far the file is."""
        file = self.file
        word, tone = _STATES[file.stage]
        if file.undone:
            word, tone = "undone", Tone.CALM
        elif file.locked:
            word, tone = "locked", Tone.WARNING
        self._state.show_status(tr(word), tone)
        self.remove.setVisible(file.stage is not Stage.WRITTEN)
        plan = file.outlook.plan if file.outlook is not None else None
        unreadable = file.stage is Stage.UNREADABLE
        said = _contents(plan) if plan is not None and not unreadable else ""
        if file.receipt is not None:
            said = sum_in_words(file.receipt.counts)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._trouble.setVisible(file.trouble is not None)
        asked = file.locked and self.password.isHidden()
        self.password.setVisible(file.locked)
        if asked:
            self.password.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if file.trouble is not None:
            sentence, hint = say(file.trouble.sentence), say(file.trouble.hint)
            tone = Tone.WARNING if file.locked else Tone.ERROR
            self._trouble.say(tone, f"{sentence} {hint}".strip())
        self._show_notes(plan if file.stage is Stage.READY else None)
        self._sender.setVisible(file.stage is Stage.READY and self.sender_choice.count() > 0)
        self._show_sender(plan)
        mark(self._name, "tone", "muted" if unreadable else "")
        self.setAccessibleName(tr("{file}, {state}", file=file.name, state=tr(word)))

    def _show_notes(self, plan: Plan | None) -> None:
        """What the rules say of the file as a whole."""
        findings = plan.findings if plan is not None else ()
        whole = [finding for finding in findings if not finding.rows and not finding.letter]
        if whole == self._noted:
            return
        self._noted = whole
        while (item := self._notes.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for finding in whole:
            tone = SEVERITIES[finding.severity]
            self._notes.addWidget(Note(self._look, tone, say(finding.sentence)))

    def _show_sender(self, plan: Plan | None) -> None:
        guess = plan.sender if plan is not None else None
        chosen = self.file.chosen_sender
        shown = chosen if chosen is not None else (guess.id if guess is not None else None)
        self.sender_choice.show_sender(shown)
        proposed = chosen is None and guess is not None
        self._proposed.show_status(tr("proposed") if proposed else "", Tone.ACCENT)
        because = ""
        if proposed and guess is not None:
            because = tr("because {reason}", reason=say(guess.because))
        elif shown is None:
            because = tr("Choose the cluster that sent the file, if it was one.")
        self._because.setText(because)

    def _sender_row(self) -> QWidget:
        made = surface("")
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.sender_choice.setFixedWidth(self._look.px(_SENDER_WIDTH))
        row.addWidget(label(tr("From"), tone="muted"))
        row.addWidget(self.sender_choice)
        row.addWidget(self._proposed)
        row.addWidget(self._because, 1)
        return made

    def _follow(self, job: Job) -> None:
        self._strip.follow(job)

    def _tint(self) -> None:
        ratio = self.devicePixelRatio()
        sign = self._look.icons.pixmap("file-spreadsheet", "muted", _SIGN, ratio)
        self._sign.setPixmap(sign)


def _contents(plan: Plan) -> str:
    """Say what was found: the lists with their rows, and how much is asked."""
    parts = []
    for sheet in plan.sheets:
        name = list_name(sheet.kind or "")
        if name:
            if sheet.name and len(plan.sheets) > 1:
                name = tr("{sheet}: {kind}", sheet=sheet.name, kind=name)
            rows = rows_in_words(len(sheet.data_rows))
            parts.append(tr("{what}, {rows}.", what=name, rows=rows))
    if not parts:
        parts.append(say(plan.message))
    open_ = len(plan.open_questions)
    parts.append(
        one_or_more(open_, "One question is open.", "{n} questions are open.")
        if open_
        else tr("No question is open.")
    )
    return " ".join(parts)
