"""From the command to the painted window, against a bare window with a table."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.lines import Line

# Both leave as soon as all is painted: neither what is taken apart at the end nor what goes on in
# the background belongs to the start.
BARE = """
import os
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from PySide6.QtGui import QStandardItemModel
app = QApplication(sys.argv)
window = QMainWindow()
view = QTableView()
view.setModel(QStandardItemModel(20, 8))
window.setCentralWidget(view)
window.resize(1366, 768)
window.show()
app.processEvents()
print(open("/proc/self/status").read() if sys.platform == "linux" else "", flush=True)
os._exit(0)
"""

OURS = """
import os
import sys
from pathlib import Path
from smartct_desktop.app import paint_once
paint_once({document})
print(open("/proc/self/status").read() if sys.platform == "linux" else "", flush=True)
os._exit(0)
"""


def _ours(document: Path | None) -> str:
    return OURS.format(document=f"Path({str(document)!r})" if document else None)


def _run(code: str) -> tuple[float, float]:
    """Give wall milliseconds and peak megabytes of a Python process that runs `code`."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=os.environ
    )
    wall = (time.perf_counter() - start) * 1000
    peak = [line for line in done.stdout.splitlines() if line.startswith("VmHWM")]
    return wall, float(peak[0].split()[1]) / 1024 if peak else 0.0


def _paired(code: str, floor: str, runs: int) -> tuple[tuple[float, float], tuple[float, float]]:
    _run(code), _run(floor)
    pairs = [(_run(code), _run(floor)) for _ in range(runs)]
    ours = [p[0] for p in pairs]
    other = [p[1] for p in pairs]
    return (
        (statistics.median(o[0] for o in ours), statistics.median(o[0] for o in other)),
        (statistics.median(o[1] for o in ours), statistics.median(o[1] for o in other)),
    )


def measure(runs: int, *, large: bool) -> list[Line]:
    """Start without and with a document; `large` adds one with a million exchanges."""
    from benchmarks.tables import make

    def exchanges_document(folder: Path, size: int) -> Path:
        path = folder / f"{size}.smartct"
        make(path, size)
        return path

    lines = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SMARTCT_HOME"] = folder
        Path(folder, "settings").mkdir()
        Path(folder, "settings", "settings.json").write_text('{"window.tab": "exchanges"}')
        times, peaks = _paired(_ours(None), BARE, runs)
        lines.append(Line("painted window", *times, "bare window with a table", goal=1.4))
        lines.append(Line("memory after it", *peaks, "bare window with a table", "MB", 2.2))
        small = exchanges_document(Path(folder), 10)
        times, peaks = _paired(_ours(small), BARE, runs)
        lines.append(Line("first rows of a document", *times, "bare window with a table", goal=2.5))
        lines.append(Line("memory with a document", *peaks, "bare window with a table", "MB", 2.2))
        sizes = [10_000, 1_000_000] if large else [10_000]
        for size in sizes:
            many = exchanges_document(Path(folder), size)
            times, peaks = _paired(
                _ours(many),
                _ours(small),
                runs,
            )
            lines.append(Line(f"first rows of {size:,}", *times, "first rows of 10", goal=1.1))
            lines.append(Line(f"memory with {size:,}", *peaks, "with 10", "MB", 1.2))
    return lines
