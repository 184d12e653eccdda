"""The menu bar, made from the actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.theme import Appearance, Theme, Typeface


@dataclass(frozen=True)
class ReportEntry:
    """One report: its name, what it says, and what writes it.

    Only the `usual` ones stand in the menu; the others are found by searching for a command.
    """

    name: str
    sentence: str
    write: Callable[[], object]
    usual: bool = True


_APPEARANCES = (
    (Appearance.SYSTEM, "As the system"),
    (Appearance.LIGHT, "Light"),
    (Appearance.DARK, "Dark"),
)
_TYPEFACES = ((Typeface.OURS, "Inter"), (Typeface.SYSTEM, "The system's font"))


class Menus:
    """Fills the menu bar; recent files and reports are filled in when they are known."""

    def __init__(self, bar: QMenuBar, actions: Actions, theme: Theme) -> None:
        self._theme = theme
        self._actions = actions
        self._reports: list[QAction] = []
        self.appearances = QActionGroup(bar)
        self.typefaces = QActionGroup(bar)
        self._file(bar.addMenu(tr("&File")))
        edit = bar.addMenu(tr("&Edit"))
        self._plain(
            edit,
            "undo",
            "redo",
            "turn_step",
            "",
            "copy",
            "copy_headings",
            "paste",
            "clear_cells",
            "",
        )
        self._plain(edit, "fill_down", "fill_series", "", "find", "replace")
        self._view(bar.addMenu(tr("&View")))
        records = bar.addMenu(tr("&Records"))
        self._plain(records, "new_record", "duplicate", "merge", "delete", "")
        self._plain(records, "edit_record", "change_field")
        self._plain(records, "", "attach", "origin", "sections", "")
        self._plain(records, "status", "day_log", "distance", "", "rules", "", "forget")
        self._plain(bar.addMenu(tr("&Import")), "import")
        self.reports = bar.addMenu(tr("Re&ports"))
        self.reports.setToolTipsVisible(True)
        self._plain(self.reports, "reports", "fill_template", "", "close_period", "closed_periods")
        self._plain(self.reports, "compare_workbook", "differences", "", "partnership", "")
        self._plain(bar.addMenu(tr("&Help")), "help", "keys", "quick_open", "", "about")

    def fill_recent(self, paths: Sequence[Path]) -> None:
        """List the documents opened last."""
        self.recent.clear()
        for path in paths:
            action = QAction(str(path).replace("&", "&&"), self.recent)
            action.setData(str(path))
            self.recent.addAction(action)
        self.recent.setEnabled(bool(paths))

    def fill_reports(self, entries: Sequence[ReportEntry]) -> None:
        """List the reports."""
        for entry in entries:
            action = QAction(f"{entry.name}…", self.reports)
            action.setToolTip(entry.sentence)
            action.setStatusTip(entry.sentence)
            action.triggered.connect(entry.write)
            if entry.usual:
                self.reports.addAction(action)
            self._reports.append(action)

    @property
    def further_reports(self) -> list[QAction]:
        """The reports that do not stand in the menu."""
        shown = self.reports.actions()
        return [action for action in self._reports if action not in shown]

    def switch_reports(self, *, on: bool) -> None:
        """Switch all reports on or off; without a document there is nothing to report."""
        for action in self._reports:
            action.setEnabled(on)

    def _plain(self, menu: QMenu, *names: str) -> None:
        menu.setToolTipsVisible(True)
        for name in names:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()

    def _file(self, menu: QMenu) -> None:
        self._plain(menu, "new", "open")
        self.recent = menu.addMenu(tr("Recent"))
        self._plain(menu, "sample", "", "save_copy", "anonymous_copy", "merge_copy", "")
        self._plain(menu, "backups", "check_document")
        self._protection(menu.addMenu(tr("Protection")))
        self._plain(menu, "reports", "close", "", "quit")

    def _protection(self, menu: QMenu) -> None:
        """How long nobody may touch the program before it locks is filled in by whoever locks."""
        self._plain(menu, "protect", "change_password", "recovery_sheet", "remove_password", "")
        self._plain(menu, "lock")
        self.lock_after = menu.addMenu(tr("Lock by itself"))

    def _view(self, menu: QMenu) -> None:
        looks = menu.addMenu(tr("Appearance"))
        for appearance, words in _APPEARANCES:
            action = looks.addAction(tr(words))
            action.setCheckable(True)
            action.setChecked(self._theme.appearance is appearance)
            action.setData(appearance.value)
            self.appearances.addAction(action)
        faces = menu.addMenu(tr("Typeface"))
        for typeface, words in _TYPEFACES:
            action = faces.addAction(tr(words))
            action.setCheckable(True)
            action.setChecked(self._theme.typeface is typeface)
            action.setData(typeface.value)
            self.typefaces.addAction(action)
        self._plain(menu, "larger", "smaller", "usual_size", "", "pane", "facets", "compact", "")
        self._plain(menu, "views", "save_view", "sort", "sort_further", "filter_help", "")
        self._plain(menu, "choose_columns", "reset_view")
