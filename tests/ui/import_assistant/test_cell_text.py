"""What is shown of a partner's cell: dates as in the file where that can be known."""

from datetime import date, datetime, time

import pytest

from smartct_desktop.domain.book import Cell, Look, NumberFormat
from smartct_desktop.ui.import_assistant.cell_text import cell_text

DAY = date(2021, 11, 6)


def shown(value, code="General"):
    return cell_text(Cell(value, Look(NumberFormat.DATE, code)))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("dd.mm.yyyy", "06.11.2021"),
        ("d.m.yy", "6.11.21"),
        ("yyyy-mm-dd", "2021-11-06"),
        ("dd/mm/yyyy;@", "06/11/2021"),
        ("[$-407]dd.mm.yy", "06.11.21"),
        ('dd.mm.yyyy" г."', "06.11.2021 г."),
        ("dd\\.mm\\.yyyy", "06.11.2021"),
    ],
)
def test_that_a_date_looks_as_in_the_file(code, text):
    assert shown(DAY, code) == text


@pytest.mark.parametrize("code", ["mm-dd-yy", "m/d/yyyy", "d mmmm yyyy", "dddd", "General"])
def test_that_a_date_is_iso_text_where_the_settings_of_a_country_decide(code):
    assert shown(DAY, code) == "2021-11-06"


def test_that_mm_behind_hours_are_minutes():
    assert shown(datetime(2021, 11, 6, 9, 5), "dd.mm.yy hh:mm") == "06.11.21 09:05"
    assert shown(time(14, 30), "h:mm") == "14:30"


def test_that_a_time_under_a_format_of_days_is_written_plainly():
    assert shown(time(14, 30), "dd.mm.yyyy") == "14:30:00"


def test_that_text_is_shown_in_one_line():
    assert cell_text(Cell("Visiting\n organisation ")) == "Visiting organisation"
    assert cell_text(Cell(None)) == ""
