"""Books, sheets and cells as data: places, names of columns, what is shown."""

import pickle
from datetime import date, datetime, time, timedelta

import pytest

from smartct_desktop.domain.book import (
    PLAIN,
    Area,
    Cell,
    CellError,
    Look,
    Mark,
    NumberFormat,
    Row,
    Sheet,
    column_index,
    column_name,
    rows_of,
)


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_that_columns_have_letters(column, name):
    assert column_name(column) == name
    assert column_index(name) == column_index(name.lower()) == column


@pytest.mark.parametrize("name", ["", "1", "A1", "Ä", "A B", "-"])
def test_that_what_is_no_column_is_refused(name):
    with pytest.raises(ValueError, match=f"^{name}$"):
        column_index(name)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1067, "00000", "01067"),
        (123456, "00000", "123456"),
        (1067, '"D-"00000', "D-01067"),
        (1067, r"\D\-00000", "D-01067"),
        (12345, "00-000", "12-345"),
        (1234567, "00-000", "1234-567"),
        (11122, "000 00", "111 22"),
        (8, "0.00", "8"),
        (8, "#,##0", "8"),
        (-7, "00000", "-7"),
        (5, '"x"', "5"),
        (5.0, "General", "5"),
        (5.25, "0.0", "5.25"),
        (1e20, "General", "1e+20"),
        (True, "General", "TRUE"),
        ("text", "00000", "text"),
        (None, "00000", ""),
        (CellError("#N/A"), "General", "#N/A"),
        (date(2021, 3, 4), "dd.mm.yyyy", "2021-03-04"),
        (datetime(2021, 3, 4, 10), "dd.mm.yyyy hh:mm", "2021-03-04 10:00:00"),
        (time(10, 30), "hh:mm", "10:30:00"),
        (timedelta(hours=37, minutes=5), "[h]:mm", "37:05:00"),
        (-timedelta(minutes=30), "[h]:mm", "-0:30:00"),
        (8319.700000000001, "General", "8319.7"),
    ],
)
def test_that_a_cell_shows_what_a_spreadsheet_program_shows_where_that_is_certain(
    value, code, shown
):
    assert Cell(value, Look(NumberFormat.NUMBER, code)).shown == shown


def test_that_a_sheet_finds_rows_and_cells_by_number():
    struck = Look(marks=Mark.STRUCK)
    rows = rows_of([["a", None, "c"], [None], ["d"]], {(1, 2): struck})
    sheet = Sheet("S", rows, comments={(1, 0): "note"}, links={(2, 1): "there"})

    assert [row.number for row in rows] == [1, 3]
    assert sheet.row(3) == Row(3, ("d",))
    assert sheet.row(2) is None
    assert sheet.cell(1, 0) == Cell("a", PLAIN, "note")
    assert sheet.cell(1, 2).look == struck
    assert sheet.cell(1, 9).blank
    assert sheet.cell(2, 1) == Cell(None, PLAIN, "", "there")
    assert sheet.width == 3
    assert Sheet("S", ()).width == 0


def test_that_an_area_knows_its_cells():
    area = Area(2, 1, 4, 27)

    assert str(area) == "B2:AB4"
    assert (2, 1) in area
    assert (4, 27) in area
    assert (5, 1) not in area
    assert (2, 0) not in area


def test_that_a_sheet_can_be_sent_to_another_process():
    sheet = Sheet("S", rows_of([["a", date(2021, 3, 4), CellError("#REF!")]]))

    assert pickle.loads(pickle.dumps(sheet)) == sheet
