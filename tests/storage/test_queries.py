"""Filters, search and order find what they mean, compared with plain Python."""

import os
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.changes import Change, Step
from smartct_desktop.domain.fields import Terms
from smartct_desktop.domain.query import Among, Between, Query, Row
from smartct_desktop.domain.query import Path as Way
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.payment import Payment
from smartct_desktop.storage.codecs import codec_of
from smartct_desktop.storage.store import Store
from tests.storage.asked import is_reference, path, query
from tests.storage.conftest import AT
from tests.storage.made import SEEDS, seeded, world
from tests.storage.plain import BLANK, World

LONG = "SMARTCT_LONG" in os.environ
EXAMPLES = seeded(5_000 if LONG else 100)


@pytest.fixture(scope="module")
def asked():
    """A document with records of all kinds, and the same records as plain Python."""
    records = world(Random(11), BY_KIND, 60, filled=0.4)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder, "a.smartct"), at=AT)
        store.apply(Step("all", tuple(Change(None, record) for record in records)), "ada", AT)
        yield store, World(records)
        store.close()


@pytest.fixture(scope="module", params=["as they are", "tiny"])
def limits(request):
    """Tiny limits make few records as many as a million, so that all ways of reading are gone."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "tiny":
            patch.setattr("smartct_desktop.storage.search.FEW", 4)
            patch.setattr("smartct_desktop.storage.candidates.FEW", 4)
            patch.setattr("smartct_desktop.storage.windows.SMALL", 0)
            patch.setattr("smartct_desktop.storage.windows.FIRST", 3)
            patch.setattr("smartct_desktop.storage.orders.MANY", 0)
            patch.setattr("smartct_desktop.storage.orders.PACKED", 7)
            patch.setattr("smartct_desktop.storage.cells.CHUNK", 5)
        yield


@pytest.mark.usefixtures("limits")
@EXAMPLES
@given(seed=SEEDS)
def test_that_a_query_finds_what_it_means_in_its_order(asked, seed):
    store, plain = asked
    random = Random(seed)
    question = query(random, plain, random.choice(list(BY_KIND)))
    expected = plain.ids(question)

    window = store.read.window(question)
    if random.random() < 0.3:
        window.prepare()
    if random.random() < 0.5:
        assert list(window.ids(0, len(expected) + 1)) == expected
    assert window.count == len(expected) == store.read.count(question)
    start = random.randrange(len(expected) + 3)
    stop = start + random.randrange(8)
    assert list(window.rows(start, stop)) == [row(plain, question, i) for i in expected[start:stop]]
    for record in random.choices(plain.of(question.kind), k=3):
        place = expected.index(record.id) if record.id in expected else None
        assert window.position(record.id) == place
    window.close()


def row(plain, question, id_):
    """The row of a record as it should be."""
    record = plain.records[id_]
    values, captions = [], []
    for way in question.columns:
        type_ = way.field(question.kind).type
        value = plain.value(record, way)
        values.append(() if value is None and isinstance(type_, Terms) else value)
        captions.append(plain.caption(value) if is_reference(way, question.kind) else None)
    return Row(id_, tuple(values), tuple(captions))


@EXAMPLES
@given(seed=SEEDS)
def test_that_buckets_hold_every_record_found(asked, seed):
    store, plain = asked
    random = Random(seed)
    question = query(random, plain, random.choice(list(BY_KIND)))
    way = path(random, question.kind)
    found = [plain.records[id_] for id_ in plain.ids(question)]
    values = [plain.value(record, way) for record in found]
    counted = Counter(
        None if value in BLANK else value
        for held in values
        for value in (held if isinstance(held, tuple) and held else [held])
    )

    buckets = store.read.buckets(question, way)

    assert {bucket.value: bucket.records for bucket in buckets} == counted
    assert len(buckets) == len(counted)
    assert [b.records for b in buckets] == sorted((b.records for b in buckets), reverse=True)
    for bucket in buckets:
        named = is_reference(way, question.kind) and bucket.value is not None
        assert bucket.caption == (plain.caption(bucket.value) if named else None)


@EXAMPLES
@given(seed=SEEDS)
def test_that_sums_add_up_the_records_found(asked, seed):
    store, plain = asked
    random = Random(seed)
    question = query(random, plain, random.choice(["exchange", "organisation", "event", "payment"]))
    ways = [Way((f.name,)) for f in BY_KIND[question.kind].fields if codec_of(f.type).summed]
    found = [plain.records[id_] for id_ in plain.ids(question)]

    sums = store.read.sums(question, ways)

    assert sums == {w: sum(plain.value(r, w) or 0 for r in found) for w in ways}


def test_that_sums_of_very_large_amounts_are_exact(store, add):
    most = 10**13
    add(*(Payment(amount_cents=most - n) for n in range(3)))
    store.apply(
        Step("more", tuple(Change(None, Exchange(working_days=Decimal("0.1"))) for _ in range(3))),
        "ada",
        AT,
    )

    amount, days = Way.of("amount_cents"), Way.of("working_days")
    assert store.read.sums(Query("payment"), [amount]) == {amount: 3 * most - 3}
    assert store.read.sums(Query("exchange"), [days]) == {days: Decimal("0.3")}
    assert store.read.sums(Query("exchange"), []) == {}


def test_that_what_cannot_be_added_up_or_compared_is_a_mistake_of_the_program(store):
    with pytest.raises(ValueError, match="cannot be added up"):
        store.read.sums(Query("exchange"), [Way.of("number")])
    with pytest.raises(ValueError, match="no lower and higher"):
        store.read.count(Query("exchange", filters=(Between(Way.of("vo"), None, None),)))
    with pytest.raises(KeyError):
        store.read.window(Query("exchange", columns=(Way.of("number.name"),)))
    with pytest.raises(KeyError):
        store.read.count(Query("exchange", filters=(Among(Way.of("nothing"), frozenset()),)))


def test_that_a_record_is_found_by_the_names_of_what_it_mentions_also_after_a_renaming(
    store, add, put
):
    visitor = Organisation(name="МобиТест", name_latin="Mobitest OOD", remark="secretly")
    host = Organisation(name="Łódź Packaging", aliases="Verpackung\nEmbalaje")
    exchange = Exchange(number="SCT-1", vo=visitor.id, ho=host.id, goals="Learn to pack")
    add(visitor, host, exchange)

    def found(search):
        return store.read.count(Query("exchange", search=search))

    for search in ("mobitest", "МОБИТЕСТ", "odz pack", "embalaje learn", "ct-1", "t o n"):
        assert found(search) == 1, search
    assert found("secretly") == 0
    assert found("mobitest nobody") == 0

    put((visitor, visitor.replace(name="Zeta", name_latin=None)))
    assert (found("mobitest"), found("zeta")) == (0, 1)
    store.undo(AT)
    assert (found("mobitest"), found("zeta")) == (1, 0)


def test_that_signs_of_the_query_language_are_only_signs(store, add):
    names = ['50% "off"', "a_b", "x'; DROP TABLE organisation", "NEAR(a b)", "*", "a* OR b"]
    add(*(Organisation(name=name) for name in names))

    for search, found in (
        ('50% "off"', [names[0]]),
        ("a_b", [names[1], names[5], names[3], names[2]]),
        ("x'; DROP", [names[2]]),
        ("NEAR(a", [names[3]]),
        ("a* OR b", [names[5], names[2]]),
        ("*", ["*", names[0], names[1], names[5], names[3], names[2]]),
    ):
        window = store.read.window(Query("organisation", (Way.of("name"),), search=search))
        assert [row.values[0] for row in window.rows(0, 9)] == found, search
