"""The history of one record in its pane, read as far as it is looked at."""

import pytest
from PySide6.QtWidgets import QPushButton

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.services.origins import read_origin
from smartct_desktop.ui.history.record_history import RecordHistory


@pytest.fixture
def shown(desk, qtbot):
    """Shows the history of an exchange."""
    part = RecordHistory(desk.editors.look)
    qtbot.addWidget(part)
    part.show()

    def show(id_):
        part.show_record("exchange", Id(id_), desk.texts, desk.reader)
        return part

    return show


def change_often(document, id_, times):
    for n in range(times):
        with document.edit(f"change {n}") as edit:
            edit.set(document.read.get(Exchange, id_), "remark", f"remark {n}")


def more(part):
    return [b for b in part.findChildren(QPushButton) if "older" in b.text() and b.isVisible()]


def test_that_only_the_newest_changes_are_read_and_older_ones_when_asked_for(desk, world, shown):
    change_often(desk.document, world.first, 80)

    part = shown(world.first)

    assert len(part.links) == 12
    (button,) = more(part)
    assert button.text() == "Show 50 of 69 older changes"
    button.click()
    assert len(part.links) == 62
    (button,) = more(part)
    assert button.text() == "Show 19 older changes"
    button.click()
    assert len(part.links) == 81
    assert more(part) == []


def test_that_a_record_without_older_changes_offers_none(world, shown):
    assert len(shown(world.second).links) == 1
    assert more(shown(world.second)) == []


def test_that_a_range_of_the_history_is_read_newest_first(desk, world):
    change_often(desk.document, world.first, 5)
    read = desk.reader

    everything = read.record_history("exchange", world.first)
    part = read.record_history("exchange", world.first, 1, 3)

    assert read.record_history_count("exchange", world.first) == len(everything) == 6
    assert part == everything[1:3]


def test_that_the_origin_of_a_field_is_found_behind_many_changes_of_others(desk, world):
    change_often(desk.document, world.first, 520)
    record = desk.reader.get(Exchange, world.first)

    origin = read_origin(desk.reader, record, "start")

    assert (origin.now.step.no, origin.now.value) == (1, record.start)
    assert read_origin(desk.reader, record, "remark").now.value == "remark 519"
