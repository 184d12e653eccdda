"""The import assistant with keys and pointer, as a person has them."""

import datetime as dt
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.ui.import_assistant.assistant import ImportAssistant
from smartct_desktop.ui.import_assistant.option_box import OptionBox
from smartct_desktop.ui.import_assistant.steps import Step

TODAY = dt.date(2022, 11, 1)
CONTROL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """One assistant that is open, and what it told the window."""

    def __init__(self, qtbot, jobs, document, assistant):
        self.qtbot = qtbot
        self.jobs = jobs
        self.document = document
        self.assistant = assistant
        self.receipts = []
        self.undone = []
        self.closed = []
        assistant.imported.connect(self.receipts.append)
        assistant.undone.connect(self.undone.append)
        assistant.closed.connect(lambda: self.closed.append(True))

    def settle(self):
        """Wait until nothing is read or planned any more."""
        self.qtbot.waitUntil(lambda: not self.jobs.active)
        QApplication.processEvents()

    def add(self, *paths):
        self.assistant.add_files(list(paths))
        self.settle()
        return self.assistant.current

    def focused(self):
        return QApplication.focusWidget() or self.assistant

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.focused(), key, modifiers)
        self.settle()

    def go_on(self):
        """Press the main button by its keys, wherever the focus is."""
        self.assistant.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.assistant)
        self.key(Qt.Key.Key_Return, CONTROL)

    def type(self, text):
        for letter in text:
            self.qtbot.keyClick(self.focused(), letter)
        self.settle()

    def click(self, widget):
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def click_cell(self, table, row, column, *, from_right=20):
        """Click into a cell, near its right edge."""
        rect = table.visualRect(table.model().index(row, column))
        place = QPoint(rect.right() - from_right, rect.center().y())
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.settle()

    def boxes(self):
        """The answers to choose from that are to be seen, by their words."""
        page = self.assistant
        shown = [box for box in page.findChildren(OptionBox) if box.isVisible()]
        return {box.text(): box for box in shown}

    def button(self, words):
        """The button that is to be seen and begins with these words."""
        found = [b for b in self.assistant.findChildren(QPushButton) if b.isVisible()]
        return next(one for one in found if one.text().startswith(words))

    def at(self, step):
        assert self.assistant.step is step
        return True

    def columns(self):
        """Go to the step “Columns”."""
        self.assistant.go_to(Step.COLUMNS)
        self.settle()
        return self.assistant.columns_step

    def review(self):
        """Go to the step “Review”."""
        self.assistant.go_to(Step.REVIEW)
        self.settle()
        return self.assistant.review_step

    def all(self, type_):
        return list(self.document.read.all(type_))

    def words(self):
        """What stands on the main button."""
        return self.assistant.foot.main.accessibleName()


@contextmanager
def opened(desktop, facts, show_changes, **choosing):
    """Open the assistant as the program does, over the window and its document.

    `choosing` takes the place of the system's dialogs for files.
    """
    tools, desk = desktop.window.tools, desktop.window.desk
    assistant = ImportAssistant(
        tools.look,
        desktop.jobs,
        tools.messages,
        desk.texts,
        Importer(desk.document, facts, TODAY),
        desk.document,
        facts,
        desktop.window,
        show_changes=show_changes,
        **choosing,
    )
    hand = Hand(desktop.qtbot, desktop.jobs, desk.document, assistant)
    assistant.resize(1180, 720)  # the screen of the tests is smaller than any desk has
    assistant.show()
    desktop.qtbot.waitExposed(assistant)
    assistant.activateWindow()
    desktop.qtbot.waitUntil(lambda: QApplication.activeWindow() is assistant)
    hand.settle()
    yield hand
    hand.settle()
    if not hand.closed:
        assistant.queue.cancel()
        assistant.deleteLater()
        QApplication.sendPostedEvents(assistant, QEvent.Type.DeferredDelete)
