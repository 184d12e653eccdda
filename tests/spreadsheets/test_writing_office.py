"""Our workbooks in LibreOffice, where it is installed: it counts itself and comes to the same."""

import csv
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest

from smartct_desktop.domain.report import Column, Kind, Purpose, Total
from tests.spreadsheets.written import partnership, table, written

OFFICE = shutil.which("soffice") or ""

# LibreOffice trusts stored results unless it is told to count all formulas again.
COUNT_AGAIN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
ALL_SHEETS_AS_SHOWN = (
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1"
)

COLUMNS = (
    Column("record_id", Kind.ID),
    Column("Name", total=Total.COUNT),
    Column("Days", Kind.WHOLE, total=Total.SUM),
    Column("Distance [km], 'net' #1 @home", Kind.NUMBER, places=1, total=Total.SUM),
    Column("Due", Kind.MONEY, total=Total.SUM),
    Column("Start", Kind.DAY),
    Column("At", Kind.TIME),
    Column("Changed", Kind.MOMENT),
    Column("Counted", Kind.FLAG),
)
NAMES = [
    "Nordwind & <Co>",
    "=1+1",
    "+49 30 1234",
    "01067",
    "-1+2",
    "@SUM(A1)",
    "<r>bold</r>",
    "Клъстер Зелена Тракия ООД",
    "two\nlines",
    " space ",
    "👩‍👩‍👧‍👦",
    "1e5",
    "1/2",
    "TRUE",
    "#REF!",
    None,
]


def rows():
    for number, name in enumerate(NAMES, start=1):
        yield (
            f"id{number}",
            name,
            number,
            Decimal(number) / 3,
            None if number == 3 else number * 41_533,
            date(2022, 3, number),
            time(9, number),
            datetime(2022, 3, 1, 12, number),
            number % 2 == 0,
        )


def expected_row(number):
    """What LibreOffice should hand back for the row: euros, moments, words."""
    _, name, days, kilometres, cents, day, clock, changed, counted = list(rows())[number - 1]
    return [
        f"id{number}",
        name,
        days,
        float(round(kilometres, 1)),
        None if cents is None else cents / 100,
        datetime(day.year, day.month, day.day),
        clock,
        changed,
        "yes" if counted else "no",
    ]


def totals(sheet_rows):
    money = sum(row[4] or 0 for row in sheet_rows)
    return [len(NAMES) - 1, sum(row[2] for row in sheet_rows), sum(r[3] for r in sheet_rows), money]


if OFFICE:

    @pytest.fixture(scope="module")
    def office(tmp_path_factory):
        """Converts a file in LibreOffice, which counts all formulas again."""
        profile = tmp_path_factory.mktemp("profile")
        (profile / "user").mkdir()
        (profile / "user" / "registrymodifications.xcu").write_text(COUNT_AGAIN, encoding="utf-8")

        def convert(path, to, folder):
            subprocess.run(
                [
                    OFFICE,
                    f"-env:UserInstallation={profile.as_uri()}",
                    "--headless",
                    "--convert-to",
                    to,
                    "--outdir",
                    str(folder),
                    str(path),
                ],
                check=True,
                capture_output=True,
                timeout=180,
            )
            return sorted(folder.iterdir())

        return convert

    @pytest.fixture(scope="module", params=["with tables", "streamed"])
    def workbook(request, tmp_path_factory):
        path = tmp_path_factory.mktemp("ours") / "register.xlsx"
        given = list(rows()) if request.param == "with tables" else rows()
        sheet = table(COLUMNS, given, "Exchanges", purpose=Purpose.PRINT)
        written(path, sheet, table(COLUMNS, [], "Empty"), **partnership())
        return path

    def test_that_libreoffice_reads_the_same_values_and_counts_the_same_totals(
        office, workbook, tmp_path
    ):
        lying = tmp_path / "lying.xlsx"
        with zipfile.ZipFile(workbook) as true, zipfile.ZipFile(lying, "w") as other:
            for name in true.namelist():
                content = true.read(name)
                if name.endswith("sheet2.xml"):
                    # With false results stored, the totals are LibreOffice's own work.
                    content, count = re.subn(rb"(</f><v>)[^<]*", rb"\g<1>77777", content)
                    assert count == 4
                other.writestr(name, content)

        (converted,) = office(lying, "xlsx", tmp_path / "out")

        sheet = openpyxl.load_workbook(converted, data_only=True)["Exchanges"]
        ours = openpyxl.load_workbook(workbook, data_only=True)["Exchanges"]
        top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "record_id")
        arrived = [[cell.value for cell in sheet[top + n]] for n in range(1, len(NAMES) + 1)]
        wanted = [expected_row(number) for number in range(1, len(NAMES) + 1)]
        assert arrived == wanted
        below = next(row for row in range(top + len(NAMES) + 1, 99) if sheet.cell(row, 5).value)
        counted = [sheet.cell(below, column).value for column in (2, 3, 4, 5)]
        assert counted == pytest.approx(totals(wanted))
        stored = [ours.cell(below, column).value for column in (2, 3, 4, 5)]
        assert stored == pytest.approx(counted)
        formulas = openpyxl.load_workbook(converted)["Exchanges"]
        assert [
            cell.coordinate
            for row in formulas.iter_rows(max_row=below - 1)
            for cell in row
            if cell.data_type == "f"
        ] == []
        assert formulas.column_dimensions["A"].hidden

    def test_that_libreoffice_shows_values_as_people_read_them(office, workbook, tmp_path):
        files = office(workbook, ALL_SHEETS_AS_SHOWN, tmp_path / "out")

        assert [file.name for file in files] == [
            f"register-{sheet}.csv" for sheet in ("About", "Empty", "Exchanges")
        ]
        with files[2].open(encoding="utf-8", newline="") as file:
            shown = list(csv.reader(file))
        first = next(row for row in shown if row[0] == "id4")
        assert first == [
            "id4",
            "01067",
            "4",
            "1.3",
            "1,661.32 €",
            "04.03.2022",
            "09:04",
            "01.03.2022 12:04",
            "yes",
        ]
        money = sum(row[4] for row in map(expected_row, range(1, len(NAMES) + 1)) if row[4])
        total = next(row for row in shown if row[1].startswith("Total"))
        assert total[1:3] == [f"Total  {len(NAMES) - 1}", "136"]
        assert total[4] == f"{money:,.2f} €"
