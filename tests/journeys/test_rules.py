"""The rules of the call: looked up, changed after seeing what follows, and back again."""

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.rule_value import RuleValue


@pytest.fixture
def stay(sample):
    """A week of a Saxon firm in Bulgaria."""
    firm, host = Organisation(name="Firm", country="DE"), Organisation(name="Host", country="BG")
    made = Exchange(
        number="SCT-2022-001",
        vo=firm.id,
        ho=host.id,
        ho_country="BG",
        mode=Mode.PHYSICAL,
        status=ExchangeStatus.READY,
        start=dt.date(2022, 4, 25),
        end=dt.date(2022, 4, 29),
        working_days=Decimal(5),
        distance_km=Decimal(900),
    )
    with sample.edit("addition") as edit:
        for record in (firm, host, made):
            edit.add(record)
    return made


@pytest.fixture
def rules(desktop, stay):
    assert stay.number
    desktop.window.command["rules"].trigger()
    return desktop.window.rules.rules


def due(sample, stay):
    return sample.read.get(Exchange, stay.id).entitlement_cents


def go_on(qtbot, rules):
    """From the fields of a value to what would change."""
    rules.asking.accept()
    qtbot.waitUntil(lambda: rules.showing is not None and rules.showing.isVisible())


def ask_for(rules, **texts):
    QTest.keyClick(rules.table, Qt.Key.Key_Return)
    for name, text in texts.items():
        rules.asking.editor(name).put_text(text)


def test_that_a_value_is_found_with_its_source(rules):
    rules.search.setText("stays bulgaria")
    value = rules.current
    assert (value.key.name, value.value) == ("cap.BG", 56_000)
    row = rules.table.currentIndex().row()
    assert rules.model.index(row, 1).data() == "560 €"
    assert rules.model.index(row, 2).data() == "inferred"


def test_that_one_month_is_not_many(rules):
    rules.search.setText("longest stay")
    assert rules.model.index(0, 1).data() == "1 month"


def test_that_what_is_due_for_another_reason_is_told(rules, sample, stay, qtbot):
    with sample.edit("a shorter stay") as edit:
        edit.set(stay, "working_days", Decimal(3))
    rules.search.setText("half lump")
    ask_for(rules, value="1000", source="Grant agreement, annex 2")
    go_on(qtbot, rules)
    told = rules.showing.lines.item(0).text()
    assert told.startswith("SCT-2022-001: due because: ")
    assert "halved once: 3 working days (under 5), 900 km (under 1000)" in told
    rules.showing.reject()


def test_that_a_change_is_shown_before_it_holds_and_can_be_undone(
    rules, sample, stay, qtbot, desktop
):
    assert due(sample, stay) == 56_000
    rules.search.setText("stays bulgaria")
    ask_for(rules, value="600", source="Grant agreement, annex 2")
    go_on(qtbot, rules)
    shown = rules.showing.lines.item(0).text()
    assert shown == "SCT-2022-001: due 560 € → 600 €"
    assert due(sample, stay) == 56_000
    rules.showing.accept()
    desktop.settle()
    assert due(sample, stay) == 60_000
    assert rules.current.source == "Grant agreement, annex 2"
    label = sample.read.next_undo().label
    assert label == "change of Lump sum for stays in Bulgaria (G1)"
    sample.undo()
    desktop.settle()
    assert due(sample, stay) == 56_000


def test_that_nothing_holds_if_the_preview_is_left(rules, sample, stay, qtbot):
    rules.search.setText("stays bulgaria")
    ask_for(rules, value="600", source="A mistake")
    go_on(qtbot, rules)
    rules.showing.reject()
    assert not list(sample.read.all(RuleValue))
    assert due(sample, stay) == 56_000


def test_that_the_shipped_value_comes_back_when_the_own_one_is_taken_away(
    rules, sample, stay, qtbot, desktop
):
    rules.search.setText("stays bulgaria")
    ask_for(rules, value="600", source="Grant agreement, annex 2")
    go_on(qtbot, rules)
    rules.showing.accept()
    desktop.settle()
    rules.showing = None
    desktop.click(rules.back_button)
    qtbot.waitUntil(lambda: rules.showing is not None and rules.showing.isVisible())
    rules.showing.accept()
    desktop.settle()
    assert not list(sample.read.all(RuleValue))
    assert due(sample, stay) == 56_000


def test_that_a_value_without_a_source_or_of_another_form_is_refused_at_its_field(rules):
    rules.search.setText("stays bulgaria")
    ask_for(rules, value="600")
    rules.asking.accept()
    assert rules.asking.finding.text() == "Source cannot be blank."
    rules.asking.editor("source").put_text("A page")
    rules.asking.editor("value").put_text("much")
    rules.asking.accept()
    assert "expected is an amount in euros" in rules.asking.finding.text()
    assert rules.asking.wanted is None
    rules.asking.reject()
