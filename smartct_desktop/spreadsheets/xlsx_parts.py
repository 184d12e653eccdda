"""How the parts of a workbook refer to each other: the list of sheets and what belongs to them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from smartct_desktop.domain.book import Visibility
from smartct_desktop.spreadsheets import refusals
from smartct_desktop.spreadsheets.xml_reading import attribute, is_on, local, space_of, whole
from smartct_desktop.spreadsheets.zip_parts import Parts

_STATES = {"hidden": Visibility.HIDDEN, "veryHidden": Visibility.VERY_HIDDEN}


@dataclass(frozen=True, slots=True)
class Relation:
    """A part, or an address outside, that a part refers to.

    `kind` is the last word of the type, such as "worksheet".
    """

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it; of a kind other than "worksheet" it holds no cells."""

    name: str
    visibility: Visibility
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class WorkbookPart:
    """What the main part says. `styles` and `texts` are `None` if there are none."""

    sheets: list[SheetPart]
    from_1904: bool
    styles: str | None
    texts: str | None


def relations(parts: Parts, part: str, name: str) -> dict[str, Relation]:
    """What a part refers to, by the id under which it does; targets are names of parts."""
    folder, file = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", file + ".rels")
    found: dict[str, Relation] = {}
    if rels not in parts:
        return found
    for entry in whole(parts, rels, name):
        target = entry.get("Target", "")
        external = entry.get("TargetMode") == "External"
        if not external:
            target = posixpath.join("/", folder, unquote(target).replace("\\", "/"))
            target = posixpath.normpath(target).lstrip("/")
        kind = entry.get("Type", "").rpartition("/")[2]
        found[entry.get("Id", "")] = Relation(kind, target, external)
    return found


def read_workbook_part(parts: Parts, name: str) -> WorkbookPart:
    """The sheets in order and where everything lies. Raises `Trouble` for a broken workbook."""
    roots = relations(parts, "", name).values()
    main = next((root.target for root in roots if root.kind == "officeDocument"), "xl/workbook.xml")
    known = relations(parts, main, name)
    root = whole(parts, main, name)
    space = space_of(root)
    if local(root.tag) != "workbook":
        raise refusals.damaged(name)
    sheets = []
    for entry in root.iterfind(f"{space}sheets/{space}sheet"):
        relation = known.get(attribute(entry, "id"))
        if relation is None or relation.external:
            raise refusals.damaged(name)
        state = _STATES.get(entry.get("state", ""), Visibility.VISIBLE)
        sheets.append(SheetPart(entry.get("name", ""), state, relation.kind, relation.target))
    if not sheets:
        raise refusals.damaged(name)
    settings = root.find(f"{space}workbookPr")
    by_kind = {relation.kind: relation.target for relation in known.values()}
    # Texts that are named but missing only matter if a cell asks for one; without the styles,
    # dates could not be told from numbers.
    texts = by_kind.get("sharedStrings", "")
    return WorkbookPart(
        sheets,
        settings is not None and is_on(settings, "date1904"),
        by_kind.get("styles"),
        texts if texts in parts else None,
    )
