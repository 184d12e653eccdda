"""Days of another time: said, because a digit of the year is easily mistyped."""

import pytest

from smartct_desktop.domain.records.partnership import Partnership
from tests.services.importing.books import book, day, exchange, exchanges


def told(plan):
    return [f for f in plan.findings if "Is the year right?" in f.sentence]


@pytest.mark.parametrize(("year", "side"), [(1921, "before"), (2012, "before"), (2201, "after")])
def test_that_a_stay_of_another_time_is_said(plan, year, side):
    row = exchange("A-1", start=day(f"{year}-11-15"), end=day(f"{year}-11-19"))

    findings = told(plan(book(exchanges(row))))

    assert [(f.code, f.letter, f.rows) for f in findings] == [
        ("DUR-06", "F", (2,)),
        ("DUR-06", "G", (2,)),
    ]
    assert f"years {side} the partnership" in findings[0].sentence


def test_that_a_stay_of_our_time_is_not(plan):
    assert told(plan(book(exchanges(exchange("A-1"))))) == []


def test_that_the_partnerships_own_beginning_decides(plan, clusters):
    own = next(p for p in clusters.read.all(Partnership) if p.own)
    with clusters.edit("its beginning") as edit:
        edit.set(own, "starts_on", day("2016-01-01"))

    row = exchange("A-1", start=day("2015-11-16"), end=day("2015-11-20"))

    assert told(plan(book(exchanges(row)))) == []
