"""What is done to one exchange with the keys: its status, its day log, its distance."""

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from smartct_desktop.domain.records.exchange import DistanceMethod, Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.records.exchange_day import DayKind, ExchangeDay
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.ui.dialogs.day_log_model import NOTE, REMARK

EXCHANGES = 5
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def stay(sample, desktop):
    """A week from Leipzig to Sofia with a Bulgarian holiday in it, in front and chosen."""
    firm = Organisation(name="Sensorik Sachs GmbH", country="DE", city="Leipzig")
    host = Organisation(name="Zelena Spirka", country="BG", city="Sofia")
    made = Exchange(
        number="SCT-2022-001",
        vo=firm.id,
        ho=host.id,
        ho_city="Sofia",
        ho_country="BG",
        mode=Mode.PHYSICAL,
        status=ExchangeStatus.MACC,
        start=dt.date(2022, 5, 23),
        end=dt.date(2022, 5, 27),
        working_days=Decimal(5),
    )
    with sample.edit("addition") as edit:
        for record in (firm, host, made):
            edit.add(record)
    page = desktop.tab(EXCHANGES)
    page.go_to(made.id)
    page.table.setFocus()
    return made


def now(sample, stay):
    return sample.read.get(Exchange, stay.id)


def then(act):
    """Do this with the dialog that comes; fails the test if none does."""
    met = []

    def meet():
        dialog = QApplication.activeModalWidget()
        met.append(dialog)
        try:
            act(dialog)
        except BaseException:
            dialog.reject()  # or the test would wait for it for ever
            raise

    QTimer.singleShot(100, meet)
    return met


def test_that_a_status_that_has_to_wait_says_for_what(desktop, sample, stay):
    def look(dialog):
        dialog.choices[ExchangeStatus.READY].setChecked(True)
        said = dialog.finding.text()
        assert "visitor has not signed" in said
        assert "the amount is not agreed" in said
        assert not dialog.move_button.isEnabled()
        dialog.reject()

    met = then(look)
    desktop.key(Qt.Key.Key_M, CONTROL)
    assert met
    assert now(sample, stay).status is ExchangeStatus.MACC


def test_that_a_cancellation_asks_for_its_reason_and_can_be_undone(desktop, sample, stay):
    def cancel(dialog):
        dialog.choices[ExchangeStatus.CANC].setChecked(True)
        assert not dialog.move_button.isEnabled()
        dialog.reason.setText("The host fell ill.")
        assert dialog.move_button.isEnabled()
        dialog.move_button.click()

    met = then(cancel)
    desktop.key(Qt.Key.Key_M, CONTROL)
    assert met
    assert now(sample, stay).status is ExchangeStatus.CANC
    assert now(sample, stay).status_reason == "The host fell ill."
    assert sample.read.next_undo().label == "Status of SCT-2022-001: Cancelled"
    desktop.activate(desktop.window)
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert now(sample, stay).status is ExchangeStatus.MACC
    assert now(sample, stay).status_reason is None


def test_that_the_day_log_is_proposed_with_the_holiday_of_the_hosts_country(desktop, sample, stay):
    def write(dialog):
        model = dialog.model
        assert model.rowCount() == 5
        assert "24" in model.index(1, 0).data()
        assert model.index(1, 1).data() == "Public holiday"
        assert (dialog.sum.text(), dialog.against.text()) == (
            "4 working days",
            "The partner declared 5.",
        )
        dialog.declare.setChecked(True)
        dialog.write_button.click()

    met = then(write)
    desktop.key(Qt.Key.Key_Y, CONTROL | SHIFT)
    assert met
    days = [day for day in sample.read.all(ExchangeDay) if day.exchange == stay.id]
    assert sorted(day.day_kind.value for day in days) == [*[DayKind.FULL.value] * 4, "holiday"]
    assert now(sample, stay).working_days == Decimal(4)
    desktop.activate(desktop.window)
    desktop.key(Qt.Key.Key_Z, CONTROL)
    assert not list(sample.read.all(ExchangeDay))
    assert now(sample, stay).working_days == Decimal(5)


def test_that_days_of_the_log_are_changed_with_keys_alone(desktop, sample, stay):
    def change(dialog):
        press = desktop.qtbot.keyClick
        assert dialog.table.hasFocus()
        press(dialog.table, Qt.Key.Key_3)  # Monday is for travel
        assert dialog.sum.text() == "3 working days"
        for _ in range(4):
            press(dialog.table, Qt.Key.Key_Down)
        press(dialog.table, Qt.Key.Key_2)  # Friday is half a day
        assert dialog.sum.text() == "2.5 working days"
        dialog.first.line.setFocus()
        for letter in "28.05.2022":
            press(dialog.first.line, letter)
        press(dialog.first.line, Qt.Key.Key_Return)
        press(dialog.last.line, Qt.Key.Key_Return)  # a single day
        assert dialog.model.rowCount() == 6
        dialog.table.setFocus()
        dialog.table.setCurrentIndex(dialog.model.index(5, 0))
        press(dialog.table, Qt.Key.Key_1)
        assert dialog.model.index(5, REMARK).data() == "weekend: note why it counts"
        dialog.table.setCurrentIndex(dialog.model.index(5, NOTE))
        press(dialog.table, "F")
        line = QApplication.focusWidget()
        for letter in "air 1":
            press(line, letter)
        press(line, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert dialog.model.index(5, NOTE).data() == "Fair 1"
        assert dialog.sum.text() == "3.5 working days"
        dialog.declare.setChecked(False)
        dialog.write_button.setFocus()
        press(dialog.write_button, Qt.Key.Key_Return)

    met = then(change)
    desktop.key(Qt.Key.Key_Y, CONTROL | SHIFT)
    assert met
    days = sorted(sample.read.all(ExchangeDay), key=lambda day: day.date)
    kinds = [day.day_kind.value for day in days]
    assert kinds == ["travel", "holiday", "full", "full", "half", "full"]
    assert days[-1].note == "Fair 1"
    assert now(sample, stay).computed_days == Decimal("3.5")
    assert sample.read.next_undo().label == "Day log of SCT-2022-001"


def test_that_a_log_without_dates_says_what_is_missing(desktop, sample, stay):
    with sample.edit("change") as edit:
        edit.update(now(sample, stay).replace(end=None))
    desktop.settle()
    desktop.key(Qt.Key.Key_Y, CONTROL | SHIFT)
    assert desktop.note() == "The end of the stay is missing."


def test_that_the_distance_is_worked_out_from_the_places(desktop, sample, stay):
    desktop.window.command["distance"].trigger()
    desktop.settle()
    found = now(sample, stay)
    assert 1200 < found.distance_km < 1300
    assert found.distance_method is DistanceMethod.GREAT_CIRCLE
    assert "as the crow flies from Leipzig to Sofia" in desktop.note()


def test_that_the_commands_are_off_where_there_is_no_exchange(desktop, stay):
    assert stay
    desktop.tab(2)
    for name in ("status", "day_log", "distance"):
        action = desktop.window.command[name]
        assert not action.isEnabled()
        assert action.toolTip() == "Open a tab with exchanges first."
