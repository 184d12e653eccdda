"""Filling cells of a funder's workbook: what is not filled stays byte for byte."""

import datetime as dt
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.spreadsheets.template_cells import CellFilling
from smartct_desktop.spreadsheets.template_parts import Kept
from smartct_desktop.spreadsheets.template_reading import BRACES, read_template
from smartct_desktop.spreadsheets.template_writing import write_filled
from tests.spreadsheets.rich_template import INJECTED, rich_template
from tests.spreadsheets.workbooks import (
    STRICT,
    STRICT_RELATIONS,
    new_book,
    parts_of,
    sheet,
    zipped,
)

FEATURES = (
    *(b"<sparkline>", b"<x14:sparkline>", b"<cfRule ", b"<x14:cfRule ", b"<dataValidation "),
    *(b"<mergeCell ", b"<hyperlink ", b"<legacyDrawing ", b"<legacyDrawingHF ", b"<drawing "),
    *(b"<sheetProtection ", b"<headerFooter", b"<pane ", b"<outlinePr", b"<control "),
)


@pytest.fixture
def fill(tmp_path):
    """Fill cells of a sheet, given by their names; gives the path of the new workbook."""

    def fill_(path, cells, name="Form"):
        template = read_template(path, Progress())
        found = []
        for cell, value in cells.items():
            letters, number = re.fullmatch(r"([A-Z])(\d+)", cell).groups()
            given = value if isinstance(value, dict) else {"value": value}
            found.append(CellFilling(int(number), ord(letters) - ord("A"), **given))
        target = tmp_path / f"filled{template.suffix}"
        return write_filled(path, template, {name: found}, (), target, Progress())

    return fill_


@pytest.fixture
def simple(tmp_path):
    """A workbook of one sheet "Form" with these cells."""

    def make(cells):
        path = tmp_path / "simple.xlsx"
        workbook = new_book(path)
        form = workbook.add_worksheet("Form")
        for cell, value in cells.items():
            form.write(cell, value)
        workbook.close()
        return path

    return make


def changed(before, after):
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        assert old.namelist() == new.namelist()
        return {name for name in old.namelist() if old.read(name) != new.read(name)}


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_that_of_a_rich_form_only_the_filled_sheet_changes(tmp_path, fill):
    path = rich_template(tmp_path / "form.xlsm")
    filled = fill(path, {"B3": dt.date(2022, 9, 1), "B4": Decimal("118450.50")})

    assert changed(path, filled) == {"xl/worksheets/sheet1.xml"}
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(filled) as new:
        assert len(old.namelist()) >= 30
        assert set(INJECTED) <= set(new.namelist())
        before, after = (z.read("xl/worksheets/sheet1.xml") for z in (old, new))
    assert [after.count(one) for one in FEATURES] == [before.count(one) for one in FEATURES]
    assert sum(one in before for one in FEATURES) >= 12
    form = openpyxl.load_workbook(filled)["Form"]
    assert form["B3"].value == dt.datetime(2022, 9, 1)
    assert form["B4"].value == 118450.5
    assert form["B5"].value == "=B4*2"
    assert form["B4"].comment.text == "in euro"


def test_that_everything_beside_the_cells_is_told_before(tmp_path):
    kept = read_template(rich_template(tmp_path / "form.xlsm"), Progress()).kept
    assert set(Kept) - set(kept) == set()
    assert kept[Kept.SPARKLINES] == 2
    assert kept[Kept.LISTS] == 2


def test_that_results_of_formulas_go_and_sums_that_are_known_are_written(tmp_path, fill):
    path = tmp_path / "form.xlsx"
    workbook = new_book(path)
    form = workbook.add_worksheet("Form")
    form.write_column("A1", [1, 2.25, "three"])
    form.write_formula("A5", "=SUM(A1:A4)", None, 999)
    form.write_formula("B1", "=A1&A5", None, "old")
    form.write_formula("B2", "=SUM(A1:A5)", None, 999)
    workbook.close()
    shown = openpyxl.load_workbook(fill(path, {"A4": 40}), data_only=True)["Form"]
    assert shown["A5"].value == 43.25
    assert shown["B1"].value is None
    assert shown["B2"].value is None


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ('<calcPr calcId="1" calcMode="manual"/>', b'calcMode="manual" fullCalcOnLoad="1"/>'),
        ("", b'<calcPr fullCalcOnLoad="1"/></workbook>'),
        ("<extLst/>", b'<calcPr fullCalcOnLoad="1"/><extLst/></workbook>'),
    ],
)
def test_that_programs_are_asked_to_count_in_every_kind_of_workbook(tmp_path, fill, main, expected):
    inside = sheet('<row r="1"><c r="A1"><f>1+1</f><v>3</v></c></row>')
    parts = parts_of({"Form": inside})
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</workbook>", f"{main}</workbook>")
    filled = fill(zipped(tmp_path / "f.xlsx", parts), {"B1": "x"})
    with zipfile.ZipFile(filled) as made:
        assert expected in made.read("xl/workbook.xml")
        assert b"<v>3</v>" not in made.read("xl/worksheets/sheet1.xml")


def test_that_a_day_is_shown_as_a_day_whatever_the_cell_was(tmp_path, fill):
    path = tmp_path / "form.xlsx"
    workbook = new_book(path)
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    yellow = workbook.add_format({"bg_color": "#FFFF00", "num_format": "0.00"})
    form = workbook.add_worksheet("Form")
    form.write_blank("A1", None, day)
    form.write_blank("B1", None, yellow)
    form.set_column("D:D", 20, yellow)
    workbook.close()
    places = ("A1", "B1", "D1", "D9")
    early = {"C1": dt.date(1890, 1, 1)}
    filled = fill(path, {cell: dt.date(2022, 3, 14) for cell in places} | early)
    form = openpyxl.load_workbook(filled)["Form"]
    assert [form[cell].value for cell in places] == [dt.datetime(2022, 3, 14)] * 4
    assert form["A1"].number_format == "yyyy-mm-dd"
    assert [form[c].fill.fgColor.rgb for c in ("B1", "D1", "D9")] == ["FFFFFF00"] * 3
    assert form["C1"].value == "01.01.1890"


def test_that_days_are_right_in_workbooks_that_count_from_1904(tmp_path, fill):
    path = tmp_path / "form.xlsx"
    workbook = new_book(path, date_1904=True)
    workbook.add_worksheet("Form")
    workbook.close()
    filled = fill(path, {"A1": dt.date(2022, 3, 14)})
    assert openpyxl.load_workbook(filled)["Form"]["A1"].value == dt.datetime(2022, 3, 14)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@x", '<b> & "q" \']]>', " space ", "_x0041_", "two\nlines", "Зелена 👩‍👩‍👧", "0049"],
)
def test_that_texts_stay_texts_letter_for_letter(simple, fill, text):
    filled = fill(simple({"A1": "old"}), {"A1": text, "B2": text})
    cells = read_template(filled, Progress()).sheets[0].cells
    assert [cells[1, 0].text, cells[2, 1].text] == [text, text]
    form = openpyxl.load_workbook(filled)["Form"]
    assert {form["A1"].data_type, form["B2"].data_type} == {"s"}


def test_that_a_share_is_shown_in_percent_and_nothing_clears_a_cell(simple, fill):
    filled = fill(
        simple({"A1": 5, "B1": "old"}),
        {"A1": {"value": Decimal("0.525"), "share": True}, "B1": None},
    )
    form = openpyxl.load_workbook(filled)["Form"]
    assert (form["A1"].value, form["A1"].number_format) == (0.525, "0.0%")
    assert form["B1"].value is None


def test_that_a_text_in_several_looks_keeps_them(tmp_path, fill):
    path = tmp_path / "form.xlsx"
    workbook = new_book(path)
    bold = workbook.add_format({"bold": True})
    form = workbook.add_worksheet("Form")
    form.write_rich_string("A1", "From ", bold, "{{per", "iod}} on & off")
    workbook.close()
    cell = read_template(path, Progress()).sheets[0].cells[1, 0]
    found = BRACES.search(cell.text)
    changes = [(found.start(), found.end(), "2021 & 2022")]
    filled = fill(path, {"A1": {"value": "", "rich": cell.rich, "changes": changes}})
    text = openpyxl.load_workbook(filled, rich_text=True)["Form"]["A1"].value
    assert str(text) == "From 2021 & 2022 on & off"
    assert [one.text for one in text if not isinstance(one, str) and one.font.b] == ["2021 & 2022"]


@pytest.mark.parametrize(
    "more", [{"prefix": "x:"}, {"main": STRICT, "relations": STRICT_RELATIONS}]
)
def test_that_prefixes_and_strict_workbooks_are_filled(tmp_path, fill, more):
    inside = sheet('<row r="2"><c r="A2"><v>1</v></c></row>')
    path = zipped(tmp_path / "f.xlsx", parts_of({"Form": inside}, **more))
    filled = fill(path, {"A1": "x", "A2": 2, "B2": dt.date(2022, 3, 14)})
    sheets = read_template(filled, Progress()).sheets[0]
    assert {place: cell.text or cell.number for place, cell in sheets.cells.items()} == {
        (1, 0): "x",
        (2, 0): 2,
        (2, 1): 44634,
    }


def test_that_a_pattern_becomes_an_ordinary_workbook(tmp_path, fill):
    parts = parts_of({"Form": sheet("")})
    types = parts["[Content_Types].xml"].replace(".sheet.main+xml", ".template.main+xml")
    path = zipped(tmp_path / "f.xltx", parts | {"[Content_Types].xml": types})
    filled = fill(path, {"A1": "x"})
    assert filled.suffix == ".xlsx"
    with zipfile.ZipFile(filled) as made:
        assert made.read("[Content_Types].xml").decode() == parts["[Content_Types].xml"]


def test_that_what_cannot_be_filled_says_what_to_do(tmp_path, simple):
    path = simple({"A1": 1})
    locked = tmp_path / "locked.xlsx"
    with path.open("rb") as file, locked.open("wb") as out:
        OOXMLFile(file).encrypt("secret", out)
    signed = tmp_path / "signed.xlsx"
    signed.write_bytes(path.read_bytes())
    with zipfile.ZipFile(signed, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    old = tmp_path / "old.csv"
    old.write_text("a;b\n1;2\n")
    for given, words in (
        (locked, "locked by a password"),
        (signed, "signed"),
        (old, "no workbook"),
    ):
        with pytest.raises(Trouble, match=words) as refused:
            read_template(given, Progress())
        assert refused.value.hint


def test_that_a_template_that_changed_meanwhile_is_refused(tmp_path, simple):
    path = simple({"A1": 1})
    template = read_template(path, Progress())
    path = simple({"A1": 2})
    target = tmp_path / "filled.xlsx"
    with pytest.raises(Trouble, match="has changed"):
        write_filled(path, template, {"Form": [CellFilling(1, 0, 3)]}, (), target, Progress())
    assert not target.exists()


def test_that_one_years_form_is_known_again_in_the_next(simple):
    marks = [
        read_template(simple(cells), Progress()).fingerprint()
        for cells in ({"A1": "Report 2022"}, {"A1": "Report 2023"}, {"A1": "Budget 2022"})
    ]
    assert marks[0] == marks[1] != marks[2]
