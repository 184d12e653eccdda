"""The restricted use of somebody's data: since when, and why."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE person ADD COLUMN restricted_on TEXT",
    "ALTER TABLE person ADD COLUMN restricted_because TEXT",
    "ALTER TABLE person ADD COLUMN restricted_because_folded TEXT",
)
