"""Since when the rules say something of a record; of what was said before, nobody knows."""

from __future__ import annotations

STATEMENTS = ("ALTER TABLE finding ADD COLUMN since TEXT",)
