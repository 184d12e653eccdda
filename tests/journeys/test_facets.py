"""Facets with keys only: counting, ticking, combining, clearing, and what is remembered."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.ui.facets.lines import LineKind

CLUSTERS, ORGANISATIONS, EXCHANGES = 2, 3, 5
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def lines(page):
    model = page.facets.list.lines
    return [model.line(row) for row in range(model.rowCount())]


def values(page, name):
    """The values of a facet with their counts, ticked ones marked."""
    return [
        f"{'✓' if line.on else ''}{line.text} {line.records}"
        for line in lines(page)
        if line.facet.name == name and line.kind is LineKind.VALUE
    ]


def is_counted(page):
    found = lines(page)
    return bool(found) and not any(line.stale for line in found if line.kind is LineKind.VALUE)


def facets(desktop, number):
    """Go to a tab and into its facets, with all counts there."""
    page = desktop.tab(number)
    if page.facets.isHidden():
        desktop.key(Qt.Key.Key_F, CONTROL | SHIFT)
    page.facets.list.setFocus()
    wait(desktop, page)
    return page


def wait(desktop, page):
    names = {facet.name for facet in page.facets.facets}

    def done():
        held = {line.facet.name for line in lines(page) if line.kind is LineKind.VALUE}
        return held == names and is_counted(page)

    desktop.qtbot.waitUntil(done)


def go_to(desktop, page, name, text):
    """Walk with the arrow keys to a value."""
    desktop.key(Qt.Key.Key_Home)
    for _ in range(len(lines(page))):
        line = page.facets.list.current
        if line.facet.name == name and line.text == text:
            return
        desktop.key(Qt.Key.Key_Down)
    pytest.fail(f"no line {text}")


def shown(page, name):
    column = [one.name for one in page.model.columns].index(name)
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


@pytest.mark.usefixtures("small")
def test_that_values_are_counted_with_blanks_last(desktop):
    page = facets(desktop, ORGANISATIONS)

    assert values(page, "type") == ["Cluster organisation 1", "SME 3"]
    assert values(page, "country") == ["Germany 2", "Bulgaria 1", "Spain 1"]
    assert values(page, "sme") == ["yes 2", "(blank) 2"]
    assert values(page, "partnership") == ["Small 1", "(blank) 3"]


@pytest.mark.usefixtures("small")
def test_that_enter_filters_by_one_value_and_again_by_none(desktop):
    page = facets(desktop, ORGANISATIONS)
    go_to(desktop, page, "country", "Bulgaria")

    desktop.key(Qt.Key.Key_Return)
    assert shown(page, "country") == ["Bulgaria"]
    assert [chip.text() for chip in page.chips.chips] == ["Country: Bulgaria"]

    go_to(desktop, page, "country", "Germany")
    desktop.key(Qt.Key.Key_Return)
    assert shown(page, "country") == ["Germany", "Germany"]

    desktop.key(Qt.Key.Key_Return)
    assert page.model.rowCount() == 4
    assert page.chips.chips == ()


@pytest.mark.usefixtures("small")
def test_that_space_adds_values_and_facets_combine(desktop):
    page = facets(desktop, ORGANISATIONS)
    go_to(desktop, page, "country", "Bulgaria")
    desktop.key(Qt.Key.Key_Space)
    go_to(desktop, page, "country", "Germany")
    desktop.key(Qt.Key.Key_Space)
    assert sorted(shown(page, "country")) == ["Bulgaria", "Germany", "Germany"]

    wait(desktop, page)
    go_to(desktop, page, "type", "SME")
    desktop.key(Qt.Key.Key_Space)
    assert sorted(shown(page, "country")) == ["Bulgaria", "Germany"]
    assert sorted(chip.text() for chip in page.chips.chips) == [
        "Country: Bulgaria, Germany",
        "Type: SME",
    ]


@pytest.mark.usefixtures("small")
def test_that_counts_follow_the_other_filters_but_not_their_own(desktop):
    page = facets(desktop, ORGANISATIONS)
    go_to(desktop, page, "country", "Germany")
    desktop.key(Qt.Key.Key_Return)
    wait(desktop, page)

    assert values(page, "country") == ["✓Germany 2", "Bulgaria 1", "Spain 1"]
    assert values(page, "type") == ["Cluster organisation 1", "SME 1"]
    assert values(page, "sme") == ["(blank) 2"]


@pytest.mark.usefixtures("small")
def test_that_counts_follow_what_is_typed_into_the_filter(desktop):
    page = facets(desktop, ORGANISATIONS)
    page.focus_filter()
    desktop.type("gamma")
    desktop.key(Qt.Key.Key_Return)
    desktop.qtbot.waitUntil(lambda: values(page, "country") == ["Germany 1"])

    assert values(page, "type") == ["SME 1"]


def test_that_counts_follow_a_change_of_a_record(desktop, small):
    page = facets(desktop, EXCHANGES)
    assert values(page, "status") == ["Paid 1", "Closed 1", "Cancelled 1"]

    with desktop.document.edit("paid") as edit:
        edit.set(edit.get(Exchange, small.first), "status", ExchangeStatus.PAID)
    desktop.qtbot.waitUntil(lambda: values(page, "status") == ["Paid 2", "Cancelled 1"])

    assert page.model.rowCount() == 3


@pytest.mark.usefixtures("small")
def test_that_days_are_counted_by_month_and_filter_by_it(desktop):
    page = facets(desktop, EXCHANGES)
    assert values(page, "start:month") == ["11.2021 1", "10.2021 1", "(blank) 1"]
    assert values(page, "start:year") == ["2021 2", "(blank) 1"]

    go_to(desktop, page, "start:month", "10.2021")
    desktop.key(Qt.Key.Key_Space)
    go_to(desktop, page, "start:month", "(blank)")
    desktop.key(Qt.Key.Key_Space)
    wait(desktop, page)

    assert sorted(shown(page, "number")) == ["SCT-2021-002", "SCT-2022-001"]
    assert values(page, "start:month") == ["11.2021 1", "✓10.2021 1", "✓(blank) 1"]
    assert values(page, "start:year") == ["2021 1", "(blank) 1"]


@pytest.mark.usefixtures("small")
def test_that_values_of_records_referred_to_are_counted(desktop):
    page = facets(desktop, EXCHANGES)

    assert sorted(values(page, "vo.country")) == ["Bulgaria 1", "Germany 1", "Spain 1"]
    assert values(page, "ho.country") == ["Germany 2", "(blank) 1"]


@pytest.mark.usefixtures("small")
def test_that_problems_are_a_facet(desktop):
    page = facets(desktop, EXCHANGES)
    counts = {line.text: line.records for line in lines(page) if line.facet.path is None}
    everything = page.model.rowCount()
    assert set(counts) == {"Problems", "has errors", "has warnings", "none"}

    for text in ("has errors", "has warnings", "none"):
        go_to(desktop, page, "!problems", text)
        desktop.key(Qt.Key.Key_Return)
        assert page.model.rowCount() == counts[text]
    go_to(desktop, page, "!problems", "has errors")
    desktop.key(Qt.Key.Key_Space)
    go_to(desktop, page, "!problems", "has warnings")
    desktop.key(Qt.Key.Key_Space)

    assert page.model.rowCount() == everything


@pytest.mark.usefixtures("small")
def test_that_a_facet_is_cleared_and_all_are(desktop):
    page = facets(desktop, ORGANISATIONS)
    go_to(desktop, page, "country", "Germany")
    desktop.key(Qt.Key.Key_Space)
    go_to(desktop, page, "type", "SME")
    desktop.key(Qt.Key.Key_Space)

    desktop.key(Qt.Key.Key_Delete)
    assert [chip.text() for chip in page.chips.chips] == ["Country: Germany"]

    go_to(desktop, page, "type", "SME")
    desktop.key(Qt.Key.Key_Space)
    while desktop.focused() is not page.facets.clear_button:
        desktop.key(Qt.Key.Key_Tab)
    desktop.key(Qt.Key.Key_Space)
    assert page.chips.chips == ()
    assert page.model.rowCount() == 4


@pytest.mark.usefixtures("small")
def test_that_a_chip_taken_off_unticks_its_facet(desktop):
    page = facets(desktop, ORGANISATIONS)
    go_to(desktop, page, "country", "Germany")
    desktop.key(Qt.Key.Key_Space)

    page.chips.chips[0].setFocus()
    desktop.key(Qt.Key.Key_Delete)

    assert not any(line.on for line in lines(page))


@pytest.mark.usefixtures("small")
def test_that_a_facet_is_closed_and_opened_and_stays_so(desktop):
    page = facets(desktop, ORGANISATIONS)
    go_to(desktop, page, "country", "Germany")

    desktop.key(Qt.Key.Key_Left)
    desktop.key(Qt.Key.Key_Left)
    assert values(page, "country") == []
    page.remember()
    assert desktop.settings.get("facets.organisations.closed") == ["country"]

    desktop.key(Qt.Key.Key_Right)
    assert len(values(page, "country")) == 3


@pytest.mark.usefixtures("small")
def test_that_lines_are_spoken_with_count_and_state(desktop):
    page = facets(desktop, ORGANISATIONS)
    go_to(desktop, page, "country", "Germany")
    desktop.key(Qt.Key.Key_Space)
    wait(desktop, page)

    model = page.facets.list.model()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    names = [model.index(row, 0).data(spoken) for row in range(model.rowCount())]
    assert "Germany, 2 records, chosen" in names
    assert "Bulgaria, 1 records" in names
    assert "facet Country, open, filters rows" in names


@pytest.mark.usefixtures("small")
def test_that_the_panel_goes_and_comes_with_its_keys_and_is_remembered(desktop):
    page = facets(desktop, EXCHANGES)

    desktop.key(Qt.Key.Key_F, CONTROL | SHIFT)
    assert page.facets.isHidden()
    assert desktop.focused() is page.table
    assert desktop.settings.get("facets.exchanges.shown") is False

    desktop.key(Qt.Key.Key_F, CONTROL | SHIFT)
    assert not page.facets.isHidden()
    assert desktop.focused() is page.facets.list


@pytest.mark.usefixtures("small")
def test_that_a_facet_of_any_field_can_be_added_and_removed(desktop):
    page = facets(desktop, ORGANISATIONS)
    while desktop.focused() is not page.facets.add_button:
        desktop.key(Qt.Key.Key_Tab)
    desktop.key(Qt.Key.Key_Space)
    chooser = QApplication.activeWindow()
    desktop.type("partnership start")
    assert chooser.list.lines.rowCount() > 0
    desktop.key(Qt.Key.Key_Down)
    chosen = chooser.list.current.name
    desktop.key(Qt.Key.Key_Space)
    desktop.key(Qt.Key.Key_Escape)

    assert page.facets.facets[-1].name == chosen
    assert chosen.startswith("partnership.")
    page.remember()
    assert desktop.settings.get("facets.organisations.names")[-1] == chosen

    page.facets.remove(page.facets.facets[-1])
    assert chosen not in [facet.name for facet in page.facets.facets]


def test_that_long_facets_show_the_most_frequent_and_all_in_a_search(desktop, small):
    with desktop.document.edit("many") as edit:
        for n in range(12):
            edit.add(Exchange(number=f"X-{n}", vo=small.alpha, group="g", ho_country="ES"))
        for n, code in enumerate(["AT", "BE", "CZ", "DK", "EE", "FI", "FR", "GR", "HU", "IE"]):
            edit.add(Exchange(number=f"Y-{n}", ho_country=code))
    page = facets(desktop, EXCHANGES)
    page.facets.add(path("ho_country"))
    wait(desktop, page)
    assert values(page, "ho_country")[0] == "Spain 12"
    assert len(values(page, "ho_country")) == 8

    go_to(desktop, page, "ho_country", "4 more…")
    desktop.key(Qt.Key.Key_Return)
    desktop.type("hung")
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Space)
    assert shown(page, "number") == ["Y-8"]
    desktop.key(Qt.Key.Key_Escape)
    wait(desktop, page)
    assert values(page, "ho_country")[0] == "✓Hungary 1"


def path(text):
    from smartct_desktop.domain.query import Path

    return Path.of(text)
