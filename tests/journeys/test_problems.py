"""The Problems tab with keys only; findings beside fields, in cells and in the status bar."""

import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.rule_catalog import BY_CODE
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation, SmeBasis
from smartct_desktop.services.document import Document
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.storage.store import Store
from smartct_desktop.ui.problems.lines import Group
from tests.ui.world import clock

EXCHANGES, PROBLEMS = 5, 6
CONTROL = Qt.KeyboardModifier.ControlModifier
SHORT = "The stay has 2 working days; at least 3 are needed."


@pytest.fixture
def page(desktop, small):
    """The Problems tab; one exchange is too short, the others are cancelled."""
    with desktop.document.edit("change") as edit:
        for exchange in desktop.document.read.all(Exchange):
            status = None if exchange.id == small.first else ExchangeStatus.CANC
            days = Decimal(2) if exchange.id == small.first else None
            edit.update(exchange.replace(status=status, working_days=days))
    page = desktop.tab(PROBLEMS)
    page.list.setFocus()
    return page


def lines(page):
    """Headings as codes, findings as what is read out of them."""
    found = []
    for row in range(page.model.rowCount()):
        line = page.model.line(row)
        found.append(line.code if isinstance(line, Group) else page.model.index(row).data())
    return found


def go_to(desktop, page, words):
    """Go down with the arrow to a line with these words."""
    desktop.key(Qt.Key.Key_Home)
    while words not in (page.list.currentIndex().data() or ""):
        before = page.list.currentIndex()
        desktop.key(Qt.Key.Key_Down)
        assert page.list.currentIndex() != before


def test_that_findings_stand_under_their_rules_errors_first(desktop, page):
    shown = lines(page)

    assert shown[:2] == [
        "AMT-02" if "AMT-02" in shown else "DUR-02",
        f"SCT-2021-001, Álfa, S.L. → Gamma GmbH. Error: {SHORT} (DUR-02)",
    ]
    assert shown.index("DUR-02") < shown.index("ELG-14") < shown.index("EVT-07")
    assert desktop.state() == f"{page.model.findings} problems"


def test_that_enter_brings_the_record_and_its_field_forward(desktop, page, small):
    go_to(desktop, page, SHORT)
    desktop.key(Qt.Key.Key_Return)

    table = desktop.window.workbench.table_page
    assert desktop.window.workbench.current_name == "exchanges"
    assert table.table.current_id == small.first
    row = table.pane.form.row("working_days")
    assert desktop.focused().accessibleName() == "Days"
    assert list(row.findings) == [SHORT]
    assert f"Error: {SHORT}" in desktop.focused().accessibleDescription()


def test_that_a_mended_value_leaves_no_trace(desktop, page):
    go_to(desktop, page, SHORT)
    desktop.key(Qt.Key.Key_Return)
    desktop.type_over("3")
    desktop.key(Qt.Key.Key_Return)

    row = desktop.window.workbench.table_page.pane.form.row("working_days")
    assert list(row.findings) == []
    desktop.tab(PROBLEMS)
    assert "DUR-02" not in lines(page)
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert "DUR-02" in lines(desktop.tab(PROBLEMS))


def test_that_headings_fold_with_the_arrows(desktop, page):
    before = len(lines(page))
    go_to(desktop, page, SHORT)
    desktop.key(Qt.Key.Key_Left)

    assert len(lines(page)) == before - 1
    assert isinstance(page.model.line(page.list.currentIndex().row()), Group)
    desktop.key(Qt.Key.Key_Right)
    assert len(lines(page)) == before
    desktop.key(Qt.Key.Key_Return)
    assert len(lines(page)) == before - 1


def test_that_the_filter_finds_rules_and_records(desktop, page):
    everything = page.model.findings
    desktop.key(Qt.Key.Key_F, CONTROL)
    desktop.type("too short")
    desktop.qtbot.waitUntil(lambda: page.model.findings == 1)
    desktop.settle()
    assert lines(page)[0] == "DUR-02"

    desktop.type_over("expo")
    desktop.qtbot.waitUntil(lambda: "EVT-07" in lines(page))
    assert all("Smart City Expo" in line for line in lines(page) if "." in line)
    desktop.type_over("nothing like that")
    desktop.qtbot.waitUntil(lambda: page.model.findings == 0)
    assert page.empty.sentence == "No problem fits these filters."
    desktop.key(Qt.Key.Key_Escape)
    desktop.qtbot.waitUntil(lambda: page.model.findings == everything)


def test_that_one_can_go_through_them_record_by_record(desktop, page):
    page.bar.by_record.trigger()
    desktop.settle()

    shown = lines(page)
    assert not any(isinstance(page.model.line(row), Group) for row in range(len(shown)))
    named = [line.split(",")[0].split(".")[0] for line in shown]
    assert named == sorted(named, key=named.index)
    page.bar.ticks[Severity.ERROR].setChecked(True)
    assert all("Error" in line for line in lines(page))


def test_that_the_panel_says_what_to_do_and_where_the_rule_comes_from(desktop, page):
    go_to(desktop, page, SHORT)

    said = [label.text() for label in page.why.labels]
    assert "DUR-02" in said
    assert "Stay too short" in said
    assert SHORT in said
    assert any("Correct the working days" in text for text in said)
    assert any("About ClusterXchange" in text for text in said)
    assert "No." in said


def test_that_the_status_bar_counts_them_and_leads_there(desktop, page):
    link = desktop.window.problems.link.link(Severity.ERROR)
    counts = desktop.document.read.finding_counts()
    errors = sum(count.findings for count in counts if count.severity is Severity.ERROR)
    desktop.tab(EXCHANGES)

    assert link.text() == ("1 error" if errors == 1 else f"{errors} errors")
    desktop.click(link)
    assert desktop.window.workbench.current is page
    assert page.model.findings == errors


@pytest.mark.usefixtures("page")
def test_that_cells_tell_what_the_rules_say(desktop):
    table = desktop.tab(EXCHANGES)
    names = [column.name for column in table.model.columns]
    cell = table.model.index(0, names.index("working_days"))

    assert table.model.data(cell, Qt.ItemDataRole.AccessibleTextRole) == (
        f"Days: 2. Error: {SHORT}"
    )
    assert SHORT in table.model.data(cell, Qt.ItemDataRole.ToolTipRole)
    number = table.model.index(0, names.index("number"))
    assert "which partnerships manage" in table.model.data(
        number, Qt.ItemDataRole.AccessibleTextRole
    )


def test_that_a_document_without_findings_gets_them_in_the_background(desktop, page):
    before = lines(page)
    path = desktop.document.path
    desktop.close_document()
    with closing(sqlite3.connect(path)) as file:
        for table in ("finding", "finding_tally"):
            file.execute(f"DELETE FROM {table}")
        file.execute("DELETE FROM meta WHERE key = 'examined_by'")
        file.commit()

    desktop.show(Document(Store.open(path), clock()))
    assert lines(page) == []
    desktop.qtbot.waitUntil(lambda: lines(page) == before)
    link = desktop.window.problems.link.link(Severity.ERROR)
    assert link.text() == "1 error"


def test_that_a_document_in_order_says_so(desktop, page, small):
    with desktop.document.edit("putting in order") as edit:
        edit.remove("event", small.fair)
        for exchange in desktop.document.read.all(Exchange):
            called_off = {"status": ExchangeStatus.CANC, "status_reason": "Illness."}
            edit.update(exchange.replace(**called_off))
        for visitor in (small.alpha, small.beta, small.gamma):
            organisation = desktop.document.read.get(Organisation, visitor)
            edit.update(organisation.replace(sme_basis=SmeBasis.SELF))

    assert lines(page) == []
    assert page.empty.sentence == "The rules have nothing to say: all records are in order."


def test_that_a_finding_is_mended_in_place(desktop, page, small):
    go_to(desktop, page, SHORT)
    fixing = page.why.fixing
    assert fixing.field.name == "working_days"
    fixing.editor.setFocus()
    fixing.editor.put_text("5")
    fixing.commit()
    desktop.settle()
    assert desktop.document.read.get(Exchange, small.first).working_days == Decimal(5)
    assert not any(SHORT in line for line in lines(page))


def test_that_a_refused_value_is_told_where_it_was_typed(desktop, page, small):
    go_to(desktop, page, SHORT)
    page.why.fixing.editor.setFocus()
    page.why.fixing.editor.put_text("many")
    assert not page.why.fixing.commit()
    assert "number" in page.why.fixing.refusal
    assert desktop.document.read.get(Exchange, small.first).working_days == Decimal(2)


def test_that_a_finding_is_waived_with_a_reason_and_comes_back_with_undo(desktop, page):
    shown = [page.model.line(row) for row in range(page.model.rowCount())]
    chosen = next(
        row
        for row, line in enumerate(shown)
        if not isinstance(line, Group) and BY_CODE[line.finding.code].waivable
    )
    code = shown[chosen].finding.code
    page.list.setCurrentIndex(page.model.index(chosen))
    desktop.click(page.why.waive_button)
    page.waiving.accept_if_taken()
    assert "Reason" in page.waiving.finding("reason")
    page.waiving.editor("reason").put_text("Granted by the agency on 3 May.")
    page.waiving.accept_if_taken()
    desktop.settle()
    assert (shown[chosen].id, code) not in found_in(page)
    desktop.document.undo()
    desktop.settle()
    assert (shown[chosen].id, code) in found_in(page)


def found_in(page):
    shown = [page.model.line(row) for row in range(page.model.rowCount())]
    return {(line.id, line.finding.code) for line in shown if not isinstance(line, Group)}


def test_that_problems_stand_under_the_partner_they_belong_to(desktop, page, qtbot, small):
    before = found_in(page)
    own = own_partnership(desktop.document.read)
    cluster = Organisation(name="Cluster X", partnership=own.id)
    first = desktop.document.read.get(Exchange, small.first)
    with desktop.document.edit("addition") as edit:
        edit.add(cluster)
        edit.update(first.replace(vo_cluster=cluster.id))
    page.bar.by_partner.trigger()
    qtbot.waitUntil(lambda: "Cluster X" in titles(page))
    of = titles(page)["Cluster X"]
    assert (small.first, "DUR-02") in {(line.id, line.finding.code) for line in of}
    assert len(found_in(page)) >= len(before) - 1
    page.bar.by_rule.trigger()
    desktop.settle()
    assert "Cluster X" not in titles(page)


def titles(page):
    """The findings under each heading."""
    found, current = {}, ""
    for row in range(page.model.rowCount()):
        line = page.model.line(row)
        if isinstance(line, Group):
            current = line.name
            found[current] = []
        else:
            found[current].append(line)
    return found
