"""The texts of a template as they stand in its parts, and texts in several looks with other words.

Such a text keeps its looks: only the letters of its runs are changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from xml.sax.saxutils import escape

from smartct_desktop.spreadsheets.marking_notes import in_cell
from smartct_desktop.spreadsheets.xlsx_escapes import unescaped
from smartct_desktop.spreadsheets.xml_patch import Element, walk

_RUN_TEXT = re.compile(rb"<((?:\w+:)?t)(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?t>)", re.DOTALL)
_SPOKEN = re.compile(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>|<(?:\w+:)?phoneticPr\b[^>]*/>", re.DOTALL)
_RUNS = re.compile(rb"<(?:\w+:)?r[\s>]")
_PLAIN_DATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the bytes that hold it where it has several looks."""

    text: str
    rich: bytes | None = None


def text_of(raw: bytes) -> Text:
    """Read what stands within `<si>` or `<is>`."""
    said = _SPOKEN.sub(b"", raw)
    whole = "".join(characters(found[2] or b"") for found in _RUN_TEXT.finditer(said))
    return Text(unescaped(whole), said if _RUNS.search(said) else None)


def shared_texts(data: bytes, name: str) -> list[Text]:
    """Read the part of the shared texts. Raises `Trouble` for what is no XML."""
    found: list[Text] = []

    def closed(around: tuple[str, ...], one: Element) -> None:
        if len(around) == 1 and one.name == "si":
            found.append(text_of(data[one.inner : one.inner_end]))

    walk(data, name, closed=closed, deepest=2)
    return found


def characters(raw: bytes) -> str:
    """Give the letters that stand between two tags."""
    pieces = _PLAIN_DATA.split(raw.decode("utf-8", "replace"))
    return "".join(
        piece if place % 2 else unescape(piece.replace("\r\n", "\n"))
        for place, piece in enumerate(pieces)
    )


def rich_with(rich: bytes, changes: Sequence[tuple[int, int, str]]) -> bytes:
    """Give a text in several looks with some of its letters replaced.

    A change goes from its first letter to behind its last, as `text_of` counts them; what is put
    there has the look of the first.
    """
    made: list[bytes] = []
    done = letters = 0
    for found in _RUN_TEXT.finditer(rich):
        text = unescaped(characters(found[2] or b""))
        first, letters = letters, letters + len(text)
        pieces, at = [], 0
        for start, end, new in sorted(changes):
            if end <= first or start >= letters:
                continue
            pieces.append(text[at : max(start - first, 0)])
            pieces.append(new if start >= first else "")
            at = min(end - first, len(text))
        pieces.append(text[at:])
        tag = found[1]
        made += [rich[done : found.start()], _run_text(tag, "".join(pieces))]
        done = found.end()
    return b"".join([*made, rich[done:]])


def _run_text(tag: bytes, text: str) -> bytes:
    inside = escape(in_cell(text)).encode()
    return b"<" + tag + b' xml:space="preserve">' + inside + b"</" + tag + b">"
