"""What is read of old Excel workbooks, of OpenDocument workbooks, and of web pages.

The workbooks beside this file were written by LibreOffice 7.4 from one .xlsx each.
"""

import shutil
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from smartct_desktop.domain.book import Area, BookFormat, CellError, Mark, NumberFormat, Visibility
from smartct_desktop.domain.errors import PasswordNeeded, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.request import FileChoice
from smartct_desktop.spreadsheets.worker import read_book

FILES = Path(__file__).parent / "files"
OTHER = ["xls", "ods"]


def read(name, **options):
    return read_book(FILES / name, Progress(), **options)


def page(tmp_path, html, encoding="utf-8", name="List.xls"):
    path = tmp_path / name
    path.write_bytes(html.encode(encoding))
    return read_book(path, Progress())


def grid(sheet):
    return [row.values for row in sheet.rows]


@pytest.mark.parametrize("ending", OTHER)
def test_that_the_cells_of_a_workbook_keep_what_they_mean(ending):
    book = read(f"traits.{ending}")

    assert book.format is BookFormat(ending)
    first = book.sheets[0]
    assert [row.number for row in first.rows] == [1, 3, 4, 5, 6, 7]
    assert first.row(4).values == (
        "Мобилтест ООД",
        date(2021, 11, 16),
        830.5,
        1067,
        0.25,
        time(9, 30),
        timedelta(hours=37, minutes=30),
        True,
        "zweite\nZeile",
        "see",
    )
    assert first.row(5).values[8] == "=not a formula"
    assert first.row(6).values[1] == datetime(2022, 2, 28, 14, 15)
    assert first.row(7).values[2:] == (1925.5, CellError("#DIV/0!"), CellError("#N/A"))


@pytest.mark.parametrize("ending", OTHER)
def test_that_the_cells_of_a_workbook_keep_how_they_look(ending):
    first = read(f"traits.{ending}").sheets[0]

    assert first.cell(4, 3).shown == "01067"
    assert first.cell(4, 2).look.format is NumberFormat.NUMBER
    assert "€" in first.cell(4, 2).look.code
    assert first.cell(4, 4).look.format is NumberFormat.PERCENT
    assert first.cell(4, 6).look.format is NumberFormat.DURATION
    assert first.cell(4, 0).look.fill
    assert not first.cell(5, 0).look.fill
    assert first.cell(3, 0).look.bold
    assert not first.cell(5, 0).look.bold
    assert Mark.STRUCK in first.cell(6, 0).look.marks
    assert first.cell(4, 0).comment == "bitte prüfen"
    assert first.cell(4, 9).link == "https://example.org/a"


@pytest.mark.parametrize("ending", OTHER)
def test_that_what_is_merged_or_hidden_is_known(ending):
    first, hidden, far = read(f"traits.{ending}").sheets

    assert first.merged == (Area(1, 0, 1, 4),)
    assert first.hidden_rows == {5}
    assert first.hidden_columns == {4}
    assert hidden.visibility is Visibility.HIDDEN
    assert [(row.number, row.values) for row in far.rows] == [(40, (None, None, "far"))]


@pytest.mark.parametrize("ending", OTHER)
def test_that_rows_behind_a_filter_are_read_and_told(ending):
    first = read(f"filtered.{ending}").sheets[0]

    assert [values[0] for values in grid(first)] == ["Country", "DE", "ES", "DE", "BG"]
    assert first.filtered_rows == {3, 5}
    assert Mark.PARTLY_STRUCK in first.cell(2, 2).look.marks


@pytest.mark.parametrize("ending", OTHER)
def test_that_only_the_rows_wanted_are_read(ending):
    first = read(f"traits.{ending}", rows=2).sheets[0]

    assert [row.number for row in first.rows] == [1, 3]
    assert not first.whole


@pytest.mark.parametrize("ending", OTHER)
def test_that_a_workbook_larger_than_read_is_refused(ending):
    with pytest.raises(Trouble, match="more than 4 rows"):
        read(f"traits.{ending}", limits=Limits(rows=4))


@pytest.mark.parametrize("ending", OTHER)
@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_that_a_workbook_cut_off_is_refused(tmp_path, ending, keep):
    whole = (FILES / f"traits.{ending}").read_bytes()
    path = tmp_path / f"List.{ending}"
    path.write_bytes(whole[: int(len(whole) * keep)])

    with pytest.raises(Trouble) as trouble:
        read_book(path, Progress())
    assert trouble.value.hint


@pytest.mark.parametrize("ending", OTHER)
def test_that_a_locked_workbook_opens_with_its_password(ending):
    book = read(f"locked.{ending}", choice=FileChoice(password="geheim"))

    assert book.format is BookFormat(ending)
    assert grid(book.sheets[0])[1][:2] == ("DE", 0)


@pytest.mark.parametrize("ending", OTHER)
@pytest.mark.parametrize("password", [None, "", "Geheim"])
def test_that_a_locked_workbook_stays_shut_without_it(ending, password):
    with pytest.raises(PasswordNeeded) as trouble:
        read(f"locked.{ending}", choice=FileChoice(password=password))
    assert f"locked.{ending}" in trouble.value.sentence


def test_that_a_locked_workbook_of_today_opens_with_its_password(tmp_path):
    plain = tmp_path / "plain.xlsx"
    made = Workbook()
    made.active.append(["Visitor", 7])
    made.save(plain)
    path = tmp_path / "List.xlsx"
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("Grüße 1", target)

    with pytest.raises(PasswordNeeded, match="protected by a password"):
        read_book(path, Progress())
    with pytest.raises(PasswordNeeded, match="does not open"):
        read_book(path, Progress(), choice=FileChoice(password="grüße 1"))
    book = read_book(path, Progress(), choice=FileChoice(password="Grüße 1"))
    assert grid(book.sheets[0]) == [("Visitor", 7)]


@pytest.mark.parametrize("name", ["traits.xls", "traits.ods"])
def test_that_a_password_for_what_is_not_locked_does_no_harm(name):
    book = read(name, choice=FileChoice(password="geheim"))

    assert book.sheets[0].row(4).values[0] == "Мобилтест ООД"


def open_document(path, content, more=None):
    """An OpenDocument workbook with this inside of its only table."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(
        f'xmlns:{name}="{office}:{name}:1.0"' for name in ("office", "table", "text", "style")
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="T">{content}</table:table>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}>{body}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
        for name, inside in (more or {}).items():
            archive.writestr(name, inside)
    return path


def table_read(tmp_path, content):
    return read_book(open_document(tmp_path / "List.ods", content), Progress()).sheets[0]


def text_cell(text, more=""):
    inside = f"<text:p>{text}</text:p>"
    return f'<table:table-cell office:value-type="string" {more}>{inside}</table:table-cell>'


def test_that_repeated_cells_and_rows_stand_where_they_belong(tmp_path):
    found = table_read(
        tmp_path,
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="2"/>'
        f'{text_cell("x", more="""table:number-columns-repeated="2" """)}'
        '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048571"><table:table-cell/>'
        "</table:table-row>",
    )

    assert [(row.number, row.values) for row in found.rows] == [
        (4, (None, None, "x", "x")),
        (5, (None, None, "x", "x")),
    ]


def test_that_rows_in_groups_and_headings_are_rows(tmp_path):
    found = table_read(
        tmp_path,
        f"<table:table-header-rows><table:table-row>{text_cell('head')}</table:table-row>"
        "</table:table-header-rows><table:table-row-group><table:table-row-group>"
        f"<table:table-row>{text_cell('inside')}</table:table-row>"
        "</table:table-row-group></table:table-row-group>",
    )

    assert grid(found) == [("head",), ("inside",)]


def test_that_blanks_and_breaks_in_a_cell_are_kept(tmp_path):
    text = 'a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d<text:span>e</text:span>f'

    assert grid(table_read(tmp_path, f"<table:table-row>{text_cell(text)}</table:table-row>")) == [
        ("a   b\tc\ndef",)
    ]


def test_that_a_million_rows_with_content_in_one_line_are_refused(tmp_path):
    row = (
        f'<table:table-row table:number-rows-repeated="1000000">{text_cell("x")}</table:table-row>'
    )

    with pytest.raises(Trouble, match="more than 200000 rows"):
        table_read(tmp_path, row)


def test_that_a_row_of_endless_cells_is_refused(tmp_path):
    cell = text_cell("x", more='table:number-columns-repeated="999999999"')

    with pytest.raises(Trouble, match="damaged"):
        table_read(tmp_path, f"<table:table-row>{cell}</table:table-row>")


def test_that_text_nested_without_end_is_refused(tmp_path):
    deep = "<text:span>" * 400 + "x" + "</text:span>" * 400

    with pytest.raises(Trouble, match="meant to do harm"):
        table_read(tmp_path, f"<table:table-row>{text_cell(deep)}</table:table-row>")


def test_that_a_document_type_is_refused(tmp_path):
    path = tmp_path / "List.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')

    with pytest.raises(Trouble, match="meant to do harm"):
        read_book(path, Progress())


def test_that_macros_are_told(tmp_path):
    path = tmp_path / "List.ods"
    row = f"<table:table-row>{text_cell('x')}</table:table-row>"
    open_document(path, row, {"Basic/script-lc.xml": "<x/>"})

    assert read_book(path, Progress()).notes == (
        "The workbook contains macros. They are never run.",
    )


def test_that_the_tables_of_a_page_are_read_as_shown(tmp_path):
    book = page(
        tmp_path,
        "<html><body><table><caption>Stays</caption>"
        "<tr><th colspan=2>Who<th>Sum"
        "<tr><td rowspan=2>Fl&auml;che  1<td>1.100,00&nbsp;&euro;<td><a href='https://e.example'>a</a>"
        "<tr><td>one<br>two<td><s>gone</s>"
        "</table><p>text<table><tr><td>=1+1</table></body></html>",
    )

    first, second = book.sheets
    assert book.format is BookFormat.HTML
    assert (first.name, second.name) == ("Stays", "Table 2")
    assert grid(first) == [
        ("Who", None, "Sum"),
        ("Fläche 1", "1.100,00\xa0€", "a"),
        (None, "one\ntwo", "gone"),
    ]
    assert first.merged == (Area(1, 0, 1, 1), Area(2, 0, 3, 0))
    assert first.cell(1, 0).look.bold
    assert Mark.PARTLY_STRUCK in first.cell(3, 2).look.marks
    assert first.cell(2, 2).link == "https://e.example"
    assert grid(second) == [("=1+1",)]


def test_that_a_page_is_read_in_the_encoding_it_names(tmp_path):
    html = "<meta charset=windows-1251><table><tr><td>Обмени</table>"

    book = page(tmp_path, html, "cp1251")

    assert grid(book.sheets[0]) == [("Обмени",)]
    assert book.text is not None
    assert book.text.certain


def test_that_a_guessed_encoding_of_a_page_is_told(tmp_path):
    html = "<table><tr><td>Straße der Münzprägung</table>"

    book = page(tmp_path, html, "cp1252")

    assert grid(book.sheets[0]) == [("Straße der Münzprägung",)]
    assert book.text is not None
    assert not book.text.certain
    assert book.text.encoding == "cp1252"


def test_that_a_page_without_a_table_is_refused(tmp_path):
    with pytest.raises(Trouble, match="a web page without a table"):
        page(tmp_path, "<html><body><p>Nothing</body></html>")


def test_that_spans_beyond_all_measure_do_no_harm(tmp_path):
    cells = "<td colspan=999999 rowspan=999999>x" * 3

    with pytest.raises(Trouble):
        page(tmp_path, f"<table><tr>{cells}</table>")


@pytest.mark.parametrize("ending", ["txt", "csv", "xlsx"])
def test_that_the_name_of_a_file_decides_nothing(tmp_path, ending):
    path = shutil.copy(FILES / "traits.xls", tmp_path / f"List.{ending}")

    assert read_book(Path(path), Progress()).format is BookFormat.XLS
