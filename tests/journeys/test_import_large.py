"""A large file in the assistant: its first rows are there before the rest; texts read anew."""

import base64
from random import Random

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.ui.import_assistant.review_lines import Difference
from smartct_desktop.ui.import_assistant.steps import Step
from tests.journeys.importing import opened
from tests.ui.import_assistant.partner_files import exchange, exchanges

ROWS = 260


@pytest.fixture
def hand(desktop, sample, facts):  # noqa: ARG001 -- the document that is shown
    """The assistant over the window with the sample partnership."""
    with opened(desktop, facts, None) as hand:
        yield hand


@pytest.fixture
def large(tmp_path):
    """A list with remarks that cannot be compressed."""
    random = Random(7)
    rows = [
        exchange(n, Remark=base64.b64encode(random.randbytes(900)).decode()) for n in range(ROWS)
    ]
    return exchanges(tmp_path / "large.xlsx", *rows)


def test_that_the_first_rows_of_a_large_file_are_there_before_the_rest(hand, qtbot, large):
    assistant = hand.assistant
    assistant.add_files([large])
    file = assistant.current
    qtbot.waitUntil(lambda: file.in_sight is not None)

    assert file.outlook is None
    assistant.go_to(Step.COLUMNS)
    step = assistant.columns_step
    assert step.sheet_model.rowCount() == 200
    assert not step.panel.isEnabled()
    assert "first rows" in step.sentence()
    assert not assistant.foot.main.isEnabled()
    assistant.go_to(Step.REVIEW)
    hand.at(Step.COLUMNS)

    hand.settle()
    assert step.sheet_model.rowCount() == ROWS + 1
    assert step.panel.isEnabled()
    assert hand.words() == f"Review {ROWS} rows"


def test_that_a_file_taken_off_the_list_while_it_is_read_leaves_nothing_behind(hand, qtbot, large):
    hand.assistant.add_files([large])
    file = hand.assistant.current
    qtbot.waitUntil(lambda: file.in_sight is not None)

    hand.assistant.queue.remove(file)
    hand.settle()

    assert hand.assistant.current is None
    hand.at(Step.FILES)


def test_that_theirs_can_be_taken_over_a_correction_and_given_back(hand, tmp_path):
    path = exchanges(tmp_path / "a.xlsx", exchange(1))
    hand.add(path)
    hand.review()
    hand.go_on()
    (stay,) = hand.all(Exchange)
    with hand.document.edit("by hand") as edit:
        edit.set(stay, "amount_cents", 50_000)

    file = hand.add(exchanges(tmp_path / "b.xlsx", exchange(1)))
    review = hand.review()

    def amount():
        lines = range(review.rows.rowCount())
        parts = [(line, review.rows.part(line)) for line in lines]
        return next(
            (n, p.old, p.new, p.kept)
            for n, p in parts
            if isinstance(p, Difference) and p.field == "Agreed"
        )

    line, *held = amount()
    assert held == ["500\N{NO-BREAK SPACE}€", "415\N{NO-BREAK SPACE}€", True]
    review.table.setCurrentIndex(review.rows.index(line, 3))
    review.table.setFocus()
    hand.key(Qt.Key.Key_Return)
    assert amount()[3] is False
    assert file.outlook.plan.counts.change == 1
    review.table.setCurrentIndex(review.rows.index(amount()[0], 3))
    hand.key(Qt.Key.Key_Return)
    assert amount()[3] is True
    assert file.outlook.plan.counts.change == 0


def test_that_a_text_is_read_anew_when_another_encoding_is_said(hand, tmp_path):
    rows = [
        "Ref;Visiting organisation;Visitor country;Host organisation;Host country;Start;End",
        "X-1;Αλφα Ενεργεια ΑΕ;GR;Gastgeber GmbH;DE;2022-03-07;2022-03-09",
        "X-2;Ωμεγα ¶λλο ΕΠΕ;GR;Gastgeber GmbH;DE;2022-04-04;2022-04-06",
    ]
    path = tmp_path / "greek.csv"
    path.write_bytes("\n".join(rows).encode("cp1253"))
    file = hand.add(path)
    (asked,) = [q for q in file.outlook.plan.questions if q.topic == "encoding"]
    read_as = file.book.text.encoding
    other = next(o for o in asked.items[0].options if "8859" in o or "1253" in o)

    hand.columns()
    file.answer(asked, "", other)
    hand.settle()
    file.answer(asked, "", asked.items[0].propose)
    hand.settle()

    assert file.refusal == ""
    assert file.book.text.encoding == read_as
    assert not [q for q in file.outlook.plan.open_questions if q.topic == "encoding"]
