"""What others write is read back the same: XlsxWriter writes, openpyxl reads along."""

import os
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from smartct_desktop.domain.book import CellError, Mark
from tests.spreadsheets.workbooks import new_book, read_here

EXAMPLES = 2000 if os.environ.get("SMARTCT_LONG") == "1" else 60

DAY, MOMENT, CLOCK, LENGTH = "dd/mm/yyyy", "yyyy-mm-dd hh:mm:ss.000", "hh:mm:ss.000", "[h]:mm:ss"


def to_milliseconds(moment):
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
numbers = st.floats(-1e300, 1e300).map(
    lambda value: float(f"{value:.16G}")  # as many digits as XlsxWriter writes
)
moments = st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31, 23, 59, 59)).map(
    to_milliseconds
)
lengths = st.integers(0, 50 * 86_400_000).map(lambda count: timedelta(milliseconds=count))
cells = st.one_of(
    st.none(),
    texts,
    st.sampled_from(["_x000D_", "_x005F_", " x ", "=1+1", "'", "1e5", "TRUE", "\r\n", "\x01"]),
    numbers,
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(9999, 12, 31)),
    moments,
    st.times().map(to_milliseconds),
    lengths,
)


def write(path, grid, **options):
    with new_book(path, **options) as made:
        formats = {
            code: made.add_format({"num_format": code}) for code in (DAY, MOMENT, CLOCK, LENGTH)
        }
        page = made.add_worksheet("Data")
        for row, values in enumerate(grid):
            for column, value in enumerate(values):
                match value:
                    case None:
                        page.write_blank(row, column, None, formats[DAY])
                    case bool():
                        page.write_boolean(row, column, value)
                    case str():
                        page.write_string(row, column, value)
                    case int() | float():
                        page.write_number(row, column, value)
                    case datetime():
                        page.write_datetime(row, column, value, formats[MOMENT])
                    case date():
                        page.write_datetime(row, column, value, formats[DAY])
                    case time():
                        page.write_datetime(row, column, value, formats[CLOCK])
                    case _:
                        page.write_datetime(row, column, value, formats[LENGTH])


def same(read, written):
    """Whether a value came back; numbers that are whole lose their point on the way."""
    if isinstance(written, bool) or not isinstance(written, int | float):
        return type(read) is type(written) and read == written
    return isinstance(read, int | float) and not isinstance(read, bool) and read == written


@settings(max_examples=EXAMPLES)
@given(
    grid=st.lists(st.lists(cells, max_size=6), max_size=6),
    streamed=st.booleans(),
)
def test_that_every_kind_of_value_is_read_as_it_was_written(grid, streamed):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.xlsx")
        write(path, grid, constant_memory=streamed)
        only = read_here(path).sheets[0]

    for number, values in enumerate(grid, 1):
        for column, value in enumerate(values):
            cell = only.cell(number, column)
            assert same(cell.value, value), (value, cell)
            assert cell.look.marks in (Mark(0), Mark.ROUNDED)
    assert {row.number for row in only.rows} == {
        number for number, values in enumerate(grid, 1) if any(v is not None for v in values)
    }


@settings(max_examples=EXAMPLES // 3)
@given(grid=st.lists(st.lists(cells, max_size=5), min_size=1, max_size=5))
def test_that_dates_from_1904_are_read_as_they_were_written(grid):
    kept = [[v for v in values if not isinstance(v, date) or v.year >= 1904] for values in grid]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.xlsx")
        write(path, kept, date_1904=True)
        only = read_here(path).sheets[0]

    for number, values in enumerate(kept, 1):
        for column, value in enumerate(values):
            assert same(only.cell(number, column).value, value)


def as_other_readers_say(value):
    """Our value in the terms of openpyxl: days are moments, errors are text."""
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value


def test_that_an_independent_reader_agrees(tmp_path):
    path = tmp_path / "made.xlsx"
    first, noon = date(2020, 1, 1), datetime(2021, 3, 4, 12)
    grid = [
        (
            *(f"Person {n}", n, n / 7, bool(n % 2), None, "Ünïcode ЖΩ"),
            *(first + timedelta(days=n), noon + timedelta(minutes=n)),
            *(time(n % 24, 30), timedelta(hours=n)),
        )
        for n in range(200)
    ]
    write(path, grid)
    ours = read_here(path).sheets[0]
    theirs = load_workbook(path, data_only=True)["Data"]

    assert theirs.max_row == len(ours.rows)
    for number, row in enumerate(theirs.iter_rows(), 1):
        for column, cell in enumerate(row):
            own = ours.cell(number, column)
            assert as_other_readers_say(own.value) == cell.value
            if own.value is not None:
                assert own.look.code == cell.number_format


def test_that_an_independent_reader_sees_the_same_facts(tmp_path):
    path = tmp_path / "made.xlsx"
    with new_book(path) as made:
        page = made.add_worksheet("Data")
        struck = made.add_format({"font_strikeout": True, "bold": True})
        for row in range(20):
            page.write_string(row, row % 5, f"cell {row}", struck if row % 3 == 0 else None)
            page.set_row(row, None, None, {"hidden": row % 4 == 0})
        page.merge_range("B30:D31", "wide")
        page.write_comment("C4", "look here")
        page.write_formula("A40", "=1/0", None, "#DIV/0!")
        page.write_url("A41", "https://example.org/x")
        made.add_worksheet("Second").hide()
    ours = read_here(path)
    theirs = load_workbook(path, data_only=True)
    page, data = theirs["Data"], ours.sheets[0]

    assert [one.name for one in ours.sheets] == theirs.sheetnames
    assert [str(area) for area in data.merged] == [str(area) for area in page.merged_cells.ranges]
    assert data.hidden_rows == {n for n, facts in page.row_dimensions.items() if facts.hidden}
    assert data.comments == {(4, 2): page["C4"].comment.text}
    assert data.links == {(41, 0): page["A41"].hyperlink.target}
    for number, line in enumerate(page.iter_rows(), 1):
        for column, cell in enumerate(line):
            own = data.cell(number, column)
            assert as_other_readers_say(own.value) == cell.value
            if cell.value is not None:
                assert (Mark.STRUCK in own.look.marks) == bool(cell.font.strike)
                assert own.look.bold == bool(cell.font.bold)
