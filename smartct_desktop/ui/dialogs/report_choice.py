"""The questions before a report is written: which period, which partner, in which language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.services.document import Document
from smartct_desktop.services.letters import LANGUAGES
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.services.reports.catalog import Part, ReportKind
from smartct_desktop.services.reports.period import ALWAYS, Period
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

if TYPE_CHECKING:
    from smartct_desktop.ui.main_window import MainWindow

_WIDE = 440
_YEARS = 10


class ReportChoiceDialog(QDialog):
    """Asks only what the report knows; `period`, `partner` and `language` are the answers."""

    def __init__(  # noqa: PLR0913 -- what can be chosen
        self,
        look: Look,
        kind: ReportKind,
        *,
        own: Partnership | None,
        partners: Mapping[Id, str],
        today: date,
        language: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say(kind.name))
        self.setMinimumWidth(look.px(_WIDE))
        self._periods = list(_periods(own, today))
        self._partners: list[Id | None] = [
            None,
            *sorted(partners, key=lambda id_: partners[id_].casefold()),
        ]
        self.period_box = _box(tr("Period"), [words for words, _ in self._periods])
        names = [tr("All partners"), *(partners[id_] for id_ in self._partners if id_)]
        self.partner_box = _box(tr("Partner"), names)
        self.language_box = _box(tr("Language"), list(LANGUAGES.values()))
        self.language_box.setCurrentIndex(list(LANGUAGES).index(language))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        if Part.PERIOD in kind.parts:
            form.addRow(tr("Period"), self.period_box)
        if Part.PARTNER in kind.parts:
            form.addRow(tr("Partner"), self.partner_box)
        form.addRow(tr("Language"), self.language_box)
        cancel = button(look, tr("Cancel"), Kind.FLAT)
        cancel.clicked.connect(self.reject)
        self.go_on = button(look, tr("Choose the file…"), Kind.PRIMARY)
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(label(say(kind.name), face="title"))
        column.addWidget(label(say(kind.sentence), tone="muted", wrap=True))
        column.addLayout(form)
        column.addLayout(row)
        FocusRing(look, self)

    @property
    def period(self) -> Period:
        """The days that the report is about."""
        return self._periods[self.period_box.currentIndex()][1]

    @property
    def partner(self) -> Id | None:
        """The partner whose work is told, None for all."""
        return self._partners[self.partner_box.currentIndex()]

    @property
    def language(self) -> str:
        """The code of the language of the headings."""
        return list(LANGUAGES)[self.language_box.currentIndex()]


def ask_choice(
    window: MainWindow, kind: ReportKind, document: Document, language: str
) -> ReportChoiceDialog | None:
    """Ask before a report is written; None if the person gave up."""
    reader = document.read
    dialog = ReportChoiceDialog(
        window.tools.look,
        kind,
        own=own_partnership(reader),
        partners={one.id: one.name for one in partners(reader)},
        today=local_today(),
        language=language,
        parent=window,
    )
    return dialog if dialog.exec() == QDialog.DialogCode.Accepted else None


def _box(name: str, choices: Sequence[str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItems(choices)
    return box


def _periods(own: Partnership | None, today: date) -> list[tuple[str, Period]]:
    """Offer everything, and the years and half-years of the partnership, newest first."""
    found = [(tr("Everything until today"), ALWAYS)]
    first = own.starts_on.year if own and own.starts_on else today.year - 1
    last = max(today.year, own.ends_on.year if own and own.ends_on else today.year)
    for year in range(last, max(first, last - _YEARS + 1) - 1, -1):
        half, other = date(year, 6, 30), date(year, 7, 1)
        begin, end = date(year, 1, 1), date(year, 12, 31)
        found.append((str(year), Period(begin, end)))
        found.append((tr("{year}, second half", year=year), Period(other, end)))
        found.append((tr("{year}, first half", year=year), Period(begin, half)))
    return found
