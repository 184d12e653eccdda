"""Thinning keeps what somebody may want to go back to, whatever the clock or the room says."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from smartct_desktop.domain.thinning import ALL_KEPT, FEWEST, Kept, clock_jumped, superfluous

NOW = datetime(2022, 6, 15, 12, 0, tzinfo=UTC)
ROOM = 10**9


def kept(name, ago, **about):
    return Kept(
        **{
            "name": str(name),
            "place": "/a",
            "number": 100_000 - int(name),
            "at": NOW - ago,
            "size": 1,
        }
        | about
    )


def every(hours, number):
    """Backups made so many hours apart, the newest first."""
    return [kept(n, timedelta(hours=hours * n)) for n in range(number)]


def left(there, room=ROOM, now=NOW):
    gone = set(superfluous(there, now, room))
    return [one for one in there if one.name not in gone]


def test_that_all_of_two_days_and_one_a_day_a_week_and_a_month_stay():
    there = every(1, 24 * 1000)  # nearly three years, each hour

    stay = left(there)
    recent = [one for one in stay if one.at > NOW - ALL_KEPT]
    old = [one for one in stay if one.at <= NOW - ALL_KEPT]

    assert len(recent) == 48
    assert max(Counter(one.at.date() for one in old).values()) == 1
    days = [one.at.date() for one in old]
    assert days[:14] == [(NOW - ALL_KEPT - timedelta(days=n)).date() for n in range(14)]
    months = {(one.at.year, one.at.month) for one in old}
    assert len(months) == 24
    assert 14 + 8 - 3 + 24 - 3 <= len(old) <= 14 + 8 + 24


def test_that_what_was_kept_once_is_still_kept_a_day_later():
    there = every(6, 4 * 400)
    once = left(there)

    assert left(once) == once
    tomorrow = left(once, now=NOW + timedelta(days=1))
    assert {one.name for one in tomorrow} >= {one.name for one in once if one.at.day == 30}


def test_that_the_oldest_go_where_there_is_too_little_room_but_never_the_last_three():
    there = [kept(n, timedelta(hours=n), size=10) for n in range(9)]

    assert [one.name for one in left(there, room=55)] == ["0", "1", "2", "3", "4"]
    assert [one.name for one in left(there, room=0)] == ["0", "1", "2"]


def test_that_a_damaged_one_does_not_count_and_goes_once_there_are_enough():
    damaged = kept(1, timedelta(days=9), good=False)
    good = [kept(n, timedelta(days=n)) for n in (10, 11, 12)]

    assert damaged in left([damaged, *good[:2]])
    assert damaged not in left([damaged, *good])
    assert set(good) <= set(left([damaged, *good], room=0))


def test_that_those_of_other_copies_of_the_document_are_not_counted():
    here = [kept(n, timedelta(days=400 + n)) for n in range(3)]
    there = [kept(n, timedelta(hours=n), place="/b") for n in range(10, 20)]

    assert set(here) <= set(left([*here, *there], room=0))


def test_that_nothing_goes_when_a_backup_is_from_the_future():
    there = every(1, 500)
    ahead = kept(0, timedelta(days=-300), number=7)

    assert superfluous(there, NOW, 0)
    assert clock_jumped([*there, ahead], NOW)
    assert superfluous([*there, ahead], NOW, 0) == ()
    assert not clock_jumped([kept(0, timedelta(minutes=-5))], NOW)  # put right by minutes


def test_that_a_clock_that_ran_ahead_for_years_costs_nothing_of_the_last_weeks():
    """Spans are counted, not measured from now."""
    there = every(24, 14)

    assert left(there, now=NOW + timedelta(days=3650)) == there


@st.composite
def backups(draw):
    """Some backups in any order, of several places, some damaged, some lasting."""
    number = draw(st.integers(1, 60))
    ages = st.one_of(st.integers(-600, 60 * 96), st.integers(0, 60 * 24 * 900))
    made = [
        Kept(
            name=str(n),
            place=draw(st.sampled_from("ab")),
            number=draw(st.integers(1, 40)),
            at=NOW - timedelta(minutes=draw(ages)),
            size=draw(st.integers(0, 50)),
            good=draw(st.booleans()),
            lasting=draw(st.integers(0, 9)) == 0,
        )
        for n in range(number)
    ]
    return draw(st.permutations(made))


@given(backups(), st.integers(0, 2000))
def test_that_the_newest_good_ones_always_stay(there, room):
    stay = left(there, room)

    assert {one.name for one in there if one.lasting} <= {one.name for one in stay}
    for place in "ab":
        good = sorted(
            (one for one in there if one.good and one.place == place),
            key=lambda one: (one.number, one.at),
        )
        assert set(good[-FEWEST:]) <= set(stay)
    assert left(stay, room) == stay  # twice is once
    if sum(one.size for one in stay) > room and not clock_jumped(there, NOW):
        fewest = sum(1 for one in stay if not one.lasting)
        assert fewest <= 2 * FEWEST
