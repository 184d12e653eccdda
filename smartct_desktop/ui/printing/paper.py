"""The look of what is printed: light colours, and letters as a printer sets them."""

from __future__ import annotations

from dataclasses import fields

from smartct_desktop.ui.printing.wrapping import on_paper
from smartct_desktop.ui.theme.fonts import BASE, INTER, Fonts, measure_fonts
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.measures import make_measures
from smartct_desktop.ui.theme.tokens import LIGHT


class LookOnPaper(Look):
    """The look of paper, whatever the window wears; what it draws can be searched and copied."""

    def __init__(self) -> None:
        super().__init__(LIGHT, BASE, INTER)
        screen = self.fonts
        self.fonts = Fonts(**{f.name: on_paper(getattr(screen, f.name)) for f in fields(Fonts)})
        self.metrics = measure_fonts(self.fonts)
        self.measures = make_measures(self.metrics, BASE)
