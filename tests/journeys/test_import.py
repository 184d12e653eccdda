"""From a partner's file to records: files, columns, review, done, and back again."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from shiboken6 import isValid

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.opening import new_sample, open_document
from smartct_desktop.ui.import_assistant.effect_panel import FigureEffect
from smartct_desktop.ui.import_assistant.file_import import Stage
from smartct_desktop.ui.import_assistant.steps import Step
from tests.journeys.importing import opened
from tests.journeys.test_accessibility import nameless
from tests.ui.import_assistant.partner_files import (
    doubtful_dates,
    exchange,
    exchanges,
    members,
)

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def shown():
    """The receipts whose changes somebody wanted to see."""
    return []


@pytest.fixture
def hand(desktop, sample, facts, shown):  # noqa: ARG001 -- the document that is shown
    """The assistant over the window with the sample partnership."""
    with opened(desktop, facts, shown.append) as hand:
        yield hand


@pytest.fixture
def answer(qapp):
    """Presses a button of the next question by its words; gives what was asked."""
    asked = []

    def press(words):
        def look_at():
            dialog = qapp.activeModalWidget()
            if not isinstance(dialog, QDialog):  # what asks is a job that has not ended yet
                QTimer.singleShot(10, look_at)
                return
            asked.append(dialog.accessibleName())
            found = [b for b in dialog.findChildren(QPushButton) if b.text() == words]
            (found[0].click if found else dialog.reject)()

        QTimer.singleShot(0, look_at)
        return asked

    return press


def test_that_a_file_is_imported_with_keys_alone(hand, tmp_path):
    before = len(hand.all(Exchange))
    hand.add(exchanges(tmp_path / "Juni.xlsx", exchange(1), exchange(2)))

    assert hand.focused() is hand.assistant.foot.main
    hand.key(Qt.Key.Key_Return)
    hand.at(Step.COLUMNS)
    hand.go_on()
    hand.at(Step.REVIEW)
    assert hand.words() == "Add 2"
    hand.go_on()

    hand.at(Step.DONE)
    added = hand.all(Exchange)[before:]
    assert sorted(one.ref for one in added) == ["X-01", "X-02"]
    assert hand.receipts[0].counts.add == 2
    hand.key(Qt.Key.Key_Return)
    assert hand.closed == [True]


def test_that_nothing_is_written_before_the_last_step(hand, tmp_path):
    steps = hand.document.read.history_count()
    hand.add(exchanges(tmp_path / "Juni.xlsx", exchange(1)))
    hand.columns()
    hand.review()
    hand.key(Qt.Key.Key_Left, ALT)
    hand.at(Step.COLUMNS)

    hand.key(Qt.Key.Key_Escape)

    assert hand.closed == [True]
    assert hand.document.read.history_count() == steps
    assert hand.receipts == []


def test_that_answers_are_not_lost_by_accident(hand, tmp_path, answer):
    steps = hand.document.read.history_count()
    hand.add(doubtful_dates(tmp_path / "NEU.xlsx"))
    hand.columns()
    hand.click(hand.boxes()["Month first"])

    asked = answer("Go on with the import")
    hand.key(Qt.Key.Key_Escape)
    assert asked == ["Leave the import?"]
    assert hand.closed == []

    answer("Leave without importing")
    hand.click(hand.assistant.foot.cancel)
    assert hand.closed == [True]
    assert hand.document.read.history_count() == steps


def test_that_answers_stay_while_going_back_and_forward(hand, tmp_path):
    file = hand.add(doubtful_dates(tmp_path / "NEU.xlsx"))
    columns = hand.columns()
    hand.click(hand.boxes()["Month first"])
    assert file.outlook.plan.open_questions == ()

    hand.review()
    hand.click(hand.assistant.foot.back)
    hand.click(hand.assistant.steps.button(Step.FILES))
    hand.at(Step.FILES)
    hand.click(hand.assistant.steps.button(Step.COLUMNS))

    assert hand.boxes()["Month first"].isChecked()
    assert columns.sheet_model.understood(1, 9).text == "Sat 12 Jun 2021"


def test_that_the_receipt_adds_up_to_the_rows_of_the_file(hand, tmp_path):
    path = exchanges(
        tmp_path / "Juni.xlsx",
        exchange(1),
        exchange(2, visiting_organisation=None),
        exchange(3, start="7.3."),
        above=[["Exchanges"], []],
        below=[["Total", None, None, None, None, None, None, None, 1245]],
    )
    hand.add(path)
    hand.review()
    assert hand.words() == "Add 1, leave 5 (1 waits)"
    hand.go_on()

    said = [
        (label.text(), label.accessibleName())
        for label in hand.assistant.done_step.findChildren(QLabel)
        if label.text().isdigit() and label.isVisible()
    ]
    *parts, whole = [int(text) for text, _ in said]
    assert sum(parts) == whole == 6
    assert [name for _, name in said] == [
        *("1 added", "0 changed", "3 skipped", "1 refused", "1 waiting for an answer"),
        "6 rows of the file",
    ]


def test_that_the_same_file_again_changes_nothing(hand, tmp_path):
    path = exchanges(tmp_path / "Juni.xlsx", exchange(1), exchange(2))
    hand.add(path)
    hand.review()
    hand.go_on()
    exchanges_then = len(hand.all(Exchange))

    hand.click(hand.assistant.done_step.another)
    hand.at(Step.FILES)
    hand.add(path)
    hand.review()

    assert hand.words() == "Nothing to add or change"
    assert not hand.assistant.foot.main.isEnabled()
    assert hand.assistant.foot.main.toolTip() == "No row adds or changes anything"
    assert len(hand.all(Exchange)) == exchanges_then
    notes = [label.text() for label in hand.assistant.files_step.findChildren(QLabel)]
    assert any("This very file was imported on" in text for text in notes)


def test_that_an_import_is_undone_where_it_was_done(hand, tmp_path):
    before = len(hand.all(Exchange)), len(hand.all(Organisation))
    hand.add(exchanges(tmp_path / "Juni.xlsx", exchange(1)))
    hand.review()
    hand.go_on()

    hand.click(hand.assistant.done_step.undo)

    assert (len(hand.all(Exchange)), len(hand.all(Organisation))) == before
    assert hand.undone == hand.receipts
    assert not hand.assistant.done_step.undo.isVisible()


def test_that_something_done_since_is_not_undone_in_its_place(hand, tmp_path):
    hand.add(exchanges(tmp_path / "Juni.xlsx", exchange(1)))
    hand.review()
    hand.go_on()
    with hand.document.edit("something else") as edit:
        edit.add(Organisation(name="Somebody else"))

    hand.click(hand.assistant.done_step.undo)

    assert "Somebody else" in {one.name for one in hand.all(Organisation)}
    assert hand.undone == []
    said = [label.text() for label in hand.assistant.done_step.findChildren(QLabel)]
    assert any(text.startswith("Something else was done since") for text in said)


def test_that_what_changed_can_be_shown(hand, tmp_path, shown):
    hand.add(exchanges(tmp_path / "Juni.xlsx", exchange(1)))
    hand.review()
    hand.go_on()

    hand.click(hand.assistant.done_step.changes)

    assert shown == hand.receipts
    assert hand.closed == [True]


def test_that_a_file_that_cannot_be_read_says_why_and_the_next_one_is_read(hand, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 but then nothing")
    good = exchanges(tmp_path / "good.xlsx", exchange(1))

    hand.add(broken, good)

    first, second = hand.assistant.files_step.cards
    assert [first.file.stage, second.file.stage] == [Stage.UNREADABLE, Stage.READY]
    assert first.accessibleName() == "broken.xlsx, cannot be imported"
    said = [label.text() for label in first.findChildren(QLabel) if label.isVisible()]
    assert any("broken.xlsx" in text and len(text) > len("broken.xlsx") for text in said)
    assert hand.assistant.current is second.file


def test_that_a_file_with_nothing_to_import_says_so(hand, tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("Dear colleagues,\nthe list will follow.\n", encoding="utf-8")

    hand.add(path)

    assert not hand.assistant.foot.main.isEnabled()
    assert hand.assistant.foot.main.toolTip() == "This file cannot be imported"
    (card,) = hand.assistant.files_step.cards
    said = " ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())
    assert "Nothing of “notes.csv” can be imported" in said


def test_that_several_files_are_worked_on_one_after_the_other(hand, tmp_path):
    first = exchanges(tmp_path / "first.xlsx", exchange(1))
    second = exchanges(tmp_path / "second.xlsx", exchange(1), exchange(2))
    hand.add(first, second)
    hand.review()
    hand.go_on()

    assert hand.words() == "Go on with second.xlsx"
    hand.go_on()
    hand.at(Step.FILES)
    hand.review()

    # The second file is compared with what the first one brought.
    assert hand.words() == "Add 1, leave 1"
    hand.go_on()
    assert [receipt.file for receipt in hand.receipts] == ["first.xlsx", "second.xlsx"]
    assert hand.words() == "Close"


def test_that_a_file_can_be_taken_off_the_list(hand, tmp_path):
    first = exchanges(tmp_path / "first.xlsx", exchange(1))
    hand.add(first, exchanges(tmp_path / "second.xlsx", exchange(2)))

    hand.click(hand.assistant.files_step.cards[0].remove)

    assert [card.file.name for card in hand.assistant.files_step.cards] == ["second.xlsx"]
    assert hand.assistant.current.stage is Stage.READY


def test_that_files_can_be_dropped(hand, tmp_path):
    path = exchanges(tmp_path / "dropped.xlsx", exchange(1))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop = hand.assistant.files_step.drop
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier

    enter = QDragEnterEvent(QPoint(9, 9), action, mime, button, no_key)
    QApplication.sendEvent(drop, enter)
    QApplication.sendEvent(drop, QDropEvent(QPointF(9, 9), action, mime, button, no_key))
    hand.settle()

    assert enter.isAccepted()
    assert hand.assistant.current.name == "dropped.xlsx"


def test_that_the_sender_is_proposed_and_can_be_changed(hand, tmp_path):
    file = hand.add(members(tmp_path / "list.xlsx"))
    (card,) = hand.assistant.files_step.cards
    choice = card.sender_choice
    assert choice.currentText().startswith("Netzwerk Energie & Umwelt")

    choice.setFocus()
    hand.key(Qt.Key.Key_Home)
    choice.activated.emit(choice.currentIndex())
    hand.settle()

    chosen = choice.currentText()
    assert not chosen.startswith("Netzwerk")
    assert chosen.startswith(file.outlook.plan.sender.cluster)
    hand.columns()
    assert hand.assistant.windowTitle() == "Import — list.xlsx"


def test_that_the_sender_can_be_changed_in_the_head(hand, tmp_path):
    file = hand.add(members(tmp_path / "list.xlsx"))
    hand.columns()
    wanted = next(
        a
        for a in hand.assistant.file_line.menu.actions()
        if "EVIC" in a.text() or "vehicles" in a.text()
    )

    wanted.trigger()
    hand.settle()

    assert file.outlook.plan.sender.cluster.startswith("Electric vehicles")


def test_that_reading_can_be_stopped(hand, tmp_path):
    rows = [exchange(n) for n in range(3000)]
    path = exchanges(tmp_path / "large.xlsx", *rows)

    hand.assistant.add_files([path])
    assert hand.assistant.current.stage is Stage.READING
    hand.assistant.current.cancel()
    hand.settle()

    assert hand.assistant.current.stage is Stage.WAITING
    assert not hand.assistant.foot.main.isEnabled()


def test_that_writing_can_be_stopped_and_begun_again(hand, tmp_path, qtbot):
    hand.add(exchanges(tmp_path / "large.xlsx", *(exchange(n) for n in range(1500))))
    hand.review()
    before = hand.document.path.read_bytes()

    qtbot.mouseClick(hand.assistant.foot.main, Qt.MouseButton.LeftButton)
    assert hand.assistant.current.stage is Stage.WRITING
    assert not hand.assistant.foot.main.isEnabled()
    hand.assistant.current.cancel()
    hand.settle()

    hand.at(Step.REVIEW)
    assert hand.document.path.read_bytes() == before
    assert (hand.receipts, hand.document.read.total("exchange")) == ([], 0)
    hand.go_on()
    hand.at(Step.DONE)
    assert hand.receipts[0].counts.add == 1500


def test_that_who_leaves_while_it_is_written_is_asked(hand, tmp_path, qtbot, answer):
    hand.add(exchanges(tmp_path / "large.xlsx", *(exchange(n) for n in range(1500))))
    hand.review()
    before = hand.document.path.read_bytes()

    qtbot.mouseClick(hand.assistant.foot.main, Qt.MouseButton.LeftButton)
    asked = answer("Stop, and change nothing")
    hand.assistant.close()
    hand.settle()

    assert asked == ["The document is being changed"]
    assert hand.closed == [True]
    assert hand.document.path.read_bytes() == before


@pytest.mark.parametrize("step", list(Step))
def test_that_every_control_of_every_step_has_a_name(hand, tmp_path, step):
    hand.add(members(tmp_path / "list.xlsx"))
    if step is Step.DONE:
        hand.columns()
        hand.click(hand.button("Take all "))
        hand.review()
        hand.go_on()
    else:
        hand.assistant.go_to(step)
        hand.settle()
    hand.at(step)

    assert nameless(hand.assistant) == []


def test_that_the_effect_on_the_figures_is_shown_before_anything_is_written(hand, tmp_path):
    hand.add(exchanges(tmp_path / "Juni.xlsx", exchange(1), exchange(2)))
    review = hand.review()

    spoken = {effect.accessibleName() for effect in review.effect.findChildren(FigureEffect)}

    assert "Exchanges: 0 before, 2 after" in spoken
    assert hand.document.read.total("exchange") == 0


def test_that_a_plan_made_before_something_else_changed_is_not_written(hand, tmp_path, answer):
    hand.add(exchanges(tmp_path / "a.xlsx", exchange(1)))
    hand.review()
    hand.go_on()
    hand.add(exchanges(tmp_path / "b.xlsx", exchange(1, amount_eur=500)))
    hand.review()
    (stored,) = hand.all(Exchange)
    with hand.document.edit("change of Agreed") as edit:
        edit.set(stored, "amount_cents", 70_000)

    asked = answer("Close")
    hand.click(hand.assistant.foot.main)

    assert asked == ["The document has changed since the import was prepared."]
    assert [one.amount_cents for one in hand.all(Exchange)] == [70_000]
    hand.at(Step.REVIEW)
    assert len(hand.receipts) == 1


def test_that_nothing_is_offered_to_be_written_where_nothing_can_be(desktop, facts, tmp_path):
    path = tmp_path / "sample.smartct"
    new_sample(path, facts).close()
    desktop.show(open_document(path, read_only=True))

    with opened(desktop, facts, None) as hand:
        hand.add(exchanges(tmp_path / "a.xlsx", exchange(1)))
        hand.review()

        assert hand.words() == "Add 1"
        assert not hand.assistant.foot.main.isEnabled()
        assert hand.assistant.foot.main.toolTip() == "The document is open for reading only"


def test_that_answers_of_an_earlier_import_are_known_and_can_be_changed(hand, tmp_path):
    path = doubtful_dates(tmp_path / "NEU.xlsx")
    hand.add(path)
    hand.columns()
    hand.click(hand.boxes()["Month first"])
    hand.review()
    hand.go_on()

    file = hand.add(path)
    columns = hand.columns()

    said = [one.text() for one in columns.findChildren(QLabel) if one.isVisible()]
    assert "Answered in an earlier import." in said
    assert hand.boxes()["Month first"].isChecked()
    hand.click(hand.boxes()["Day first"])
    assert file.outlook.plan.counts.change == 2


def test_that_the_window_is_gone_after_it_was_closed(hand, qtbot):
    assistant = hand.assistant

    hand.key(Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not isValid(assistant))
