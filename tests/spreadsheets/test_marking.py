"""Marking cells in somebody's workbook: everything else stays as it was."""

import datetime as dt
import hashlib
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from smartct_desktop.domain.book import Book, BookFormat, CellError
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.spreadsheets.marking import write_marked
from smartct_desktop.spreadsheets.marking_list import CellMark, CorrectionSheet, ListLine
from smartct_desktop.spreadsheets.marking_styles import DOUBTFUL_FILL, REFUSED_FILL
from tests.services.importing.books import sheet
from tests.spreadsheets.workbooks import STRICT, STRICT_RELATIONS, new_book, parts_of, read_here

SIGN = "our sign"


def listed(marks, name="Corrections", **more):
    lines = tuple(
        ListLine(mark.sheet, mark, "what stands there", mark.note, "R-1") for mark in marks
    )
    headings = ("Sheet", "Cell", "Value", "Instead", "Rule")
    return CorrectionSheet(
        name, "Title", "How to go on", SIGN, "SmartCT: ", headings, lines, **more
    )


def mark(row, column, note="Type it again", *, sheet="List", refused=False):
    return CellMark(sheet, row, column, note, refused)


@pytest.fixture
def partners(tmp_path):
    """A workbook with a title over merged cells, comments, styles, formulas and a second sheet."""
    path = tmp_path / "partner.xlsx"
    workbook = new_book(path)
    head = workbook.add_format({"bold": True, "bg_color": "#DDEEFF", "border": 1})
    day = workbook.add_format({"num_format": "dd.mm.yyyy"})
    made = workbook.add_worksheet("List")
    other = workbook.add_worksheet("Other")
    made.merge_range("A1:D1", "Our exchanges", head)
    made.write_row(2, 0, ["Name", "Start", "Amount"], head)
    made.write_row(3, 0, ["Adler", "03/04/2022", 5])
    made.write_datetime(4, 1, dt.datetime(2022, 5, 1), day)
    made.write_formula("C6", "=SUM(C4:C5)", None, 5)
    made.write_comment("B4", "ask Eva")
    made.set_column("E:E", 30, head)
    made.autofilter("A3:C6")
    made.print_area("A1:C6")
    other.write("A1", "nothing to do with it")
    workbook.close()
    return path


@pytest.fixture
def marked(tmp_path):
    """Marks cells of a file; gives the path of the new workbook."""

    def make(path, *marks, name="corrected.xlsx", **more):
        form = BookFormat.TEXT if path.suffix == ".csv" else BookFormat.XLSX
        book = read_here(path, form=form)
        target = tmp_path / name
        write_marked(path, book, marks, listed(marks, **more), target, Progress())
        return target

    return make


def test_that_marked_cells_have_fill_and_note_and_keep_the_rest_of_their_look(partners, marked):
    found = openpyxl.load_workbook(
        marked(partners, mark(5, 1, "Which <day> & “month”?"), mark(3, 0, refused=True))
    )["List"]
    assert found["B5"].fill.fgColor.rgb == DOUBTFUL_FILL
    assert found["B5"].comment.text == "Which <day> & “month”?"
    assert found["B5"].number_format == "dd.mm.yyyy"
    assert found["B5"].value == dt.datetime(2022, 5, 1)
    assert found["A3"].fill.fgColor.rgb == REFUSED_FILL
    assert found["A3"].font.bold
    assert found["A3"].border.left.style == "thin"


def test_that_a_note_of_the_sender_stays_above_ours(partners, marked):
    found = openpyxl.load_workbook(marked(partners, mark(4, 1), mark(4, 2)))["List"]
    assert found["B4"].comment.text == "ask Eva\n\nType it again"
    assert found["C4"].comment.text == "Type it again"


def test_that_blank_cells_and_rows_are_made_with_the_look_of_their_column(partners, marked):
    path = marked(partners, mark(4, 4), mark(2, 1), mark(12, 6))
    found = openpyxl.load_workbook(path)["List"]
    assert [found[cell].fill.fgColor.rgb for cell in ("E4", "B2", "G12")] == [DOUBTFUL_FILL] * 3
    assert found["E4"].border.left.style == "thin"
    assert found["A4"].value == "Adler"
    assert found.dimensions == "A1:G12"


def test_that_cached_results_names_widths_and_merged_cells_stay(partners, marked):
    path = marked(partners, mark(4, 1))
    shown = openpyxl.load_workbook(path, data_only=True)
    kept = openpyxl.load_workbook(path)["List"]
    assert shown["List"]["C6"].value == 5
    assert kept["C6"].value == "=SUM(C4:C5)"
    assert kept.print_area == "'List'!$A$1:$C$6"
    assert kept.auto_filter.ref == "A3:C6"
    assert str(kept.merged_cells) == "A1:D1"
    assert kept.column_dimensions["E"].width == pytest.approx(30.7, abs=0.1)


def test_that_parts_without_a_mark_are_byte_for_byte_the_same(partners, marked):
    path = marked(partners, mark(4, 1))
    with zipfile.ZipFile(partners) as before, zipfile.ZipFile(path) as after:
        changed = {n for n in before.namelist() if before.read(n) != after.read(n)}
        new = set(after.namelist()) - set(before.namelist())
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments1.xml",
    }
    assert new == {"xl/worksheets/sheet3.xml"}


def test_that_the_list_stands_first_is_shown_first_and_leads_to_the_cells(partners, marked):
    workbook = openpyxl.load_workbook(marked(partners, mark(4, 1), mark(1, 0, sheet="Other")))
    assert workbook.sheetnames == ["Corrections", "List", "Other"]
    assert workbook.active.title == "Corrections"
    assert not workbook["List"].sheet_view.tabSelected
    first = workbook["Corrections"]
    assert first["A3"].value == SIGN
    assert [cell.value for cell in first[5]] == ["Sheet", "Cell", "Value", "Instead", "Rule"]
    assert [cell.value for cell in first[6]][:2] == ["List", "B4"]
    assert first["B7"].hyperlink.location == "'Other'!A1"


def test_that_a_sheet_that_bears_our_name_keeps_it(tmp_path, marked):
    path = tmp_path / "partner.xlsx"
    workbook = new_book(path)
    workbook.add_worksheet("corrections").write(0, 0, "theirs")
    workbook.close()
    found = openpyxl.load_workbook(marked(path, mark(1, 0, sheet="corrections")))
    assert found.sheetnames == ["Corrections (2)", "corrections"]


def test_that_our_reader_reads_the_same_cells_again(partners, marked):
    before = read_here(partners).sheets
    after = read_here(marked(partners, mark(4, 1), mark(9, 0))).sheets[1:]
    values = [[(row.number, row.values) for row in one.rows] for one in before]
    assert [[(row.number, row.values) for row in one.rows if any(row.values)] for one in after] == (
        values
    )


def test_that_hand_written_parts_with_prefixes_and_other_names_are_marked(tmp_path, marked):
    path = tmp_path / "odd.xlsx"
    rows = '<row><c t="n"><v>1</v></c><c><v>2</v></c></row><row r="4"/>'
    parts = parts_of(
        {"List": f"<sheetData>{rows}</sheetData>"},
        prefix="x:",
        main=STRICT,
        relations=STRICT_RELATIONS,
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    found = read_here(marked(path, mark(1, 1), mark(1, 3), mark(4, 0), mark(7, 2)))
    assert [one.name for one in found.sheets] == ["Corrections", "List"]
    assert found.sheets[1].row(1).values == (1, 2)
    assert found.sheets[1].row(1).look(1).fill == DOUBTFUL_FILL
    assert set(found.sheets[1].comments) == {(1, 1), (1, 3), (4, 0), (7, 2)}


def test_that_a_workbook_with_macros_keeps_them_and_its_ending(tmp_path, partners, marked):
    path = tmp_path / "partner.xlsm"
    with zipfile.ZipFile(partners) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            content = before.read(name).replace(
                b"openxmlformats-officedocument.spreadsheetml.sheet.main",
                b"ms-excel.sheet.macroEnabled.main",
            )
            after.writestr(name, content)
        after.writestr("xl/vbaProject.bin", b"macros")
    with pytest.raises(Trouble, match=r"ends in \.xlsm"):
        marked(path, mark(4, 1))
    found = marked(path, mark(4, 1), name="corrected.xlsm")
    with zipfile.ZipFile(found) as archive:
        assert archive.read("xl/vbaProject.bin") == b"macros"


def test_that_a_text_file_becomes_a_workbook_with_the_same_cells(tmp_path, marked):
    path = tmp_path / "list.csv"
    path.write_text('Name;Start\n"Two\nlines";=1+1\nAdler;01.02.2022\n', encoding="utf-8")
    found = openpyxl.load_workbook(marked(path, mark(4, 1, sheet=None)))
    cells = found["list"]
    assert [cell.value for cell in cells[2]] == ["Two\nlines", "=1+1"]
    assert cells["B2"].data_type == "s"
    assert cells["B4"].value == "01.02.2022"
    assert cells["B4"].fill.fgColor.rgb == DOUBTFUL_FILL
    assert found["Corrections"]["A6"].value == "list"


def test_that_a_workbook_of_another_format_keeps_values_merged_cells_and_comments(tmp_path):
    source = tmp_path / "old.xls"
    source.write_bytes(b"what an old program wrote")
    values = ["Adler", 12.5, 7, True, dt.date(2022, 3, 4), dt.datetime(2022, 3, 4, 10, 30)]
    values += [dt.time(9, 15), dt.timedelta(hours=30), CellError("#REF!"), 10**16]
    name = "A name that is longer than the names of sheets may be"
    one = sheet([["Heading"], values], name, merged=[(1, 0, 1, 2)], comments={(2, 0): "theirs"})
    content = hashlib.sha256(source.read_bytes()).hexdigest()
    book = Book(source.name, content, BookFormat.XLS, (one,))
    target = tmp_path / "corrected.xlsx"
    marks = [mark(2, 0, sheet=name)]
    write_marked(source, book, marks, listed(marks), target, Progress())
    again = read_here(target).sheets[1]
    assert again.row(2).values == (*values[:-1], str(10**16))
    assert [str(area) for area in again.merged] == ["A1:C1"]
    assert again.row(1).values[0] == "Heading"
    assert again.comments == {(2, 0): "theirs\n\nType it again"}


def test_that_a_file_that_has_changed_since_is_not_marked(partners, tmp_path):
    book = read_here(partners)
    partners.write_bytes(partners.read_bytes() + b"more")
    target = tmp_path / "corrected.xlsx"
    with pytest.raises(Trouble, match="has changed"):
        write_marked(partners, book, [mark(4, 1)], listed([]), target, Progress())
    assert not target.exists()


def test_that_what_is_locked_is_not_laid_open(partners, tmp_path):
    locked = tmp_path / "locked.xlsx"
    with partners.open("rb") as source, locked.open("wb") as made:
        OOXMLFile(source).encrypt("secret", made)
    content = hashlib.sha256(locked.read_bytes()).hexdigest()
    book = replace(read_here(partners), sha256=content)
    target = tmp_path / "corrected.xlsx"
    with pytest.raises(Trouble, match="locked by a password"):
        write_marked(locked, book, [mark(4, 1)], listed([]), target, Progress())
    assert not target.exists()


def test_that_the_file_itself_and_what_is_no_workbook_are_not_replaced(partners, tmp_path, marked):
    before = partners.read_bytes()
    with pytest.raises(Trouble, match="file itself"):
        marked(partners, mark(4, 1), name=partners.name)
    assert partners.read_bytes() == before
    document = tmp_path / "kept.xlsx"
    document.write_bytes(b"SQLite format 3")
    with pytest.raises(Trouble, match="no workbook"):
        marked(partners, mark(4, 1), name=document.name)
    assert document.read_bytes() == b"SQLite format 3"


def test_that_a_target_that_is_open_elsewhere_gets_a_second_name(partners, tmp_path):
    target = tmp_path / "corrections.xlsx"
    target.write_bytes(b"")
    (tmp_path / ".~lock.corrections.xlsx#").write_text("")
    marks = [mark(4, 1)]

    book = read_here(partners)
    written = write_marked(partners, book, marks, listed(marks), target, Progress())

    assert written == tmp_path / "corrections (2).xlsx"
    assert read_here(written).sheets
    assert target.read_bytes() == b""
