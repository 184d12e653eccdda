"""Where the headings of a sheet are, and what its columns mean."""

import pytest

from smartct_desktop.services.importing.columns import ColumnMapper, language_of
from smartct_desktop.services.importing.kinds_of_table import EXCHANGES, MEMBERS, rank
from smartct_desktop.services.importing.layout import find_tables
from smartct_desktop.services.importing.questions import Asking
from tests.services.importing.books import exchange, exchanges, member, members, sheet


@pytest.fixture
def tables(dictionary):
    def found(grid, **facts):
        return find_tables(sheet(grid, **facts), dictionary.headings).tables

    return found


@pytest.fixture
def mapped(dictionary, tables):
    """Maps the columns of the first table; gives what each letter means."""

    def found(grid, kind=EXCHANGES, answers=None, **facts):
        asking = Asking(answers or {})
        mapper = ColumnMapper(dictionary, asking, "Sheet1", latest=2032)
        columns = mapper.map(tables(grid, **facts)[0], kind)
        return {column.letter: column.code for column in columns}, asking.questions()

    return found


def test_that_headings_are_found_below_titles(tables):
    (table,) = tables(members(member()))

    assert table.header_rows == (5,)
    assert [row.number for row in table.rows] == [6]


def test_that_a_sheet_without_headings_has_no_table(tables):
    assert tables([["Dear colleagues"], ["the list follows next week"], [1, 2, 3]]) == ()


def test_that_headings_of_two_rows_are_read_together(tables, mapped):
    grid = [
        ["Ref", "Visitor", None, "Host", None, "Stay", None],
        [None, "Name", "Country", "Name", "Country", "From", "To"],
        ["A-1", "Adler Optik GmbH", "DE", "Bosc Digital, S.L.", "ES", "15.11.2021", "19.11.2021"],
    ]
    merged = [(1, 1, 1, 2), (1, 3, 1, 4), (1, 5, 1, 6)]

    assert tables(grid, merged=merged)[0].header_rows == (1, 2)
    codes, questions = mapped(grid, merged=merged)
    assert [codes[letter] for letter in "ABCDEFG"] == [
        "exchange.ref",
        "exchange.vo",
        "exchange.vo_country",
        "exchange.ho",
        "exchange.ho_country",
        "exchange.start",
        "exchange.end",
    ]
    assert not questions


def test_that_two_tables_below_each_other_are_two(tables):
    grid = [
        *exchanges(exchange()),
        [],
        ["Acto", "Fecha", "Lugar", "País"],
        ["Feria", "2021", "Vic"],
    ]

    assert [table.header_rows for table in tables(grid)] == [(1,), (4,)]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Besuchende Organisation", "exchange.vo"),
        ("организация домакин", None),
        ("Lump sum (EUR)", "exchange.amount_cents"),
        ("Amount in EUR", "exchange.amount_cents"),
        ("Begin", None),
    ],
)
def test_that_a_heading_means_what_the_dictionary_says(dictionary, heading, code):
    codes = {s.code for s in dictionary.headings.senses(heading) if s.certainty >= 0.75}

    assert code in codes if code else True


def test_that_the_person_is_told_from_the_organisation_that_visits(mapped):
    codes, _ = mapped([
        ["Visiting organisation", "Visitor", "Host organisation"],
        ["Adler Optik GmbH", "Anke Lund", "Bosc Digital, S.L."],
    ])  # fmt: skip

    assert codes == {"A": "exchange.vo", "B": "exchange.visitor", "C": "exchange.ho"}


def test_that_a_running_number_is_no_reference(mapped):
    rows = [[n, "Adler Optik GmbH", "Bosc Digital, S.L."] for n in range(1, 6)]

    codes, _ = mapped([["No.", "Visiting organisation", "Host organisation"], *rows])

    assert codes["A"] is None


def test_that_the_side_of_a_country_is_told_by_its_neighbour_or_asked(mapped):
    both, unasked = mapped([
        ["Visitor", "Country", "Host", "Country"],
        ["Adler Optik GmbH", "DE", "Bosc Digital, S.L.", "ES"],
    ])  # fmt: skip
    one, asked = mapped([
        ["Visitor", "Host", "Country"],
        ["Adler Optik GmbH", "Bosc Digital, S.L.", "ES"],
    ])  # fmt: skip

    assert (both["B"], both["D"]) == ("exchange.vo_country", "exchange.ho_country")
    assert not unasked
    assert one["C"] == "exchange.ho_country"
    assert [question.topic for question in asked] == ["what_is_this_column"]


def test_that_two_columns_of_one_meaning_are_asked_about(mapped):
    grid = [
        ["Visitor", "Host", "E-mail", "E-mail"],
        ["Adler Optik GmbH", "Bosc Digital, S.L.", "a@adler.example", "b@bosc.example"],
    ]

    codes, questions = mapped(grid)
    chosen, _ = mapped(grid, answers={"same_columns:Sheet1!C": "D"})

    assert (codes["C"], codes["D"]) == ("exchange.visitor_email", None)
    assert [question.topic for question in questions] == ["same_columns"]
    assert (chosen["C"], chosen["D"]) == (None, "exchange.visitor_email")


@pytest.mark.parametrize(
    "heading", ["Allergies", "Special diet / allergies", "Religion", "Passport no.", "Алергии"]
)
def test_that_sensitive_columns_are_refused_even_if_asked_for(mapped, heading):
    grid = [
        ["Visitor", "Host", heading],
        ["Adler Optik GmbH", "Bosc Digital, S.L.", "nuts"],
    ]
    answers = {"what_is_this_column:Sheet1!C": "remark"}

    assert mapped(grid)[0]["C"] is None
    assert mapped(grid, answers=answers)[0]["C"] is None


def test_that_a_person_may_say_what_a_column_is(mapped):
    grid = [["Visitor", "Host", "Xyz"], ["Adler Optik GmbH", "Bosc Digital, S.L.", "hello"]]

    assert mapped(grid)[0]["C"] is None
    assert mapped(grid, answers={"what_is_this_column:Sheet1!C": "remark"})[0]["C"] == (
        "exchange.remark"
    )
    assert mapped(grid, answers={"what_is_this_column:Sheet1!B": "nothing"})[0]["B"] is None


def test_that_the_kind_of_a_list_is_told_by_its_headings(tables):
    assert rank(tables(exchanges(exchange()))[0].heads)[0][1] is EXCHANGES
    assert rank(tables(members(member()))[0].heads)[0][1] is MEMBERS
    attendance = ["N.", "Cognome", "Nome", "Ente / Azienda", "Paese", "E-mail", "Firma"]
    people = [attendance, [1, "Rossi", "Ada", "Bosc Digital", "Italia", "a@bosc.example", "x"]]
    assert rank(tables(people)[0].heads)[0][1].kind == "attendance"


def test_that_the_language_of_headings_is_known(tables):
    assert language_of(tables(members(member()))[0].heads) == "de"
    assert language_of(tables(exchanges(exchange()))[0].heads) == "en"
