"""The tables that are not about records: facts about the file, the tally, and the history."""

from __future__ import annotations

import sqlalchemy as sa

CREATED_AT = "created_at"
LAST_WRITTEN_BY = "last_written_by"
MOMENT = "moment"

BOOKS = sa.MetaData()
"""The tables that are not about records."""

META = sa.Table(
    "meta",
    BOOKS,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Facts about the file: `moment` counts its changes, `last_written_by` names the program."""

TALLY = sa.Table(
    "tally",
    BOOKS,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("records", sa.Integer, nullable=False),
    sa.Column("last", sa.Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""How many records of a kind there are, and the last rowid that was given out."""

STEP = sa.Table(
    "step",
    BOOKS,
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("records", sa.Integer, nullable=False),
    sa.Column("file", sa.Text),
    sa.Column("sha256", sa.Text),
    sa.Column("sender", sa.Text),
    sa.Column("turned_at", sa.Text),
    sa.Column("folded", sa.Text, nullable=False),
    sa.Index("ix_step_state", "state", "no"),
    sa.Index("ix_step_sha256", "sha256"),
    sqlite_strict=True,
)
"""What the user did. `at` is UTC, `turned_at` the moment of the last undo or redo; `file`, `sha256`
and `sender` are the source, if there is one; `folded` is what the history is searched for."""

CHANGE = sa.Table(
    "change",
    BOOKS,
    sa.Column("step", sa.Integer, sa.ForeignKey("step.no", name="fk_change_step"), nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("place", sa.Integer),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    sa.Column("sheet", sa.Text),
    sa.Column("row", sa.Integer),
    sa.PrimaryKeyConstraint("step", "n"),
    sa.Index("ix_change_record", "record", "step"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""One record of a step: the fields it moved. `place` keeps the rowid of a record that is not in
its table at present (removed, or added and undone); `before` or `after` holds it whole then."""
