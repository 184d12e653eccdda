"""Rows in groups: which there are, in the order of the rows, and what they add up to."""

from datetime import date
from decimal import Decimal

import pytest

from smartct_desktop.domain.errors import Cancelled
from smartct_desktop.domain.query import Grouping, Path, Query, Sort, Span
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation
from tests.ui.world import make_document

AMOUNT, DAYS = Path(("amount_cents",)), Path(("working_days",))


@pytest.fixture
def document(tmp_path):
    document = make_document(tmp_path / "groups.smartct")
    yield document
    document.close()


@pytest.fixture
def spain(document):
    """Six exchanges of three visitors, two of which have names that differ in an accent only."""
    orgs = [Organisation(name=name, country="ES") for name in ("Málaga", "Bilbao", "Malaga")]
    stays = [
        (orgs[0], date(2021, 11, 3), 41_500, Decimal(3), ExchangeStatus.PAID),
        (orgs[2], date(2021, 11, 9), 83_000, Decimal("5.5"), ExchangeStatus.PAID),
        (orgs[1], date(2021, 12, 1), None, None, ExchangeStatus.DRAFT),
        (orgs[0], date(2022, 11, 3), 1, Decimal(1), None),
        (None, None, 5, None, ExchangeStatus.DRAFT),
        (orgs[1], date(2022, 1, 7), 7, None, ExchangeStatus.CLOSED),
    ]
    with document.edit("stays") as edit:
        for org in orgs:
            edit.add(org)
        for place, (vo, start, cents, days, status) in enumerate(stays):
            edit.add(
                Exchange(
                    number=f"X-{place}",
                    vo=vo.id if vo else None,
                    start=start,
                    amount_cents=cents,
                    working_days=days,
                    status=status,
                )
            )


def asked(document, path, **more):
    grouping = Grouping(Path.of(path), sums=(AMOUNT, DAYS), **more)
    query = Query("exchange", (Path(("number",)),), sort=(Sort(Path(("number",))),), group=grouping)
    return document.read.window(query)


def numbers(window):
    return [row.values[0] for row in window.rows(0, window.count)]


@pytest.mark.usefixtures("spain")
def test_that_rows_stand_by_groups_and_sorted_within_each(document):
    window = asked(document, "status")

    assert [(g.value, g.records, g.sums) for g in window.groups] == [
        (ExchangeStatus.DRAFT, 2, (5, Decimal(0))),
        (ExchangeStatus.PAID, 2, (124_500, Decimal("8.5"))),
        (ExchangeStatus.CLOSED, 1, (7, Decimal(0))),
        (None, 1, (1, Decimal(1))),
    ]
    assert numbers(window) == ["X-2", "X-4", "X-0", "X-1", "X-5", "X-3"]


@pytest.mark.usefixtures("spain")
def test_that_groups_come_the_other_way_round_with_blanks_last(document):
    window = asked(document, "status", descending=True)

    assert [group.value for group in window.groups] == [
        ExchangeStatus.CLOSED,
        ExchangeStatus.PAID,
        ExchangeStatus.DRAFT,
        None,
    ]
    assert numbers(window) == ["X-5", "X-0", "X-1", "X-2", "X-4", "X-3"]


@pytest.mark.usefixtures("spain")
def test_that_records_named_alike_are_one_group(document):
    window = asked(document, "vo")

    assert [(group.caption, group.records) for group in window.groups] == [
        ("Bilbao", 2),
        ("Malaga", 3),
        (None, 1),
    ]
    assert numbers(window) == ["X-2", "X-5", "X-0", "X-1", "X-3", "X-4"]


@pytest.mark.usefixtures("spain")
def test_that_days_can_be_grouped_by_month_and_by_year(document):
    months = asked(document, "start", span=Span.MONTH)
    years = asked(document, "start", span=Span.YEAR)

    assert [(g.value and str(g.value), g.records) for g in months.groups] == [
        ("2021-11", 2),
        ("2021-12", 1),
        ("2022-01", 1),
        ("2022-11", 1),
        (None, 1),
    ]
    assert [(g.value and str(g.value), g.records) for g in years.groups] == [
        ("2021", 3),
        ("2022", 2),
        (None, 1),
    ]
    assert numbers(years) == ["X-0", "X-1", "X-2", "X-3", "X-5", "X-4"]


@pytest.mark.usefixtures("spain")
def test_that_groups_follow_a_reference(document):
    window = asked(document, "vo.country")

    assert [(group.value, group.records) for group in window.groups] == [("ES", 5), (None, 1)]


@pytest.mark.usefixtures("spain")
def test_that_groups_know_only_what_the_filters_let_pass(document):
    grouping = Grouping(Path(("status",)))
    window = document.read.window(Query("exchange", search="bilbao", group=grouping))

    assert [(group.value, group.records) for group in window.groups] == [
        (ExchangeStatus.DRAFT, 1),
        (ExchangeStatus.CLOSED, 1),
    ]


@pytest.mark.usefixtures("spain")
def test_that_some_rows_of_a_window_are_added_up(document):
    window = asked(document, "status")

    assert window.sums([range(1, 3), range(5, 6)], [AMOUNT, DAYS]) == {
        AMOUNT: 41_506,
        DAYS: Decimal(4),
    }
    assert window.sums([], [AMOUNT]) == {AMOUNT: 0}


@pytest.mark.usefixtures("spain")
def test_that_a_closed_window_adds_nothing_up(document):
    window = asked(document, "status")
    window.close()

    with pytest.raises(Cancelled):
        window.sums([range(1)], [AMOUNT])


def test_that_groups_of_very_many_rows_are_found_with_their_order(document):
    with document.edit("many") as edit:
        for n in range(10_050):
            edit.add(Exchange(number=f"X-{n:05}", amount_cents=n, group=f"g{n % 7}"))
    window = asked(document, "group")
    assert not window.ready

    window.prepare()

    assert [(group.value, group.records) for group in window.groups][:2] == [
        ("g0", 1436),
        ("g1", 1436),
    ]
    assert numbers(window)[:2] == ["X-00000", "X-00007"]
    assert sum(group.sums[0] for group in window.groups) == sum(range(10_050))
    assert window.sums([range(10_050)], [AMOUNT]) == {AMOUNT: sum(range(10_050))}
