"""What is stored comes back as it was: from the tables, from the history, after undo and redo."""

import os
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.changes import Action, Change, Step
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Ids, Query
from smartct_desktop.domain.query import Path as Way
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT
from tests.storage.made import SEEDS, mended, record, seeded, world

EXAMPLES = seeded(500 if "SMARTCT_LONG" in os.environ else 4)


@pytest.fixture(scope="module")
def shared():
    """One document for all examples: each takes back what it did."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder, "shared.smartct"), at=AT)
        yield store
        assert store.integrity() == []
        store.close()


def twice(seed):
    """Records of all kinds, and other records with the same ids to put in their places."""
    random = Random(seed)
    made = world(random, BY_KIND, 2)
    known = {kind: [r.id for r in made if r.schema.kind == kind] for kind in BY_KIND}
    others = [record(random, r.schema.kind, known).replace(id=r.id) for r in made]
    return made, [mended(other) for other in others]


def step(*pairs):
    return Step("example", tuple(Change(before, after) for before, after in pairs))


def stored(store, wanted):
    return [store.read.record(record.schema.kind, record.id) for record in wanted]


def totals(store):
    return sum(store.read.total(kind) for kind in BY_KIND)


@EXAMPLES
@given(seed=SEEDS)
def test_that_records_of_all_types_survive_storing_changing_undoing_and_redoing(shared, seed):
    old, new = twice(seed)

    shared.apply(step(*((None, record) for record in old)), "ada", AT)
    assert stored(shared, old) == old
    assert [row(shared, record) for record in old] == [r.schema.values(r) for r in old]

    shared.apply(step(*zip(old, new, strict=True)), "ada", AT)
    assert stored(shared, old) == new
    shared.undo(AT)
    assert stored(shared, old) == old
    shared.redo(AT)
    assert stored(shared, old) == new

    shared.apply(step(*((record, None) for record in new)), "ada", AT)
    assert totals(shared) == 0
    shared.undo(AT)
    assert stored(shared, old) == new
    shared.redo(AT)
    for _ in range(3):
        shared.undo(AT)
    assert totals(shared) == 0
    shared.redo(AT)
    assert stored(shared, old) == old
    shared.undo(AT)


def row(store, record):
    """The values of a record as a window shows them."""
    names = [field.name for field in record.schema.fields]
    columns = tuple(Way((name,)) for name in names)
    window = store.read.window(Query(record.schema.kind, columns, (Ids(frozenset([record.id])),)))
    (found,) = window.rows(0, 2)
    return dict(zip(names, found.values, strict=True))


@EXAMPLES
@given(seed=SEEDS)
def test_that_the_history_tells_the_values_before_and_after(shared, seed):
    old, new = twice(seed)
    shared.apply(step(*((None, record) for record in old)), "ada", AT)
    shared.apply(step(*zip(old, new, strict=True)), "ada", AT)
    shared.apply(step(*((record, None) for record in new)), "ada", AT)

    for before, after in zip(old, new, strict=True):
        kind = before.schema.kind
        changes = [change for _, change in shared.read.record_history(kind, before.id)]
        values, others = before.schema.values(before), after.schema.values(after)
        moved = [name for name in values if values[name] != others[name]]

        removal, *changed, addition = changes
        assert (removal.action, removal.before, removal.after) == (
            Action.REMOVE,
            filled(others),
            {},
        )
        assert (addition.action, addition.before, addition.after) == (
            Action.ADD,
            {},
            filled(others),
        )
        assert [(c.action, c.before, c.after) for c in changed] == [
            (Action.CHANGE, {n: values[n] for n in moved}, {n: others[n] for n in moved})
        ] * bool(moved)
    for _ in range(3):
        shared.undo(AT)


def filled(values):
    return {name: value for name, value in values.items() if value not in (None, ())}


@EXAMPLES
@given(seed=SEEDS)
def test_that_a_closed_document_opens_with_all_its_records(seed):
    made = world(Random(seed), BY_KIND, 2)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder, "a.smartct"), at=AT)
        store.apply(step(*((None, record) for record in made)), "ada", AT)
        store.close()

        again = Store.open(store.path)
        for schema in BY_KIND.values():
            kept = list(again.read.all(schema.record))
            assert kept == [record for record in made if type(record) is schema.record]
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
