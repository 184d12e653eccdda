"""The hold of a partnership: nothing is due for deletion while it lasts."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE partnership ADD COLUMN hold INTEGER",
    "ALTER TABLE partnership ADD COLUMN hold_reason TEXT",
    "ALTER TABLE partnership ADD COLUMN hold_reason_folded TEXT",
)
