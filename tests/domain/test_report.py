"""Reports as plain data: what contradicts itself is refused where it is built."""

from datetime import datetime

import pytest

from smartct_desktop.domain.report import Column, Kind, Report, Table, Total, Words

NAME = Column("Name")


@pytest.mark.parametrize(
    ("column", "mistake"),
    [
        ({"heading": " "}, "needs a heading"),
        ({"heading": "Name", "total": Total.SUM}, "a column of text has no sum"),
        ({"heading": "Start", "kind": Kind.DAY, "total": Total.SUM}, "of day has no sum"),
        ({"heading": "Days", "kind": Kind.WHOLE, "places": 1}, "only a column of numbers"),
        ({"heading": "km", "kind": Kind.NUMBER, "places": 10}, "at most nine"),
        ({"heading": "km", "kind": Kind.NUMBER, "places": -1}, "at most nine"),
    ],
)
def test_that_a_column_that_contradicts_itself_is_refused(column, mistake):
    with pytest.raises(ValueError, match=mistake):
        Column(**column)


@pytest.mark.parametrize("total", [Total.NONE, Total.COUNT])
@pytest.mark.parametrize("kind", list(Kind))
def test_that_every_kind_can_be_counted(kind, total):
    assert Column("Any", kind, total=total).hidden is (kind is Kind.ID)


def test_that_a_table_without_a_visible_column_is_refused():
    for columns in ((), (Column("record_id", Kind.ID),)):
        with pytest.raises(ValueError, match="can be seen"):
            Table("Exchanges", columns, [])


@pytest.mark.parametrize("frozen", [-1, 2])
def test_that_no_more_columns_are_frozen_than_there_are(frozen):
    with pytest.raises(ValueError, match="frozen"):
        Table("Exchanges", (NAME,), [], frozen=frozen)


def test_that_a_table_knows_the_number_of_its_rows_where_it_can():
    rows = [("x",), ("y",)]

    assert Table("T", (NAME,), rows, expected=9).row_count == 2
    assert Table("T", (NAME,), iter(rows), expected=9).row_count == 9
    assert Table("T", (NAME,), iter(rows)).row_count is None


def test_that_a_table_has_totals_if_a_column_has():
    counted = Column("Name", total=Total.COUNT)

    assert not Table("T", (NAME,), []).has_totals
    assert Table("T", (NAME, counted), []).has_totals


def test_that_a_report_speaks_english_unless_it_is_told():
    assert Report("Register", datetime(2022, 7, 4), ()).words == Words()
