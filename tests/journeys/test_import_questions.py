"""Questions of an import: asked where they belong, answered by key or pointer, planned again."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.importing.plan import Action
from smartct_desktop.ui.import_assistant.field_chooser import FieldChooser
from smartct_desktop.ui.import_assistant.review_model import WHAT, WILL
from tests.journeys.importing import opened
from tests.ui.import_assistant.partner_files import (
    doubtful_dates,
    exchange,
    exchanges,
    members,
    write_sheets,
)

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(desktop, sample, facts):  # noqa: ARG001 -- the document that is shown
    """The assistant over the window with the sample partnership."""
    with opened(desktop, facts, None) as hand:
        yield hand


def visible_texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def visible(widget, type_):
    return [one for one in widget.findChildren(type_) if one.isVisible()]


def test_that_a_proposal_is_preselected_but_not_taken(hand, tmp_path):
    file = hand.add(doubtful_dates(tmp_path / "NEU.xlsx"))
    hand.columns()

    box = hand.boxes()["Day first"]
    assert box.isChecked()
    assert box.accessibleName() == "Day first, 06/12/2021 is Mon 6 Dec 2021, proposed"
    assert len(file.outlook.plan.open_questions) == 1
    assert file.outlook.plan.counts.wait == 2


def test_that_choosing_the_proposal_itself_says_yes_to_it(hand, tmp_path):
    file = hand.add(doubtful_dates(tmp_path / "NEU.xlsx"))
    hand.columns()

    hand.click(hand.boxes()["Day first"])

    assert file.outlook.plan.open_questions == ()
    assert file.outlook.plan.counts.add == 2


def test_that_a_question_is_answered_with_keys(hand, tmp_path):
    hand.add(doubtful_dates(tmp_path / "NEU.xlsx"))
    hand.columns()
    assert hand.focused() is hand.boxes()["Day first"]

    hand.key(Qt.Key.Key_Down)
    assert hand.assistant.current.outlook.plan.open_questions != ()
    hand.key(Qt.Key.Key_Space)
    hand.go_on()
    hand.go_on()

    assert {one.paid_on for one in hand.all(Exchange)} == {
        dt.date(2021, 6, 12),
        dt.date(2021, 3, 12),
    }


def test_that_an_answer_can_be_taken_back(hand, tmp_path):
    file = hand.add(doubtful_dates(tmp_path / "NEU.xlsx"))
    hand.columns()
    hand.click(hand.boxes()["Month first"])

    hand.click(hand.button("Take the answer back"))

    assert len(file.outlook.plan.open_questions) == 1
    assert hand.boxes()["Day first"].isChecked()


def test_that_the_values_follow_the_answer_and_the_sheet_stays_where_it_is(hand, tmp_path):
    file = hand.add(doubtful_dates(tmp_path / "NEU.xlsx"))
    columns = hand.columns()
    columns.sheet.horizontalScrollBar().setValue(30)
    before = columns.sheet.horizontalScrollBar().value()
    book = file.book

    hand.click(hand.boxes()["Month first"])

    assert columns.sheet_model.understood(1, 9).text == "Sat 12 Jun 2021"
    assert columns.sheet.horizontalScrollBar().value() == before
    assert file.book is book


def test_that_answers_given_while_a_plan_is_made_all_count(hand, tmp_path):
    file = hand.add(members(tmp_path / "list.xlsx"))
    country, number, *_ = file.outlook.plan.questions

    for question in (country, number):
        for item in question.items:
            file.answer(question, item.key, item.propose)
    hand.settle()

    answered = {q.id for q in file.outlook.plan.questions if not q.open}
    assert {country.id, number.id} <= answered
    assert not file.busy


def test_that_a_free_answer_is_typed_with_its_editor(hand, tmp_path):
    file = hand.add(members(tmp_path / "list.xlsx"))
    panel = hand.columns().panel
    assert "In which country are these organisations?" in visible_texts(panel)
    (line,) = [one for one in visible(panel, QLineEdit) if one.text() == "Germany"]

    line.setFocus()
    line.selectAll()
    hand.type("austria")
    hand.key(Qt.Key.Key_Return)

    country = next(q for q in file.outlook.plan.questions if q.topic == "country")
    assert country.items[0].answer == "AT"
    # The next open question has come forward.
    assert "In which country are these organisations?" not in visible_texts(panel)


def test_that_what_cannot_be_an_answer_is_refused_with_a_sentence(hand, tmp_path):
    file = hand.add(members(tmp_path / "list.xlsx"))
    panel = hand.columns().panel
    (line,) = [one for one in visible(panel, QLineEdit) if one.text() == "Germany"]

    line.setFocus()
    line.selectAll()
    hand.type("Atlantis")
    hand.click(hand.button("Take the proposal"))

    assert "“Atlantis” is no country of the list." in visible_texts(panel)
    assert line.text() == "Atlantis"
    assert file.answers == {}


def test_that_the_list_of_a_question_goes_on_to_the_next_open_item(hand, tmp_path):
    path = exchanges(
        tmp_path / "a.xlsx",
        exchange(1, status="fast fertig"),
        exchange(2, status="wartet noch"),
    )
    file = hand.add(path)
    panel = hand.columns().panel
    (choice,) = [one for one in visible(panel, QComboBox) if one.accessibleName() == "Answer"]
    assert "What does “fast fertig” mean?" in visible_texts(panel)

    choice.setFocus()
    hand.type("Clo")
    hand.click(hand.button("Take this answer"))

    assert "What does “wartet noch” mean?" in visible_texts(panel)
    (question,) = file.outlook.plan.questions
    assert [item.answer for item in question.items] == [ExchangeStatus.CLOSED.value, None]


def test_that_clicking_a_chip_brings_up_its_column_and_question(hand, tmp_path):
    hand.add(doubtful_dates(tmp_path / "NEU.xlsx"))
    columns = hand.columns()
    chips = columns.sheet.chips

    place = chips.chip_rect(5).center()
    hand.qtbot.mouseClick(chips.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hand.settle()

    said = visible_texts(columns.panel)
    assert "Column F: “von”" in said
    assert "Taken as From" in said


def test_that_a_person_can_say_what_a_column_holds(hand, tmp_path):
    path = exchanges(tmp_path / "a.xlsx", exchange(1) | {"Kürzel": "was nice"})
    file = hand.add(path)
    columns = hand.columns()
    assert "Not taken: 1 column" in visible_texts(columns.panel)
    columns.sheet.setCurrentIndex(columns.sheet_model.index(1, 10))
    columns.sheet.setFocus()

    hand.key(Qt.Key.Key_Return)
    chooser = QApplication.activePopupWidget()
    assert isinstance(chooser, FieldChooser)
    chooser.search.setFocus()
    for letter in "remark":
        hand.qtbot.keyClick(chooser.search, letter)
    hand.qtbot.keyClick(chooser.search, Qt.Key.Key_Return)
    hand.settle()

    column = file.outlook.columns["Exchanges"]["K"]
    assert column.code == "exchange.remark"
    assert (
        columns.sheet_model.headerData(
            10, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
        )
        == "column K, Remark"
    )
    hand.review()
    hand.go_on()
    assert [one.remark for one in hand.all(Exchange)] == ["was nice"]


def test_that_a_column_can_be_left_out(hand, tmp_path):
    file = hand.add(exchanges(tmp_path / "a.xlsx", exchange(1)))
    columns = hand.columns()
    columns.sheet.field_asked.emit(8)
    chooser = QApplication.activePopupWidget()
    for letter in "not needed":
        hand.qtbot.keyClick(chooser.search, letter)
    hand.qtbot.keyClick(chooser.search, Qt.Key.Key_Return)
    hand.settle()

    assert file.outlook.columns["Exchanges"]["I"].code is None
    hand.review()
    hand.go_on()
    assert [one.amount_cents for one in hand.all(Exchange)] == [None]


def test_that_no_field_is_offered_for_health_data_and_none_of_it_is_drawn(hand, tmp_path):
    path = exchanges(tmp_path / "a.xlsx", exchange(1) | {"Allergies": "hazelnuts"})
    other = exchanges(tmp_path / "b.xlsx", exchange(1) | {"Allergies": "penicillin"})
    hand.add(path)
    columns = hand.columns()
    columns.sheet.scrollTo(columns.sheet_model.index(1, 10))

    offered = [b.accessibleName() for b in visible(columns.panel, QPushButton)]
    assert not any("Allergies" in name for name in offered)
    columns.sheet.field_asked.emit(10)
    assert QApplication.activePopupWidget() is None

    def picture():
        columns.sheet.horizontalScrollBar().setValue(columns.sheet.horizontalScrollBar().maximum())
        return columns.sheet.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    first = picture()
    hand.assistant.go_to(hand.assistant.step.FILES)
    hand.click(hand.assistant.files_step.cards[0].remove)
    hand.add(other)
    hand.columns()
    assert picture() == first


def test_that_a_row_that_waits_is_answered_in_its_drawer(hand, tmp_path):
    path = exchanges(
        tmp_path / "a.xlsx",
        exchange(1, start="7.3."),
        exchange(2, start="8.3."),
        exchange(3),
    )
    file = hand.add(path)
    review = hand.review()
    table = review.table
    assert hand.words() == "Add 1, leave 2 (2 wait)"
    assert hand.focused() is table

    table.go_to(review.rows.rows[0].place)
    hand.key(Qt.Key.Key_Return)
    assert table.drawer.isVisible()
    assert "“7.3.” has no year." in visible_texts(table.drawer)
    hand.type("7.3.2022")
    hand.key(Qt.Key.Key_Return)

    # The next row that waits has opened by itself.
    assert "“8.3.” has no year." in visible_texts(table.drawer)
    assert hand.words() == "Add 2, leave 1 (1 waits)"
    hand.type("8.3.2022")
    hand.key(Qt.Key.Key_Return)

    assert not table.drawer.isVisible()
    assert file.outlook.plan.counts.wait == 0
    assert hand.words() == "Add 3"


def test_that_escape_closes_the_drawer_and_not_the_window(hand, tmp_path):
    hand.add(members(tmp_path / "list.xlsx"))
    review = hand.review()
    review.table.go_to(review.rows.rows[0].place)
    hand.key(Qt.Key.Key_Return)
    assert review.table.drawer.isVisible()

    hand.key(Qt.Key.Key_Escape)

    assert not review.table.drawer.isVisible()
    assert hand.closed == []
    assert hand.focused() is review.table


def test_that_a_drawer_has_room_for_all_of_its_question(hand, tmp_path):
    hand.add(members(tmp_path / "list.xlsx"))
    review = hand.review()
    table = review.table
    hand.click_cell(table, 0, WHAT)
    hand.settle()

    assert table.drawer.isVisible()
    line = review.rows.drawer_line
    assert table.rowHeight(line) > table.drawer.height()
    for label in visible(table.drawer, QLabel):
        assert label.height() >= label.heightForWidth(label.width())
    hand.click_cell(table, 0, WHAT)
    assert not table.drawer.isVisible()
    assert table.rowHeight(line) == table.rowHeight(0)


def test_that_a_person_can_keep_their_own_value(hand, tmp_path):
    hand.add(exchanges(tmp_path / "a.xlsx", exchange(1)))
    hand.review()
    hand.go_on()
    hand.add(exchanges(tmp_path / "b.xlsx", exchange(1, amount_eur=500, status="paid")))
    review = hand.review()
    assert hand.words() == "Change 1"
    said = [review.rows.index(n, WHAT).data() for n in range(2)]
    assert said[0] == "Agreed: 415\N{NO-BREAK SPACE}€ → 500\N{NO-BREAK SPACE}€"

    hand.click_cell(review.table, 0, WHAT, from_right=90)
    assert review.rows.index(0, WHAT).data() == said[0]
    hand.click_cell(review.table, 0, WHAT)

    kept = [review.rows.index(n, WHAT).data() for n in range(review.rows.rowCount())]
    assert "Agreed: 415\N{NO-BREAK SPACE}€ stays, instead of their 500\N{NO-BREAK SPACE}€" in kept
    hand.go_on()
    (one,) = hand.all(Exchange)
    assert (one.amount_cents, one.status) == (41_500, ExchangeStatus.PAID)


def test_that_keeping_everything_leaves_the_row_the_same_and_can_be_turned_back(hand, tmp_path):
    hand.add(exchanges(tmp_path / "a.xlsx", exchange(1)))
    hand.review()
    hand.go_on()
    hand.add(exchanges(tmp_path / "b.xlsx", exchange(1, amount_eur=500)))
    review = hand.review()

    review.table.setCurrentIndex(review.rows.index(0, WHAT))
    review.table.setFocus()
    hand.key(Qt.Key.Key_Space)
    assert hand.words() == "Nothing to add or change"
    line = next(
        n for n in range(review.rows.rowCount()) if "stays" in review.rows.index(n, WHAT).data()
    )

    review.table.setCurrentIndex(review.rows.index(line, WHAT))
    hand.key(Qt.Key.Key_Space)
    assert hand.words() == "Change 1"


def test_that_facets_filter_by_outcome(hand, tmp_path):
    hand.add(exchanges(tmp_path / "a.xlsx", exchange(1), exchange(2, visiting_organisation=None)))
    review = hand.review()
    facets = review.facets
    assert facets.outcomes[Action.REFUSE].accessibleName() == "Refused, 1"

    hand.click(facets.outcomes[Action.REFUSE])
    words = [review.rows.index(n, WILL).data() for n in range(review.rows.rowCount())]
    assert [word for word in words if word] == ["Refused"]
    assert not facets.all_rows.isChecked()

    hand.click(facets.outcomes[Action.REFUSE])
    hand.click(facets.outcomes[Action.CHANGE])
    assert "No row fits these filters." in visible_texts(review)
    hand.click(hand.button("Clear the filters"))
    assert len(review.rows.rows) == 2


def test_that_a_finding_leads_to_its_rows(hand, tmp_path):
    rows = [exchange(n) for n in range(1, 4)]
    hand.add(exchanges(tmp_path / "a.xlsx", *rows, exchange(4, working_days=2, end="2022-03-08")))
    review = hand.review()
    line = next(
        one for one in review.effect.finding_lines if "2 working days" in one.accessibleName()
    )

    hand.click(line)

    assert [row.first for row in review.rows.rows] == [5]
    hand.click(line)
    assert len(review.rows.rows) == 4


def test_that_two_spellings_are_asked_about_and_the_answer_moves_all_rows(hand, tmp_path):
    stay = {"start": "2022-04-04", "end": "2022-04-06"}
    path = exchanges(
        tmp_path / "a.xlsx",
        exchange(1, host_organisation="Gastgeber Energie GmbH"),
        exchange(2, host_organisation="Gastgeber Energie", **stay),
        exchange(3, host_organisation="Gastgeber Energie", **stay),
    )
    hand.add(path)
    review = hand.review()
    assert hand.words() == "Add 1, leave 2 (2 wait)"
    hand.click_cell(review.table, 0, WHAT)

    hand.click(hand.boxes()["Gastgeber Energie GmbH"])

    assert hand.words() == "Add 3"
    hand.go_on()
    hosts = {one.ho for one in hand.all(Exchange)}
    assert len(hosts) == 1
    names = [one.name for one in hand.all(Organisation)]
    assert names.count("Gastgeber Energie GmbH") == 1


def test_that_a_sheet_is_chosen_by_its_tab(hand, tmp_path):
    one = exchange(1)
    sheets = {
        "List": [list(one), list(one.values())],
        "Notes": [["Please fill in every row."]],
    }
    hand.add(write_sheets(tmp_path / "two.xlsx", sheets))
    columns = hand.columns()
    assert columns.tabs.count() == 2

    columns.tabs.setFocus()
    hand.key(Qt.Key.Key_Right)

    assert columns.sheet_model.index(0, 0).data() == "Please fill in every row."
    assert columns.sheet_model.sheet.name == "Notes"
    assert any("no row looks like headings" in text for text in visible_texts(columns))


def test_that_the_tab_key_goes_from_the_sheet_to_the_question_and_the_buttons(hand, tmp_path):
    hand.add(doubtful_dates(tmp_path / "NEU.xlsx"))
    columns = hand.columns()
    columns.sheet.setFocus()
    visited = []
    for _ in range(12):
        visited.append(hand.focused())
        hand.key(Qt.Key.Key_Tab)

    places = [
        visited.index(w)
        for w in (columns.sheet, hand.boxes()["Day first"], hand.assistant.foot.main)
    ]
    assert places == sorted(places)


def test_that_the_pointer_tells_what_a_chip_means(hand, tmp_path):
    hand.add(doubtful_dates(tmp_path / "NEU.xlsx"))
    columns = hand.columns()
    rect = columns.sheet.chips.chip_rect(1)

    assert rect.isValid()
    assert columns.sheet.chips.logicalIndexAt(QPoint(rect.center().x(), 5)) == 1


def test_that_a_person_can_say_what_a_sheet_lists(hand, tmp_path):
    rows = [("Name", "Country", "City"), ("Messe GmbH", "Germany", "Halle")]
    file = hand.add(write_sheets(tmp_path / "list.xlsx", {"List": rows}))
    columns = hand.columns()
    choice = columns.panel.kind_choice.combo
    assert choice.currentText() == "Memberships"
    before = file.outlook

    choice.setFocus()
    hand.type("Exchanges")
    choice.activated.emit(choice.currentIndex())
    hand.settle()

    # An exchange needs a host: the plan stays as it was, and it is said why.
    assert file.outlook is before
    assert choice.currentText() == "Memberships"
    assert any("a list of exchanges needs" in text for text in visible_texts(columns.panel))
    assert file.answers == {}
