"""A day that notes from when on those who look at it might answer otherwise."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.programme.today import Today

FIRST = dt.date(2022, 7, 1)
TOMORROW = FIRST + dt.timedelta(days=1)


def day(n):
    return dt.date(2022, 7, n)


@pytest.mark.parametrize(
    ("ask", "until"),
    [
        (lambda today: today > day(5), day(6)),
        (lambda today: day(5) < today, day(6)),
        (lambda today: today <= day(5), day(6)),
        (lambda today: today >= day(5), day(5)),
        (lambda today: day(5) > today, day(5)),
        (lambda today: today < day(5), day(5)),
        (lambda today: today == day(5), day(5)),
        (lambda today: today != day(1), day(2)),
        (lambda today: today >= day(1), None),
        (lambda today: today > dt.date(2022, 6, 1), None),
        (lambda today: (today > day(9), today > day(5)), day(6)),
        (lambda today: today - day(5), TOMORROW),
        (lambda today: day(5) - today, TOMORROW),
        (lambda today: today + dt.timedelta(days=3), TOMORROW),
        (lambda today: today.year, TOMORROW),
        (lambda today: f"{today:%d.%m.}", TOMORROW),
        (lambda today: today in {day(5), day(6)}, TOMORROW),
        (str, TOMORROW),
        (lambda today: today.weekday(), TOMORROW),
    ],
)
def test_that_it_notes_when_an_answer_changes(ask, until):
    today = Today.of(FIRST)
    plain = ask(FIRST)

    assert ask(today) == plain
    assert today.until == until


DAYS = st.integers(0, 30).map(lambda n: FIRST + dt.timedelta(days=n))
QUESTIONS = st.lists(
    st.tuples(DAYS, st.sampled_from([dt.date.__lt__, dt.date.__le__, dt.date.__eq__]))
)


@given(QUESTIONS, DAYS)
def test_that_no_answer_changes_before_that_day(questions, start):
    def asked(today):
        return [compare(day, today) for day, compare in questions]

    today = Today.of(start)
    words = {
        dt.date.__lt__: today.__gt__,
        dt.date.__le__: today.__ge__,
        dt.date.__eq__: today.__eq__,
    }
    answers = [words[compare](day) for day, compare in questions]

    assert answers == asked(start)
    later = [start + dt.timedelta(days=n) for n in range(1, 32)]
    first = next((day for day in later if asked(day) != answers), None)
    assert today.until is None or today.until <= later[-1] + dt.timedelta(days=1)
    assert first is None or today.until == first
