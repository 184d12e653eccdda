"""Types into a field of an exchange, says so, and waits until the system ends the program.

Run as `python -m tests.journeys.typing_until_ended DOCUMENT TEXT`.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from smartct_desktop.app import App
from smartct_desktop.ui.safety.ending import Ending


def say_typed() -> None:
    sys.stdout.write("typed\n")
    sys.stdout.flush()


def main(document: Path, text: str) -> None:
    app = App(QApplication(sys.argv[:1]))
    ending = Ending(app.application, app.keep)
    app.show(document)
    app.begin()
    app.settle()
    app.window.activateWindow()
    workbench = app.window.workbench
    workbench.show_tab("exchanges")
    app.settle()
    page = workbench.table("exchanges")
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.show_pane(True)
    page.pane.focus_field("goals")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)
    QTimer.singleShot(0, say_typed)
    app.application.exec()
    ending.end()
    app.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
