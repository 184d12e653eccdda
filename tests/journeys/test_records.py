"""Making, copying and deleting records, with what refers to them."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPushButton

from smartct_desktop.domain.query import Query
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType

CLUSTERS, ORGANISATIONS, EVENTS, EXCHANGES = range(2, 6)


@pytest.fixture
def fill_in(qapp, desktop):
    """Fills in the next dialog for a new record and accepts it."""

    def fill(**texts):
        def look():
            dialog = qapp.activeModalWidget()
            try:
                desktop.activate(dialog)
                for name, text in texts.items():
                    dialog.editor(name).setFocus()
                    desktop.type_over(text)
                dialog.add_button.click()
            finally:
                if dialog.isVisible():
                    dialog.reject()

        QTimer.singleShot(0, look)

    return fill


@pytest.mark.usefixtures("small")
def test_that_a_new_organisation_is_asked_for_and_shown(desktop, fill_in):
    page = desktop.tab(ORGANISATIONS)
    fill_in(name="Omega Ltd", country="Spain", city="Bilbao")

    desktop.window.command["new_record"].trigger()
    desktop.settle()

    made = desktop.document.read.get(Organisation, page.table.current_id)
    assert (made.name, made.country, made.city) == ("Omega Ltd", "ES", "Bilbao")
    assert desktop.window.command["undo"].text() == "Undo new organisation Omega Ltd"


@pytest.mark.usefixtures("small")
def test_that_a_new_cluster_belongs_to_the_own_partnership(desktop, fill_in):
    page = desktop.tab(CLUSTERS)
    fill_in(name="Second cluster")

    desktop.window.command["new_record"].trigger()
    desktop.settle()

    made = desktop.document.read.get(Organisation, page.table.current_id)
    assert made.type is OrganisationType.CLUSTER
    assert desktop.document.read.captions("partnership", [made.partnership]) == {
        made.partnership: "Small"
    }


@pytest.mark.usefixtures("small")
def test_that_a_new_record_without_its_name_is_refused_at_the_field(desktop, qapp):
    desktop.tab(ORGANISATIONS)
    seen = []

    def look():
        dialog = qapp.activeModalWidget()
        dialog.add_button.click()
        seen.append(dialog.finding("name"))
        dialog.reject()

    QTimer.singleShot(0, look)
    desktop.window.command["new_record"].trigger()

    assert seen == ["Name must be filled in."]
    assert desktop.document.read.total("organisation") == 4


def test_that_a_copy_is_a_record_of_its_own_without_the_number(desktop, small):
    page = desktop.tab(EXCHANGES)
    page.go_to(small.first)

    desktop.window.command["duplicate"].trigger()
    desktop.settle()

    copy = desktop.document.read.get(Exchange, page.table.current_id)
    assert copy.id != small.first
    assert (copy.number, copy.vo, copy.amount_cents) == ("SMA-2021-001", small.alpha, 41_500)
    assert desktop.document.read.count(Query("exchange")) == 4


def test_that_new_figures_of_a_cluster_are_added_beside_it(desktop, small, fill_in):
    page = desktop.tab(CLUSTERS)
    fill_in(as_of="05/2021", members="80", smes="60")

    field = ClusterFigures.schema.by_name["cluster"]
    page.pane.part_asked.emit(field, small.cluster)
    desktop.settle()

    assert desktop.document.read.total("snapshot") == 3
    assert desktop.cell(page, 0, "+members") == "80"


def test_that_what_belongs_to_a_record_can_be_added_from_its_pane(desktop, small):
    page = desktop.tab(CLUSTERS)
    assert page.table.current_id == small.cluster

    menus = [button.menu() for button in page.pane.findChildren(QPushButton) if button.menu()]

    assert "Figures of a cluster · Cluster" in [action.text() for action in menus[0].actions()]


@pytest.mark.usefixtures("small")
def test_that_the_own_partnership_can_be_edited(desktop, qapp):
    page = desktop.tab(1)

    desktop.click(page.edit_button)
    dialog = qapp.activeWindow()
    dialog.form.row("themes").editor.setFocus()
    desktop.type("mobility")
    desktop.key(Qt.Key.Key_Return)

    assert desktop.window.command["undo"].text() == "Undo change of Themes (Small)"
    dialog.close()
