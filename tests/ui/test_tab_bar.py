"""The tabs: widths, counts and the pill."""

import pytest

from smartct_desktop.ui.tab_bar import TabBar
from smartct_desktop.ui.theme.fonts import INTER
from smartct_desktop.ui.theme.tokens import LIGHT
from smartct_desktop.ui.theme.tones import Tone


@pytest.fixture
def tabs(look, qtbot):
    made = TabBar(look)
    qtbot.addWidget(made)
    for name in ("Overview", "Exchanges", "Problems"):
        made.addTab(name)
    made.show()
    return made


def colours_in(tabs, index):
    box = tabs.tabRect(index)
    image = tabs.grab(box).toImage()
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }


def test_that_nothing_moves_when_another_tab_becomes_current(tabs):
    tabs.setCurrentIndex(0)
    before = [tabs.tabRect(index) for index in range(3)]

    tabs.setCurrentIndex(1)

    assert [tabs.tabRect(index) for index in range(3)] == before


def test_that_a_count_takes_room_and_is_read_out(tabs):
    before = tabs.tabRect(1).width()

    tabs.set_count(1, "61")

    assert tabs.tabRect(1).width() > before
    assert tabs.accessibleTabName(1) == "Exchanges, 61"


def test_that_a_count_can_go_again(tabs):
    before = tabs.tabRect(1).width()
    tabs.set_count(1, "61")

    tabs.set_count(1, "")

    assert tabs.tabRect(1).width() == before
    assert tabs.accessibleTabName(1) == "Exchanges"


@pytest.mark.parametrize("tone", [Tone.ERROR, Tone.WARNING])
def test_that_problems_lie_in_a_pill(tabs, tone):
    assert LIGHT.colours[tone.ground] not in colours_in(tabs, 2)

    tabs.set_count(2, "17", tone)

    assert LIGHT.colours[tone.ground] in colours_in(tabs, 2)


def test_that_only_the_current_tab_is_accented(tabs):
    tabs.setCurrentIndex(1)

    accented = [LIGHT.colours["accent"] in colours_in(tabs, index) for index in range(3)]

    assert accented == [False, True, False]


def test_that_tabs_grow_with_the_text(tabs, look):
    before = tabs.tabRect(1).size()

    look.wear(LIGHT, 26, INTER)

    assert tabs.height() == look.measures.tab_bar > 38
    assert tabs.tabRect(1).width() > before.width() * 1.8
