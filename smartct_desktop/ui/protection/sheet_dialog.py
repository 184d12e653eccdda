"""Offers the recovery sheet: on paper, or as a PDF that is not left lying beside the document."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.system.files import write_atomic
from smartct_desktop.ui.buttons import Kind, button
from smartct_desktop.ui.focus_ring import FocusRing
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.protection.fitting import FittedDialog
from smartct_desktop.ui.protection.sheet import RecoverySheet, draw_sheet, sheet_pdf
from smartct_desktop.ui.room import widen_within
from smartct_desktop.ui.saving import choose_pdf
from smartct_desktop.ui.tools import Tools

_WIDE = 560


class SheetDialog(FittedDialog):
    """Shows the key and prints it; `kept` says whether it was printed or saved."""

    def __init__(self, tools: Tools, sheet: RecoverySheet, parent: QWidget) -> None:
        super().__init__(parent)
        look = tools.look
        self._tools = tools
        self._sheet = sheet
        self.kept = False
        title = tr("Recovery sheet of {name}", name=sheet.name)
        self.setWindowTitle(tr("SmartCT"))
        self.setAccessibleName(title)
        widen_within(self, look.px(_WIDE))
        self.key = label("\n".join(sheet.lines), face="title")
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key.setAccessibleName(tr("The key"))
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = surface("card")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.addWidget(self.key)
        self.done_words = label(tone="done", wrap=True)
        self.done_words.hide()
        self.print_button = button(look, tr("Print…"), Kind.PRIMARY, icon="printer")
        self.print_button.setDefault(True)
        self.print_button.clicked.connect(self._print)
        self.save_button = button(look, tr("Save as PDF…"))
        self.save_button.setAutoDefault(False)
        self.save_button.clicked.connect(self._save)
        self.close_button = button(look, tr("Close"), Kind.FLAT)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, face="title", wrap=True))
        column.addWidget(label(_about(), tone="muted", wrap=True))
        column.addWidget(box)
        column.addWidget(self.done_words)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.save_button)
        row.addWidget(self.print_button)
        column.addLayout(row)
        FocusRing(look, self)
        self.fit()
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        if self._tools.try_deed(self._print_out):
            self._say_kept(tr("The sheet was handed to the printer."))

    def _print_out(self) -> None:
        """Ask which printer, and print. Raises `Trouble`."""
        try:
            from PySide6.QtPrintSupport import QPrintDialog, QPrinter
        except ImportError as error:  # a lean system may lack what Qt needs for it
            raise Trouble(
                Sentence("This computer cannot print from here."),
                Sentence("Save the sheet as a PDF on a stick, and print it elsewhere."),
            ) from error
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(tr("Recovery sheet"))
        dialog = QPrintDialog(printer, self)
        accepted = dialog.exec()
        dialog.deleteLater()
        if accepted:
            draw_sheet(printer, self._sheet)
            self.kept = True

    def _save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        stem = Path(self._sheet.name).stem
        target = choose_pdf(self, Path(folder) / f"{stem} {tr('recovery sheet')}.pdf")
        if target is None:
            return
        content = sheet_pdf(self._sheet)
        if self._tools.try_deed(lambda: write_atomic(target, lambda out: out.write(content))):
            self.kept = True
            self._say_kept(
                tr(
                    "Saved as {name}. Print it, then delete the file or take it off this computer.",
                    name=target.name,
                )
            )

    def _say_kept(self, words: str) -> None:
        if self.kept:
            self.done_words.setText(words)
            self.done_words.show()
            self.fit()
            self.close_button.setText(tr("Done"))


def _about() -> str:
    return tr(
        "These four lines open the document if the password is lost. Keep them on paper, apart "
        "from the computer: whoever has them and the file can read everything."
    )
