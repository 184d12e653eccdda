"""Files made to harm, and files that fell: each is read, or refused with one sentence."""

import os
import random
import zipfile

import pytest

from smartct_desktop.domain.book import Book
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.spreadsheets.container import recognise
from smartct_desktop.spreadsheets.limits import Limits
from tests.spreadsheets.seeds import rich_workbook
from tests.spreadsheets.workbooks import parts_of, read_here, sheet, workbook, zipped

LONG = os.environ.get("SMARTCT_LONG") == "1"
MUTATIONS = 20_000 if LONG else 600


def read_or_refused(path):
    """The book, or the sentence with which it is refused; anything else fails the test."""
    try:
        return read_here(path, form=recognise(path, path.name, Limits()))
    except Trouble as trouble:
        return sentence_of(trouble)


def sentence_of(trouble):
    assert trouble.sentence
    assert trouble.hint
    return str(trouble.sentence)


def refused(path, limits):
    with pytest.raises(Trouble) as trouble:
        read_here(path, limits=limits)
    return str(trouble.value.sentence)


def rows(count, cell="<v>1</v>"):
    return "".join(f'<row r="{n}"><c r="A{n}">{cell}</c></row>' for n in range(1, count + 1))


def test_that_more_rows_than_allowed_are_refused(tmp_path):
    made = workbook(tmp_path / "m.xlsx", {"A": sheet(rows(3000))})

    assert len(read_here(made, limits=Limits(rows=3000)).sheets[0].rows) == 3000
    assert refused(made, Limits(rows=2999)) == "m.xlsx has more than 2999 rows with content."


def test_that_rows_of_all_sheets_are_counted_together(tmp_path):
    made = workbook(tmp_path / "m.xlsx", {name: sheet(rows(400)) for name in "ABC"})

    assert "more than 1000 rows" in refused(made, Limits(rows=1000))


def test_that_far_cells_in_many_rows_are_refused(tmp_path):
    data = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 100))
    made = workbook(tmp_path / "m.xlsx", {"A": sheet(data)})

    assert "far more data" in refused(made, Limits(cells=1_000_000))


def test_that_one_long_text_in_many_cells_is_refused(tmp_path):
    texts = f"<si><t>{'x' * 32_767}</t></si>"
    data = "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(1, 2001))
    made = workbook(tmp_path / "m.xlsx", {"A": sheet(data)}, texts=texts)

    assert "far more data" in refused(made, Limits(characters=10_000_000))


def test_that_what_is_really_unpacked_is_counted(tmp_path):
    """Two hundred sheets may all name the same part."""
    parts = parts_of({f"S{n}": sheet("") for n in range(50)})
    filler = sheet("", before=f"<!-- {'x' * 100_000} -->")
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(sheet(""), filler)
    for number in range(2, 51):
        rels = parts["xl/_rels/workbook.xml.rels"]
        parts["xl/_rels/workbook.xml.rels"] = rels.replace(
            f"sheets/sheet{number}.xml", "sheets/sheet1.xml"
        )
    made = zipped(tmp_path / "m.xlsx", parts)

    assert len(read_here(made).sheets) == 50
    assert "far more data" in refused(made, Limits(inflated=3_000_000))


def test_that_a_part_that_lies_about_its_size_is_refused(tmp_path):
    made = workbook(tmp_path / "m.xlsx", {"A": sheet(rows(2000))})
    content = bytearray(made.read_bytes())
    with zipfile.ZipFile(made) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    place = content.rindex(size.to_bytes(4, "little"))
    content[place : place + 4] = (1000).to_bytes(4, "little")
    made.write_bytes(content)

    assert "damaged" in read_or_refused(made)


@pytest.mark.parametrize(
    "data",
    [
        "<row>" + "<x>" * 100_000 + "</x>" * 100_000 + "</row>",
        "<row>" + "<c><is>" * 50_000 + "</is></c>" * 50_000 + "</row>",
        "<row><c><v>" + " " * 5_000_000 + "</v></c></row>",
        "<row>" + "<c/>" * 200_000 + "</row>",
        "<row>" + "<c><v>1</v></c>" * 20_000 + "</row>",
        "<row><c t='inlineStr'><is>" + "<r><t>x</t></r>" * 100_000 + "</is></c></row>",
        '<row r="1"><c r="XFD1048576" t="n"><v>1</v></c></row>',
    ],
)
def test_that_rows_built_to_exhaust_a_reader_do_no_harm(tmp_path, data):
    made = workbook(tmp_path / "m.xlsx", {"A": sheet(data)})

    assert isinstance(read_or_refused(made), Book | str)


@pytest.mark.parametrize(
    "after",
    [
        "<extLst>" + "<x>" * 100_000 + "</x>" * 100_000 + "</extLst>",
        "<x>" * 100_000 + "</x>" * 100_000,
        "<conditionalFormatting>" + "<cfRule/>" * 300_000 + "</conditionalFormatting>",
        "<extLst><ext>" + "<y/>" * 300_000 + "</ext></extLst>",
        "<x/>" * 300_000,
        "<autoFilter ref='A1:B2'>" + "<filterColumn/>" * 50_000 + "</autoFilter>",
        "<mergeCells>" + "<mergeCell ref='A1:B2'/>" * 150_000 + "</mergeCells>",
        "<hyperlinks>" + "<hyperlink ref='A1:J100' location='x'/>" * 1000 + "</hyperlinks>",
    ],
)
def test_that_what_stands_around_the_cells_does_no_harm(tmp_path, after):
    made = workbook(tmp_path / "m.xlsx", {"A": sheet(rows(1), after=after)})

    assert isinstance(read_or_refused(made), Book | str)


def test_that_tens_of_thousands_of_formats_are_read(tmp_path):
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="0.{n}"/>' for n in range(200, 30_000))
    styles = "".join(f'<xf numFmtId="{n}"/>' for n in range(200, 30_000))
    data = '<row r="1"><c r="A1" s="29000"><v>5</v></c></row>'
    made = workbook(
        tmp_path / "m.xlsx",
        {"A": sheet(data)},
        styles=f"<numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs>",
    )

    assert read_here(made).sheets[0].cell(1, 0).look.code == "0.29200"


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    """A small workbook with some of everything."""
    return rich_workbook(tmp_path_factory.mktemp("honest") / "honest.xlsx", rows=30)


def test_that_the_workbook_that_is_going_to_be_damaged_is_read(honest):
    book = read_or_refused(honest)

    assert isinstance(book, Book)
    assert [len(one.rows) for one in book.sheets] == [31, 0]


def test_that_a_workbook_cut_at_any_place_is_refused(tmp_path, honest):
    content = honest.read_bytes()
    step = 1 if LONG else 97
    cut = tmp_path / "cut.xlsx"
    for length in range(4, len(content), step):
        cut.write_bytes(content[:length])
        assert isinstance(read_or_refused(cut), str), length


def test_that_damaged_archives_are_read_or_refused(tmp_path, honest):
    """Single bytes of the file are changed, so mostly compressed data and the directory."""
    chance = random.Random(7)
    content = honest.read_bytes()
    damaged = tmp_path / "damaged.xlsx"
    outcomes = set()
    for _ in range(MUTATIONS):
        changed = bytearray(content)
        for _ in range(chance.randrange(1, 8)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        damaged.write_bytes(changed)
        outcomes.add(type(read_or_refused(damaged)))
    assert outcomes == {Book, str}


TOKENS = [
    b"&#0;", b"1e999", b"NaN", b"-1", b"99999999999", b'<c r="ZZZ9999999">', b"</row>", b't="b"',
    b't="e"', b't="d"', b"<v/>", b"\xff\xfe", b"inlineStr", b's="99999"', b"2026-13-45", b"<row>",
    b'r="A0"', b"&lt;", b"&x;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b'xmlns="y"', b"", b"",
]  # fmt: skip


def test_that_damaged_parts_are_read_or_refused(tmp_path, honest):
    """The XML of single parts is changed, and packed again without a fault."""
    chance = random.Random(11)
    with zipfile.ZipFile(honest) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    damaged = tmp_path / "damaged.xlsx"
    outcomes = set()
    for turn in range(MUTATIONS):
        name = chance.choice(list(parts))
        changed = bytearray(parts[name])
        for _ in range(chance.randrange(1, 6)):
            start = chance.randrange(len(changed) + 1)
            end = min(len(changed), start + chance.randrange(12))
            changed[start:end] = chance.choice(TOKENS)
        left_out = {name} if turn % 7 == 0 else set()
        zipped(
            damaged,
            {
                part: content
                for part, content in (parts | {name: bytes(changed)}).items()
                if part not in left_out
            },
        )
        outcomes.add(type(read_or_refused(damaged)))
    assert outcomes == {Book, str}


def test_that_any_bytes_are_read_or_refused(tmp_path):
    chance = random.Random(13)
    made = tmp_path / "any"
    starts = (
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"<?xml",
        b"a;b\n",
        b"\xff\xfe",
    )
    for turn in range(MUTATIONS // 4):
        made.write_bytes(starts[turn % len(starts)] + chance.randbytes(chance.randrange(300)))
        assert isinstance(read_or_refused(made), Book | str)
