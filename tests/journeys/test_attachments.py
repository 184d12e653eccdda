"""Files of a record: dropped or pasted, opened, saved, removed; with keys, and with Undo."""

import stat
import sys

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.person import Person
from tests.journeys.asking import Answer, press

CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES = range(2, 6)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Viewer(QObject):
    """Stands for the programs that open files."""

    def __init__(self):
        super().__init__()
        self.shown = []

    @Slot(QUrl)
    def show(self, url):
        self.shown.append(url.toLocalFile())


@pytest.fixture
def viewer():
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")
    yield viewer
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def file(tmp_path):
    """Makes a file with this content."""

    def file(name, content=b"content"):
        path = tmp_path / "files" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    return file


@pytest.fixture
def pane(desktop, small, qtbot):
    """The pane of the first exchange, with its files shown."""
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    qtbot.waitUntil(lambda: page.pane.body.files.isVisibleTo(page.pane.body))
    return page.pane


def drop(desktop, widget, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), action, mime, button, no_key)
    QApplication.sendEvent(widget, enter)
    QApplication.sendEvent(widget, QDropEvent(QPointF(9, 9), action, mime, button, no_key))
    desktop.settle()


def attach(desktop, pane, *paths):
    drop(desktop, pane, *paths)
    files = pane.body.files
    desktop.qtbot.waitUntil(lambda: files.count >= len(paths))
    return files


def names(desktop):
    return sorted(paper.file_name for paper in desktop.document.read.all(Attachment))


@pytest.fixture
def answer(qapp):
    """Presses a button of the next question; the list says what was asked."""
    asked = []

    def press(text):
        def look():
            dialog = qapp.activeModalWidget()
            try:
                asked.append(dialog.accessibleName())
                buttons = {button.text(): button for button in dialog.findChildren(QPushButton)}
                buttons[text].click()
            finally:
                dialog.reject()

        QTimer.singleShot(0, look)
        return asked

    return press


@pytest.fixture
def told(qapp):
    """Closes the next message; the list says what it said."""
    words = []
    timer = QTimer()
    timer.setInterval(20)

    def look():
        dialog = qapp.activeModalWidget()
        if dialog is not None and dialog.isVisible():
            timer.stop()
            words.append(dialog.accessibleName())
            dialog.reject()

    timer.timeout.connect(look)
    timer.start()
    yield words
    timer.stop()


def test_that_dropped_files_belong_to_the_record(desktop, small, pane, file):
    files = attach(desktop, pane, file("agreement.pdf"), file("scan.jpg", b"x" * 2_100_000))

    papers = {paper.file_name: paper for paper in desktop.document.read.all(Attachment)}
    assert {paper.exchange for paper in papers.values()} == {small.first}
    rows = [
        [files.table.records.index(row, column).data() for column in (0, 2)] for row in range(2)
    ]
    assert rows == [["agreement.pdf", "7 bytes"], ["scan.jpg", "2.1\u00a0MB"]]
    assert desktop.note() == "2 files attached to SCT-2021-001."


def test_that_the_pane_says_where_a_dragged_file_would_go(desktop, pane, file):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file("a.pdf")))])
    enter = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(pane, enter)
    desktop.settle()

    assert enter.isAccepted()
    assert enter.dropAction() is Qt.DropAction.CopyAction  # the file itself stays where it is
    assert [child.accessibleName() for child in pane.children() if hasattr(child, "cover")] == [
        "Attach to SCT-2021-001"
    ]


def test_that_fields_do_not_swallow_dragged_files(pane):
    assert not any(field.acceptDrops() for field in pane.body.findChildren(QLineEdit))


def test_that_undo_and_redo_go_through_the_keys(desktop, pane, file):
    attach(desktop, pane, file("a.pdf"))

    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert names(desktop) == []
    desktop.key(Qt.Key.Key_Y, CONTROL)
    assert names(desktop) == ["a.pdf"]


def test_that_copied_files_are_pasted_by_keys(desktop, pane, file):
    files = attach(desktop, pane, file("a.pdf"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file("b.pdf", b"other")))])
    QApplication.clipboard().setMimeData(mime)
    files.table.setFocus()

    desktop.key(Qt.Key.Key_V, CONTROL)
    desktop.qtbot.waitUntil(lambda: files.count == 2)
    QApplication.clipboard().clear()

    assert names(desktop) == ["a.pdf", "b.pdf"]


def test_that_the_type_of_paper_is_chosen_in_the_list(desktop, pane, file):
    files = attach(desktop, pane, file("a.pdf"))
    files.table.setFocus()
    files.table.setCurrentIndex(files.table.records.index(0, 1))
    term = desktop.facts.terms("document_type")[0]

    desktop.key(Qt.Key.Key_F2)
    desktop.type(desktop.facts.term_label("document_type", term.code))
    desktop.key(Qt.Key.Key_Return)

    (paper,) = desktop.document.read.all(Attachment)
    assert paper.document_type == term.code


def test_that_enter_opens_a_private_copy_that_is_gone_with_the_document(
    desktop, pane, file, viewer
):
    files = attach(desktop, pane, file("a.pdf"))
    files.table.setFocus()
    files.table.setCurrentIndex(files.table.records.index(0, 0))

    desktop.key(Qt.Key.Key_Return)
    desktop.qtbot.waitUntil(lambda: len(viewer.shown) == 1)

    from pathlib import Path

    copy = Path(viewer.shown[0])
    assert copy.read_bytes() == b"content"
    if sys.platform != "win32":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o400
        assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    desktop.close_document()
    assert not copy.exists()


def test_that_what_may_be_a_program_is_asked_about(desktop, pane, file, viewer, answer):
    files = attach(desktop, pane, file("invoice.pdf.exe"))
    files.table.setFocus()
    files.table.setCurrentIndex(files.table.records.index(0, 0))
    asked = answer("Do not open")

    desktop.key(Qt.Key.Key_Return)

    assert asked == ["Open invoice.pdf.exe?"]
    assert viewer.shown == []


def test_that_a_file_is_saved_where_it_is_wanted(desktop, pane, file, tmp_path, qapp):
    files = attach(desktop, pane, file("a.pdf"))
    files.table.setFocus()
    target = tmp_path / "saved.pdf"

    def choose():
        dialog = qapp.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit).setText(str(target))
        dialog.accept()

    QTimer.singleShot(50, choose)
    desktop.key(Qt.Key.Key_S, CONTROL | SHIFT)

    assert target.read_bytes() == b"content"
    assert desktop.note() == "saved.pdf saved."


@pytest.mark.usefixtures("pane")
def test_that_files_are_chosen_with_a_key_from_the_table(desktop, small, file, qapp):
    path = file("a.pdf")
    desktop.window.workbench.table_page.table.setFocus()

    def choose():
        dialog = qapp.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit).setText(str(path))
        dialog.accept()

    QTimer.singleShot(50, choose)
    desktop.key(Qt.Key.Key_A, CONTROL | SHIFT)

    (paper,) = desktop.document.read.all(Attachment)
    assert (paper.file_name, paper.exchange) == ("a.pdf", small.first)


def test_that_a_file_is_removed_after_a_question_and_comes_back(desktop, pane, file):
    files = attach(desktop, pane, file("a.pdf"))
    files.table.setFocus()
    files.table.setCurrentIndex(files.table.records.index(0, 0))
    asked = []

    answer = Answer(desktop, press("Delete", asked))
    desktop.key(Qt.Key.Key_Delete)
    answer.done()
    assert asked[0] == "Delete a.pdf?"
    assert names(desktop) == []
    desktop.activate(desktop.window)
    desktop.qtbot.waitUntil(lambda: QApplication.focusWidget() is files.add)
    desktop.key(Qt.Key.Key_Z, CONTROL)

    (paper,) = desktop.document.read.all(Attachment)
    assert b"".join(desktop.document.content(paper.sha256, "a.pdf")) == b"content"


def test_that_a_file_attached_elsewhere_is_told(desktop, small, pane, file):
    attach(desktop, pane, file("a.pdf"))
    page = desktop.window.workbench.table_page
    page.go_to(small.second)
    files = pane.body.files
    desktop.qtbot.waitUntil(lambda: files.count == 0)

    drop(desktop, pane, file("b.pdf"))
    desktop.qtbot.waitUntil(lambda: files.count == 1)

    assert desktop.note() == (
        "b.pdf attached to SCT-2021-002. b.pdf is also attached to SCT-2021-001."
    )
    desktop.qtbot.waitUntil(lambda: files.also == "Also attached to SCT-2021-001.")


def test_that_a_file_the_record_has_already_is_not_attached_twice(desktop, pane, file):
    attach(desktop, pane, file("a.pdf"))
    drop(desktop, pane, file("b.pdf"))
    assert desktop.note() == "b.pdf is attached here already, as a.pdf."
    assert names(desktop) == ["a.pdf"]


def test_that_a_file_that_cannot_be_taken_is_told(desktop, pane, file, told):
    drop(desktop, pane, file("empty.pdf", b""))
    desktop.qtbot.waitUntil(lambda: bool(told))

    assert told == ["empty.pdf is empty: it holds nothing that could be attached."]
    assert names(desktop) == []


def test_that_the_limit_of_the_settings_holds(desktop, pane, file, told):
    desktop.settings.set("attachments.most_mb", 1)
    drop(desktop, pane, file("large.pdf", bytes((1 << 20) + 1)))
    desktop.qtbot.waitUntil(lambda: bool(told))

    assert told == ["large.pdf is larger than 1 MB, the most that is attached."]


def test_that_the_sections_are_reached_with_keys(desktop, pane, file):
    attach(desktop, pane, file("a.pdf"))
    desktop.window.workbench.table_page.table.setFocus()

    desktop.key(Qt.Key.Key_F7)
    sections = [pane.body.sections.index("Files"), *range(3)]
    for _ in range(sections[0]):
        desktop.key(Qt.Key.Key_Right)
    desktop.key(Qt.Key.Key_Return)

    assert QApplication.focusWidget() is pane.body.files.table


def test_that_files_of_a_person_are_kept_in_its_dialog(desktop, small, file, qtbot):
    person = Person(name="Ana Alva", organisation=small.alpha)
    with desktop.document.edit("person") as edit:
        edit.add(person)
    dialog = desktop.window.deeds.open_record("person", person.id)
    desktop.activate(dialog)

    drop(desktop, dialog, file("consent.pdf"))
    qtbot.waitUntil(lambda: dialog.files.count == 1)

    (paper,) = desktop.document.read.all(Attachment)
    assert paper.person == person.id
    dialog.close()


@pytest.mark.parametrize(("tab", "owner"), [(ORGANISATIONS, "alpha"), (EVENTS, "fair")])
def test_that_organisations_and_events_have_files_too(desktop, small, file, tab, owner):
    page = desktop.tab(tab)
    page.go_to(getattr(small, owner))
    attach(desktop, page.pane, file("a.pdf"))
    assert names(desktop) == ["a.pdf"]


def test_that_a_document_for_reading_takes_no_files_but_opens_them(
    desktop, small, pane, file, viewer
):
    from smartct_desktop.services.opening import open_document

    attach(desktop, pane, file("a.pdf"))
    copy = desktop.folder / "copy.smartct"
    desktop.document.save_copy(copy)
    desktop.close_document()
    desktop.show(open_document(copy, read_only=True))
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)
    files = page.pane.body.files
    desktop.qtbot.waitUntil(lambda: files.count == 1)

    drop(desktop, page.pane, file("b.pdf"))
    assert names(desktop) == ["a.pdf"]
    assert not files.add.isVisible()
    desktop.click(files.open_button)
    desktop.qtbot.waitUntil(lambda: len(viewer.shown) == 1)
    assert len(list(desktop.document.read.all(Exchange))) == 3
