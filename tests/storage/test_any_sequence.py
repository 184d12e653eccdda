"""Any sequence of steps, undos, redos and restarts keeps the document equal to a simple model."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from smartct_desktop.domain.catalog import BY_KIND, references_to
from smartct_desktop.domain.changes import Change, Step, StepState
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.query import Query
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT
from tests.storage.made import SEEDS, record

LONG = "SMARTCT_LONG" in os.environ
KINDS = ("partnership", "organisation", "person", "exchange", "payment", "exchange_day")


class Document(RuleBasedStateMachine):
    """Does at random what people do; the model is a dictionary, and a list of dictionaries."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.create(Path(self.folder.name, "a.smartct"), at=AT)
        self.records = {}
        self.done = []  # the dictionary before each step that holds
        self.undone = []  # the dictionary after each step that was undone
        self.states = []

    def known(self):
        return {k: [r.id for r in self.records.values() if r.schema.kind == k] for k in KINDS}

    def apply(self, changes):
        beside = len(self.states) % 2 == 1
        self.write(beside, self.store.apply, Step("step", tuple(changes)), "ada", AT)
        self.done.append(dict(self.records))
        self.undone.clear()
        aside = {StepState.UNDONE: StepState.SET_ASIDE}
        self.states = [aside.get(state, state) for state in self.states] + [StepState.DONE]
        for change in changes:
            if change.after is None:
                del self.records[change.id]
            else:
                self.records[change.id] = change.after

    @initialize(seed=SEEDS)
    def begin(self, seed):
        random = Random(seed)
        self.apply([Change(None, record(random, k, {})) for k in ("partnership", "organisation")])

    @rule(seed=SEEDS, size=st.integers(1, 6))
    def add(self, seed, size):
        random = Random(seed)
        known = self.known()
        made = []
        for _ in range(size):
            kind = random.choice([k for k in KINDS if can_be_made(k, known)])
            made.append(record(random, kind, known, filled=0.3))
            known[kind].append(made[-1].id)
        random.shuffle(made)
        self.apply([Change(None, each) for each in made])

    @precondition(lambda self: self.records)
    @rule(seed=SEEDS)
    def change(self, seed):
        random = Random(seed)
        chosen = random.sample(list(self.records.values()), min(3, len(self.records)))
        known = self.known()
        others = [record(random, r.schema.kind, known, filled=0.3) for r in chosen]
        self.apply(
            [Change(old, new.replace(id=old.id)) for old, new in zip(chosen, others, strict=True)]
        )

    @precondition(lambda self: self.records)
    @rule(seed=SEEDS)
    def remove(self, seed):
        random = Random(seed)
        gone = random.choice(list(self.records.values()))
        changes = [Change(gone, None)]
        named = self.naming(gone)
        if named and random.random() < 0.5:
            with pytest.raises(Trouble):
                self.store.apply(Step("step", tuple(changes)), "ada", AT)
            return
        while named:  # those that name it go with it, whatever names them too
            other = named.pop()
            if all(change.id != other.id for change in changes):
                changes.append(Change(other, None))
                named += self.naming(other)
        random.shuffle(changes)
        self.apply(changes)

    def write(self, beside, work, *given):
        """Do it on the store's own thread or, as big steps are done, on another one."""
        if beside:
            with ThreadPoolExecutor(1) as executor:
                executor.submit(work, *given).result()
        else:
            work(*given)

    def naming(self, named):
        fields = [(f.kind, f.name) for f in references_to(named.schema.kind)]
        return [
            r
            for r in self.records.values()
            if any(r.schema.kind == k and getattr(r, n) == named.id for k, n in fields)
        ]

    @precondition(lambda self: self.done)
    @rule(beside=st.booleans())
    def undo(self, beside):
        self.write(beside, self.store.undo, AT)
        self.undone.append(self.records)
        self.records = self.done.pop()
        self.turn(StepState.DONE, StepState.UNDONE, last=True)

    @precondition(lambda self: self.undone)
    @rule(beside=st.booleans())
    def redo(self, beside):
        self.write(beside, self.store.redo, AT)
        self.done.append(self.records)
        self.records = self.undone.pop()
        self.turn(StepState.UNDONE, StepState.DONE, last=False)

    def turn(self, old, new, *, last):
        places = [place for place, state in enumerate(self.states) if state is old]
        self.states[places[-1 if last else 0]] = new

    @rule()
    def reopen(self):
        self.store.close()
        self.store = Store.open(self.store.path)

    @invariant()
    def holds_what_the_model_holds(self):
        read = self.store.read
        for kind in KINDS:
            held = {r.id: r for r in read.all(BY_KIND[kind].record)}
            assert held == {i: r for i, r in self.records.items() if r.schema.kind == kind}
            assert read.total(kind) == read.window(Query(kind)).count == len(held)
        history = read.history(0, len(self.states) + 1)
        assert [step.state for step in reversed(history)] == self.states
        assert (read.next_undo() is None) == (not self.done)
        assert (read.next_redo() is None) == (not self.undone)

    def teardown(self):
        try:
            assert self.store.integrity() == []
        finally:
            self.store.close()
            self.folder.cleanup()


def can_be_made(kind, known):
    return all(known[f.type.kind] for f in BY_KIND[kind].references if f.required)


TestAnySequence = Document.TestCase
TestAnySequence.settings = settings(
    max_examples=400 if LONG else 5, stateful_step_count=50 if LONG else 20
)
