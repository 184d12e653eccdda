"""The main window: menu bar, start page or workbench, status bar, and what the actions do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QLabel, QMainWindow, QStackedWidget

from smartct_desktop.services.settings import Settings
from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.menus import Menus, ReportEntry
from smartct_desktop.ui.tab_names import HISTORY, TAB_NAMES
from smartct_desktop.ui.theme.theme import Appearance, Theme, Typeface
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.changes import PastStep, Touched
    from smartct_desktop.services.document import Document
    from smartct_desktop.services.programme import ProgrammeFacts
    from smartct_desktop.services.texts import TextStyle
    from smartct_desktop.ui.deeds import Deeds
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.start.page import StartPage

SUFFIX = ".smartct"
_LONGEST = 60  # characters of a step's name in the menu
_STEP = 10  # per cent that the text grows or shrinks
_FILTER = "SmartCT documents (*.smartct)"


class MainWindow(QMainWindow):
    """Made and painted without a document; `show_document` brings one.

    What only the program around it can do is asked for by signals: `new_asked(path, acronym)`,
    `open_asked(path)`, `sample_asked`, `close_asked`, `import_asked(paths)` (none: ask for them)
    and `closing`, after which the window is gone. Whoever opens and closes documents does it
    there.
    """

    new_asked = Signal(object, str)
    open_asked = Signal(object)
    sample_asked = Signal()
    close_asked = Signal()
    import_asked = Signal(object)
    closing = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        settings: Settings,
        report: Callable[[Exception], object],
    ) -> None:
        super().__init__()
        _restore_theme(theme, settings)
        self._theme = theme
        self._look = theme.look
        self._settings = settings
        self._desk: Desk | None = None
        self._unsubscribe: Callable[[], object] | None = None
        self._completed = False
        self._state = label(face="small", tone="muted")
        self._saved_sign = QLabel()
        self._saved = label(face="small", tone="muted")
        self._fill_status_bar()
        self.tools = Tools(self, self._look, jobs, settings, report)
        self.command = Actions(self._look, self)
        self._menus = Menus(self.menuBar(), self.command, theme)
        self.workbench = Workbench(self.tools, self.command)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.workbench)
        self.setCentralWidget(self._middle)
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 420)
        self._connect()
        self._restore()
        self._name_steps()
        self._switch_actions()

    # Not needed for the first picture of a document, so made when they are first used.

    @cached_property
    def deeds(self) -> Deeds:
        """What is done to records."""
        from smartct_desktop.ui.deeds import Deeds

        deeds = Deeds(self.tools, self)
        deeds.made.connect(self.workbench.go_to)
        self.workbench.record_asked.connect(deeds.open_record)
        return deeds

    @cached_property
    def start(self) -> StartPage:
        """The three cards of the first run."""
        from smartct_desktop.ui.start.page import StartPage

        start = StartPage(self._look)
        start.sample_asked.connect(self._ask_sample)
        start.new_asked.connect(self._ask_new)
        start.open_asked.connect(self._ask_open)
        start.recent_asked.connect(self.open_asked)
        self._middle.addWidget(start)
        return start

    # Documents.

    def show_start(self) -> None:
        """Show the three cards and the recent files."""
        self._complete()
        self.setWindowTitle(tr("SmartCT"))
        self.statusBar().hide()
        self._middle.setCurrentWidget(self.start)
        self.start.show_recent(self._settings.recent())
        self._menus.fill_recent(self._settings.recent())
        self._state.setText("")
        self._show_saved()
        self._switch_actions()
        self.start.begin()

    def expect_document(self, path: Path) -> None:
        """Show the frame of a document that is about to be opened: tabs and empty tables."""
        self.setWindowTitle(tr("{name} — SmartCT", name=path.name))
        self.statusBar().show()
        self._middle.setCurrentWidget(self.workbench)
        self._state.setText(tr("Opening {name}…", name=path.name))

    def show_document(
        self,
        document: Document,
        facts: ProgrammeFacts,
        style: TextStyle | None = None,
        *,
        sample: bool = False,
    ) -> None:
        """Show a document; one that is shown already is let go."""
        from smartct_desktop.services.texts import Texts, TextStyle
        from smartct_desktop.ui.desk import Desk
        from smartct_desktop.ui.forms.editors import Editors

        self.close_document()
        self._complete()
        self.statusBar().show()
        texts = Texts(facts, style or TextStyle())
        editors = Editors(self._look, texts, facts, document.read, self.deeds.create)
        self._desk = Desk(document, facts, texts, editors)
        self._unsubscribe = document.subscribe(self._hear)
        self._settings.opened(document.path)
        self._menus.fill_recent(self._settings.recent())
        self.setWindowTitle(tr("{name} — SmartCT", name=document.path.name))
        self._middle.setCurrentWidget(self.workbench)
        self.deeds.attach(self._desk)
        self.workbench.attach(self._desk, sample=sample)
        self._show_saved()
        self._name_steps()
        self._switch_actions()
        self._focus_page()

    def close_document(self) -> None:
        """Let go of the document, which whoever opened it closes afterwards."""
        if self._desk is None:
            return
        self.workbench.remember()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self.deeds.attach(None)
        self.workbench.detach()
        self._desk = None
        self._name_steps()
        self._switch_actions()

    @property
    def desk(self) -> Desk | None:
        """The document that is shown, and how its values are written."""
        return self._desk

    @property
    def state_words(self) -> str:
        """What the status bar says of the page in front."""
        return self._state.text()

    def finish_editing(self) -> bool:
        """Write what is being typed; False if it is refused and stays."""
        return self._desk is None or self.workbench.finish_editing()

    def set_reports(self, entries: Sequence[ReportEntry]) -> None:
        """Fill the menu of reports."""
        self._menus.fill_reports(entries)
        self._switch_actions()

    # Making.

    def _complete(self) -> None:
        """Make what the first picture can do without."""
        from smartct_desktop.ui.focus_ring import FocusRing
        from smartct_desktop.ui.job_strip import JobStrip

        if not self._completed:
            self._completed = True
            FocusRing(self._look, self)
            self.statusBar().insertPermanentWidget(1, JobStrip(self._look, self.tools.jobs))

    def _fill_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setFixedHeight(self._look.measures.status_bar)
        self._state.setContentsMargins(10, 0, 0, 0)
        bar.addWidget(self._state, 1)
        bar.addPermanentWidget(self._saved_sign)
        self._saved.setContentsMargins(0, 0, 10, 0)
        bar.addPermanentWidget(self._saved)

    def _connect(self) -> None:
        table = {
            "new": self._ask_new,
            "open": self._ask_open,
            "sample": self._ask_sample,
            "save_copy": self._save_copy,
            "close": self._ask_close,
            "quit": self.close,
            "undo": self._undo,
            "redo": self._redo,
            "copy": self._copy,
            "find": self._find,
            "larger": self._enlarge,
            "smaller": self._shrink,
            "usual_size": self._usual_size,
            "reset_view": self._reset_view,
            "new_record": self._new_record,
            "duplicate": self._duplicate,
            "delete": self._delete,
            "edit_record": self._edit_record,
            "import": self._ask_import,
            "keys": self._show_keys,
            "about": self._show_about,
            "partnership": self._show_partnership,
        }
        for name, act in table.items():
            self.command[name].triggered.connect(act)
        self.command["pane"].toggled.connect(self._show_pane)
        self.command["compact"].toggled.connect(self._set_compact)
        self._menus.recent.triggered.connect(self._open_recent)
        self._menus.appearances.triggered.connect(self._set_appearance)
        self._menus.typefaces.triggered.connect(self._set_typeface)
        for place, name in enumerate(TAB_NAMES, 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.activated.connect(partial(self._show_tab, name))
        self.workbench.stated.connect(self._state.setText)
        self.workbench.page_changed.connect(self._switch_actions)
        self.workbench.new_asked.connect(self._new_record)
        self.workbench.import_asked.connect(self._ask_import)
        self.workbench.leave_asked.connect(self._ask_close)
        self._look.changed.connect(self._follow_look)
        self._follow_look()

    def _restore(self) -> None:
        geometry = self._settings.text("window.geometry")
        if not geometry or not self.restoreGeometry(
            QByteArray.fromBase64(QByteArray(geometry.encode()))
        ):
            self.resize(1366, 768)
        compact = self._settings.get("view.compact") is True
        self.command["compact"].setChecked(compact)

    # What happens in the document.

    def _hear(self, touched: Touched) -> None:
        self.workbench.hear(touched)
        self.deeds.hear()
        self._name_steps()

    def _name_steps(self) -> None:
        """Say in the menu what undo and redo would do."""
        reader = self._desk.reader if self._desk is not None else None
        read_only = self._desk is not None and self._desk.read_only
        back = reader.next_undo() if reader is not None else None
        again = reader.next_redo() if reader is not None else None
        pairs = (
            ("undo", tr("Undo"), back, tr("Nothing to take back")),
            ("redo", tr("Redo"), again, tr("Nothing was undone")),
        )
        for name, verb, step, nothing in pairs:
            self.command[name].setText(_with_step(verb, step))
            reason = tr("This document is open for reading only.") if read_only else nothing
            self.command.switch(name, on=step is not None and not read_only, reason=reason)

    def _show_saved(self) -> None:
        desk = self._desk
        words = ""
        if desk is not None:
            words = tr("for reading only") if desk.read_only else tr("saved")
        self._saved.setText(words)
        sign, token = (
            ("lock", "muted") if desk is not None and desk.read_only else ("check", "done")
        )
        ratio = self.devicePixelRatio()
        self._saved_sign.setPixmap(self._look.icons.pixmap(sign, token, 13, ratio))
        self._saved_sign.setVisible(desk is not None)

    def _switch_actions(self) -> None:
        """What can be done here and now; what cannot says why."""
        desk = self._desk
        page = self.workbench.table_page if desk is not None else None
        no_document = tr("No document is open.")
        no_table = tr("Open a tab with a table first.") if desk is not None else no_document
        for name in ("save_copy", "close", "partnership"):
            self.command.switch(name, on=desk is not None, reason=no_document)
        for action in self._menus.reports.actions():
            action.setEnabled(desk is not None)
        writing = desk is not None and not desk.read_only
        reading_only = tr("This document is open for reading only.") if desk else no_document
        self.command.switch("import", on=writing, reason=reading_only)
        for name in ("pane", "reset_view"):
            self.command.switch(name, on=page is not None, reason=no_table)
        on_history = desk is not None and self.workbench.current_name == HISTORY
        self.command.switch("find", on=page is not None or on_history, reason=no_table)
        why = reading_only if page is not None else no_table
        self.command.switch("new_record", on=page is not None and writing, reason=why)
        chosen = page is not None and page.table.currentIndex().isValid()
        none_chosen = tr("Choose a record first.") if page is not None else no_table
        for name in ("copy", "edit_record"):
            self.command.switch(name, on=chosen, reason=none_chosen)
        for name in ("duplicate", "delete"):
            why = reading_only if chosen else none_chosen
            self.command.switch(name, on=chosen and writing, reason=why)
        if page is not None:
            self.command["pane"].blockSignals(True)
            self.command["pane"].setChecked(page.pane.isVisibleTo(page))
            self.command["pane"].blockSignals(False)

    # What the actions do.

    def _ask_new(self) -> None:
        from smartct_desktop.ui.dialogs.new_partnership import (
            NewPartnershipDialog,
            documents_folder,
        )

        if not self.finish_editing():
            return
        dialog = NewPartnershipDialog(self._look, documents_folder(), self)
        if dialog.exec():
            self.new_asked.emit(dialog.path, dialog.acronym)
        dialog.deleteLater()

    def _ask_open(self) -> None:
        from smartct_desktop.ui.dialogs.new_partnership import documents_folder

        if not self.finish_editing():
            return
        recent = self._settings.recent()
        folder = recent[0].parent if recent else documents_folder()
        name, _ = QFileDialog.getOpenFileName(self, tr("Open a document"), str(folder), tr(_FILTER))
        if name:
            self.open_asked.emit(Path(name))

    def _open_recent(self, action: QAction) -> None:
        if self.finish_editing():
            self.open_asked.emit(Path(str(action.data())))

    def _ask_sample(self) -> None:
        if self.finish_editing():
            self.sample_asked.emit()

    def _ask_close(self) -> None:
        if self.finish_editing():
            self.close_asked.emit()

    def _ask_import(self) -> None:
        if self.finish_editing():
            self.import_asked.emit([])

    def _save_copy(self) -> None:
        desk = self._desk
        if desk is None or not self.finish_editing():
            return
        path = desk.document.path
        name, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save a copy"),
            str(path.with_name(f"{path.stem} {tr('copy')}{SUFFIX}")),
            tr(_FILTER),
        )
        if not name:
            return
        target = Path(name if name.lower().endswith(SUFFIX) else name + SUFFIX)
        if self.tools.try_deed(lambda: desk.document.save_copy(target)):
            self.tools.note.tell(tr("A copy was saved as {name}.", name=target.name))

    def _undo(self) -> None:
        if self.finish_editing():
            self.deeds.undo()

    def _redo(self) -> None:
        if self.finish_editing():
            self.deeds.redo()

    def _copy(self) -> None:
        page = self.workbench.table_page
        if page is not None:
            page.copy()

    def _find(self) -> None:
        page = self.workbench.current
        if page is not None:
            page.focus_filter()

    def _new_record(self) -> None:
        page = self.workbench.table_page
        if page is not None and page.finish_editing():
            self.deeds.new_record(page.tab)

    def _duplicate(self) -> None:
        page = self.workbench.table_page
        id_ = page.table.current_id if page is not None else None
        if page is not None and id_ is not None and page.finish_editing():
            self.deeds.duplicate(page.tab.kind, id_)

    def _delete(self) -> None:
        page = self.workbench.table_page
        if page is not None and page.finish_editing():
            self.deeds.delete(page.tab.kind, page.selected_ids())

    def _edit_record(self) -> None:
        page = self.workbench.table_page
        if page is not None and page.finish_editing():
            self.command["pane"].setChecked(True)
            page.edit_in_pane()

    def _show_pane(self, on: bool) -> None:  # noqa: FBT001 (a signal's)
        page = self.workbench.table_page
        if page is not None:
            page.show_pane(on)

    def _set_compact(self, on: bool) -> None:  # noqa: FBT001 (a signal's)
        self.workbench.set_compact(on)
        self._settings.set("view.compact", on)

    def _reset_view(self) -> None:
        page = self.workbench.table_page
        if page is not None:
            page.reset_view()

    def _show_tab(self, name: str) -> None:
        if self._middle.currentWidget() is self.workbench:
            self.workbench.show_tab(name)
            self._focus_page()

    def _focus_page(self) -> None:
        page = self.workbench.table_page
        if page is not None:
            page.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.workbench.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_appearance(self, action: QAction) -> None:
        self._theme.set_appearance(Appearance(str(action.data())))
        self._settings.set("view.appearance", str(action.data()))

    def _set_typeface(self, action: QAction) -> None:
        self._theme.set_typeface(Typeface(str(action.data())))
        self._settings.set("view.typeface", str(action.data()))

    def _enlarge(self) -> None:
        self._set_text_size(self._theme.text_size + _STEP)

    def _shrink(self) -> None:
        self._set_text_size(self._theme.text_size - _STEP)

    def _usual_size(self) -> None:
        self._set_text_size(100)

    def _set_text_size(self, per_cent: int) -> None:
        self._theme.set_text_size(per_cent)
        self._settings.set("view.text_size", self._theme.text_size)

    def _show_keys(self) -> None:
        from smartct_desktop.ui.dialogs.keyboard_map import KeyboardMap

        tabs = [(tr("Tab {n}", n=n), f"Ctrl+{n}") for n in range(1, len(TAB_NAMES) + 1)]
        KeyboardMap(self._look, [*self.command.with_keys(), *tabs], self).show()

    def _show_about(self) -> None:
        from smartct_desktop.ui.dialogs.keyboard_map import AboutDialog

        AboutDialog(self._look, self).show()

    def _show_partnership(self) -> None:
        from smartct_desktop.ui.overview.partnership_page import PartnershipPage

        if self._desk is not None and self.finish_editing():
            PartnershipPage(self._look, self._desk, self).show()

    def _follow_look(self) -> None:
        self.statusBar().setFixedHeight(self._look.measures.status_bar)
        self._show_saved()

    # What Qt asks for.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        documents = [path for path in paths if path.suffix.lower() == SUFFIX]
        event.acceptProposedAction()
        if not self.finish_editing():
            return
        if documents:
            self.open_asked.emit(documents[0])
        elif paths and self._desk is not None and not self._desk.read_only:
            self.import_asked.emit(paths)
        elif paths:
            self.tools.note.tell(
                tr("Open a document first; then a spreadsheet can be imported into it.")
            )

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.finish_editing():
            event.ignore()
            return
        self.workbench.remember()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._settings.set("window.geometry", geometry)
        self.closing.emit()
        event.accept()


def _restore_theme(theme: Theme, settings: Settings) -> None:
    """Take appearance, typeface and text size as they were left."""
    with suppress(ValueError):
        theme.set_appearance(Appearance(settings.text("view.appearance", "system")))
    with suppress(ValueError):
        theme.set_typeface(Typeface(settings.text("view.typeface", "ours")))
    size = settings.get("view.text_size")
    if isinstance(size, int):
        theme.set_text_size(size)


def _with_step(verb: str, step: PastStep | None) -> str:
    """“Undo change of From (SCT-2021-007)”."""
    if step is None:
        return verb
    words = step.label if len(step.label) <= _LONGEST else f"{step.label[: _LONGEST - 1]}…"
    return f"{verb} {words}".replace("&", "&&")
