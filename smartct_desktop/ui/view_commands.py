"""The View menu: how the window looks."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from smartct_desktop.services.settings import Settings
from smartct_desktop.ui.actions import Actions
from smartct_desktop.ui.menus import Menus
from smartct_desktop.ui.theme.theme import Appearance, Theme, Typeface

_STEP = 10  # per cent that the text grows or shrinks


class ViewCommands(QObject):
    """Changes the look and remembers it."""

    def __init__(
        self, window: QMainWindow, theme: Theme, settings: Settings, actions: Actions
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._settings = settings
        self._actions = actions
        table = {
            "larger": self._enlarge,
            "smaller": self._shrink,
            "usual_size": self._usual_size,
        }
        for name, act in table.items():
            actions[name].triggered.connect(act)

    def attach_to(self, menus: Menus) -> None:
        """Listen to the choices in the menus."""
        menus.appearances.triggered.connect(self._set_appearance)
        menus.typefaces.triggered.connect(self._set_typeface)

    def _set_appearance(self, action: QAction) -> None:
        self._theme.set_appearance(Appearance(str(action.data())))
        self._settings.set("view.appearance", str(action.data()))

    def _set_typeface(self, action: QAction) -> None:
        self._theme.set_typeface(Typeface(str(action.data())))
        self._settings.set("view.typeface", str(action.data()))

    def _enlarge(self) -> None:
        self._set_text_size(self._theme.text_size + _STEP)

    def _shrink(self) -> None:
        self._set_text_size(self._theme.text_size - _STEP)

    def _usual_size(self) -> None:
        self._set_text_size(100)

    def _set_text_size(self, per_cent: int) -> None:
        self._theme.set_text_size(per_cent)
        self._settings.set("view.text_size", self._theme.text_size)


def restore_look(theme: Theme, settings: Settings) -> None:
    """Take appearance, typeface and text size as they were left; what was never set stays."""
    with suppress(ValueError):
        theme.set_appearance(Appearance(settings.get("view.appearance")))
    with suppress(ValueError):
        theme.set_typeface(Typeface(settings.get("view.typeface")))
    size = settings.get("view.text_size")
    if isinstance(size, int):
        theme.set_text_size(size)
