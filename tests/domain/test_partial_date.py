"""Dates of which only the year or the month may be known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.partial_date import PartialDate


@pytest.mark.parametrize("text", ["2018", "2018-03", "2018-03-01", "0987-12"])
def test_that_what_is_written_is_read_back(text):
    assert PartialDate.fromisoformat(text).isoformat() == text


@pytest.mark.parametrize(
    "text", ["", "18", "2018-3", "2018-13", "2018-02-30", "2018-03-", "0000", "2018-03-01T", "²018"]
)
def test_that_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.fromisoformat(text)


@given(st.dates())
def test_that_a_whole_date_is_first_and_last_day_of_itself(day):
    partial = PartialDate.of(day)
    assert (partial.first, partial.last) == (day, day)


def test_that_a_month_reaches_to_its_last_day():
    assert PartialDate(2020, 2).last == date(2020, 2, 29)
    assert PartialDate(2020).last == date(2020, 12, 31)


@given(st.lists(st.dates().map(PartialDate.of) | st.builds(PartialDate, st.integers(1, 9999))))
def test_that_they_sort_as_their_texts_do(dates):
    assert [str(d) for d in sorted(dates)] == sorted(str(d) for d in dates)
