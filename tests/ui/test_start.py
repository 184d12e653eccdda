"""The first picture comes before everything that it does not need."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from smartct_desktop.ui import garbage
from smartct_desktop.ui.garbage import Garbage
from smartct_desktop.ui.jobs import Jobs

ROOT = Path(__file__).parents[2]

FIRST_PICTURE = """
import sys
from PySide6.QtWidgets import QApplication
from smartct_desktop.app import App
app = App(QApplication(sys.argv[:1]))
app.show({document})
app.application.processEvents()
print(*sorted(sys.modules))
"""

LATER = (
    "asyncio",
    "sqlalchemy",
    "sqlite3",
    "xlsxwriter",
    "rapidfuzz",
    "smartct_desktop.domain.catalog",
    "smartct_desktop.domain.programme.facts",
    "smartct_desktop.services.document",
    "smartct_desktop.services.importing",
    "smartct_desktop.services.reports",
    "smartct_desktop.spreadsheets",
    "smartct_desktop.storage",
    "smartct_desktop.ui.forms",
    "smartct_desktop.ui.grid",
    "smartct_desktop.ui.import_assistant",
    "smartct_desktop.ui.overview",
)


@pytest.mark.parametrize("document", ["None", "Path('shown.smartct')"])
def test_that_the_first_picture_waits_for_nothing_else(tmp_path, document):
    script = f"from pathlib import Path\n{FIRST_PICTURE.format(document=document)}"
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"SMARTCT_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = run.stdout.split()
    assert "smartct_desktop.ui.main_window" in loaded
    assert [name for name in loaded if name.startswith(LATER)] == []


@pytest.fixture
def jobs(qapp):  # noqa: ARG001 -- timers need the application
    jobs = Jobs(print)
    yield jobs
    jobs.shutdown()


@pytest.fixture
def collector(jobs):
    parent = QObject()
    collector = Garbage(jobs, parent)
    yield collector
    collector.end()


class Circle:
    """An object that names itself; `gone` hears when it is freed."""

    def __init__(self, gone):
        self.itself = self
        self.gone = gone

    def __del__(self):
        self.gone.append(True)


def test_that_circles_are_freed_when_the_window_looks(collector):
    gone = []
    Circle(gone)
    assert not gc.isenabled()

    collector.look()

    assert gone == [True]


def test_that_very_many_new_objects_are_set_aside_and_freed_later(collector):
    collector.look_everywhere()
    gone = []
    Circle(gone)
    stay = [[] for _ in range(2 * garbage.MANY)]
    collector.look()
    assert gone == []

    collector.look_everywhere()

    assert gone == [True]
    assert len(stay) == 2 * garbage.MANY


def test_that_python_looks_by_itself_again_after_the_end(jobs):
    parent = QObject()
    collector = Garbage(jobs, parent)

    collector.end()

    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
