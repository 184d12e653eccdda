"""Tables with more rows than are put in order while one blinks."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Path, Query, Sort
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.ui.grid.columns import of_kind
from smartct_desktop.ui.grid.model import SMALL, RecordModel, Source

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
