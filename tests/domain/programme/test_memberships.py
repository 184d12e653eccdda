"""Membership of a profiled cluster on a day."""

import datetime as dt

import pytest

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.memberships import (
    Belonging,
    Standing,
    lost_before,
    membership_on,
)

DAY = dt.date(2021, 11, 16)


def belonging(name="Cluster", *, profiled=True, since=None, until=None, **more):
    dates = [part and PartialDate.fromisoformat(part) for part in (since, until)]
    return Belonging(Id(name), name, profiled, since=dates[0], until=dates[1], **more)


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (None, None, True),
        ("2021-11-16", None, True),
        ("2021-11-17", None, False),
        ("2021-11", None, True),
        ("2021", None, True),
        ("2022", None, False),
        (None, "2021-11-16", True),
        (None, "2021-11-15", False),
        (None, "2021-11", True),
        (None, "2021-10", False),
        ("2019", "2020", False),
    ],
)
def test_that_dates_decide_and_part_of_a_date_is_given_the_member(since, until, held):
    found = membership_on([belonging(since=since, until=until)], DAY)
    assert found.standing is (Standing.MEMBER if held else Standing.NONE)


@pytest.mark.parametrize(
    ("of", "standing", "word"),
    [
        ([], Standing.DOUBTFUL, "recorded"),
        ([belonging(profiled=False)], Standing.NONE, "no profile"),
        ([belonging(network=True)], Standing.NONE, "business network"),
        ([belonging(profiled=None)], Standing.DOUBTFUL, "profile"),
        ([belonging(recorded=False)], Standing.DOUBTFUL, "named"),
        ([belonging("A", network=True), belonging("B")], Standing.MEMBER, "B"),
        ([belonging("A", profiled=None), belonging("B")], Standing.MEMBER, "B"),
        ([belonging("A", profiled=False), belonging("B", profiled=None)], Standing.DOUBTFUL, "B"),
    ],
)
def test_that_the_kind_of_cluster_decides(of, standing, word):
    found = membership_on(of, DAY)
    assert found.standing is standing
    assert word in found.because


def test_that_an_unknown_day_gives_every_membership():
    assert membership_on([belonging(until="1999")], None).standing is Standing.MEMBER


def test_that_a_membership_lost_during_the_stay_is_told_unless_another_lasts():
    end = dt.date(2021, 11, 19)
    ending, lasting = belonging("A", until="2021-11-17"), belonging("B")

    assert lost_before([ending], DAY, end) == ending
    assert lost_before([ending, lasting], DAY, end) is None
    assert lost_before([], DAY, end) is None
