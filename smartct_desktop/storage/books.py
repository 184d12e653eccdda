"""The tables that are not about records: facts about the file, tally, history, contents."""

from __future__ import annotations

import sqlalchemy as sa

CREATED_AT = "created_at"
DOCUMENT_ID = "document_id"
EXAMINED_BY = "examined_by"
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
"""Facts about the file: `moment` counts its changes, `last_written_by` names the program,
`examined_by` what the findings and derived fields rest on (a `Basis`), `document_id` is shared by
all copies of a document."""

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
    sa.Column("kinds", sa.Text),
    sa.Column("about", sa.Integer),
    sa.Column("relation", sa.Text),
    sa.Column("turns", sa.Text),
    sa.Index("ix_step_state", "state", "no"),
    sa.Index("ix_step_sha256", "sha256"),
    sa.Index("ix_step_about", "about"),
    sqlite_strict=True,
)
"""What the user did. `at` is UTC, `turned_at` the moment of the last undo or redo; `file`, `sha256`
and `sender` are the source, if there is one; `folded` is what the history is searched for; `kinds`
are those of the records touched, each between blanks. `about` is the number of the older step that
this one takes back or does again, `relation` which of both. `turns` are the marks of each undoing
("<…") and redoing (">…") of the step, oldest first, with a blank between."""

JOINED = sa.Table(
    "joined",
    BOOKS,
    sa.Column("step", sa.Integer, sa.ForeignKey("step.no", name="fk_joined_step"), nullable=False),
    sa.Column("mark", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("step", "mark"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What a step that merged another copy into this one brought: ids of the other's steps, and marks
of their turns, which need not be asked about again when that copy comes once more."""

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

CONTENT = sa.Table(
    "content",
    BOOKS,
    sa.Column("rowid", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Index("ix_content_sha256", "sha256", unique=True),
    sqlite_strict=True,
)
"""The contents of attached files, each kept once however many attachments name it by its SHA-256;
`size` counts the bytes of the file."""

CONTENT_PIECE = sa.Table(
    "content_piece",
    BOOKS,
    sa.Column("rowid", sa.Integer, primary_key=True),
    sa.Column(
        "content",
        sa.Integer,
        sa.ForeignKey("content.rowid", name="fk_content_piece_content"),
        nullable=False,
    ),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("packed", sa.Integer, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Index("ix_content_piece_content", "content", "n", unique=True),
    sqlite_strict=True,
)
"""The bytes of the contents, cut into pieces so that a large file never lies whole in memory;
`packed` pieces are compressed by zlib, where that saves room."""

FINDING = sa.Table(
    "finding",
    BOOKS,
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record", sa.Integer, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("severity", sa.Integer, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("said", sa.Text),
    sa.Column("since", sa.Text),
    sa.PrimaryKeyConstraint("kind", "record", "n"),
    sa.Index("ix_finding_code", "severity", "code", "kind", "record", "n"),
    sa.Index("ix_finding_severity", "kind", "severity", "record"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What the rules say of the records, derived from them: `record` is the rowid of one of `kind`.
`severity` counts up from 0, the worst; `said` holds what fills the rule's sentence, as JSON;
`since` is the day on which the rule first said it of the record, while it goes on saying it."""

FINDING_TALLY = sa.Table(
    "finding_tally",
    BOOKS,
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("severity", sa.Integer, nullable=False),
    sa.Column("findings", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("code", "kind", "severity"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""How many findings there are of each rule."""

FINDING_DUE = sa.Table(
    "finding_due",
    BOOKS,
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("first", sa.Integer, nullable=False),
    sa.Column("last", sa.Integer, nullable=False),
    sa.PrimaryKeyConstraint("kind", "first"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""The records, from one rowid to another, of which the findings have still to be made anew."""


FINDING_WAKE = sa.Table(
    "finding_wake",
    BOOKS,
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("record", sa.Integer, nullable=False),
    sa.Column("day", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("kind", "record"),
    sa.Index("ix_finding_wake_day", "day"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""The records of which findings or derived fields may be others from a day on, without a step."""
