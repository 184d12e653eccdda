"""What a new password must be, and how strong it is taken to be."""

import unicodedata

import pytest

from smartct_desktop.domain.passwords import MINIMUM, Strength, normalised, refused, strength


@pytest.mark.parametrize("password", ["", "short", "x" * (MINIMUM - 1), "Ab3$" * 2])
def test_that_a_short_password_is_refused_with_its_length(password):
    assert str(refused(password)) == (
        f"The password needs at least 12 characters, this one has {len(password)}."
    )


@pytest.mark.parametrize("password", ["a" * 40, "abababababab", "112211221122"])
def test_that_a_password_of_hardly_any_characters_is_refused(password):
    assert "very few different characters" in str(refused(password))


@pytest.mark.parametrize("password", ["seven boats", "парола за всеки ден", "ключ-4711-ключ"])
def test_that_letters_of_any_script_count(password):
    assert (refused(password) is None) == (len(password) >= MINIMUM)


def test_that_letters_count_the_same_however_they_are_composed():
    composed = "fünf Öfen übrig"

    assert normalised(unicodedata.normalize("NFD", composed)) == composed
    assert strength(unicodedata.normalize("NFD", composed)) is strength(composed)


@pytest.mark.parametrize(
    ("password", "taken_for"),
    [
        ("passwordpassword", Strength.WEAK),
        ("qwertyuiop12", Strength.WEAK),
        ("123456789012", Strength.WEAK),
        ("abcdefghijklmnop", Strength.WEAK),
        ("SmartSmartSmart1", Strength.WEAK),
        ("Sofia2024!!!", Strength.FAIR),
        ("Clusters2021-22", Strength.FAIR),
        ("correct horse battery staple", Strength.GOOD),
        ("seven boats under Sofia", Strength.GOOD),
        ("xK9#mQ2$vL7@", Strength.GOOD),
        ("седем лодки под София", Strength.GOOD),
    ],
)
def test_that_what_can_be_told_is_weak_and_words_without_relation_are_strong(password, taken_for):
    assert refused(password) is None
    assert strength(password) is taken_for


def test_that_more_of_the_same_makes_nothing_stronger():
    assert strength("ringeldingel" * 5) is not Strength.GOOD
