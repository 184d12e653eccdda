"""Every rule of the catalogue: one case that raises it, and one like it that does not."""

import datetime as dt

import pytest

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.rule_catalog import ASIDE, BY_CODE, KINDS, LINKS, RULES
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.event import EventStatus
from smartct_desktop.domain.records.exchange import ExchangeStatus
from tests.services.other_rule_cases import event_case, organisation_case
from tests.services.rule_cases import (
    BEFORE,
    CASES,
    LATER,
    VIRTUAL,
    About,
    exchange_case,
    stay,
)


def said(code, case):
    return list(BY_CODE[code].findings(case))


@pytest.mark.parametrize("code", BY_CODE)
def test_that_a_rule_speaks_when_it_is_broken_and_is_silent_otherwise(code, facts):
    make, broken, kept = CASES[code]

    (finding,) = said(code, make(broken, facts))
    assert said(code, make(kept, facts)) == []
    assert finding.code == code
    assert "{" not in finding.sentence
    schema = schema_of(BY_CODE[code].kind)
    assert finding.field in {"", *schema.by_name}


@pytest.mark.parametrize(
    ("kind", "make", "good"),
    [
        ("exchange", exchange_case, About()),
        ("organisation", organisation_case, {}),
        ("event", event_case, {"status": EventStatus.HELD}),
    ],
)
def test_that_no_rule_has_anything_to_say_of_what_is_good(kind, make, good, facts):
    case = make(good, facts)

    assert [rule.code for rule in RULES if rule.kind == kind and said(rule.code, case)] == []


def test_that_every_rule_has_a_row_that_explains_it(facts):
    assert len(BY_CODE) == len(RULES) + len(ASIDE)
    for rule in (*RULES, *ASIDE):
        assert rule.title
        assert rule.sentence.endswith(".")
        assert rule.todo.endswith(".")
        assert set(rule.source.split("; ")) <= {*facts.sources, "own reading"}
        assert rule.kind in {*KINDS, "partnership"}


def test_that_links_lead_along_fields_that_exist():
    for link in LINKS:
        for kind, name in ((link.kind, link.field), (link.of_kind, link.of_field)):
            assert name == "id" or name in schema_of(kind).by_name
        assert set(link.watched) <= set(schema_of(link.kind).by_name)


def test_that_an_unknown_end_of_the_period_makes_it_a_doubt_only(facts):
    planned = {"planned_months": 6}
    (doubt,) = said("DUR-06", exchange_case(About(own=planned), facts))
    (error,) = said("DUR-06", exchange_case(About(own={"ends_on": dt.date(2020, 8, 3)}), facts))

    assert (doubt.severity, error.severity) == (Severity.WARNING, Severity.ERROR)


def test_that_the_country_of_the_establishment_counts(facts):
    based = About(visitor={"country": "ES", "base_country": "BG"})

    assert said("ELG-03", exchange_case(based, facts)) == []


def test_that_a_report_that_is_there_but_not_validated_keeps_money_back(facts):
    early = stay(
        status=ExchangeStatus.REPS, paid_on=LATER, vo_report=True, vo_report_validated_on=None
    )

    assert [f.code for f in said("PAY-01", exchange_case(early, facts))] == ["PAY-01"]
    assert said("DOC-06", exchange_case(early, facts)) == []


def test_that_of_two_physical_visits_the_later_one_is_one_too_many(facts):
    later = {"start": dt.date(2022, 1, 11), "end": dt.date(2022, 1, 13), "ho": new_id()}

    assert said("ELG-08", exchange_case(About(others=(later,)), facts)) == []
    cancelled = {**BEFORE, "status": ExchangeStatus.CANC}
    assert said("ELG-08", exchange_case(About(others=(cancelled,)), facts)) == []


@pytest.mark.parametrize(
    ("missing", "lack"),
    [
        ({"status": ExchangeStatus.CTQ, "ctq_hop_on": None}, "host's partnership has not signed"),
        ({"status": ExchangeStatus.FAA, "agreement_vo_on": None}, "the visitor has not signed"),
        (
            {"status": ExchangeStatus.REPS, "vo_report": None, "vo_report_validated_on": None},
            "the visitor's report is missing",
        ),
        ({"status": ExchangeStatus.VAL, "evidence": None}, "evidence of the stay is missing"),
        ({"status": ExchangeStatus.PAYDUE, "evidence": None}, "evidence of the stay is missing"),
        ({"status": ExchangeStatus.FAA, **VIRTUAL}, "neither agreement nor payment"),
    ],
)
def test_that_a_state_that_was_only_typed_says_what_is_missing(missing, lack, facts):
    (finding,) = said("STA-01", exchange_case(stay(paid_on=None, **missing), facts))

    assert lack in finding.sentence


def test_that_a_virtual_exchange_is_validated_without_evidence(facts):
    virtual = stay(status=ExchangeStatus.VAL, evidence=None, paid_on=None, **VIRTUAL)

    assert said("STA-01", exchange_case(virtual, facts)) == []
