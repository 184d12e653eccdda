"""A workbook of somebody else with some parts changed; all others stay byte for byte."""

from __future__ import annotations

import posixpath
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.styles_patch import EMPTY_STYLES
from smartct_desktop.spreadsheets.xlsx_parts import (
    Relation,
    WorkbookPart,
    read_workbook_part,
    relations,
)
from smartct_desktop.spreadsheets.xml_patch import Element, Patch, in_utf_8, prefix_of, walk
from smartct_desktop.spreadsheets.zip_parts import Parts

TYPES = "[Content_Types].xml"
"""The part that tells the type of every other."""

KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
"""How the types of parts of a workbook begin."""

VML_KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MACROS = b"macroenabled"
_PACKING = Sentence("Packing the workbook")
_PAST_LARGE = 1 << 31


class WorkbookPatch:
    """One workbook being changed; `save` writes it. `name` is what people call the file.

    Raises `Trouble` for a workbook that is damaged.
    """

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._path = path
        self.name = name
        self.parts = Parts(path, name, limits)
        try:
            self._changed: dict[str, bytes] = {}
            with zipfile.ZipFile(path) as archive:
                self._written = {_key(one): one for one in archive.namelist()}
            roots = relations(self.parts, "", name).values()
            main = (one.target for one in roots if one.kind == "officeDocument")
            self.main: str = next(main, "xl/workbook.xml")
            self.book: WorkbookPart = read_workbook_part(self.parts, name)
            self.namespace: str = self._namespace_of(self.main)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self.parts.__exit__(None, None, None)

    @property
    def has_macros(self) -> bool:
        """Whether it may bear macros, and its name then has to end in .xlsm."""
        return _MACROS in self.read(TYPES).lower()

    @property
    def office(self) -> str:
        """The namespace of the relations between parts."""
        return _STRICT_OFFICE if self.namespace == _STRICT else _OFFICE

    def __iter__(self) -> Iterator[str]:
        return iter(self._written.values())

    def has(self, part: str) -> bool:
        """Whether there is such a part, whatever the case of its name."""
        return _key(part) in self._written

    def read(self, part: str) -> bytes:
        """Give a part in UTF-8, as it is now. Raises `Trouble`."""
        changed = self._changed.get(_key(part))
        if changed is not None:
            return changed
        return in_utf_8(self.parts.read(part), self.name)

    def put(self, part: str, data: bytes) -> None:
        """Give a part another content, or add it."""
        self._written.setdefault(_key(part), part)
        self._changed[_key(part)] = data

    def free(self, pattern: str) -> str:
        """Give a name for a new part that no part has."""
        numbers = range(1, len(self._written) + 2)
        return next(name for n in numbers if not self.has(name := pattern.format(n)))

    def root(self, data: bytes) -> Element:
        """Give the outermost element of a part."""
        roots: list[Element] = []

        def closed(around: tuple[str, ...], one: Element) -> None:
            if not around:
                roots.append(one)

        walk(data, self.name, closed=closed, deepest=1)
        return roots[0]

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Give what a part of the file as it was refers to, by the id under which it does."""
        return relations(self.parts, part, self.name)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; gives the id under which it does."""
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", file + ".rels")
        data = (
            self.read(rels)
            if self.has(rels)
            else b'<Relationships xmlns="%s"/>' % (_PACKAGE.encode())
        )
        ids: set[str] = set()
        walk(data, self.name, lambda _around, one: ids.add(one.get("Id")))
        id_ = next(id_ for n in range(1, len(ids) + 2) if (id_ := f"rIdMarked{n}") not in ids)
        patch, root = Patch(data), self.root(data)
        prefix = prefix_of(data, root)
        patch.append(
            root,
            f'<{prefix}Relationship Id="{id_}" Type="{self.office}/{kind}" '
            f"Target={quoteattr('/' + target)}/>".encode(),
        )
        self.put(rels, patch.made())
        return id_

    def declare(self, part: str, kind: str) -> None:
        """Tell the type of a new part; drawings of notes are known by their ending."""
        data = self.read(TYPES)
        patch, root = Patch(data), self.root(data)
        prefix = prefix_of(data, root)
        if kind != VML_KIND:
            entry = f'<{prefix}Override PartName={quoteattr("/" + part)} ContentType="{kind}"/>'
            patch.append(root, entry.encode())
        else:
            known: set[str] = set()
            walk(data, self.name, lambda _around, one: known.add(one.get("Extension").lower()))
            if "vml" in known:
                return
            entry = f'<{prefix}Default Extension="vml" ContentType="{kind}"/>'
            patch.insert(root.inner, entry.encode())
        self.put(TYPES, patch.made())

    def styles(self) -> bytes:
        """Give the part for styles, a bare one if there is none."""
        if self.book.styles is not None:
            return self.read(self.book.styles)
        return EMPTY_STYLES % self.namespace.encode()

    def put_styles(self, data: bytes) -> None:
        """Give the workbook this part for styles."""
        part = self.book.styles
        if part is None:
            part = self.free(posixpath.join(posixpath.dirname(self.main), "styles{0}.xml"))
            self.relate(self.main, "styles", part)
            self.declare(part, KINDS + "styles+xml")
        self.put(part, data)

    def save(self, target: BinaryIO, progress: Progress) -> None:
        """Write the workbook; parts that were not changed go over as they are."""
        with zipfile.ZipFile(self._path) as source, zipfile.ZipFile(target, "w") as made:
            left = dict(self._changed)
            for info in source.infolist():
                progress.report(_PACKING)
                copied = zipfile.ZipInfo(info.filename, info.date_time)
                copied.compress_type = info.compress_type
                copied.external_attr = info.external_attr
                new = left.pop(_key(info.filename), None)
                if new is not None:
                    made.writestr(copied, new)
                    continue
                large = info.file_size > _PAST_LARGE
                with source.open(info) as old, made.open(copied, "w", force_zip64=large) as part:
                    shutil.copyfileobj(old, part)
            for key, new in left.items():
                made.writestr(self._written[key], new, zipfile.ZIP_DEFLATED)

    def _namespace_of(self, part: str) -> str:
        found = self.root(self.read(part))
        names = (value for key, value in found.attributes.items() if value.endswith("/main"))
        strict = _STRICT in names
        return _STRICT if strict else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _key(part: str) -> str:
    return part.replace("\\", "/").lower()
