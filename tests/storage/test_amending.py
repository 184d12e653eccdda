"""What is typed in one field in a short time is one step."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.changes import Change, Step, StepState
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.amending import SHORTLY
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

LATE = SHORTLY


@pytest.fixture
def firm(add):
    firm = Organisation(name="A", city="Sofia")
    add(firm)
    return firm


def type_(store, record, seconds=0, by="ada", **values):
    """Type values in the fields of a record; gives the newest step."""
    before = store.read.get(Organisation, record.id)
    change = Change(before, before.replace(**values))
    at = AT + timedelta(seconds=seconds)
    store.apply(Step("typing", (change,), typed=True), by, at)
    return store.read.next_undo()


def city(store, record):
    return store.read.get(Organisation, record.id).city


def test_that_typing_in_one_field_is_one_step(store, firm):
    for n, value in enumerate(["S", "Sl", "Sliven"]):
        step = type_(store, firm, seconds=n * 20, city=value)

    assert (step.no, step.records, step.at) == (2, 1, AT)
    (change,) = store.read.step_changes(2)
    assert (change.before, change.after) == ({"city": "Sofia"}, {"city": "Sliven"})
    store.undo(AT)
    assert city(store, firm) == "Sofia"
    store.redo(AT)
    assert city(store, firm) == "Sliven"
    assert store.integrity() == []


def test_that_typing_that_ends_where_it_began_is_no_step(store, firm):
    type_(store, firm, city="S")
    step = type_(store, firm, seconds=5, city="Sofia")

    assert step.no == 1
    assert store.read.history_count() == 1
    assert store.integrity() == []
    assert type_(store, firm, city="Varna").no == 2


@pytest.mark.parametrize(
    "later",
    [
        {"seconds": LATE.total_seconds()},
        {"seconds": -1},
        {"by": "bob"},
        {"name": "B"},
        {"name": "B", "city": "Ruse"},
    ],
)
def test_that_what_is_typed_late_elsewhere_or_by_others_is_a_step_of_its_own(store, firm, later):
    type_(store, firm, city="S")

    assert type_(store, firm, **{"city": "Varna"} | later).no == 3


def test_that_another_record_is_a_step_of_its_own(store, add, firm):
    other = Organisation(name="B")
    add(other)
    type_(store, firm, city="S")

    assert type_(store, other, city="S").no == 4


def test_that_what_comes_between_ends_a_step(store, add, firm):
    type_(store, firm, city="S")
    add(Organisation(name="B"))
    assert type_(store, firm, city="Sl").no == 4
    store.undo(AT)
    assert type_(store, firm, city="Sli").no == 5
    store.undo(AT)
    store.redo(AT)
    assert type_(store, firm, city="Slive").no == 6


def test_that_a_restart_ends_a_step(store, firm):
    type_(store, firm, city="S")
    store.close()
    again = Store.open(store.path)

    assert type_(again, firm, seconds=1, city="Sl").no == 3
    again.close()


def test_that_a_refused_change_leaves_the_step_as_it_was(store, firm):
    type_(store, firm, city="S")
    stale = Change(firm, firm.replace(city="Burgas"))
    with pytest.raises(Trouble, match="changed or removed meanwhile"):
        store.apply(Step("typing", (stale,), typed=True), "ada", AT)

    assert city(store, firm) == "S"
    assert store.read.step_changes(2)[0].after == {"city": "S"}


def test_that_typing_sets_undone_steps_aside(store, firm):
    type_(store, firm, city="S")
    store.undo(AT)
    type_(store, firm, name="B")
    type_(store, firm, name="C")

    assert store.read.step(2).state is StepState.SET_ASIDE
    assert store.read.next_undo().no == 3


TYPED = st.lists(
    st.tuples(
        st.sampled_from(["city", "name"]),
        st.sampled_from(["A", "B", "C"]),
        st.integers(1, 40),
        st.sampled_from(["ada", "ada", "bob"]),
    ),
    max_size=12,
)


@settings(max_examples=15)
@given(typed=TYPED)
def test_that_undo_takes_back_whole_runs_of_typing(typed):
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder, "d.smartct"), at=AT)
        firm = Organisation(name="A", city="A")
        store.apply(Step("addition", (Change(None, firm),)), "ada", AT)
        runs, now = [], 0  # of each run what it began with, when, in which field and by whom
        for field, value, passed, by in typed:
            now += passed
            before = store.read.get(Organisation, firm.id)
            if getattr(before, field) == value:
                continue
            type_(store, firm, seconds=now, by=by, **{field: value})
            key = (field, by)
            if runs and runs[-1][2] == key and now - runs[-1][1] < SHORTLY.total_seconds():
                if getattr(runs[-1][0], field) == value:
                    runs.pop()
                    runs and runs.append((*runs.pop()[:2], None))  # the one before has ended
            else:
                runs.append((before, now, key))
        assert store.read.history_count() == 1 + len(runs)
        for before, _, _ in reversed(runs):
            store.undo(AT)
            assert store.read.get(Organisation, firm.id) == before
        assert store.integrity() == []
        store.close()
