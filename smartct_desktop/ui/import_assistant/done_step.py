"""The step “Done”: the receipt, and what can be done with what was imported."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.services.importing.correction_list import worth_sending
from smartct_desktop.services.importing.plan import Counts
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.frames import rule
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.file_import import FileImport
from smartct_desktop.ui.import_assistant.words import grouped, receipt_lines, rows_in_words
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.notes import Note
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.tones import Tone

_SIGN = 24
_WIDTH = 460


class DoneStep(QWidget):
    """Repeats the numbers of the plan; they add up to the rows of the file."""

    undo_asked = Signal()
    changes_asked = Signal()
    another_asked = Signal()
    corrections_asked = Signal()

    def __init__(self, look: Look, *, can_show_changes: bool) -> None:
        super().__init__()
        self._look = look
        self._can_show_changes = can_show_changes
        self._sign = QLabel()
        self._title = label(face="title", wrap=True)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(12)
        self._lines.setVerticalSpacing(6)
        self._lines.setColumnStretch(1, 1)
        self._note = Note(look, Tone.CALM, "")
        self.undo = button(look, tr("Undo this import"), icon="undo-2")
        self.undo.clicked.connect(self.undo_asked)
        self.changes = button(look, tr("Show what changed"), icon="history")
        self.changes.clicked.connect(self.changes_asked)
        self.another = button(look, tr("Import another file"), icon="file-plus")
        self.another.clicked.connect(self.another_asked)
        self.corrections = button(look, tr("Corrections for the sender…"), icon="mail")
        self.corrections.clicked.connect(self.corrections_asked)
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(2)
        middle = QHBoxLayout()  # an aligned widget would not get the height of wrapped lines
        middle.addStretch(1)
        middle.addWidget(self._card())
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        look.changed.connect(self._tint)
        self._undone = False
        self._tint()

    def _card(self) -> QFrame:
        """Put title, numbers, note and buttons on a card."""
        acts = QGridLayout()
        acts.setSpacing(8)
        acts.setColumnStretch(2, 1)
        pairs = (self.undo, self.changes), (self.another, self.corrections)
        for row, pair in enumerate(pairs):
            for place, one in enumerate(pair):
                acts.addWidget(one, row, place)
        card = QFrame()
        card.setProperty("ground", "card")
        card.setMinimumWidth(self._look.px(_WIDTH))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(14)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        inside.addLayout(head)
        inside.addLayout(self._lines)
        inside.addWidget(self._note)
        inside.addWidget(rule("hair"))
        inside.addLayout(acts)
        return card

    def show_file(self, file: FileImport) -> None:
        """Show the receipt of a file that was written."""
        receipt = file.receipt
        assert receipt is not None
        self._undone = file.undone
        title = tr("The import of {file} is undone") if file.undone else tr("{file} is imported")
        self._title.setText(title.format(file=file.name))
        self._show_counts(receipt.counts)
        written = receipt.step is not None
        self.undo.setVisible(written and not file.undone)
        worth = file.outlook is not None and worth_sending(file.outlook.plan)
        self.corrections.setVisible(worth and not file.undone)
        self.changes.setVisible(self._can_show_changes and written and not file.undone)
        if file.undone:
            self.tell(Tone.CALM, tr("All is as it was before."))
        elif not written:
            self.tell(Tone.CALM, tr("There was nothing to write."))
        elif receipt.counts.wait:
            self.tell(
                Tone.WAITING,
                tr("Import the same file again to answer what waits; the rest is then the same."),
            )
        else:
            self._note.hide()
        self._tint()

    def tell(self, tone: Tone, sentence: str) -> None:
        """Say something beneath the numbers."""
        self._note.say(tone, say(sentence))
        self._note.show()

    def _show_counts(self, counts: Counts) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        lines = list(receipt_lines(counts))
        for row, (count, words) in enumerate(lines):
            self._add_count(row, count, words)
        self._lines.addWidget(rule("hair"), len(lines), 0, 1, 2)
        self._add_count(len(lines) + 1, counts.rows, tr("rows of the file"))
        self.setAccessibleName(rows_in_words(counts.rows))

    def _add_count(self, row: int, count: int, words: str) -> None:
        number = label(grouped(count), face="strong")
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        number.setAccessibleName(f"{grouped(count)} {words}")
        self._lines.addWidget(number, row, 0)
        self._lines.addWidget(label(words), row, 1)

    def _tint(self) -> None:
        name, ink = ("undo-2", "muted") if self._undone else ("circle-check", "done")
        pixmap = self._look.icons.pixmap(name, ink, _SIGN, self.devicePixelRatio())
        self._sign.setPixmap(pixmap)
