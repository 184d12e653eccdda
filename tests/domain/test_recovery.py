"""The key of a document on paper: written down, typed again, and mistyped."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.recovery import LETTERS, LINES, from_groups, letters_of, to_groups

KEY = bytes(range(7, 39))
KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS)
def test_that_what_was_written_down_is_read_again(raw):
    lines = to_groups(raw)

    assert len(lines) == LINES
    assert all(len(letters_of(line)) == LETTERS for line in lines)
    assert from_groups("\n".join(lines)) == raw


@pytest.mark.parametrize(
    "typed",
    [
        lambda text: text.lower(),
        lambda text: text.replace(" ", "").replace("\n", ""),
        lambda text: text.replace(" ", "-").replace("\n", " – "),
        lambda text: text.replace("0", "O").replace("1", "l"),
        lambda text: text.replace("1", "i").replace("\n", "\r\n\r\n"),
        lambda text: f"  {text}\t",
    ],
)
def test_that_the_way_it_is_typed_does_not_matter(typed):
    assert from_groups(typed("\n".join(to_groups(KEY)))) == KEY


@given(KEYS, st.integers(0, LINES - 1), st.integers(0, LETTERS - 1), st.randoms())
def test_that_one_wrong_letter_is_found_in_its_line(raw, line, at, chance):
    lines = [letters_of(one) for one in to_groups(raw)]
    others = [letter for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if letter != lines[line][at]]
    lines[line] = lines[line][:at] + chance.choice(others) + lines[line][at + 1 :]

    refusal = refused(" ".join(lines))

    if refusal is None:  # one in 65,536 is not found by its sum
        assert from_groups(" ".join(lines)) != raw
    else:
        assert refusal.field == str(line)
        assert f"Line {line + 1} " in str(refusal)


def refused(text):
    """What is said against a text, None if it is read."""
    try:
        from_groups(text)
    except Invalid as refusal:
        return refusal
    return None


def test_that_hardly_any_slip_is_overlooked():
    chance = random.Random(7)
    letters = "".join(letters_of(line) for line in to_groups(KEY))
    overlooked = 0
    for _ in range(2000):
        at = chance.randrange(len(letters) - 1)
        pair = letters[at : at + 2]
        slips = [letters[:at] + pair[::-1] + letters[at + 2 :]]
        slips.append(letters[:at] + chance.choice("2345678") + letters[at + 1 :])
        for slip in slips:
            overlooked += slip != letters and refused(slip) is None

    assert overlooked <= 1


def test_that_lines_in_another_order_are_refused():
    first, second, third, fourth = to_groups(KEY)

    with pytest.raises(Invalid, match="Line 2 is not as it was printed"):
        from_groups(f"{first}\n{third}\n{second}\n{fourth}")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: lines[:3], "The key has 4 lines, here are 3."),
        (lambda lines: [*lines, lines[0]], "The key has 4 lines, here are 5."),
        (lambda lines: [*lines[:3], lines[3][:-1]], "Line 4 has 15 letters, it should have 16."),
        (lambda lines: ["U" + lines[0][1:], *lines[1:]], "Line 1: “U” is in no key."),
        (lambda lines: ["й" + lines[0][1:], *lines[1:]], "Line 1: “Й” is in no key."),
        (lambda _lines: [], "The key has 4 lines, here are 0."),
    ],
)
def test_that_what_is_missing_or_too_much_is_said(change, sentence):
    with pytest.raises(Invalid) as refused:
        from_groups("\n".join(change(list(to_groups(KEY)))))

    assert str(refused.value) == sentence
