"""What a template holds beside its cells: all of it stays, and is told before it is filled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from smartct_desktop.spreadsheets.template_parts import GivenSheet, Kept
from smartct_desktop.spreadsheets.workbook_patch import WorkbookPatch

_BY_FOLDER = (
    ("/charts/chart", Kept.CHARTS),
    ("/media/", Kept.PICTURES),
    ("/drawings/drawing", Kept.DRAWINGS),
    ("/comments", Kept.NOTES),
    ("/threadedcomments/", Kept.THREADS),
    ("/slicers/", Kept.SLICERS),
    ("/pivottables/pivottable", Kept.PIVOTS),
    ("/ctrlprops/", Kept.CONTROLS),
    ("/activex/activex", Kept.CONTROLS),
    ("vbaproject.bin", Kept.MACROS),
    ("/externallinks/externallink", Kept.LINKS),
    ("xl/connections.xml", Kept.QUERIES),
    ("/querytables/", Kept.QUERIES),
    ("customxml/item", Kept.CUSTOM),
    ("/printersettings/", Kept.PRINTER),
)
_BY_MARK = (
    (re.compile(rb"<(?:\w+:)?sparkline>"), Kept.SPARKLINES),
    (re.compile(rb"<(?:\w+:)?cfRule\b"), Kept.MARKS),
    (re.compile(rb"<(?:\w+:)?dataValidation\b"), Kept.LISTS),
    (re.compile(rb"<(?:\w+:)?legacyDrawingHF\b"), Kept.HEADERS),
)
_BESIDE = re.compile(r"/_rels/|customxml/itemprops")


def kept_of(workbook: WorkbookPatch, sheets: Iterable[GivenSheet]) -> Mapping[Kept, int]:
    """Count what is there of each kind."""
    found: Counter[Kept] = Counter()
    for part in workbook:
        key = part.lower()
        if not _BESIDE.search(key):
            found.update(kept for start, kept in _BY_FOLDER if start in key)
    for sheet in sheets:
        data = workbook.read(sheet.part)
        for mark, kept in _BY_MARK:
            found[kept] += len(mark.findall(data))
        found[Kept.PROTECTION] += sheet.protected
    return {kept: found[kept] for kept in Kept if found[kept]}
