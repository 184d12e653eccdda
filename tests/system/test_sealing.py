"""Small files that are as closed as the document they belong to."""

import os

import pytest

from smartct_desktop.domain.key import Key
from smartct_desktop.system.sealing import Unreadable, sealed, unsealed

KEY = Key(bytes(range(32)), bytes(16))
CONTENT = "Мария Иванова, typed and not written".encode()


def test_that_a_sealed_content_is_read_with_its_key_only():
    stored = sealed(CONTENT, KEY, "a.smartct")

    assert unsealed(stored, KEY, "a.smartct") == CONTENT
    assert CONTENT[:6] not in stored
    for other in (Key(os.urandom(32), KEY.salt), Key(KEY.raw, os.urandom(16))):
        with pytest.raises(Unreadable):
            unsealed(stored, other, "a.smartct")


def test_that_a_sealed_content_belongs_to_one_document():
    with pytest.raises(Unreadable):
        unsealed(sealed(CONTENT, KEY, "a.smartct"), KEY, "b.smartct")


def test_that_no_two_sealings_are_alike():
    assert sealed(CONTENT, KEY, "a") != sealed(CONTENT, KEY, "a")


def test_that_every_changed_byte_is_noticed():
    stored = sealed(CONTENT, KEY, "a")

    for at in range(len(stored)):
        changed = bytearray(stored)
        changed[at] ^= 1
        with pytest.raises(Unreadable):
            unsealed(bytes(changed), KEY, "a")


@pytest.mark.parametrize("length", [0, 1, 17, 28, 40])
def test_that_half_a_file_is_noticed(length):
    with pytest.raises(Unreadable):
        unsealed(sealed(CONTENT, KEY, "a")[:length], KEY, "a")
