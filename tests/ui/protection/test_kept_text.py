"""Texts in the settings that may name people."""

from smartct_desktop.domain.key import Key
from smartct_desktop.ui.protection.kept_text import closed_text, opened_text, without_closed

KEY, OTHER = Key(bytes(range(32)), bytes(16)), Key(bytes(32), bytes(16))
TEXT = "host:Мария"


def test_that_a_text_of_a_plain_document_is_kept_as_it_is():
    assert closed_text(TEXT, None, "filter") == TEXT
    assert opened_text(TEXT, None, "filter") == TEXT
    assert opened_text(TEXT, KEY, "filter") == TEXT


def test_that_a_text_of_a_protected_document_is_read_with_its_key_only():
    closed = closed_text(TEXT, KEY, "filter")

    assert "host" not in closed
    assert opened_text(closed, KEY, "filter") == TEXT
    for key, about in ((OTHER, "filter"), (None, "filter"), (KEY, "another")):
        assert opened_text(closed, key, about) == ""
    assert opened_text(closed[:-9], KEY, "filter") == ""


def test_that_closed_texts_can_be_left_out():
    closed = closed_text(TEXT, KEY, "filter")

    assert without_closed({"a": closed, "b": TEXT, "c": 7}) == {"b": TEXT, "c": 7}
