"""Quiet signs in the cells of which the rules have something to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPolygon

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.findings import Finding
from smartct_desktop.domain.programme.rule_catalog import KINDS
from smartct_desktop.domain.reading import Reader
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.grid.columns import AnyColumn, Column
from smartct_desktop.ui.problems.words import TONES, spoken, worst
from smartct_desktop.ui.theme.look import Look

Findings = tuple[Finding, ...]

SIGN = 12
_CORNER = 7
ROOM = 18  # what a sign takes from the text beside it


def findings_of(reader: Reader, kind: str, ids: Sequence[Id]) -> Mapping[Id, Findings]:
    """What the rules say of these records."""
    return reader.findings(kind, ids) if kind in KINDS and ids else {}


def marks_of(kind: str, columns: Sequence[AnyColumn], findings: Findings) -> dict[int, Findings]:
    """The findings by the columns they belong to; the rest belongs to the name of the record."""
    if not findings:
        return {}
    places = {column.name: place for place, column in enumerate(columns) if _is_own(column)}
    usual = next((places[name] for name in schema_of(kind).caption if name in places), None)
    marks: dict[int, Findings] = {}
    for finding in findings:
        place = places.get(finding.field, usual)
        if place is not None:
            marks[place] = (*marks.get(place, ()), finding)
    return marks


def spoken_marks(findings: Findings, texts: Texts) -> str:
    """What is read out after the value of a cell."""
    return " ".join(spoken(finding, texts) for finding in findings)


def paint_corner(painter: QPainter, look: Look, right: int, top: int, findings: Findings) -> None:
    """Fill the upper right corner of a cell that has no room for a sign."""
    long = look.px(_CORNER)
    corner = QPolygon([QPoint(right - long, top), QPoint(right, top), QPoint(right, top + long)])
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(TONES[worst(findings).severity].ink))
    painter.drawPolygon(corner)
    painter.restore()


def paint_mark(  # noqa: PLR0913 -- what, where, how
    painter: QPainter, look: Look, left: float, middle: float, findings: Findings, *, selected: bool
) -> None:
    """Draw the sign of the worst finding; on a selection in its ink where that has only one."""
    tone = TONES[worst(findings).severity]
    token = "on-select" if selected and look.scheme.one_ink else tone.ink
    look.icons.paint(painter, left, middle, tone.sign, token, SIGN)


def _is_own(column: AnyColumn) -> bool:
    return isinstance(column, Column) and column.own
