"""Text of twice the size: everything is there, nothing is cut."""

import pytest
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from smartct_desktop.system.resources import resource
from smartct_desktop.ui.dialogs.keyboard_map import KeyboardMap
from smartct_desktop.ui.import_assistant.steps import Step
from smartct_desktop.ui.overview.partnership_page import PartnershipPage
from smartct_desktop.ui.tab_names import TAB_NAMES
from tests.journeys.importing import opened
from tests.journeys.seeing import clipped, cut_off

SIZES = (100, 200)


def unreadable(window):
    """What cannot be read; a layout that is still being made gets its time."""
    deadline = QDeadlineTimer(1500)
    found = clipped(window) + cut_off(window)
    while found and not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        found = clipped(window) + cut_off(window)
    return "\n".join(found)


@pytest.fixture
def enlarge(theme, desktop):
    def to(per_cent):
        theme.set_text_size(per_cent)
        desktop.window.resize(1366, 768)
        desktop.settle()
        QApplication.processEvents()

    yield to
    theme.set_text_size(100)


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("per_cent", SIZES)
def test_that_no_tab_clips_anything(desktop, enlarge, per_cent):
    enlarge(per_cent)
    clipped_on = {}
    for name in TAB_NAMES:
        desktop.window.workbench.show_tab(name)
        desktop.settle()
        page = desktop.window.workbench.table_page
        if page is not None and page.model.rowCount():
            page.table.setCurrentIndex(page.model.index(0, 0))
        clipped_on[name] = unreadable(desktop.window)

    assert clipped_on == dict.fromkeys(TAB_NAMES, "")


def test_that_the_start_clips_nothing(desktop, enlarge):
    desktop.window.show_start()
    enlarge(200)

    assert unreadable(desktop.window) == ""


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("per_cent", SIZES)
def test_that_help_keys_and_the_partnership_page_clip_nothing(desktop, enlarge, per_cent):
    enlarge(per_cent)
    commands = desktop.window.command
    for name in ("help", "keys", "partnership", "about"):
        commands[name].trigger()
    desktop.settle()
    windows = [
        desktop.window.help.help,
        *desktop.window.findChildren(KeyboardMap),
        *desktop.window.findChildren(PartnershipPage),
    ]

    assert len(windows) == 3
    for window in windows:
        assert window.height() <= 768
        assert window.width() <= 1366
        assert unreadable(window) == ""
        window.close()


@pytest.mark.usefixtures("sample")
def test_that_no_form_for_a_new_record_clips_anything(desktop, enlarge, qapp):
    enlarge(200)
    found = {}

    def look():
        dialog = qapp.activeModalWidget()
        name = desktop.window.workbench.current_name
        try:
            dialog.accept_if_taken()
            qapp.processEvents()
            fits = dialog.height() <= 768 and dialog.width() <= 1366
            found[name] = (unreadable(dialog), fits)
        finally:
            dialog.reject()

    names = ("clusters", "organisations", "events", "exchanges")
    for name in names:
        desktop.window.workbench.show_tab(name)
        QTimer.singleShot(0, look)
        desktop.window.command["new_record"].trigger()

    assert found == dict.fromkeys(names, ("", True))


@pytest.mark.usefixtures("sample")
def test_that_the_palette_clips_nothing(desktop, enlarge):
    enlarge(200)
    desktop.window.command["quick_open"].trigger()
    desktop.type("clu")
    panel = desktop.window.quick_open.panel

    assert unreadable(panel) == ""
    assert desktop.window.rect().contains(panel.geometry())
    panel.close_panel()


@pytest.mark.usefixtures("sample")
def test_that_the_import_assistant_clips_nothing(desktop, facts, enlarge):
    enlarge(200)
    with opened(desktop, facts, lambda _imported: None) as hand:
        hand.assistant.resize(1366, 768)
        hand.settle()
        assert hand.assistant.width() <= 1366
        assert hand.assistant.height() <= 768
        assert unreadable(hand.assistant) == ""
        hand.add(resource("sample/Exchanges_Leipzig_2021-2022.xlsx"))
        for step in (Step.FILES, Step.COLUMNS, Step.REVIEW):
            hand.assistant.go_to(step)
            hand.settle()
            assert (step, unreadable(hand.assistant)) == (step, "")
