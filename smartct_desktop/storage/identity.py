"""Which document a file is, and which state of it: for telling copies and backups apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from smartct_desktop.domain.changes import StepState
from smartct_desktop.storage.books import CREATED_AT, DOCUMENT_ID, META, STEP, TALLY
from smartct_desktop.storage.connection import Connection

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself, without reading its records.

    `version` is that of its tables, `step` the number of the newest step that holds and `label`
    what that did. Two copies of a document with equal `state` hold the same.
    """

    document: str
    version: int
    records: Mapping[str, int]
    step: int | None
    label: str
    state: str


def facts_of(connection: Connection) -> Facts:
    """Read what a file of whatever version says of itself. Raises `Trouble`."""
    ((version,),) = connection.tell("PRAGMA user_version")
    kinds = connection.fetch(sa.select(TALLY.c.kind, TALLY.c.records))
    holding = sa.select(STEP.c.no, STEP.c.label).where(STEP.c.state == StepState.DONE.value)
    newest = connection.fetch(holding.order_by(STEP.c.no.desc()).limit(1))
    return Facts(
        document=document_id(connection),
        version=int(version),
        records={kind: records for kind, records in kinds if records},
        step=newest[0][0] if newest else None,
        label=newest[0][1] if newest else "",
        state=state_of(connection),
    )


def document_id(connection: Connection) -> str:
    """Read the id that all copies of a document share, as a word that can be a folder's name.

    A file that is older than these ids is given the one that the migration will give it.
    """
    stored = dict(
        connection.fetch(
            sa.select(META.c.key, META.c.value).where(META.c.key.in_([DOCUMENT_ID, CREATED_AT]))
        )
    )
    if DOCUMENT_ID in stored:
        return _as_name(stored[DOCUMENT_ID])
    first = connection.fetch(sa.select(STEP.c.id).order_by(STEP.c.no).limit(1))
    return _as_name(first[0][0] if first else stored.get(CREATED_AT, "").replace(":", ""))


def state_of(connection: Connection) -> str:
    """Give a text that is another one after every step, undo, redo and restore."""
    newest = sa.select(STEP.c.id).order_by(STEP.c.no.desc()).limit(1)
    turned = sa.select(sa.func.max(STEP.c.turned_at))
    (last,) = connection.fetch(newest) or [("",)]
    ((moved,),) = connection.fetch(turned)
    return f"{connection.moment()}/{last[0]}/{moved or ''}"


def _as_name(text: str) -> str:
    return _NOT_IN_NAMES.sub("-", text)[:64] or "unknown"
