"""Filtering with the keys alone: words, conditions, completion, and what is not understood."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from smartct_desktop.ui.grid.filter_help import FilterHelp
from smartct_desktop.ui.tab_names import EXCHANGES, ORGANISATIONS, TAB_NAMES

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key

pytestmark = pytest.mark.usefixtures("small")


@pytest.fixture
def page(desktop, small):  # noqa: ARG001 -- the document comes first
    """The exchanges, with the focus in the filter field."""
    page = desktop.tab(TAB_NAMES.index(EXCHANGES) + 1)
    desktop.key(Key.Key_F, CONTROL)
    return page


def numbers(page):
    names = [one.name for one in page.model.columns]
    place = names.index("number")
    return [page.model.index(row, place).data()[-3:] for row in range(page.model.rowCount())]


def offered(page):
    return [offer.text for offer in page.filter_field.offers]


def after_a_moment(qtbot, page, expected):
    qtbot.waitUntil(lambda: numbers(page) == expected)


def test_that_words_conditions_and_negations_work_together(desktop, page, qtbot):
    desktop.type("gamma -status:cancelled")
    after_a_moment(qtbot, page, ["001", "001"])
    desktop.settle()
    assert desktop.state().startswith("2 of 3 rows")

    desktop.type_over("days>2.5 | agreed>=830")
    after_a_moment(qtbot, page, ["001", "001"])
    desktop.type_over('"gamma gmbh" from:2021')
    after_a_moment(qtbot, page, ["001"])
    desktop.type_over("host country:DE")
    after_a_moment(qtbot, page, ["001", "002"])


def test_that_a_condition_is_completed_with_the_keys(desktop, page, qtbot):
    desktop.type("stat")
    assert offered(page)[0] == "Status"
    desktop.key(Key.Key_Tab)
    assert page.filter_field.text() == "Status:"
    assert page.filter_field.hasFocus()
    assert "Paid" in offered(page)
    assert [o.detail for o in page.filter_field.offers if o.text == "Paid"] == ["1"]

    desktop.type("pai")
    desktop.key(Key.Key_Return)
    assert page.filter_field.text() == "Status:Paid"
    after_a_moment(qtbot, page, ["001"])

    desktop.key(Key.Key_Return)
    assert page.table.hasFocus()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x" * 5000, "A filter has 2000 signs at most."),
        (" ".join(f"w{n}" for n in range(101)), "A filter has 100 words and texts to look for at"),
    ],
)
def test_that_a_filter_beyond_measure_is_refused_rather_than_cut(desktop, page, qtbot, text, why):
    QApplication.clipboard().setText(text)
    desktop.key(Key.Key_V, CONTROL)

    qtbot.waitUntil(lambda: page.filter_field.accessibleDescription().startswith(why))
    QApplication.clipboard().clear()


def test_that_down_and_up_choose_and_escape_closes_the_list_first(desktop, page):
    desktop.type("host co")
    assert "Host country" in offered(page)
    for _ in range(offered(page).index("Host country") + 2):
        desktop.key(Key.Key_Down)
    desktop.key(Key.Key_Up)
    desktop.key(Key.Key_Return)
    assert page.filter_field.text() == "Host country:"

    assert offered(page)[0] == "Germany"
    desktop.key(Key.Key_Escape)
    assert offered(page) == []
    assert page.filter_field.text() == "Host country:"
    desktop.key(Key.Key_Escape)
    assert page.filter_field.text() == ""


def test_that_what_is_not_understood_is_said_and_filters_nothing(desktop, page, qtbot):
    desktop.type("alfa")
    after_a_moment(qtbot, page, ["001"])
    desktop.type(" staus:paid")
    qtbot.waitUntil(lambda: bool(page.toolbar.message.sentence))

    assert "There is no field “staus”. Did you mean “Status”?" in page.toolbar.message.sentence
    assert numbers(page) == ["001"]
    assert page.filter_field.property("state") == "warning"
    spoken = QAccessible.queryAccessibleInterface(page.filter_field)
    assert "staus" in spoken.text(QAccessible.Text.Description)

    desktop.key(Key.Key_Down)
    desktop.key(Key.Key_Return)
    assert page.filter_field.text() == "alfa Status:paid"
    after_a_moment(qtbot, page, [])
    assert page.toolbar.message.sentence == ""
    assert page.filter_field.property("state") == ""


def test_that_the_beginning_of_a_condition_does_not_filter_as_a_word(desktop, page, qtbot):
    desktop.type("xyst")
    after_a_moment(qtbot, page, [])
    desktop.type_over("stat")
    desktop.type("us:")
    desktop.key(Key.Key_Escape)
    assert page.filter_field.text() == "status:"
    after_a_moment(qtbot, page, ["001", "002", "001"])
    qtbot.waitUntil(lambda: "What should Status be?" in page.toolbar.message.sentence)


@pytest.mark.usefixtures("page")
def test_that_the_help_for_the_language_opens_and_closes(desktop):
    desktop.window.command["filter_help"].trigger()
    (shown,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, FilterHelp)]
    assert "status:paid,closed" in shown.accessibleDescription()
    for text, _ in (("host country:ES", ""), ("days>5", "")):
        assert text in shown.accessibleDescription()
    shown.close()


@pytest.mark.parametrize("tab", [EXCHANGES, ORGANISATIONS, "events", "clusters"])
def test_that_every_example_of_the_help_is_understood(desktop, tab):
    from smartct_desktop.services.filtering.terms import Refusal
    from smartct_desktop.ui.grid.filter_help import examples

    page = desktop.tab(TAB_NAMES.index(tab) + 1)
    for texts, _ in examples(page.tab.kind):
        for text in texts.split("   "):
            assert not isinstance(page.filtering.language.read(text), Refusal), text


def test_that_rows_are_sorted_by_several_columns_with_the_keys(desktop, page):
    desktop.go_to(page, 0, "ho")
    desktop.key(Key.Key_S, CONTROL | ALT)
    desktop.go_to(page, 0, "start")
    desktop.key(Key.Key_S, CONTROL | ALT | SHIFT)
    desktop.key(Key.Key_S, CONTROL | ALT | SHIFT)

    assert [(str(s.path), s.descending) for s in page.model.query.sort] == [
        ("ho", False),
        ("start", True),
    ]
    assert desktop.note() == "Sorted by Host organisation, From."
    desktop.key(Key.Key_S, CONTROL | ALT)
    assert page.model.query.sort == ()
    assert desktop.note() == "The rows are in their usual order."


def test_that_the_menu_of_a_column_sorts_further(desktop, page):
    desktop.go_to(page, 0, "ho")
    desktop.key(Key.Key_S, CONTROL | ALT)
    desktop.go_to(page, 0, "start")
    desktop.key(Key.Key_Down, ALT)
    menu = QApplication.activePopupWidget()
    (then,) = [action for action in menu.actions() if action.text() == "Then downwards"]
    then.trigger()
    menu.close()

    assert [str(sort.path) for sort in page.model.query.sort] == ["ho", "start"]


def test_that_text_is_sorted_by_its_letters_whatever_their_accents_and_blanks_come_last(
    desktop,
):
    from smartct_desktop.domain.records.organisation import Organisation

    names = ["Zeta", "Änne", "Łódź", "Lublin", "Ångström", "Ópera", "Ωmega", "Жар", "Ёлка", "Эра"]
    with desktop.document.edit("names") as edit:
        for name in names:
            edit.add(Organisation(name=name, city=name if name != "Zeta" else None))
    page = desktop.tab(TAB_NAMES.index(ORGANISATIONS) + 1)
    desktop.key(Key.Key_F, CONTROL)
    page.filter_field.setText(f"name:{','.join(names)}")  # no keyboard has all these letters
    page.search_now()
    desktop.go_to(page, 0, "city")
    desktop.key(Key.Key_S, CONTROL | ALT)

    shown = [desktop.cell(page, row, "city") for row in range(page.model.rowCount())]
    assert shown == [
        "Ångström",
        "Änne",
        "Łódź",
        "Lublin",
        "Ópera",
        "Ωmega",
        "Ёлка",
        "Жар",
        "Эра",
        "",
    ]


def test_that_filters_survive_a_restart(desktop, page, qtbot):
    desktop.type("gamma status:paid")
    after_a_moment(qtbot, page, ["001"])

    desktop.reopen()
    page = desktop.window.workbench.current

    assert numbers(page) == ["001"]
    assert page.filter_field.text() == "gamma"
    assert [chip.text() for chip in page.chips.chips] == ["Status:Paid"]


def test_that_a_chip_is_written_into_the_field_to_change_it(desktop, page, qtbot):
    desktop.type("gamma status:paid")
    after_a_moment(qtbot, page, ["001"])
    desktop.reopen()
    page = desktop.window.workbench.current

    page.chips.chips[0].setFocus()
    desktop.key(Key.Key_Space)

    assert page.filter_field.text() == "Status:Paid gamma"
    assert page.chips.chips == ()
    assert numbers(page) == ["001"]
