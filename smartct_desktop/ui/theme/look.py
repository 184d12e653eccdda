"""What everything of ours is drawn with: colours, fonts, measures and icons of one appearance."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from smartct_desktop.ui.theme.fonts import BASE, INTER, make_fonts, measure_fonts
from smartct_desktop.ui.theme.icons import Icons
from smartct_desktop.ui.theme.measures import make_measures
from smartct_desktop.ui.theme.tokens import Scheme


class Look(QObject):
    """The one look of the program; what it offers changes with the appearance.

    Widgets keep the look, never what it returned: they ask again each time they paint. Whoever
    must do more than repaint (set a font, a fixed height, a pixmap) connects to `changed`.
    """

    changed = Signal()

    def __init__(
        self,
        scheme: Scheme,
        base: int = BASE,
        family: str = INTER,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.icons = Icons(scheme, base)
        self._take(scheme, base, family)

    def wear(self, scheme: Scheme, base: int, family: str) -> None:
        """Change the appearance; `base` is the height of running text in pixels."""
        self._take(scheme, base, family)
        self.icons.wear(scheme, base)
        self.changed.emit()

    def colour(self, token: str) -> QColor:
        """The colour of a token; shared, so not to be changed."""
        return self._colours[token]

    def translucent(self, token: str, opacity: float) -> QColor:
        """The colour of a token with its ground shining through."""
        colour = QColor(self._colours[token])
        colour.setAlphaF(opacity)
        return colour

    def on_select(self, token: str) -> QColor:
        """The colour of a token where it lies on a selection."""
        return self._colours["on-select" if self.scheme.one_ink else token]

    def px(self, pixels: float) -> int:
        """A length given for 100 % text, as long as the text is now."""
        return self.measures.px(pixels)

    def _take(self, scheme: Scheme, base: int, family: str) -> None:
        self.scheme = scheme
        self.base = base
        self.family = family
        self.fonts = make_fonts(family, base)
        self.metrics = measure_fonts(self.fonts)
        self.measures = make_measures(self.metrics, base)
        self._colours = {token: QColor(value) for token, value in scheme.colours.items()}
