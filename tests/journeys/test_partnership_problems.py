"""What the rules say of the partnership as a whole stands in the Problems tab too."""

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.ui.problems.lines import Group

pytestmark = pytest.mark.usefixtures("small")

PROBLEMS = 6
UNKNOWN = "There is no rule set “G9”; the values of G1 are used meanwhile. There are G1, G2."


@pytest.fixture
def page(desktop):
    """The Problems tab of a partnership with an unknown rule set and a person nobody told."""
    document = desktop.document
    own = own_partnership(document.read)
    with document.edit("change") as edit:
        edit.update(own.replace(rule_set="G9"))
        edit.add(Person(name="Somebody"))
    page = desktop.tab(PROBLEMS)
    page.list.setFocus()
    return page


def rules(page):
    found = (page.model.line(row) for row in range(page.model.rowCount()))
    return [line.code for line in found if isinstance(line, Group)]


def spoken(page):
    return [page.model.index(row).data() for row in range(page.model.rowCount())]


def test_that_they_stand_under_their_rules_and_are_mended_in_place(desktop, page, qtbot):
    qtbot.waitUntil(lambda: {"RUL-01", "GDP-04"} <= set(rules(page)))
    caption = own_partnership(desktop.document.read).acronym
    assert f"{caption}. Error: {UNKNOWN} (RUL-01)" in spoken(page)
    errors = sum(tick.text().endswith(("error", "errors")) for tick in page.bar.ticks.values())
    assert errors == 1

    row = next(n for n, line in enumerate(spoken(page)) if UNKNOWN in line)
    page.list.setCurrentIndex(page.model.index(row))
    assert page.why.fixing.field.name == "rule_set"
    with desktop.document.edit("change") as edit:
        edit.update(own_partnership(desktop.document.read).replace(rule_set="G2"))
    qtbot.waitUntil(lambda: "RUL-01" not in rules(page))
    assert "GDP-04" in rules(page)


def test_that_the_tab_and_the_status_bar_count_them(desktop, page, qtbot):
    qtbot.waitUntil(lambda: {"RUL-01", "GDP-04"} <= set(rules(page)))
    counts = desktop.document.read.finding_counts()
    of_records = sum(c.findings for c in counts if c.severity is Severity.ERROR)
    link = desktop.window.problems.link.link(Severity.ERROR)
    assert link.text() == ("1 error" if not of_records else f"{of_records + 1} errors")


def test_that_filters_words_and_groupings_hold_for_them(desktop, page, qtbot):
    qtbot.waitUntil(lambda: "RUL-01" in rules(page))

    page.bar.by_record.trigger()
    qtbot.waitUntil(lambda: UNKNOWN in spoken(page)[0])
    count = page.model.rowCount()
    assert all(spoken(page))
    page.bar.by_partner.trigger()
    qtbot.waitUntil(lambda: "The partnership as a whole, 2 problems" in spoken(page))
    page.bar.filter_field.setText("G9")
    qtbot.waitUntil(lambda: page.model.findings == 1)
    page.bar.filter_field.setText("notice")
    qtbot.waitUntil(lambda: "(GDP-04)" in spoken(page)[-1])
    desktop.key(Qt.Key.Key_Escape)
    page.bar.clear()
    qtbot.waitUntil(lambda: page.model.findings == count)
