"""The workbooks we write, read back by openpyxl: looks, tables, totals, the first sheet."""

import inspect
from datetime import UTC, date, datetime

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Column, Kind, Purpose, Table, Total, Words
from smartct_desktop.spreadsheets.sheet_out import MOST_ROWS
from smartct_desktop.spreadsheets.writing import MOST_ROWS_IN_MEMORY, write_workbook
from tests.spreadsheets.written import (
    MADE_AT,
    opened,
    partnership,
    report,
    table,
    texts_of,
    written,
)

REGISTER = (
    Column("record_id", Kind.ID),
    Column("Visitor", total=Total.COUNT, note="The organisation that travels."),
    Column("Start", Kind.DAY),
    Column("Days", Kind.WHOLE, total=Total.SUM),
    Column("Due", Kind.MONEY, total=Total.SUM),
)
ROWS = [
    ("a1", "Nordwind Tooling GmbH", date(2022, 3, 7), 5, 83000),
    ("b2", "Клъстер Зелена Тракия ООД", date(2022, 5, 2), 3, 41550),
    ("c3", None, None, None, None),
]
PRINTED = table(REGISTER, ROWS, purpose=Purpose.PRINT, note="All that travel.", frozen=2)
HEADING_ROW = 7  # below title, subtitle, partnership, dates, note and an empty row


@pytest.fixture
def register(tmp_path):
    """A printed register on disk."""
    path = tmp_path / "register.xlsx"
    written(path, PRINTED, **partnership())
    return path


def long_table(count, *, listed=False):
    """A table of so many rows, as a list or as a generator that nobody has counted."""
    columns = (
        Column("No.", Kind.WHOLE, total=Total.SUM),
        Column("Due", Kind.MONEY, total=Total.SUM),
    )
    rows = ((number, number * 101) for number in range(1, count + 1))
    return table(columns, list(rows) if listed else rows)


def test_that_the_title_block_stands_above_the_headings(register):
    sheet = opened(register)["Exchanges"]

    assert [sheet.cell(row, 2).value for row in range(1, HEADING_ROW)] == [
        "Exchange register",
        "Master list",
        "Smart Cities & Clusters",
        "Period: 01.01.2021 – 30.06.2022   ·   Made on: 04.07.2022",
        "All that travel.",
        None,
    ]


def test_that_a_machine_sheet_begins_with_its_headings(tmp_path):
    written(tmp_path / "r.xlsx", table(REGISTER, ROWS), **partnership())

    sheet = opened(tmp_path / "r.xlsx")["Exchanges"]
    assert [cell.value for cell in sheet[1]] == ["record_id", "Visitor", "Start", "Days", "Due"]
    assert sheet["B2"].value == "Nordwind Tooling GmbH"
    assert sheet.freeze_panes == "A2"


def test_that_headings_stay_in_view_and_can_filter(register):
    sheet = opened(register)["Exchanges"]

    assert sheet.freeze_panes == "C8"
    assert sheet.tables["Table_Exchanges"].ref == "A7:E11"
    assert sheet.tables["Table_Exchanges"].autoFilter.ref == "A7:E10"
    assert sheet.tables["Table_Exchanges"].column_names == [
        "record_id",
        "Visitor",
        "Start",
        "Days",
        "Due",
    ]
    assert sheet["B7"].font.bold


def test_that_the_record_id_is_there_but_hidden(register):
    sheet = opened(register)["Exchanges"]

    assert [sheet.cell(row, 1).value for row in range(8, 11)] == ["a1", "b2", "c3"]
    assert [sheet.column_dimensions[letter].hidden for letter in "ABCDE"] == [True] + [False] * 4


def test_that_values_are_numbers_and_dates_with_their_formats(register):
    sheet = opened(register)["Exchanges"]

    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet[8]] == [
        ("a1", "s", "General"),
        ("Nordwind Tooling GmbH", "s", "General"),
        (datetime(2022, 3, 7), "d", "dd.mm.yyyy"),
        (5, "n", "0"),
        (830, "n", '#,##0.00 "€"'),
    ]
    assert [cell.value for cell in sheet[10]] == ["c3", None, None, None, None]


def test_that_totals_are_formulas_with_their_results(register):
    formulas, results = opened(register)["Exchanges"], opened(register, results=True)["Exchanges"]

    assert [cell.value for cell in formulas[11]] == [
        None,
        "=SUBTOTAL(103,B8:B10)",
        None,
        "=SUBTOTAL(109,D8:D10)",
        "=SUBTOTAL(109,E8:E10)",
    ]
    assert [cell.value for cell in results[11]] == [None, 2, None, 8, 1245.5]
    assert formulas["E11"].number_format == '#,##0.00 "€"'
    assert formulas["B11"].number_format == '"Total  "#,##0'


def test_that_the_row_of_totals_says_what_it_is(tmp_path):
    columns = (Column("Country"), Column("Due", Kind.MONEY, total=Total.SUM))
    written(tmp_path / "r.xlsx", table(columns, [("ES", 5)]))

    assert opened(tmp_path / "r.xlsx")["Exchanges"]["A3"].value == "Total"


def test_that_printed_pages_repeat_the_headings_and_are_numbered(register):
    sheet = opened(register)["Exchanges"]

    assert sheet.print_title_rows == "$7:$7"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader.left.text == "Exchange register"
    assert sheet.oddHeader.right.text == "Smart Cities && Clusters"
    assert sheet.oddFooter.left.text == "Made on: 04.07.2022"
    assert sheet.oddFooter.center.text == "Exchanges"
    assert sheet.oddFooter.right.text == "Page &P of &N"


def test_that_a_long_text_does_not_widen_the_printed_page(tmp_path):
    long, narrow = [("x" * 500,)], [("x",)]
    columns = (Column("Remarks"),)
    for rows in (long, iter(long), narrow, iter(narrow)):
        written(tmp_path / "r.xlsx", table(columns, rows, purpose=Purpose.PRINT))

        area = opened(tmp_path / "r.xlsx")["Exchanges"].print_area
        right = ord(area.split(":$")[1][0]) - ord("A")
        assert 4 <= right <= 11  # room for the title, and for no more
        assert area.startswith("'Exchanges'!$A$1:")


@pytest.mark.parametrize("name", ["R&G", "&[Picture]", "A&&B", "&P&D", "&" * 300])
def test_that_an_ampersand_in_a_name_is_no_command_on_the_page(tmp_path, name):
    written(tmp_path / "r.xlsx", table(REGISTER, ROWS), partnership=name)

    text = opened(tmp_path / "r.xlsx")["Exchanges"].oddHeader.right.text
    shown = text.replace("\u200b", "").replace("&&", "&")
    assert name.startswith(shown)
    assert len(shown) >= min(len(name), 60)


def test_that_the_document_says_what_it_is(register):
    properties = opened(register).properties

    assert properties.title == "Exchange register"
    assert properties.subject == "Master list · 01.01.2021 – 30.06.2022"
    assert properties.creator == "SmartCT Desktop"
    assert properties.created == MADE_AT.astimezone(UTC).replace(tzinfo=None)


def test_that_the_first_sheet_tells_what_the_report_is(register):
    sheet = opened(register)["About"]

    assert opened(register).sheetnames == ["About", "Exchanges"]
    assert texts_of(sheet) == [
        "Exchange register",
        "Master list",
        "Partnership",
        "Smart Cities & Clusters",
        "Period",
        "01.01.2021 – 30.06.2022",
        "Made on",
        MADE_AT,
        "Rule set",
        "G1",
        "Sheets",
        "Sheet",
        "Contents",
        "Records",
        "Exchanges",
        "All that travel.",
        3,
        "How this was counted",
        "Counted",
        "Once it has begun.",
        "Columns",
        "Visitor",
        "The organisation that travels.",
    ]


def test_that_the_first_sheet_leads_to_the_others(tmp_path):
    name = "O'Brien's: list"
    written(tmp_path / "r.xlsx", table(REGISTER, ROWS, name))

    workbook = opened(tmp_path / "r.xlsx")
    links = [cell.hyperlink.location for row in workbook["About"] for cell in row if cell.hyperlink]
    assert workbook.sheetnames == ["About", "O'Brien's- list"]
    assert links == ["'O''Brien''s- list'!A1"]


def test_that_the_note_of_a_column_is_at_its_heading(register):
    sheet = opened(register)["Exchanges"]

    assert sheet["B7"].comment.text == "The organisation that travels."
    assert sheet["C7"].comment is None


def test_that_a_title_block_never_hides_in_a_hidden_column(tmp_path):
    columns = (Column("record_id", Kind.ID), Column("key", Kind.ID), Column("Name"))
    written(tmp_path / "r.xlsx", table(columns, [("a", "b", "c")], purpose=Purpose.PRINT))

    sheet = opened(tmp_path / "r.xlsx")["Exchanges"]
    assert sheet["C1"].value == "Exchange register"


def test_that_each_sheet_of_several_has_its_own_title(tmp_path):
    tables = [table(REGISTER, ROWS, name, purpose=Purpose.PRINT) for name in ("By name", "By day")]
    outcome = written(tmp_path / "r.xlsx", *tables)

    workbook = opened(tmp_path / "r.xlsx")
    assert workbook["By day"]["B1"].value == "Exchange register · By day"
    assert [(count.sheet, count.records) for count in outcome.counts] == [
        ("By name", 3),
        ("By day", 3),
    ]


def test_that_a_table_without_rows_says_so_to_people_only(tmp_path):
    printed = table(REGISTER, [], "Printed", purpose=Purpose.PRINT)
    machine = table(REGISTER, [], "Machine")
    written(tmp_path / "r.xlsx", printed, machine)

    workbook = opened(tmp_path / "r.xlsx")
    assert texts_of(workbook["Printed"])[-1] == "Nothing to list."
    assert texts_of(workbook["Machine"]) == ["record_id", "Visitor", "Start", "Days", "Due"]


def test_that_columns_are_wide_enough_for_values_and_totals(tmp_path):
    columns = (Column("A"), Column("Sum", Kind.MONEY, total=Total.SUM), Column("Remarks"))
    rows = [("x", 99_999_999_00, "word " * 60) for _ in range(300)]
    written(tmp_path / "r.xlsx", table(columns, rows, purpose=Purpose.PRINT))

    sheet = opened(tmp_path / "r.xlsx")["Exchanges"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] < 9
    assert widths[1] > len("29,999,999,700.00 €")
    assert 40 < widths[2] < 60
    assert sheet.row_dimensions[5].height > 80  # the remarks take seven lines


def test_that_a_number_far_below_the_sample_still_fits_its_column(tmp_path):
    rows = [(1,)] * 5000 + [(-123_456_789,)]
    written(tmp_path / "r.xlsx", table([Column("Due", Kind.MONEY)], rows))

    sheet = opened(tmp_path / "r.xlsx")["Exchanges"]
    assert sheet.column_dimensions["A"].width > len("-1,234,567.89 €")


def test_that_a_width_that_is_asked_for_is_kept(tmp_path):
    written(tmp_path / "r.xlsx", table([Column("Name", width=33)], [("x",)]))

    sheet = opened(tmp_path / "r.xlsx")["Exchanges"]
    assert sheet.column_dimensions["A"].width == pytest.approx(33, abs=1)


def test_that_a_report_speaks_the_language_of_its_words(tmp_path):
    words = Words(about="Über", total="Summe", yes="ja", no="nein", page="Seite {page}/{pages}")
    columns = (Column("Gezählt", Kind.FLAG), Column("Tage", Kind.WHOLE, total=Total.SUM))
    written(tmp_path / "r.xlsx", table(columns, [(True, 1), (False, 2)]), words=words)

    workbook = opened(tmp_path / "r.xlsx")
    assert workbook.sheetnames[0] == "Über"
    assert [row[0].value for row in workbook["Exchanges"]] == ["Gezählt", "ja", "nein", "Summe"]
    assert workbook["Exchanges"].oddFooter.right.text == "Seite &P/&N"


def test_that_headings_that_are_alike_are_told_apart(tmp_path):
    columns = [Column(heading) for heading in ("Country", "country", " Country\n", "Country (2)")]
    written(tmp_path / "r.xlsx", table(columns, [("DE", "ES", "IT", "BG")]))

    sheet = opened(tmp_path / "r.xlsx")["Exchanges"]
    headings = [cell.value for cell in sheet[1]]
    assert headings == ["Country", "country (2)", "Country (3)", "Country (2) (2)"]
    assert sheet.tables["Table_Exchanges"].column_names == headings


def test_that_a_long_table_is_streamed_with_a_filter_and_totals(tmp_path):
    count = MOST_ROWS_IN_MEMORY + 1
    written(tmp_path / "r.xlsx", long_table(count, listed=True))

    sheet = opened(tmp_path / "r.xlsx")["Exchanges"]
    results = opened(tmp_path / "r.xlsx", results=True)["Exchanges"]
    assert sheet.auto_filter.ref == f"A1:B{count + 1}"
    assert not sheet.tables
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[count + 1]] == [count, count * 1.01]
    assert [cell.value for cell in sheet[count + 2]] == [None, None]
    assert sheet.cell(count + 3, 2).value == f"=SUBTOTAL(109,B2:B{count + 1})"
    total = count * (count + 1) // 2
    assert [cell.value for cell in results[count + 3]] == [total, total * 101 / 100]


def test_that_a_table_that_nobody_counted_is_streamed_whole(tmp_path):
    outcome = written(tmp_path / "r.xlsx", long_table(450))

    workbook = opened(tmp_path / "r.xlsx")
    assert outcome.counts[0].records == 450
    assert workbook["Exchanges"].max_row == 453
    assert [cell.value for cell in workbook["Exchanges"][451]] == [450, 454.5]
    assert 450 in texts_of(workbook["About"])


def test_that_an_expectation_that_is_wrong_loses_no_row(tmp_path):
    columns = (Column("No.", Kind.WHOLE),)
    few = table(columns, ((n,) for n in range(300)), "Few", expected=2)
    many = table(columns, ((n,) for n in range(300)), "Many", expected=30_000)
    written(tmp_path / "r.xlsx", few)
    written(tmp_path / "s.xlsx", many)

    assert opened(tmp_path / "r.xlsx")["Few"]["A301"].value == 299
    assert opened(tmp_path / "s.xlsx")["Many"]["A301"].value == 299


def test_that_rows_are_read_while_they_are_written(tmp_path):
    """A hundred thousand rows never lie in memory together."""
    rows = ((number,) for number in range(1, 400))
    seen = []

    class Watch(Progress):
        def report(self, words, done=0, total=0):
            seen.append(inspect.getgeneratorstate(rows))
            super().report(words, done, total)

    columns = (Column("No.", Kind.WHOLE),)
    write_workbook(report(table(columns, rows)), tmp_path / "r.xlsx", Watch())

    assert seen[0] == inspect.GEN_SUSPENDED
    assert seen[-1] == inspect.GEN_CLOSED


def test_that_progress_counts_the_rows(tmp_path):
    stages = []

    class Watch(Progress):
        def report(self, words, done=0, total=0):
            stages.append((words, done, total))
            super().report(words, done, total)

    columns = (Column("No.", Kind.WHOLE),)
    rows = table(columns, [(number,) for number in range(500)])
    write_workbook(report(rows), tmp_path / "r.xlsx", Watch())

    assert [stage for stage in stages if stage[0] == "Writing Exchanges"] == [
        ("Writing Exchanges", done, 500) for done in (0, 200, 400)
    ]
    assert {"Packing the workbook", "Checking the workbook", "Saving r.xlsx"} < {
        words for words, _, _ in stages
    }


def test_that_a_table_longer_than_a_worksheet_is_refused(tmp_path):
    rows = ((1,) for _ in range(MOST_ROWS))
    endless = table([Column("No.", Kind.WHOLE)], rows)

    with pytest.raises(Trouble, match="Exchanges has more rows than a worksheet can hold"):
        written(tmp_path / "r.xlsx", endless)
    assert list(tmp_path.iterdir()) == []


def test_that_a_row_of_another_length_is_a_mistake_of_the_report(tmp_path):
    columns = (Column("A"), Column("B"))
    for rows in ([("x",)], [("x", "y")] * 300 + [("x", "y", "z")]):
        with pytest.raises(ValueError, match="values for 2 columns"):
            written(tmp_path / "r.xlsx", table(columns, rows))
    assert list(tmp_path.iterdir()) == []


def test_that_two_writings_of_one_report_are_the_same_file(tmp_path):
    for name in ("r.xlsx", "s.xlsx"):
        written(tmp_path / name, PRINTED, **partnership())

    assert (tmp_path / "r.xlsx").read_bytes() == (tmp_path / "s.xlsx").read_bytes()


def test_that_a_table_needs_a_column_that_can_be_seen():
    with pytest.raises(ValueError, match="can be seen"):
        Table("Exchanges", (Column("record_id", Kind.ID),), [])


def test_that_a_wide_table_goes_on_beside_instead_of_getting_too_small_to_read(tmp_path):
    columns = tuple(Column(f"Text {n}", width=30) for n in range(20))
    wide = table(columns, [tuple("x" for _ in columns)], purpose=Purpose.PRINT, frozen=2)
    written(tmp_path / "wide.xlsx", wide)

    sheet = opened(tmp_path / "wide.xlsx")["Exchanges"]
    assert sheet.page_setup.fitToWidth == 3
    assert sheet.print_title_cols == "$A:$B"
