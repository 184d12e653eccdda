"""Writing a filled template: single cells change, everything else stays byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from smartct_desktop.domain.book import Area
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.spreadsheets.copying import private_copy
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.template_cells import CellFilling, FillingCells
from smartct_desktop.spreadsheets.template_marks import carried_on
from smartct_desktop.spreadsheets.template_parts import GivenSheet, GivenTemplate, area_name
from smartct_desktop.spreadsheets.template_reading import refuse_unfillable
from smartct_desktop.spreadsheets.template_results import known_results
from smartct_desktop.spreadsheets.template_styles import TemplateStyles
from smartct_desktop.spreadsheets.workbook_patch import TYPES, WorkbookPatch
from smartct_desktop.spreadsheets.xml_patch import Element, Patch, prefix_of, walk
from smartct_desktop.system.second_names import write_beside

_BEHIND_CALC = frozenset(
    {
        *("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes"),
        *("webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
    }
)
_TEMPLATE_TYPES = (
    (b"spreadsheetml.template.main+xml", b"spreadsheetml.sheet.main+xml"),
    (b"ms-excel.template.macroEnabled.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"),
)
"""What says that a file is a pattern for workbooks, and what says that it is a workbook."""


@dataclass(frozen=True, slots=True)
class Grown:
    """Rows behind the prepared ones: where they are added.

    `part` and `area` are those of the table that the rows belong to, as it is with them.
    """

    sheet: str
    added: Area
    part: str = ""
    area: Area | None = None


def write_filled(  # noqa: PLR0913, PLR0917 (what a filled template is made of)
    source: Path,
    template: GivenTemplate,
    fillings: Mapping[str, Sequence[CellFilling]],
    grown: Sequence[Grown],
    target: Path,
    progress: Progress,
) -> Path:
    """Fill cells, told by the name of their sheet; gives where the workbook really is.

    `template` is the source as it was read. Where another program has the target open, it is
    written under a second name. Raises `Trouble` if the source has changed since, or cannot be
    written there; `Cancelled`. Then nothing is left behind.
    """
    limits = Limits()
    with private_copy(source, limits, progress) as copy:
        if copy.sha256 != template.sha256:
            raise Trouble(
                Sentence("{name} has changed since it was read.", name=source.name),
                Sentence("Choose it again."),
            )
        refuse_unfillable(copy.path, source.name, limits)
        with closing(WorkbookPatch(copy.path, source.name, limits)) as workbook:
            _fill(workbook, template, fillings, progress)
            _carry_on(workbook, template, grown)
            for one in grown:
                if one.area is not None:
                    workbook.put(one.part, _grown(workbook.read(one.part), one.area, workbook.name))
            return write_beside(target, lambda file: workbook.save(file, progress))


def _fill(
    workbook: WorkbookPatch,
    template: GivenTemplate,
    fillings: Mapping[str, Sequence[CellFilling]],
    progress: Progress,
) -> None:
    styles = TemplateStyles(workbook.styles(), workbook.name, template.formats)
    for sheet in template.sheets:
        progress.report(Sentence("Filling {sheet}", sheet=sheet.name))
        wanted = {(one.row, one.column): one for one in fillings.get(sheet.name, ())}
        if wanted or _counts(sheet):
            data = workbook.read(sheet.part)
            results = known_results(sheet, wanted)
            made = FillingCells(
                data,
                workbook.name,
                wanted,
                styles.showing,
                sheet.arrays,
                results,
                from_1904=template.from_1904,
            ).made()
            if made != data:
                workbook.put(sheet.part, made)
    if styles.changed:
        workbook.put_styles(styles.made())
    if template.formulas:
        workbook.put(workbook.main, _counting(workbook.read(workbook.main), workbook.name))
    types = workbook.read(TYPES)
    made = types
    for pattern, ordinary in _TEMPLATE_TYPES:
        made = made.replace(pattern, ordinary)
    if made != types:
        workbook.put(TYPES, made)


def _carry_on(workbook: WorkbookPatch, template: GivenTemplate, grown: Sequence[Grown]) -> None:
    """Let marks and checks of prepared rows hold for those behind them."""
    for sheet in template.sheets:
        added = [one.added for one in grown if one.sheet == sheet.name]
        if added:
            data = workbook.read(sheet.part)
            made = carried_on(data, workbook.name, added)
            if made != data:
                workbook.put(sheet.part, made)


def _counts(sheet: GivenSheet) -> bool:
    return any(cell.formula is not None for cell in sheet.cells.values())


def _counting(data: bytes, name: str) -> bytes:
    """Give the main part with the wish that all formulas are counted when it is opened."""
    patch = Patch(data)
    there: list[Element] = []
    behind: list[int] = []
    roots: list[Element] = []

    def closed(around: tuple[str, ...], one: Element) -> None:
        if not around:
            roots.append(one)
        elif len(around) == 1 and one.name == "calcPr":
            there.append(one)
        elif len(around) == 1 and one.name in _BEHIND_CALC:
            behind.append(one.start)

    walk(data, name, closed=closed)
    if there:
        patch.set_attributes(there[0], fullCalcOnLoad="1")
    else:
        tag = f'<{prefix_of(data, roots[0])}calcPr fullCalcOnLoad="1"/>'.encode()
        patch.insert(min(behind, default=roots[0].inner_end), tag)
    return patch.made()


def _grown(data: bytes, area: Area, name: str) -> bytes:
    """Give the part of a table with another area; its filter goes with it."""
    patch = Patch(data)

    def opened(around: tuple[str, ...], one: Element) -> None:
        if not around or (len(around) == 1 and one.name == "autoFilter"):
            patch.set_attributes(one, ref=area_name(area))

    walk(data, name, opened)
    return patch.made()
