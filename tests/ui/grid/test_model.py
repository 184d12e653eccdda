"""The model of every table: what it shows, how it sorts and follows its records."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from textwrap import dedent

import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.query import Among, Path, Query, Sort
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.editing import change_value
from smartct_desktop.ui.grid.columns import all_of_kind, named, of_kind
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.source import Source
from smartct_desktop.ui.table_tabs import CLUSTERS, EXCHANGES, TABLE_TABS

COLUMNS = ("number", "vo", "start", "working_days", "amount_cents", "status")
FAIL = QAbstractItemModelTester.FailureReportingMode.Fatal


def picture(model):
    """The table as text, columns split by bars."""
    rows = [
        " | ".join(
            str(model.headerData(column, Qt.Orientation.Horizontal))
            for column in range(model.columnCount())
        )
    ]
    rows += [
        " | ".join(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
    return "\n".join(row.rstrip() for row in rows).replace("\u00a0", " ")


@pytest.fixture
def source(document, texts):
    def write(id_, field, value):
        change_value(document, id_, field, value)

    return Source(document.read, texts, write)


@pytest.fixture
def model(world, source):  # noqa: ARG001 -- there have to be records
    model = RecordModel(Query("exchange"), of_kind("exchange", COLUMNS))
    model.attach(source)
    yield model
    model.attach(None)


def test_that_rows_are_records_and_columns_are_fields(model):
    assert picture(model) == dedent("""\
        No. | Visiting organisation | From | Days | Agreed | Status
        SCT-2021-001 | Álfa, S.L. | 16.11.2021 | 3 | 415 € | Closed
        SCT-2021-002 | „Бета“ ООД | 04.10.2021 | 2.5 |  | Cancelled
        SCT-2022-001 | Gamma GmbH |  |  | 830 € | Paid""")


def test_that_values_come_as_the_record_holds_them(model):
    row = [model.index(0, column) for column in range(model.columnCount())]

    assert model.value_at(row[2]) == date(2021, 11, 16)
    assert model.value_at(row[3]) == Decimal(3)
    assert model.value_at(row[4]) == 41_500
    assert model.value_at(row[5]) is ExchangeStatus.CLOSED


def test_that_a_cell_is_read_out_with_its_column(model):
    spoken = model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "From: 16.11.2021"


def test_that_numbers_stand_at_the_right(model):
    right = Qt.AlignmentFlag.AlignRight

    assert model.index(0, 4).data(Qt.ItemDataRole.TextAlignmentRole) & right
    assert not model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) & right


def test_that_blanks_come_last_in_both_directions(model):
    model.sort(2)
    up = [model.index(row, 2).data() for row in range(3)]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    down = [model.index(row, 2).data() for row in range(3)]

    assert up == ["04.10.2021", "16.11.2021", ""]
    assert down == ["16.11.2021", "04.10.2021", ""]


def test_that_a_selection_stays_on_its_records_when_the_rows_are_sorted(model, world):
    selection = QItemSelectionModel(model)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    selection.select(model.index(0, 0), flags)
    current = QPersistentModelIndex(model.index(2, 4))

    model.sort(0, Qt.SortOrder.DescendingOrder)

    assert [model.id_of(index.row()) for index in selection.selectedRows()] == [world.first]
    assert (model.id_of(current.row()), current.column()) == (world.third, 4)


def test_that_a_selection_stays_on_its_record_when_others_come_and_go(model, document, world):
    current = QPersistentModelIndex(model.index(1, 0))

    with document.edit("more") as edit:
        edit.add(Exchange(number="SCT-2020-009"))
        edit.remove("exchange", world.first)
    model.ask()

    assert model.rowCount() == 3
    assert model.id_of(current.row()) == world.second


def test_that_the_index_of_a_record_that_is_gone_is_no_index_any_more(model, document, world):
    current = QPersistentModelIndex(model.index(2, 0))

    with document.edit("less") as edit:
        edit.remove("exchange", world.third)
    model.ask()

    assert not current.isValid()


def test_that_a_search_narrows_the_rows_across_alphabets_and_accents(model):
    model.ask(replace(model.query, search="alfa"))
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["SCT-2021-001"]

    model.ask(replace(model.query, search="бета"))
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["SCT-2021-002"]


def test_that_a_change_is_written_as_a_named_step(model, document, world):
    assert model.setData(model.index(0, 2), date(2021, 11, 17))

    assert document.read.get(Exchange, world.first).start == date(2021, 11, 17)
    step = document.read.next_undo()
    assert step is not None
    assert step.label == "change of From (SCT-2021-001)"


def test_that_a_value_that_breaks_a_rule_is_refused_and_nothing_is_written(model, document, world):
    with pytest.raises(Invalid, match="cannot end before it starts"):
        model.change(model.index(0, 2), date(2021, 12, 24))
    assert not model.setData(model.index(0, 2), date(2021, 12, 24))

    assert document.read.get(Exchange, world.first).start == date(2021, 11, 16)


@pytest.mark.usefixtures("world")
def test_that_calculated_and_foreign_values_cannot_be_changed_here(source):
    columns = of_kind("exchange", ["number", "entitlement_cents", "vo.country"])
    model = RecordModel(Query("exchange"), columns)
    model.attach(source)

    editable = [
        bool(model.index(0, column).flags() & Qt.ItemFlag.ItemIsEditable) for column in range(3)
    ]

    assert editable == [True, False, False]
    model.attach(None)


def test_that_nothing_can_be_changed_in_a_document_for_reading_only(model, source):
    model.attach(replace(source, change=None))

    assert not model.index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(0, 2), date(2021, 11, 18))


def test_that_columns_can_be_others_while_rows_are_shown(model):
    model.set_columns(of_kind("exchange", ["number", "ho"]))

    assert picture(model) == dedent("""\
        No. | Host organisation
        SCT-2021-001 | Gamma GmbH
        SCT-2021-002 | Klaster K
        SCT-2022-001 |""")


def test_that_columns_that_no_longer_exist_are_left_out():
    columns = of_kind("exchange", ["number", "gone", "vo.gone", "number.country"])

    assert [column.name for column in columns] == ["number"]


@pytest.mark.usefixtures("world")
def test_that_members_and_smes_are_those_of_the_newest_figures(source):
    model = RecordModel(
        CLUSTERS.query,
        named("organisation", ["name", "+members", "+smes", "+share"], CLUSTERS.gathered),
        CLUSTERS.gather,
    )
    model.attach(source)

    assert picture(model) == dedent("""\
        Name | Members | SMEs | SMEs of members
        Klaster K | 78 | 53 | 68 %""")
    model.attach(None)


def test_that_a_change_elsewhere_is_seen_after_asking_again(model, document, world):
    gamma = document.read.get(Organisation, world.gamma)
    with document.edit("other name") as edit:
        edit.update(gamma.replace(name="Gamma AG"))

    model.ask()

    assert model.index(2, 1).data() == "Gamma AG"


def test_that_a_filter_keeps_only_what_passes(model, world):
    only = Among(Path(("vo",)), frozenset({world.beta}))

    model.ask(replace(model.query, filters=(only,)))

    assert [model.id_of(row) for row in range(model.rowCount())] == [world.second]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.kind)
@pytest.mark.usefixtures("world")
def test_that_qt_finds_nothing_wrong_with_a_model_of_any_kind(schema, source):
    model = RecordModel(Query(schema.kind), all_of_kind(schema.kind))
    QAbstractItemModelTester(model, FAIL)

    model.attach(source)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.ask(replace(model.query, search="a"))
    model.ask(replace(model.query, search=""))
    model.set_columns(all_of_kind(schema.kind)[:1])

    model.attach(None)
    assert model.rowCount() == 0


@pytest.mark.parametrize("tab", TABLE_TABS, ids=lambda tab: tab.name)
@pytest.mark.usefixtures("world")
def test_that_qt_finds_nothing_wrong_while_records_are_changed(tab, source, document):
    model = RecordModel(tab.query, named(tab.kind, tab.columns, tab.gathered), tab.gather)
    QAbstractItemModelTester(model, FAIL)
    model.attach(source)
    before = model.rowCount()

    with document.edit("more") as edit:
        edit.add(Exchange(number="SCT-2020-009"))
        edit.add(Organisation(name="Aa", **dict(tab.fixed)))
    model.ask()
    document.undo()
    model.ask()

    assert model.rowCount() == before
    model.attach(None)


def test_that_many_rows_are_fetched_only_where_they_are_looked_at(document, source):
    with document.edit("many") as edit:
        for number in range(1000):
            edit.add(Exchange(number=f"X-{number:04}"))
    model = RecordModel(
        Query("exchange", sort=(Sort(Path(("number",))),)), of_kind("exchange", COLUMNS)
    )

    model.attach(source)

    assert model.rowCount() == 1000
    assert model.known_lines(range(1000)) == []
    assert model.index(900, 0).data() == "X-0900"
    assert 0 < len(model.known_lines(range(1000))) < 100
    model.attach(None)


def test_that_default_columns_of_every_tab_exist():
    for tab in TABLE_TABS:
        assert [c.name for c in named(tab.kind, tab.columns, tab.gathered)] == list(tab.columns)
        assert set(tab.summed) <= {c.name for c in (*all_of_kind(tab.kind), *tab.gathered)}


def test_that_the_exchanges_tab_asks_for_the_country_beside_each_organisation():
    model = RecordModel(EXCHANGES.query, of_kind("exchange", ["vo", "ho"]))

    assert [str(path) for path in model.query.columns] == [
        "vo",
        "ho",
        "vo.country",
        "ho.country",
        "status",
    ]
