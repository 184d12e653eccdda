"""The main window: menu bar, start page or workbench, status bar, and what the actions do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from smartct_desktop.services.settings import Settings
from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.arrange_commands import ArrangeCommands
from smartct_desktop.ui.exchange_commands import ExchangeCommands
from smartct_desktop.ui.export_commands import ExportCommands
from smartct_desktop.ui.file_commands import FileCommands
from smartct_desktop.ui.help.commands import HelpCommands
from smartct_desktop.ui.history_commands import HistoryCommands
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.joining.commands import JoiningCommands
from smartct_desktop.ui.menus import Menus, ReportEntry
from smartct_desktop.ui.merge_commands import MergeCommands
from smartct_desktop.ui.pane_commands import PaneCommands
from smartct_desktop.ui.periods.commands import PeriodCommands
from smartct_desktop.ui.privacy.commands import PrivacyCommands
from smartct_desktop.ui.quick_open.field import add_field
from smartct_desktop.ui.quick_open.opener import QuickOpener
from smartct_desktop.ui.record_commands import RecordCommands
from smartct_desktop.ui.reports.commands import ReportCommands
from smartct_desktop.ui.revision_commands import RevisionCommands
from smartct_desktop.ui.rule_commands import RuleCommands
from smartct_desktop.ui.state_bar import StateBar
from smartct_desktop.ui.tab_names import TAB_NAMES
from smartct_desktop.ui.table_commands import TableCommands
from smartct_desktop.ui.templates.commands import TemplateCommands
from smartct_desktop.ui.theme.theme import Theme
from smartct_desktop.ui.tools import Tools
from smartct_desktop.ui.view_commands import ViewCommands, restore_look
from smartct_desktop.ui.workbench import Workbench

if TYPE_CHECKING:  # the first picture comes before these are known
    from smartct_desktop.domain.changes import Touched
    from smartct_desktop.services.document import Document
    from smartct_desktop.services.programme import ProgrammeFacts
    from smartct_desktop.services.texts import TextStyle
    from smartct_desktop.ui.deeds import Deeds
    from smartct_desktop.ui.desk import Desk
    from smartct_desktop.ui.draft_return import DraftReturn
    from smartct_desktop.ui.notices import Notices
    from smartct_desktop.ui.problems.signs import ProblemSigns
    from smartct_desktop.ui.start.page import StartPage


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
        restore_look(theme, settings)
        self._theme = theme
        self._look = theme.look
        self._settings = settings
        self._desk: Desk | None = None
        self._unsubscribe: Callable[[], object] | None = None
        self._completed = False
        self._state = StateBar(self._look, self.statusBar())
        self.tools = Tools(self, self._look, jobs, settings, report)
        self.command = Actions(self._look, self)
        self._menus = Menus(self.menuBar(), self.command, theme)
        self.workbench = Workbench(self.tools, self.command)
        self._files = FileCommands(self, self.tools, self.command, self.finish_editing)
        self._views = ViewCommands(self, theme, settings, self.command)
        self._records = RecordCommands(self.workbench, self.command, self._give_deeds)
        acting = (self.workbench, self.tools, self.command, self._give_deeds)
        self._history = HistoryCommands(*acting)
        self.periods = PeriodCommands(*acting)
        self._merging = MergeCommands(*acting)
        self.joining = JoiningCommands(*acting)
        self.rules = RuleCommands(self, self.tools, self.command)
        self.reports = ReportCommands(self, self.tools, self.command, self.workbench)
        self.privacy = PrivacyCommands(self, self.tools, self.command, self.workbench)
        self.templates = TemplateCommands(self, self.tools, self.command)
        self._exchanges = ExchangeCommands(self.workbench, self.tools, self.command)
        self._revisions = RevisionCommands(
            self.workbench, self.command, self.tools, self.command["undo"].trigger
        )
        self._tables = TableCommands(self.workbench, self.command)
        self.exports = ExportCommands(self, self.workbench, self.tools, self.command)
        self._arrange = ArrangeCommands(self.workbench, self.tools, self.command)
        self._panes = PaneCommands(self.workbench, self.command, self.tools)
        self.help = HelpCommands(self, self.tools, self.command, self.workbench)
        self.quick_open = QuickOpener(
            self, self.tools, self.command, self._menus, self.workbench, self.finish_editing
        )
        self.quick_open.help_asked.connect(self.help.show_topic)
        self.reports.help_asked.connect(self.help.show_topic)
        self.privacy.data_asked.connect(self.reports.show_person)
        self.quick_open.document_asked.connect(self.open_asked)
        field = add_field(self._look, self.menuBar(), self.command["quick_open"].shortcut())
        field.clicked.connect(self.quick_open.open)
        self._middle = QStackedWidget()
        self._whole = QWidget()
        self._put_together()
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 420)
        self._connect()
        self._restore()
        self._tell_commands()

    # Not needed for the first picture of a document, so made when they are first used.

    @cached_property
    def deeds(self) -> Deeds:
        """What is done to records."""
        from smartct_desktop.ui.deeds import Deeds

        deeds = Deeds(self.tools, self)
        deeds.made.connect(self.workbench.bring_forward)
        self.workbench.record_asked.connect(deeds.open_record)
        self.workbench.part_asked.connect(deeds.new_part)
        self.workbench.delete_asked.connect(deeds.delete)
        deeds.step_asked.connect(self.workbench.show_step)
        return deeds

    @cached_property
    def problems(self) -> ProblemSigns:
        """The findings, wherever they are counted, and kept up to date."""
        from smartct_desktop.ui.problems.signs import ProblemSigns

        return ProblemSigns(self.tools, self.workbench, self.statusBar())

    def _give_deeds(self) -> Deeds:
        return self.deeds

    @cached_property
    def notices(self) -> Notices:
        """The bars above everything, about the document as a whole."""
        from smartct_desktop.ui.notices import Notices

        notices = Notices(self._look)
        column = self._whole.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, notices)
        return notices

    @cached_property
    def drafts(self) -> DraftReturn:
        """What was typed and not written the last time."""
        from smartct_desktop.ui.draft_return import DraftReturn

        return DraftReturn(self, self.tools, self.workbench, self.deeds)

    def _drafts_of(self, desk: Desk | None) -> None:
        if desk is not None or "drafts" in self.__dict__:
            self.drafts.attach(desk)

    @cached_property
    def start(self) -> StartPage:
        """The three cards of the first run."""
        from smartct_desktop.ui.start.page import StartPage

        start = StartPage(self._look)
        start.sample_asked.connect(self._files.ask_sample)
        start.new_asked.connect(self._files.ask_new)
        start.open_asked.connect(self._files.ask_open)
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
        self._state.say("")
        self._state.show_saved(self._desk)
        self._records.switch()
        self._revisions.switch()
        self.start.begin()

    def expect_document(self, path: Path) -> None:
        """Show the frame of a document that is about to be opened: tabs and empty tables."""
        self.setWindowTitle(tr("{name} — SmartCT", name=path.name))
        self.statusBar().show()
        self._middle.setCurrentWidget(self.workbench)
        self._state.say(tr("Opening {name}…", name=path.name))

    def show_document(
        self,
        document: Document,
        facts: ProgrammeFacts,
        style: TextStyle | None = None,
        *,
        sample: bool = False,
    ) -> None:
        """Show a document; one that is shown already is let go."""
        from smartct_desktop.services.newcomers import Newcomers
        from smartct_desktop.services.texts import Texts, TextStyle
        from smartct_desktop.ui.desk import Desk
        from smartct_desktop.ui.forms.editors import Editors

        self.close_document()
        self._complete()
        self.statusBar().show()
        texts = Texts(facts, style or TextStyle())
        newcomers = Newcomers()
        editors = Editors(self._look, texts, facts, document.read, newcomers.make)
        self._desk = Desk(document, facts, texts, editors, newcomers, self.deeds.welcome)
        self._unsubscribe = document.subscribe(self._hear)
        self._settings.opened(document.home)
        self._menus.fill_recent(self._settings.recent())
        self.setWindowTitle(tr("{name} — SmartCT", name=document.path.name))
        self._middle.setCurrentWidget(self.workbench)
        self.deeds.attach(self._desk)
        self.workbench.attach(self._desk, sample=sample)
        self.problems.attach(self._desk)
        self._state.show_saved(self._desk)
        self._tell_commands()
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
        self.problems.attach(None)
        self.workbench.detach()
        self._desk = None
        self._tell_commands()

    @property
    def desk(self) -> Desk | None:
        """The document that is shown, and how its values are written."""
        return self._desk

    @property
    def state_words(self) -> str:
        """What the status bar says of the page in front."""
        return self._state.words

    @property
    def lock_menu(self) -> QMenu:
        """Where is chosen when the window locks by itself."""
        return self._menus.lock_after

    def ask_open(self) -> None:
        """Ask which document is to be opened."""
        self._files.ask_open()

    def finish_editing(self) -> bool:
        """Write what is being typed; False if it is refused and stays."""
        return self._desk is None or self.workbench.finish_editing()

    def set_reports(self, entries: Sequence[ReportEntry]) -> None:
        """Fill the menu of reports."""
        self._menus.fill_reports(entries)
        self._tell_commands()

    # Making.

    def _complete(self) -> None:
        """Make what the first picture can do without."""
        from smartct_desktop.ui.focus_ring import FocusRing
        from smartct_desktop.ui.job_strip import JobStrip

        if not self._completed:
            self._completed = True
            FocusRing(self._look, self)
            self.statusBar().insertPermanentWidget(1, JobStrip(self._look, self.tools.jobs))

    def _put_together(self) -> None:
        """Put the workbench in the middle; notices come above it."""
        self._middle.addWidget(self.workbench)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._middle, 1)
        self.setCentralWidget(self._whole)

    def _connect(self) -> None:
        files, records = self._files, self._records
        files.new_asked.connect(self.new_asked)
        files.open_asked.connect(self.open_asked)
        files.sample_asked.connect(self.sample_asked)
        files.close_asked.connect(self.close_asked)
        files.import_asked.connect(self.import_asked)
        files.copy_asked.connect(self.save_copy)
        self.command["quit"].triggered.connect(self.close)
        self.command["compact"].toggled.connect(self._set_compact)
        self._menus.recent.triggered.connect(files.open_recent)
        self._views.attach_to(self._menus)
        for place, name in enumerate(TAB_NAMES, 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
            shortcut.activated.connect(partial(self._show_tab, name))
        self.workbench.stated.connect(self._state.say)
        self.workbench.page_changed.connect(records.switch)
        self.workbench.page_changed.connect(self._revisions.switch)
        self.workbench.new_asked.connect(records.new_record)
        self.workbench.import_asked.connect(files.ask_import)
        self.workbench.leave_asked.connect(files.ask_close)
        self._look.changed.connect(self._state.fit)

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
        if self._desk is not None:
            self._desk.stock.hear(touched)
        self.workbench.hear(touched)
        self.problems.hear()
        self.deeds.hear()
        self._records.name_steps()
        self._history.switch()

    def _tell_commands(self) -> None:
        """Tell the menus which document they act on now."""
        desk = self._desk
        self._files.follow(desk.document.home if desk is not None else None)
        self._records.attach(desk)
        self._history.attach(desk)
        self.periods.attach(desk)
        self._merging.attach(desk)
        self.joining.attach(desk)
        self.rules.attach(desk)
        self.reports.attach(desk)
        self.templates.attach(desk)
        self.privacy.attach(desk)
        self._exchanges.attach(desk)
        self._revisions.attach(desk)
        self._tables.switch()
        self.exports.attach(desk)
        self.quick_open.attach(desk)
        self._drafts_of(desk)
        self._menus.switch_reports(on=desk is not None)

    def keep_typed(self) -> None:
        """Keep what is typed and not written, for the program is about to be ended."""
        if "drafts" in self.__dict__:
            self.drafts.keeper.keep_now()
        self.workbench.remember()

    def tell_state(self) -> None:
        """Say in the status bar whether the document can be written, which may be otherwise now."""
        self._state.show_saved(self._desk)

    def save_copy(self, target: Path) -> None:
        """Save a copy of the document in a job, and tell when it is there."""
        from smartct_desktop.ui.copying import save_copy

        if self._desk is not None:
            save_copy(self._desk.document, target, self.tools, self)

    def _set_compact(self, on: bool) -> None:  # noqa: FBT001 (a signal's)
        self.workbench.set_compact(on)
        self._settings.set("view.compact", on)

    def _show_tab(self, name: str) -> None:
        if self._middle.currentWidget() is self.workbench:
            self.workbench.show_tab(name)
            self._focus_page()

    def _focus_page(self) -> None:
        self.workbench.focus_page()

    # What Qt asks for.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        own = event.source() is not None  # an attached file that is dragged out
        if not own and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        writable = self._desk is not None and not self._desk.read_only
        self._files.take_dropped(paths, writable=writable)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.finish_editing():
            event.ignore()
            return
        self.workbench.remember()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._settings.set("window.geometry", geometry)
        self.closing.emit()
        event.accept()
