"""Exit codes of the command line, and the one way it prints JSON."""

from __future__ import annotations

import json

DONE = 0
LEFT = 1
"""Done, with findings or rows left."""
WRONG = 2
"""Nothing done: the call or the input is wrong."""
OPEN_QUESTIONS = 3
CANCELLED = 130


def print_json(value: object) -> None:
    """Print one JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
