"""Filling down, one value for many, clearing, series, and replacing."""

from datetime import date, time
from decimal import Decimal

import pytest

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.services.revising.building import ids_of
from smartct_desktop.services.revising.committing import commit
from smartct_desktop.services.revising.filling import clear, fill_down, set_all
from smartct_desktop.services.revising.replacing import Replacement, replace_all
from smartct_desktop.services.revising.series import (
    Series,
    Unit,
    fill_series,
    member,
    proposed,
)


def field(kind, name):
    return schema_of(kind).by_name[name]


def test_that_filling_down_takes_the_values_of_the_first_record(document, texts, world, columns):
    targets = columns("exchange", "vo", "amount_cents")

    revision = fill_down(
        document.read, texts, "exchange", world.first, [world.second, world.third], targets
    )
    commit(document, revision)

    third = document.read.get(Exchange, world.third)
    assert (third.vo, third.amount_cents) == (world.alpha, 41_500)
    assert document.read.next_undo().label == "filling down of 4 cells (2 exchanges)"


def test_that_all_results_of_a_query_get_one_value(document, texts, world, columns):
    status = columns("exchange", "status")[0]
    ids = ids_of(document.read, Query("exchange"))

    revision = set_all(document.read, texts, "exchange", ids, status, ExchangeStatus.PAID)
    commit(document, revision)

    assert revision.same == 1
    assert document.read.next_undo().label == "change of Status (2 exchanges)"
    assert document.read.get(Exchange, world.second).status is ExchangeStatus.PAID


def test_that_a_value_is_refused_where_it_contradicts(document, texts, world, columns, refused):
    end = columns("exchange", "end")[0]

    revision = set_all(
        document.read, texts, "exchange", [world.first, world.third], end, date(2021, 11, 1)
    )

    assert refused(revision) == {("SCT-2021-001", "To"): "A stay cannot end before it starts."}
    assert [change.id for change in revision.changes] == [world.third]


def test_that_clearing_leaves_alone_what_must_be_filled_in(
    document, texts, world, columns, refused
):
    targets = columns("organisation", "name", "city", "vat")

    revision = clear(document.read, texts, "organisation", [world.gamma], targets)

    assert refused(revision) == {("Gamma GmbH", "Name"): "Name must be filled in."}
    assert [cell.before_text for cell in revision.changes[0].cells] == ["Halle"]


def test_that_terms_are_cleared_to_none(document, texts, world, columns):
    targets = columns("organisation", "sectoral_industries")

    revision = clear(document.read, texts, "organisation", [world.cluster], targets)

    assert revision.changes[0].after.sectoral_industries == ()


@pytest.mark.parametrize(
    ("kind", "name", "series", "members"),
    [
        ("organisation", "headcount", Series(5, Decimal(2), Unit.NUMBER), [5, 7, 9]),
        (
            "exchange",
            "amount_cents",
            Series(41_500, Decimal(10), Unit.NUMBER),
            [41_500, 42_500, 43_500],
        ),
        (
            *("exchange", "working_days", Series(Decimal("2.5"), Decimal("0.5"), Unit.NUMBER)),
            [Decimal("2.5"), Decimal("3.0"), Decimal("3.5")],
        ),
        (
            *("exchange", "start", Series(date(2021, 12, 30), Decimal(1), Unit.DAY)),
            [date(2021, 12, 30), date(2021, 12, 31), date(2022, 1, 1)],
        ),
        (
            *("exchange", "start", Series(date(2021, 12, 30), Decimal(2), Unit.WEEK)),
            [date(2021, 12, 30), date(2022, 1, 13), date(2022, 1, 27)],
        ),
        (
            *("exchange", "start", Series(date(2022, 1, 31), Decimal(1), Unit.MONTH)),
            [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31)],
        ),
        (
            *("exchange", "start", Series(date(2020, 2, 29), Decimal(1), Unit.YEAR)),
            [date(2020, 2, 29), date(2021, 2, 28), date(2022, 2, 28)],
        ),
        (
            *("snapshot", "as_of", Series(PartialDate(2021, 11), Decimal(1), Unit.MONTH)),
            [PartialDate(2021, 11), PartialDate(2021, 12), PartialDate(2022, 1)],
        ),
        (
            *("session", "start_time", Series(time(9, 30), Decimal(45), Unit.MINUTE)),
            [time(9, 30), time(10, 15), time(11, 0)],
        ),
        ("event", "code", Series("E-08", Decimal(1), Unit.NUMBER), ["E-08", "E-09", "E-10"]),
    ],
)
def test_that_a_series_goes_on_step_by_step(kind, name, series, members):
    assert [member(field(kind, name), series, place) for place in range(3)] == members


def test_that_a_series_ends_where_there_is_no_further_value():
    with pytest.raises(Invalid):
        member(field("session", "start_time"), Series(time(23), Decimal(90), Unit.MINUTE), 1)
    with pytest.raises(Invalid):
        member(field("exchange", "start"), Series(date(9999, 12, 31), Decimal(1), Unit.DAY), 1)


@pytest.mark.parametrize(
    ("name", "first", "second", "series"),
    [
        ("start", date(2022, 1, 3), date(2022, 1, 10), (Unit.WEEK, 1)),
        ("start", date(2022, 1, 3), date(2022, 2, 3), (Unit.MONTH, 1)),
        ("start", date(2022, 1, 3), date(2024, 1, 3), (Unit.YEAR, 2)),
        ("start", date(2022, 1, 3), None, (Unit.DAY, 1)),
        ("amount_cents", 1000, 1500, (Unit.NUMBER, 5)),
        ("ref", "A-1", "A-5", (Unit.NUMBER, 4)),
    ],
)
def test_that_two_cells_say_how_a_series_goes_on(name, first, second, series):
    found = proposed(field("exchange", name), first, second)

    assert (found.unit, found.step) == series


def test_that_a_text_without_a_number_begins_no_series():
    assert proposed(field("exchange", "ref"), "alpha", None) is None


def test_that_a_series_refuses_the_values_a_field_cannot_hold(document, texts, world, columns):
    founded = columns("organisation", "founded_year")[0]
    series = Series(9998, Decimal(1), Unit.NUMBER)
    ids = [world.alpha, world.beta, world.gamma]

    revision = fill_series(document.read, texts, "organisation", ids, founded, series)

    assert [change.after.founded_year for change in revision.changes] == [9998, 9999]
    assert [str(one.sentence) for one in revision.refusals] == [
        "Founded lies between 1000 and 9999."
    ]


@pytest.mark.parametrize(
    ("replacement", "before", "after"),
    [
        (Replacement("gmbh", "AG"), "Gamma GmbH, GMBH", "Gamma AG, AG"),
        (Replacement("gmbh", "AG", match_case=True), "Gamma GmbH", None),
        (Replacement("Gamma", "Delta", whole=True), "Gamma GmbH", None),
        (Replacement("gamma gmbh", "Delta", whole=True), "Gamma GmbH", "Delta"),
        (Replacement(".", r"\1"), "a.b", r"a\1b"),
        (Replacement("", "x", whole=True), "", "x"),
        (Replacement("", "x"), "abc", None),
    ],
)
def test_that_texts_are_replaced_literally(replacement, before, after):
    assert replacement.applied(before) == after


@pytest.mark.usefixtures("world")
def test_that_replacing_changes_only_where_it_is_found(document, texts, columns, differences):
    name = columns("organisation", "name")[0]
    ids = ids_of(document.read, Query("organisation"))

    revision = replace_all(
        document.read, texts, "organisation", ids, name, Replacement("GmbH", "AG")
    )

    assert differences(revision) == [("Gamma GmbH", "name", "Gamma GmbH", "Gamma AG")]


def test_that_a_replacement_in_a_day_must_be_a_day(document, texts, world, columns, refused):
    start = columns("exchange", "start")[0]
    ids = [world.first, world.second]

    revision = replace_all(document.read, texts, "exchange", ids, start, Replacement("-16", "-46"))

    assert list(refused(revision)) == [("SCT-2021-001", "From")]
    assert revision.changes == ()


def test_that_one_organisation_replaces_another_by_name(document, texts, world, columns):
    host = columns("exchange", "ho")[0]
    ids = ids_of(document.read, Query("exchange"))

    revision = replace_all(
        document.read,
        texts,
        "exchange",
        ids,
        host,
        Replacement("Gamma GmbH", "Klaster K", whole=True),
    )

    assert [change.after.ho for change in revision.changes] == [world.cluster]
