"""A partner's file with a password, in the import assistant, by keys."""

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from PySide6.QtCore import Qt

from smartct_desktop.system.resources import resource
from smartct_desktop.ui.import_assistant.file_card import FileCard
from tests.journeys.importing import opened


@pytest.fixture
def hand(desktop, sample, facts):  # noqa: ARG001 -- the document that is shown
    with opened(desktop, facts, lambda _receipt: None) as hand:
        yield hand


@pytest.fixture
def locked(tmp_path):
    path = tmp_path / "Stays.xlsx"
    plain = resource("sample/Exchanges_Leipzig_2021-2022.xlsx")
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("secret7", target)
    return path


def test_that_the_password_is_asked_for_in_place_until_it_is_right(hand, locked):
    file = hand.add(locked)
    (card,) = hand.assistant.findChildren(FileCard)
    assert file.locked
    assert hand.focused() is card.password.field
    assert card.password.field.echoMode() is card.password.field.EchoMode.Password

    hand.type("secret8")
    hand.key(Qt.Key.Key_Return)
    assert file.locked
    assert "does not open" in file.trouble.sentence
    assert card.password.field.text() == ""

    hand.type("secret7")
    hand.key(Qt.Key.Key_Return)
    assert file.usable
    assert card.password.isHidden()
