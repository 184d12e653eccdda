"""The collection template as a workbook: what it asks for, offers, refuses and protects."""

import pytest

from smartct_desktop.services.collection import VERSION, VERSIONS
from smartct_desktop.services.own_partnership import partners
from smartct_desktop.services.reports.collection_columns import SHEETS
from smartct_desktop.services.reports.wording import wordings

HINTS = {
    "de": ("* [Liste]", "* [ja/nein/unbekannt]", "TT.MM.JJJJ"),
    "bg": ("* [списък]", "* [да/не/неизвестно]", "ДД.ММ.ГГГГ"),
}


@pytest.fixture
def filled(written, sample):
    neu = next(p for p in partners(sample.read) if p.country == "DE")

    def filled_(language="de"):
        return written("partner-template", partner=neu.id, language=language)

    return filled_


def test_that_the_codes_of_the_version_are_those_that_are_written():
    asked = {sheet: [column.code for column in columns] for sheet, (_, columns) in SHEETS.items()}

    assert asked == {sheet: list(codes.meanings) for sheet, codes in VERSIONS[VERSION].items()}


def test_that_all_it_says_is_translated():
    said = {name for name, _ in SHEETS.values()}
    for _, columns in SHEETS.values():
        said |= {text for column in columns for text in (column.heading, column.prompt) if text}

    assert sorted(text for text in said if text not in wordings()) == []


@pytest.mark.parametrize("language", HINTS)
def test_that_the_line_below_the_headings_says_what_is_wanted(filled, language):
    sheet = filled(language).worksheets[1]
    listed, answered, dated = HINTS[language]

    codes, _, hints = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=3))
    by_code = dict(zip(codes, hints, strict=True))
    assert by_code["organisation.name"] == "*"
    assert by_code["organisation.country"] == listed
    assert by_code["organisation.sme"] == answered
    assert by_code["membership.since"] == dated
    assert by_code["organisation.city"] is None


def test_that_lists_are_offered_and_other_words_refused(filled):
    book = filled()
    sheet = book["Austausche"]
    rules = {str(v.sqref): v for v in sheet.data_validations.dataValidation}

    country = rules["D4:D1048576"]
    assert (country.type, country.formula1) == ("list", "SmartCT_countries")
    assert country.promptTitle == "Land des Besuchers"
    assert "steht nicht in der Liste" in country.error
    assert rules["E4:E1048576"].errorStyle == "warning"  # clusters can be typed, too
    end = rules["M4:M1048576"]
    assert (end.type, end.formula1) == ("date", "MAX($L4,DATE(2018,1,1))")
    assert end.formula2 == "DATE(2032,12,31)"
    assert rules["N4:N1048576"].type == "decimal"
    assert rules["A4:A1048576"].formula1 == "FALSE"
    marked = {str(area.sqref): rule for area in sheet.conditional_formatting for rule in area.rules}
    assert marked["C4:C303"].formula == ["AND(COUNTA($B4:$AA4)>0,ISBLANK($C4))"]
    assert "B4:B303" not in marked
    named = book.defined_names["SmartCT_yes_no"].attr_text
    title, _, area = named.replace("'", "").replace("$", "").partition("!")
    assert [cell.value for row in book[title][area] for cell in row] == ["ja", "nein"]


def test_that_headings_are_locked_and_what_is_filled_in_is_not(filled):
    book = filled()
    sheet = book["Mitglieder"]

    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    allowed = ("sort", "autoFilter", "insertRows", "deleteRows", "formatCells")
    assert {name for name in allowed if getattr(sheet.protection, name)} == set()
    assert [sheet.cell(row, 2).protection.locked for row in (1, 2, 3)] == [True] * 3
    assert not sheet.column_dimensions["B"].protection.locked
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    events = book["Veranstaltungen"]
    ids = [events.cell(4, column).protection.locked for column in (1, 2, 5)]
    assert ids == [False] * 3  # programs sort no rows of which one cell is locked
    assert sheet.auto_filter.ref.startswith("A3:")
    assert sheet.freeze_panes == "C4"


@pytest.mark.parametrize("language", ["en", "bg"])
def test_that_the_stamp_is_in_the_file_and_on_the_first_sheet(written, language):
    book = written("partner-template", language=language)

    first = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[1]]
    assert "partner-template 1" in [row[1] for row in first]
    stamp = book.defined_names["SmartCT_template"]
    assert (stamp.attr_text, stamp.hidden) == ('"partner-template 1"', True)
    assert book.custom_doc_props["SmartCT template"].value == "partner-template 1"
    assert [sheet["A1"].value for sheet in book.worksheets[1:]] == [
        f"smartct:partner-template:1:{word}:"
        for word in ("members", "exchanges", "events", "attendance", "lists", "help")
    ]


def test_that_only_a_filled_one_says_that_it_tells_of_people(filled, written):
    def says(book):
        return "Personenbezogene Daten" in [c.value for c in book.worksheets[0]["A"]]

    assert says(filled())
    assert not says(written("partner-template", language="de"))
