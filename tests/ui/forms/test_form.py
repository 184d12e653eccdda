"""Forms and panes of records: sections, commits, what names a record."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from smartct_desktop.domain.catalog import SCHEMAS, schema_of
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.editing import change_value
from smartct_desktop.ui.forms.form import Form
from smartct_desktop.ui.forms.pane import RecordPane
from smartct_desktop.ui.forms.related import Related
from smartct_desktop.ui.table_tabs import TAB_KINDS


@pytest.fixture
def write(document):
    return lambda id_, field, value: change_value(document, id_, field, value)


@pytest.fixture
def form(desk, write, world, document, qtbot):
    form = Form(desk.editors.look, desk.editors, schema_of("exchange").fields, write)
    qtbot.addWidget(form)
    form.show_record(document.read.get(Exchange, world.first), document.read)
    form.show()
    return form


@pytest.fixture
def pane(look, desk, write, world, qtbot):  # noqa: ARG001 -- there have to be records
    pane = RecordPane(look, "exchange", below=False)
    qtbot.addWidget(pane)
    pane.attach(desk, write)
    pane.show()
    yield pane
    pane.attach(None, None)


def words_on(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.kind)
def test_that_every_kind_has_a_form_with_all_its_fields(schema, desk, qtbot):
    form = Form(desk.editors.look, desk.editors, schema.fields, None)
    qtbot.addWidget(form)

    assert [row.field.name for row in form.rows()] == [field.name for field in schema.fields]
    assert form.sections == list(dict.fromkeys(field.section for field in schema.fields))


def test_that_a_form_shows_the_values_of_its_record(form):
    assert form.row("number").editor.line.text() == "SCT-2021-001"
    assert form.row("vo").editor.line.text() == "Álfa, S.L."
    assert form.row("start").editor.line.text() == "16.11.2021"
    assert form.row("status").editor.combo.currentText() == "Closed"


@pytest.mark.usefixtures("qtbot")
def test_that_leaving_a_field_writes_it(form, document, world):
    line = form.row("ho_city").editor.line
    line.setText("Halle")

    form.row("ho_city").editor.left.emit()

    assert document.read.get(Exchange, world.first).ho_city == "Halle"


def test_that_nothing_is_written_when_nothing_was_changed(form, document):
    for row in form.rows():
        row.editor.left.emit()

    assert document.read.history_count() == 1


def test_that_a_refused_value_is_told_under_its_field(form, document, world):
    form.row("start").editor.line.setText("31.11.2021")

    assert not form.commit()

    assert form.row("start").refusal == "From takes a day that exists, such as 16.11.2021."
    assert document.read.get(Exchange, world.first).start == date(2021, 11, 16)


def test_that_a_refresh_does_not_take_away_what_is_being_typed(form, document, world):
    form.row("ho_city").editor.line.setText("Hal")

    form.show_record(document.read.get(Exchange, world.first), document.read)

    assert form.row("ho_city").editor.line.text() == "Hal"


def test_that_another_record_brings_its_own_values(form, document, world):
    form.row("ho_city").editor.line.setText("Hal")

    form.show_record(document.read.get(Exchange, world.second), document.read)

    assert form.row("ho_city").editor.line.text() == ""
    assert form.row("number").editor.line.text() == "SCT-2021-002"


def test_that_calculated_fields_take_no_keys(form, qtbot):
    line = form.row("entitlement_cents").editor.line
    before = line.text()

    qtbot.keyClicks(line, "5")

    assert line.text() == before


def test_that_the_pane_is_headed_by_name_state_and_both_sides(pane, world):
    pane.show_record(world.first, "1 of 3")

    words = words_on(pane)
    assert "SCT-2021-001" in words
    assert "Álfa, S.L. → Gamma GmbH" in words
    assert "1 of 3" in words


def test_that_a_record_that_is_gone_leaves_the_pane_empty(pane, world, document):
    pane.show_record(world.third, "3 of 3")
    with document.edit("less") as edit:
        edit.remove("exchange", world.third)

    pane.show_record(world.third, "3 of 3")

    assert pane.record is None
    assert "No record is chosen" in words_on(pane)


def test_that_the_pane_tells_the_history_of_its_record(pane, world, document, qtbot):
    change_value(document, world.first, Exchange.schema.by_name["start"], date(2021, 11, 17))

    pane.show_record(world.first, "1 of 3")

    qtbot.waitUntil(lambda: "From: 16.11.2021 → 17.11.2021" in words_on(pane))
    assert "The record was added." in words_on(pane)


def test_that_the_buttons_ask_for_the_records_beside(pane, world, qtbot):
    pane.show_record(world.first, "1 of 3")
    buttons = {one.accessibleName(): one for one in pane.findChildren(type_of_icon_button())}

    with qtbot.waitSignal(pane.stepped) as on:
        qtbot.mouseClick(buttons["Next record"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(pane.stepped) as back:
        qtbot.mouseClick(buttons["Previous record"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(pane.closed):
        qtbot.mouseClick(buttons["Close the record pane"], Qt.MouseButton.LeftButton)

    assert (on.args, back.args) == ([1], [-1])


def type_of_icon_button():
    from PySide6.QtWidgets import QToolButton

    return QToolButton


def test_that_what_names_a_record_is_listed_by_field(look, document, world, desk, qtbot):  # noqa: ARG001 -- there has to be a document
    related = Related(look, "organisation", TAB_KINDS)
    qtbot.addWidget(related)
    related.attach(desk, None)
    for _ in related.show_owner(world.gamma):
        pass

    assert [(one.shape.heading, one.count) for one in related.lists] == [
        ("Exchanges as visitor", 1),
        ("Exchanges as host", 1),
        ("Member of", 1),
    ]
    assert related.lists[1].table.records.index(0, 0).data() == "SCT-2021-001"
    related.detach()


@pytest.mark.usefixtures("texts")
def test_that_a_long_list_offers_all_of_it(look, document, world, desk, qtbot):
    with document.edit("many") as edit:
        for number in range(9):
            edit.add(Exchange(number=f"X-{number}", ho=world.alpha))
    pane = RecordPane(look, "organisation", below=False)
    qtbot.addWidget(pane)
    pane.attach(desk, None)
    pane.show_record(world.alpha, "")
    qtbot.waitUntil(lambda: "All 9" in [one.text() for one in pane.findChildren(QPushButton)])
    everything = next(one for one in pane.findChildren(QPushButton) if one.text() == "All 9")

    with qtbot.waitSignal(pane.asked) as asked:
        everything.click()

    field, id_ = asked.args
    assert (field.code, id_) == ("exchange.ho", world.alpha)
    pane.attach(None, None)


def test_that_a_cluster_is_shown_with_its_newest_figures(look, document, world, desk, qtbot):
    pane = RecordPane(look, "organisation", below=True)
    qtbot.addWidget(pane)
    pane.attach(desk, None)

    pane.show_record(world.cluster, "1 of 1")

    qtbot.waitUntil(lambda: "78 members" in words_on(pane))
    assert "53 SMEs" in words_on(pane)
    assert "Environmental Services" in words_on(pane.body.profile)
    assert document.read.get(Organisation, world.cluster).name in words_on(pane)
    pane.attach(None, None)
