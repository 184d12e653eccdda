"""What is read of binary and XML workbooks, web archives and pages, and how others are refused.

The workbooks beside this file bear the name of the program that wrote them: SheetJS 0.18.5,
xlwt 1.3.0, LibreOffice 7.4.
"""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from smartct_desktop.domain.book import Area, BookFormat, CellError, Mark, NumberFormat, Visibility
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.spreadsheets.container import recognise
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.request import FileChoice
from smartct_desktop.spreadsheets.worker import read_book
from tests.spreadsheets.workbooks import read_cells, read_here, workbook

FILES = Path(__file__).parent / "files"
SHEETJS = ["xlsb", "xml"]
FORMATS = {"xlsb": BookFormat.XLSB, "xml": BookFormat.SPREADSHEETML}


def read(path):
    """Read a file in this process, as whatever it is."""
    return read_here(path, form=recognise(path, path.name, Limits()))


def made(tmp_path, content, name="List.xls"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def grid(sheet):
    return [row.values for row in sheet.rows]


@pytest.mark.parametrize("ending", SHEETJS)
def test_that_cells_and_facts_of_another_program_are_read(ending):
    book = read_book(FILES / f"written_by_sheetjs.{ending}", Progress())

    first, hidden = book.sheets
    assert book.format is FORMATS[ending]
    assert first.name == "Обмени"
    assert hidden.visibility is Visibility.HIDDEN
    assert grid(first)[1] == (
        "A-1",
        "Müller & Söhne",
        date(2021, 11, 16),
        830.5,
        0.25,
        time(9, 30),
        datetime(2021, 11, 16, 14, 15),
    )
    assert first.row(3).values == ("A-2", "Мобилтест", date(1900, 1, 5), 1067)
    assert first.merged == (Area(5, 0, 6, 2),)
    assert first.hidden_rows == {3}
    assert first.hidden_columns == {4}
    assert first.comments == {(2, 0): "bitte prüfen"}
    assert first.cell(2, 3).look.format is NumberFormat.NUMBER
    assert "€" in first.cell(2, 3).look.code


@pytest.mark.parametrize("ending", SHEETJS)
@pytest.mark.parametrize("keep", [0.35, 0.7, 0.95])
def test_that_a_file_cut_off_is_refused(tmp_path, ending, keep):
    whole = (FILES / f"written_by_sheetjs.{ending}").read_bytes()

    with pytest.raises(Trouble) as trouble:
        read(made(tmp_path, whole[: int(len(whole) * keep)]))
    assert trouble.value.hint


@pytest.mark.parametrize("ending", SHEETJS)
def test_that_only_the_rows_wanted_are_read(ending):
    path = FILES / f"written_by_sheetjs.{ending}"
    first = read_here(path, rows=2, form=FORMATS[ending]).sheets[0]

    assert [row.number for row in first.rows] == [1, 2]
    assert not first.whole


@pytest.mark.parametrize("ending", SHEETJS)
def test_that_a_workbook_larger_than_read_is_refused(ending):
    path = FILES / f"written_by_sheetjs.{ending}"

    with pytest.raises(Trouble, match="more than 2 rows"):
        read_here(path, limits=Limits(rows=2), form=FORMATS[ending])


SPREADSHEETML = """<?xml version="1.0" encoding="windows-1251"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:h="http://www.w3.org/TR/REC-html40">
 <x:ExcelWorkbook>{base}</x:ExcelWorkbook>
 <Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>
 <Style ss:ID="s"><Font ss:StrikeThrough="1" ss:Bold="1"/></Style></Styles>
 <Worksheet ss:Name="Данни"><Table><Column ss:Index="2" ss:StyleID="d"/>
 <Row ss:Index="3"><Cell><Data ss:Type="String">Ред</Data></Cell>
  <Cell><Data ss:Type="Number">42000</Data></Cell>
  <Cell ss:Index="5" ss:StyleID="s"><Data ss:Type="String">x</Data></Cell></Row>
 <Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">830<Sup>1</Sup> and
 <S>old</S></ss:Data><Comment><ss:Data>note</ss:Data></Comment></Cell>
  <Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell>
  <Cell ss:Formula="=B3"/></Row></Table>
 <x:WorksheetOptions><x:Visible>SheetVeryHidden</x:Visible></x:WorksheetOptions>
 <x:AutoFilter x:Range="R3C1:R9C3"/></Worksheet></Workbook>"""


@pytest.mark.parametrize(
    ("base", "day"), [("", date(2014, 12, 27)), ("<x:Date1904/>", date(2018, 12, 28))]
)
def test_that_an_xml_workbook_keeps_its_facts(tmp_path, base, day):
    book = read(made(tmp_path, SPREADSHEETML.format(base=base).encode("cp1251")))

    (only,) = book.sheets
    assert book.dates_from_1904 is bool(base)
    assert only.visibility is Visibility.VERY_HIDDEN
    assert only.row(3).values == ("Ред", day, None, None, "x")
    assert Mark.STRUCK in only.cell(3, 4).look.marks
    assert only.cell(4, 0).value == "830¹ and\n old"
    assert Mark.PARTLY_STRUCK in only.cell(4, 0).look.marks
    assert only.cell(4, 1).value == CellError("#DIV/0!")
    assert Mark.NO_RESULT in only.cell(4, 2).look.marks
    assert not only.cell(4, 2).blank
    assert only.comments == {(4, 0): "note"}
    assert only.filter_area == Area(3, 0, 9, 2)


@pytest.mark.parametrize(
    "inside",
    [
        '<Row ss:Index="9999999"><Cell/></Row>',
        '<Row ss:Index="2"><Cell/></Row><Row ss:Index="2"><Cell/></Row>',
        '<Row><Cell ss:Index="99999"/></Row>',
        '<Row><Cell ss:Index="2"/><Cell ss:Index="1"/></Row>',
        '<Row><Cell ss:MergeAcross="-1"/></Row>',
    ],
)
def test_that_places_that_are_none_are_refused(tmp_path, inside):
    head = '<Workbook xmlns="{0}" xmlns:ss="{0}"><Worksheet ss:Name="A"><Table>'
    head = head.format("urn:schemas-microsoft-com:office:spreadsheet")
    path = made(tmp_path, f'<?xml version="1.0"?>{head}{inside}</Table></Worksheet></Workbook>')

    with pytest.raises(Trouble, match="damaged"):
        read(path)


def test_that_an_xml_workbook_with_entities_is_refused(tmp_path):
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    path = made(tmp_path, SPREADSHEETML.format(base="&b;").replace("<?mso", f"{bomb}<?mso", 1))

    with pytest.raises(Trouble, match="meant to do harm"):
        read(path)


ARCHIVE = """MIME-Version: 1.0
X-Document-Type: Workbook
Content-Type: multipart/related; boundary="----=_Next"

------=_Next
Content-Location: file:///C:/Book.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="us-ascii"

<html><frameset><frame src=3D"sheet001.htm"></frameset></html>

------=_Next
Content-Location: file:///C:/sheet001.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="windows-1250"

<html><body><table><tr><td>P=F8=EDjemce</td><td>830,50</td></tr></table></body></html>

------=_Next--
"""


def test_that_the_tables_of_a_web_archive_are_read(tmp_path):
    book = read(made(tmp_path, ARCHIVE, "List.mht"))

    assert book.format is BookFormat.MHT
    assert [grid(sheet) for sheet in book.sheets] == [[("Příjemce", "830,50")]]


def test_that_a_web_archive_that_names_no_encoding_is_told(tmp_path):
    path = made(tmp_path, ARCHIVE.replace('; charset="windows-1250"', ""), "List.mht")
    book = read(path)
    chosen = read_here(path, form=BookFormat.MHT, choice=FileChoice(encoding="cp1250"))

    assert book.text is not None
    assert not book.text.certain
    assert chosen.text is not None
    assert chosen.text.encoding == "cp1250"
    assert grid(chosen.sheets[0]) == [("Příjemce", "830,50")]


def test_that_a_web_archive_without_a_table_is_refused(tmp_path):
    path = made(tmp_path, ARCHIVE.replace("table", "div"), "List.mht")

    with pytest.raises(Trouble, match="without a table"):
        read(path)


def test_that_comments_of_a_page_are_no_part_of_its_cells(tmp_path):
    page = "<html><table><tr><td><comment>please check</comment>A-1</td></tr></table></html>"
    (only,) = read(made(tmp_path, page)).sheets

    assert grid(only) == [("A-1",)]
    assert only.comments == {(1, 0): "please check"}


def test_that_a_raised_digit_is_no_figure_of_an_amount(tmp_path):
    page = "<html><table><tr><td>830<sup>1</sup></td><td>m<sup>2</sup></td></tr></table></html>"
    (only,) = read(made(tmp_path, page)).sheets
    run = "<r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>"
    cell = f"<row r='1'><c r='A1' t='inlineStr'><is><r><t>830</t></r>{run}</is></c></row>"

    assert grid(only) == [("830¹", "m²")]
    assert grid(read_cells(tmp_path, cell)) == [("830¹",)]


def test_that_raised_digits_of_an_old_workbook_are_told_from_others():
    notes = read(FILES / "lista_by_xlwt.xls").sheets[1]

    assert grid(notes) == [("830¹ 5",)]
    assert Mark.PARTLY_STRUCK in notes.cell(1, 0).look.marks


def test_that_raised_digits_of_an_open_document_are_told_from_others():
    (only,) = read(FILES / "raised_by_libreoffice.ods").sheets

    assert grid(only) == [("830¹ x",)]


OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("ID;PWXL;N;E\r\nP;PGeneral\r\n", "an exchange format of old"),
        ("TABLE\r\n0,1\r\n", "an exchange format of old"),
        (
            f'<?xml version="1.0"?><office:document office:mimetype="{OPEN_DOCUMENT}">',
            "a flat OpenDocument workbook",
        ),
    ],
)
def test_that_other_tables_are_refused_by_their_name(tmp_path, content, what):
    with pytest.raises(Trouble, match=what) as trouble:
        read(made(tmp_path, content))
    assert "save it as .xlsx" in trouble.value.hint


def test_that_a_list_with_a_column_id_is_a_list(tmp_path):
    book = read(made(tmp_path, "ID;Partner\r\n1;Adler\r\n", "List.slk"))

    assert grid(book.sheets[0]) == [("ID", "Partner"), ("1", "Adler")]


def test_that_a_workbook_of_today_is_read_under_any_of_these_names(tmp_path):
    path = workbook(tmp_path / "List.xlsb", {"A": "<sheetData/>"})

    assert read(path).format is BookFormat.XLSX
