"""Drafts: what is being typed, in a file of its own beside the program's data."""

import os
import stat

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.services.drafts import Draft, Drafts, Place, Typed, hand_over

PANE = Draft(
    Place.FORM, "exchange", "a1", "exchanges", (Typed("remark", "half a\nsentence", ""),), "2022"
)
NEW = Draft(Place.NEW, "organisation", "", "tab:clusters", (Typed("name", "Клъстер", ""),), "2022")


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path / "drafts", tmp_path / "a.smartct")


def test_that_what_was_typed_is_read_again(drafts, tmp_path):
    drafts.write([PANE, NEW])

    assert Drafts(tmp_path / "drafts", tmp_path / "a.smartct").read() == [PANE, NEW]


def test_that_there_is_nothing_at_first(drafts):
    assert drafts.read() == []


def test_that_the_file_is_for_one_person_only(drafts):
    drafts.write([PANE])

    if os.name == "posix":
        assert stat.S_IMODE(drafts.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(drafts.path.parent.stat().st_mode) == 0o700


def test_that_the_file_goes_when_everything_is_resolved(drafts):
    drafts.write([PANE])
    drafts.write([])
    drafts.write([])

    assert not drafts.path.exists()
    assert list(drafts.path.parent.iterdir()) == []


def test_that_each_document_has_its_own(drafts, tmp_path):
    other = Drafts(tmp_path / "drafts", tmp_path / "b.smartct")
    drafts.write([PANE])
    other.write([NEW])

    assert drafts.read() == [PANE]
    assert other.read() == [NEW]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"format": 1}', '{"format": 2, "drafts": []}', "\udce4"],
)
def test_that_a_damaged_file_is_as_good_as_none(drafts, text):
    drafts.write([PANE])
    drafts.path.write_bytes(text.encode("utf-8", errors="surrogateescape"))

    assert drafts.read() == []


def test_that_a_draft_that_makes_no_sense_does_not_take_the_others_with_it(drafts):
    drafts.write([PANE, NEW])
    text = drafts.path.read_text(encoding="utf-8").replace('"form"', '"elsewhere"')
    drafts.path.write_text(text, encoding="utf-8")

    assert drafts.read() == [NEW]


def test_that_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "drafts").write_text("a file")

    with pytest.raises(Trouble):
        Drafts(tmp_path / "drafts", tmp_path / "a.smartct").write([PANE])


# Drafts of protected documents.

KEY, OTHER = Key(bytes(range(32)), bytes(16)), Key(bytes(32), bytes(16))


@pytest.fixture
def at(tmp_path):
    return tmp_path / "drafts", tmp_path / "a.smartct"


def test_that_drafts_of_a_protected_document_cannot_be_read_without_its_key(at):
    drafts = Drafts(*at, KEY)
    drafts.write([PANE, NEW])

    (file,) = at[0].iterdir()
    typed = [one.text for draft in (PANE, NEW) for one in draft.fields if one.text]
    assert not any(text.encode() in file.read_bytes() for text in typed)
    assert Drafts(*at, KEY).read() == [PANE, NEW]
    assert Drafts(*at, OTHER).read() == []
    assert Drafts(*at).read() == []


def test_that_plain_drafts_are_found_once_more_when_the_document_gets_a_key(at):
    plain = Drafts(*at)
    plain.write([PANE])

    protected = Drafts(*at, KEY)
    assert protected.read() == [PANE]
    protected.write([PANE, NEW])

    assert not plain.path.exists()
    assert Drafts(*at, KEY).read() == [PANE, NEW]


@pytest.mark.parametrize(("before", "after"), [(None, KEY), (KEY, OTHER), (KEY, None)])
def test_that_drafts_are_handed_over_to_another_key(at, before, after):
    Drafts(*at, before).write([PANE])

    hand_over(*at, before, after)

    assert Drafts(*at, after).read() == [PANE]
    assert len(list(at[0].iterdir())) == 1
    Drafts(*at, after).write([])
    assert list(at[0].iterdir()) == []


def test_that_drafts_about_somebody_are_left_out(at):
    drafts = Drafts(*at, KEY)
    drafts.write([PANE, NEW])

    drafts.leave_out(lambda stored: stored["place"] == PANE.place.value)

    assert drafts.read() == [NEW]
