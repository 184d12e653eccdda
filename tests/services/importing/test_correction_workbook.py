"""The way of a correction workbook: out to the sender, corrected there, and in again."""

import datetime as dt
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations

from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.importing.correction_words import LIST_SIGN, NOTE_START
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.plan import Action, Outcome, Role
from smartct_desktop.services.importing.skipped import SkipReason
from tests.services.importing.books import EXCHANGE_HEADINGS, TODAY, exchange

GERMAN = [
    "Nr.",
    "Entsendende Organisation",
    "Land Entsender",
    "Aufnehmende Organisation",
    "Land Gastgeber",
    "Beginn",
    "Ende",
    "Arbeitstage",
    "Entfernung km",
    "Betrag EUR",
    "Status",
]


@pytest.fixture
def importer(clusters, facts):
    return Importer(clusters, facts, TODAY)


@pytest.fixture
def planned(importer):
    """Reads and plans a file; gives book and plan."""

    def make(path):
        book = importer.read(path, Progress())
        return book, importer.plan(book, {}, None, Progress())

    return make


@pytest.fixture
def send_back(importer, planned, tmp_path):
    """Imports a file and writes its corrections; gives their path and the number of cells."""

    def make(path):
        book, plan = planned(path)
        target = tmp_path / f"{path.stem} - corrections.xlsx"
        made = importer.write_corrections(plan, book, path, target, Progress())
        importer.commit(plan)
        return made.path, made.cells

    return make


def write(path, rows, *, headings=EXCHANGE_HEADINGS, above=()):
    """A partner's workbook: titles, headings with a fill, rows, days as days, one comment."""
    workbook = xlsxwriter.Workbook(path)
    bold = workbook.add_format({"bold": True, "bg_color": "#DDEEFF"})
    day = workbook.add_format({"num_format": "dd.mm.yyyy", "border": 1})
    sheet = workbook.add_worksheet("List")
    if above:
        sheet.merge_range(0, 0, 0, 4, above[0], bold)
    first = len(above)
    sheet.write_row(first, 0, headings, bold)
    for number, row in enumerate(rows, first + 1):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, column, value, day)
            elif value is not None:
                sheet.write(number, column, value)
    sheet.write_comment(first + 1, 0, "agreed by phone")
    workbook.close()
    return path


def fates(plan):
    return {(row.sheet, row.number): row.action for row in plan.rows}


def correct(path, **cells):
    """Type into cells of the sender's sheet, as the sender does."""
    workbook = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        workbook["List"][cell] = value
    workbook.save(path)


def write_in_place(path, cell, text):
    """Type into a cell without changing anything else of the file, as Excel would keep it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    found = re.search(rb'<c r="%b"[^>]*? s="(\d+)"[^>]*?(?:/>|>.*?</c>)' % cell, parts[name])
    new = b'<c r="%b" s="%b" t="inlineStr"><is><t>%b</t></is></c>' % (cell, found[1], text)
    parts[name] = parts[name].replace(found[0], new)
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def test_that_only_the_corrected_row_moves_when_the_file_comes_back(tmp_path, send_back, planned):
    rows = [
        exchange("A-1"),
        exchange("A-2", "Bauer Stahl GmbH", start=None),
        exchange("A-3", "Conrad Holz GmbH", ho="Clot Robots, S.L."),
    ]
    target, cells = send_back(write(tmp_path / "list.xlsx", rows, above=["Our exchanges", ""]))
    assert cells == 1
    correct(target, F5=dt.date(2021, 11, 15))
    _, again = planned(target)
    assert fates(again) == {
        ("List", 4): Action.SAME,
        ("List", 5): Action.ADD,
        ("List", 6): Action.SAME,
    }
    assert not again.open_questions


def test_that_an_uncorrected_file_asks_again_and_changes_nothing(tmp_path, send_back, planned):
    rows = [exchange("A-1"), exchange("A-2", "Bauer Stahl GmbH", status="irgendwie")]
    source = write(tmp_path / "list.xlsx", rows)
    _, before = planned(source)
    target, _ = send_back(source)
    _, again = planned(target)
    assert fates(again) == {("List", 2): Action.SAME, ("List", 3): Action.WAIT}
    assert [q.id for q in again.open_questions] == [q.id for q in before.open_questions]


def test_that_a_word_from_the_note_answers_the_question(tmp_path, send_back, planned):
    rows = [exchange("A-1"), exchange("A-2", "Bauer Stahl GmbH", status="irgendwie")]
    source = write(tmp_path / "liste.xlsx", rows, headings=GERMAN)
    target, _ = send_back(source)
    workbook = openpyxl.load_workbook(target)
    assert workbook.sheetnames == ["Korrekturen", "List"]
    note = workbook["List"]["K3"].comment.text
    assert note.startswith(NOTE_START)
    assert "abgeschlossen" in note
    correct(target, K3="abgeschlossen")
    _, again = planned(target)
    assert fates(again)["List", 3] is Action.ADD


def test_that_the_list_in_front_is_known_and_skipped_even_when_renamed(
    tmp_path, send_back, planned
):
    rows = [exchange("A-1"), exchange("A-2", "Bauer Stahl GmbH", start=None)]
    target, _ = send_back(write(tmp_path / "list.xlsx", rows))
    workbook = openpyxl.load_workbook(target)
    assert workbook.worksheets[0]["A3"].value == LIST_SIGN
    workbook.worksheets[0].title = "2022"
    workbook.save(target)
    _, again = planned(target)
    assert [(one.name, one.role) for one in again.sheets] == [
        ("2022", Role.SUMMARY),
        ("List", Role.DATA),
    ]
    assert {one.reason for one in again.skipped if one.sheet == "2022"} == {
        SkipReason.CORRECTION_LIST
    }
    assert again.outcome is not Outcome.REFUSE


@pytest.mark.parametrize("saved_elsewhere", [True, False])
def test_that_a_second_round_takes_the_place_of_the_first(tmp_path, send_back, saved_elsewhere):
    rows = [
        exchange("A-1", start=None),
        exchange("A-2", "Bauer Stahl GmbH", start=None),
        exchange("A-3", "Conrad Holz GmbH", status="irgendwie"),
    ]
    first, cells = send_back(write(tmp_path / "list.xlsx", rows))
    assert cells == 3
    if saved_elsewhere:
        correct(first, F2="2021-11-15", K4="closed")
    else:
        write_in_place(first, b"F2", b"2021-11-15")
        write_in_place(first, b"K4", b"closed")
    second, cells = send_back(first)
    assert cells == 1
    workbook = openpyxl.load_workbook(second)
    assert workbook.sheetnames == ["Corrections", "List"]
    listed, sheet = workbook.worksheets
    assert [cell.value for cell in listed["B"]][5:] == ["F3"]
    assert workbook.active is listed
    assert sheet["F2"].comment is None
    assert sheet["F2"].fill.fill_type is None
    assert sheet["K4"].fill.fill_type is None
    assert sheet["F3"].comment.text.count(NOTE_START) == 1
    assert sheet["F3"].fill.fill_type == "solid"
    assert sheet["A2"].comment.text == "agreed by phone"
    assert sheet["A1"].fill.fgColor.rgb == "FFDDEEFF"


def test_that_our_own_notes_are_not_told_as_comments_but_theirs_are(tmp_path, send_back, planned):
    rows = [exchange("A-1"), exchange("A-2", "Bauer Stahl GmbH", start=None)]
    target, _ = send_back(write(tmp_path / "list.xlsx", rows))
    _, again = planned(target)
    told = [f.rows for f in again.findings if f.sentence.startswith("Comments on cells")]
    assert told == [(2,)]


def test_that_a_text_file_comes_back_as_a_workbook_in_which_only_its_row_moves(
    tmp_path, send_back, planned
):
    rows = [exchange("A-1"), exchange("A-2", "Bauer Stahl GmbH", start="")]
    lines = [EXCHANGE_HEADINGS, *rows]
    source = tmp_path / "list.csv"
    text = "\n".join(";".join(str(cell).replace(";", ",") for cell in line) for line in lines)
    source.write_text(text, encoding="utf-8")
    target, cells = send_back(source)
    assert cells == 1
    workbook = openpyxl.load_workbook(target)
    workbook["list"]["F3"] = "2021-11-15"
    workbook.save(target)
    _, again = planned(target)
    assert fates(again) == {("list", 2): Action.SAME, ("list", 3): Action.ADD}


def test_that_nothing_is_written_where_nothing_is_to_be_corrected(tmp_path, send_back):
    target, cells = send_back(write(tmp_path / "list.xlsx", [exchange("A-1")]))
    assert cells == 0
    assert not target.exists()
