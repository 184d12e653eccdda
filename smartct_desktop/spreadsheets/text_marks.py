"""What the first bytes of a file prove of its encoding: by marks, and by where zeros stand."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes({*range(9), *range(14, 32)} - {0x1A, 0x1B})
_EUROPE_END = "\u2e80"  # where the scripts of East Asia begin


def is_binary(head: bytes) -> bool:
    """Whether a file that begins so is no text in any encoding."""
    if marked(head) is not None or wide(head) is not None:
        return False
    return b"\0" in head or len(head) - len(head.translate(None, _CONTROLS)) > len(head) // 100


def legible(head: bytes) -> str:
    """The beginning of a text as far as it is plain ASCII, for telling formats apart."""
    return head.decode(marked(head) or wide(head) or "latin-1", "replace")


def marked(head: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def wide(head: bytes) -> str | None:
    """The encoding with two bytes a character that zero bytes at every second place show."""
    head = head[: len(head) // 2 * 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even == odd or min(even, odd) > len(head) // 100:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = head.decode(name, "replace")
    european = sum(" " <= letter < _EUROPE_END or letter in "\t\r\n" for letter in text)
    return name if european > 0.95 * len(text) else None
