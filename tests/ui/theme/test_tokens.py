"""The tokens: readable in every pair that is used, and the only place that names a colour."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette

from smartct_desktop.ui.theme.contrast import contrast
from smartct_desktop.ui.theme.high_contrast import high_contrast
from smartct_desktop.ui.theme.tokens import DARK, LIGHT

UI = Path(__file__).resolve().parents[3] / "smartct_desktop" / "ui"
GROUNDS_OF_TEXT = ("base", "window", "select", "select-idle", "hover", "popup")

PAIRS = [
    *(("text", ground, 7) for ground in GROUNDS_OF_TEXT),
    *(("text", ground, 7) for ground in ("raised", "header", "soft", "calm-soft", "heat0")),
    *(("text", f"{tone}-soft", 4.5) for tone in ("error", "warning", "waiting", "done")),
    *((ink, "raised", 4.5) for ink in ("muted", "accent", "error", "warning", "waiting", "done")),
    *((ink, "popup", 4.5) for ink in ("error", "warning", "waiting", "done")),
    ("accent", "hover", 4.5),
    ("on-select", "select", 7),
    ("on-select", "select-idle", 7),
    *(("muted", ground, 4.5) for ground in ("base", "window", "header", "select", "soft")),
    *(("muted", ground, 4.5) for ground in ("hover", "popup", "waiting-soft")),
    *(("accent", ground, 4.5) for ground in ("base", "window", "select", "soft")),
    *(("accent", ground, 4.5) for ground in ("popup", "header")),
    *(("on-accent", ground, 4.5) for ground in ("accent", "accent-hover", "accent-press")),
    *(("error", ground, 4.5) for ground in ("error-soft", "base", "select", "window", "header")),
    *(("warning", ground, 4.5) for ground in ("warning-soft", "base", "select", "window")),
    ("warning", "header", 4.5),
    *(("waiting", ground, 4.5) for ground in ("waiting-soft", "base", "window")),
    *(("done", ground, 4.5) for ground in ("done-soft", "base", "select")),
    ("calm", "calm-soft", 4.5),
    ("new", "new-ground", 4.5),
    ("old", "base", 4.5),
    *(("edge", ground, 3) for ground in ("base", "window")),
    *(("focus", ground, 3) for ground in ("base", "window", "select")),
    ("on-tip", "tip", 7),
    ("text", "heat4", 4.5),
    ("on-accent", "heat5", 4.5),
    ("hatch", "base", 3),
    *((f"c{series}", "base", 3) for series in range(1, 7)),
]
SYSTEMS = [  # Base, Text, Highlight, HighlightedText, disabled Text of high contrast systems
    ("#000000", "#ffffff", "#1aebff", "#000000", "#3ff23f"),
    ("#ffffff", "#000000", "#37006e", "#ffffff", "#600000"),
    ("#202020", "#ffffff", "#8ee3f0", "#263b50", "#a6a6a6"),
    ("#ffffff", "#000000", "#cccccc", "#000000", "#555555"),  # a highlight too pale for text
]


def system_palette(base, text, highlight, on_highlight, disabled):
    role, palette = QPalette.ColorRole, QPalette()
    palette.setColor(role.Base, QColor(base))
    palette.setColor(role.Text, QColor(text))
    palette.setColor(role.Highlight, QColor(highlight))
    palette.setColor(role.HighlightedText, QColor(on_highlight))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Text, QColor(disabled))
    return palette


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS, ids=str)
def test_that_each_pair_is_readable(ink, ground, least, scheme):
    assert contrast(scheme.colours[ink], scheme.colours[ground]) >= least


@pytest.mark.parametrize("colours", SYSTEMS, ids=lambda colours: "-".join(colours[:3]))
def test_that_high_contrast_is_readable_where_the_system_is(colours):
    scheme = high_contrast(system_palette(*colours))

    for ink in ("text", "muted", "accent", "error", "warning", "done", "edge", "focus"):
        assert contrast(scheme.colours[ink], scheme.colours["base"]) >= 4.5, ink
    for ink, ground in (("on-select", "select"), ("on-accent", "accent"), ("on-tip", "tip")):
        assert contrast(scheme.colours[ink], scheme.colours[ground]) >= 4.5, ink


@pytest.mark.parametrize("colours", SYSTEMS, ids=lambda colours: "-".join(colours[:3]))
def test_that_every_pair_is_readable_in_high_contrast(colours):
    scheme = high_contrast(system_palette(*colours))
    selected = ("select", "select-idle")

    # On a selection everything is drawn in `on-select` there.
    pairs = [(ink, ground) for ink, ground, _ in PAIRS if ground not in selected]
    pairs += [("on-select", ground) for ground in selected]

    assert [
        (ink, ground)
        for ink, ground in pairs
        if contrast(scheme.colours[ink], scheme.colours[ground]) < 4.5
    ] == []


def test_that_high_contrast_keeps_none_of_our_colours():
    allowed = set(SYSTEMS[0]) | {"#B3000000"}

    scheme = high_contrast(system_palette(*SYSTEMS[0]))

    assert set(scheme.colours.values()) <= allowed
    assert scheme.one_ink


def test_that_every_appearance_has_the_same_tokens():
    system = high_contrast(system_palette(*SYSTEMS[0]))

    assert DARK.colours.keys() == LIGHT.colours.keys() == system.colours.keys()


def test_that_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_that_only_the_tokens_name_a_colour():
    named = re.compile(
        r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|\brgba?\(|GlobalColor\.(?!transparent)"
    )
    made = re.compile(r"\bQColor\(")
    mixed = re.compile(r"\.(lighter|darker)\(")
    theme = UI / "theme"

    found = []
    for path in sorted(UI.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path != theme / "tokens.py" and named.search(text):
            found.append(f"{path.relative_to(UI)} names a colour")
        if theme not in path.parents and made.search(text):
            found.append(f"{path.relative_to(UI)} makes a colour")
        if mixed.search(text):
            found.append(f"{path.relative_to(UI)} mixes a colour")

    assert found == []


def test_that_every_token_that_is_asked_for_exists():
    asked = re.compile(r"\.(?:colour|on_select|translucent)\(\s*\"([a-z0-9-]+)\"")

    unknown = [
        f"{path.relative_to(UI)}: {token}"
        for path in sorted(UI.rglob("*.py"))
        for token in asked.findall(path.read_text(encoding="utf-8"))
        if token not in LIGHT.colours
    ]

    assert unknown == []
