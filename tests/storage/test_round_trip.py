"""What is stored comes back as it was: from the tables, from the history, after undo and redo."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.changes import Action, Change, Step
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Path as Way
from smartct_desktop.domain.query import Ids, Query
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT
from tests.storage.made import mended, records, worlds

LONG = "SMARTCT_LONG" in os.environ
EXAMPLES = settings(
    max_examples=300 if LONG else 8, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def shared():
    """One document for all examples: each takes back what it did."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder, "shared.smartct"), at=AT)
        yield store
        assert store.integrity() == []
        store.close()


@st.composite
def twice(draw):
    """Records of all kinds, and other records with the same ids to put in their places."""
    world = draw(worlds(BY_KIND, most=2))
    known = {kind: [r.id for r in world if r.schema.kind == kind] for kind in BY_KIND}
    others = [draw(records(r.schema.kind, known)) for r in world]
    return world, [
        mended(other.replace(id=record.id)) for record, other in zip(world, others, strict=True)
    ]


def step(*pairs):
    return Step("example", tuple(Change(before, after) for before, after in pairs))


def stored(store, wanted):
    return [store.read.record(record.schema.kind, record.id) for record in wanted]


def totals(store):
    return sum(store.read.total(kind) for kind in BY_KIND)


@EXAMPLES
@given(versions=twice())
def test_that_records_of_all_types_survive_storing_changing_undoing_and_redoing(shared, versions):
    world, others = versions

    shared.apply(step(*((None, record) for record in world)), "ada", AT)
    assert stored(shared, world) == world
    assert [row(shared, record) for record in world] == [r.schema.values(r) for r in world]

    shared.apply(step(*zip(world, others, strict=True)), "ada", AT)
    assert stored(shared, world) == others
    shared.undo(AT)
    assert stored(shared, world) == world
    shared.redo(AT)
    assert stored(shared, world) == others

    shared.apply(step(*((record, None) for record in others)), "ada", AT)
    assert totals(shared) == 0
    shared.undo(AT)
    assert stored(shared, world) == others
    shared.redo(AT)
    for _ in range(3):
        shared.undo(AT)
    assert totals(shared) == 0
    shared.redo(AT)
    assert stored(shared, world) == world
    shared.undo(AT)


def row(store, record):
    """The values of a record as a window shows them."""
    names = [field.name for field in record.schema.fields]
    columns = tuple(Way((name,)) for name in names)
    window = store.read.window(Query(record.schema.kind, columns, (Ids(frozenset([record.id])),)))
    (found,) = window.rows(0, 2)
    return dict(zip(names, found.values, strict=True))


@EXAMPLES
@given(versions=twice())
def test_that_the_history_tells_the_values_before_and_after(shared, versions):
    world, others = versions
    shared.apply(step(*((None, record) for record in world)), "ada", AT)
    shared.apply(step(*zip(world, others, strict=True)), "ada", AT)
    captions = shared_captions(shared, world)
    shared.apply(step(*((record, None) for record in others)), "ada", AT)

    for record, other in zip(world, others, strict=True):
        changes = [c for _, c in shared.read.record_history(record.schema.kind, record.id)]
        old, new = record.schema.values(record), record.schema.values(other)
        moved = {name for name in old if old[name] != new[name]}

        assert [c.action for c in changes] == [
            Action.REMOVE,
            *([Action.CHANGE] if moved else []),
            Action.ADD,
        ]
        assert changes[0].before == filled(new)
        if moved:
            assert changes[1].before == {name: old[name] for name in moved}
            assert changes[1].after == {name: new[name] for name in moved}
        assert (changes[-1].before, changes[-1].after) == ({}, filled(new))
        if not record.schema.by_name[record.schema.caption[0]].type == Reference:
            assert {c.caption for c in changes} <= {captions[record.id], ""}
    for _ in range(3):
        shared.undo(AT)


def shared_captions(store, world):
    return {
        id_: caption
        for record in world
        for id_, caption in store.read.captions(record.schema.kind, [record.id]).items()
    }


def filled(values):
    return {name: value for name, value in values.items() if value not in (None, ())}


@EXAMPLES
@given(world=worlds(BY_KIND, most=2))
def test_that_a_closed_document_opens_with_all_its_records(world):
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder, "a.smartct"), at=AT)
        store.apply(step(*((None, record) for record in world)), "ada", AT)
        store.close()

        again = Store.open(store.path)
        for schema in BY_KIND.values():
            kept = list(again.read.all(schema.record))
            assert kept == [record for record in world if type(record) is schema.record]
            assert again.read.total(schema.kind) == len(kept)
        assert again.integrity() == []
        again.close()


def test_that_ids_of_another_kind_are_not_found(store, add):
    record = BY_KIND["organisation"].make({"name": "Mobitest"})
    add(record)

    with pytest.raises(KeyError):
        store.read.record("person", record.id)
    with pytest.raises(KeyError):
        store.read.record("organisation", Id("nobody"))
    assert store.read.get_many(type(record), [record.id, Id("nobody")]) == {record.id: record}
