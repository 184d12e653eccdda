"""Counts in words: what is said always adds up."""

import re

import pytest

from smartct_desktop.services.importing.plan import Counts
from smartct_desktop.ui.import_assistant.words import (
    deed,
    grouped,
    receipt_lines,
    rows_in_words,
    sum_in_words,
)

MANY = Counts(add=12, change=5, same=30, wait=3, refuse=1, skip=6)


def test_that_the_main_button_says_what_it_does():
    assert deed(MANY) == "Add 12, change 5, leave 40 (3 wait)"
    assert deed(Counts(add=1)) == "Add 1"
    assert deed(Counts(change=2, wait=1)) == "Change 2, leave 1 (1 waits)"


def test_that_the_foot_names_every_outcome_there_is():
    said = sum_in_words(MANY)

    assert said == "57 rows: 12 add, 5 change, 30 same, 6 skip, 1 refused, 3 need you."
    assert sum_in_words(Counts(add=1)) == "1 row: 1 add."
    assert sum_in_words(Counts()) == "The file has no rows."


@pytest.mark.parametrize("counts", [MANY, Counts(skip=4), Counts(add=2, refuse=9)])
def test_that_the_numbers_said_add_up_to_the_rows(counts):
    first, *others = map(int, re.findall(r"\d+", sum_in_words(counts)))

    assert sum(others) == first == counts.rows
    assert sum(count for count, _ in receipt_lines(counts)) == counts.rows


def test_that_the_receipt_says_that_nothing_was_added():
    assert list(receipt_lines(Counts(same=2))) == [
        (0, "added"),
        (0, "changed"),
        (2, "the same as before"),
    ]


def test_that_large_numbers_are_grouped_with_thin_spaces():
    assert [grouped(n) for n in (9999, 10_000, 1_234_567)] == [
        "9999",
        "10\u202f000",
        "1\u202f234\u202f567",
    ]
    assert rows_in_words(1) == "1 row"
