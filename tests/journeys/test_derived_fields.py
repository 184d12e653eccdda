"""Derived fields in the window: they follow what is typed, wherever it is typed."""

import pytest
from PySide6.QtCore import Qt

from smartct_desktop.domain.records.payment import Payment

EXCHANGES = 5
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.usefixtures("small")
def test_that_what_is_due_follows_the_days_that_are_typed_and_undo(desktop):
    page = desktop.tab(EXCHANGES)
    for name in ("working_days", "entitlement_cents", "entitlement_note"):
        if name not in [column.name for column in page.model.columns]:
            page.add_column(name)
    desktop.go_to(page, 0, "working_days")
    before = desktop.cell(page, 0, "entitlement_note")

    desktop.type("5")
    desktop.key(Qt.Key.Key_Return)

    assert "in full: 5 working days" in desktop.cell(page, 0, "entitlement_note")
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert desktop.cell(page, 0, "entitlement_note") == before


def test_that_a_payment_shows_at_its_exchange_at_once(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.add_column("paid_cents")
    desktop.go_to(page, 0, "number")
    line = page.pane.form.row("paid_cents").editor.line

    with desktop.document.edit("payment") as edit:
        edit.add(Payment(exchange=small.first, amount_cents=41500))
    desktop.settle()

    assert "415" in desktop.cell(page, 0, "paid_cents")
    assert "415" in line.text()
    assert line.isReadOnly()
