"""Deleting records that others name, with keys: what refers to them, and what becomes of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.ui.dialogs.record import RecordDialog
from tests.journeys.asking import Answer, press
from tests.journeys.walking import walk

CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES = range(2, 6)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def delete(desktop, *acts):
    """Ask for the deletion of what is selected, and answer what is asked."""
    answer = Answer(desktop, *acts)
    desktop.key(Qt.Key.Key_Delete, CONTROL)
    answer.done()


def said(dialog):
    """What the dialog says becomes of whom."""
    return {
        code: (row.combo.accessibleName(), row.combo.currentText())
        for code, row in dialog.rows.items()
        if not row.isHidden()
    }


def test_that_an_organisation_is_deleted_with_its_parts_after_a_question(desktop, small):
    organisation = Organisation(name="Delta", type=OrganisationType.SME)
    with desktop.document.edit("a member") as edit:
        edit.add(organisation)
        edit.add(Membership(cluster=small.cluster, organisation=organisation.id))
    page = desktop.tab(ORGANISATIONS)
    page.go_to(organisation.id)
    seen = []

    def agree(dialog):
        seen.append((dialog.accessibleName(), said(dialog)))
        assert dialog.keep_button.hasFocus()
        desktop.key(Qt.Key.Key_Tab)
        desktop.key(Qt.Key.Key_Return)

    delete(desktop, agree)

    about = "What becomes of 1 membership as Member"
    assert seen == [("Delete Delta?", {"membership.organisation": (about, "Delete it too")})]
    assert desktop.document.read.total("organisation") == 4
    assert desktop.document.read.total("membership") == 1
    assert desktop.note() == "Delta deleted."
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert desktop.document.read.total("membership") == 2
    assert page.table.current_id == organisation.id


def test_that_nothing_is_deleted_when_the_question_is_declined(desktop, small):
    page = desktop.tab(EVENTS)
    page.go_to(small.fair)
    asked = []

    delete(desktop, press("Keep", asked))

    assert asked == ["Delete Smart City Expo?", "Nothing else names it. It can be undone."]
    assert desktop.document.read.total("event") == 1


def test_that_several_rows_are_deleted_at_once(desktop, small):
    page = desktop.tab(EXCHANGES)
    desktop.go_to(page, 0, "number")
    desktop.key(Qt.Key.Key_Down, SHIFT)
    asked = []

    delete(desktop, press("Delete 2", asked))

    assert asked[0] == "Delete 2 exchanges?"
    assert desktop.document.read.total("exchange") == 1
    assert page.table.current_id == small.third


def test_that_one_says_what_becomes_of_exchanges_and_their_payments(desktop, small):
    with desktop.document.edit("a payment") as edit:
        payment = Payment(exchange=small.first, amount_cents=10_000, bank_ref="R-1")
        edit.add(payment)
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.alpha)

    def choose(dialog):
        assert not dialog.delete_button.isEnabled()
        assert dialog.rows["exchange.vo"].combo.hasFocus()
        desktop.key(Qt.Key.Key_Down)
        assert dialog.rows["exchange.vo"].combo.currentText() == "Delete it too"
        assert dialog.rows["exchange.vo"].combo.hasFocus()
        assert dialog.words.startswith("1 record names what goes.")
        desktop.key(Qt.Key.Key_Tab)
        desktop.key(Qt.Key.Key_Tab)
        assert dialog.rows["payment.exchange"].combo.hasFocus()
        desktop.key(Qt.Key.Key_Down)
        desktop.key(Qt.Key.Key_Down)
        assert dialog.rows["payment.exchange"].combo.currentText() == "Leave the field blank"
        assert dialog.delete_button.text() == "Delete 2"
        dialog.delete_button.setFocus()
        desktop.key(Qt.Key.Key_Return)

    delete(desktop, choose)

    assert desktop.document.read.total("organisation") == 3
    assert desktop.document.read.total("exchange") == 2
    assert desktop.document.read.get(Payment, payment.id).exchange is None
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert desktop.document.read.get(Exchange, small.first).vo == small.alpha
    assert desktop.document.read.get(Payment, payment.id).exchange == small.first


def test_that_another_one_is_named_instead(desktop, small):
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.alpha)

    def choose(dialog):
        row = dialog.rows["exchange.vo"]
        desktop.key(Qt.Key.Key_End)
        assert row.combo.currentText() == "Name another one"
        assert row.editor.isAncestorOf(desktop.focused())
        desktop.type("Nobody")
        desktop.key(Qt.Key.Key_Escape)
        desktop.key(Qt.Key.Key_Return)
        assert "not known. Choose one of the list." in row.refusal.text()
        desktop.type_over("Gamma")
        desktop.key(Qt.Key.Key_Return)
        assert row.refusal.text().endswith("host organisation must be two organisations.")
        assert not dialog.delete_button.isEnabled()
        desktop.type_over("Klaster")
        desktop.key(Qt.Key.Key_Return)
        assert row.refusal.isHidden()
        assert dialog.delete_button.text() == "Delete 1"
        dialog.delete_button.setFocus()
        desktop.key(Qt.Key.Key_Return)

    delete(desktop, choose)

    assert desktop.document.read.get(Exchange, small.first).vo == small.cluster
    assert desktop.document.read.total("organisation") == 3
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert desktop.document.read.get(Exchange, small.first).vo == small.alpha


def test_that_a_record_that_names_it_is_opened_and_changed_there(desktop, small):
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.alpha)

    def look(dialog):
        dialog.rows["exchange.vo"].list_button.setFocus()
        desktop.key(Qt.Key.Key_Space)
        assert dialog.records.hasFocus()
        assert dialog.records.currentIndex().data() == "SCT-2021-001"
        desktop.key(Qt.Key.Key_Return)
        opened = next(one for one in QApplication.topLevelWidgets() if shows_record(one))
        desktop.activate(opened)
        opened.form.row("vo").editor.setFocus()
        desktop.type_over("Klaster")
        desktop.key(Qt.Key.Key_Return)
        opened.close()
        desktop.activate(dialog)
        assert dialog.words == "Nothing else names it. It can be undone."
        dialog.delete_button.setFocus()
        desktop.key(Qt.Key.Key_Return)

    delete(desktop, look)

    assert desktop.document.read.get(Exchange, small.first).vo == small.cluster
    assert desktop.document.read.total("organisation") == 3


def test_that_the_keys_reach_everything_in_the_dialog_and_each_has_a_name(desktop, small):
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.gamma)
    seen = []

    def look(dialog):
        stops, wrong = walk(dialog)
        seen.append(wrong)
        rows = dialog.rows.values()
        wanted = [part for row in rows for part in (row.combo, row.list_button)]
        seen.append([part for part in (*wanted, dialog.records) if part not in stops])
        desktop.key(Qt.Key.Key_Escape)

    delete(desktop, look)

    assert seen == [[], []]
    assert desktop.document.read.total("organisation") == 4


def shows_record(widget):
    return isinstance(widget, RecordDialog) and widget.isVisible()


def test_that_enter_opens_the_choice_of_what_becomes_of_records(desktop, small):
    page = desktop.tab(ORGANISATIONS)
    page.go_to(small.gamma)
    seen = []

    def choose(dialog):
        combo = QApplication.focusWidget()
        desktop.key(Qt.Key.Key_Return)
        seen.append((dialog.isVisible(), combo.view().isVisible()))
        combo.hidePopup()

    delete(desktop, choose)

    assert seen == [(True, True)]
    assert desktop.document.read.total("organisation") == 4


@pytest.mark.usefixtures("small")
def test_that_no_key_reaches_the_table_while_a_deletion_is_planned(desktop):
    page = desktop.tab(ORGANISATIONS)
    desktop.go_to(page, 0, "name")
    answer = Answer(desktop, press("Keep"))

    desktop.qtbot.keyClick(page.table, Qt.Key.Key_Delete, CONTROL)
    desktop.qtbot.keyClick(desktop.focused(), Qt.Key.Key_X)

    assert page.table.cells.editor is None
    answer.done()
    desktop.key(Qt.Key.Key_F2)
    assert page.table.cells.editor is not None
