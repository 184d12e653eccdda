"""Windows over more records than are put in order at once."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest

from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Among, Not, Query, Row, Sort
from smartct_desktop.domain.query import Path as Way
from smartct_desktop.domain.reading import Outdated
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.store import Store
from smartct_desktop.storage.windows import FIRST, SMALL
from tests.storage.conftest import AT
from tests.storage.plain import World

MANY = SMALL + 1_500
STATUS = list(ExchangeStatus)


def many_records():
    random = Random(5)
    names = ["Mobi", "Łódź", "Ávila", "Zeta", "Sofia", "Textil"]
    organisations = [
        Organisation(name=f"{random.choice(names)} {random.choice(names)} {n}", country="ES")
        for n in range(300)
    ]
    exchanges = []
    for n in range(MANY):
        visitor, host = random.sample(organisations, 2)
        exchanges.append(
            Exchange(
                number=f"SCT-{n % 997:04d}" if n % 50 else None,
                vo=visitor.id if n % 7 else None,
                ho=host.id,
                vo_cluster=organisations[n % 3].id,
                start=date(2021, 1, 1) + timedelta(n % 700) if n % 11 else None,
                ho_city=random.choice(names),
                status=STATUS[n % len(STATUS)],
                goals="a common goal" if n % 1000 else "a rare aim",
            )
        )
    return [*organisations, *exchanges]


@pytest.fixture(scope="module")
def many():
    """A document with many exchanges, and the same records as plain Python."""
    records = many_records()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder, "a.smartct"), at=AT)
        store.apply(Step("all", tuple(Change(None, record) for record in records)), "ada", AT)
        yield store, World(records)
        store.close()


@pytest.fixture
def rename(many):
    """Change something of the document, and take it back after the test."""
    store, plain = many
    done = []

    def rename():
        before = plain.of("organisation")[0]
        store.apply(Step("x", (Change(before, before.replace(name="New")),)), "ada", AT)
        done.append(True)

    yield rename
    for _ in done:
        store.undo(AT)


NUMBER, VISITOR, START = Way.of("number"), Way.of("vo"), Way.of("start")
QUESTIONS = {
    "default": Query("exchange"),
    "downwards": Query("exchange", sort=(Sort(NUMBER, descending=True),)),
    "without an index": Query("exchange", sort=(Sort(START),)),
    "along a reference": Query("exchange", sort=(Sort(VISITOR),)),
    "down a reference": Query("exchange", sort=(Sort(VISITOR, descending=True), Sort(START))),
    "through a reference": Query("exchange", sort=(Sort(Way.of("vo.country")), Sort(VISITOR))),
    "frequent value": Query(
        "exchange", filters=(Not(Among(Way.of("status"), frozenset([ExchangeStatus.DRAFT]))),)
    ),
    "frequent value without an index": Query(
        "exchange",
        filters=(Not(Among(Way.of("status"), frozenset([ExchangeStatus.DRAFT]))),),
        sort=(Sort(START),),
    ),
    "rare value": Query("exchange", filters=(Among(START, frozenset([date(2021, 1, 2)])),)),
    "no value": Query("exchange", filters=(Among(START, frozenset()),)),
    "frequent word": Query("exchange", search="common"),
    "frequent words": Query("exchange", search="go com", sort=(Sort(VISITOR),)),
    "rare word": Query("exchange", search="aim"),
    "short word": Query("exchange", search="e"),
    "frequent name": Query("exchange", search="mobi", sort=(Sort(START, descending=True),)),
    "no word": Query("exchange", search="nothing at all"),
}


@pytest.mark.parametrize("prepared", [True, False])
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_that_a_window_has_the_same_rows_prepared_or_not(many, question, prepared):
    store, plain = many
    expected = plain.ids(question)
    window = store.read.window(question)
    if prepared:
        window.prepare()
        assert window.ready
        assert window.known_count == len(expected)

    assert list(window.ids(0, 40)) == expected[:40]
    assert window.count == len(expected)
    length = len(expected)
    for start in (0, FIRST - 3, length // 2, max(0, length - 2), length + 5):
        assert [r.id for r in window.rows(start, start + 5)] == expected[start : start + 5]
    for place in {0, len(expected) // 3, len(expected) - 1} if expected else ():
        assert window.position(expected[place]) == place
    assert window.position(Id("nobody")) is None
    window.close()


def test_that_a_reader_on_another_thread_finds_the_same(many):
    store, plain = many

    def read(question):
        with store.reader() as reader, closing(reader.window(question)) as window:
            return list(window.ids(0, MANY)), window.count

    with ThreadPoolExecutor(1) as executor:
        for question in QUESTIONS.values():
            expected = plain.ids(question)
            assert executor.submit(read, question).result() == (expected, len(expected))


def test_that_a_window_that_cannot_be_ready_in_time_says_so(many, monkeypatch):
    store, plain = many
    monkeypatch.setattr("smartct_desktop.storage.windows.PATIENCE_SECONDS", 0)
    window = store.read.window(QUESTIONS["without an index"])
    assert not window.ready
    assert window.known_count == MANY
    unknown = store.read.window(QUESTIONS["frequent value without an index"])
    assert (unknown.ready, unknown.known_count) == (False, None)

    window.prepare()
    assert window.ready
    assert list(window.ids(0, 9)) == plain.ids(window.query)[:9]
    assert list(unknown.ids(0, 9)) == plain.ids(unknown.query)[:9]


@pytest.mark.skipif(os.name != "posix", reason="needs limits of POSIX")
def test_that_an_order_is_found_without_room_for_temporary_files(many, monkeypatch):
    import resource

    store, plain = many
    monkeypatch.setattr("smartct_desktop.storage.orders.MANY", 0)
    monkeypatch.setattr("smartct_desktop.storage.connection.READING_CACHE_KIB", 40)
    window = store.read.window(QUESTIONS["without an index"])
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        window.prepare()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    assert list(window.ids(0, MANY)) == plain.ids(window.query)


def test_that_the_usual_questions_are_ready_at_once(many):
    store, _ = many

    for name in ("default", "along a reference", "rare word", "frequent word", "no word"):
        window = store.read.window(QUESTIONS[name])
        assert window.ready, name
        window.close()
    assert store.read.window(QUESTIONS["default"]).known_count == MANY


def test_that_a_window_can_be_prepared_on_another_thread(many):
    store, plain = many
    window = store.read.window(QUESTIONS["without an index"])

    with ThreadPoolExecutor(1) as executor:
        executor.submit(window.prepare).result()

    assert list(window.ids(0, MANY)) == plain.ids(window.query)


def test_that_an_outdated_window_says_so_and_is_not_prepared(many, rename):
    store, _ = many
    window = store.read.window(QUESTIONS["frequent word"])
    assert not window.outdated

    rename()

    assert window.outdated
    with pytest.raises(Outdated):
        window.prepare()


def test_that_a_window_keeps_its_order_when_records_change_or_go(store, add, put):
    records = [Organisation(name=f"Name {n}") for n in range(5)]
    add(*records)
    window = store.read.window(Query("organisation", (Way.of("name"),)))

    put((records[0], records[0].replace(name="Zeta")), (records[1], None))
    add(Organisation(name="Alpha"))

    rows = window.rows(0, 9)
    assert [row.values[0] for row in rows] == ["Zeta", None, "Name 2", "Name 3", "Name 4"]
    assert rows[1] == Row(Id(""), (None,), (None,))
    assert window.count == 5
    assert window.position(records[1].id) is None


def test_that_a_closed_window_stops_its_preparation(many):
    store, _ = many
    window = store.read.window(QUESTIONS["without an index"])
    ended = []

    def prepare():
        try:
            window.prepare()
            ended.append("prepared")
        except Cancelled:
            ended.append("cancelled")

    window.close()
    thread = Thread(target=prepare)
    thread.start()
    thread.join()

    assert ended == ["cancelled"]


def test_that_reading_on_another_thread_never_mixes_moments(many, rename):
    store, plain = many
    begun, changed = Event(), Event()

    def read():
        with store.reader() as reader:
            everything = reader.all(Exchange)
            first = next(everything)
            begun.set()
            changed.wait()
            with pytest.raises(Outdated):
                list(everything)
            return first

    with ThreadPoolExecutor(1) as executor:
        reading = executor.submit(read)
        begun.wait()
        rename()
        changed.set()
        assert reading.result() == plain.of("exchange")[0]
