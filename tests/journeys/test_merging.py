"""Merging two organisations with keys."""

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation
from tests.journeys.asking import Answer

CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES = range(2, 6)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def double(desktop, small):
    """A double of Gamma GmbH, which an exchange and a membership name."""
    double = Organisation(name="Gamma Gesellschaft", country="AT", website="https://gamma.eu")
    stay = Exchange(number="X-9", vo=double.id, ho=small.alpha)
    member = Membership(cluster=small.cluster, organisation=double.id, member_ref="7")
    with desktop.document.edit("a double") as edit:
        for record in (double, stay, member):
            edit.add(record)
    return double, stay


def merge_selected(desktop):
    desktop.key(Qt.Key.Key_M, CONTROL | SHIFT)


def select_two(desktop, page):
    """Select the double and Gamma GmbH, which stand one under the other."""
    desktop.key(Qt.Key.Key_F, CONTROL)
    desktop.type("gamma")
    desktop.key(Qt.Key.Key_Return)
    desktop.qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    desktop.go_to(page, 0, "name")
    desktop.key(Qt.Key.Key_Down, SHIFT)


def organisations(desktop):
    return sorted(o.name for o in desktop.document.read.all(Organisation))


def test_that_two_selected_organisations_become_one(desktop, small, double):
    page = desktop.tab(ORGANISATIONS)
    select_two(desktop, page)
    seen = []

    def swap(dialog):
        seen.append(dialog.accessibleName())
        dialog.swap_button.setFocus()
        desktop.key(Qt.Key.Key_Space)

    def take(dialog):
        seen.append(dialog.accessibleName())
        seen.append(dialog.accessibleDescription())
        kept, other = dialog.choices["country"]
        kept.setFocus()
        desktop.key(Qt.Key.Key_Right)
        assert other.isChecked()
        dialog.merge_button.setFocus()
        desktop.key(Qt.Key.Key_Return)

    answer = Answer(desktop, swap, take)
    merge_selected(desktop)
    answer.done()

    assert seen[:2] == [
        "Merge “Gamma GmbH” into “Gamma Gesellschaft”?",
        "Merge “Gamma Gesellschaft” into “Gamma GmbH”?",
    ]
    assert "1 exchange (Visiting organisation)" in seen[2]
    assert "Two memberships for Klaster K become one." in seen[2]
    assert "Also known as: Gamma Gesellschaft" in seen[2]
    gamma = desktop.document.read.get(Organisation, small.gamma)
    assert (gamma.country, gamma.website, gamma.city) == ("AT", "https://gamma.eu", "Halle")
    assert desktop.document.read.get(Exchange, double[1].id).vo == small.gamma
    assert [m.member_ref for m in desktop.document.read.all(Membership)] == ["7"]
    assert desktop.window.command["undo"].text().startswith("Undo merger of Gamma Gesells")
    assert page.table.current_id == small.gamma

    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert desktop.document.read.get(Exchange, double[1].id).vo == double[0].id
    assert len(organisations(desktop)) == 5


@pytest.mark.usefixtures("double")
def test_that_the_other_one_is_asked_for_if_only_one_is_chosen(desktop, small):
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.gamma)

    def choose(dialog):
        desktop.key(Qt.Key.Key_Return)
        assert dialog.finding.text() == "Choose the other one first."
        desktop.type("gamma gesellschaft")
        desktop.key(Qt.Key.Key_Return)

    answer = Answer(desktop, choose, lambda _: desktop.key(Qt.Key.Key_Return))
    merge_selected(desktop)
    answer.done()

    assert "Gamma Gesellschaft" not in organisations(desktop)
    gamma = desktop.document.read.get(Organisation, small.gamma)
    assert gamma.aliases == "Gamma Gesellschaft"


def test_that_an_exchange_between_the_two_is_refused_with_a_sentence(desktop, small):
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.alpha)
    seen = []

    def look(dialog):
        seen.append(dialog.merge_button.isVisible())
        desktop.key(Qt.Key.Key_Return)

    def choose(_dialog):
        desktop.type("gamma gmbh")
        desktop.key(Qt.Key.Key_Return)

    answer = Answer(desktop, choose, look)
    merge_selected(desktop)
    answer.done()

    assert seen == [False]
    assert len(organisations(desktop)) == 4


@pytest.mark.usefixtures("small")
def test_that_merging_is_off_where_no_organisations_are_shown(desktop):
    desktop.tab(EXCHANGES)

    assert not desktop.window.command["merge"].isEnabled()
    assert "organisations" in desktop.window.command["merge"].statusTip()


@pytest.mark.usefixtures("double")
def test_that_no_key_reaches_the_table_while_a_merger_is_planned(desktop):
    page = desktop.tab(ORGANISATIONS)
    select_two(desktop, page)
    answer = Answer(desktop, lambda dialog: dialog.reject())

    desktop.qtbot.keyClick(page.table, Qt.Key.Key_M, CONTROL | SHIFT)
    desktop.qtbot.keyClick(desktop.focused(), Qt.Key.Key_X)

    assert page.table.cells.editor is None
    answer.done()
    assert len(organisations(desktop)) == 5
