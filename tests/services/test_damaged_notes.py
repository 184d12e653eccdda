"""What the program keeps beside documents and in them, damaged by chance: read, or passed over."""

import json
import os
import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.joined_lessons import joined_lessons
from smartct_desktop.domain.json_text import read_json
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.sender import Sender
from smartct_desktop.services import seals
from smartct_desktop.services.drafts import Draft, Drafts, Place, Typed
from smartct_desktop.services.importing.learned import carried_over
from smartct_desktop.services.importing.memory import remembered
from smartct_desktop.services.lessons import lessons_in
from smartct_desktop.services.revising.copying import understood_own
from smartct_desktop.services.working_copies import WorkingCopy, unsent_work
from smartct_desktop.storage.manifests import manifest_path, read_manifest, write_manifest
from smartct_desktop.system.backup import Manifest
from smartct_desktop.system.coming_forward import Door
from smartct_desktop.system.lock_texts import read_holder, write_holder
from tests.spreadsheets.mutations import mutated
from tests.ui.world import make_small_document

LONG = os.environ.get("SMARTCT_LONG") == "1"
TURNS = 20_000 if LONG else 250
NOON = datetime(2022, 6, 1, 12, tzinfo=UTC)
ODD = [
    *("null", "true", "-1", "1e999", "-1e999", "NaN", "1" * 5000, "0.5"),
    *('""', '"\\ud800"', '"\\u0000"'),
    *("[]", "{}", "[[]]", '{"": null}', '["a", 1, [2]]', "[" * 9000 + "]" * 9000, '{"a":' * 9000),
    '"2026-13-45T99:99"', '"' + "x" * 9000 + '"', '"../../etc"',
]  # fmt: skip
LEARNED = {
    "mappings": [{"headings": ["firm", "start"], "columns": {"firm": {"column": "vo"}}}],
    "answers": {"a" * 64: {"which_organisation!A": {"Alfa": "x"}, "column": "vo"}},
}


@dataclass
class Mapped:
    """A column as far as habits look at it."""

    header: str
    letter: str


COLUMNS = [(None, [Mapped("Firm", "A"), Mapped("Start", "B")])]


def damaged(content, chance):
    """A JSON text with a value exchanged for an odd one, or with its signs damaged."""
    if chance.random() < 0.4:
        return mutated(content, chance)[0]
    text = json.dumps(json.loads(content))
    places = []

    def put(value):
        places.append(value)
        return f"\x01{len(places) - 1}\x02"

    def marked(value):
        if isinstance(value, dict):
            inner = ", ".join(f"{json.dumps(k)}: {marked(v)}" for k, v in value.items())
            return put("{" + inner + "}")
        if isinstance(value, list):
            return put("[" + ", ".join(map(marked, value)) + "]")
        return put(json.dumps(value))

    text = marked(json.loads(content))
    places[chance.randrange(len(places))] = chance.choice(ODD)
    for number in range(len(places) - 1, -1, -1):
        text = text.replace(f"\x01{number}\x02", places[number])
    return text.encode()


def each(content, chance, read):
    """Read damaged copies; gives how many were taken for nothing. Only `Trouble` may come."""
    nothing = 0
    for _ in range(TURNS):
        with suppress(Trouble):
            nothing += not read(damaged(content, chance))
    return nothing


def test_that_damaged_manifests_are_passed_over(tmp_path):
    backup = tmp_path / "a.smartct-backup"
    manifest = Manifest(
        *("id", "/a", 3, "opened", NOON, "1.0", 12, 99, "b" * 64, {"person": 2}, 7, "x", "s"),
        checked_at=NOON,
    )
    write_manifest(backup, manifest)
    assert read_manifest(backup) == manifest
    path = manifest_path(backup)

    def read(content):
        path.write_bytes(content)
        return read_manifest(backup)

    assert each(path.read_bytes(), random.Random(1), read) > TURNS // 4


def test_that_damaged_locks_name_nobody(tmp_path):
    path = tmp_path / "lock"
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        holder = write_holder(number)
        assert read_holder(number) == holder

        def read(content):
            path.write_bytes(content)
            return read_holder(number).host

        assert each(path.read_bytes(), random.Random(2), read) > TURNS // 4
    finally:
        os.close(number)


def test_that_damaged_drafts_are_passed_over(tmp_path):
    drafts = Drafts(tmp_path, tmp_path / "a.smartct")
    typed = Draft(Place.CELL, "exchange", "x", "exchanges", (Typed("goals", "new", "old"),), "")
    drafts.write([typed])
    assert drafts.read() == [typed]

    def read(content):
        drafts.path.write_bytes(content)
        return drafts.read()

    assert each(drafts.path.read_bytes(), random.Random(3), read) > TURNS // 4


@pytest.fixture
def document(tmp_path, monkeypatch):
    """The path of a small document, in a home of its own."""
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))
    path = tmp_path / "a.smartct"
    make_small_document(path)[0].close()
    return path


def test_that_damaged_seals_say_nothing(tmp_path, document):
    for older in (tmp_path / "home" / "state").rglob("*.json"):
        older.unlink()
    seals.keep(document)
    (seal,) = (tmp_path / "home" / "state" / "seals").glob("*.json")
    assert not seals.is_broken(document)

    def read(content):
        seal.write_bytes(content)
        return seals.is_broken(document)

    assert each(seal.read_bytes(), random.Random(4), read) > TURNS // 4


def test_that_a_working_copy_whose_note_is_damaged_is_passed_over(tmp_path, document):
    copy = WorkingCopy.begin(document)
    (note,) = (
        path for path in (tmp_path / "home").rglob("*.json") if copy.path.parent in path.parents
    )
    content = note.read_bytes()

    def read(damaged):
        note.write_bytes(damaged)
        return list(unsent_work()) is not None

    assert each(content, random.Random(5), read) == 0


def test_that_damaged_requests_to_come_forward_are_answered(document):
    assert document
    door = Door()
    request = door.folder / "1.wanted"

    def read(content):
        request.write_bytes(content)
        return door.take() is not None

    assert each(b'{"token": "x"}', random.Random(6), read) == 0
    door.close()


def test_that_damaged_habits_and_answers_are_passed_over():
    chance = random.Random(7)
    fields = {name: Sender.schema.by_name[name] for name in LEARNED}
    whole = {name: json.dumps(kept) for name, kept in LEARNED.items()}
    assert carried_over(whole["mappings"], COLUMNS)
    for name, field in fields.items():
        assert lessons_in(field, whole[name])
        for _ in range(TURNS):
            text = damaged(whole[name].encode(), chance).decode(errors="replace")
            lessons_in(field, text)
            carried_over(text, COLUMNS)
            joined_lessons([whole[name]], text, whole[name], prefer_ours=True)
            understood_own(text)


def test_that_damaged_answers_in_a_document_are_passed_over(tmp_path):
    chance = random.Random(8)
    whole = json.dumps(LEARNED["answers"]).encode()
    document, _ = make_small_document(tmp_path / "a.smartct")
    with document.edit("a sender") as edit:
        edit.add(Sender(name="S", answers=whole.decode()))
    assert remembered(document.read, "a" * 64)
    for _ in range(30):
        (sender,) = document.read.all(Sender)
        text = damaged(whole, chance).decode(errors="replace")
        text = "".join(sign for sign in text if sign.isprintable())
        with document.edit("damage") as edit:
            edit.set(sender, "answers", text[:20_000] or "x")
        remembered(document.read, "a" * 64)
    assert document.read.total(Organisation.schema.kind) > 0
    document.close()


@pytest.mark.parametrize(
    "text",
    ["NaN", "[1e999]", "-Infinity", "[" * 99_999, '"\\ud800"', "{", "", b"\xff", b"\xef\xbb\xbf["],
)
def test_that_what_would_fall_later_is_no_json(text):
    with pytest.raises(ValueError, match=r".*"):
        read_json(text)


def test_that_what_we_write_is_read():
    assert read_json('{"a": [1, 2.5, "\\ud83d\\ude00"]}') == {"a": [1, 2.5, "😀"]}
    assert read_json(b"\xef\xbb\xbf1") == 1
