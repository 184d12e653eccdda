"""The editor of every type of field: what it shows, what it takes, what it refuses."""

from datetime import date, time
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.ui.forms.choice_editors import ChooseEditor, FindEditor
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.forms.line_editors import LongTextEditor
from smartct_desktop.ui.forms.terms_editor import TermsEditor
from tests.ui.forms.typing import type_over

LINES = [
    ("organisation", "name", "Alfa", "Omega", "Omega"),
    ("organisation", "headcount", 12, "49", 49),
    ("exchange", "amount_cents", 41_500, "830.50", 83_050),
    ("exchange", "working_days", Decimal(3), "2.5", Decimal("2.5")),
    ("exchange", "distance_km", Decimal("1353.2"), "1353.4", Decimal("1353.4")),
    ("exchange", "start", date(2021, 11, 16), "17.11.2021", date(2021, 11, 17)),
    ("membership", "since", PartialDate(2018), "03/2019", PartialDate(2019, 3)),
    ("event", "start_time", time(9, 0), "13:30", time(13, 30)),
    ("organisation", "contact_email", None, "ana@alfa.example", "ana@alfa.example"),
    ("organisation", "website", None, "www.alfa.example", "https://www.alfa.example"),
]


@pytest.mark.parametrize("case", LINES)
def test_that_a_typed_value_is_understood(editor, qtbot, case):
    kind, name, before, typed, after = case
    made = editor(kind, name, before)
    assert made.value() == before

    type_over(qtbot, made, typed)

    assert made.value() == after


@pytest.mark.parametrize("case", LINES)
def test_that_an_emptied_field_is_blank(editor, qtbot, case):
    kind, name, before, _, after = case
    made = editor(kind, name, before if before is not None else after)

    type_over(qtbot, made, "")

    assert made.value() is None


@pytest.mark.parametrize(
    "case",
    [
        ("exchange", "start", "31.11.2021", "takes a day that exists"),
        ("exchange", "start", "soon", "takes a day that exists"),
        ("exchange", "amount_cents", "4,15", "takes a number"),
        ("organisation", "headcount", "1.5", "takes a whole number"),
        ("event", "start_time", "25:00", "takes a time of day"),
        ("membership", "since", "13/2019", "takes a day, a month"),
        ("organisation", "country", "Utopia", "is no country"),
        ("event", "type", "Ball", "is not in the list"),
        ("exchange", "vo", "Nobody", "is not known"),
    ],
)
def test_that_what_cannot_be_understood_is_refused(editor, qtbot, case):
    kind, name, typed, why = case
    made = editor(kind, name)

    type_over(qtbot, made, typed)

    with pytest.raises(Invalid, match=why):
        made.value()


def test_that_an_untouched_value_stays_exactly_as_it_is(editor):
    exact = Decimal("12345.678901")

    assert editor("exchange", "distance_km", exact).value() == exact


def test_that_long_text_keeps_its_lines(editor, qtbot):
    made = editor("exchange", "goals", "one\ntwo")
    assert isinstance(made, LongTextEditor)

    made.edit.moveCursor(made.edit.textCursor().MoveOperation.End)
    qtbot.keyClick(made.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(made.edit, "three")

    assert made.value() == "one\ntwo\nthree"


def test_that_enter_ends_long_text_in_a_cell_and_shift_enter_does_not(editor, qtbot):
    made = editor("exchange", "goals", "one", in_cell=True)
    made.edit.moveCursor(made.edit.textCursor().MoveOperation.End)

    qtbot.keyClick(made.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(made.entered):
        qtbot.keyClick(made.edit, Qt.Key.Key_Return)

    assert made.edit.toPlainText() == "one\n"


def test_that_a_flag_has_three_states(editor):
    made = editor("exchange", "ctq", value=True)
    assert isinstance(made, ChooseEditor)
    seen = []
    for place in range(made.combo.count()):
        made.combo.setCurrentIndex(place)
        seen.append(made.value())

    assert seen == [None, True, False]
    assert [made.combo.itemText(place) for place in range(3)] == ["unknown", "yes", "no"]


def test_that_a_choice_offers_all_answers_and_none(editor):
    made = editor("exchange", "status", ExchangeStatus.PAID)

    assert made.value() is ExchangeStatus.PAID
    assert made.combo.itemText(0) == ""
    assert made.combo.count() == len(ExchangeStatus) + 1


def test_that_a_required_choice_has_no_blank(editor):
    made = editor("exchange", "status", ExchangeStatus.PAID, required=True)

    assert made.combo.count() == len(ExchangeStatus)


def test_that_typing_in_a_choice_finds_an_answer(editor, qtbot):
    made = editor("exchange", "status", ExchangeStatus.PAID)

    with qtbot.waitSignal(made.committed):
        qtbot.keyClicks(made.combo, "can")

    assert made.value() is ExchangeStatus.CANC


def test_that_the_wheel_changes_only_a_field_with_the_focus(editor, stage):
    made = editor("exchange", "status", ExchangeStatus.PAID)
    stage.findChild(QLineEdit).setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(made.combo, wheel)

    assert made.value() is ExchangeStatus.PAID


def test_that_a_country_is_found_in_any_language_or_by_its_code(editor, qtbot):
    made = editor("organisation", "country", "ES")
    assert isinstance(made, FindEditor)
    assert made.line.text() == "Spain"

    for typed, code in (("Deutschland", "DE"), ("Österreich", "AT"), ("IT", "IT")):
        type_over(qtbot, made, typed)
        assert made.value() == code


def test_that_the_list_of_countries_narrows_while_one_types(editor, qtbot):
    made = editor("organisation", "country")

    type_over(qtbot, made, "bulg")

    assert [offer.value for offer in made.drop.model.offers] == ["BG"]


def test_that_a_term_is_taken_by_its_label(editor, qtbot):
    made = editor("event", "type")

    type_over(qtbot, made, "Webinar")

    assert made.value() == "webinar"


def test_that_a_record_is_found_while_one_types_across_accents(editor, qtbot, world):
    made = editor("exchange", "vo")
    type_over(qtbot, made, "alfa")
    assert [offer.text for offer in made.drop.model.offers] == ["Álfa, S.L.", "alfa"]

    with qtbot.waitSignal(made.committed):
        qtbot.keyClick(made.line, Qt.Key.Key_Return)

    assert made.value() == world.alpha
    assert made.line.text() == "Álfa, S.L."


def test_that_a_record_can_be_chosen_with_the_pointer(editor, qtbot, world):
    made = editor("exchange", "vo")
    type_over(qtbot, made, "gam")
    view = made.drop.view

    with qtbot.waitSignal(made.committed):
        middle = view.visualRect(view.model().index(0, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    assert made.value() == world.gamma


def test_that_a_reference_shows_the_caption_of_its_record(editor, world):
    made = editor("exchange", "vo", world.beta, "„Бета“ ООД")

    assert made.line.text() == "„Бета“ ООД"
    assert made.value() == world.beta


def test_that_escape_closes_the_list_before_it_gives_up(editor, qtbot):
    made = editor("exchange", "vo")
    type_over(qtbot, made, "g")
    given_up = []
    made.cancelled.connect(lambda: given_up.append(True))

    qtbot.keyClick(made.line, Qt.Key.Key_Escape)
    assert (made.drop.isVisible(), given_up) == (False, [])

    qtbot.keyClick(made.line, Qt.Key.Key_Escape)
    assert given_up == [True]


def test_that_a_new_record_is_made_only_when_it_is_chosen(stage, desk, world, qtbot):
    made_names = []

    def create(kind, name):
        made_names.append((kind, name))
        return world.gamma

    editors = Editors(desk.editors.look, desk.texts, desk.facts, desk.reader, create)
    made = editors.make(schema_of("exchange").by_name["vo"], in_cell=False)
    stage.layout().addWidget(made)
    made.setFocus()
    type_over(qtbot, made, "Delta Ltd")
    assert made_names == []

    qtbot.keyClick(made.line, Qt.Key.Key_Down)
    qtbot.keyClick(made.line, Qt.Key.Key_Return)

    assert made_names == [("organisation", "Delta Ltd")]
    assert made.value() == world.gamma


def test_that_several_terms_are_ticked_in_their_list(editor, qtbot):
    made = editor("organisation", "sectoral_industries", ("automotive",))
    assert isinstance(made, TermsEditor)
    qtbot.keyClick(made.box, Qt.Key.Key_Space)
    popup = made.popup
    qtbot.keyClicks(popup.filter, "environmental serv")
    qtbot.keyClick(popup.filter, Qt.Key.Key_Down)

    with qtbot.waitSignal(made.committed):
        qtbot.keyClick(popup.view, Qt.Key.Key_Space)
        qtbot.keyClick(popup.view, Qt.Key.Key_Return)

    assert made.value() == ("automotive", "environmental-services")
    assert made.box.itemText(0) == "Automotive; Environmental Services"


def test_that_escape_drops_the_ticks(editor, qtbot):
    made = editor("organisation", "sectoral_industries", ("automotive",))
    qtbot.keyClick(made.box, Qt.Key.Key_Space)
    popup = made.popup
    qtbot.keyClick(popup.filter, Qt.Key.Key_Down)
    qtbot.keyClick(popup.view, Qt.Key.Key_Space)

    with qtbot.waitSignal(made.cancelled):
        qtbot.keyClick(popup.view, Qt.Key.Key_Escape)

    assert made.value() == ("automotive",)


def test_that_enter_commits_and_escape_gives_up(editor, qtbot):
    made = editor("organisation", "name", "Alfa")

    with qtbot.waitSignal(made.committed):
        qtbot.keyClick(made.focusProxy(), Qt.Key.Key_Return)
    with qtbot.waitSignal(made.cancelled):
        qtbot.keyClick(made.focusProxy(), Qt.Key.Key_Escape)


def test_that_leaving_is_told_but_not_for_another_window_or_a_menu(editor, stage, qtbot):
    made = editor("organisation", "name", "Alfa")
    left = []
    made.left.connect(lambda: left.append(True))

    made.focusProxy().clearFocus()
    stage.findChild(QLineEdit).setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    made.setFocus()
    count = len(left)
    stage.findChild(QLineEdit).setFocus(Qt.FocusReason.MenuBarFocusReason)

    assert len(left) == count
    made.setFocus()
    stage.findChild(QLineEdit).setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: len(left) == count + 1)


def test_that_tab_in_a_cell_moves_on(editor, qtbot):
    made = editor("organisation", "name", "Alfa", in_cell=True)

    with qtbot.waitSignal(made.moved) as forward:
        qtbot.keyClick(made.focusProxy(), Qt.Key.Key_Tab)
    with qtbot.waitSignal(made.moved) as back:
        qtbot.keyClick(made.focusProxy(), Qt.Key.Key_Backtab)

    assert (forward.args, back.args) == ([True], [False])


def test_that_a_typed_key_starts_a_cell_with_it(editor):
    made = editor("organisation", "name", "Alfa", in_cell=True)

    made.begin("O")

    assert made.focusProxy().text() == "O"


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.kind)
def test_that_every_field_has_an_editor_with_a_name(schema, stage, desk):
    for field in schema.fields:
        for in_cell in (False, True):
            made = desk.editors.make(field, in_cell=in_cell)
            stage.layout().addWidget(made)
            made.show_value(None)

            assert made.value() in (None, ())
            assert made.focusProxy().accessibleName() == field.label


def test_that_a_refused_name_is_not_covered_by_its_list_and_can_still_be_made(editor, qtbot):
    made = editor("exchange", "vo", in_cell=True)
    type_over(qtbot, made, "Nobody")
    assert made.drop.isVisible()

    qtbot.keyClick(made.line, Qt.Key.Key_Return)
    assert not made.drop.isVisible()

    qtbot.keyClick(made.line, Qt.Key.Key_Down)
    assert [offer.text for offer in made.drop.model.offers] == ["Nobody"]


def test_that_a_field_for_reading_only_takes_no_keys(editor, qtbot):
    made = editor("organisation", "name", "Alfa")
    made.set_read_only(True)

    qtbot.keyClicks(made.focusProxy(), "x")

    assert made.value() == "Alfa"


def test_that_shortcuts_do_not_take_escape_from_an_editor(editor):
    made = editor("organisation", "name", "Alfa")
    press = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier
    )
    press.ignore()

    QApplication.sendEvent(made.focusProxy(), press)

    assert press.isAccepted()
