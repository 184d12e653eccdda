"""The one style sheet, made from the tokens, the measures and the signs."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.sheet_text import SHEET


class _Sheet(Template):
    """Names of tokens have hyphens."""

    idpattern = r"[a-z][a-z0-9-]*"


def style_sheet(look: Look, signs: Mapping[str, str]) -> str:
    """The sheet for the whole application.

    Raises `KeyError` if the text names a token, a measure or a sign that does not exist.
    """
    return _Sheet(SHEET).substitute(
        look.scheme.colours,
        **{f"sign-{name}": url for name, url in signs.items()},
        **_lengths(look),
        **_fonts(look),
    )


def _lengths(look: Look) -> dict[str, str]:
    """Heights less the border of one pixel at each side, and lengths that grow with the text."""
    measures = look.measures
    inner = {
        "in-field": measures.field - 2,
        "in-field-marked": measures.field - 4,
        "in-small": measures.small_field - 2,
        "in-large": measures.large_field - 2,
        "in-search": look.px(48),
        "in-tick": measures.tick_box - 2,
        "half-tick": measures.tick_box // 2,
        "in-heading": measures.heading - 1,
        "line-height": measures.line,
    }
    grown = {f"w{pixels}": look.px(pixels) for pixels in (3, 5, 6, 8, 12, 13, 16, 24, 28)}
    return {name: f"{pixels}px" for name, pixels in (inner | grown).items()}


def _fonts(look: Look) -> dict[str, str]:
    fonts = {
        "f-text": look.fonts.text,
        "f-small": look.fonts.small,
        "f-tiny": look.fonts.tiny,
        "f-title": look.fonts.title,
        "f-search": look.fonts.search,
        "f-figure-small": look.fonts.figure_small,
        "f-figure-medium": look.fonts.figure_medium,
        "f-figure-large": look.fonts.figure_large,
    }
    return {name: f"{font.pixelSize()}px" for name, font in fonts.items()}
