"""What a sheet lists, as it was recognised, and a way to say something else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.kinds_of_table import KINDS
from smartct_desktop.services.importing.plan import SheetPlan
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.ui.forms.editor import WheelGuard
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.import_assistant.field_words import list_name
from smartct_desktop.ui.labels import label

_LETTERS = 9


class KindChoice(QWidget):
    """`chosen` has the kind of record that the rows shall be taken for."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._kinds = [kind.kind for kind in KINDS]
        self.combo = QComboBox()
        self.combo.addItems([list_name(kind.kind) for kind in KINDS])
        # Not as wide as the longest name: the panel around it has to hold large letters, too.
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(_LETTERS)
        self.combo.setAccessibleName(tr("What the sheet lists"))
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.installEventFilter(WheelGuard(self.combo))
        self.combo.activated.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(tr("This sheet lists"), tone="muted"))
        row.addWidget(self.combo, 1)

    def show_sheet(self, plan: SheetPlan | None) -> None:
        """Show what a sheet lists; nothing for one without a list."""
        kind = plan.kind if plan is not None else None
        self.setVisible(kind is not None)
        self.combo.setCurrentIndex(self._kinds.index(kind) if kind in self._kinds else -1)

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._kinds[place])


def kind_question(plan: SheetPlan) -> str:
    """The id under which a person says what the first list of a sheet lists."""
    first = plan.header_rows[0]
    about = str(first) if first > 1 else ""
    return Place("which_table", "sheet", Sentence(""), plan.name, about=about).id
