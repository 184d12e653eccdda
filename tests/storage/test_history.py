"""Undo, redo and the history, also after closing and opening again."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest

from smartct_desktop.domain.changes import (
    Action,
    Change,
    Related,
    Relation,
    Source,
    Step,
    StepFilter,
    StepSort,
    StepState,
)
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

UNDOES = Relation.UNDOES
DONE, UNDONE, SET_ASIDE = StepState.DONE, StepState.UNDONE, StepState.SET_ASIDE


@pytest.fixture
def record(store, add):
    """A record with three names, one step each."""
    record = Organisation(name="One")
    add(record, label="one")
    for name in ("Two", "Three"):
        before = store.read.get(Organisation, record.id)
        store.apply(Step(name.lower(), (Change(before, before.replace(name=name)),)), "ada", AT)
    return record


def name(store, record):
    return store.read.get(Organisation, record.id).name


def states(store):
    return [step.state for step in reversed(store.read.history(0, 99))]


def test_that_undo_and_redo_walk_along_the_steps(store, record):
    assert (store.read.next_undo().no, store.read.next_redo()) == (3, None)
    store.undo(AT)
    store.undo(AT)
    assert name(store, record) == "One"
    assert (store.read.next_undo().no, store.read.next_redo().no) == (1, 2)
    assert states(store) == [DONE, UNDONE, UNDONE]
    store.redo(AT)
    assert name(store, record) == "Two"
    assert states(store) == [DONE, DONE, UNDONE]
    store.redo(AT)
    assert (name(store, record), store.read.next_redo()) == ("Three", None)
    with pytest.raises(Trouble, match="nothing to redo"):
        store.redo(AT)
    for _ in range(3):
        store.undo(AT)
    assert store.read.next_undo() is None
    with pytest.raises(Trouble, match="nothing to undo"):
        store.undo(AT)
    assert store.integrity() == []


def test_that_undo_and_redo_survive_a_restart(store, record):
    store.undo(AT)
    store.undo(AT)
    store.close()

    again = Store.open(store.path)
    again.redo(AT)
    assert name(again, record) == "Two"
    again.undo(AT)
    again.undo(AT)
    assert again.read.total("organisation") == 0
    again.close()
    again = Store.open(store.path)
    again.redo(AT)
    assert again.read.get(Organisation, record.id) == record
    again.close()


def test_that_a_new_step_sets_undone_ones_aside(store, record, put):
    store.undo(AT)
    store.undo(AT)
    put((record, record.replace(name="Four")), label="four")

    assert states(store) == [DONE, SET_ASIDE, SET_ASIDE, DONE]
    assert store.read.next_redo() is None
    store.undo(AT)
    assert (name(store, record), store.read.next_redo().label) == ("One", "four")
    store.undo(AT)
    assert store.read.next_undo() is None
    store.redo(AT)
    store.redo(AT)
    assert name(store, record) == "Four"
    assert store.integrity() == []


def test_that_a_set_aside_addition_still_tells_its_values(store, add):
    gone = Organisation(name="Never mind", country="ES")
    add(gone)
    store.undo(AT)
    add(Organisation(name="Other"))

    (change,) = store.read.step_changes(1)
    assert (change.caption, change.after) == ("Never mind", {"name": "Never mind", "country": "ES"})


def test_that_undo_refuses_what_another_program_changed(store, record):

    store.close()
    with sqlite3.connect(store.path) as other:
        other.execute("UPDATE organisation SET name = 'Foreign', name_folded = 'foreign'")
    other.close()
    again = Store.open(store.path)

    with pytest.raises(Trouble, match="“three” cannot be undone: Foreign is not as that step"):
        again.undo(AT)
    assert again.read.next_undo().no == 3
    assert name(again, record) == "Foreign"
    again.close()


@pytest.mark.usefixtures("record")
def test_that_redo_refuses_what_another_program_changed(store):

    store.undo(AT)
    store.close()
    with sqlite3.connect(store.path) as other:
        other.execute("UPDATE organisation SET name = 'Foreign', name_folded = 'foreign'")
    other.close()
    again = Store.open(store.path)

    with pytest.raises(Trouble, match="“three” cannot be redone: Foreign is not as it was"):
        again.redo(AT)
    assert again.read.next_redo().no == 3
    again.close()


def test_that_the_history_is_read_newest_first_and_searched(store):
    for n, label in enumerate(["Änderung eins", "change two", "Änderung drei"]):
        step = Step(label, (Change(None, Organisation(name=label)),))
        store.apply(step, "ada" if n else "José", AT + timedelta(hours=n))

    assert [step.no for step in store.read.history(0, 2)] == [3, 2]
    assert [step.no for step in store.read.history(2, 9)] == [1]
    assert store.read.history_count() == 3
    assert [step.no for step in store.read.history(0, 9, StepFilter("anderung"))] == [3, 1]
    assert store.read.history_count(StepFilter("jose ANDERUNG")) == 1
    with pytest.raises(KeyError):
        store.read.step(4)


def test_that_moments_are_kept_in_utc(store):
    there = datetime(2021, 11, 16, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    record = Organisation(name="A")
    store.apply(Step("x", (Change(None, record),)), "ada", there)

    assert store.read.step(1).at == datetime(2021, 11, 16, 10, 0, tzinfo=UTC)
    assert store.read.step(1).at.tzinfo is UTC
    assert store.read.last_changes("organisation", [record.id]) == {record.id: there}


def test_that_last_changes_count_only_steps_that_hold(store, record):
    other = Organisation(name="Untouched since")
    store.apply(Step("other", (Change(None, other),)), "ada", AT + timedelta(days=1))
    current = store.read.get(Organisation, record.id)
    later = AT + timedelta(days=2)
    store.apply(Step("late", (Change(current, current.replace(city="X")),)), "ada", later)

    def last():
        return store.read.last_changes("organisation", [record.id, other.id])

    assert last() == {record.id: later, other.id: AT + timedelta(days=1)}
    store.undo(AT)
    assert last()[record.id] == AT
    assert store.read.last_changes("exchange", [record.id]) == {}


def test_that_changes_of_a_step_are_read_piece_by_piece(store, add):
    records = [Organisation(name=f"N{n:02d}") for n in range(30)]
    add(*records)

    assert [c.caption for c in store.read.step_changes(1, 10, 13)] == ["N10", "N11", "N12"]
    assert len(store.read.step_changes(1)) == 30
    assert store.read.step_changes(2) == []


def test_that_repeated_imports_of_mostly_equal_rows_do_not_swell_the_file(store, add):
    records = [
        Organisation(name=f"Organisation {n}", city="Sofia", aliases="Some other names " * 5)
        for n in range(2000)
    ]
    add(*records)
    store.close()
    before = store.path.stat().st_size
    again = Store.open(store.path)
    for n in range(100):
        changed = [records[(37 * n + k) % 2000] for k in range(3)]
        pairs = [(r, r.replace(city=f"City {n}")) for r in changed]
        again.apply(Step("import", tuple(Change(*pair) for pair in pairs)), "ada", AT)
        for old, new in pairs:
            records[records.index(old)] = new
    again.close()

    assert store.path.stat().st_size < 2 * before


# Filters, and steps about others.


@pytest.fixture
def sorted_steps(store):
    """An import, an edit, an undone step set aside, an undo of the edit, and one undone."""
    firm, stay = Organisation(name="A"), Exchange(number="X")
    file = Source("June.xlsx", "0" * 64, "Klaster")

    def do(label, change, hour, by="ada", **more):
        store.apply(Step(label, (change,), **more), by, AT + timedelta(hours=hour))

    do("import", Change(None, firm), 0, source=file)
    do("edit", Change(firm, firm.replace(city="B")), 1, by="bob")
    do("aside", Change(None, stay), 2)
    store.undo(AT)
    do("undo of “edit”", Change(firm.replace(city="B"), firm), 30, about=Related(2, UNDOES))
    do("undone", Change(None, stay), 31)
    store.undo(AT)
    return store


def found(store, **wanted):
    steps = store.read.history(0, 99, StepFilter(**wanted))
    assert store.read.history_count(StepFilter(**wanted)) == len(steps)
    return [step.no for step in steps]


def test_that_steps_are_filtered_by_what_they_are(sorted_steps):
    store = sorted_steps
    assert found(store) == [5, 4, 3, 2, 1]
    assert found(store, sort=StepSort.IMPORT) == [1]
    assert found(store, sort=StepSort.EDIT) == [5, 3, 2]
    assert found(store, sort=StepSort.UNDONE) == [5, 2]
    assert found(store, sort=StepSort.SET_ASIDE) == [3]
    assert found(store, kind="exchange") == [5, 3]
    assert found(store, by="bob") == [2]
    assert found(store, file="June.xlsx") == [1]
    assert found(store, since=AT + timedelta(hours=2)) == [5, 4, 3]
    assert found(store, before=AT + timedelta(hours=2)) == [2, 1]
    assert found(store, words="edit", by="ada") == [4]


def test_that_steps_are_counted_by_what_they_can_be_filtered_by(sorted_steps):
    counts = sorted_steps.read.step_counts()

    assert counts.sorts == {
        StepSort.IMPORT: 1,
        StepSort.EDIT: 3,
        StepSort.NOTE: 0,
        StepSort.UNDONE: 2,
        StepSort.SET_ASIDE: 1,
    }
    assert list(counts.kinds.items()) == [("organisation", 3), ("exchange", 2)]
    assert list(counts.people.items()) == [("ada", 4), ("bob", 1)]
    assert counts.files == {"June.xlsx": 1}


def test_that_a_step_and_the_one_about_it_know_each_other(sorted_steps):
    read = sorted_steps.read
    assert read.step(4).about == Related(2, UNDOES)
    assert read.step(2).answer == Related(4, UNDOES)
    assert read.step(2).taken_back
    sorted_steps.undo(AT)
    assert read.step(2).answer is None
    assert not read.step(2).taken_back


def test_that_a_file_whose_import_was_taken_back_is_not_known_any_more(store):
    firm = Organisation(name="A")
    source = Source("June.xlsx", "0" * 64)
    store.apply(Step("import", (Change(None, firm),), source), "ada", AT)
    assert store.read.imported("0" * 64).no == 1
    store.apply(Step("u", (Change(firm, None),), about=Related(1, UNDOES)), "ada", AT)
    assert store.read.imported("0" * 64) is None


def test_that_later_moves_are_those_of_steps_that_hold(store, record, put):
    three = store.read.get(Organisation, record.id)
    put((three, three.replace(name="Four")))
    store.undo(AT)
    put((three, None), (None, Organisation(name="Other")))

    moves = list(store.read.later_moves(1))
    assert [(m.step, m.action, m.before.get("name"), m.after.get("name")) for m in moves] == [
        (2, Action.CHANGE, "One", "Two"),
        (3, Action.CHANGE, "Two", "Three"),
        (5, Action.REMOVE, "Three", None),
    ]
