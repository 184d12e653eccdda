"""Puts the program with its window together."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import smartct_desktop.ui.plain_imports  # noqa: F401 isort:skip (before PySide6 comes)

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.settings import Settings
from smartct_desktop.system.clock import utc_now
from smartct_desktop.system.coming_forward import bring_forward
from smartct_desktop.system.logs import start_log, watch_errors
from smartct_desktop.system.paths import (
    HOME_VARIABLE,
    cache_folder,
    data_folder,
    log_folder,
    settings_folder,
)
from smartct_desktop.system.version import version
from smartct_desktop.ui.bugs import Bugs
from smartct_desktop.ui.garbage import Garbage
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.main_window import MainWindow
from smartct_desktop.ui.safety.ending import Ending
from smartct_desktop.ui.safety.qt_messages import heed_qt, leave_qt_alone
from smartct_desktop.ui.tab_names import TAB_NAMES
from smartct_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from smartct_desktop.ui.program import Program
    from smartct_desktop.ui.sharing.door import FrontDoor

_TURN_SECONDS = 0.0005
_SWEEP_MILLISECONDS = 20_000  # after the start: nobody waits for it, and it needs a lot


class App:
    """The parts of the running program, in the order in which they need each other."""

    def __init__(self, application: QApplication) -> None:
        # Painting takes hundreds of short turns; while a job computes, each has to be waited for.
        sys.setswitchinterval(_TURN_SECONDS)
        application.setApplicationName("SmartCT")
        application.setApplicationVersion(version())
        application.setDesktopFileName("smartct")
        self.application = application
        self.log = start_log(log_folder())
        self.settings = Settings(settings_folder() / "settings.json")
        self.theme = Theme(application, signs=cache_folder() / "signs")
        self.bugs = Bugs()
        watch_errors(self.bugs.hear)
        self.jobs = Jobs(self.bugs.report)
        self.window = MainWindow(self.theme, self.jobs, self.settings, self.bugs.report)
        self.bugs.attach(self.window)
        self.garbage = Garbage(self.jobs, self.window)
        later = Qt.ConnectionType.QueuedConnection
        self.window.close_asked.connect(self.garbage.look_everywhere, later)
        self._wanted: Path | None = None

    @cached_property
    def program(self) -> Program:
        """What answers the window; it needs much that the first picture does not."""
        from smartct_desktop.services.programme import ProgrammeFacts
        from smartct_desktop.ui.program import Program, sample_path

        sample = sample_path(data_folder())
        return Program(self.window, self.jobs, self.settings, ProgrammeFacts(), sample)

    def show(self, document: Path | None) -> None:
        """Show the window at once; `begin` is to follow when the first picture is there."""
        self._wanted = document or _last_document(self.settings)
        if self._wanted is None:
            self.window.show_start()
        else:
            self.window.expect_document(self._wanted)
        self.window.show()

    @cached_property
    def door(self) -> FrontDoor:
        """Where a second start asks this window to come forward."""
        from smartct_desktop.ui.sharing.door import FrontDoor

        return FrontDoor(self.window)

    def begin(self) -> None:
        """Let the window be used, and open the document that is wanted."""
        self.window.tools.try_deed(lambda: self.door)
        program, wanted = self.program, self._wanted
        if wanted is not None:
            program.open(wanted)
        QTimer.singleShot(_SWEEP_MILLISECONDS, self.window, self._sweep)

    def _sweep(self) -> None:
        self.jobs.run(_sweep, _forget, shown=False)

    def settle(self) -> None:
        """Wait until no job runs and everything is drawn."""
        self.application.processEvents()
        while self.jobs.active:
            self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.application.processEvents()

    @property
    def has_rows(self) -> bool:
        """Whether the first rows of the table in front are there; no other page has to wait."""
        page = self.window.workbench.table_page
        return self.window.desk is not None and (page is None or page.model.rowCount() > 0)

    def keep(self) -> None:
        """Write down what is not in the document yet; nothing is asked and nobody waited for."""
        self.window.keep_typed()
        with suppress(Trouble):
            self.settings.save()

    def close(self) -> None:
        """End the jobs, close the document, end the log."""
        self.jobs.shutdown()
        self.program.finish()
        logging.getLogger().removeHandler(self.log)
        self.log.close()
        self.garbage.end()


def _last_document(settings: Settings) -> Path | None:
    return next((path for path in settings.recent() if path.is_file()), None)


def _is_shown_already(named: Path | None) -> bool:
    """Whether another window has what would be opened, and came to the front with it."""
    try:
        wanted = named or _last_document(Settings(settings_folder() / "settings.json"))
        return wanted is not None and bring_forward(wanted)
    except Trouble:
        return False  # said when the window is there


def _sweep(_progress: Progress) -> int:
    from smartct_desktop.services.housekeeping import sweep

    return sweep(utc_now().timestamp())


def _forget(_removed: int) -> None:
    """Nobody waits for the sweeping."""


def main(arguments: Sequence[str]) -> int:
    """Run the program with its window until it is closed; returns the exit code."""
    words = [word for word in arguments if word != "open"]
    named = Path(words[0]).absolute() if words else None
    if _is_shown_already(named):
        return 0
    app = App(QApplication(sys.argv[:1]))
    heed_qt()
    logging.captureWarnings(True)  # desktops keep what programs say to nobody
    ending = Ending(app.application, app.keep)
    app.show(named)
    QTimer.singleShot(0, app.begin)
    try:
        return app.application.exec()
    finally:
        ending.end()
        app.close()
        leave_qt_alone()


def paint_once(document: Path | None) -> None:
    """Show the window, with the first rows of a document if one is given, and leave.

    What the benchmarks of the start measure: what goes on in the background is not waited for.
    """
    app = App(QApplication(sys.argv[:1]))
    app.show(document)
    app.application.processEvents()
    if document is not None:
        app.begin()
        while not app.has_rows:
            app.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        app.application.processEvents()


def main_job_without_display() -> int:
    """Do the main job on the sample in a new folder, with pictures of the window.

    For machines without a display, where it shows that the program works; returns the exit code.
    """
    from smartct_desktop.services.main_job import do_main_job

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = Path(tempfile.mkdtemp(prefix="smartct-main-job-"))
    try:
        job = do_main_job(folder, print)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    os.environ[HOME_VARIABLE] = str(folder / "settings")
    app = App(QApplication(sys.argv[:1]))
    app.window.resize(1366, 768)
    app.show(job.document)
    app.begin()
    app.settle()
    for name in TAB_NAMES:
        app.window.workbench.show_tab(name)
        app.settle()
        picture = folder / f"{name}.png"
        app.window.grab().save(str(picture))
        print(tr("Drew {name}.", name=picture.name))
    app.window.close()
    app.close()
    print(tr("Everything is in {folder}.", folder=folder))
    return 0
