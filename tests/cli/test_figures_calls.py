"""The figures of a part of the work, by the command line: a period, a partner."""

import json
from contextlib import closing

import pytest

from smartct_desktop.services.opening import open_document
from smartct_desktop.services.own_partnership import own_partnership

EXCHANGES = "EXCH_VALIDATED_VOP"


@pytest.fixture
def counted(imported, run):
    """Gives what prints figures: code, output, messages."""
    return lambda *arguments: run("figures", imported, *arguments)


def value(told, code=EXCHANGES):
    return next(figure["value"] for figure in json.loads(told[1]) if figure["code"] == code)


def explained(told):
    found = json.loads(told[1])
    return set(found["counted"]), {one["record"]: one["why"] for one in found["not_counted"]}


def test_that_the_periods_of_a_year_add_up_to_it(counted):
    year = value(counted("--from", "2021-01-01", "--to", "2021-12-31", "--json"))
    halves = [
        value(counted("--from", "2021-01-01", "--to", "2021-06-30", "--json")),
        value(counted("--from", "2021-07-01", "--to", "2021-12-31", "--json")),
    ]
    assert year == sum(halves) > 0
    until = value(counted("--to", "2021-12-31", "--json"))
    since = value(counted("--from", "2022-01-01", "--json"))
    assert until + since == value(counted("--json"))


def test_that_what_is_outside_the_period_says_so(counted):
    whole, _ = explained(counted("--explain", EXCHANGES, "--json"))
    inside, left_out = explained(counted("--explain", EXCHANGES, "--to", "2021-12-31", "--json"))
    assert inside < whole
    assert all("after the period" in left_out[record] for record in whole - inside)


def test_that_a_partner_is_found_by_part_of_its_name(counted):
    whole = counted("--partner", "Netzwerk Energie & Umwelt e. V.", "--json")
    part = counted("--partner", "energie", "--json")
    assert whole[0] == part[0] == 0
    assert value(whole) == value(part)
    shares = [value(counted("--partner", name, "--json")) for name in ("Basque", "Torino")]
    assert value(whole) + sum(shares) <= value(counted("--json"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--partner", "Nobody"], "Netzwerk Energie"),
        (["--partner", "cluster"], "No single partner is called cluster"),
        (["--from", "31.12.2021"], "write it as 2022-03-31"),
        (["--to", "2021-02-30"], "2021-02-30 is not a day"),
        (["--from", "2022-01-01", "--to", "2021-01-01"], "before it begins"),
        (["--explain", "EXCH"], "no figure EXCH"),
    ],
)
def test_that_a_wrong_part_gets_one_sentence_and_no_figures(counted, arguments, words):
    code, out, err = counted(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


def test_that_without_an_own_partnership_there_are_figures_but_no_partners(counted, imported):
    with closing(open_document(imported)) as document:
        own = own_partnership(document.read)
        with document.edit("not ours") as edit:
            edit.set(own, "own", None)
    told = counted("--json")
    assert told[0] == 0
    assert value(told, "EVENTS_HELD") == 6
    assert value(told, "CLUSTERS_LABELLED") == 0
    assert all(figure["target"] is None for figure in json.loads(told[1]))
    code, out, err = counted("--partner", "Basque")
    assert (code, out) == (2, "")
    assert "this document has no partners" in err
