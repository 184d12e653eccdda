"""What copies of a document share: when steps were undone and redone, and which copies joined it.

Each undoing and redoing gets a mark of its own, as each step has its id. Of those that happened
before only the last is known; its moment is its mark, the same in all copies that know of it.
"""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE step ADD COLUMN turns TEXT",
    """UPDATE step SET turns = CASE state WHEN 'done' THEN '>' ELSE '<' END || turned_at
WHERE turned_at IS NOT NULL""",
    """CREATE TABLE joined (
  step INTEGER NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (step, mark),
  CONSTRAINT fk_joined_step FOREIGN KEY(step) REFERENCES step (no)
) WITHOUT ROWID, STRICT""",
)
