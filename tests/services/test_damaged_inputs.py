"""Documents, settings, answers, views and maps, damaged by chance: read, or refused."""

import json
import os
import random

import pytest

from smartct_desktop.cli.answers_file import read_answers
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Query
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.programme import shipped_facts
from smartct_desktop.services.settings import Settings
from smartct_desktop.services.template_filling import template_of
from smartct_desktop.services.templates.mapping import read_map
from smartct_desktop.services.views import OwnViews, read_views
from tests.services.stored import SAMPLE, ticking
from tests.spreadsheets.mutations import mutated
from tests.spreadsheets.seeds import seeds

LONG = os.environ.get("SMARTCT_LONG") == "1"
DOCUMENTS, TEXTS, TEMPLATES = (2000, 20_000, 3000) if LONG else (40, 200, 60)

VIEW = {
    "format": "smartct-views",
    "version": 1,
    "views": [{"name": "Ä", "tab": "exchanges", "sort": [["start", True]], "widths": {"id": 90}}],
}
ODD: list[object] = [
    None,
    True,
    -1,
    1e308,
    10**400,
    "",
    "\ud800",
    "x" * 9999,
    [],
    {},
    [[]],
    {"": None},
    [None] * 99,
]


def mark(chance):
    """A JSON text whose parts are exchanged for odd ones, or whose signs are damaged."""
    value = json.loads(json.dumps(VIEW))
    holder = chance.choice([value, value["views"][0]])
    holder[chance.choice([*holder, "places", "regions", "recent", "q1"])] = chance.choice(ODD)
    whole = chance.choice([value, holder, [value], chance.choice(ODD)])
    text = json.dumps(whole).encode()
    if chance.random() < 0.5:
        text, _ = mutated(text, chance)
    return chance.choice([text, text, b"[" * 100_000, b'{"a":' * 50_000, b"\xff" + text])


def refused_or_not(read):
    """Whether it is refused, which needs a sentence; any other error is the test's."""
    try:
        read()
    except Trouble as trouble:
        return bool(trouble.sentence) or None
    return False


def test_that_damaged_texts_are_read_or_refused(tmp_path):
    chance = random.Random(5)
    path = tmp_path / "file.json"
    refused = 0
    for _ in range(TEXTS):
        content = mark(chance)
        for read in (
            read_answers,
            read_map,
            lambda path: read_views(path, ["exchanges"]),
            looked_through,
        ):
            path.write_bytes(content)
            came = refused_or_not(lambda read=read: read(path))
            assert came is not None
            refused += came
    assert TEXTS < refused < 4 * TEXTS


def looked_through(path):
    """Settings are never refused: what cannot be read is put aside."""
    settings = Settings(path)
    assert all(str(one) for one in settings.recent())
    assert settings.text("views") is not None
    assert OwnViews(settings).of("exchanges") is not None


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "sample.smartct"
    SAMPLE.open(path, ticking(), shipped_facts()).close()
    return path.read_bytes()


def test_that_a_damaged_document_is_opened_or_refused(tmp_path, sample):
    """In the file single bits are flipped, pieces moved and overwritten, the end cut off."""
    chance = random.Random(6)
    outcomes = []
    for turn in range(DOCUMENTS):
        path = tmp_path / f"{turn}.smartct"
        path.write_bytes(mutated(sample, chance)[0])
        outcomes.append(refused_or_not(lambda path=path: gone_through(path)))
        for left in tmp_path.iterdir():
            left.unlink()
    assert set(outcomes) == {True, False}


def gone_through(path):
    document = open_document(path, clock=ticking(), facts=shipped_facts())
    try:
        for kind in ("organisation", "exchange", "event", "person"):
            window = document.read.window(Query(kind, (), search="a"))
            window.rows(0, window.count)
            window.close()
    finally:
        document.close()


def test_that_a_damaged_template_is_understood_or_refused(tmp_path):
    chance = random.Random(7)
    files = [content for name, content in seeds().items() if name.endswith((".xlsx", ".xlsm"))]
    outcomes = set()
    for turn in range(TEMPLATES):
        path = tmp_path / "template.xlsx"
        path.write_bytes(mutated(files[turn % len(files)], chance)[0])
        outcomes.add(refused_or_not(lambda path=path: template_of(path, Progress())))
    assert outcomes == {True, False}
