"""How long the window stands still while it works: the longest gap between two ticks of a timer.

The whole program runs in a process of its own, on a display nobody sees; a timer ticks every five
milliseconds and has the table painted anew ten times a second. The floor is the longest gap of the
same window with nothing to do. A gap of 50 ms is the most that goes unnoticed.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.importing import make_workbook
from benchmarks.lines import Line

if TYPE_CHECKING:
    from smartct_desktop.app import App

ROWS = 20_000
MOST = 50.0  # milliseconds
TICK, REPAINT = 5, 100  # milliseconds
IDLE_SECONDS = 2.0
DEEDS = (
    "reading and planning an import",
    "showing the review",
    "writing it",
    "undoing it",
    "doing it again",
    "export",
    "saving a copy",
)


def measure(runs: int, *, large: bool = False) -> list[Line]:
    """The longest gaps with 20,000 rows, or five times as many if `large`."""
    rows = 5 * ROWS if large else ROWS
    with tempfile.TemporaryDirectory() as name:
        workbook = Path(name, "exchanges.xlsx")
        make_workbook(workbook, rows)
        found = [_gaps(Path(name, str(run)), workbook) for run in range(runs)]
    idle = statistics.median(gaps["idle"] for gaps in found)
    return [
        Line(
            f"longest gap: {deed}, {rows:,} rows",
            statistics.median(gaps[deed] for gaps in found),
            idle,
            f"the idle window; ≤ {MOST:.0f} ms is the goal",
            goal=round(MOST / idle, 1),
        )
        for deed in DEEDS
    ]


def _gaps(folder: Path, workbook: Path) -> dict[str, float]:
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.gaps", str(folder), str(workbook)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"SMARTCT_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"},
    )
    gaps: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return gaps


class Watch:
    """Ticks, and remembers the longest gap between two ticks."""

    def __init__(self, app: App) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._app = app
        self._longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(app.window)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK)
        self._painter = QTimer(app.window)
        self._painter.timeout.connect(app.window.workbench.update)
        self._painter.start(REPAINT)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def longest(self, deed: Callable[[], object], ended: Callable[[], bool]) -> float:
        """Do something, wait until it has ended; give the longest gap in milliseconds."""
        from PySide6.QtCore import QEventLoop

        application = self._app.application
        application.processEvents()
        self._last, self._longest = time.perf_counter(), 0.0
        deed()
        while not ended() or self._app.jobs.active:
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        application.processEvents()
        self._tick()
        return self._longest * 1000


def _watched(folder: Path, workbook: Path) -> dict[str, float]:
    """Import, undo, redo, export and copy in the real window; runs in a process of its own."""
    from PySide6.QtWidgets import QApplication

    from smartct_desktop.app import App
    from smartct_desktop.services.opening import new_partnership
    from smartct_desktop.services.reports.catalog import REPORTS
    from smartct_desktop.services.reports.wish import Wish
    from smartct_desktop.ui.import_assistant.assistant import ImportAssistant
    from smartct_desktop.ui.import_assistant.steps import Step
    from smartct_desktop.ui.reports.writing import Order
    from smartct_desktop.ui.reports.writing import write as write_report

    path = folder / "document.smartct"
    new_partnership(path, "Example").close()
    app = App(QApplication(["benchmark"]))
    app.show(path)
    app.begin()
    app.settle()
    app.window.workbench.show_tab("exchanges")
    app.settle()
    watch, window, program = Watch(app), app.window, app.program
    document = program.document
    assert document is not None
    copy, report = folder / "copy.smartct", folder / "report.xlsx"
    deeds = window.deeds
    until = time.perf_counter() + IDLE_SECONDS
    gaps = {"idle": watch.longest(lambda: None, lambda: time.perf_counter() > until)}
    read, review, write, undo, redo, export, save = DEEDS
    gaps[read] = watch.longest(lambda: program.start_import([workbook]), lambda: True)
    (assistant,) = (w for w in app.application.topLevelWidgets() if isinstance(w, ImportAssistant))
    gaps[review] = watch.longest(lambda: assistant.go_to(Step.REVIEW), lambda: True)
    gaps[write] = watch.longest(assistant.foot.main.click, lambda: assistant.step is Step.DONE)
    assistant.close()
    assert document.read.total("exchange"), "nothing was imported"
    heard: list[object] = []
    document.subscribe(heard.append)
    gaps[undo] = watch.longest(deeds.undo, lambda: len(heard) == 1)
    gaps[redo] = watch.longest(deeds.redo, lambda: len(heard) == 2)
    desk = window.desk
    assert desk is not None
    order = Order(REPORTS[0], document, desk.facts, report, Wish())
    gaps[export] = watch.longest(
        lambda: write_report(app.jobs, order, lambda _written: None, _raise), report.exists
    )
    gaps[save] = watch.longest(lambda: window.save_copy(copy), copy.exists)
    window.close()
    app.close()
    return gaps


def _raise(failure: Exception) -> None:
    raise failure


if __name__ == "__main__":
    sys.stdout.write(f"{json.dumps(_watched(Path(sys.argv[1]), Path(sys.argv[2])))}\n")
