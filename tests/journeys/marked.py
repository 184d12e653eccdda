"""Works with a document full of marked texts, with failures on the way, and ends well or badly.

Run as `python -m tests.journeys.marked DOCUMENT FOLDER MARKS ENDING`, where `MARKS` are words of
people that are typed, imported and quoted by errors, parted by commas, and `ENDING` is "well" or
"badly". FOLDER holds files to be chosen, and takes what is exported.
"""

import ctypes
import faulthandler
import json
import logging
import sys
import traceback
import warnings
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, qWarning
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from smartct_desktop.app import App
from smartct_desktop.services.drafts import FOLDER
from smartct_desktop.system.paths import data_folder
from smartct_desktop.ui.import_assistant.assistant import ImportAssistant
from smartct_desktop.ui.safety.qt_messages import heed_qt

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
STUCK = 300  # seconds after which it says where it is


def socket_inodes():
    """The sockets that this process has open, by the number of each."""
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = str(entry.readlink())
        except FileNotFoundError:  # it was the folder itself
            continue
        if target.startswith("socket:["):
            found.add(target[len("socket:[") : -1])
    return found


def network_inodes():
    """The sockets of this machine that reach a network."""
    tables = [Path("/proc/self/net", name) for name in ("tcp", "tcp6", "udp", "udp6", "raw")]
    return {
        line.split()[9]
        for table in tables
        if table.exists()
        for line in table.read_text().splitlines()[1:]
    }


class Journey(QObject):
    """One person at the keys."""

    def __init__(self, document, folder, marks):
        super().__init__()
        self.folder = folder
        self.marks = marks
        self.questions: list[str] = []
        self.imported: list[str] = []
        self.app = App(QApplication(sys.argv[:1]))
        heed_qt()
        QDesktopServices.setUrlHandler("file", self, "look_at")
        # An error is sometimes told from within one of these; that one then does not fire again.
        self.answering = [QTimer(self) for _ in range(5)]
        for timer in self.answering:
            timer.setInterval(20)
            timer.timeout.connect(self.answer)
            timer.start()
        self.app.show(document)
        self.app.begin()
        self.settle()
        self.app.window.activateWindow()

    def look_at(self, _url: object) -> None:
        """Another program would show the file."""

    def answer(self) -> None:
        """Say no to whatever is asked; a message is closed.

        Later, and not from here: a timer that is at work does not fire for the next question.
        """
        dialog = QApplication.activeModalWidget()
        if dialog is not None and dialog.isVisible() and not isinstance(dialog, ImportAssistant):
            self.questions.append(dialog.accessibleName())
            QTimer.singleShot(0, dialog, dialog.close)

    def settle(self, milliseconds: int = 0) -> None:
        QTest.qWait(milliseconds)
        self.app.settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.app.window, key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.app.window, text)
        self.settle(200)

    def work(self) -> None:
        filtered, sought, written, wrong = self.marks[:4]
        for number in range(1, 8):
            self.key(Key(Key.Key_0 + number), CONTROL)
        self.key(Key.Key_5, CONTROL)
        self.key(Key.Key_F, CONTROL)
        self.type(filtered)
        self.key(Key.Key_K, CONTROL)
        self.type(sought)
        self.key(Key.Key_Return)
        self.write_into("goals", written)
        self.write_into("start", wrong)  # which is no day
        self.key(Key.Key_Escape)
        self.key(Key.Key_A, CONTROL)
        self.key(Key.Key_C, CONTROL)
        self.key(Key.Key_Z, CONTROL)
        self.key(Key.Key_Y, CONTROL)
        self.import_files()
        self.export()
        self.fail()

    def to_the_front(self) -> None:
        """As a window manager does when a dialog is closed."""
        self.app.window.activateWindow()
        QTest.qWaitForWindowActive(self.app.window)

    def write_into(self, field: str, text: str) -> None:
        self.type_into(field, text)
        self.key(Key.Key_Return, CONTROL)

    def type_into(self, field: str, text: str) -> None:
        self.to_the_front()
        page = self.app.window.workbench.table("exchanges")
        self.app.window.workbench.show_tab("exchanges")
        page.filter_field.clear()
        self.settle(200)
        if page.model.rowCount():
            page.table.setCurrentIndex(page.model.index(0, 0))
        page.show_pane(True)
        page.pane.focus_field(field)
        self.type(text)

    def import_files(self) -> None:
        """One file is imported; of the others one is torn, and one waits for answers."""
        for name in ("good.xlsx", "torn.xlsx", "page.csv"):
            self.app.program.start_import([self.folder / name])
            self.settle()
            (assistant,) = self.app.window.findChildren(ImportAssistant)
            for _ in range(3):
                QTest.keyClick(assistant, Key.Key_Return, CONTROL)
                self.settle()
            self.imported.append(assistant.step.name)
            assistant.close()
            assistant.deleteLater()
            self.settle(20)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def export(self):
        """Once it can be written, once it cannot."""
        self.to_the_front()
        for target in (self.folder / "out" / "list.xlsx", self.folder / "missing" / "list.csv"):
            QFileDialog.getSaveFileName = lambda *_, target=target: (str(target), "")
            self.app.window.workbench.table("exchanges").table.setFocus()
            self.key(Key.Key_X, CONTROL | SHIFT)
            self.settle(20)
        self.app.window.save_copy(self.folder / "missing" / "copy.smartct")
        self.settle(20)

    def fail(self) -> None:
        """Have everything quote what a person typed: errors, warnings, other people's texts."""
        mark = self.marks[4]

        def break_down(*_: object) -> None:
            row = {"name": mark}
            raise KeyError(json.dumps(row))

        QTimer.singleShot(0, break_down)
        self.app.jobs.run(break_down, break_down, self.app.bugs.report)
        self.settle(100)
        qWarning(f"QThing: cannot show {mark}")
        warnings.warn(f"odd: {mark}", stacklevel=1)
        logging.getLogger("a.library").error("cannot read '%s'", mark)
        self.app.window.workbench.show_tab("organisations")
        self.settle(50)


def main(document: Path, folder: Path, marks: list[str], ending: str) -> None:
    faulthandler.dump_traceback_later(STUCK, exit=True)
    logging.captureWarnings(True)
    journey = Journey(document, folder, marks)
    if ending == "well":
        journey.work()
    else:
        journey.fail()
    network = sorted(socket_inodes() & network_inodes())
    loaded = "QtNetwork" in Path("/proc/self/maps").read_text()
    told = {"network": network, "loaded": loaded, "asked": len(journey.questions)}
    told["known"] = "PySide6.QtNetwork" in sys.modules
    told["imported"] = journey.imported
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    if ending == "badly":
        journey.type_into("outcome", journey.marks[5])
        drafts = data_folder() / FOLDER
        while not (drafts.exists() and any(drafts.iterdir())):
            journey.settle(50)
        ctypes.string_at(0)
    journey.app.window.close()
    journey.app.close()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","), sys.argv[4])
    except Exception:  # noqa: BLE001 -- whatever it is, the test has to hear of it
        traceback.print_exc()  # the program would only log that it fell
        raise SystemExit(1) from None
