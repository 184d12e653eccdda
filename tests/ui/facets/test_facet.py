"""Facets as values: their names, and the filters that what is ticked stands for."""

from datetime import date

import pytest

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.query import Among, AnyOf, Between, Path, Problems, Query
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.services.filtering.names import FieldNames
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.ui.facets.facet import PROBLEMS, Facet, Grain, facets_of, kinds_of
from smartct_desktop.ui.facets.usual import USUAL
from smartct_desktop.ui.table_tabs import TABLE_TABS

MONTHS = frozenset({PartialDate(2021, 11), PartialDate(2024, 2)})


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("status", {ExchangeStatus.PAID, None}),
        ("vo.country", {"ES", "BG"}),
        ("vo", {"some-id"}),
        ("start:month", MONTHS),
        ("start:month", {*MONTHS, None}),
        ("start:year", {PartialDate(2021)}),
        ("start:year", {None}),
        (PROBLEMS, {"error"}),
        (PROBLEMS, {"error", "warning"}),
        (PROBLEMS, {None}),
        (PROBLEMS, {None, "warning"}),
    ],
)
def test_that_what_is_ticked_is_read_again_from_its_filter(name, values):
    facet = Facet.of("exchange", name)

    assert facet.name == name
    assert facet.chosen(facet.filter(frozenset(values))) == values


def test_that_a_month_reaches_from_its_first_day_to_its_last():
    facet = Facet.of("exchange", "start:month")

    found = facet.filter(frozenset({PartialDate(2024, 2)}))

    assert found == Between(Path(("start",)), date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    "filter_",
    [
        Among(Path(("mode",)), frozenset({None})),
        Between(Path(("start",)), date(2021, 11, 2), date(2021, 11, 30)),
        Between(Path(("start",)), None, None),
        Problems(frozenset({Severity.ERROR}), frozenset({"C-01"})),
        AnyOf(()),
    ],
)
@pytest.mark.parametrize("name", ["start:month", "start:year", "status", PROBLEMS])
def test_that_other_filters_are_not_taken_for_ticks(name, filter_):
    facet = Facet.of("exchange", name)

    assert not facet.chosen(filter_)


@pytest.mark.parametrize("name", ["gone", "vo.gone", "start", "status:month", "goals", "number"])
def test_that_names_that_make_no_facet_are_refused(name):
    assert Facet.of("exchange", name) is None


def test_that_a_day_makes_two_facets_and_a_text_none():
    names = [facet.name for facet in facets_of("exchange", Path(("start",)))]

    assert names == ["start:year", "start:month"]
    assert facets_of("exchange", Path(("goals",))) == []


def test_that_the_usual_facets_of_every_tab_exist():
    for tab in TABLE_TABS:
        assert all(Facet.of(tab.kind, name) is not None for name in USUAL[tab.name])


def test_that_a_facet_says_whose_changes_change_its_counts():
    assert kinds_of([Facet.of("exchange", "vo.country")]) == {"exchange", "organisation"}


def test_that_values_ticked_are_listed_although_nobody_has_them(document, world):
    facet = Facet.of("exchange", "vo")

    found = facet.count(document.read, Query("exchange", search="alfa"), [world.beta])

    assert [(bucket.caption, bucket.records) for bucket in found] == [
        ("Álfa, S.L.", 1),
        ("„Бета“ ООД", 0),
    ]


@pytest.mark.parametrize("kind", ["exchange", "organisation", "event"])
def test_that_the_filter_language_understands_every_facet_by_its_title(kind):
    names = FieldNames(kind, ProgrammeFacts())
    for path in (*names.own, *names.ways):
        for facet in facets_of(kind, path):
            if facet.grain is Grain.EACH:
                assert names.find(facet.title) == (path,), facet.title
