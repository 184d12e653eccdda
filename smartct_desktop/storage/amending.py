"""Joining a step to the one before: what was typed in one field in a short time is one step."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import sqlalchemy as sa

from smartct_desktop.domain.changes import Action, Change, Step, StepState
from smartct_desktop.storage.books import CHANGE, STEP
from smartct_desktop.storage.connection import Connection
from smartct_desktop.storage.past_steps import moment
from smartct_desktop.storage.tables import Tables

SHORTLY = timedelta(seconds=60)
"""How long after a step began what is typed in its field still belongs to it."""

Typed = tuple[Step, str, datetime]
"""A step, who does it, and when."""


def joins_step(connection: Connection, tables: Tables, no: int, typed: Typed) -> bool:
    """Whether a step goes on with the one of this number.

    That has to be the newest, by the same person, and typed in the same field a short time ago.
    """
    step, by, at = typed
    if not step.typed or len(step.changes) != 1:
        return False
    wanted = sa.select(STEP.c.at, STEP.c.by, STEP.c.state, STEP.c.records).where(STEP.c.no == no)
    newer = sa.select(STEP.c.no).where(STEP.c.no > no).limit(1)
    rows = connection.fetch(wanted)
    if not rows or connection.fetch(newer):
        return False
    began, who, state, records = rows[0]
    passed = at - moment(began)
    if who != by or state != StepState.DONE.value or records != 1:
        return False
    return timedelta(0) <= passed < SHORTLY and _same_field(connection, tables, no, step.changes[0])


def _same_field(connection: Connection, tables: Tables, no: int, change: Change) -> bool:
    if change.before is None or change.after is None:
        return False
    shape = tables[change.kind]
    old, new = shape.encode(change.before), shape.encode(change.after)
    moved = [name for name, one, two in zip(shape.names, old, new, strict=True) if one != two]
    kept = sa.select(CHANGE.c.kind, CHANGE.c.record, CHANGE.c.action, CHANGE.c.after)
    for kind, record, action, after in connection.fetch(kept.where(CHANGE.c.step == no)):
        same = (kind, record, action) == (change.kind, change.id, Action.CHANGE.value)
        return same and len(moved) == 1 and list(json.loads(after)) == moved
    return False


def amend(connection: Connection, no: int, after: str | None) -> bool:
    """Let the only change of a step end with these values; False if it ends where it began.

    Then the step is gone: nothing came of it.
    """
    only = CHANGE.c.step == no
    ((before,),) = connection.fetch(sa.select(CHANGE.c.before).where(only))
    if before == after:
        connection.run(sa.delete(CHANGE).where(only))
        connection.run(sa.delete(STEP).where(STEP.c.no == no))
        return False
    connection.run(sa.update(CHANGE).where(only).values(after=after))
    return True
