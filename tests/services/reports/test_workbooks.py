"""Every report as a workbook: sound for strict readers, ready for paper, recalculated alike."""

import datetime as dt
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.exporting import export_report
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.catalog import OF_ONE, REPORTS
from tests.services.reports.conftest import MADE_AT, add_stays
from tests.services.steps import add
from tests.services.stored import SAMPLE, ticking
from tests.spreadsheets.strict import complaints

KINDS = {kind.code: kind for kind in (*REPORTS, *OF_ONE)}
LISTING = sorted(KINDS.keys() - {"partner-template"})
"""Reports of tables; a form to be filled in is made otherwise."""

OFFICE = shutil.which("soffice") or ""
COUNT_AGAIN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All reports of a partnership at work, in German."""
    folder = tmp_path_factory.mktemp("reports")
    document = SAMPLE.open(folder / "sample.smartct", ticking())
    stays = add_stays(document)
    person = Person(name="Jana =Sachs", email="jana@sachs.example", organisation=stays["saxon"])
    event = Event(title="Open day & <night>", status=EventStatus.HELD, start=dt.date(2022, 5, 1))
    one = Attendance(event=event.id, person=person.id, name_text="Jana =Sachs", attended=True)
    add(document, person, event, one)
    chosen = {"event": event.id, "person": person.id}
    facts = ProgrammeFacts("de")
    for kind in KINDS.values():
        export_report(
            kind,
            document,
            facts,
            path=folder / f"{kind.code}.xlsx",
            made_at=MADE_AT,
            progress=Progress(),
            language="de",
            about=chosen.get(kind.chosen),
        )
    document.close()
    return folder


@pytest.mark.parametrize("code", KINDS)
def test_that_a_strict_reader_finds_nothing_to_repair(folder, code):
    assert complaints(folder / f"{code}.xlsx") == []


@pytest.mark.parametrize("code", LISTING)
def test_that_every_sheet_is_ready_for_work_and_for_paper(folder, code):
    book = openpyxl.load_workbook(folder / f"{code}.xlsx")
    assert book.properties.title
    assert book.properties.creator == "SmartCT Desktop"
    about, *sheets = (sheet for sheet in book if sheet.title != "Diagramme")
    for sheet in (about, *sheets):
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert "&P" in sheet.oddFooter.right.text or "&[Page]" in sheet.oddFooter.right.text
    for sheet in sheets:
        assert sheet.print_area
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        headings = int(re.search(r"\d+", sheet.print_title_rows).group())
        assert int(re.search(r"\d+", sheet.freeze_panes).group()) == headings + 1
        filled = sheet.max_row > headings + 1
        assert not filled or sheet.tables or sheet.auto_filter.ref
        widths = [one.width for one in sheet.column_dimensions.values()]
        assert all(5 <= width < 102 for width in widths)


def test_that_the_kpi_report_shows_targets_and_months_and_shades_countries(folder):
    book = openpyxl.load_workbook(folder / "kpi.xlsx")
    assert book.sheetnames[1] == "Diagramme"
    with zipfile.ZipFile(folder / "kpi.xlsx") as parts:
        drawn = sorted(name for name in parts.namelist() if name.startswith("xl/charts/"))
        formulas_of = [re.findall(rb"<c:f>([^<]*)</c:f>", parts.read(name)) for name in drawn]
    assert len(drawn) == 2
    assert "Überblick" in formulas_of[0][0].decode()
    assert "Monate" in formulas_of[1][0].decode()
    rules = book["Länder"].conditional_formatting
    assert [rule.type for one in rules for rule in one.rules] == ["colorScale"]


def test_that_errors_are_red_and_what_is_late_is_amber(folder):
    issues = openpyxl.load_workbook(folder / "issues.xlsx").worksheets[1]
    rules = [rule for one in issues.conditional_formatting for rule in one.rules]
    assert [rule.formula for rule in rules] == [['"Fehler"'], ['"Warnung"']]
    late = openpyxl.load_workbook(folder / "payment-run.xlsx")["Überfällig"]
    (rule,) = (rule for one in late.conditional_formatting for rule in one.rules)
    assert (rule.operator, rule.formula) == ("greaterThan", ["0"])


def formulas(path):
    """Give the cells with a formula by sheet and place, with the result that is stored."""
    found, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): stored[sheet.title][cell.coordinate].value
        for sheet in found
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_that_a_share_is_a_formula_of_the_cells_beside_it(folder):
    book = openpyxl.load_workbook(folder / "kpi.xlsx")
    shares = [
        cell.value for row in book["Überblick"].iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert shares
    assert all(re.fullmatch(r"=ROUND\(100\*C(\d+)/B\1,1\)", share) for share in shares)


if OFFICE:

    def test_that_libreoffice_counts_every_report_alike(folder, tmp_path):
        profile, lying = tmp_path / "profile", tmp_path / "lying"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(COUNT_AGAIN, encoding="utf-8")
        lying.mkdir()
        for code in KINDS:
            lie(folder / f"{code}.xlsx", lying / f"{code}.xlsx")

        subprocess.run(
            [
                *(OFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless"),
                *("--convert-to", "xlsx", "--outdir", str(tmp_path / "again")),
                *(str(lying / f"{code}.xlsx") for code in KINDS),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )

        counted = 0
        for code in KINDS:
            ours = formulas(folder / f"{code}.xlsx")
            theirs = openpyxl.load_workbook(tmp_path / "again" / f"{code}.xlsx", data_only=True)
            again = {(sheet, place): theirs[sheet][place].value for sheet, place in ours}
            assert again == pytest.approx(ours), code
            counted += len(ours)
        assert counted > len(KINDS)

    def lie(path, target):
        """Store wrong results, so that what comes back right was counted again."""
        with zipfile.ZipFile(path) as true, zipfile.ZipFile(target, "w") as other:
            for name in true.namelist():
                content = true.read(name)
                if name.startswith("xl/worksheets/sheet"):
                    content = re.sub(rb"(</f><v>)[^<]*", rb"\g<1>77777", content)
                other.writestr(name, content)
