"""Files of sync clients that have a name and a size here, and their content only elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

_ELSEWHERE = 0x1000 | 0x40000 | 0x400000
"""Windows: offline, to be fetched when opened, to be fetched when read."""

_DATALESS = 0x40000000
"""macOS: the content is in the cloud only."""


def is_placeholder(path: Path) -> bool:
    """Whether reading the file would first have to fetch it from elsewhere."""
    try:
        facts = path.stat()
    except OSError:
        return False
    return says_elsewhere(facts)


def says_elsewhere(facts: os.stat_result) -> bool:
    """Whether the facts of a file say that its content is not here."""
    attributes: int = getattr(facts, "st_file_attributes", 0)
    flags: int = getattr(facts, "st_flags", 0)
    return bool(attributes & _ELSEWHERE or flags & _DATALESS)
