"""Where a workbook as it was sent and the document differ."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.services.comparing.comparison import Comparison, Difference
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.history.words import moment_words
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.periods.words_lines import Lines
from smartct_desktop.ui.theme.look import Look

_SIZE = (1080, 560)


class ComparisonDialog(QDialog):
    """One line a difference; `record_asked(kind, id)` wants the record of one.

    `workbook_asked` wants the differences as a workbook.
    """

    record_asked = Signal(str, object)
    workbook_asked = Signal()

    def __init__(self, look: Look, found: Comparison, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self.found = found
        self.setWindowTitle(tr("{file} and the document", file=found.file))
        size = QSize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.resize(size.boundedTo(parent.window().size()))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(_title(found), face="title", wrap=True))
        column.addWidget(label(_about(found, texts), tone="muted", wrap=True))
        for name in found.lacking:
            words = tr("The workbook has no sheet {name}.", name=name)
            column.addWidget(label(words, tone="warning", wrap=True))
        headings = (
            *(tr("Sheet"), tr("What"), tr("Column"), tr("In the workbook")),
            *(tr("In the document"), tr("Difference"), tr("Because")),
        )
        widths = (130, 210, 110, 130, 130, 80)
        self.lines = Lines(look, tr("Differences"), headings, widths)
        self.lines.show_lines([tuple(_line(one)) for one in found.differences])
        self.lines.opened.connect(self._open)
        column.addWidget(self.lines, 1)
        foot = QHBoxLayout()
        self.save_button = button(look, tr("Save as a workbook…"), icon="download")
        self.save_button.setAutoDefault(False)
        self.save_button.setEnabled(bool(found.differences))
        self.save_button.clicked.connect(self.workbook_asked)
        close = button(look, tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)
        FocusRing(look, self)
        (self.lines if found.differences else close).setFocus()

    def _open(self, row: int) -> None:
        record = self.found.differences[row].record
        if record is not None:
            self.record_asked.emit(*record)


def _title(found: Comparison) -> str:
    number = len(found.differences)
    if not number and not found.lacking:
        return tr("The workbook and the document agree")
    return tr("1 difference") if number == 1 else tr("{n} differences", n=number)


def _about(found: Comparison, texts: Texts) -> str:
    recognised = found.recognised
    parts = [f"{found.file}: {say(recognised.kind.name)}"]
    if not recognised.period.open:
        parts.append(str(recognised.period))
    if recognised.partner_name:
        parts.append(recognised.partner_name)
    parts.append(tr("made on {moment}", moment=moment_words(recognised.made_on, texts)))
    if found.closed is not None:
        parts.append(tr("as sent for the period {name}", name=found.closed.name))
    return " · ".join(parts)


def _line(one: Difference) -> Iterator[str]:
    of = one.of
    yield of.sheet
    yield " · ".join(of.key)
    yield of.heading or tr("the whole row")
    yield of.file
    yield of.document
    yield "" if of.difference is None else f"{of.difference:+g}"
    yield say(one.why)
