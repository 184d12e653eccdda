"""Fonts, measures and colours of a look."""

import pytest
from PySide6.QtGui import QFontInfo, QPalette, QRawFont

from smartct_desktop.system.resources import resource
from smartct_desktop.ui.theme.fonts import INTER
from smartct_desktop.ui.theme.look import Look
from smartct_desktop.ui.theme.palette import palette
from smartct_desktop.ui.theme.tokens import DARK, LIGHT

pytestmark = pytest.mark.usefixtures("qapp")


def test_that_the_measures_are_those_of_the_design_at_100_per_cent(look):
    measures = look.measures

    assert (measures.row, measures.compact_row, measures.two_line_row) == (28, 22, 38)
    assert (measures.control_row, measures.review_row, measures.group_row) == (34, 30, 32)
    assert (measures.field, measures.small_field, measures.large_field) == (28, 24, 32)
    assert (measures.heading, measures.facet_row, measures.facet_heading) == (28, 24, 30)
    assert (measures.pill, measures.small_pill, measures.chip) == (20, 16, 24)
    assert (measures.menu_bar, measures.tab_bar, measures.toolbar) == (32, 38, 44)
    assert (measures.status_bar, measures.steps, measures.foot) == (26, 52, 54)
    assert (measures.icon, measures.sign, measures.small_sign) == (16, 14, 13)


def test_that_fonts_have_the_sizes_of_the_design(look):
    fonts = look.fonts

    sizes = [
        font.pixelSize()
        for font in (
            *(fonts.tiny, fonts.small, fonts.text, fonts.title),
            *(fonts.figure_small, fonts.figure_medium, fonts.figure_large),
        )
    ]

    assert sizes == [11, 12, 13, 15, 17, 21, 28]


@pytest.mark.parametrize("base", [10, 13, 16, 20, 26])
def test_that_no_height_clips_the_text_at_any_size(base):
    look = Look(LIGHT, base)

    text, small = look.metrics.text.height(), look.metrics.small_medium.height()

    assert look.measures.compact_row > text
    assert look.measures.field > text
    assert look.measures.two_line_row > text + small
    assert look.measures.pill > small
    assert look.measures.key_cap > look.metrics.tiny.height()


@pytest.mark.parametrize("name", ["text", "text_strong", "small_medium", "figure_large"])
def test_that_all_digits_have_one_width(look, name):
    metrics = getattr(look.metrics, name)

    widths = [metrics.horizontalAdvance(digit * 10) / 10 for digit in "0123456789"]

    # Hinting may move an edge by a fraction; without the feature a 1 is half as wide as a 0.
    assert max(widths) - min(widths) < 0.1


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold"])
def test_that_the_shipped_typeface_covers_the_alphabets_of_the_partners(weight):
    file = QRawFont(str(resource(f"fonts/Inter-{weight}.otf")), 13)
    sample = "Ąčđęğħıłñőřşțßþ ΆΈΩαβγςώ ЂЋБГЖЩЪЬЮЯабвгжщъьюя „“«»–—…→×€№−≤½"

    assert file.familyName().startswith(INTER)
    assert [sign for sign in sample if not file.supportsCharacter(ord(sign))] == []


def test_that_the_typeface_is_really_ours(look):
    assert QFontInfo(look.fonts.text).family() == INTER


def test_that_the_palette_sets_every_role(look):
    made = palette(look)

    unset = [
        role.name
        for role in QPalette.ColorRole
        if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles)
        and not made.isBrushSet(QPalette.ColorGroup.Active, role)
    ]

    assert unset == []
    assert made.color(QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight) == look.colour(
        "select-idle"
    )


def test_that_wearing_something_else_changes_all_that_was_asked_before(look, qtbot):
    with qtbot.waitSignal(look.changed):
        look.wear(DARK, 26, INTER)

    assert look.colour("base").name() == DARK.colours["base"].lower()
    assert look.fonts.text.pixelSize() == 26
    assert look.measures.icon == 32
    assert look.px(100) == 200


def test_that_a_translucent_colour_leaves_the_token_alone(look):
    shine = look.translucent("c1", 0.5)

    assert shine.alphaF() == pytest.approx(0.5, abs=0.01)
    assert look.colour("c1").alphaF() == 1
