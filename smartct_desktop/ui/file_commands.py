"""The File and Import menus: asks for names and paths, and passes them on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMainWindow

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.tools import Tools

SUFFIX = ".smartct"
_FILTER = "SmartCT documents (*.smartct)"


class FileCommands(QObject):
    """Nothing is asked while something is being typed that is refused.

    The signals are those of the main window; `copy_asked(path)` is where a copy is wanted.
    """

    new_asked = Signal(object, str)
    open_asked = Signal(object)
    sample_asked = Signal()
    close_asked = Signal()
    import_asked = Signal(object)
    copy_asked = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        tools: Tools,
        actions: Actions,
        finish_editing: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._actions = actions
        self._finish_editing = finish_editing
        self._document: Path | None = None
        table = {
            "new": self.ask_new,
            "open": self.ask_open,
            "sample": self.ask_sample,
            "save_copy": self._ask_copy,
            "close": self.ask_close,
            "import": self.ask_import,
        }
        for name, act in table.items():
            actions[name].triggered.connect(act)

    def follow(self, document: Path | None) -> None:
        """Say which document is shown now."""
        self._document = document

    def ask_new(self) -> None:
        """Ask for the name of a partnership and a place for its document."""
        from smartct_desktop.ui.dialogs.new_partnership import (
            NewPartnershipDialog,
            documents_folder,
        )

        if not self._finish_editing():
            return
        dialog = NewPartnershipDialog(self._tools.look, documents_folder(), self._window)
        if dialog.exec():
            self.new_asked.emit(dialog.path, dialog.acronym)
            if dialog.protect.isChecked():
                self._actions["protect"].trigger()  # off if it could not be made
        dialog.deleteLater()

    def ask_open(self) -> None:
        """Ask for a document."""
        from smartct_desktop.ui.dialogs.new_partnership import documents_folder

        if not self._finish_editing():
            return
        recent = self._tools.settings.recent()
        folder = recent[0].parent if recent else documents_folder()
        name, _ = QFileDialog.getOpenFileName(
            self._window, tr("Open a document"), str(folder), tr(_FILTER)
        )
        if name:
            self.open_asked.emit(Path(name))

    def open_recent(self, action: QAction) -> None:
        """Open the document of an entry in the menu."""
        if self._finish_editing():
            self.open_asked.emit(Path(str(action.data())))

    def ask_sample(self) -> None:
        """Ask for the sample partnership."""
        if self._finish_editing():
            self.sample_asked.emit()

    def ask_close(self) -> None:
        """Ask for the document to be closed."""
        if self._finish_editing():
            self.close_asked.emit()

    def ask_import(self) -> None:
        """Ask for an import; whoever does it asks for the files."""
        if self._finish_editing():
            self.import_asked.emit([])

    def take_dropped(self, paths: Sequence[Path], *, writable: bool) -> None:
        """Open a document that was dropped on the window, or import spreadsheets."""
        if not self._finish_editing():
            return
        documents = [path for path in paths if path.suffix.lower() == SUFFIX]
        if documents:
            self.open_asked.emit(documents[0])
        elif paths and writable:
            self.import_asked.emit(list(paths))
        elif paths:
            words = tr("Open a document first; then a spreadsheet can be imported into it.")
            self._tools.note.tell(words)

    def _ask_copy(self) -> None:
        path = self._document
        if path is None or not self._finish_editing():
            return
        proposed = path.with_name(f"{path.stem} {tr('copy')}{SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save a copy"), str(proposed), tr(_FILTER)
        )
        if name:
            self.copy_asked.emit(Path(name if name.lower().endswith(SUFFIX) else name + SUFFIX))
