"""The button at the left of the toolbar that says which view it is, and its menu."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from smartct_desktop.services.views import SUFFIX, View
from smartct_desktop.ui.buttons import menu_button
from smartct_desktop.ui.grid.views import PageViews
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.labels import tool_tip
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.tools import Tools

_LONGEST = 28  # signs of a name on the button
_FILTER = f"SmartCT views (*{SUFFIX} *.json)"


class ViewMenu(QMenu):
    """Views to choose, and what can be done with the one that is chosen."""

    def __init__(self, tools: Tools, views: PageViews, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools = tools
        self._views = views
        self._chosen: dict[QAction, View] = {}
        self.setToolTipsVisible(True)
        self.setAccessibleName(tr("Views"))
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Show the views there are now."""
        self.clear()
        self._chosen.clear()
        group = QActionGroup(self)
        for part in ([self._views.usual], self._views.shipped(), self._views.own()):
            if part:
                self.addSeparator()
            for view in part:
                self._add_view(view, group)
        self.addSeparator()
        own = self._views.current.name in {view.name for view in self._views.own()}
        name = say(self._views.current.name)
        shipped = tr("Only views of your own can be changed.")
        self._add(tr("Save as view…"), self.ask_save)
        update = self._add(tr("Update “{name}”", name=name), self._views.update)
        self._switch(update, on=own and self._views.edited, reason=self._why_not(own=own))
        rename = self._add(tr("Rename…"), self.ask_rename)
        self._switch(rename, on=own, reason=shipped)
        delete = self._add(tr("Delete"), self._views.delete)
        self._switch(delete, on=own, reason=shipped)
        self.addSeparator()
        self._add(tr("Export this view…"), self._ask_export)
        self._add(tr("Import views…"), self._ask_import)
        self.addSeparator()
        reset = self._add(tr("Reset to “{name}”", name=name), self._views.reset)
        self._switch(reset, on=self._views.edited, reason=tr("Nothing was changed."))

    def ask_save(self) -> None:
        """Ask for a name, and keep the set-up under it."""
        name = self._ask_name(tr("Save as view"), tr("Save the view"), "")
        if name:
            self._views.save_as(name)

    def ask_rename(self) -> None:
        """Ask for another name of the chosen view."""
        before = str(self._views.current.name)
        name = self._ask_name(tr("Rename the view"), tr("Rename"), before)
        if name and name != before:
            self._views.rename(name)

    def _add_view(self, view: View, group: QActionGroup) -> None:
        action = QAction(say(view.name).replace("&", "&&"), self)
        action.setCheckable(True)
        action.setChecked(view.name == self._views.current.name)
        if view.hint:
            action.setToolTip(tool_tip(say(view.hint), self._tools.look))
            action.setStatusTip(say(view.hint))
        action.triggered.connect(self._choose)
        group.addAction(action)
        self._chosen[action] = view
        self.addAction(action)

    def _add(self, text: str, act: object) -> QAction:
        action = QAction(text.replace("&", "&&"), self)
        action.triggered.connect(act)
        self.addAction(action)
        return action

    def _switch(self, action: QAction, *, on: bool, reason: str) -> None:
        action.setEnabled(on)
        action.setToolTip(action.text() if on else reason)

    def _why_not(self, *, own: bool) -> str:
        return tr("Nothing was changed.") if own else tr("Only views of your own can be changed.")

    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._views.choose(self._chosen[action])

    def _ask_name(self, title: str, verb: str, before: str) -> str:
        from smartct_desktop.ui.dialogs.view_name import ViewNameDialog

        own = [view.name for view in self._views.own()]
        dialog = ViewNameDialog(
            *(self._tools.look, title, verb),
            before=before,
            own=own,
            is_taken=self._views.is_taken,
            parent=self.window(),
        )
        name = dialog.name if dialog.exec() else ""
        dialog.deleteLater()
        return name

    def _ask_export(self) -> None:
        stem = "".join(
            c if c.isalnum() or c in " -_" else "-" for c in say(self._views.current.name)
        )
        name, _ = QFileDialog.getSaveFileName(
            self.window(), tr("Export this view"), f"{stem}{SUFFIX}", tr(_FILTER)
        )
        if name:
            path = Path(name if name.lower().endswith(".json") else name + SUFFIX)
            self._tools.try_deed(lambda: self._views.export(path))

    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self.window(), tr("Import views"), "", tr(_FILTER))
        if name:
            self._tools.try_deed(lambda: self._views.import_(Path(name)))


class ViewChooser:
    """The button: “All exchanges ▾”, with a dot behind the name of a view that was edited."""

    def __init__(self, tools: Tools, views: PageViews, parent: QWidget) -> None:
        self._look: Look = tools.look
        self._views = views
        self.menu = ViewMenu(tools, views, parent)
        self.button: QPushButton = menu_button(tools.look, "", self.menu)
        views.changed.connect(self.show_name)
        self.show_name()

    def open(self) -> None:
        """Open the menu with the keys; the first line is marked."""
        self.button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))
        lines = self.menu.actions()
        self.menu.setActiveAction(next(one for one in lines if not one.isSeparator()))

    def show_name(self) -> None:
        """Say which view it is."""
        view, edited = self._views.current, self._views.edited
        name = say(view.name)
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        self.button.setText(f"{short} •" if edited else short)
        told = tr("View {name}, edited", name=name) if edited else tr("View {name}", name=name)
        self.button.setAccessibleName(told)
        tip = "\n".join(filter(None, (told, say(view.hint))))
        self.button.setToolTip(tool_tip(tip, self._look))
