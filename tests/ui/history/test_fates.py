"""What undoing an old step would do, as a table; and the fields beneath an added record."""

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.editing import change_value
from smartct_desktop.services.reversal import Outcome
from smartct_desktop.services.undoing import plan_reversal
from smartct_desktop.ui.history.fates import FateModel
from smartct_desktop.ui.history.step_changes import ChangeModel

FAIL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def make(document, texts):
    models = []

    def make(no, *, again=False):
        plan = plan_reversal(document.read, no, again=again)
        model = FateModel(plan, document.read, texts)
        models.extend((model, QAbstractItemModelTester(model, FAIL)))
        return model

    return make


def table(model):
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_that_each_field_says_what_becomes_of_it_and_why(document, world, make):
    with document.edit("move") as edit:
        edit.update(edit.get(Exchange, world.first).replace(ho=world.beta, remark="R"))
    change_value(document, world.first, Exchange.schema.by_name["remark"], None)
    change_value(document, world.first, Exchange.schema.by_name["remark"], "S")
    newest = document.read.next_undo()

    rows = table(make(2))

    assert rows[0][:5] == (
        *("SCT-2021-001", "Host organisation", "„Бета“ ООД", "Gamma GmbH"),
        "put back",
    )
    assert rows[1][:5] == ("SCT-2021-001", "Remark", "S", "empty", "kept")
    assert rows[1][5].startswith("Changed since.")
    assert rows[1][5].endswith(f"{newest.by}: change of Remark (SCT-2021-001)")


def test_that_whole_records_are_there_or_not(document, world, make):
    with document.edit("less") as edit:
        edit.remove("exchange", world.third)
        edit.add(Organisation(name="New"))

    assert sorted(row[:5] for row in table(make(2))) == [
        ("New", "the whole record", "there", "not there", "put back"),
        ("SCT-2022-001", "the whole record", "not there", "there", "put back"),
    ]


def test_that_the_fates_of_one_outcome_can_be_looked_at(document, world, make):
    with document.edit("two") as edit:
        edit.update(edit.get(Exchange, world.first).replace(goals="G", remark="R"))
    change_value(document, world.first, Exchange.schema.by_name["remark"], "S")
    model = make(2)

    model.show_only(Outcome.KEPT)
    assert [row[1] for row in table(model)] == ["Remark"]
    model.show_only(None)
    assert len(table(model)) == 2


def test_that_doing_again_is_said_so(document, world, make):
    change_value(document, world.first, Exchange.schema.by_name["remark"], "R")
    document.undo()
    change_value(document, world.second, Exchange.schema.by_name["remark"], "S")

    assert table(make(2, again=True))[0][2:5] == ("empty", "R", "done again")


@pytest.mark.usefixtures("world")
def test_that_the_fields_of_an_added_record_open_beneath_it(document, texts):
    model = ChangeModel()
    tester = QAbstractItemModelTester(model, FAIL)
    model.attach((document.read, texts))
    model.show_step(document.read.step(1))
    rows = model.rowCount()

    assert model.open_line(2)
    assert not model.open_line(2)
    assert model.is_open(2)
    assert [model.line(row).field for row in range(3, 7)] == ["Name", "Type", "Country", "SME"]
    assert model.index(3, 3).data() == "Álfa, S.L."
    assert model.rowCount() == rows + 4
    assert model.close_line(5) == 2
    assert (model.rowCount(), model.is_open(2)) == (rows, False)
    del tester
