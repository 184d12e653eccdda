"""Every action of the window in one place: its name, its key, and why it is off."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.look import Look

Key = QKeySequence.StandardKey


@dataclass(frozen=True)
class Declared:
    """What an action is called in the program and in the menu, its key and its sign."""

    name: str
    label: str
    keys: Key | str = ""
    icon: str = ""
    tick: bool = False
    in_tables: bool = False  # the key counts only there: elsewhere it has another use


DECLARED = (
    Declared("new", "New…", Key.New, "file-plus"),
    Declared("open", "Open…", Key.Open, "folder-open"),
    Declared("sample", "Open the sample"),
    Declared("save_copy", "Save a copy…", Key.SaveAs, "save"),
    Declared("backups", "Backups…", icon="archive"),
    Declared("check_document", "Check the document…", icon="list-checks"),
    Declared("merge_copy", "Merge a copy…", icon="merge"),
    Declared("protect", "Protect with a password…", icon="lock"),
    Declared("change_password", "Change the password…"),
    Declared("recovery_sheet", "Recovery sheet…", icon="printer"),
    Declared("remove_password", "Remove the password…", icon="lock-open"),
    Declared("lock", "Lock now", "Shift+F12", "lock"),
    Declared("close", "Close", Key.Close),
    Declared("quit", "Quit", Key.Quit, "log-out"),
    Declared("undo", "Undo", Key.Undo, "undo-2"),
    Declared("redo", "Redo", Key.Redo, "redo-2"),
    Declared("turn_step", "Undo this step…", "Ctrl+Alt+Z"),
    Declared("copy", "Copy", Key.Copy, "copy"),
    Declared("copy_headings", "Copy with headings", "Ctrl+Shift+C"),
    Declared("paste", "Paste", Key.Paste, "clipboard-paste", in_tables=True),
    Declared("clear_cells", "Clear cells", "Del", in_tables=True),
    Declared("fill_down", "Fill down", "Ctrl+D", in_tables=True),
    Declared("fill_series", "Fill a series…", in_tables=True),
    Declared("replace", "Replace in a column…", "Ctrl+H", "replace"),
    Declared("find", "Filter these rows", Key.Find, "funnel"),
    Declared("pane", "Record pane", "F4", tick=True),
    Declared("facets", "Facets", "Ctrl+Shift+F", tick=True),
    Declared("choose_columns", "Choose columns…", "Ctrl+Shift+K", "columns-3"),
    Declared("views", "Choose a view…", "Ctrl+L", "bookmark"),
    Declared("save_view", "Save as view…", "Ctrl+Shift+L"),
    Declared("sort", "Sort by this column", "Ctrl+Alt+S"),
    Declared("sort_further", "Sort further by this column", "Ctrl+Alt+Shift+S"),
    Declared("filter_help", "What can be written into the filter"),
    Declared("compact", "Compact rows", tick=True),
    Declared("larger", "Larger text", Key.ZoomIn),
    Declared("smaller", "Smaller text", Key.ZoomOut),
    Declared("usual_size", "Usual text size", "Ctrl+0"),
    Declared("reset_view", "Reset view", icon="rotate-ccw"),
    Declared("new_record", "New record", "Ctrl+Shift+N", "plus"),
    Declared("duplicate", "Duplicate", "Ctrl+Shift+D", "copy"),
    Declared("merge", "Merge with another…", "Ctrl+Shift+M", "merge"),
    Declared("delete", "Delete records…", "Ctrl+Del", "trash-2", in_tables=True),
    Declared("change_field", "Change a field of the selected…", "Ctrl+Shift+E", "pencil"),
    Declared("edit_record", "Edit in the record pane", "Ctrl+Return", "pencil"),
    Declared("attach", "Attach files…", "Ctrl+Shift+A", "paperclip"),
    Declared("origin", "Where does this come from?", "F9", "info"),
    Declared("sections", "Sections of the record", "F7"),
    Declared("import", "Import a spreadsheet…", "Ctrl+I", "file-spreadsheet"),
    Declared("quick_open", "Search or command…", "Ctrl+K", "search"),
    Declared("help", "Help for this place", Key.HelpContents, "book-open"),
    Declared("keys", "Keys", "Shift+F1", "keyboard"),
    Declared("about", "About SmartCT Desktop"),
    Declared("status", "Change the status…", "Ctrl+M", "flag"),
    Declared("day_log", "Propose the day log…", "Ctrl+Shift+Y", "calendar-days"),
    Declared("distance", "Work out the distance", icon="map-pin"),
    Declared("rules", "Rules of the call…", icon="list-checks"),
    Declared("close_period", "Close a period…", icon="lock"),
    Declared("closed_periods", "Closed periods…", icon="archive"),
    Declared("compare_workbook", "Compare a workbook…", icon="file-spreadsheet"),
    Declared("differences", "Differences between two moments…", icon="history"),
    Declared("partnership", "As on the partnership page", icon="eye"),
    Declared("reports", "All reports…", "Ctrl+R", "file-text"),
    Declared("export_view", "This view as a workbook…", "Ctrl+Shift+X", "file-spreadsheet"),
    Declared("export_view_csv", "This view as CSV…"),
    Declared("export_chosen", "Only the chosen rows as a workbook…"),
    Declared("export_chosen_csv", "Only the chosen rows as CSV…"),
    Declared("forget", "Forget a person…", icon="user"),
    Declared("anonymous_copy", "Save a copy without personal data…"),
    Declared("fill_template", "Fill a template…", icon="file-spreadsheet"),
)

EXPORT_ALL = ("export_view", "export_view_csv")
EXPORT_CHOSEN = ("export_chosen", "export_chosen_csv")
EXPORTS = (*EXPORT_ALL, "", *EXPORT_CHOSEN)
"""What exports the table in front, in the order of its menu; "" stands for a line between."""


class Actions(QObject):
    """The window's actions by name."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        for one in DECLARED:
            action = QAction(tr(one.label), parent)
            if one.keys:
                action.setShortcut(QKeySequence(one.keys))
            if one.keys is Key.ZoomIn:  # where + needs Shift, = is the same key
                action.setShortcuts([QKeySequence(one.keys), QKeySequence("Ctrl+=")])
            if one.in_tables:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setCheckable(one.tick)
            if one.icon:
                look.icons.dress(action, one.icon)
            self._actions[one.name] = action

    @property
    def names(self) -> tuple[str, ...]:
        """What the actions are called in the program."""
        return tuple(self._actions)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def switch(self, name: str, *, on: bool, reason: str = "") -> None:
        """Switch an action on or off; while it is off its tip says why."""
        action = self._actions[name]
        action.setEnabled(on)
        action.setStatusTip("" if on else reason)
        action.setToolTip(action.text() if on or not reason else reason)

    def with_keys(self) -> list[tuple[str, str]]:
        """The names and keys of all actions that have one."""
        keys = {one.name: self._actions[one.name].shortcut().toString() for one in DECLARED}
        return [(tr(one.label).rstrip("…"), keys[one.name]) for one in DECLARED if keys[one.name]]
