"""Steps that take back older ones or do them again, and the kinds of records a step touched."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE step ADD COLUMN kinds TEXT",
    "ALTER TABLE step ADD COLUMN about INTEGER",
    "ALTER TABLE step ADD COLUMN relation TEXT",
    "CREATE INDEX ix_step_about ON step (about)",
    """UPDATE step SET kinds = (
  SELECT ' ' || group_concat(kind, ' ') || ' '
  FROM (SELECT DISTINCT kind FROM change WHERE change.step = step.no ORDER BY kind)
)""",
)
