"""Opens a document, types into a field of an exchange, and waits there until somebody kills it.

Run as `python -m tests.journeys.typing_until_killed DOCUMENT TEXT`.
"""

import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from smartct_desktop.app import App


def typed(document: Path, text: str) -> App:
    """The program with a text that is typed and not written."""
    app = App(QApplication(sys.argv[:1]))
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
    return app


if __name__ == "__main__":
    typed(Path(sys.argv[1]), sys.argv[2]).application.exec()
