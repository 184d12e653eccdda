"""Which look is on: the person's choice, the system's wish, and its way into the application."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from smartct_desktop.ui.theme.fonts import BASE, INTER, load_inter
from smartct_desktop.ui.theme.high_contrast import high_contrast
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.palette import palette
from smartct_desktop.ui.theme.sheet import style_sheet
from smartct_desktop.ui.theme.signs import PREFIX, write_signs
from smartct_desktop.ui.theme.tokens import DARK, LIGHT, Scheme

SMALLEST, LARGEST = 80, 200  # per cent of the text size


class Appearance(Enum):
    """View → Appearance."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Typeface(Enum):
    """View → Text: ours, or the one the system uses."""

    OURS = "ours"
    SYSTEM = "system"


class Theme(QObject):
    """Dresses the application in a look, and again whenever choice or system change.

    `signs` is a folder for the few pictures the style sheet needs (the cache folder); without
    one, or if it cannot be written, a temporary folder is used.
    """

    def __init__(
        self,
        app: QApplication,
        *,
        appearance: Appearance = Appearance.SYSTEM,
        text_size: int = 100,
        typeface: Typeface = Typeface.OURS,
        signs: Path | None = None,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = appearance
        self._text_size = _bounded(text_size)
        self._typeface = typeface
        self._signs = signs
        self._temporary: QTemporaryDir | None = None
        self._system_family = app.font().family()
        self._system_pixels = QFontInfo(app.font()).pixelSize()
        self._has_inter = load_inter()
        # Both are kept: asked for in one expression, Qt deletes the first with the second in use.
        self._hints = app.styleHints()
        # Qt before 6.10 does not know the wish for contrast.
        self._wishes = (
            self._hints.accessibility() if hasattr(self._hints, "accessibility") else None
        )
        app.setStyle("Fusion")
        self._tell_system()
        self.look = Look(self._scheme(), self._base(), self._family(), self)
        self._dress()
        self.look.changed.connect(self._dress)  # first of all who listen
        self._hints.colorSchemeChanged.connect(self._follow_system)
        if self._wishes is not None:
            self._wishes.contrastPreferenceChanged.connect(self._follow_system)

    @property
    def appearance(self) -> Appearance:
        return self._appearance

    @property
    def text_size(self) -> int:
        """Per cent."""
        return self._text_size

    @property
    def typeface(self) -> Typeface:
        return self._typeface

    def set_appearance(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._tell_system()
        self._change()

    def set_text_size(self, per_cent: int) -> None:
        """Values outside 80 to 200 are taken as the nearest that is allowed."""
        self._text_size = _bounded(per_cent)
        self._change()

    def set_typeface(self, typeface: Typeface) -> None:
        self._typeface = typeface
        self._change()

    def _tell_system(self) -> None:
        """Window frames and the system's own dialogs follow the choice too."""
        match self._appearance:
            case Appearance.SYSTEM:
                self._hints.unsetColorScheme()
            case Appearance.LIGHT:
                self._hints.setColorScheme(Qt.ColorScheme.Light)
            case Appearance.DARK:
                self._hints.setColorScheme(Qt.ColorScheme.Dark)

    def _follow_system(self) -> None:
        self._change()

    def _change(self) -> None:
        wanted = (self._scheme(), self._base(), self._family())
        if wanted != (self.look.scheme, self.look.base, self.look.family):
            self.look.wear(*wanted)

    def _scheme(self) -> Scheme:
        wishes = self._wishes
        if wishes and wishes.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return high_contrast(self._system_palette())
        match self._appearance:
            case Appearance.LIGHT:
                return LIGHT
            case Appearance.DARK:
                return DARK
            case Appearance.SYSTEM:
                dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
                return DARK if dark else LIGHT

    def _system_palette(self) -> QPalette:
        """Ours must be taken off for a moment to see what lies beneath."""
        ours = QPalette(self._app.palette())
        self._app.setPalette(QPalette())
        system = QPalette(self._app.palette())
        self._app.setPalette(ours)
        return system

    def _base(self) -> int:
        """Pixels of running text: 13, or the system's if larger, times the person's choice."""
        return round(max(BASE, self._system_pixels) * self._text_size / 100)

    def _family(self) -> str:
        ours = self._typeface is Typeface.OURS and self._has_inter
        return INTER if ours else self._system_family

    def _dress(self) -> None:
        sheet = style_sheet(self.look, self._write_signs())
        # Over another sheet Qt would polish every widget once for each one around it: four times
        # as long.
        self._app.setStyleSheet("")
        self._app.setPalette(palette(self.look))
        self._app.setFont(self.look.fonts.text)
        self._app.setStyleSheet(sheet)

    def _write_signs(self) -> dict[str, str]:
        if self._signs is not None:
            try:
                return self._write_signs_into(self._signs)
            except OSError:
                self._signs = None
        if self._temporary is None:
            self._temporary = QTemporaryDir()
        return self._write_signs_into(Path(self._temporary.path()))

    def _write_signs_into(self, folder: Path) -> dict[str, str]:
        urls = write_signs(self.look.icons, folder)
        QDir.setSearchPaths(PREFIX, [str(folder)])
        return urls


def _bounded(per_cent: int) -> int:
    return max(SMALLEST, min(LARGEST, per_cent))
