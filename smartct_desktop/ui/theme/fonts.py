"""The typeface and the few sizes and weights of it that are used, made once per appearance."""

from __future__ import annotations

from dataclasses import dataclass, fields

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from smartct_desktop.system.resources import resource

INTER = "Inter"
_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
BASE = 13  # pixels of running text at 100 %


@dataclass(frozen=True)
class Fonts:
    """Sizes are factors of one base, in pixels; digits have one width in all of them."""

    text: QFont
    text_medium: QFont  # buttons
    text_strong: QFont  # current tab, section headings
    small: QFont  # counts, captions, status bar
    small_medium: QFont  # pills, chips, links beside a field
    small_strong: QFont  # headings of tables and facets
    tiny: QFont  # country codes, key caps
    title: QFont  # title of a record, a step, a rule
    search: QFont  # the line of the command palette
    figure_small: QFont
    figure_medium: QFont
    figure_large: QFont


@dataclass(frozen=True)
class Metrics:
    """The measures of each of the fonts, under the same names."""

    text: QFontMetricsF
    text_medium: QFontMetricsF
    text_strong: QFontMetricsF
    small: QFontMetricsF
    small_medium: QFontMetricsF
    small_strong: QFontMetricsF
    tiny: QFontMetricsF
    title: QFontMetricsF
    search: QFontMetricsF
    figure_small: QFontMetricsF
    figure_medium: QFontMetricsF
    figure_large: QFontMetricsF


def load_inter() -> bool:
    """Make the shipped typeface known to Qt; says whether it can be used."""
    if INTER in QFontDatabase.applicationFontFamilies(0):
        return True
    ids = [QFontDatabase.addApplicationFont(str(resource(f"fonts/{file}"))) for file in _FILES]
    return -1 not in ids


def size(factor: float, base: int) -> int:
    """The pixels of a font that is `factor` pixels high at 100 %."""
    return round(base * factor / BASE)


def make_fonts(family: str, base: int) -> Fonts:
    """All fonts of one family; `base` is the height of running text in pixels."""

    def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        made = QFont(family)
        made.setPixelSize(size(pixels, base))
        made.setWeight(weight)
        made.setFeature(QFont.Tag("tnum"), 1)
        return made

    medium, strong = QFont.Weight.Medium, QFont.Weight.DemiBold
    return Fonts(
        text=font(13),
        text_medium=font(13, medium),
        text_strong=font(13, strong),
        small=font(12),
        small_medium=font(12, medium),
        small_strong=font(12, strong),
        tiny=font(11),
        title=font(15, strong),
        search=font(17),
        figure_small=font(17, strong),
        figure_medium=font(21, strong),
        figure_large=font(28, strong),
    )


def measure_fonts(fonts: Fonts) -> Metrics:
    """The metrics of each font."""
    return Metrics(
        **{field.name: QFontMetricsF(getattr(fonts, field.name)) for field in fields(fonts)}
    )
