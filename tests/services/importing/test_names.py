"""Names that can be compared: legal forms, alphabets, initials."""

import pytest

from smartct_desktop.services.importing.names import initials, parts_of


@pytest.fixture(scope="module")
def names(dictionary):
    return dictionary.names


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Adler Optik GmbH", "adler optik"),
        ("ADLER-OPTIK G.m.b.H.", "adler optik"),
        ("Bosc Digital, S.L.", "bosc digital"),
        ("Bosc Digital S. L.", "bosc digital"),
        ("Adler Optik GmbH & Co. KG", "adler optik"),
        ("„Планина Дейта“ ООД", "планина дейта"),
        ("GmbH", "gmbh"),
    ],
)
def test_that_the_core_is_the_name_without_its_legal_form(names, name, core):
    assert names.key(name).core == names.core(name) == core


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("„Жълти Щъркели“ ООД", "Zhalti Shtarkeli OOD"),
        ("Тракия Юг АД", "Trakia Yug AD"),
        ("Müller & Söhne KG", "Mueller Soehne KG"),
    ],
)
def test_that_names_sound_alike_across_alphabets(names, one, other):
    assert names.key(one).sound == names.key(other).sound


def test_that_words_in_another_order_sound_alike(names):
    assert names.key("Optik Adler").sound == names.key("Adler Optik").sound


def test_that_numbers_of_a_name_are_kept_apart(names):
    assert names.key("Labor 3 GmbH").numbers == ("3",)
    assert names.key("Labor 3 GmbH").numbers != names.key("Labor 4 GmbH").numbers


def test_that_pieces_and_initials_may_stand_for_a_name():
    assert parts_of("Hochschule Dünen (HD)") == ["Hochschule Dünen"]
    assert parts_of("Adler Optik – Werk Nord") == ["Adler Optik", "Werk Nord"]
    assert parts_of("Adler Optik") == []
    assert initials("netzwerk energie umwelt") == "neu"
    assert initials("adler") == ""
