"""Changing an XML part of a workbook at single places; every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.xml_reading import MALFORMED

_DECLARED = re.compile(rb"""\A<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_DEEPEST = 1_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Element:
    """An element as it stands in the bytes of a part.

    `name` is without prefix. The bytes from `start` to `inner` are its start tag, those from
    `inner_end` to `end` its end tag; an `empty` one is a single tag, and `inner` its end.
    """

    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    empty: bool
    inner_end: int = 0
    end: int = 0

    def get(self, name: str, default: str = "") -> str:
        """Give an attribute by its name without prefix."""
        return self.attributes.get(name, default)


@dataclass(slots=True)
class Patch:
    """The bytes of a part, and what shall be put in their place. Raises nothing before `made`."""

    data: bytes
    edits: list[tuple[int, int, bytes]] = field(default_factory=list)

    def insert(self, at: int, new: bytes) -> None:
        """Put bytes before a place; what is put at one place stands in the order of the calls."""
        self.edits.append((at, at, new))

    def replace(self, element: Element, new: bytes) -> None:
        """Put bytes in the place of an element with all that it holds."""
        self.edits.append((element.start, element.end, new))

    def append(self, parent: Element, new: bytes, **attributes: str) -> None:
        """Put bytes behind the last child of an element, and set attributes of it; once only."""
        tag = self.data[parent.start : parent.inner]
        for name, value in attributes.items():
            tag = with_attribute(tag, name, value)
        if parent.empty:
            opened = tag.rstrip(b">").rstrip(b"/").rstrip() + b">"
            end = b"</" + tag[1:].split(maxsplit=1)[0].rstrip(b"/>") + b">"
            self.edits.append((parent.start, parent.inner, opened + new + end))
            return
        if attributes:
            self.edits.append((parent.start, parent.inner, tag))
        self.insert(parent.inner_end, new)

    def set_attributes(self, element: Element, **attributes: str) -> None:
        """Give attributes of an element another value, or the first one; once only."""
        tag = self.data[element.start : element.inner]
        for name, value in attributes.items():
            tag = with_attribute(tag, name, value)
        self.edits.append((element.start, element.inner, tag))

    def made(self) -> bytes:
        """Give the part with all changes."""
        pieces, done = [], 0
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            pieces += [self.data[done:start], new]
            done = end
        return b"".join([*pieces, self.data[done:]])


def walk(
    data: bytes,
    name: str,
    opened: Callable[[tuple[str, ...], Element], object] | None = None,
    closed: Callable[[tuple[str, ...], Element], object] | None = None,
    deepest: int = _DEEPEST,
) -> None:
    """Tell of each element, with the names of those around it from the root on.

    Elements with `deepest` others around them, or more, are passed over.
    Raises `Trouble`, naming the file, for what is no XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    around: list[str] = []
    stack: list[Element] = []
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > deepest:
            return
        at = parser.CurrentByteIndex
        end = _tag_end(data, at)
        bare = {_local(key): value for key, value in attributes.items()}
        one = Element(_local(tag), bare, at, end, empty=data[end - 2 : end] == b"/>")
        if opened is not None:
            opened(tuple(around), one)
        around.append(one.name)
        stack.append(one)

    def finish(_tag: str) -> None:
        nonlocal depth
        depth -= 1
        if depth >= deepest:
            return
        one = stack.pop()
        around.pop()
        one.inner_end = one.end = one.inner
        if not one.empty:
            one.inner_end = parser.CurrentByteIndex
            one.end = _tag_end(data, one.inner_end)
        if closed is not None:
            closed(tuple(around), one)

    parser.StartElementHandler = start
    parser.EndElementHandler = finish
    try:
        parser.Parse(data, True)
    except Trouble:
        raise
    except MALFORMED as error:
        raise refusals.damaged(name) from error


def in_utf_8(data: bytes, name: str) -> bytes:
    """Give a part in UTF-8, in which places can be counted; most are in it already."""
    declared = _DECLARED.match(data)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if data[:2] in _UTF_16:
        encoding = "utf-16"
    if encoding in ("utf-8", "us-ascii", "ascii"):
        return data
    try:
        text = data.decode(encoding)
    except (LookupError, ValueError) as error:
        raise refusals.damaged(name) from error
    text = re.sub(r"\A\ufeff?<\?xml[^>]*\?>", "", text)
    return b'<?xml version="1.0" encoding="UTF-8"?>' + text.encode()


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """Give a start tag with an attribute set, by its name as it stands there."""
    wanted = name.encode()
    quoted = quoteattr(value).encode()
    for found in _ATTRIBUTE.finditer(tag):
        if found[1] == wanted:
            return tag[: found.start(2)] + quoted + tag[found.end(2) :]
    close = b"/>" if tag.endswith(b"/>") else b">"
    return tag[: -len(close)].rstrip() + b" " + wanted + b"=" + quoted + close


def prefix_of(data: bytes, element: Element) -> str:
    """Give the prefix that an element bears with its colon, "" for none: its children bear it."""
    name = re.match(rb"<([^\s/>]+)", data[element.start : element.inner])
    prefix, colon, _ = name[1].partition(b":") if name else (b"", b"", b"")
    return (prefix + colon).decode() if colon else ""


def _tag_end(data: bytes, start: int) -> int:
    """Find the end of a tag; a `>` within an attribute does not end it."""
    at = start
    while True:
        end = data.find(b">", at)
        quote = _first_quote(data, at, end)
        if quote < 0:
            return end + 1
        at = data.find(data[quote : quote + 1], quote + 1) + 1


def _first_quote(data: bytes, start: int, end: int) -> int:
    found = [at for at in (data.find(b'"', start, end), data.find(b"'", start, end)) if at >= 0]
    return min(found, default=-1)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
