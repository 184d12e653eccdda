"""The notes of a worksheet with ours added: the texts, and the shapes in which they are shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

from smartct_desktop.domain.book import column_name
from smartct_desktop.spreadsheets.cells_out import clean
from smartct_desktop.spreadsheets.xlsx_facts import place_of
from smartct_desktop.spreadsheets.xml_patch import Element, Patch, prefix_of, walk

AUTHOR = "SmartCT Desktop"

_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
)
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:80pt;margin-top:2pt;width:220pt;height:{height}pt;'
    'z-index:{id};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 9</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE_ID = re.compile(rb"_x0000_s(\d{1,9})")
_ONE_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</")
_FIRST_SHAPE = 1025
_SIGNS_IN_LINE = 34
_LINE_POINTS = 15
_BREAKS = re.compile(r"_x([0-9A-Fa-f]{4})_")


def empty_notes(namespace: str) -> bytes:
    """Give the part of a worksheet that has no notes yet."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<comments xmlns="{namespace}"><authors/><commentList/></comments>'.encode()


@dataclass(frozen=True, slots=True)
class Noted:
    """The notes of a sheet: the part, cells that had none before, and cells that have none now."""

    part: bytes
    fresh: tuple[tuple[int, int], ...]
    gone: tuple[tuple[int, int], ...]


def with_notes(
    data: bytes, name: str, notes: Mapping[tuple[int, int], str], note_start: str
) -> Noted:
    """Give the notes with ours, in place of those of an earlier round.

    A cell that has a note of the sender keeps its text; ours, known by how it starts, stands
    beneath.
    """
    patch = Patch(data)
    there = _Notes.of(data, name)
    p = prefix_of(data, there.root)
    gone = []
    for cell, (comment, text) in there.by_cell.items():
        old = _plain_text(data[text.start : text.end])
        theirs, ours, _ = old.partition(note_start)
        note = notes.get(cell, "")
        if ours and not theirs.strip() and not note:
            gone.append(cell)
            patch.replace(comment, b"")
        elif ours:
            both = "\n\n".join(filter(None, (theirs.strip(), note)))
            patch.replace(text, f"<{p}text>{_text(p, both)}</{p}text>".encode())
        elif note:
            patch.append(text, f"<{p}r>{_text(p, chr(10) * 2 + note)}</{p}r>".encode())
    fresh = sorted(cell for cell in notes if cell not in there.by_cell)
    new = "".join(
        f'<{p}comment ref="{column_name(column)}{row}" authorId="{there.authors}">'
        f"<{p}text>{_text(p, notes[row, column])}</{p}text></{p}comment>"
        for row, column in fresh
    )
    author = f"<{p}author>{AUTHOR}</{p}author>"
    groups = there.groups
    if "authors" in groups:
        patch.append(groups["authors"], author.encode())
        author = ""
    else:
        author = f"<{p}authors>{author}</{p}authors>"
    if "commentList" in groups:
        patch.insert(groups["commentList"].start, author.encode())
        patch.append(groups["commentList"], new.encode())
    else:
        patch.append(there.root, f"{author}<{p}commentList>{new}</{p}commentList>".encode())
    return Noted(patch.made(), tuple(fresh), tuple(gone))


@dataclass(slots=True)
class _Notes:
    """Where the notes of a part stand: of each cell the note, and the text within."""

    root: Element
    groups: dict[str, Element]
    by_cell: dict[tuple[int, int], tuple[Element, Element]]
    authors: int

    @classmethod
    def of(cls, data: bytes, name: str) -> _Notes:
        roots: list[Element] = []
        groups: dict[str, Element] = {}
        by_cell: dict[tuple[int, int], tuple[Element, Element]] = {}
        texts: list[Element] = []
        authors = 0

        def closed(around: tuple[str, ...], element: Element) -> None:
            nonlocal authors
            match around, element.name:
                case (), _:
                    roots.append(element)
                case (_,), group:
                    groups[group] = element
                case (_, "authors"), "author":
                    authors += 1
                case (_, "commentList", _), "text":
                    texts.append(element)
                case (_, "commentList"), "comment":
                    place = place_of(element.get("ref"))
                    if place is not None and texts:
                        by_cell[place] = (element, texts[-1])
                    texts.clear()
                case _:
                    pass

        walk(data, name, closed=closed)
        return cls(roots[0], groups, by_cell, authors)


def _plain_text(xml: bytes) -> str:
    """Give the text of a note without its looks."""
    return "".join(unescape(found[1].decode()) for found in _TEXT.finditer(xml))


def with_shapes(
    data: bytes, cells: Mapping[tuple[int, int], str], gone: Collection[tuple[int, int]] = ()
) -> bytes:
    """Give the drawing with a hidden shape for the note of each cell; b"" is an empty drawing.

    The shapes of cells that have lost their note go.

    What programs write there is not always XML, so it is left as it is up to its last tag.
    """
    if gone:
        data = _ONE_SHAPE.sub(lambda shape: b"" if _cell_of(shape[0]) in gone else shape[0], data)
    head, tail = (data, b"") if data else ((_VML + _TYPE).encode(), b"</xml>")
    if data:
        end = data.rfind(b"</xml")
        if end < 0:
            return data
        head, tail = data[:end], data[end:]
        if b'"_x0000_t202"' not in data:
            head += _TYPE.encode()
    used = [int(number) for number in _SHAPE_ID.findall(data)]
    first = max([_FIRST_SHAPE, *used]) + 1
    shapes = [
        _shape(number, row, column, note)
        for number, ((row, column), note) in enumerate(sorted(cells.items()), first)
    ]
    return head + "".join(shapes).encode() + tail


def _cell_of(shape: bytes) -> tuple[int, int] | None:
    """Give the cell whose note a shape shows; None for any other shape."""
    row, column = (re.search(rb":%b>(\d{1,7})<" % name, shape) for name in (b"Row", b"Column"))
    return (int(row[1]) + 1, int(column[1])) if row and column else None


def _shape(number: int, row: int, column: int, note: str) -> str:
    lines = sum(1 + len(line) // _SIGNS_IN_LINE for line in note.splitlines()) + 1
    top = max(row - 2, 0)
    return _SHAPE.format(
        id=number,
        height=lines * _LINE_POINTS,
        left=column + 1,
        right=column + 4,
        top=top,
        bottom=top + lines,
        row=row - 1,
        column=column,
    )


def _text(prefix: str, text: str) -> str:
    return f'<{prefix}t xml:space="preserve">{escape(in_cell(text))}</{prefix}t>'


def in_cell(text: str) -> str:
    """Give a text without signs that XML cannot hold, and without what is read as an escape."""
    return _BREAKS.sub(r"_x005F_x\1_", clean(text))
