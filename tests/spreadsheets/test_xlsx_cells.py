"""What the cells of a workbook hold, in all the ways programs write them."""

from datetime import date, datetime, time, timedelta

import pytest

from smartct_desktop.domain.book import CellError, Mark, NumberFormat
from smartct_desktop.domain.errors import Trouble
from tests.spreadsheets.workbooks import (
    BOLD,
    CLOCK,
    DATE,
    DAYS,
    DURATION,
    MOMENT,
    STRICT,
    STRICT_RELATIONS,
    STRUCK,
    ZEROS,
    read_cells,
    read_here,
    sheet,
    workbook,
)


def one(tmp_path, cell, **options):
    """The cell A1 of a workbook with this cell only."""
    return read_cells(tmp_path, f'<row r="1">{cell}</row>', **options).cell(1, 0)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5),
        ("-5", -5),
        ("5.0", 5.0),
        ("1E3", 1000.0),
        ("0.1", 0.1),
        ("8319.700000000001", 8319.700000000001),
        (" 12 ", 12),
        ("+7", 7),
        (".5", 0.5),
    ],
)
def test_that_numbers_keep_whether_they_are_whole(tmp_path, written, value):
    cell = one(tmp_path, f'<c r="A1"><v>{written}</v></c>')

    assert (cell.value, type(cell.value)) == (value, type(value))
    assert cell.look.marks == Mark(0)


@pytest.mark.parametrize("written", ["1e999", "NaN", "inf", "1_000", "0x1F", "five", "-"])
def test_that_what_is_no_number_stays_text_and_is_marked(tmp_path, written):
    cell = one(tmp_path, f'<c r="A1"><v>{written}</v></c>')

    assert cell.value == written
    assert cell.look.marks == Mark.ODD


def test_that_numbers_of_more_than_fifteen_digits_are_marked_as_rounded(tmp_path):
    cell = one(tmp_path, '<c r="A1"><v>4930123456789012345</v></c>')

    assert cell.value == 4930123456789012345
    assert cell.look.marks == Mark.ROUNDED


@pytest.mark.parametrize(
    ("style", "serial", "value"),
    [
        (DATE, "44000", date(2020, 6, 18)),
        (DATE, "1", date(1900, 1, 1)),
        (DATE, "59", date(1900, 2, 28)),
        (DATE, "61", date(1900, 3, 1)),
        (DATE, "2958465", date(9999, 12, 31)),
        (DATE, "44000.5", datetime(2020, 6, 18, 12)),
        (MOMENT, "44000", datetime(2020, 6, 18)),
        (MOMENT, "43451.49027777778", datetime(2018, 12, 17, 11, 46)),
        (MOMENT, "0.25", time(6)),
        (CLOCK, "0.5", time(12)),
        (CLOCK, "0", time(0)),
        (CLOCK, "44000.5", datetime(2020, 6, 18, 12)),
        (DURATION, "1.5625", timedelta(hours=37, minutes=30)),
        (DURATION, "-0.5", timedelta(hours=-12)),
        (DAYS, "5", 5),
        (ZEROS, "1067", 1067),
    ],
)
def test_that_number_formats_make_dates_and_times(tmp_path, style, serial, value):
    cell = one(tmp_path, f'<c r="A1" s="{style}"><v>{serial}</v></c>')

    assert (cell.value, type(cell.value)) == (value, type(value))
    assert cell.look.marks == Mark(0)


@pytest.mark.parametrize(
    ("style", "serial", "value"),
    [
        (DATE, "60", 60),
        (DATE, "0", 0),
        (DATE, "-1", -1),
        (DATE, "2958466", 2958466),
        (MOMENT, "60.5", 60.5),
        (MOMENT, "-10521", -10521),
        (MOMENT, "2958465.9999999999", 2958466.0),
        (CLOCK, "-0.5", -0.5),
        (DURATION, "1e300", 1e300),
    ],
)
def test_that_a_day_no_calendar_has_stays_a_number_and_is_marked(tmp_path, style, serial, value):
    cell = one(tmp_path, f'<c r="A1" s="{style}"><v>{serial}</v></c>')

    assert cell.value == value
    assert cell.look.marks == Mark.NO_DATE


def test_that_dates_count_from_1904_where_the_workbook_says_so(tmp_path):
    made = workbook(
        tmp_path / "mac.xlsx",
        {
            "Data": sheet(
                f'<row r="1"><c r="A1" s="{DATE}"><v>42538</v></c><c r="B1" s="{DATE}"><v>0</v></c>'
                f'<c r="C1" s="{CLOCK}"><v>0</v></c><c r="D1" s="{DATE}"><v>2957004</v></c></row>'
            )
        },
        workbook='<workbookPr date1904="1"/>',
    )
    book = read_here(made)

    assert book.dates_from_1904
    assert book.sheets[0].rows[0].values == (date(2020, 6, 18), date(1904, 1, 1), time(0), 2957004)


@pytest.mark.parametrize(
    ("written", "style", "value"),
    [
        ("2021-03-04", DATE, date(2021, 3, 4)),
        ("2021-03-04T00:00:00", DATE, date(2021, 3, 4)),
        ("2021-03-04T00:00:00.000Z", MOMENT, datetime(2021, 3, 4)),
        ("2021-03-04T10:30:00", DATE, datetime(2021, 3, 4, 10, 30)),
        ("T10:30:00", CLOCK, time(10, 30)),
        ("10:30", CLOCK, time(10, 30)),
    ],
)
def test_that_iso_dates_are_read(tmp_path, written, style, value):
    cell = one(tmp_path, f'<c r="A1" s="{style}" t="d"><v>{written}</v></c>')

    assert (cell.value, type(cell.value)) == (value, type(value))
    assert cell.look.marks == Mark(0)


@pytest.mark.parametrize(
    "written", ["2021-13-45", "2021-03-04T10:30:00+02:00", "20210304", "2021-W01-1", "soon"]
)
def test_that_odd_iso_dates_stay_text_and_are_marked(tmp_path, written):
    cell = one(tmp_path, f'<c r="A1" t="d"><v>{written}</v></c>')

    assert cell.value == written
    assert cell.look.marks == Mark.ODD


def test_that_truth_values_and_errors_are_told_apart_from_text(tmp_path):
    codes = ("#REF!", "#N/A", "#DIV/0!", "#SPILL!", "#CALC!", "#FIELD!", "#NEW!")
    cells = "".join(f'<c t="e"><v>{code}</v></c>' for code in codes)
    data = f'<row><c t="b"><v>1</v></c><c t="b"><v>false</v></c><c t="b"><v>2</v></c>{cells}</row>'
    row = read_cells(tmp_path, data).rows[0]

    assert row.values == (True, False, "2", *(CellError(code) for code in codes))
    assert row.look(2).marks == Mark.ODD


def test_that_formulas_are_marked_and_missing_results_are_not_taken_for_blanks(tmp_path):
    row = read_cells(
        tmp_path,
        '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>"a"</f><v>a</v></c>'
        '<c t="str"><f>""</f><v></v></c>'
        '<c><f>X()</f></c><c><f>X()</f><v></v></c><c t="str"><f>X()</f></c>'
        f'<c t="e"><f>1/0</f><v>#DIV/0!</v></c><c s="{DATE}"><f>NOW()</f><v>60</v></c></row>',
    ).rows[0]

    assert row.values == (2, "a", None, None, None, None, CellError("#DIV/0!"), 60)
    marks = [row.look(column).marks for column in range(8)]
    missing = Mark.FORMULA | Mark.NO_RESULT
    assert marks[:3] == [Mark.FORMULA, Mark.FORMULA, Mark(0)]
    assert marks[3:6] == [missing, missing, missing]
    assert marks[6:] == [Mark.FORMULA, Mark.FORMULA | Mark.NO_DATE]


def test_that_a_cell_without_a_result_is_not_blank(tmp_path):
    only = read_cells(tmp_path, '<row r="1"><c r="A1"><f>X()</f></c></row>')

    assert not only.cell(1, 0).blank
    assert only.cell(1, 1).blank
    assert only.cell(2, 0).blank


def test_that_shared_and_inline_texts_are_put_together_from_their_runs(tmp_path):
    texts = (
        "<si><t>plain</t></si>"
        "<si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/></si>"
        "<si><t xml:space='preserve'> spaced </t></si>"
        "<si><t/></si><si/>"
        "<si><t>a_x000D_b_x005F_x000D_</t></si>"
        "<si><t>_xD83D__xDE00_ _xD83D_</t></si>"
    )
    cells = "".join(f'<c t="s"><v>{index}</v></c>' for index in range(8))
    inline = '<c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>'
    row = read_cells(tmp_path, f"<row>{cells}{inline}</row>", texts=texts).rows[0]

    assert row.values == (
        "plain",
        "rich text",
        "東京",
        " spaced ",
        None,
        None,
        "a\rb_x000D_",
        "😀 \N{REPLACEMENT CHARACTER}",
        "inline",
    )


def test_that_struck_text_is_marked_whole_or_in_part(tmp_path):
    struck = "<rPr><strike/></rPr>"
    texts = (
        "<si><t>plain</t></si>"
        f"<si><r>{struck}<t>old</t></r><r><t> new</t></r></si>"
        f"<si><r>{struck}<t>all</t></r><r><t> </t></r></si>"
        "<si><r><rPr><strike val='0'/></rPr><t>not</t></r></si>"
    )
    cells = "".join(f'<c t="s"><v>{index}</v></c>' for index in range(4))
    row = read_cells(
        tmp_path,
        f'<row>{cells}<c s="{STRUCK}"><v>1</v></c><c s="{STRUCK}" t="s"><v>1</v></c>'
        f'<c t="inlineStr"><is><r>{struck}<t>a</t></r><r><t>b</t></r></is></c></row>',
        texts=texts,
    ).rows[0]

    none, part, whole = Mark(0), Mark.PARTLY_STRUCK, Mark.STRUCK
    marks = [row.look(column).marks for column in range(7)]
    assert marks == [none, part, whole, none, whole, whole, part]


def test_that_looks_tell_format_weight_and_fill(tmp_path):
    row = read_cells(
        tmp_path,
        f'<row><c s="{BOLD}"><v>1</v></c><c s="{ZEROS}"><v>1067</v></c><c><v>1</v></c></row>',
    ).rows[0]

    assert (row.look(0).bold, row.look(0).fill) == (True, "FFFFFF00")
    assert (row.look(1).format, row.look(1).code) == (NumberFormat.NUMBER, "00000")
    assert row.look(2) == row.look(9)


def test_that_a_postcode_under_a_format_of_zeros_is_shown_with_them(tmp_path):
    assert one(tmp_path, f'<c r="A1" s="{ZEROS}"><v>1067</v></c>').shown == "01067"


def test_that_styles_beyond_the_list_count_as_none(tmp_path):
    assert one(tmp_path, '<c r="A1" s="99999"><v>44000</v></c>').value == 44000


def test_that_a_workbook_without_styles_is_read(tmp_path):
    assert one(tmp_path, '<c r="A1" s="1"><v>44000</v></c>', styles=None).value == 44000


def test_that_an_unknown_type_of_cell_stays_text_and_is_marked(tmp_path):
    cell = one(tmp_path, '<c r="A1" t="zzz"><v>7</v></c>')

    assert cell.value == "7"
    assert cell.look.marks == Mark.ODD


def test_that_cells_and_rows_without_places_follow_each_other(tmp_path):
    only = read_cells(
        tmp_path,
        "<row><c><v>1</v></c><c><v>2</v></c></row>"
        '<row r="4"><c r="C4"><v>3</v></c><c><v>4</v></c></row>'
        "<row><c><v>5</v></c></row>",
    )

    assert [(row.number, row.values) for row in only.rows] == [
        (1, (1, 2)),
        (4, (None, None, 3, 4)),
        (5, (5,)),
    ]


def test_that_rows_and_cells_out_of_order_are_put_in_order(tmp_path):
    only = read_cells(
        tmp_path,
        '<row r="3"><c r="C3"><v>3</v></c><c r="A3"><v>1</v></c></row>'
        '<row r="1"><c r="A1"><v>0</v></c></row>',
    )

    assert [(row.number, row.values) for row in only.rows] == [(1, (0,)), (3, (1, None, 3))]
    assert only.cell(3, 0).value == 1


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c><c r="A1"><v>3</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>',
        '<row r="5"><c r="B7"><v>1</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="99999999999999999999"><c><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="Ä1"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c t="s"><v>0</v></c></row>',
        '<row r="1"><c t="s"><v>-1</v></c></row>',
        f'<row r="1"><c t="s"><v>{"9" * 5000}</v></c></row>',
    ],
)
def test_that_a_sheet_that_contradicts_itself_is_refused(tmp_path, data):
    with pytest.raises(Trouble, match="damaged"):
        read_cells(tmp_path, data)


def test_that_strict_and_prefixed_workbooks_are_read_alike(tmp_path):
    data = f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="{DATE}"><v>44000</v></c></row>'
    texts = "<si><t>text</t></si>"
    expected = ("text", date(2020, 6, 18))

    for options in (
        {"main": STRICT, "relations": STRICT_RELATIONS},
        {"prefix": "x:"},
        {"main": STRICT, "relations": STRICT_RELATIONS, "prefix": "main:"},
    ):
        assert read_cells(tmp_path, data, texts=texts, **options).rows[0].values == expected


def test_that_layout_between_the_elements_does_not_matter(tmp_path):
    only = read_cells(
        tmp_path,
        '\n <row r="1">\n  <c r="A1" t="s">\n   <v>0</v>\n  </c>\n'
        '  <c r="B1">\n <v>5</v>\n </c>\n </row>\n',
        texts="\n<si>\n <t>text</t>\n</si>\n",
    )

    assert only.rows[0].values == ("text", 5)


def test_that_empty_styled_rows_and_cells_are_dropped(tmp_path):
    empty = "".join(
        f'<row r="{n}" s="1"><c r="A{n}" s="1"/><c r="B{n}" s="2"/></row>' for n in range(2, 50)
    )
    only = read_cells(tmp_path, f'<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"/></row>{empty}')

    assert [(row.number, row.values) for row in only.rows] == [(1, (1,))]


def test_that_a_far_cell_costs_nothing(tmp_path):
    only = read_cells(
        tmp_path,
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
    )

    assert [row.number for row in only.rows] == [1, 1048576]
    assert only.cell(1048576, 16383).value == 2
    assert only.width == 16384


def test_that_a_wrong_dimension_does_not_hide_rows(tmp_path):
    data = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 6))
    made = workbook(tmp_path / "m.xlsx", {"Data": sheet(data, before='<dimension ref="A1"/>')})

    assert len(read_here(made).sheets[0].rows) == 5


def test_that_blank_cells_are_neither_struck_nor_marked_like_their_neighbours(tmp_path):
    marked = "".join(
        f'<c r="{column}1" s="{style}"><v>1</v></c>'
        for column, style in zip("ABCD", (STRUCK, BOLD, DATE, ZEROS), strict=True)
    )
    only = read_cells(
        tmp_path,
        f'<row r="1">{marked}<c r="E1"><f>X()</f></c></row><row r="2"><c r="F2"><v>1</v></c></row>'
        '<row r="3"><c r="C3" s="1"><v>44000</v></c></row>',
    )

    for number in (2, 3):
        row = only.row(number)
        assert row is not None
        assert {look.marks for look in row.looks} == {Mark(0)}
        assert not any(look.bold or look.fill for look in row.looks)
    assert only.cell(3, 2).value == date(2020, 6, 18)


def test_that_rows_of_the_same_make_share_their_looks(tmp_path):
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c>'
        + (f'<c r="B{n}" s="{DATE}"><v>44000</v></c>' if n % 3 else "")
        + (f'<c r="C{n}" s="{ZEROS}"><v>7</v></c>' if n % 2 else "")
        + "</row>"
        for n in range(1, 400)
    )
    only = read_cells(tmp_path, rows)

    assert len({id(row.looks) for row in only.rows}) <= 3
    assert only.cell(7, 1).look.format is NumberFormat.DATE
    assert only.cell(7, 2).shown == "00007"
