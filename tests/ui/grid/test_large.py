"""Tables with more rows than are put in order while one blinks."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Path, Query, Sort
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.services.editing import change_value
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.ui.forms.editors import Editors
from smartct_desktop.ui.grid.columns import of_kind
from smartct_desktop.ui.grid.model import RecordModel
from smartct_desktop.ui.grid.row_model import SMALL
from smartct_desktop.ui.grid.source import Source
from smartct_desktop.ui.grid.table import RecordTable
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tokens import LIGHT

ROWS = SMALL + 600


def with_digits(digits):
    numbers = [f"X-{number:05}" for number in range(ROWS)]
    return [number for number in numbers if digits in number]


@pytest.fixture
def many(document):
    """More exchanges than are put in order at once; gives their ids."""
    with document.edit("many") as edit:
        made = [
            edit.add(Exchange(number=f"X-{n:05}", working_days=Decimal(n % 97) / 2))
            for n in range(ROWS)
        ]
    return [record.id for record in made]


@pytest.fixture
def model(many, document, texts, jobs, qtbot):  # noqa: ARG001 -- there have to be many
    def prepare(window, done):
        def work(_progress: Progress):
            window.prepare()
            return window

        jobs.run(work, done)

    model = RecordModel(Query("exchange"), of_kind("exchange", ["number", "working_days"]))
    model.attach(Source(document.read, texts, None, prepare))
    qtbot.waitUntil(lambda: not jobs.active)
    yield model
    model.attach(None)


def test_that_all_rows_are_there_once_the_order_is_known(model):
    assert model.rowCount() == ROWS
    assert model.index(ROWS - 1, 0).data() == f"X-{ROWS - 1:05}"


def test_that_the_count_follows_when_a_search_finds_many(model, jobs, qtbot):
    model.ask(replace(model.query, search="1"))

    qtbot.waitUntil(lambda: not jobs.active)

    found = with_digits("1")
    assert model.rowCount() == len(found)
    assert model.index(len(found) - 1, 0).data() == found[-1]


def test_that_a_record_is_found_in_an_order_without_an_index(model, many, jobs, qtbot):
    model.ask(replace(model.query, sort=(Sort(Path(("working_days",)), descending=True),)))
    qtbot.waitUntil(lambda: not jobs.active)

    row = model.row_of(many[0])

    assert row is not None
    assert row > ROWS - 200
    assert model.index(row, 0).data() == "X-00000"


def test_that_the_current_record_is_followed_through_a_sort(model, many, jobs, qtbot):
    current = QPersistentModelIndex(model.index(3, 0))
    model.data(current)

    model.sort(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: not jobs.active)

    assert not current.isValid() or model.id_of(current.row()) == many[3]
    assert model.index(0, 0).data() == f"X-{ROWS - 1:05}"


def test_that_a_question_asked_meanwhile_replaces_the_one_before(model, jobs, qtbot):
    model.ask(replace(model.query, search="1"))
    model.ask(replace(model.query, search="103"))
    qtbot.waitUntil(lambda: not jobs.active)

    assert model.rowCount() == len(with_digits("103"))


def test_that_records_stay_selected_and_editable_after_an_edit(document, texts, jobs, many, qtbot):
    def prepare(window, done):
        def work(_progress: Progress):
            window.prepare()
            return window

        jobs.run(work, done)

    model = RecordModel(Query("exchange"), of_kind("exchange", ["number", "ho_city"]))

    def change(id_, field, value):
        change_value(document, id_, field, value)
        table.refresh()

    table = RecordTable(Look(LIGHT), model, "exchanges", {})
    qtbot.addWidget(table)
    table.show()
    editors = Editors(table.look, texts, ProgrammeFacts(), document.read, lambda *_: None)
    table.edit_with(partial(editors.make, in_cell=True))
    model.attach(Source(document.read, texts, change, prepare))
    qtbot.waitUntil(lambda: not jobs.active)
    for row, city in ((5, "Halle"), (6, "Leipzig")):
        table.setCurrentIndex(model.index(row, 1))
        table.edit(table.currentIndex())
        table.cells.editor.put_text(city)
        assert table.finish_editing()
        assert table.cells.editor is None
        assert table.current_id == many[row]
        qtbot.waitUntil(lambda: not jobs.active)
        assert model.index(row, 1).data() == city
        assert table.current_id == many[row]
    model.attach(None)
