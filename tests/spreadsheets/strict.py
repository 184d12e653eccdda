"""What a strict reader would call damage: each part by its schema, and how the parts agree."""

import posixpath
import re
import zipfile
from collections import Counter
from xml.etree import ElementTree as ET

from openpyxl.utils import get_column_letter, range_boundaries

from tests.spreadsheets.schema import breaches

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

_NAME = re.compile(r"[A-Za-z_\\][\w.\\]*", re.ASCII)
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")
_LONGEST_SHEET_NAME = 31


def complaints(path):
    """Give all that is wrong with the workbook; nothing if it opens without repair."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if archive.testzip() is not None or len(set(names)) != len(names):
            return ["the archive is damaged, or names a part twice"]
        package = Package({name: archive.read(name) for name in names})
    return [
        *breaches(path),
        *package.types(),
        *package.relations(),
        *package.sheets(),
        *package.names(),
        *package.tables(),
        *package.charts(),
    ]


class Package:
    def __init__(self, parts):
        self.parts = parts
        self.xml = {name: ET.fromstring(data) for name, data in parts.items()}
        shared = self.xml.get("xl/sharedStrings.xml", ())
        self.strings = ["".join(run.text or "" for run in one.iter(f"{MAIN}t")) for one in shared]
        self.of_sheets = sorted(n for n in parts if re.fullmatch(r"xl/worksheets/\w+\.xml", n))

    def related(self, source):
        folder, name = posixpath.split(source)
        found = self.xml.get(posixpath.join(folder, "_rels", f"{name}.rels"), ())
        return {
            one.get("Id"): (
                one.get("Type").rpartition("/")[2],
                posixpath.normpath(posixpath.join(folder, one.get("Target"))).lstrip("/"),
            )
            for one in found
            if one.get("TargetMode") != "External"
        }

    def types(self):
        types = self.xml["[Content_Types].xml"]
        endings = Counter(one.get("Extension") for one in types.iter(f"{TYPES}Default"))
        typed = Counter(one.get("PartName").lstrip("/") for one in types.iter(f"{TYPES}Override"))
        yield from (f"type told twice: {n}" for n, k in (endings | typed).items() if k > 1)
        yield from (f"type of a part that is not there: {n}" for n in typed if n not in self.parts)
        for name in self.parts:
            known = name in typed or name.rpartition(".")[2] in endings
            if not known and name != "[Content_Types].xml":
                yield f"no type: {name}"

    def relations(self):
        seen = {"[Content_Types].xml"} | {name for name in self.parts if name.endswith(".rels")}
        for source in ["", *self.parts]:
            folder, name = posixpath.split(source)
            rels = self.xml.get(posixpath.join(folder, "_rels", f"{name}.rels"), ())
            ids = Counter(one.get("Id") for one in rels)
            yield from (f"{source}: relation {id_} twice" for id_, k in ids.items() if k > 1)
            for _, target in self.related(source).values():
                seen.add(target)
                if target not in self.parts:
                    yield f"{source}: leads to {target}, which is not there"
            if source and not source.endswith(".rels"):
                for element in self.xml[source].iter():
                    for key, value in element.attrib.items():
                        if key.startswith(LINK) and value not in ids:
                            yield f"{source}: no relation {value}"
        yield from (f"nothing leads to {name}" for name in self.parts if name not in seen)

    def sheets(self):
        styles = self.xml["xl/styles.xml"]
        looks, marks = (len(styles.find(f"{MAIN}{tag}") or ()) for tag in ("cellXfs", "dxfs"))
        for name in self.of_sheets:
            root, seen = self.xml[name], []
            for cell in root.iter(f"{MAIN}c"):
                column, row, _, _ = range_boundaries(cell.get("r"))
                seen.append((row, column))
                if int(cell.get("s", 0)) >= looks:
                    yield f"{name}: {cell.get('r')} has a look that is not there"
                value = cell.find(f"{MAIN}v")
                if cell.get("t") == "s" and int(value.text) >= len(self.strings):
                    yield f"{name}: {cell.get('r')} has a text that is not there"
                if cell.find(f"{MAIN}f") is not None and (value is None or not value.text):
                    yield f"{name}: {cell.get('r')} is a formula without its result"
            if seen != sorted(set(seen)):
                yield f"{name}: cells are out of order or there twice"
            yield from self._dimension(name, root, seen)
            rules = list(root.iter(f"{MAIN}cfRule"))
            if len({one.get("priority") for one in rules}) != len(rules):
                yield f"{name}: two conditional marks have one priority"
            if any(int(one.get("dxfId", 0)) >= max(marks, 1) for one in rules):
                yield f"{name}: a conditional mark has a look that is not there"

    def _dimension(self, name, root, seen):
        told = root.find(f"{MAIN}dimension")
        if told is None or not seen:
            return
        left, top, right, bottom = range_boundaries(told.get("ref"))
        if not all(top <= row <= bottom and left <= column <= right for row, column in seen):
            yield f"{name}: cells lie outside of the dimension {told.get('ref')}"

    def names(self):
        book = self.xml["xl/workbook.xml"]
        sheets = [one.get("name") for one in book.iter(f"{MAIN}sheet")]
        ids = [one.get("sheetId") for one in book.iter(f"{MAIN}sheet")]
        folded = {one.casefold() for one in sheets}
        if len(folded) != len(sheets) or len(set(ids)) != len(ids):
            yield "two sheets have one name or one id"
        for sheet in sheets:
            if len(sheet) > _LONGEST_SHEET_NAME or re.search(r"[\[\]:*?/\\]|^'|'$", sheet):
                yield f"the sheet {sheet} may not be called that"
        taken = set()
        for one in book.iter(f"{MAIN}definedName"):
            name, local = one.get("name"), one.get("localSheetId")
            plain = name.removeprefix("_xlnm.")
            if not _NAME.fullmatch(plain) or _CELL_LIKE.fullmatch(plain):
                yield f"the name {name} may not be used"
            if (name.casefold(), local) in taken:
                yield f"the name {name} is there twice"
            taken.add((name.casefold(), local))
            if local is not None and int(local) >= len(sheets):
                yield f"the name {name} belongs to a sheet that is not there"
            for quoted in re.findall(r"'((?:[^']|'')+)'!", one.text or ""):
                if quoted.replace("''", "'") not in sheets:
                    yield f"the name {name} leads to {quoted}, which is not there"

    def tables(self):
        names, ids = [], []
        for source in self.of_sheets:
            for kind, target in self.related(source).values():
                if kind == "table":
                    table = self.xml[target]
                    names.append(table.get("displayName").casefold())
                    ids.append(table.get("id"))
                    yield from self._table(source, table)
        book = self.xml["xl/workbook.xml"]
        names += [one.get("name").casefold() for one in book.iter(f"{MAIN}definedName")]
        own = [name for name in names if not name.startswith("_xlnm")]
        if len(set(own)) != len(own) or len(set(ids)) != len(ids):
            yield "two tables or names are called the same, or have one id"

    def _table(self, source, table):
        name = table.get("displayName")
        left, top, right, bottom = range_boundaries(table.get("ref"))
        columns = list(table.find(f"{MAIN}tableColumns"))
        if right - left + 1 != len(columns):
            yield f"{name}: {len(columns)} columns in {table.get('ref')}"
        headings = [
            self._text(source, f"{get_column_letter(c)}{top}") for c in range(left, right + 1)
        ]
        if [one.get("name") for one in columns] != headings:
            yield f"{name}: the columns are not called as the headings: {headings}"
        told = [one.get("name").casefold() for one in columns]
        if len(set(told)) != len(told):
            yield f"{name}: two columns have one name"
        last = bottom - int(table.get("totalsRowCount", 0))
        if last <= top:
            yield f"{name}: no rows"
        filtered = table.find(f"{MAIN}autoFilter")
        if filtered is not None and range_boundaries(filtered.get("ref")) != (
            left,
            top,
            right,
            last,
        ):
            yield f"{name}: the filter is of {filtered.get('ref')}"

    def _text(self, source, place):
        for cell in self.xml[source].iter(f"{MAIN}c"):
            if cell.get("r") == place:
                value = cell.find(f"{MAIN}v")
                return self.strings[int(value.text)] if cell.get("t") == "s" else value.text
        return None

    def charts(self):
        book = self.xml["xl/workbook.xml"]
        sheets = {one.get("name") for one in book.iter(f"{MAIN}sheet")}
        for name, root in self.xml.items():
            if not name.startswith("xl/charts/"):
                continue
            axes = {one.get("val") for one in root.iter(f"{CHART}axId")}
            crossed = {one.get("val") for one in root.iter(f"{CHART}crossAx")}
            if not crossed <= axes:
                yield f"{name}: an axis crosses one that is not there"
            orders = [one.get("val") for one in root.iter(f"{CHART}order")]
            if len(set(orders)) != len(orders):
                yield f"{name}: two series have one place"
            for formula in root.iter(f"{CHART}f"):
                sheet = formula.text.rpartition("!")[0].strip("'").replace("''", "'")
                if sheet not in sheets:
                    yield f"{name}: shows {formula.text}, which is not there"
