"""The signs: single-colour drawings, tinted with a token, at any size and pixel ratio."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QPushButton
from shiboken6 import isValid

from smartct_desktop.system.resources import resource
from smartct_desktop.ui.theme.measures import scaled
from smartct_desktop.ui.theme.tokens import Scheme

_STROKE = 'stroke-width="2.1"'  # on the grid of 24; 1.4 pixels in an icon of 16
GAP = 4  # empty pixels at the right of a button's icon: a style sheet has no rule for them

Dressed = QAbstractButton | QAction


class Icons:
    """Pixmaps by name, token, size and ratio, kept until the appearance changes.

    Names are those of the files in `resources/icons`. Sizes are given for 100 % text and grow
    with it. GUI thread only.
    """

    def __init__(self, scheme: Scheme, base: int) -> None:
        self._scheme = scheme
        self._base = base
        self._drawings: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._dressed: dict[Dressed, tuple[str, str]] = {}

    def wear(self, scheme: Scheme, base: int) -> None:
        """Take other colours or another size, also in the buttons and actions dressed before."""
        self._scheme = scheme
        self._base = base
        self._pixmaps.clear()
        self._forget_the_dead()
        for target, (name, ink) in list(self._dressed.items()):
            self.dress(target, name, ink)

    def svg(self, name: str, ink: str, stroke: str = _STROKE) -> str:
        """The drawing in the colour of the token `ink`, as the text of an SVG file."""
        if name not in self._drawings:
            self._drawings[name] = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
        tinted = self._drawings[name].replace("currentColor", self._scheme.colours[ink])
        return tinted.replace('stroke-width="2"', stroke)

    def value(self, ink: str) -> str:
        """The colour of a token as text."""
        return self._scheme.colours[ink]

    def pixmap(self, name: str, ink: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
        """The sign as a picture of `size` pixels at 100 % text; not to be painted on."""
        key = (name, ink, size, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._draw(*key)
        return found

    def paint(  # noqa: PLR0913, PLR0917 -- what, where, how big
        self, painter: QPainter, left: float, middle: float, name: str, ink: str, size: int = 16
    ) -> None:
        """Draw the sign with its left edge and its middle there."""
        ratio = painter.device().devicePixelRatio()
        half = scaled(size, self._base) / 2
        painter.drawPixmap(QPointF(left, middle - half), self.pixmap(name, ink, size, ratio))

    def icon(self, name: str, ink: str = "muted", size: int = 16, gap: int = 0) -> QIcon:
        """The sign for a button or a menu, with `gap` empty pixels at its right."""
        icon = QIcon()
        for ratio in {screen.devicePixelRatio() for screen in QGuiApplication.screens()}:
            normal = self._widened(self.pixmap(name, ink, size, ratio), gap, ratio)
            faint = self._widened(self.pixmap(name, "faint", size, ratio), gap, ratio)
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                icon.addPixmap(normal, mode)
            icon.addPixmap(faint, QIcon.Mode.Disabled)
        return icon

    def dress(self, target: Dressed, name: str, ink: str = "muted") -> None:
        """Give a button or an action its icon, now and whenever the appearance changes."""
        if len(self._dressed) % 64 == 63:  # now and then
            self._forget_the_dead()
        self._dressed[target] = (name, ink)
        gap = GAP if isinstance(target, QPushButton) and target.text() else 0
        target.setIcon(self.icon(name, ink, gap=gap))
        if isinstance(target, QAbstractButton):
            height = scaled(16, self._base)
            target.setIconSize(QSize(height + scaled(gap, self._base), height))

    def _draw(self, name: str, ink: str, size: int, ratio: float) -> QPixmap:
        # Loaded with the first icon: a program that shows none does not need it.
        from PySide6.QtSvg import QSvgRenderer

        pixels = round(scaled(size, self._base) * ratio)
        picture = QPixmap(pixels, pixels)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(self.svg(name, ink).encode()).render(painter)
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _widened(self, sign: QPixmap, gap: int, ratio: float) -> QPixmap:
        if not gap:
            return sign
        room = round(scaled(gap, self._base) * ratio)
        wide = QPixmap(sign.width() + room, sign.height())
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, sign)
        painter.end()
        return wide

    def _forget_the_dead(self) -> None:
        self._dressed = {one: how for one, how in self._dressed.items() if isValid(one)}
