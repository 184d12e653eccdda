"""The partnership as on its public page: every field in its order, and the composition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.composition import newest_figures
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.frames import rule
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_WIDE, _HIGH = 1080, 720
_READABLE = 760  # pixels of a line of running text
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


class PartnershipPage(QDialog):
    """Shows the own partnership's profile, to be read and copied, not changed."""

    def __init__(self, look: Look, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look
        own = own_partnership(desk.reader)
        self.setWindowTitle(own.acronym if own else tr("Partnership"))
        room = parent.window().size()
        self.resize(min(look.px(_WIDE), room.width()), min(look.px(_HIGH), room.height()))
        paper = QFrame()
        paper.setProperty("ground", "base")
        self._column = QVBoxLayout(paper)
        self._column.setContentsMargins(32, 24, 32, 32)
        self._column.setSpacing(8)
        if own is None:
            self._text(tr("No partnership of this document is marked as the own one."))
        else:
            self._fill(own, desk)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(paper)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setProperty("ring", "always")
        scroll.setAccessibleName(tr("The partnership as on its page"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(scroll)
        FocusRing(look, self)

    def _fill(self, own: Partnership, desk: Desk) -> None:
        self._column.addWidget(_readable(own.acronym, face="small", tone="muted"))
        self._column.addWidget(_readable(own.full_name or own.acronym, face="title"))
        self._facts(own)
        objectives = (own.objectives or "").strip()
        if objectives:
            self._heading(tr("Partnership Objectives"))
            self._text(objectives)
        specific = _lines(own.specific_objectives)
        if specific:
            self._text(tr("Specific objectives are:"))
            self._bullets(specific)
        planned = [event for event in desk.reader.all(Event) if event.planned_text]
        if planned:
            self._heading(tr("Partnership planned events"))
            for event in planned:
                self._event(event, desk.facts)
        expected = _lines(own.expected_results)
        if expected:
            self._heading(tr("Results expected"))
            self._bullets(expected)
        self._heading(tr("Partnership composition"))
        self._composition(desk.reader, desk.facts)

    def _facts(self, own: Partnership) -> None:
        months = own.planned_months
        facts = (
            (tr("Start of Partnership"), long_day(own.starts_on)),
            (tr("Partnership duration"), tr("{n} months", n=months) if months else ""),
            (tr("Number of partners"), _number(own.partners)),
            (tr("Number of planned Exchanges"), _number(own.planned_exchanges)),
            (tr("Partnership's Origin"), own.origin or ""),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(facts):
            grid.addWidget(label(name, tone="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_readable(text), row, 1)
        self._column.addLayout(grid)

    def _heading(self, text: str) -> None:
        self._column.addSpacing(10)
        self._column.addWidget(label(text, face="strong"))
        self._column.addWidget(rule())

    def _text(self, text: str) -> None:
        for paragraph in text.split("\n"):
            if paragraph.strip():
                part = _readable(paragraph.strip())
                part.setMaximumWidth(self._look.px(_READABLE))
                row = QHBoxLayout()  # a column would count its lines at the whole width
                row.addWidget(part, 1)
                row.addStretch()
                self._column.addLayout(row)

    def _bullets(self, lines: Sequence[str]) -> None:
        for line in lines:
            row = QHBoxLayout()
            row.setSpacing(8)
            sign = label("•", tone="muted")
            sign.setFixedWidth(self._look.px(12))
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            part = _readable(line)
            part.setMaximumWidth(self._look.px(_READABLE - 24))
            row.addWidget(part, 1)
            row.addStretch()
            self._column.addLayout(row)

    def _event(self, event: Event, facts: ProgrammeFacts) -> None:
        groups = [facts.term_label("target_group", code) for code in event.target_groups]
        lines = (
            (tr("Target Group"), "; ".join(groups)),
            (tr("Open to SMEs"), _answer(event.open_to_smes)),
            (tr("Estimated Date"), event.planned_text or ""),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(lines):
            grid.addWidget(label(name, tone="muted"), row, 0)
            grid.addWidget(_readable(text), row, 1)
        self._column.addLayout(grid)
        self._column.addSpacing(6)

    def _composition(self, reader: Reader, facts: ProgrammeFacts) -> None:
        headings = (
            tr("Name"),
            tr("Sector/Technology fields"),
            tr("Country"),
            tr("Regions"),
            tr("Total no. of members"),
            tr("Total no. of SME"),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, (words, share) in enumerate(zip(headings, (22, 40, 10, 14, 8, 8), strict=True)):
            heading = label(words, face="small-strong", tone="muted", wrap=True)
            grid.addWidget(heading, 0, column, Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(column, share)
        newest = newest_figures(reader)
        row = 1
        for cluster in partners(reader):
            grid.addWidget(rule("hair"), row, 0, 1, len(headings))
            figures = newest.get(cluster.id)
            cells = (
                _readable(cluster.name, face="medium"),
                self._fields(cluster, facts),
                _readable(facts.country_name(cluster.country) if cluster.country else ""),
                _readable(cluster.region or ""),
                _figure(figures.members if figures else None),
                _figure(figures.smes if figures else None),
            )
            for column, cell in enumerate(cells):
                grid.addWidget(cell, row + 1, column, Qt.AlignmentFlag.AlignTop)
            row += 2
        self._column.addLayout(grid)

    def _fields(self, cluster: Organisation, facts: ProgrammeFacts) -> QWidget:
        """The four lists one below the other, as on the page; never joined by commas."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for vocabulary, codes in _blocks(cluster):
            if codes and column.count():
                column.addSpacing(8)
            for code in codes:
                path = facts.term_path(vocabulary, code, "\n")
                above, _, own = path.rpartition("\n")
                if above:
                    column.addWidget(_readable(above, face="small", tone="muted"))
                column.addWidget(_readable(own))
        return box


def _blocks(cluster: Organisation) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "sectoral_industry", cluster.sectoral_industries
    yield "technology_field", cluster.technology_fields
    yield "smart_specialisation", cluster.smart_specialisation
    yield "emerging_industry", cluster.emerging_industries


def long_day(day: date | None) -> str:
    """“Monday, 3 February, 2020”, as the page writes it."""
    if day is None:
        return ""
    return tr(
        "{weekday}, {day} {month}, {year}",
        weekday=tr(_DAYS[day.weekday()]),
        day=day.day,
        month=tr(_MONTHS[day.month - 1]),
        year=day.year,
    )


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _answer(value: bool | None) -> str:  # noqa: FBT001 (a flag of a record)
    return "" if value is None else tr("yes") if value else tr("no")


def _figure(value: int | None) -> QLabel:
    made = _readable(_number(value))
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return made


def _readable(text: str, *, face: str = "", tone: str = "") -> QLabel:
    """A label whose text can be selected and copied."""
    made = label(text, face=face, tone=tone, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
