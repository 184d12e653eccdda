"""Between two moments exactly that differs which the records of then and then differ in."""

import datetime as dt
import os
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings

from smartct_desktop.domain.catalog import SCHEMAS
from smartct_desktop.domain.changes import Action
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figures import values
from smartct_desktop.services.moments import (
    NOW,
    Moment,
    at_end_of,
    at_step,
    differences,
    facts_at,
    file_differences,
    filled_in,
)
from smartct_desktop.services.opening import open_document
from tests.services.deeds import STEPS, TODAY, act, fill
from tests.services.steps import change, remove

LONG = 200 if os.environ.get("SMARTCT_LONG") else 12


def everything(document):
    return {
        (schema.kind, record.id): filled_in(record)
        for schema in SCHEMAS
        for record in document.read.all(schema.record)
    }


def told(found):
    return {
        (one.kind, one.id): (one.action, {f.field.name: (f.before, f.after) for f in one.fields})
        for one in found
    }


def compared(old, new):
    found = {}
    for key in old.keys() | new.keys():
        a, b = old.get(key, {}), new.get(key, {})
        moved = {n: (a.get(n), b.get(n)) for n in a.keys() | b.keys() if a.get(n) != b.get(n)}
        if moved or (key in old) != (key in new):
            added, gone = key not in old, key not in new
            action = Action.ADD if added else Action.REMOVE if gone else Action.CHANGE
            found[key] = (action, moved)
    return found


def figures_of(document):
    return values(FigureFacts.read(document.read, TODAY))


@given(steps=STEPS)
@settings(max_examples=LONG, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_two_moments_differ_in_what_their_records_differ_in(own, steps):
    filled = fill(own)
    first = own.read.next_undo().no
    kept = {first: (everything(own), figures_of(own))}
    for step in steps:
        act(own, filled, step, first)
        newest = own.read.next_undo().no
        kept = {no: of for no, of in kept.items() if no < newest}
        kept[newest] = everything(own), figures_of(own)
    facts = FigureFacts.read(own.read, TODAY)
    now, _ = kept[newest] if steps else kept[first]
    for no, (records, counted) in kept.items():
        assert told(differences(own.read, at_step(own.read, no))) == compared(records, now)
        assert values(facts_at(own.read, Moment(no), facts)) == counted
    middle = sorted(kept)[len(kept) // 2]
    between = differences(own.read, Moment(first), Moment(middle))
    assert told(between) == compared(kept[first][0], kept[middle][0])


def test_that_a_backup_is_compared_with_the_document_of_now(own, tmp_path):
    filled = fill(own)
    before = everything(own)
    backup = own.backup(tmp_path)
    change(own, filled[1][0], sme=False)
    remove(own, filled[4][0])
    with closing(open_document(backup, read_only=True)) as old:
        found = file_differences(old.read, own.read)
    assert told(found) == compared(before, everything(own))
    assert told(found) == told(differences(own.read, Moment(own.read.next_undo().no - 2)))


def test_that_a_day_is_its_last_step_and_a_step_that_never_was_is_refused(own):
    filled = fill(own)
    last = own.read.next_undo()
    day = last.at.astimezone().date()
    assert at_end_of(own.read, day) == Moment(last.no)
    assert at_end_of(own.read, day - dt.timedelta(1)) == Moment(0)
    beginning = told(differences(own.read, Moment(0)))
    assert {action for action, _ in beginning.values()} == {Action.ADD}
    assert ("event", filled[3].id) in beginning
    assert differences(own.read, NOW) == []
    with pytest.raises(Trouble):
        at_step(own.read, 99)
