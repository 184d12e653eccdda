"""The history as models: steps by day, changes by field."""

from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from smartct_desktop.domain.changes import EVERY_STEP, StepFilter
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.editing import change_value
from smartct_desktop.ui.history.step_changes import ChangeModel
from smartct_desktop.ui.history.steps import HistorySource, StepModel
from smartct_desktop.ui.history.words import day_words, moment_words

FAIL = QAbstractItemModelTester.FailureReportingMode.Fatal
TODAY = date(2022, 6, 15)


@pytest.fixture
def steps(document, texts):
    model = StepModel()
    QAbstractItemModelTester(model, FAIL)
    model.attach(HistorySource(document.read, texts, lambda: TODAY))
    return model


@pytest.fixture
def changes(document, texts):
    model = ChangeModel()
    QAbstractItemModelTester(model, FAIL)
    model.attach((document.read, texts))
    return model


def lines(model):
    return [model.index(row).data() for row in range(model.rowCount())]


def steps_read(model):
    """How many steps the list has, without the days between them."""
    return sum(model.step_at(row) is not None for row in range(model.rowCount()))


def table(model):
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def change(document, world, number):
    field = Exchange.schema.by_name["number"]
    change_value(document, world.first, field, number)


def test_that_steps_stand_newest_first_under_their_day(document, world, steps):
    change(document, world, "SCT-1")
    steps.read_again(EVERY_STEP)

    assert lines(steps)[0] == "Today, Wednesday 15.06.2022"
    assert "Change of No. (SCT-2021-001)" in lines(steps)[1]
    assert "The small partnership" in lines(steps)[2]


def test_that_an_undone_step_says_so(document, world, steps):
    change(document, world, "SCT-1")
    document.undo()
    steps.read_again(EVERY_STEP)

    assert "undone" in lines(steps)[1]
    assert "undone" not in lines(steps)[2]


@pytest.mark.usefixtures("document", "world")
def test_that_a_day_cannot_be_chosen(steps):
    steps.read_again(EVERY_STEP)

    assert steps.flags(steps.index(0)) == Qt.ItemFlag.NoItemFlags
    assert steps.step_at(0) is None
    assert steps.step_at(1).label == "the small partnership"


def test_that_many_steps_are_fetched_as_they_are_looked_at(document, world, steps):
    for number in range(230):
        change(document, world, f"SCT-{number}")
    steps.read_again(EVERY_STEP)

    assert steps.count == 231
    assert steps_read(steps) == 200
    assert steps.canFetchMore(QModelIndex())
    steps.fetchMore(QModelIndex())
    assert steps_read(steps) == 231
    assert not steps.canFetchMore(QModelIndex())


def test_that_steps_are_found_by_their_name(document, world, steps):
    change(document, world, "SCT-1")

    steps.read_again(StepFilter("small"))

    assert steps.count == 1
    assert "The small partnership" in lines(steps)[1]


def test_that_a_change_is_shown_before_and_after(document, world, changes):
    change_value(document, world.first, Exchange.schema.by_name["start"], date(2021, 11, 17))
    change_value(document, world.first, Exchange.schema.by_name["ho"], world.beta)

    changes.show_step(document.read.step(3))
    assert table(changes) == [
        ("SCT-2021-001   exchange", "Host organisation", "Gamma GmbH", "„Бета“ ООД")
    ]
    changes.show_step(document.read.step(2))
    assert table(changes)[0][1:] == ("From", "16.11.2021", "17.11.2021")


def test_that_records_added_and_removed_are_one_line_each(document, world, changes):
    changes.show_step(document.read.step(1))
    assert len(table(changes)) == 13
    assert table(changes)[2] == ("Álfa, S.L.   organisation", "all 4 fields", "empty", "added")

    with document.edit("less") as edit:
        edit.remove("exchange", world.third)
    changes.show_step(document.read.step(2))
    assert table(changes)[0][2:] == ("was there", "removed")


def test_that_a_record_that_is_gone_is_named_so_in_old_values(document, world, changes):
    delta = Organisation(name="Delta")
    with document.edit("new") as edit:
        edit.add(delta)
    change_value(document, world.first, Exchange.schema.by_name["ho"], delta.id)
    change_value(document, world.first, Exchange.schema.by_name["ho"], None)
    with document.edit("less") as edit:
        edit.remove("organisation", delta.id)

    changes.show_step(document.read.step(4))

    assert table(changes)[0][2:] == ("(no longer there)", "empty")


def test_that_many_changes_are_fetched_as_they_are_looked_at(document, changes):
    with document.edit("many") as edit:
        for number in range(700):
            edit.add(Exchange(number=f"X-{number}"))

    changes.show_step(document.read.step(1))

    assert changes.rowCount() == 500
    changes.fetchMore(QModelIndex())
    assert changes.rowCount() == 700
    assert not changes.canFetchMore(QModelIndex())


@pytest.mark.usefixtures("document")
def test_that_days_are_said_as_people_say_them(texts):
    assert day_words(date(2022, 6, 15), TODAY, texts) == "Today, Wednesday 15.06.2022"
    assert day_words(date(2022, 6, 14), TODAY, texts) == "Yesterday, Tuesday 14.06.2022"
    assert day_words(date(2022, 6, 13), TODAY, texts) == "Monday 13.06.2022"


@pytest.mark.usefixtures("world")
def test_that_a_moment_is_told_where_this_machine_stands(document, texts):
    at = document.read.step(1).at

    assert moment_words(at, texts) == f"{at.astimezone():%d.%m.%Y %H:%M}"
