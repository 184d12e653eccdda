"""Holds each part of a workbook against the schemas of ECMA-376; see xsd/ORIGIN.md."""

import re
import zipfile
from functools import cache
from pathlib import Path

from lxml import etree

FOLDER = Path(__file__).with_name("xsd")

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# The schemas forget it at texts, where every program, Excel first, keeps outer blanks with it.
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# The boxes of notes are drawn in an older language, for which the standard has no whole schema;
# that they are led to, and lead on, is looked at in strict.py.
_WITHOUT_SCHEMA = re.compile(r"xl/drawings/vmlDrawing\d+\.vml")


@cache
def schema():
    """All namespaces of a workbook at once."""
    return etree.XMLSchema(file=str(FOLDER / "workbook.xsd"))


def breaches(path):
    """Give what the schemas refuse in the workbook, and parts of which they know nothing."""
    with zipfile.ZipFile(path) as archive:
        return [
            line
            for name in archive.namelist()
            if not _WITHOUT_SCHEMA.fullmatch(name)
            for line in breaches_of(name, archive.read(name))
        ]


def breaches_of(name, content):
    """Give what the schemas refuse in one part."""
    if not name.endswith((".xml", ".rels")):
        return [f"{name}: no part that a schema describes"]
    known, root = schema(), etree.fromstring(content)
    for text in root.iter(f"{MAIN}t"):
        text.attrib.pop(SPACE, None)
    if known.validate(root):
        return []
    return [f"{name}: {one.message}" for one in known.error_log]
