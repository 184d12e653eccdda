"""Printed reports, read back by another library."""

import io
import re

import pypdf
import pytest

from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.printout import (
    Listing,
    Matrix,
    MonthBar,
    Months,
    PrintedColumn,
    Printout,
    Signatures,
    TargetLine,
    Targets,
    Terms,
)
from smartct_desktop.domain.progress import Progress
from smartct_desktop.ui.printing.pages import draw_pdf, draw_pictures
from smartct_desktop.ui.theme.fonts import load_inter

COLUMNS = (
    PrintedColumn("No.", 10, right=True),
    PrintedColumn("Full name", 45),
    PrintedColumn("Organisation", 50),
    PrintedColumn("Signature", 45),
)
LONG = "Sächsische Gesellschaft für Umwelttechnik und nachhaltige Stadtentwicklung mbH & Co. KG"
SIGNED = Signatures(("For the organiser",), ("Full name", "Date", "Signature"))

pytestmark = pytest.mark.usefixtures("typeface")


@pytest.fixture(scope="module")
def typeface(qapp):
    assert qapp is not None
    assert load_inter()


def attendance(rows, **further):
    listing = Listing("", COLUMNS, tuple(rows), blank=5, roomy=True, **further)
    return Printout("Attendance list", "SmartCT", (listing, SIGNED), subtitle="Fair", foot="Foot")


def people(number):
    return [
        (f"{n}", f"Person-{n:03d}", LONG if n % 3 else "Álfa", "") for n in range(1, number + 1)
    ]


def pages_of(printout):
    reader = pypdf.PdfReader(io.BytesIO(draw_pdf(printout, Progress())))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_that_three_hundred_rows_are_there_once_each_and_in_their_order():
    pages = pages_of(attendance(people(300)))

    names = re.findall(r"Person-(\d{3})", "\n".join(pages))
    assert [int(name) for name in names] == list(range(1, 301))
    assert len(pages) > 10


def test_that_no_row_is_cut_and_each_page_has_the_headings_and_its_number():
    pages = pages_of(attendance(people(40)))

    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Organisation" in text
        for row in re.findall(r"Person-\d{3}", text):
            place = int(row[-3:])
            assert place % 3 == 0 or text.count("Stadtentwicklung") >= 1
        rows = len([n for n in re.findall(r"Person-(\d{3})", text) if int(n) % 3])
        assert text.count("Umwelttechnik") == rows  # the last line of a long name is on its page


@pytest.mark.parametrize("number", [0, 1])
def test_that_few_people_leave_lines_down_to_the_signature(number):
    pages = pages_of(attendance(people(number)))

    assert len(pages) == 1
    assert "For the organiser" in pages[0]
    assert ("Person-001" in pages[0]) == bool(number)


def test_that_lists_of_their_own_begin_on_pages_of_their_own():
    blocks = [
        Listing(f"Day {day}", COLUMNS, tuple(people(2)), blank=5, roomy=True, new_page=day > 1)
        for day in (1, 2, 3)
    ]

    pages = pages_of(Printout("List", "SmartCT", tuple(blocks)))

    assert ["Day 1" in pages[0], "Day 2" in pages[1], "Day 3" in pages[2]] == [True] * 3
    assert len(pages) == 3


@pytest.mark.parametrize(
    "name",
    [
        *("Мария Иванова-Георгиева", "Łukasz Wójcik", "Núria Solà i Puigdemont", "Ξένη Παππά"),
        *("Jürgen Weiß-Hölderlin", "Giulia D’Angelo", "„Бета“ ООД", "a < b & c"),
        *("SCT-2021-007 (2 of 3)", "1.245,50 €", "09:00–12:30 · ES91 **** 1332", "10:30 -> 11"),
    ],
)
def test_that_every_alphabet_can_be_read_back(name):
    (page,) = pages_of(attendance([("1", name, "", "")]))

    assert name in page


def test_that_a_word_wider_than_its_column_is_broken_and_whole():
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 3

    (page,) = pages_of(attendance([("1", word, "", "")]))

    assert word in page.replace(" ", "")


def test_that_what_stands_at_the_end_is_kept_together():
    listing = Listing("Due", COLUMNS, tuple(people(31)), total=("Total", "", "", "8,300.00 €"))
    pages = pages_of(Printout("Run", "SmartCT", (listing, SIGNED), landscape=True))

    last = pages[-1]
    assert "8,300.00 €" in last
    assert "Person-031" in last
    (signed,) = [page for page in pages if "For the organiser" in page]
    assert signed.count("Signature") >= 1


def test_that_a_table_without_rows_says_so():
    listing = Listing("Due", COLUMNS, (), nothing="Nothing to list.")

    (page,) = pages_of(Printout("Run", "SmartCT", (listing,)))

    assert "Nothing to list." in page


def test_that_a_document_bears_its_title_and_the_partnership_and_nobody():
    content = draw_pdf(attendance(people(1)), Progress())

    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.metadata.title == "Attendance list · Fair"
    assert reader.metadata.author == "SmartCT"
    assert reader.metadata.creator == "SmartCT Desktop"
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_that_figures_are_drawn_with_their_words():
    lines = (
        TargetLine("Exchanges", 41, 50, 8, 43, "2 behind the plan", "Each once."),
        TargetLine("Events", 7, None, 0, None, "no target", "Held."),
        TargetLine("Too many", 70, 50, 9, 50, "reached", "More than wanted."),
    )
    bars = tuple(MonthBar(f"{n:02d}/2022", 1, n == 12, n, n * 2) for n in range(1, 13))
    countries = tuple(f"Country {letter}" for letter in "ABCDEFGHIJKLMNOP")
    rows = tuple((name, (*range(15), 105)) for name in countries)
    printout = Printout(
        "KPI",
        "SmartCT",
        (
            Targets("Summary", lines),
            Months("Months", "By month.", bars, "Plan"),
            Matrix("Countries", "All.", "From / to", countries, rows),
            Terms("How", (("Exchanges", "Each once."),)),
        ),
    )

    text = "\n".join(pages_of(printout))

    for words in ("41 / 50", "70 / 50", "2 behind the plan", "12/2022", "Plan", "Country P", "105"):
        assert words in text


def test_that_the_first_pages_can_be_looked_at():
    pictures, pages = draw_pictures(attendance(people(60)), 0.5, 2)

    assert len(pictures) == 2 < pages
    assert pictures[0].width() < pictures[0].height()
    white = pictures[0].pixel(2, 2)
    row = [pictures[0].pixel(x, y) for x in range(0, 390, 3) for y in range(20, 100)]
    assert any(pixel != white for pixel in row)


def test_that_drawing_can_be_stopped():
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        draw_pdf(attendance(people(9)), progress)
