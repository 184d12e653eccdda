"""Names that are not what they seem are told; they are kept as they stand."""

import pytest

from tests.services.importing.books import day
from tests.services.importing.shapes import Page, said, told

FROM, TO = day("2022-03-07"), day("2022-03-11")
HEADINGS = ["Visiting organisation", "Visitor name", "Host organisation", "Start", "End"]


def planned(shaped, visitor="Adler Optik GmbH", person="Ada Rossi"):
    return shaped(Page([HEADINGS, [visitor, person, "Bosc Digital, S.L.", FROM, TO]]))


@pytest.mark.parametrize("name", ["Тeхнo Груп АД", "AdIer Оptik GmbH"])
def test_that_letters_of_two_alphabets_that_look_alike_are_told(shaped, name):
    plan = planned(shaped, name)

    assert said(plan, "IMP-14") == {2}
    assert told(plan, "exchange", "vo") == [(name,)]


@pytest.mark.parametrize("name", ["Техно Груп АД", "МобиTest ООД", "Müller Größe KG"])
def test_that_names_in_one_alphabet_or_plainly_in_two_are_not_told(shaped, name):
    assert said(planned(shaped, name), "IMP-14") == set()


@pytest.mark.parametrize(
    "cell",
    [
        "Uno Luz, S.L.; Dos Luz, S.L.",
        "Uno Luz S.L. / Dos Luz S.A.",
        "Uno Luz S.L.\nDos Luz S.L.",
        "Uno Luz S.L. y Dos Luz S.A.",
        "Universität Halle; Hochschule Anhalt",
    ],
)
def test_that_several_organisations_in_one_cell_are_told(shaped, cell):
    assert said(planned(shaped, cell), "IMP-20") == {2}


@pytest.mark.parametrize(
    "cell",
    [
        "Müller & Söhne GmbH & Co. KG",
        "Adler, Weser und Partner GmbH",
        "Bosc Digital, S.L.",
        "Verband der Elektro-/Digitalindustrie e. V.",
        "Clúster Digital\nde Catalunya",
    ],
)
def test_that_one_organisation_is_not_told_to_be_several(shaped, cell):
    assert said(planned(shaped, cell), "IMP-20") == set()


@pytest.mark.parametrize(
    ("cell", "rows"),
    [
        ("Ada Rossi; Jon Etxe", {2}),
        ("Ada Rossi, Jon Etxe", {2}),
        ("Rossi, Ada", set()),
        ("Rossi Verdi, Dr. Ada", set()),
        ("Ada Rossi", set()),
    ],
)
def test_that_several_persons_in_one_cell_are_told(shaped, cell, rows):
    assert said(planned(shaped, person=cell), "IMP-20") == rows
