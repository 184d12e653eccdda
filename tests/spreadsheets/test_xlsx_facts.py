"""What a workbook says besides its cells: hidden, merged, filtered, commented, linked."""

import pytest

from smartct_desktop.domain.book import Area, BookFormat, Table, Visibility
from smartct_desktop.domain.errors import Trouble
from tests.spreadsheets.workbooks import (
    RELATIONS,
    new_book,
    parts_of,
    read_here,
    relationships,
    sheet,
    workbook,
    zipped,
)


@pytest.fixture
def written(tmp_path):
    """A workbook as XlsxWriter writes it, with every fact on one sheet."""
    path = tmp_path / "facts.xlsx"
    with new_book(path) as made:
        data = made.add_worksheet("Data")
        for row in range(6):
            data.write_row(row, 0, [f"r{row}", row, "x"])
        data.merge_range("A8:C8", "section")
        data.set_row(2, None, None, {"hidden": True})
        data.set_row(4, 0)
        data.set_column("B:B", None, None, {"hidden": True})
        data.set_column("F:XFD", None, None, {"hidden": True})
        data.autofilter("A1:C6")
        data.filter_column("A", "x == r1")
        data.write_comment("A1", "ask Ada\nabout it")
        data.write_url("C2", "https://example.org/?a=1&b=2", string="page")
        data.write_url("C3", "internal:Other!A1", string="there")
        data.add_table("A20:B23", {"name": "Members", "total_row": True})
        data.write("A21", "x")
        made.add_worksheet("Other").hide()
        made.add_worksheet("Deep").very_hidden()
        page = made.add_chartsheet("Chart")
        chart = made.add_chart({"type": "bar"})
        chart.add_series({"values": "=Data!$B$1:$B$3"})
        page.set_chart(chart)
    return read_here(path)


def test_that_the_sheets_are_listed_with_their_visibility(written):
    assert [(one.name, one.visibility) for one in written.sheets] == [
        ("Data", Visibility.VISIBLE),
        ("Other", Visibility.HIDDEN),
        ("Deep", Visibility.VERY_HIDDEN),
    ]
    assert written.format is BookFormat.XLSX
    assert written.notes == ("The workbook has sheets without cells. They are not read.",)


def test_that_merged_areas_are_told(written):
    assert written.sheets[0].merged == (Area(8, 0, 8, 2),)
    assert [str(area) for area in written.sheets[0].merged] == ["A8:C8"]


def test_that_hidden_rows_and_columns_with_content_are_told(written):
    data = written.sheets[0]

    assert data.hidden_rows == {3, 5}
    assert data.hidden_columns == {1}


def test_that_filtered_rows_are_told_from_hidden_ones(written):
    data = written.sheets[0]

    assert str(data.filter_area) == "A1:C6"
    assert data.filtered_rows == {3, 5}


def test_that_rows_hidden_without_a_filter_are_not_filtered(tmp_path):
    data = "".join(f'<row r="{n}" hidden="1"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 4))
    made = workbook(tmp_path / "m.xlsx", {"Data": sheet(data, after='<autoFilter ref="A1:A3"/>')})
    only = read_here(made).sheets[0]

    assert only.hidden_rows == {1, 2, 3}
    assert only.filtered_rows == frozenset()


def test_that_comments_and_links_belong_to_their_cells(written):
    data = written.sheets[0]

    assert data.cell(1, 0).comment == "ask Ada\nabout it"
    assert data.cell(2, 2).link == "https://example.org/?a=1&b=2"
    assert data.cell(3, 2).link == "#Other!A1"
    assert data.cell(2, 0).comment == ""


def test_that_tables_tell_their_headings_and_totals(written):
    assert written.sheets[0].tables == (Table("Members", Area(20, 0, 23, 1), 1, 1),)


def test_that_many_merged_areas_are_read_without_expanding_them(tmp_path):
    merged = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(1, 20_001))
    made = workbook(
        tmp_path / "m.xlsx",
        {"Data": sheet("", after=f'<mergeCells count="20000">{merged}</mergeCells>')},
    )

    assert len(read_here(made).sheets[0].merged) == 20_000


def test_that_macros_and_outside_sources_are_noted_and_left_alone(tmp_path):
    made = workbook(
        tmp_path / "m.xlsm",
        {"Data": sheet("")},
        more={
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0",
            "xl/externalLinks/externalLink1.xml": "<externalLink/>",
            "xl/connections.xml": "<connections/>",
            "xl/embeddings/oleObject1.bin": b"x",
        },
    )
    notes = read_here(made).notes

    assert [note.split(".")[0] for note in notes] == [
        "The workbook contains macros",
        "The workbook refers to other workbooks",
        "The workbook is connected to data elsewhere",
        "The workbook contains other files",
    ]


@pytest.mark.parametrize(
    "odd",
    [
        '<cols><col min="0" max="99999999" hidden="1"/></cols>',
        '<cols><col min="5" max="2" hidden="1"/><col hidden="1"/></cols>',
        '<mergeCells><mergeCell ref="nonsense"/><mergeCell ref="A1:"/><mergeCell/></mergeCells>',
        '<autoFilter ref=""/><hyperlinks><hyperlink ref="A1"/></hyperlinks>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="X"/></hyperlinks>',
        '<tableParts><tablePart r:id="none"/></tableParts>',
        '<extLst><ext uri="x"><y xmlns="z"><w/></y></ext></extLst>',
    ],
)
def test_that_odd_facts_do_not_keep_cells_from_being_read(tmp_path, odd):
    made = workbook(
        tmp_path / "m.xlsx", {"Data": sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=odd)}
    )

    assert read_here(made).sheets[0].rows[0].values == (1,)


def test_that_only_the_first_rows_are_read_if_no_more_are_wanted(tmp_path):
    data = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n}</v></c></row>' for n in range(2, 9000))
    texts = "".join(f"<si><t>text {n}</t></si>" for n in range(9000))
    made = workbook(tmp_path / "m.xlsx", {"Data": sheet(data), "More": sheet("")}, texts=texts)
    first, second = read_here(made, rows=3).sheets

    assert [row.values for row in first.rows] == [("text 2",), ("text 3",), ("text 4",)]
    assert (first.whole, second.whole) == (False, True)


def test_that_a_sheet_of_exactly_the_wanted_rows_is_whole(tmp_path):
    data = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 4))
    only = read_here(workbook(tmp_path / "m.xlsx", {"Data": sheet(data)}), rows=3).sheets[0]

    assert (len(only.rows), only.whole) == (3, True)


def test_that_parts_are_found_by_whatever_path_names_them(tmp_path):
    parts = parts_of({"Data": sheet("<row><c><v>7</v></c></row>")})
    parts["XL/Worksheets/Sheet1.XML"] = parts.pop("xl/worksheets/sheet1.xml")
    parts["xl/_rels/workbook.xml.rels"] = relationships(
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" '
        'Target="../xl/./worksheets\\sheet1.xml"/>'
    )

    assert read_here(zipped(tmp_path / "m.xlsx", parts)).sheets[0].rows[0].values == (7,)


@pytest.mark.parametrize(
    "missing",
    [
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
    ],
)
def test_that_a_workbook_without_a_needed_part_is_refused(tmp_path, missing):
    parts = parts_of({"Data": sheet("<row><c><v>7</v></c></row>")})
    del parts[missing]

    with pytest.raises(Trouble, match="damaged"):
        read_here(zipped(tmp_path / "m.xlsx", parts))


@pytest.mark.parametrize(
    "inside", ["", "<dimension ref='A1'/>", "<row><c><v>1</v></c></row>", "<sheetDat></sheetDat>"]
)
def test_that_a_sheet_without_cell_data_is_refused(tmp_path, inside):
    with pytest.raises(Trouble, match="damaged"):
        read_here(workbook(tmp_path / "m.xlsx", {"Data": inside}))


def test_that_a_workbook_of_charts_only_is_refused(tmp_path):
    parts = parts_of({"Chart": ""})
    parts["xl/_rels/workbook.xml.rels"] = relationships(
        f'<Relationship Id="rId1" Type="{RELATIONS}/chartsheet" Target="chartsheets/sheet1.xml"/>'
    )

    with pytest.raises(Trouble, match="empty"):
        read_here(zipped(tmp_path / "m.xlsx", parts))
