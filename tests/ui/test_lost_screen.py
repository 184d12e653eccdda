"""The screen on which the window was is gone: it comes where it can be seen."""

import struct

import pytest
from PySide6.QtCore import QByteArray

from smartct_desktop.services.settings import Settings
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.main_window import MainWindow
from smartct_desktop.ui.theme.theme import Theme


def moved(geometry, right, down):
    """The same geometry as saved on a screen that lay elsewhere."""
    raw = bytearray(geometry)
    begin = 4 + 2 + 2
    for place in range(2):  # the frame, and the window without it
        edges = struct.unpack_from(">4i", raw, begin + 16 * place)
        there = [edge + (right, down)[n % 2] for n, edge in enumerate(edges)]
        struct.pack_into(">4i", raw, begin + 16 * place, *there)
    return QByteArray(bytes(raw))


@pytest.fixture
def window(qtbot, qapp, tmp_path):
    made = []

    def window():
        settings = Settings(tmp_path / "settings.json")
        one = MainWindow(Theme(qapp), Jobs(made.append), settings, made.append)
        qtbot.addWidget(one)
        one.show()
        qtbot.waitExposed(one)
        return one

    yield window
    assert made == []


@pytest.mark.parametrize(("right", "down"), [(9000, 0), (-9000, -4000), (0, 7000)])
def test_that_a_window_of_a_screen_that_is_gone_can_be_seen(window, tmp_path, right, down):
    before = window()
    there = moved(before.saveGeometry(), right, down)
    settings = Settings(tmp_path / "settings.json")
    settings.set("window.geometry", bytes(there.toBase64()).decode())
    settings.save()

    after = window()

    assert after.screen().availableGeometry().contains(after.geometry().center())
