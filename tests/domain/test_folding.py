"""The form of a text in which case, accents and punctuation no longer tell apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Cataluña", "cataluna"),
        ("Łódź", "lodz"),
        ("Søren Ærø", "soren aero"),
        ("Đorđe", "dorde"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Þór", "thor"),
        ("œuvre", "oeuvre"),
        ("İstanbul ışık", "istanbul isik"),
    ],
)
def test_that_latin_letters_lose_case_and_accents(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ΑΘΉΝΑ", "αθηνα"), ("Ελλάς", "ελλασ"), ("СОФИЯ", "софия"), ("ѝ", "и"), ("ещё", "еще")],
)
def test_that_greek_and_cyrillic_keep_their_script(text, folded):
    assert fold(text) == folded


def test_that_the_cyrillic_short_i_is_a_letter_of_its_own():
    assert fold("Край") == "край"
    assert fold("край") != fold("краи")
    assert fold(unicodedata.normalize("NFD", "край")) == "край"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Fecha(s) / hora ", "fecha s hora"),
        ("Сума (евро)", "сума евро"),
        ("d'acollida", "d acollida"),
        ("Ansprechpartner*in", "ansprechpartner in"),
        ("a_b", "a b"),
        ("„Зелена Спирка“ ЕООД", "зелена спирка еоод"),
        ("№ 5", "no 5"),
        ("n.º", "n o"),
        ("✓", ""),
        (" – ", ""),
        ("", ""),
    ],
)
def test_that_signs_part_words_and_vanish(text, folded):
    assert fold(text) == folded


def test_that_what_is_invisible_parts_no_words():
    assert fold("Netz\u00adwerk") == "netzwerk"
    assert fold("\ufeffName") == "name"
    assert fold("col·lecció") == fold("co\u0140lecció") == "colleccio"


def test_that_other_scripts_stay_as_they_are():
    assert fold("हिन्दी, भाषा") == "हिन्दी भाषा"
    assert fold("한국어") == "한국어"


@given(st.text())
def test_that_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_that_the_way_a_text_is_composed_does_not_matter(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_that_a_folded_text_has_single_blanks_only(text):
    assert fold(text) == " ".join(fold(text).split())
