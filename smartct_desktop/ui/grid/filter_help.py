"""What can be written into a filter field, as a small page beside it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_WIDE = 640

_WORDS = (
    ("cataluna", "finds Cataluña: capitals and accents do not matter"),
    ('"smart city"', "these whole words, side by side"),
    ("-leipzig", "everything but what this finds; also before quotation marks and fields"),
)
_OF_KIND: Mapping[str, tuple[tuple[str, str], ...]] = {
    "exchange": (
        ("status:paid,closed", "a field has one of these values"),
        ("host country:ES", "a field of the organisation named"),
        ("days>5   agreed:100..500", "numbers and amounts, larger, smaller, from … to"),
        ("from:2021-11   from:2021-11..2022-03", "days, months, years; from<today-30"),
        ("paid on:-   paid on:*", "nothing is filled in; anything is"),
        ("commitment to quality:unknown", "yes, no or unknown"),
        ("problems:errors", "what the rules say: errors, warnings, none"),
        ("status:paid | status:closed", "one or the other"),
    ),
    "organisation": (
        ("type:SME,University", "a field has one of these values"),
        ("country:ES", "countries by name or code"),
        ("employees>50   employees:10..49", "numbers, larger, smaller, from … to"),
        ("region:-   region:*", "nothing is filled in; anything is"),
        ("SME:unknown", "yes, no or unknown"),
        ("problems:errors", "what the rules say: errors, warnings, none"),
        ("country:ES | city:leipzig", "one or the other"),
    ),
    "event": (
        ("status:planned,held", "a field has one of these values"),
        ("host country:ES", "a field of the organisation named"),
        ("participants>20   participants:10..50", "numbers, larger, smaller, from … to"),
        ("start:2021-11   start:2021-11..2022-03", "days, months, years; start<today-30"),
        ("agenda:-   agenda:*", "nothing is filled in; anything is"),
        ("problems:errors", "what the rules say: errors, warnings, none"),
        ("status:held | type:webinar", "one or the other"),
    ),
}


def examples(kind: str) -> tuple[tuple[str, str], ...]:
    """Examples for tables of this kind, and what they mean."""
    return (*_WORDS, *_OF_KIND.get(kind, ()))


class FilterHelp(QFrame):
    """Examples and their meaning; Esc or a click anywhere puts it away."""

    def __init__(self, look: Look, kind: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "popup")
        self.setAccessibleName(tr("What can be written into the filter"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(8)
        column.addWidget(label(tr("What can be written here"), face="strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        lines = []
        for row, (text, meaning) in enumerate(examples(kind)):
            grid.addWidget(label(text, face="medium"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(tr(meaning), tone="muted", wrap=True), row, 1)
            lines.append(f"{text}: {tr(meaning)}")
        column.addLayout(grid)
        foot = tr("The blank between two of them means “and”. ↓ shows what can stand here.")
        column.addWidget(label(foot, tone="muted", face="small", wrap=True))
        self.setAccessibleDescription(". ".join(lines))
        self.setFixedWidth(look.px(_WIDE))

    def open_under(self, anchor: QWidget) -> None:
        """Show it under a widget, within the window."""
        layout = self.layout()
        assert layout is not None
        self.ensurePolished()
        self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        window = anchor.window()
        at = anchor.mapTo(window, QPoint(0, anchor.height() + 4))
        at.setX(max(4, min(at.x(), window.width() - self.width() - 4)))
        self.move(window.mapToGlobal(at))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
