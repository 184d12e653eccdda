"""Heights and sizes of the parts: text height plus a margin, so that larger text clips nothing."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from smartct_desktop.ui.theme.fonts import BASE, Metrics


@dataclass(frozen=True, slots=True)
class Measures:
    """Pixels. The numbers in the comments are those at 100 %."""

    base: int  # 13, running text
    line: int  # 16, a line of it
    row: int  # 28
    compact_row: int  # 22
    two_line_row: int  # 38, import sheet
    control_row: int  # 34, Problems
    review_row: int  # 30
    group_row: int  # 32
    heading: int  # 28, of a table
    facet_row: int  # 24
    facet_heading: int  # 30
    form_row: int  # 32
    field: int  # 28, also buttons
    small_field: int  # 24
    large_field: int  # 32, in assistants
    pill: int  # 20
    small_pill: int  # 16, in the tab bar
    chip: int  # 24
    key_cap: int  # 18
    menu_bar: int  # 32
    tab_bar: int  # 38
    toolbar: int  # 44
    status_bar: int  # 26
    steps: int  # 52, of an assistant
    foot: int  # 54, of an assistant
    icon: int  # 16
    sign: int  # 14, in findings
    small_sign: int  # 13, in headings and pills
    tick_box: int  # 15

    def px(self, pixels: float) -> int:
        """A length given for 100 % text, as long as the text is now."""
        return scaled(pixels, self.base)


def scaled(pixels: float, base: int) -> int:
    """`pixels` at 100 %, scaled with the text."""
    return round(pixels * base / BASE)


def make_measures(metrics: Metrics, base: int) -> Measures:
    """The measures that belong to these fonts."""
    text, small, tiny = (ceil(one.height()) for one in (metrics.text, metrics.small, metrics.tiny))
    return Measures(
        base=base,
        line=text,
        row=text + 12,
        compact_row=text + 6,
        two_line_row=text + small + 7,
        control_row=text + 18,
        review_row=text + 14,
        group_row=text + 16,
        heading=text + 12,
        facet_row=text + 8,
        facet_heading=text + 14,
        form_row=text + 16,
        field=text + 12,
        small_field=text + 8,
        large_field=text + 16,
        pill=small + 5,
        small_pill=small + 1,
        chip=small + 9,
        key_cap=tiny + 4,
        menu_bar=text + 16,
        tab_bar=text + 22,
        toolbar=text + 28,
        status_bar=small + 11,
        steps=text + 36,
        foot=text + 38,
        icon=scaled(16, base),
        sign=scaled(14, base),
        small_sign=scaled(13, base),
        tick_box=scaled(15, base),
    )
