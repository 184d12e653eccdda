"""A copy that was changed on another laptop is merged in the window, with keys."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.opening import new_partnership, open_document
from tests.journeys.asking import Answer, press
from tests.journeys.seeing import clipped, cut_off


@pytest.fixture
def copy(desktop, small, tmp_path):
    """A copy in which Gamma lives elsewhere, has a website, and a firm was added."""
    path = tmp_path / "laptop.smartct"
    desktop.document.save_copy(path)
    with closing(open_document(path)) as document, document.edit("moved") as edit:
        gamma = document.read.get(Organisation, small.gamma)
        edit.update(gamma.replace(city="Jena", website="https://gamma.eu"))
        edit.add(Organisation(name="Delta"))
        edit.set(document.read.get(Exchange, small.first), "remark", "theirs")
    with desktop.document.edit("moved") as edit:
        edit.set(desktop.document.read.get(Organisation, small.gamma), "city", "Gera")
        edit.set(desktop.document.read.get(Exchange, small.first), "remark", "ours")
    desktop.settle()
    return path


def gamma(desktop, small):
    return desktop.document.read.get(Organisation, small.gamma)


def test_that_a_copy_is_merged_after_its_questions_were_answered_and_undone(desktop, small, copy):
    seen = []

    def decide(dialog):
        seen.append(dialog.accessibleName())
        seen.append(dialog.words)
        assert not dialog.main.isEnabled()
        assert clipped(dialog) == cut_off(dialog) == []
        first = QApplication.focusWidget()
        assert first.accessibleName() == "Ours: Gera"
        desktop.key(Qt.Key.Key_Tab)
        desktop.key(Qt.Key.Key_Space)
        seen.append([line[2] for line in dialog.questions.words.lines])
        assert QApplication.focusWidget().accessibleName().startswith("Both: ours")
        desktop.key(Qt.Key.Key_Return)
        assert dialog.joining.open == ()
        seen.append(dialog.main.text())
        desktop.key(Qt.Key.Key_Return)

    answer = Answer(desktop, decide, press("Close", seen))
    desktop.window.joining.merge(copy)
    answer.done()

    assert seen[0] == "Merge “laptop.smartct” into this document?"
    assert "here: 1 step; in the copy: 1 step" in seen[1]
    assert seen[2] == ["Theirs: Jena", ""]
    assert seen[3] == "Merge: 1 added, 2 changed"
    assert seen[4] == "laptop.smartct was merged."
    assert gamma(desktop, small).city == "Jena"
    assert gamma(desktop, small).website == "https://gamma.eu"
    assert desktop.document.read.get(Exchange, small.first).remark == "ours\ntheirs"
    assert desktop.window.command["undo"].text() == "Undo merge of the copy laptop.smartct"

    desktop.window.joining.merge(copy)
    desktop.qtbot.waitUntil(lambda: "holds nothing that is not here already" in desktop.note())
    desktop.window.command["undo"].trigger()
    desktop.settle()
    assert (gamma(desktop, small).city, gamma(desktop, small).website) == ("Gera", None)


def test_that_all_questions_of_a_sort_are_answered_at_once_and_the_receipt_can_undo(
    desktop, small, copy
):
    def decide(dialog):
        dialog.box.all_options[next(iter(dialog.box.all_options))].click()
        assert dialog.joining.open == ()
        dialog.switches["changes"].click()
        dialog.switches["theirs"].click()
        dialog.main.click()

    answer = Answer(desktop, decide, press("Undo"))
    desktop.window.joining.merge(copy)
    answer.done()

    assert gamma(desktop, small).website is None
    assert desktop.document.read.next_redo().label == "merge of the copy laptop.smartct"


def test_that_nothing_happens_to_the_document_if_the_merge_is_cancelled(desktop, small, copy):
    answer = Answer(desktop, press("Cancel"))
    desktop.window.joining.merge(copy)
    answer.done()

    assert gamma(desktop, small).website is None
    assert desktop.document.read.next_undo().label == "moved"


def test_that_the_document_of_another_partnership_is_refused_in_words(desktop, small, tmp_path):
    other = tmp_path / "other.smartct"
    new_partnership(other, "Theirs").close()
    seen = []

    answer = Answer(desktop, press("Close", seen))
    desktop.window.joining.merge(other)
    answer.done()

    assert seen[0] == "other.smartct is no copy of this document."
    assert "import that here" in seen[1]
    assert small
