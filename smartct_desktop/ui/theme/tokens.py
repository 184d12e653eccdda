"""The colours of the program: every value in one place, for light and for dark.

Nothing else in `ui` names a colour; a test looks for it. The ratios between the pairs that are used
are kept by another test. Values are `#rrggbb`, or `#aarrggbb` where something shines through.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scheme:
    """The value of every token under one appearance.

    `one_ink` says that whatever lies on a selection is drawn in `on-select`, because nothing is
    known about the contrast of other inks there (high contrast of the system).
    """

    colours: Mapping[str, str]
    one_ink: bool = False


LIGHT = Scheme(
    {
        # surfaces
        "window": "#F3F5F5",
        "base": "#FFFFFF",
        "raised": "#FFFFFF",
        "header": "#F7F8F9",
        "hover": "#F1F4F4",
        "popup": "#FFFFFF",
        # lines: inside a surface, between surfaces, around what can be filled in
        "hairline": "#E8EBEC",
        "line": "#D9DEE0",
        "edge": "#848D94",
        # an edge for what is otherwise told by its ground alone: seen in high contrast only
        "outline": "#00FFFFFF",
        # text; faint is for disabled text and decoration, never for something to be read
        "text": "#1A1F22",
        "muted": "#586168",
        "faint": "#7B848B",
        # the one accent: you are here, you can act here
        "accent": "#0B6670",
        "accent-hover": "#09565F",
        "accent-press": "#07464D",
        "on-accent": "#FFFFFF",
        "select": "#D8ECEE",
        "select-idle": "#E4E9EA",
        "on-select": "#1A1F22",
        "soft": "#EAF4F5",
        "focus": "#0B6670",
        # the five tones: ink, ground of a pill or note, border of a box
        "error": "#A3211C",
        "error-soft": "#FBE7E5",
        "error-line": "#E3A29D",
        "warning": "#7A4A00",
        "warning-soft": "#FBEFD5",
        "warning-line": "#DDB867",
        "waiting": "#1A53A3",
        "waiting-soft": "#E4EDFA",
        "waiting-line": "#9DBBE6",
        "done": "#1B6234",
        "done-soft": "#E0F1E4",
        "done-line": "#97C8A5",
        "calm": "#4B545B",
        "calm-soft": "#EBEEEF",
        "calm-line": "#C3CACE",
        # charts: six series, grid, what is missing, the steps of a matrix, hatching
        "c1": "#0B6670",
        "c2": "#C07C12",
        "c3": "#26267A",
        "c4": "#96302F",
        "c5": "#5A93DC",
        "c6": "#7C8790",
        "chart-grid": "#E8EBEC",
        "chart-rest": "#D5DBDE",
        "heat0": "#F3F8F8",
        "heat1": "#DDEEEF",
        "heat2": "#B7DADD",
        "heat3": "#8CC3C8",
        "heat4": "#5AA5AD",
        "heat5": "#0B6670",
        "hatch": "#3D8F98",
        # differences
        "old": "#A3211C",
        "new": "#1B6234",
        "new-ground": "#E0F1E4",
        # over the window behind the command palette; tool tips and passing notes
        "dim": "#611A1F22",
        "tip": "#22282B",
        "on-tip": "#F3F5F5",
    }
)

DARK = Scheme(
    {
        "window": "#17191B",
        "base": "#1D2022",
        "raised": "#1F2325",
        "header": "#1A1D1F",
        "hover": "#25292C",
        "popup": "#25292C",
        "hairline": "#292E31",
        "line": "#343A3E",
        "edge": "#7C868D",
        "outline": "#00FFFFFF",
        "text": "#E4E7E9",
        "muted": "#A3ACB2",
        "faint": "#7F888F",
        "accent": "#5BC0CA",
        "accent-hover": "#76CFD8",
        "accent-press": "#93DBE2",
        "on-accent": "#05292D",
        "select": "#173E43",
        "select-idle": "#2A3033",
        "on-select": "#E4E7E9",
        "soft": "#19292C",
        "focus": "#5BC0CA",
        "error": "#FFA29A",
        "error-soft": "#40211F",
        "error-line": "#8A4540",
        "warning": "#F0C368",
        "warning-soft": "#3A2D12",
        "warning-line": "#80662B",
        "waiting": "#9CC2FF",
        "waiting-soft": "#1D2D47",
        "waiting-line": "#43618F",
        "done": "#86D59B",
        "done-soft": "#1A3422",
        "done-line": "#3D7550",
        "calm": "#B7BFC4",
        "calm-soft": "#2C3134",
        "calm-line": "#4B5358",
        "c1": "#5BC0CA",
        "c2": "#DDA832",
        "c3": "#7D63EC",
        "c4": "#F1EBCF",
        "c5": "#C04E62",
        "c6": "#79838A",
        "chart-grid": "#292E31",
        "chart-rest": "#3A4145",
        "heat0": "#1F2628",
        "heat1": "#1D3437",
        "heat2": "#1C474C",
        "heat3": "#1E5A61",
        "heat4": "#22707A",
        "heat5": "#5BC0CA",
        "hatch": "#2F8E97",
        "old": "#FFA29A",
        "new": "#86D59B",
        "new-ground": "#1A3422",
        "dim": "#8C000000",
        "tip": "#E4E7E9",
        "on-tip": "#17191B",
    }
)
