"""Icons: tinted, kept, and changed with the appearance."""

import re
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QAction, QIcon
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton, QWidget

from smartct_desktop.system.resources import resource
from smartct_desktop.ui.theme.fonts import INTER
from smartct_desktop.ui.theme.icons import Icons
from smartct_desktop.ui.theme.tokens import DARK, LIGHT

pytestmark = pytest.mark.usefixtures("qapp")

UI = Path(__file__).resolve().parents[3] / "smartct_desktop" / "ui"
FILES = sorted(path for path in resource("icons").glob("*.svg"))


def colours_of(pixmap):
    """The opaque colours of a picture."""
    image = pixmap.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    found = (image.pixelColor(x, y) for x, y in points)
    return {colour.name() for colour in found if colour.alpha() == 255}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_every_icon_can_be_drawn(path):
    assert QSvgRenderer(path.read_bytes()).isValid()


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem != "smartct"], ids=lambda path: path.stem
)
def test_that_every_icon_takes_its_colour_from_a_token(path):
    text = path.read_text(encoding="utf-8")

    assert "currentColor" in text
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b", text)


def test_that_an_icon_has_the_colour_of_its_token():
    icons = Icons(LIGHT, 13)

    assert colours_of(icons.pixmap("circle-alert", "error", 32)) == {LIGHT.colours["error"].lower()}


def test_that_a_pixmap_is_made_once():
    icons = Icons(LIGHT, 13)

    first = icons.pixmap("check", "done", 13, 2.0)

    assert icons.pixmap("check", "done", 13, 2.0).cacheKey() == first.cacheKey()
    assert (first.width(), first.deviceIndependentSize().width()) == (26, 13)


def test_that_icons_grow_with_the_text():
    icons = Icons(LIGHT, 26)

    assert icons.pixmap("check", "done", 16).width() == 32


def test_that_a_dressed_button_changes_with_the_appearance(look, qtbot):
    made = QPushButton("New")
    qtbot.addWidget(made)
    look.icons.dress(made, "plus", "accent")

    look.wear(DARK, 26, INTER)

    picture = made.icon().pixmap(made.iconSize())
    assert made.iconSize().height() == 32
    assert made.iconSize().width() > 32
    assert DARK.colours["accent"].lower() in colours_of(picture)


def test_that_an_icon_that_is_off_is_faint(look):
    action = QAction("Save")
    look.icons.dress(action, "save")

    picture = action.icon().pixmap(16, 16, QIcon.Mode.Disabled)

    assert LIGHT.colours["faint"].lower() in colours_of(picture)


def test_that_a_button_that_is_gone_does_not_disturb_a_change(look):
    parent = QWidget()
    made = QPushButton("New", parent)
    look.icons.dress(made, "plus")
    shiboken6.delete(parent)

    look.wear(DARK, 13, INTER)

    assert look.scheme is DARK


def test_that_every_icon_that_is_asked_for_exists():
    asked = re.compile(
        r"(?:dress\([^,()]+,|paint\([^()]*?,[^()]*?,[^()]*?,|pixmap\(|icon\(|icon=|sign=)\s*"
        r"\"([a-z0-9-]+)\""
    )
    known = {path.stem for path in FILES}

    unknown = [
        f"{path.relative_to(UI)}: {name}"
        for path in sorted(UI.rglob("*.py"))
        for name in asked.findall(path.read_text(encoding="utf-8"))
        if name not in known
    ]

    assert unknown == []
