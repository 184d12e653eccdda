"""What the sender of a file is asked to correct, cell by cell and in the sender's language."""

import csv
import io
import string

import pytest

from smartct_desktop.domain.book import CellError
from smartct_desktop.services.importing.correction_list import corrections
from smartct_desktop.services.importing.correction_words import (
    LANGUAGES,
    CorrectionWords,
    language_of_sender,
)
from smartct_desktop.system.resources import read_text
from tests.services.importing.books import (
    book,
    exchange,
    exchanges,
    member,
    members,
    sheet,
    text_book,
)


@pytest.fixture
def asked_back(plan, dictionary):
    """Plans a book and gives its corrections in a language, English unless told."""

    def make(read, answers=None, language="en"):
        planned = plan(read, answers)
        return corrections(planned, read, CorrectionWords(dictionary, language))

    return make


def cells(found):
    return [(one.cell, one.rule) for one in found]


def test_that_a_file_without_doubts_asks_for_nothing(asked_back):
    assert asked_back(book(exchanges(exchange()))) == ()


def test_that_a_refused_row_is_told_with_the_cell_that_is_missing(asked_back):
    (one,) = asked_back(book(exchanges(exchange("A-1"), exchange("A-2", start=None))))
    assert (one.cell, one.value, one.rule, one.refused) == ("F3", "(blank)", "IMP-04", True)
    assert "year-month-day" in one.advice


def test_that_an_error_of_a_formula_is_told_where_it_stands(asked_back):
    (one,) = asked_back(book(exchanges(exchange(amount=CellError("#REF!")))))
    assert (one.cell, one.value, one.rule, one.refused) == ("J2", "#REF!", "IMP-09", True)


def test_that_a_question_about_a_column_marks_only_the_cells_that_hang_on_it(asked_back):
    found = asked_back(
        book(
            exchanges(
                exchange("A-1", "Adler GmbH", start="03/04/2022", end="03/04/2022", days=1),
                exchange("A-2", "Bauer GmbH"),
            )
        )
    )
    assert cells(found) == [("F2", "date_order"), ("G2", "date_order")]
    assert not any(one.refused for one in found)


def test_that_a_doubtful_word_names_what_can_be_typed(asked_back):
    (one,) = asked_back(book(exchanges(exchange(status="fertig oder nicht"))), language="de")
    assert one.cell == "K2"
    assert "abgeschlossen" in one.advice


def test_that_an_answered_question_is_not_put_to_the_sender(asked_back):
    read = book(exchanges(exchange(start="03/04/2022", end="04/04/2022", days=2)))
    answers = {"date_order:Sheet1!F": "dmy", "date_order:Sheet1!G": "dmy"}
    assert asked_back(read)
    assert asked_back(read, answers) == ()


def test_that_a_list_without_a_column_for_the_country_is_asked_for_one(asked_back):
    grid = [line[:6] + line[7:] for line in members(member())[4:]]
    found = [one for one in asked_back(book(grid)) if one.rule == "country"]
    assert [one.cell for one in found] == ["A1"]
    assert "add a column" in found[0].advice


def test_that_a_cell_within_merged_ones_is_marked_at_their_first_cell(asked_back):
    rows = exchanges(
        exchange("A-1", "Adler GmbH", status="was auch immer"),
        exchange("A-2", "Bauer GmbH", status=None),
    )
    found = asked_back(book(sheet(rows, merged=[(2, 10, 3, 10)])))
    assert {one.cell for one in found} == {"K2"}


def test_that_the_content_of_a_column_that_must_not_be_sent_is_not_repeated(asked_back):
    rows = exchanges(exchange())
    rows[0].append("Diet")
    rows[1].append("no nuts")
    (one,) = asked_back(book(rows))
    assert (one.cell, one.value, one.rule) == ("L1", "Diet", "GDP-01")
    assert "delete the column" in one.advice


def test_that_a_text_file_is_marked_too(asked_back):
    rows = [[str(cell or "") for cell in line] for line in exchanges(exchange(start=None))]
    assert [(one.sheet, one.cell) for one in asked_back(text_book(rows))] == [(None, "F2")]


@pytest.mark.parametrize(
    ("headings", "country", "language"),
    [
        (["Firma", "Land", "Ort", "KMU"], None, "de"),
        (["Empresa", "País", "Ciudad", "Tipo de entidad"], None, "es"),
        (["Фирма", "Държава", "Град"], None, "bg"),
        (["Xyz"], "IT", "it"),
        (["Xyz"], None, "en"),
    ],
)
def test_that_the_language_is_that_of_the_headings_else_of_the_country(
    plan, dictionary, headings, country, language
):
    grid = [headings, [f"Adler {heading}" for heading in headings]]
    assert language_of_sender(plan(book(grid), kind="membership"), dictionary, country) == language


def test_that_the_headings_outweigh_the_country(plan, dictionary):
    assert language_of_sender(plan(book(exchanges(exchange()))), dictionary, "BG") == "en"


def test_that_every_sentence_is_there_in_every_language_with_the_same_places():
    rows = list(csv.DictReader(io.StringIO(read_text("corrections/sentences.csv"))))
    assert len({row["key"] for row in rows}) == len(rows) > 50
    for row in rows:
        assert set(row) == {"key", *LANGUAGES}
        places = {
            frozenset(name for _, name, _, _ in string.Formatter().parse(row[language]) if name)
            for language in LANGUAGES
        }
        assert len(places) == 1, row["key"]
        assert all(row[language].strip() for language in LANGUAGES), row["key"]


def test_that_a_form_is_marked_where_its_cell_stands(asked_back):
    found = asked_back(
        text_book([
            ["Kennung", "A-1"],
            ["Besuchende Organisation", "Adler Optik GmbH"],
            ["Gastgebende Organisation", "Bosc Digital, S.L."],
            ["Beginn", "19.11.2021"],
            ["Ende", "15.11.2021"],
        ])
    )  # fmt: skip

    assert cells(found) == [("B5", "DUR-01")]
