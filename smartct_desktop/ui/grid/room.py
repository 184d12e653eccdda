"""How much room a tab has: what stays beside its table, and what lies over it when asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from smartct_desktop.ui.facets.panel import FacetPanel
from smartct_desktop.ui.grid.beside import TableAndPane
from smartct_desktop.ui.grid.folding_away import FoldingAway
from smartct_desktop.ui.grid.toolbar import TableToolbar
from smartct_desktop.ui.theme.look import Look

_NARROW, _TIGHT = 1200, 1000  # pixels of the page
_LARGE, _HUGE = 150, 200  # per cent of the text


class Room(QObject):
    """Folds the facets to a button where it is narrow, and lays the pane over a tight table.

    Large text makes it narrow, huge text tight, however wide the window is. `changed` is called
    when facets or pane were opened or closed by this.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- everything that shares the room
        self,
        look: Look,
        page: QWidget,
        toolbar: TableToolbar,
        facets: FacetPanel,
        middle: TableAndPane,
        changed: Callable[[], object],
    ) -> None:
        super().__init__(page)
        self._look = look
        self._page = page
        self._toolbar = toolbar
        self._facets = facets
        self._middle = middle
        self._changed = changed
        self.facets = FoldingAway(
            facets, facets.splitter, page, Qt.Edge.LeftEdge, lambda: facets.usual_width
        )
        self.pane = FoldingAway(
            middle.pane, middle, page, Qt.Edge.RightEdge, lambda: middle.usual_width
        )
        facets.fold_with(self.facets)
        middle.fold_with(self.pane)
        for part in (self.facets, self.pane):
            part.closed.connect(self._give_keys_back)
        toolbar.facets.clicked.connect(self._toggle_facets)
        look.changed.connect(self.fit)
        page.installEventFilter(self)

    def fit(self) -> None:
        """Fold and unfold as the room is now; a page that nobody sees has none yet."""
        if not self._page.isVisible():
            return
        wide, per_cent = self._page.width(), self._look.px(100)
        self._fit_facets(narrow=wide < _NARROW or per_cent >= _LARGE)
        self._fit_pane(tight=wide < _TIGHT or per_cent >= _HUGE)
        self.facets.place()
        self.pane.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self.fit()
        return super().eventFilter(watched, event)

    def _fit_facets(self, *, narrow: bool) -> None:
        if narrow == self.facets.folded:
            return
        if narrow:
            self.facets.fold()
        else:
            self.facets.unfold(shown=self._facets.wanted)
        self._toolbar.facets.setVisible(narrow)
        self._changed()

    def _fit_pane(self, *, tight: bool) -> None:
        self._toolbar.set_tight(tight)
        if self._middle.below or tight == self.pane.folded:
            return
        if tight:
            self.pane.fold()
        else:
            self.pane.unfold(shown=self._middle.wanted)
            self._middle.follow()
        self._changed()

    def _toggle_facets(self) -> None:
        self._facets.show_panel(self._facets.isHidden())
        self._changed()

    def _give_keys_back(self) -> None:
        self._middle.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()
