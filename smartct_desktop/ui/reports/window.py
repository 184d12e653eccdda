"""The window of the reports: what there is, the choices, a preview, and the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QFile, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.changes import Touched
from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.services.exporting import Exported, file_name
from smartct_desktop.services.reports.catalog import ReportKind
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.dialogs.new_partnership import documents_folder
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.job_strip import JobStrip
from smartct_desktop.ui.jobs import Job
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.messages import Choice
from smartct_desktop.ui.notes import Note
from smartct_desktop.ui.reports.choices import ReportChoices
from smartct_desktop.ui.reports.previewing import Previewing, Seen, Wanted
from smartct_desktop.ui.reports.remembered import RememberedChoices
from smartct_desktop.ui.reports.report_list import ReportList
from smartct_desktop.ui.reports.shown import Shown
from smartct_desktop.ui.reports.writing import Order, told, write
from smartct_desktop.ui.theme.tones import Tone
from smartct_desktop.ui.tools import Tools

_SIZE = (1120, 720)
_FOLDER = "reports.folder"


class ReportsWindow(QDialog):
    """Stays beside the main window; a report is written in a job and can be stopped."""

    help_asked = Signal(str)

    def __init__(self, tools: Tools, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        look = tools.look
        self._tools, self._desk = tools, desk
        self._remembered = RememberedChoices(tools.settings)
        self._language = tools.settings.text("reports.language", "en")
        self._writing: Job | None = None
        self.setWindowTitle(tr("Reports"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = ReportList(look)
        self.choices = ReportChoices(look, desk, local_today())
        self.shown = Shown(look)
        self.note: Note | None = None
        self._name = label(face="title", wrap=True)
        self._sentence = label(tone="muted", wrap=True)
        self.export = button(look, tr("Export…"), Kind.PRIMARY)
        self.strip = JobStrip(look, tools.jobs)
        self._lay_out()
        self.previewing = Previewing(tools.jobs, desk, self._wanted, tools.report, self)
        self.previewing.began.connect(self.shown.wait)
        self.previewing.made.connect(self._show)
        self.previewing.refused.connect(self.shown.say)
        self.list.chosen.connect(self._show_kind)
        self.list.wanted.connect(self.ask_export)
        self.choices.changed.connect(self.previewing.renew)
        self.export.clicked.connect(self.ask_export)
        self._unsubscribe = desk.document.subscribe(self._hear)
        self.finished.connect(self._end)
        help_ = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self)
        help_.activated.connect(partial(self.help_asked.emit, "reports"))
        FocusRing(look, self)
        self._fit(parent)
        self.list.go_to(self._remembered.last)
        self._show_kind(self.list.current)
        self.list.search.setFocus()

    def show_report(self, code: str) -> None:
        """Go to a report."""
        self.list.search.clear()
        self.list.go_to(code)

    def choose_record(self, kind: str, id_: Id, caption: str) -> None:
        """Choose the record that the report is about."""
        self.choices.choose_record(kind, id_, caption)

    def ask_export(self) -> None:
        """Ask for a file and write the report; says in place what has to be chosen first."""
        kind = self.list.current
        if kind is None or self._writing is not None:
            return
        try:
            wish = self.choices.wish()
        except Invalid as refusal:
            self._tell(Tone.WARNING, say(refusal.sentence))
            return
        folder = Path(self._tools.settings.text(_FOLDER) or documents_folder())
        proposed = folder / Path(file_name(kind, local_today())).with_suffix(self.choices.suffix)
        kinds = tr("PDF files (*.pdf)") if self.choices.printed else tr("Workbooks (*.xlsx)")
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Export {report}", report=say(kind.name)), str(proposed), kinds
        )
        if name:
            self._write_to(kind, wish, Path(name))

    # Within.

    def _write_to(self, kind: ReportKind, wish: Wish, path: Path) -> None:
        suffix = self.choices.suffix
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
            if QFile.exists(str(path)) and not self._may_replace(path):
                return
        self._remembered.keep(kind.code, self.choices.to_keep())
        self._language = wish.language
        self._tools.settings.set("reports.language", wish.language)
        self._quiet()
        self.export.setEnabled(False)
        order = Order(kind, self._desk.document, self._desk.facts, path, wish)
        self._writing = write(
            self._tools.jobs, order, partial(self._done, path), self._failed, self._stopped
        )
        self.strip.follow(self._writing)

    def _may_replace(self, path: Path) -> bool:
        """Ask, because the system's dialog asked about another name."""
        answer = self._tools.messages.ask(
            self,
            tr("{name} is there already.", name=path.name),
            tr("It would be replaced by the report."),
            [
                Choice("cancel", tr("Cancel")),
                Choice("replace", tr("Replace {name}", name=path.name)),
            ],
            "cancel",
            harmless="cancel",
        )
        return answer == "replace"

    def _done(self, asked: Path, exported: Exported) -> None:
        self._rest()
        self._tools.settings.set(_FOLDER, str(exported.path.parent))
        self._tools.try_deed(self._tools.settings.save)
        sentence, links = told(asked, exported, self._desk.document)
        note = self._tell(Tone.DONE if exported.path == asked else Tone.WARNING, sentence)
        note.offer(*links)

    def _failed(self, failure: Exception) -> None:
        self._rest()
        if not isinstance(failure, Trouble):
            self._tools.report(failure)
            return
        self._tell(Tone.ERROR, f"{say(failure.sentence)} {say(failure.hint)}".strip())

    def _stopped(self) -> None:
        self._rest()
        self._tell(Tone.CALM, tr("Stopped; nothing was written."))

    def _rest(self) -> None:
        self._writing = None
        self.export.setEnabled(True)
        self.export.setFocus()  # it lost it when it was switched off

    def _tell(self, tone: Tone, sentence: str) -> Note:
        self._quiet()
        self.note = Note(self._tools.look, tone, sentence)
        self._column.insertWidget(self._column.count() - 1, self.note)
        return self.note

    def _quiet(self) -> None:
        note, self.note = self.note, None
        if note is not None:
            note.hide()
            note.deleteLater()

    def _show_kind(self, kind: ReportKind | None) -> None:
        self.choices.setVisible(kind is not None)
        self.export.setEnabled(kind is not None and self._writing is None)
        if kind is None:
            self._name.setText("")
            self._sentence.setText("")
            self.shown.say("")
            return
        self._quiet()
        self.shown.say(tr("Making the preview…"))
        self._name.setText(say(kind.name))
        self._sentence.setText(say(kind.sentence))
        self.choices.show_kind(kind, self._remembered.of(kind.code), self._language)

    # The preview.

    def _hear(self, _touched: Touched) -> None:
        self.previewing.renew()

    def _wanted(self) -> Wanted | None:
        kind = self.list.current
        if kind is None:
            return None
        try:
            wish = self.choices.wish()
        except Invalid as refusal:
            self.shown.say(say(refusal.sentence))
            return None
        return Wanted(kind, wish, self.choices.printed, self.devicePixelRatio())

    def _show(self, seen: Seen) -> None:
        if seen.pages:
            self.shown.show_pages(seen.pictures, seen.pages)
        else:
            self.shown.show_sheets(seen.sheets)

    # Making.

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._name)
        right.addWidget(self._sentence)
        right.addSpacing(4)
        right.addWidget(self.choices)
        right.addSpacing(4)
        right.addWidget(self.shown, 1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        close = button(self._tools.look, tr("Close"), Kind.FLAT)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        self.export.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.strip)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.export)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 14)
        self._column.setSpacing(12)
        self._column.addLayout(row, 1)
        self._column.addLayout(foot)

    def _fit(self, parent: QWidget) -> None:
        look, room = self._tools.look, parent.window().size()
        self.resize(min(look.px(_SIZE[0]), room.width()), min(look.px(_SIZE[1]), room.height()))

    def _end(self) -> None:
        self._unsubscribe()
        self.previewing.stop()
