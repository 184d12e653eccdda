"""What becomes of values that workbooks cannot hold, take for something else, or would round."""

import re
import zipfile
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.report import Column, Kind, Purpose, Total
from smartct_desktop.spreadsheets.cells_out import (
    LONGEST_TEXT,
    clean,
    euro,
    rounded,
    shorten,
    utf16_length,
)
from tests.spreadsheets.written import column_of, opened, stored_texts, table, texts_of, written

FORMULA_LIKE = [
    "=1+1",
    '=HYPERLINK("http://x.example","click")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    " =1+1",
    "\ufeff=1+1",
    "＝1+1",
    "{=1+1}",
    '=WEBSERVICE("http://x.example")',
    "'=1+1",
    "|calc",
]
LIKE_MARKUP = [
    "<r>",
    "<r></r>",
    "<r><t>not ours</t></r>",
    "<r>_x0041_</r>",
    "<r>a & b</r>",
    "<r/>",
    "<b>bold</b>",
    "]]>",
    "&amp;",
    "_x0041_",
    "_x005F_x0041_",
    "_x000D_",
    "_xD83D_",
    "__x0041__x0042_",
    "_x0041_x0042_x0043_",
]
WHITE = [" ", "  both  ", "\nlead", "tail\n", "a\tb", "a\n\nb", "\u00a0", "\u200b", "\u2028"]
SCRIPTS = [
    "ß",
    "Ōtautahi",
    "Клъстер Зелена Тракия ООД",
    "Αθήνα",
    "東京都",
    "👩‍👩‍👧‍👦",
    "e\u0301",
    "ﷺ",
    "עברית",
]
ANY_TEXT = st.text() | st.text(alphabet="_x0F5<r>/&=\r\n\0\ud800\udc00")


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_that_a_text_that_looks_like_a_formula_stays_text(tmp_path, text):
    (cell,) = column_of(tmp_path / "r.xlsx", Kind.TEXT, [text])

    assert (cell.value, cell.data_type) == (text, "s")


def test_that_such_a_text_is_marked_as_text_for_who_edits_it(tmp_path):
    plain, formula = column_of(tmp_path / "r.xlsx", Kind.TEXT, ["Nordwind", "=1+1"])

    assert (plain.quotePrefix, formula.quotePrefix) == (False, True)


@pytest.mark.parametrize("streamed", [False, True])
def test_that_texts_arrive_as_they_are(tmp_path, streamed):
    given_texts = FORMULA_LIKE + LIKE_MARKUP + WHITE + SCRIPTS
    rows = [(text,) for text in given_texts]
    written(tmp_path / "r.xlsx", table([Column("Text")], iter(rows) if streamed else rows))

    assert stored_texts(tmp_path / "r.xlsx", "A")[1:] == given_texts


@given(values=st.lists(ANY_TEXT, max_size=20), streamed=st.booleans())
@example(values=["<r>_x0041_\r\n\x00\ud800</r>"], streamed=True)
def test_that_any_text_arrives_but_for_what_no_file_holds(tmp_path_factory, values, streamed):
    path = tmp_path_factory.mktemp("text") / "r.xlsx"
    rows = [("start", *row) for row in zip(values, strict=True)]
    columns = (Column("Start"), Column("Text"))
    written(path, table(columns, iter(rows) if streamed else rows))

    assert stored_texts(path, "B")[1:] == [clean(text) for text in values if clean(text)]


@given(st.text())
def test_that_cleaning_keeps_all_that_can_be_kept(text):
    cleaned = clean(text)
    forbidden = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"

    assert not re.search(forbidden, cleaned)
    assert re.sub(f"{forbidden}|[\n\ufffd]", "", text) == re.sub("[\n\ufffd]", "", cleaned)
    assert clean(cleaned) is cleaned


@pytest.mark.parametrize(
    ("text", "kept", "remarked"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree", False),
        ("page\x0cbreak", "page\nbreak", False),
        ("nu\x00ll", "null", True),
        ("half\ud83d", "half\ufffd", True),
        ("\x07", None, True),
        ("\ufffe", None, True),
    ],
)
def test_that_what_no_file_holds_is_taken_out_and_told(tmp_path, text, kept, remarked):
    outcome = written(tmp_path / "r.xlsx", table([Column("Remarks")], [("fine",), (text,)]))

    assert opened(tmp_path / "r.xlsx")["Exchanges"]["A3"].value == kept
    remark = (
        "Exchanges, Remarks: characters that no workbook can hold were taken out (1, the first "
        "in row 3)."
    )
    assert list(map(str, outcome.remarks)) == [remark] * remarked


def test_that_a_text_of_nothing_is_not_counted(tmp_path):
    columns = (Column("Remarks", total=Total.COUNT),)
    written(tmp_path / "r.xlsx", table(columns, [("\x07",), ("",), (None,), ("x",)]))

    assert opened(tmp_path / "r.xlsx", results=True)["Exchanges"]["A6"].value == 1


@pytest.mark.parametrize("letter", ["x", "ж", "👩"])
def test_that_a_text_too_long_for_a_cell_is_cut_with_a_mark_and_told(tmp_path, letter):
    longest = letter * (LONGEST_TEXT // utf16_length(letter))
    columns = (Column("Remarks"),)
    outcome = written(tmp_path / "r.xlsx", table(columns, [(longest,), (longest + letter,)] * 2))

    cells = [cell.value for cell in opened(tmp_path / "r.xlsx")["Exchanges"]["A"][1:]]
    assert cells[0] == longest
    assert cells[1].endswith(f"{letter}… [shortened]")
    assert LONGEST_TEXT - 1 <= utf16_length(cells[1]) <= LONGEST_TEXT
    remark = (
        "Exchanges, Remarks: texts longer than a cell can hold were shortened (2, the first in "
        "row 3)."
    )
    assert [str(told) for told in outcome.remarks] == [remark]
    assert remark in texts_of(opened(tmp_path / "r.xlsx")["About"])


@given(st.text(), st.integers(5, 60))
def test_that_a_shortened_text_fits_and_is_a_beginning(text, limit):
    cut = shorten(clean(text), limit, "…")

    assert utf16_length(cut) <= limit
    if cut != clean(text):
        assert clean(text).startswith(cut.removesuffix("…"))
        assert utf16_length(cut) >= limit - 1


def test_that_days_before_march_1900_are_text_and_told(tmp_path):
    days = [date(1871, 3, 12), date(1900, 2, 28), date(1900, 3, 1), date(9999, 12, 31)]
    outcome = written(
        tmp_path / "r.xlsx", table([Column("Founded", Kind.DAY)], [(d,) for d in days])
    )

    cells = [cell.value for cell in opened(tmp_path / "r.xlsx")["Exchanges"]["A"][1:]]
    assert cells == ["12.03.1871", "28.02.1900", datetime(1900, 3, 1), datetime(9999, 12, 31)]
    (remark,) = outcome.remarks
    assert remark == (
        "Exchanges, Founded: dates before March 1900 are written as text, because spreadsheets "
        "cannot count with them (2, the first in row 2)."
    )


@given(st.lists(st.dates(date(1900, 3, 1)), min_size=1, max_size=30))
def test_that_every_day_arrives(tmp_path_factory, days):
    cells = column_of(tmp_path_factory.mktemp("day") / "r.xlsx", Kind.DAY, days)

    assert [cell.value.date() for cell in cells] == days
    assert {cell.number_format for cell in cells} == {"dd.mm.yyyy"}


def test_that_a_day_known_in_part_stays_the_text_it_is(tmp_path):
    (cell,) = column_of(tmp_path / "r.xlsx", Kind.DAY, ["03/2022"])

    assert (cell.value, cell.data_type) == ("03/2022", "s")


def test_that_times_and_moments_arrive(tmp_path):
    (clock,) = column_of(tmp_path / "t.xlsx", Kind.TIME, [time(9, 30)])
    moments = [datetime(2022, 3, 1, 14, 5), datetime(1899, 12, 31, 23, 59)]
    moment, early = column_of(tmp_path / "m.xlsx", Kind.MOMENT, moments)

    assert (clock.value, clock.number_format) == (time(9, 30), "hh:mm")
    assert (moment.value, moment.number_format) == (moments[0], "dd.mm.yyyy hh:mm")
    assert early.value == "31.12.1899 23:59"


def test_that_a_moment_of_a_zone_is_shown_on_the_clock_here(tmp_path):
    moment = datetime(2022, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=9)))
    (cell,) = column_of(tmp_path / "r.xlsx", Kind.MOMENT, [moment])

    assert cell.value.astimezone(UTC) == moment


@given(st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1, max_size=30))
def test_that_money_arrives_to_the_cent_and_so_does_its_sum(tmp_path_factory, amounts):
    path = tmp_path_factory.mktemp("money") / "r.xlsx"
    columns = (Column("Due", Kind.MONEY, total=Total.SUM),)
    written(path, table(columns, [(cents,) for cents in amounts]))

    *cells, total = [cell.value for cell in opened(path, results=True)["Exchanges"]["A"][1:]]
    assert [round(Decimal(repr(euros)) * 100) for euros in cells] == amounts
    assert total == pytest.approx(sum(amounts) / 100, rel=1e-15, abs=1e-9)


def test_that_numbers_are_rounded_as_people_do(tmp_path):
    values = [Decimal("2.345"), Decimal("-2.345"), 2.675, 7, Decimal("-0.001"), Decimal("1E+3")]
    cells = column_of(tmp_path / "r.xlsx", Kind.NUMBER, values, places=2)

    assert [cell.value for cell in cells] == [2.35, -2.35, 2.68, 7, 0, 1000]
    assert {cell.number_format for cell in cells} == {"#,##0.00"}


def test_that_a_total_is_the_sum_of_what_is_seen(tmp_path):
    columns = (Column("km", Kind.NUMBER, places=1, total=Total.SUM),)
    written(tmp_path / "r.xlsx", table(columns, [(Decimal("0.14"),)] * 10))

    assert opened(tmp_path / "r.xlsx", results=True)["Exchanges"]["A12"].value == 1


@given(st.decimals(allow_nan=False, allow_infinity=False), st.integers(0, 9))
def test_that_rounding_answers_a_near_number_or_none(value, places):
    result = rounded(value, places)

    if result is None:
        assert len(value.as_tuple().digits) > 6
        assert abs(value) >= Decimal(10) ** (14 - places)
    else:
        assert abs(result - value) <= Decimal(1).scaleb(-places) / 2
        assert Decimal(repr(float(result))) == result


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.WHOLE, 10**15, "1000000000000000"),
        (Kind.WHOLE, -(10**15), "-1000000000000000"),
        (Kind.MONEY, 10**15 + 1, "10000000000000.01"),
        (Kind.NUMBER, Decimal(1234567890123456), "1234567890123456"),
        (Kind.NUMBER, 1e300, "1" + "0" * 300),
    ],
)
def test_that_a_number_that_would_be_rounded_is_text_and_told(tmp_path, kind, value, shown):
    columns = (Column("Number", kind, total=Total.SUM),)
    outcome = written(tmp_path / "r.xlsx", table(columns, [(1,), (value,)]))

    cells = [cell.value for cell in opened(tmp_path / "r.xlsx", results=True)["Exchanges"]["A"]]
    one = 0.01 if kind is Kind.MONEY else 1
    assert cells[1:] == [one, shown, one]
    assert "numbers with more than 15 digits are written as text" in outcome.remarks[0]
    assert "(1, the first in row 3)" in outcome.remarks[0]


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")]
)
def test_that_what_is_no_number_is_refused_and_nothing_written(tmp_path, value):
    columns = (Column("Distance", Kind.NUMBER),)
    with pytest.raises(Invalid, match="Exchanges, Distance: the value in row 3 is not a number"):
        written(tmp_path / "r.xlsx", table(columns, [(1,), (value,)]))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.TEXT, 5),
        (Kind.ID, 5),
        (Kind.LINK, 5),
        (Kind.WHOLE, "5"),
        (Kind.WHOLE, True),
        (Kind.WHOLE, 5.0),
        (Kind.NUMBER, "5"),
        (Kind.NUMBER, True),
        (Kind.MONEY, "5"),
        (Kind.MONEY, 5.5),
        (Kind.MONEY, Decimal(5)),
        (Kind.MONEY, True),
        (Kind.DAY, datetime(2022, 3, 1)),
        (Kind.DAY, 44621),
        (Kind.TIME, time(9, 0, tzinfo=UTC)),
        (Kind.TIME, datetime(2022, 3, 1)),
        (Kind.MOMENT, date(2022, 3, 1)),
        (Kind.MOMENT, "yesterday"),
        (Kind.FLAG, 1),
    ],
)
def test_that_a_value_in_the_wrong_column_is_a_mistake_of_the_report(tmp_path, kind, value):
    columns = (Column("Name"), Column("Value", kind))
    with pytest.raises(TypeError, match=f"'Value', row 2: a .* in a column of {kind.value}"):
        written(tmp_path / "r.xlsx", table(columns, [("x", value)]))

    assert list(tmp_path.iterdir()) == []


def test_that_flags_are_words(tmp_path):
    cells = column_of(tmp_path / "r.xlsx", Kind.FLAG, [True, False, None, "unknown"])

    assert [cell.value for cell in cells] == ["yes", "no", None, "unknown"]


def test_that_only_known_kinds_of_addresses_can_be_clicked(tmp_path):
    addresses = [
        "https://cluster.example/a?b=1&c=ü#d",
        "mailto:office@cluster.example",
        "http://cluster.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "internal:About!A1",
        "HTTPS://cluster.example",
        "https://with a space.example",
        "https://" + "x" * 3000,
        "=HYPERLINK(1)",
    ]
    cells = column_of(tmp_path / "r.xlsx", Kind.LINK, addresses)

    assert [cell.value for cell in cells] == [
        addresses[0],
        "office@cluster.example",
        *addresses[2:],
    ]
    assert [bool(cell.hyperlink) for cell in cells] == [True] * 3 + [False] * 7
    assert cells[0].hyperlink.target == "https://cluster.example/a?b=1&c=ü"


def test_that_a_streamed_sheet_shows_addresses_as_text(tmp_path):
    columns = (Column("Site", Kind.LINK),)
    written(tmp_path / "r.xlsx", table(columns, iter([("https://cluster.example",)])))

    cell = opened(tmp_path / "r.xlsx")["Exchanges"]["A2"]
    assert (cell.value, cell.hyperlink) == ("https://cluster.example", None)


@pytest.mark.parametrize(
    "nasty", ["<r>_x0041_</r>", "a\x00b\nc", "=1+1", "x" * 400, "\ud800", "[a]:*?/\\'", '&<>"']
)
def test_that_headings_and_titles_may_be_anything(tmp_path, nasty):
    columns = (Column(nasty, total=Total.COUNT, note=nasty), Column(nasty))
    sheet = table(columns, [("x", "y")], nasty, purpose=Purpose.PRINT, note=nasty)
    written(
        tmp_path / "r.xlsx",
        sheet,
        sheet,
        subtitle=nasty,
        partnership=nasty,
        period=nasty,
    )

    workbook = opened(tmp_path / "r.xlsx")
    for sheet in workbook.worksheets[1:]:
        (named,) = sheet.tables.values()
        assert [cell.value for cell in sheet[named.ref][0]] == named.column_names


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("", "Sheet"),
        ("'quoted'", "quoted"),
        ("History", "History_"),
        ("a/b\\c:d*e?f[g]", "a-b-c-d-e-f-g-"),
        ("x" * 40, "x" * 31),
        ("👩" * 20, "👩" * 15),
        ("About", "About (2)"),
        ("aBOUT", "aBOUT (2)"),
        ("two\nlines", "two lines"),
    ],
)
def test_that_sheets_get_names_that_programs_accept(tmp_path, wanted, name):
    written(tmp_path / "r.xlsx", table([Column("A")], [("x",)], wanted))

    assert opened(tmp_path / "r.xlsx").sheetnames == ["About", name]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_that_any_names_become_different_sheets_and_tables(tmp_path_factory, names):
    path = tmp_path_factory.mktemp("names") / "r.xlsx"
    written(path, *(table([Column("A")], [("x",)], name) for name in names))

    workbook = opened(path)
    sheets = workbook.sheetnames
    tables = [name for sheet in workbook.worksheets for name in sheet.tables]
    assert len({name.casefold() for name in sheets}) == len(names) + 1
    assert len({name.casefold() for name in tables}) == len(names)
    assert all(0 < utf16_length(name) <= 31 for name in sheets)
    assert all(re.fullmatch(r"Table_?\w*", name, re.ASCII) for name in tables)


def test_that_nothing_but_totals_is_a_formula(tmp_path):
    columns = (Column("Text", total=Total.COUNT), Column("Text"))
    rows = [(text, text) for text in FORMULA_LIKE]
    written(tmp_path / "r.xlsx", table(columns, rows, "=1+1", note="=1+1"), partnership="=1+1")

    with zipfile.ZipFile(tmp_path / "r.xlsx") as parts:
        formulas = [
            element.text
            for name in parts.namelist()
            if name.startswith("xl/worksheets/sheet")
            for element in ET.fromstring(parts.read(name)).iter()
            if element.tag.endswith("}f")
        ]
    assert formulas == [f"SUBTOTAL(103,A2:A{len(rows) + 1})"]


@given(st.integers())
def test_that_cents_are_written_out_exactly(cents):
    whole, part = euro(cents).split(".")

    assert len(part) == 2
    assert int(whole + part) == cents
