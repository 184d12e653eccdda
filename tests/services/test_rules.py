"""Every rule of the catalogue: one case that raises it, and one like it that does not."""

import datetime as dt
import re
from pathlib import Path

import pytest

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.programme.door_codes import DOOR_CODES
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


SEVERITIES = """
ORG E W E W W W I E W W W W E W W I
ELG E E E E E E E E I W E W I W W
DUR E E E W W E E W E E W I W
AMT E E E E W W E W E W W W W E
PAY E E E E W W W W
DOC E E W W W W W W W W W
STA E W W W I
KPI E I I W W
EVT E E W W W W W W W I
IMP E E W E I W E W E W W W I W W W W I W W E W
GDP E W W W E W W
"""


def test_that_each_code_matters_as_much_as_the_list_says():
    listed = {}
    for line in SEVERITIES.split("\n"):
        part, *letters = line.split() or [""]
        listed |= {f"{part}-{n:02}": letter for n, letter in enumerate(letters, start=1)}
    assert len(listed) == 126
    found = {code: rule.severity.name[0] for code, rule in {**BY_CODE, **DOOR_CODES}.items()}

    assert found == listed | {
        "DUR-03b": "W",
        "ELG-08b": "W",
        "GDP-07b": "W",
        "RUL-01": "E",
    }


def test_that_what_the_import_says_has_a_code_of_the_list():
    folder = Path(__file__).parents[2] / "smartct_desktop" / "services" / "importing"
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    used = {code for text in texts for code in re.findall(r'"([A-Z]{3}-\d\d)"', text)}

    assert used <= {*BY_CODE, *DOOR_CODES}
    assert {code for code in DOOR_CODES if code[:3] == "IMP"} - used == {"IMP-06"}


def test_that_only_four_rules_can_be_waived():
    assert {r.code for r in (*RULES, *ASIDE) if r.waivable} == {
        *("ELG-04", "ELG-05", "ELG-07", "ELG-08")
    }


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


def test_that_a_state_names_all_that_is_missing(facts):
    bare = stay(status=ExchangeStatus.REPDUE, start=None, end=None, amount_cents=None, paid_on=None)
    (finding,) = said("STA-01", exchange_case(bare, facts))

    for lack in ("the start is not known", "the end is not known", "the amount is not agreed"):
        assert lack in finding.sentence
    assert "{" not in finding.sentence


def test_that_a_virtual_exchange_is_validated_without_evidence(facts):
    virtual = stay(status=ExchangeStatus.VAL, evidence=None, paid_on=None, **VIRTUAL)

    assert said("STA-01", exchange_case(virtual, facts)) == []
