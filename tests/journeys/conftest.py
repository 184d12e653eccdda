"""The whole window on a temporary document."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from smartct_desktop.services.document import Document
from smartct_desktop.services.programme import shipped_facts
from smartct_desktop.services.settings import Settings
from smartct_desktop.storage.store import Store
from smartct_desktop.system.clock import utc_now
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.main_window import MainWindow
from smartct_desktop.ui.theme.theme import Appearance, Theme
from tests.services.stored import sample_with
from tests.ui.swept import swept
from tests.ui.world import clock, make_small_document

SAMPLE_OF_TODAY = sample_with(lambda: utc_now)


@pytest.fixture(scope="session")
def facts():
    return shipped_facts()


@pytest.fixture
def theme(qapp):
    """The application dressed in light; undressed again for whatever test comes next."""
    font = qapp.font()
    theme = Theme(qapp, appearance=Appearance.LIGHT)
    yield theme
    theme.set_appearance(Appearance.SYSTEM)
    shiboken6.delete(theme)
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())
    qapp.setFont(font)


class Desktop:
    """A window with keys and pointer, and the document in it."""

    def __init__(self, qtbot, theme, facts, folder):
        self.qtbot = qtbot
        self.facts = facts
        self.folder = folder
        self.failures = []
        self.jobs = Jobs(self.failures.append)
        self.settings = Settings(folder / "settings.json")
        self.window = MainWindow(theme, self.jobs, self.settings, self.failures.append)
        self.document = None
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    def show(self, document, *, sample=False):
        self.document = document
        self.window.show_document(document, self.facts, sample=sample)
        self.settle()
        return document

    def reopen(self):
        """Close the document and open it again, as the next start would."""
        path = self.document.path
        self.close_document()
        return self.show(Document(Store.open(path), clock()))

    def close_document(self):
        if self.document is not None:
            self.window.close_document()
            self.document.close()
            self.document = None

    def close(self):
        self.settle()
        self.close_document()
        self.jobs.shutdown()
        self.window.close()
        shiboken6.delete(self.window)  # before the look it is drawn with
        assert self.failures == []

    def settle(self):
        """Wait until no job runs and what was put off is done."""
        self.qtbot.waitUntil(lambda: not self.jobs.active)
        QApplication.processEvents()

    def activate(self, window):
        """Bring a window to the front, as a window manager does it."""
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)

    def tab(self, number):
        """Go to a tab with its keys; gives its page."""
        self.key(Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        return self.window.workbench.current

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.focused(), key, modifiers)
        self.settle()

    def type(self, text):
        """Type where the focus is, which may move with the first letter."""
        for letter in text:
            self.qtbot.keyClick(self.focused(), letter)
        self.settle()

    def type_over(self, text):
        focused = self.focused()
        focused.selectAll()
        self.qtbot.keyClick(focused, Qt.Key.Key_Delete)
        self.type(text)

    def focused(self):
        return QApplication.focusWidget() or self.window

    def go_to(self, page, row, column):
        """Put the current cell there, with the focus in the table."""
        names = [one.name for one in page.model.columns]
        page.table.setFocus()
        page.table.setCurrentIndex(page.model.index(row, names.index(column)))

    def cell(self, page, row, column):
        names = [one.name for one in page.model.columns]
        return page.model.index(row, names.index(column)).data()

    def click(self, widget):
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def state(self):
        """What the status bar says."""
        return self.window.state_words

    def note(self):
        """The sentence of the passing note."""
        return self.window.tools.note.accessibleName()


@pytest.fixture
def desktop(qtbot, theme, facts, tmp_path):
    """The window without a document."""
    desktop = Desktop(qtbot, theme, facts, tmp_path)
    yield desktop
    desktop.close()


@pytest.fixture
def small(desktop, tmp_path):
    """The window on the small partnership, whose ids it gives."""
    document, world = make_small_document(tmp_path / "small.smartct")
    desktop.show(document)
    return world


@pytest.fixture
def sample(desktop, facts, tmp_path):
    """The window on the sample partnership."""
    return desktop.show(
        SAMPLE_OF_TODAY.open(tmp_path / "Sample.smartct", utc_now, facts), sample=True
    )


@pytest.fixture(autouse=True)
def _collected_on_the_gui_thread():
    """Widgets must not be freed by a job's thread, where Python would collect them as well."""
    with swept():
        yield
