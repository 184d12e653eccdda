"""Grouped rows in the model: where headings stand, and how records are found among them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Grouping, Path, Query, Sort
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.ui.grid.columns import of_kind
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.row_model import SMALL
from smartct_desktop.ui.grid.source import Source

COLUMNS = ("number", "working_days", "amount_cents", "status")
STATUS = Grouping(Path(("status",)))
GROUP = Grouping(Path(("group",)))
FAIL = QAbstractItemModelTester.FailureReportingMode.Fatal


def picture(model):
    rows = []
    for row in range(model.rowCount()):
        cells = [str(model.index(row, column).data() or "") for column in range(3)]
        heading = model.heading_at(row)
        sign = "" if heading is None else ("- " if heading.open else "+ ")
        rows.append((sign + " | ".join(cells)).replace("\u00a0", " ").rstrip(" |"))
    return rows


@pytest.fixture
def six(document):
    """Six exchanges in three states; gives their ids."""
    states = [ExchangeStatus.PAID, ExchangeStatus.DRAFT, None] * 2
    made = [
        Exchange(number=f"X-{n}", status=status, amount_cents=n * 100, working_days=Decimal(n))
        for n, status in enumerate(states)
    ]
    with document.edit("six") as edit:
        for record in made:
            edit.add(record)
    return [record.id for record in made]


@pytest.fixture
def model(six, document, texts):  # noqa: ARG001 -- there have to be records
    model = RecordModel(
        Query("exchange", group=STATUS), of_kind("exchange", COLUMNS), summed=["working_days"]
    )
    QAbstractItemModelTester(model, FAIL)
    model.attach(Source(document.read, texts, None))
    yield model
    model.attach(None)


def test_that_headings_stand_among_the_records_with_their_sums(model):
    assert picture(model) == [
        "- Draft, 2 rows | 5 | 5 €",
        "X-1 | 1 | 1 €",
        "X-4 | 4 | 4 €",
        "- Paid, 2 rows | 3 | 3 €",
        "X-0 | 0 | 0 €",
        "X-3 | 3 | 3 €",
        "- (blank), 2 rows | 7 | 7 €",
        "X-2 | 2 | 2 €",
        "X-5 | 5 | 5 €",
    ]
    assert model.record_count == 6


def test_that_a_group_closes_and_opens_in_place(model):
    held = QPersistentModelIndex(model.index(7, 0))
    gone = QPersistentModelIndex(model.index(4, 0))

    model.toggle_group(ExchangeStatus.PAID)
    assert picture(model)[3:5] == ["+ Paid, 2 rows | 3 | 3 €", "- (blank), 2 rows | 7 | 7 €"]
    assert held.row() == 5
    assert not gone.isValid()

    model.toggle_group(ExchangeStatus.PAID)
    assert picture(model)[3:5] == ["- Paid, 2 rows | 3 | 3 €", "X-0 | 0 | 0 €"]
    assert held.row() == 7


def test_that_records_are_found_behind_headings(model, six):
    assert [model.row_of(id_) for id_ in six] == [4, 1, 7, 5, 2, 8]
    assert [model.id_of(row) for row in (0, 1, 3, 4)] == [None, six[1], None, six[0]]
    assert model.ids(0, 6) == [six[1], six[4], six[0], six[3]]
    assert model.numbers(2, 8) == [range(1, 2), range(2, 4), range(4, 5)]
    assert model.line(3) is None

    model.toggle_group(ExchangeStatus.PAID)
    assert model.row_of(six[0]) is None
    assert model.ids(0, 6) == [six[1], six[4], six[2]]
    model.open_group_of(six[0])
    assert model.row_of(six[0]) == 4


def test_that_headings_take_no_values_and_no_selection(model):
    flags = model.index(0, 0).flags()

    assert flags & Qt.ItemFlag.ItemIsEnabled
    assert not flags & (Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable)
    assert model.value_at(model.index(0, 0)) is None


def test_that_a_selection_stays_on_its_records_through_groups(model, six):
    selection = QItemSelectionModel(model)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    selection.select(model.index(5, 0), flags)
    current = QPersistentModelIndex(model.index(3, 0))

    model.ask(replace(model.query, sort=(Sort(Path(("number",)), descending=True),)))
    assert [model.id_of(index.row()) for index in selection.selectedRows()] == [six[3]]
    assert current.data() == "Paid, 2 rows"
    model.ask(replace(model.query, group=None))
    assert [model.id_of(index.row()) for index in selection.selectedRows()] == [six[3]]
    assert not current.isValid()


def test_that_closed_groups_stay_closed_while_rows_change(model, document, six):
    model.toggle_group(ExchangeStatus.DRAFT)
    with document.edit("other state") as edit:
        edit.set(edit.get(Exchange, six[0]), "status", ExchangeStatus.DRAFT)
    model.ask()

    assert picture(model)[:3] == [
        "+ Draft, 3 rows | 5 | 5 €",
        "- Paid, 1 row | 3 | 3 €",
        "X-3 | 3 | 3 €",
    ]
    model.toggle_all_groups(open_all=False)
    assert model.rowCount() == 3
    model.toggle_all_groups(open_all=True)
    assert model.rowCount() == 9


def test_that_other_groups_begin_open(model):
    model.toggle_group(ExchangeStatus.DRAFT)
    model.ask(replace(model.query, group=GROUP))

    assert picture(model)[0] == "- (blank), 6 rows | 15 | 15 €"


def test_that_very_many_rows_are_grouped_without_holding_them(document, texts, jobs, qtbot):
    rows = SMALL + 600
    with document.edit("many") as edit:
        for n in range(rows):
            edit.add(Exchange(number=f"X-{n:05}", group=f"g{n % 4}", amount_cents=100))

    def prepare(window, done):
        def work(_progress: Progress):
            window.prepare()
            return window

        jobs.run(work, done)

    model = RecordModel(Query("exchange", group=GROUP), of_kind("exchange", COLUMNS))
    QAbstractItemModelTester(model, FAIL)
    model.attach(Source(document.read, texts, None, prepare))
    qtbot.waitUntil(lambda: not jobs.active)

    assert (model.rowCount(), model.record_count) == (rows + 4, rows)
    quarter = rows // 4 + 1
    assert model.index(quarter, 0).data() == "g1, 2650 rows"
    assert model.index(quarter + 1, 0).data() == "X-00001"
    assert model.index(model.rowCount() - 1, 0).data() == f"X-{rows - 1:05}"
    model.toggle_group("g0")
    assert model.index(2, 0).data() == "X-00001"
    assert len(model.known_lines(range(model.rowCount()))) < 1000
    model.attach(None)
