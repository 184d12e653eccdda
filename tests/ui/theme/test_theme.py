"""The theme: how choice and system reach the application."""

import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton

from smartct_desktop.ui.theme.fonts import INTER
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.sheet import style_sheet
from smartct_desktop.ui.theme.signs import write_signs
from smartct_desktop.ui.theme.theme import Appearance, Theme, Typeface
from smartct_desktop.ui.theme.tokens import DARK, LIGHT

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def make_theme(qapp, tmp_path):
    """Themes whose traces are wiped off the application afterwards."""
    before = qapp.font()
    made = []

    def make(**wishes):
        theme = Theme(qapp, **({"signs": tmp_path / "signs"} | wishes))
        made.append(theme)
        return theme

    yield make
    for theme in made:
        theme.set_appearance(Appearance.SYSTEM)
        shiboken6.delete(theme)
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())
    qapp.setFont(before)


def drawn(widget):
    """The widget as it looks."""
    return widget.grab().toImage()


def has_colour(image, value):
    wanted = QColor(value).rgb()
    return any(
        image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height())
    )


@pytest.mark.parametrize(
    ("appearance", "scheme"), [(Appearance.LIGHT, LIGHT), (Appearance.DARK, DARK)]
)
def test_that_the_choice_reaches_palette_and_sheet(qapp, make_theme, appearance, scheme):
    theme = make_theme(appearance=appearance)

    assert theme.look.scheme is scheme
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == scheme.colours["base"].lower()
    assert scheme.colours["accent-press"] in qapp.styleSheet()


def test_that_a_change_is_live_and_announced_once(qapp, make_theme):
    theme = make_theme(appearance=Appearance.LIGHT)
    heard = []
    theme.look.changed.connect(lambda: heard.append(qapp.styleSheet()))

    theme.set_appearance(Appearance.DARK)
    theme.set_appearance(Appearance.DARK)

    assert len(heard) == 1
    assert DARK.colours["base"] in heard[0]


def test_that_the_system_is_followed_when_it_is_to_be(qapp, make_theme):
    theme = make_theme(appearance=Appearance.SYSTEM)
    dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark

    assert theme.look.scheme is (DARK if dark else LIGHT)


@pytest.mark.parametrize(
    ("asked", "taken"), [(100, 100), (80, 80), (200, 200), (20, 80), (900, 200)]
)
def test_that_the_text_size_has_bounds(make_theme, asked, taken):
    theme = make_theme(text_size=asked)

    assert theme.text_size == taken


def test_that_larger_text_makes_larger_controls(make_theme, qtbot):
    theme = make_theme()
    field, button = QLineEdit("Text"), QPushButton("Text")
    for widget in (field, button):
        qtbot.addWidget(widget)
        widget.show()
    before = (field.sizeHint().height(), button.sizeHint().height())

    theme.set_text_size(200)

    assert before == (28, 28)
    assert field.sizeHint().height() == theme.look.measures.field > 40
    assert button.sizeHint().height() == theme.look.measures.field
    assert field.fontMetrics().height() < theme.look.measures.field


def test_that_the_system_font_can_be_chosen_and_left_again(qapp, make_theme):
    system = qapp.font().family()
    theme = make_theme()
    assert qapp.font().family() == INTER

    theme.set_typeface(Typeface.SYSTEM)
    assert qapp.font().family() == system

    theme.set_typeface(Typeface.OURS)
    assert qapp.font().family() == INTER


def test_that_a_tick_is_drawn(make_theme, qtbot):
    make_theme(appearance=Appearance.LIGHT)
    box = QCheckBox("Spain")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.show()

    picture = drawn(box)

    assert has_colour(picture, LIGHT.colours["accent"])
    assert has_colour(picture, LIGHT.colours["on-accent"])


def test_that_a_folder_that_cannot_be_written_is_replaced(make_theme, qtbot, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")

    make_theme(signs=blocked / "signs", appearance=Appearance.LIGHT)

    box = QCheckBox("Spain")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.show()
    assert has_colour(drawn(box), LIGHT.colours["on-accent"])


def test_that_signs_are_written_once(look, tmp_path):
    write_signs(look.icons, tmp_path)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}

    write_signs(look.icons, tmp_path)

    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == before


def test_that_a_damaged_sign_is_written_again(look, tmp_path):
    write_signs(look.icons, tmp_path)
    broken = next(file for file in tmp_path.iterdir() if file.name.startswith("ticked-"))
    whole = broken.read_text(encoding="utf-8")
    broken.write_bytes(b"\xff\xfe<svg")

    write_signs(look.icons, tmp_path)

    assert broken.read_text(encoding="utf-8") == whole


@pytest.mark.usefixtures("qapp")
def test_that_two_appearances_can_share_the_folder(tmp_path):
    light = write_signs(Look(LIGHT).icons, tmp_path)
    dark = write_signs(Look(DARK).icons, tmp_path)

    assert not set(light.values()) & set(dark.values())


@pytest.mark.parametrize("base", [10, 13, 26])
@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_that_the_sheet_is_complete_and_understood(qtbot, tmp_path, scheme, base):
    look = Look(scheme, base)

    sheet = style_sheet(look, write_signs(look.icons, tmp_path))
    label = QLabel("Text")
    qtbot.addWidget(label)
    label.setStyleSheet(sheet)  # Qt warns of what it cannot parse, and a warning fails the test
    label.ensurePolished()

    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_that_the_theme_loads_no_more_of_qt_than_it_needs():
    program = (
        "import sys; import smartct_desktop.ui.theme.theme; "
        "print(sorted(m for m in sys.modules if m.startswith('PySide6.Qt')))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "['PySide6.QtCore', 'PySide6.QtGui', 'PySide6.QtWidgets']"
