"""The cell formats of a workbook with further ones added; those that are there stay as they are."""

from __future__ import annotations

from smartct_desktop.spreadsheets.xml_patch import Element, Patch, prefix_of, walk, with_attribute

EMPTY_STYLES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="%s">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border/></borders>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellXfs>'
    b"</styleSheet>"
)
"""For a workbook without a part for styles."""

_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs"),
    *("cellStyles", "dxfs", "tableStyles", "colors", "extLst"),
)


class StylesPatch:
    """Hands out the numbers of new cell formats; `made` gives the part that holds them."""

    def __init__(self, data: bytes, name: str) -> None:
        self._patch = Patch(data)
        self._groups: dict[str, Element] = {}
        self._children: dict[str, int] = {}
        self._formats: list[bytes] = []
        self._added: list[bytes] = []
        self._root: Element | None = None
        walk(data, name, closed=self._take)
        assert self._root is not None
        self._prefix: str = prefix_of(data, self._root)

    @property
    def changed(self) -> bool:
        """Whether any format was added."""
        return bool(self._added)

    def made(self) -> bytes:
        """Give the part; nothing may be asked for afterwards."""
        total = len(self._formats) + len(self._added)
        self._extend("cellXfs", b"".join(self._added), total)
        return self._patch.made()

    def _add(self, made: bytes) -> int:
        """Add a format; gives its number."""
        self._added.append(made)
        return len(self._formats) + len(self._added) - 1

    def _like(self, base: int, **attributes: str) -> int:
        """Add a format that is like `base`, but for some attributes."""
        old = self._formats[base] if base < len(self._formats) else self._plain()
        inner = old.find(b">") + 1
        tag = old[:inner]
        for name, value in attributes.items():
            tag = with_attribute(tag, name, value)
        return self._add(tag + old[inner:])

    def _take(self, around: tuple[str, ...], element: Element) -> None:
        match around:
            case ():
                self._root = element
            case (_,):
                self._groups[element.name] = element
            case (_, group):
                self._children[group] = self._children.get(group, 0) + 1
                if group == "cellXfs":
                    self._formats.append(self._patch.data[element.start : element.end])
            case _:
                pass

    def _extend(self, group: str, new: bytes, count: int) -> None:
        """Put new entries behind those of a group; a group that is missing goes to its place."""
        there = self._groups.get(group)
        if there is not None:
            self._patch.append(there, new, count=str(count))
            return
        tag = f"{self._prefix}{group}".encode()
        whole = b"<" + tag + b' count="%d">' % count + new + b"</" + tag + b">"
        later = _ORDER[_ORDER.index(group) + 1 :]
        following = [self._groups[name].start for name in later if name in self._groups]
        assert self._root is not None
        if following:
            self._patch.insert(min(following), whole)
        else:
            self._patch.append(self._root, whole)

    def _plain(self) -> bytes:
        return f'<{self._prefix}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'.encode()
