"""All ways in which we write workbooks, against the schemas of the standard."""

import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from smartct_desktop.domain.book import BookFormat
from smartct_desktop.domain.charts import Chart, Drawn, Mark, Series, Tone
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Column, Kind, Purpose, Total
from smartct_desktop.spreadsheets.marking import write_marked
from smartct_desktop.spreadsheets.marking_list import CellMark, CorrectionSheet, ListLine
from smartct_desktop.spreadsheets.template_cells import CellFilling
from smartct_desktop.spreadsheets.template_reading import read_template
from smartct_desktop.spreadsheets.template_writing import write_filled
from tests.spreadsheets.rich_template import rich_template
from tests.spreadsheets.schema import breaches, breaches_of
from tests.spreadsheets.workbooks import read_here
from tests.spreadsheets.written import partnership, table, written

COLUMNS = (
    Column("record_id", Kind.ID),
    Column("Visitor", total=Total.COUNT, note="Who <travels> & why"),
    Column("Start", Kind.DAY),
    Column("At", Kind.TIME),
    Column("Sent", Kind.MOMENT),
    Column("Days", Kind.NUMBER, places=1, total=Total.SUM, marks=(Mark(Tone.WARNING, above=3),)),
    Column("Due", Kind.MONEY, total=Total.SUM, shaded=True),
    Column("Counted", Kind.FLAG, marks=(Mark(Tone.ERROR, text="no"),)),
    Column("Page", Kind.LINK),
)
ROWS = (
    ("a", "=1+1", date(2022, 3, 7), time(9, 30), datetime(2022, 3, 7, 9), Decimal(5), 83000, True,
     "https://x.example/?a=1&b=2"),
    ("b", " \t_x0041_\x01\n😀 ", "03/2022", "noon", None, 1.5, -1, False, "mailto:a@b.example"),
    ("c", "x" * 40_000, date(1871, 1, 1), None, None, 10**17, None, "unknown", "no address"),
    (None,) * 9,
)  # fmt: skip
DRAWN = Chart("Days", "Visitor", (Series("Days", Drawn.COLUMNS), Series("Due", Drawn.LINE)), rows=2)

BARS = Series("Due", Drawn.BARS)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """A workbook with all kinds of columns, on paper and for programs, and an empty sheet."""
    path = tmp_path_factory.mktemp("schema") / "all.xlsx"
    printed = table(COLUMNS, ROWS, purpose=Purpose.PRINT, charts=(DRAWN,), closing=("Signed",))
    bars = table(COLUMNS, ROWS, "Bars", charts=(Chart("Due", "Visitor", (BARS,)),))
    written(path, printed, bars, table(COLUMNS, [], "None", purpose=Purpose.PRINT), **partnership())
    return path


def test_that_a_workbook_with_everything_keeps_to_the_schemas(workbook):
    assert breaches(workbook) == []


def test_that_a_streamed_workbook_keeps_to_the_schemas(tmp_path):
    path = tmp_path / "long.xlsx"
    written(path, table(COLUMNS, iter(ROWS), purpose=Purpose.PRINT, expected=50_000))
    with zipfile.ZipFile(path) as parts:
        assert b"inlineStr" in parts.read("xl/worksheets/sheet2.xml")
    assert breaches(path) == []


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("worksheets/sheet2.xml", b"<sheetData>", b"<hyperlinks/><sheetData>"),
        ("worksheets/sheet3.xml", b'orientation="landscape"', b'orientation="sideways"'),
        ("worksheets/sheet2.xml", b'<c r="', b'<c place="'),
        ("tables/table1.xml", b' displayName="', b' shownName="'),
        ("charts/chart1.xml", b"<c:axId val=", b"<c:axis val="),
        ("drawings/drawing1.xml", b"<xdr:from>", b"<xdr:start/><xdr:from>"),
        ("comments1.xml", b"<authors>", b"<authors/><authors>"),
        ("styles.xml", b'<patternFill patternType="none"', b'<patternFill patternType="zebra"'),
        ("workbook.xml", b'sheetId="1"', b'sheetId="one"'),
        ("sharedStrings.xml", b"<si>", b"<text/><si>"),
        ("theme/theme1.xml", b"<a:clrScheme", b"<a:colors/><a:clrScheme"),
    ],
)
def test_that_the_schemas_refuse_what_they_forbid(workbook, part, before, after):
    with zipfile.ZipFile(workbook) as parts:
        content = parts.read(f"xl/{part}")
    assert before in content
    assert breaches_of(part, content) == []
    assert breaches_of(part, content.replace(before, after, 1))


def test_that_a_part_without_a_schema_is_told():
    assert breaches_of("xl/media/image1.png", b"")


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_that_a_workbook_with_our_corrections_keeps_to_the_schemas(tmp_path, workbook, ending):
    source = workbook
    if ending == ".csv":
        source = tmp_path / "list.csv"
        source.write_text('Name;Start\n"Two\nlines";=1+1\nAdler;01.02.2022\n', encoding="utf-8")
    form = BookFormat.TEXT if ending == ".csv" else BookFormat.XLSX
    book = read_here(source, form=form)
    name = book.sheets[0].name
    marks = [CellMark(name, 3, 1, "Which <day> & “month”?", refused=True)]
    marks += [CellMark(name, 9, 4, "Missing", refused=False)]
    lines = tuple(ListLine(name, one, "stands there", one.note, "R-1") for one in marks)
    headings = ("Sheet", "Cell", "Value", "Instead", "Rule")
    listed = CorrectionSheet("Corrections", "Title", "Go on", "sign", "We: ", headings, lines)
    target = tmp_path / "corrected.xlsx"

    write_marked(source, book, marks, listed, target, Progress())

    assert breaches(target) == []


def test_that_filling_a_template_brings_nothing_that_the_schemas_refuse(tmp_path):
    form = rich_template(tmp_path / "form.xlsm")
    cells = [CellFilling(3, 1, date(2022, 9, 1)), CellFilling(4, 1, Decimal("118450.50"))]
    cells += [CellFilling(30, 5, " =1+1\n"), CellFilling(31, 5, True)]

    filled = write_filled(
        form, read_template(form, Progress()), {"Form": cells}, (), tmp_path / "filled.xlsm",
        Progress(),
    )  # fmt: skip

    assert breaches(filled) == breaches(form)
