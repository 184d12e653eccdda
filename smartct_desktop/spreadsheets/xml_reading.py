"""Parsing the XML parts of a workbook: small ones whole, large ones as they grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.zip_parts import Parts

_WHOLE = 32 << 20
_LONGEST = 64 << 20
_PROLOG = 1 << 20
_DEPTH = 500
_ON = ("1", "true", "on")

# Besides malformed XML: encodings that do not exist or cannot be decoded.
MALFORMED = (ParseError, expat.ExpatError, ValueError, LookupError)


class GrowingTree:
    """A part that is parsed chunk by chunk; what has been used is cut off as it grows.

    Elements are named "{namespace}name", as `ElementTree` does. The caller reads `root` after each
    chunk and removes what is complete, so that memory does not grow with the part. No document
    type gets here: the gate has refused it.
    """

    def __init__(self, parts: Parts, part: str, name: str) -> None:
        builder = TreeBuilder()
        # The elements are built inside of one that we hold: so the root is known from its start.
        self._holder = builder.start("part", {})
        self._parser = XMLParser(target=builder)  # noqa: S314 -- the gate refuses document types
        self._chunks = parts.chunks(part)
        self._name = name
        self.done = 0
        self._used = 0
        self._complete = False

    @property
    def root(self) -> Element | None:
        """The root element as far as it is parsed."""
        return self._holder[0] if len(self._holder) else None

    def grow(self) -> bool:
        """Parse the next chunk; false if there was none.

        Raises `Trouble` if the part is malformed, or if nothing was cut off for so long that only
        an attacker can have written it.
        """
        if self._complete:
            return False
        try:
            chunk = next(self._chunks, b"")
            self.done += len(chunk)
            if chunk:
                self._parser.feed(chunk)
            else:
                self._parser.close()
                self._complete = True
        except MALFORMED as error:
            raise refusals.damaged(self._name) from error
        if self.done - self._used > _LONGEST:
            raise refusals.too_much(self._name)
        return True

    def finished(self, parent: Element) -> list[Element]:
        """Take out the children of `parent`, the root or a child of it, that are complete."""
        root = self.root
        closed = root is not parent and root is not None and root[-1] is not parent
        children = parent[:] if closed or self._complete else parent[:-1]
        if children:
            del parent[: len(children)]
            self._used = self.done
        return children

    def prune(self, parent: Element) -> None:
        """Below the newest child of `parent`, keep of each level only the newest element.

        Raises `Trouble` if elements are nested as deep as only attackers do.
        """
        depth = 0
        while len(parent):
            parent, depth = parent[-1], depth + 1
            if len(parent) > 1:
                del parent[:-1]
                self._used = self.done
            if depth > _DEPTH:
                raise refusals.unsafe(self._name)


def whole(parts: Parts, part: str, name: str) -> Element:
    """The tree of a part that is small in any honest workbook. Raises `Trouble` for others."""
    tree = GrowingTree(parts, part, name)
    while tree.grow():
        if tree.done > _WHOLE:
            raise refusals.too_much(name)
    if tree.root is None:
        raise refusals.damaged(name)
    return tree.root


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def space_of(element: Element) -> str:
    """The namespace of an element as it stands before the names: "{…}", or nothing."""
    return element.tag[: element.tag.rfind("}") + 1]


def attribute(element: Element, name: str) -> str:
    """An attribute by its name in whatever namespace; "" for none."""
    found = element.get(name)
    if found is not None:
        return found
    return next((value for key, value in element.items() if local(key) == name), "")


def number(element: Element, name: str, default: int = 0) -> int:
    """A whole number in an attribute; the default for none, and for what is none."""
    text = element.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else default


def number_of_attribute(element: Element, name: str, default: int = 0) -> int:
    """A whole number in an attribute of whatever namespace; the default for none."""
    key = next((key for key in element.keys() if local(key) == name), name)  # noqa: SIM118
    return number(element, key, default)


def is_on(element: Element, name: str, default: str = "0") -> bool:
    """Whether an attribute that is a switch is on."""
    return element.get(name, default) in _ON


class _Begun(Exception):
    """The first element was reached; no document type can follow."""


def refuse_document_type(parts: Parts, part: str, name: str) -> None:
    """Raise `Trouble` if a part declares a document type, in whatever encoding.

    A part that is no XML at all passes: whether that matters is known when it is read.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _raising(refusals.unsafe(name))
    parser.StartElementHandler = _raising(_Begun())
    seen = 0
    try:
        for chunk in _pieces(parts, part):
            seen += len(chunk)
            parser.Parse(chunk, False)
            if seen > _PROLOG:
                raise refusals.unsafe(name)
        # Some builds of expat put off what they were given until more comes, or the end.
        parser.Parse(b"", True)
    except (_Begun, *MALFORMED):
        return


def _pieces(parts: Parts, part: str) -> Iterator[bytes]:
    """The part in pieces that begin small: the first element mostly stands in the first line."""
    for chunk in parts.chunks(part):
        yield chunk[:1024]
        if len(chunk) > 1024:
            yield chunk[1024:]


def _raising(error: Exception) -> Callable[..., None]:
    def handler(*_arguments: object) -> None:
        raise error

    return handler
