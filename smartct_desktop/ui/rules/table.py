"""The values of a rule set as a table: what holds, how sure it is, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, Qt

from smartct_desktop.domain.fields import Country, Day
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.rule_book import ValueInForce
from smartct_desktop.domain.programme.rule_keys import CAP, MAY_HOST, MAY_VISIT, ValueType
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.line_table import LineTable
from smartct_desktop.ui.qt import ROOT, Index
from smartct_desktop.ui.theme.look import Look

_WIDTHS = (300, 110, 90, 96)
_WORDS = {
    "yes": "yes",
    "no": "no",
    "waiver": "with a waiver",
    "calendar": "calendar days",
    "working": "working days",
    "open": "open",
}

_ONE = {"days": "day", "months": "month", "years": "year"}


class ValueModel(QAbstractTableModel):
    """The values in force, those of the document in bold; filtered by words."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._look = look
        self._texts = texts
        self._all: Sequence[ValueInForce] = ()
        self._words: list[str] = []
        self.shown: list[ValueInForce] = []

    def show_values(self, values: Sequence[ValueInForce]) -> None:
        """Show these values."""
        self._all = values
        self._filter()

    def show_only(self, words: str) -> None:
        """Show only the values whose name, value or source contains the words."""
        self._words = fold(words).split()
        self._filter()

    def value(self, row: int) -> ValueInForce | None:
        """Give the value of a row."""
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def row_of(self, name: str) -> int:
        """Give the row of a value by its key, -1 if it is not shown."""
        return next((n for n, one in enumerate(self.shown) if one.key.name == name), -1)

    def name(self, value: ValueInForce) -> str:
        """Say what a value is of, with the country or the type in words."""
        key = value.key
        if key.table == CAP:
            country = self._texts.shown(Country(), key.of)
            return tr("Lump sum for stays in {country}", country=country)
        if key.table in (MAY_VISIT, MAY_HOST):
            known = next((type_ for type_ in OrganisationType if type_.value == key.of), None)
            type_name = tr(known.label) if known is not None else key.of
            if key.table == MAY_VISIT:
                return tr("May visit: {type}", type=type_name)
            return tr("May host: {type}", type=type_name)
        return say(key.label)

    def told(self, value: ValueInForce) -> str:
        """Say a value as people read it."""
        text = value.text
        if text in _WORDS:
            return tr(_WORDS[text])
        if value.key.type is ValueType.DAY and value.value is not None:
            return self._texts.shown(Day(), value.value)
        unit = _ONE.get(value.key.unit, value.key.unit) if text == "1" else value.key.unit
        return f"{text} {tr(unit)}" if unit else text

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = (tr("Value of"), tr("Value"), tr("Status"), tr("Holds from"), tr("Source"))
        return heads[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        value = self.value(index.row()) if index.isValid() else None
        if value is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(value, index.column())
        if role == Qt.ItemDataRole.FontRole and value.record is not None:
            return self._look.fonts.text_strong
        return None

    def _text(self, value: ValueInForce, column: int) -> str:
        match column:
            case 0:
                return self.name(value)
            case 1:
                return self.told(value)
            case 2:
                return tr(value.status.label).lower()
            case 3:
                return self._texts.shown(Day(), value.valid_from) if value.valid_from else ""
            case _:
                return value.source

    def _filter(self) -> None:
        self.beginResetModel()
        self.shown = [
            value
            for value in self._all
            if all(
                word in fold(f"{self.name(value)} {self.told(value)} {value.source}")
                for word in self._words
            )
        ]
        self.endResetModel()


class ValueTable(LineTable):
    """The values; one that is opened is asked for anew."""

    def __init__(self, look: Look, model: ValueModel) -> None:
        super().__init__(look, model, _WIDTHS)
        self.setAccessibleName(tr("Values of the rules"))
