"""Finding a person in texts."""

import pytest

from smartct_desktop.services.privacy.traces import Traces, parts_of, spellings, words_of

ADA = Traces(
    sure=[*spellings("Ada Müller"), words_of("a.mueller@example.org")],
    shared=[("muller",)],
    phones=["+49 170 1234567"],
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ada Müller came", "… came"),
        ("MULLER, Ada!", "…!"),
        ("form_AdaMüller.pdf", "form_….pdf"),
        ("Ada Mueller's", "…'s"),
        ("write to A.Mueller@Example.org now", "write to … now"),
        ("call 0170/123 45 67", "call …"),
        ("call +49(0)170-1234567.", "call …."),
        ("Müllers house", "Müllers house"),
        ("Adam Mullerson", "Adam Mullerson"),
        ("12345671234567", "12345671234567"),
        ("", ""),
    ],
)
def test_that_a_person_is_found_however_they_are_written(text, left):
    assert ADA.without(text, every=False) == left


def test_that_words_that_may_mean_another_are_taken_out_only_if_wanted():
    assert ADA.without("Müllers house", every=True) == "… house"


def test_that_particles_and_initials_do_not_stand_for_a_person():
    assert parts_of("Jana von der Sachs-Li") == ("jana", "sachs")
