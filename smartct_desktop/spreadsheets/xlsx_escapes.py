"""Characters that workbooks write as `_x000D_` because XML cannot hold them."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """The text with its escapes resolved; halves of characters become U+FFFD."""
    if "_x" not in text:
        return text
    resolved = _ESCAPE.sub(_character, text)
    return resolved.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
