"""Sending a file back to its sender: from the review, and after the import."""

import openpyxl
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QPushButton

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.ui.import_assistant.steps import Step
from tests.journeys.importing import opened
from tests.ui.import_assistant.partner_files import exchange, exchanges

WORDS = "Corrections for the sender…"


@pytest.fixture
def proposed():
    """The paths that were proposed for the corrections."""
    return []


@pytest.fixture
def target(tmp_path):
    return tmp_path / "back.xlsx"


@pytest.fixture
def hand(desktop, sample, facts, proposed, target):  # noqa: ARG001 -- the document that is shown
    """The assistant; whoever asks where to write is told the target."""

    def choose(_parent, path):
        proposed.append(path)
        return target

    with opened(desktop, facts, lambda _receipt: None, choose_corrections=choose) as hand:
        yield hand


@pytest.fixture
def told(qapp):
    """Closes the next dialog; gives the titles of those that were closed."""
    titles = []

    def look():
        dialog = qapp.activeModalWidget()
        if isinstance(dialog, QDialog):
            titles.append(dialog.accessibleName())
            next(b for b in dialog.findChildren(QPushButton) if b.text() == "Close").click()
        else:
            timer.start(10)

    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(look)
    timer.start(0)
    yield titles
    timer.stop()


def test_that_the_corrections_are_written_from_the_review_before_anything_is_imported(
    hand, tmp_path, told, proposed, target
):
    before = len(hand.all(Exchange))
    hand.add(exchanges(tmp_path / "Juni.xlsx", exchange(1), exchange(2, start=None)))
    hand.review()
    hand.click(hand.button(WORDS))
    assert told == ["The corrections are written"]
    assert proposed == [tmp_path / "Juni - corrections.xlsx"]
    workbook = openpyxl.load_workbook(target)
    assert workbook.worksheets[0]["B6"].value == "F3"
    assert len(hand.all(Exchange)) == before
    hand.at(Step.REVIEW)


def test_that_the_corrections_are_offered_after_the_import_and_come_back_as_one_row(
    hand, tmp_path, told, target
):
    before = len(hand.all(Exchange))
    hand.add(exchanges(tmp_path / "Juni.xlsx", exchange(1), exchange(2, start=None)))
    hand.review()
    hand.go_on()
    hand.at(Step.DONE)
    hand.click(hand.button(WORDS))
    assert told == ["The corrections are written"]
    workbook = openpyxl.load_workbook(target)
    workbook.worksheets[1]["F3"] = "2022-03-07"
    workbook.save(target)
    hand.add(target)
    hand.review()
    assert hand.words() == "Add 1, leave 7"
    hand.go_on()
    assert len(hand.all(Exchange)) == before + 2


def test_that_a_file_without_doubts_offers_no_corrections(hand, tmp_path):
    hand.add(exchanges(tmp_path / "Juni.xlsx", exchange(1)))
    hand.review()
    assert not hand.assistant.foot.corrections.isVisible()


def test_that_a_file_that_was_changed_meanwhile_is_told_and_nothing_is_written(
    hand, tmp_path, told, target
):
    path = exchanges(tmp_path / "Juni.xlsx", exchange(1), exchange(2, start=None))
    hand.add(path)
    hand.review()
    exchanges(path, exchange(3))
    hand.click(hand.button(WORDS))
    assert len(told) == 1
    assert "has changed" in told[0]
    assert not target.exists()
