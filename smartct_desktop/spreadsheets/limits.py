"""How much of a partner's file is read before it is refused as too large or hostile."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of one reading. Sizes count bytes, `seconds` wall time.

    `inflated` bounds the parts of a workbook together, as declared and as really unpacked;
    `ratio` bounds the compression of parts over 10 MB. `rows` are rows that are not blank,
    `cells` the places of these rows up to their last cell, `characters` those of all texts, each
    time they occur. `memory` bounds the address space of the reading process. A workbook that
    people keep stays far below all of them.
    """

    file_bytes: int = 50 * _MB
    inflated: int = 1024 * _MB
    ratio: int = 200
    parts: int = 10_000
    rows: int = 200_000
    cells: int = 5_000_000
    characters: int = 200_000_000
    facts: int = 100_000
    seconds: float = 180.0
    memory: int = 1024 * _MB
