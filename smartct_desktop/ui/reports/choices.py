"""The choices for one report: only those that it knows are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.letters import LANGUAGES
from smartct_desktop.services.own_partnership import partners
from smartct_desktop.services.printing import SUFFIX as PDF
from smartct_desktop.services.printing import is_printed
from smartct_desktop.services.reports.catalog import Part, ReportKind
from smartct_desktop.services.reports.period import ALWAYS
from smartct_desktop.services.reports.wish import Wish
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.editor import FieldEditor
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.reports.period_field import PeriodField
from smartct_desktop.ui.theme.look import Look

WORKBOOK = ".xlsx"
_WIDEST = 520
_FIELDS = {"event": ("attendance", "event"), "person": ("attendance", "person")}
"""The fields whose editors find a record of the kind."""


class ReportChoices(QWidget):
    """Period, partner, record, language, format; `changed` comes whenever one of them moves."""

    changed = Signal()

    def __init__(self, look: Look, desk: Desk, today: date) -> None:
        super().__init__()
        self._desk = desk
        self._kind: ReportKind | None = None
        self.period = PeriodField(look, desk, today)
        known = {one.id: one.name for one in partners(desk.reader)}
        self._partners: list[Id | None] = [None, *sorted(known, key=lambda i: known[i].casefold())]
        names = [tr("All partners"), *(known[id_] for id_ in self._partners if id_)]
        self.partner = _box(tr("Partner"), names)
        self.records = {kind: self._finder(*field) for kind, field in _FIELDS.items()}
        self.language = _box(tr("Language"), list(LANGUAGES.values()))
        self.format = _box(tr("Format"), [tr("Workbook (.xlsx)"), tr("PDF, to print")])
        self.filled = _box(tr("Rows"), [tr("Filled with what is known"), tr("Empty")])
        self.masked = QCheckBox(tr("Without personal data"))
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        self._form.addRow(tr("Event"), self.records["event"])
        self._form.addRow(tr("Person"), self.records["person"])
        self._form.addRow(tr("Period"), self.period)
        self._form.addRow(tr("Partner"), self.partner)
        self._form.addRow(tr("Rows"), self.filled)
        self._form.addRow(tr("Language"), self.language)
        self._form.addRow(tr("Format"), self.format)
        self._form.addRow("", self.masked)
        self._look = look
        look.changed.connect(self._fit)
        self._fit()
        self.period.changed.connect(self.changed)
        for box in (self.partner, self.filled, self.language, self.format):
            box.currentIndexChanged.connect(self.changed)
        self.masked.toggled.connect(self.changed)
        self.partner.currentIndexChanged.connect(self._switch_filled)

    def show_kind(self, kind: ReportKind, kept: Mapping[str, str], language: str) -> None:
        """Show the choices of a report as they were the last time."""
        self.blockSignals(True)
        self._kind = kind
        self.period.choose(kept.get("period", "all"))
        partners_ = [str(id_ or "") for id_ in self._partners]
        partner = kept.get("partner", "")
        self.partner.setCurrentIndex(partners_.index(partner) if partner in partners_ else 0)
        codes = list(LANGUAGES)
        wanted = kept.get("language", language)
        self.language.setCurrentIndex(codes.index(wanted) if wanted in codes else 0)
        printed = is_printed(kind) and kept.get("format", _usual_format(kind)) == PDF
        self.format.setCurrentIndex(int(printed))
        self.filled.setCurrentIndex(int(kept.get("empty") == "yes"))
        self.masked.setChecked(kept.get("masked") == "yes")
        shown: dict[QWidget, bool] = {
            self.period: Part.PERIOD in kind.parts,
            self.partner: Part.PARTNER in kind.parts,
            self.filled: Part.EMPTY in kind.parts,
            self.format: is_printed(kind),
            self.masked: Part.MASKED in kind.parts,
            **{editor: kind.chosen == of for of, editor in self.records.items()},
        }
        for widget, visible in shown.items():
            self._form.setRowVisible(widget, visible)
        self.blockSignals(False)
        self._switch_filled()
        self.changed.emit()

    def choose_record(self, kind: str, id_: Id, caption: str) -> None:
        """Choose the record that the report is about."""
        self.records[kind].show_value(id_, caption)
        self.changed.emit()

    @property
    def printed(self) -> bool:
        """Whether a PDF is wanted."""
        kind = self._kind
        return kind is not None and is_printed(kind) and self.format.currentIndex() == 1

    @property
    def suffix(self) -> str:
        """How the name of the file ends."""
        return PDF if self.printed else WORKBOOK

    @property
    def language_code(self) -> str:
        """The code of the language of the report."""
        return list(LANGUAGES)[self.language.currentIndex()]

    def wish(self) -> Wish:
        """What was chosen. Raises `Invalid` with what is to be chosen or mended."""
        kind = self._kind
        parts = kind.parts if kind is not None else frozenset()
        return Wish(
            period=self.period.period() if Part.PERIOD in parts else ALWAYS,
            partner=self._partners[self.partner.currentIndex()] if Part.PARTNER in parts else None,
            about=self._about(kind) if kind is not None and kind.chosen else None,
            language=self.language_code,
            masked=Part.MASKED in parts and self.masked.isChecked(),
            empty=Part.EMPTY in parts and self.filled.currentIndex() == 1,
        )

    def to_keep(self) -> dict[str, str]:
        """What is remembered until the next time."""
        kept = {
            "period": self.period.code,
            "partner": self._partners[self.partner.currentIndex()] or "",
            "language": self.language_code,
            "format": self.suffix,
            "empty": "yes" if self.filled.currentIndex() == 1 else "",
            "masked": "yes" if self.masked.isChecked() else "",
        }
        return {name: text for name, text in kept.items() if text}

    def _about(self, kind: ReportKind) -> Id:
        value = self.records[kind.chosen].value()
        if isinstance(value, str):
            return Id(value)
        if kind.chosen == "event":
            raise Invalid(Sentence("Choose the event that it is about."), "event")
        raise Invalid(Sentence("Choose the person that it is about."), "person")

    def _switch_filled(self) -> None:
        """What is known is known of one partner; without one there is nothing to fill in."""
        one = self.partner.currentIndex() > 0
        self.filled.setEnabled(one)
        words = tr("Choose a partner first: it is filled with what is known of one.")
        self.filled.setToolTip("" if one else words)

    def _fit(self) -> None:
        self.setMaximumWidth(self._look.px(_WIDEST))

    def _finder(self, kind: str, name: str) -> FieldEditor:
        field = replace(schema_of(kind).by_name[name], required=True, help="")
        editor = self._desk.editors.make(field, in_cell=False, new=False)
        editor.committed.connect(self.changed)
        editor.left.connect(self.changed)
        return editor


def _usual_format(kind: ReportKind) -> str:
    """A list that is made to be signed is printed unless somebody wants it otherwise."""
    return PDF if kind.code == "attendance-list" else WORKBOOK


def _box(name: str, words: Sequence[str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItems(words)
    # The name of a partner may be longer than there is room.
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box
