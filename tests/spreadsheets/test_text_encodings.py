"""Encodings told from bytes: proved where they can be, guessed from letters where not."""

import pytest

from smartct_desktop.spreadsheets.text_encodings import guess_encoding
from smartct_desktop.spreadsheets.text_marks import is_binary
from tests.spreadsheets.languages import ENCODINGS, LISTS, records


def guessed(tmp_path, content):
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    return guess_encoding(path)


@pytest.mark.parametrize(
    ("encoding", "proved"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_that_marks_zero_bytes_and_valid_utf8_prove_the_encoding(tmp_path, encoding, proved):
    text = "Name;Ort\r\nMüller;Köln\r\nBäcker;Görlitz\r\n"
    guess = guessed(tmp_path, text.encode(encoding))

    assert guess.certain
    assert [entry.name for entry in guess.encodings] == [proved]
    assert text.encode(encoding).decode(proved).lstrip("\ufeff") == text


def test_that_plain_ascii_is_certain(tmp_path):
    guess = guessed(tmp_path, b"a;b\n1;2\n")

    assert (guess.certain, guess.encodings[0].name) == (True, "utf-8")


CASES = [
    (language, encoding, delimiter)
    for language in LISTS
    for encoding in ENCODINGS[language]
    for delimiter in ";,\t"
]


def made(language, encoding, delimiter, size):
    lines = [
        delimiter.join(field.replace(delimiter, " ") for field in record)
        for record in records(language)
    ]
    return "".join(f"{line}\r\n" for line in lines[:size]).encode(encoding)


@pytest.mark.parametrize("size", [3, 8])
def test_that_short_lists_in_sixteen_languages_are_read_rightly(tmp_path, size):
    wrong = []
    for language, encoding, delimiter in CASES:
        content = made(language, encoding, delimiter, size)
        guess = guessed(tmp_path, content)
        text = content.decode(encoding)
        assert not guess.certain
        if content.decode(guess.encodings[0].name) != text:
            wrong.append((language, encoding, guess.encodings[0].name))
            readings = [content.decode(entry.name, "replace") for entry in guess.encodings]
            assert text in readings, (language, encoding)

    assert len(wrong) <= 0.02 * len(CASES), wrong


def test_that_a_guess_names_alternatives_that_read_differently(tmp_path):
    content = made("Bulgarian", "cp1251", ";", 8)
    guess = guessed(tmp_path, content)

    readings = [content.decode(entry.name, "replace") for entry in guess.encodings]
    assert len(set(readings)) == len(readings) > 1
    assert guess.encodings[0].name == "cp1251"
    assert guess.encodings[0].certainty > 0.95
    assert sum(entry.certainty for entry in guess.encodings) == pytest.approx(1, abs=0.01)
    assert all(entry.sample for entry in guess.encodings)


def test_that_a_page_that_has_no_letter_for_a_byte_far_down_is_not_guessed(tmp_path):
    lines = ["Straße;Köln\r\n"] * 5000
    content = "".join(lines).encode("cp1252") + b"\x90\r\n"

    names = [entry.name for entry in guessed(tmp_path, content).encodings]
    assert names
    assert "cp1252" not in names


@pytest.mark.parametrize(
    "content",
    ["Straße;Köln\r\n" * 3000 + "Muñoz;Łódź\r\n", "Straße;" + "x" * 5000 + ";Żywiec\r\n"],
)
def test_that_letters_far_down_or_far_right_tell_two_code_pages_apart(tmp_path, content):
    packed = content.encode("cp1250", "replace")

    readings = [packed.decode(entry.name) for entry in guessed(tmp_path, packed).encodings]
    assert len(set(readings)) == len(readings) > 1
    assert packed.decode("cp1250") in readings


def test_that_utf8_with_few_broken_places_is_guessed_but_not_certain(tmp_path):
    content = "Müller;Köln\r\n".encode() * 50 + b"cut \xc3\r\n"
    guess = guessed(tmp_path, content)

    assert (guess.encodings[0].name, guess.certain) == ("utf-8", False)


@pytest.mark.parametrize("content", [b"\xff", b"\x81\x8d\x8f", b"\xe4", b"\xa0\r\n"])
def test_that_hardly_any_bytes_make_a_guess_too(tmp_path, content):
    guess = guessed(tmp_path, content)

    assert guess.encodings
    assert content.decode(guess.encodings[0].name, "replace")


@pytest.mark.parametrize("content", [b"\0\x01\x02", b"abc\0def\0" * 9, bytes(range(256))])
def test_that_bytes_that_are_no_text_are_binary(content):
    assert is_binary(content)
