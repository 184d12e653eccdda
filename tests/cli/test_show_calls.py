"""Making documents and listing records from the command line."""

import json

import pytest


def test_that_a_partnership_without_a_name_is_called_like_the_file(run, tmp_path):
    path = tmp_path / "Nordlicht.smartct"
    code, out, _ = run("new", path)
    assert (code, out) == (0, f"Made {path} for Nordlicht.\n")
    (partnership,) = json.loads(run("show", path, "partnership", "--json")[1])
    assert partnership["acronym"] == "Nordlicht"


def test_that_records_are_filtered_as_in_the_window(run, sample):
    code, out, _ = run("show", sample, "organisation", "--json", "--filter", "country:ES,BG")
    assert code == 0
    assert {one["country"] for one in json.loads(out)} == {"ES", "BG"}
    found = json.loads(run("show", sample, "organisation", "--json", "--filter", "torino")[1])
    assert [one["name"] for one in found] == ["Fondazione Torino Wireless"]


def test_that_a_filter_that_is_not_understood_is_refused_with_what_may_be_meant(run, sample):
    code, out, err = run("show", sample, "organisation", "--filter", "countri:ES")
    assert (code, out) == (2, "")
    assert "countri" in err
    assert "Country" in err


@pytest.mark.parametrize(
    ("filter_", "why"),
    [
        ("a" * 2001, "A filter has 2000 signs at most."),
        (" ".join(f"w{n}" for n in range(101)), "A filter has 100 words and texts to look for"),
    ],
)
def test_that_a_filter_beyond_measure_is_refused_rather_than_cut(run, sample, filter_, why):
    code, out, err = run("show", sample, "organisation", "--filter", filter_)
    assert (code, out) == (2, "")
    assert why in err
    assert len(err.splitlines()) == 1


def test_that_one_form_is_chosen_for_the_output(run, sample):
    code, out, err = run("show", sample, "organisation", "--json", "--csv")
    assert (code, out) == (2, "")
    assert "--csv" in err


def test_that_nothing_found_is_one_line(run, sample):
    assert run("show", sample, "exchange", "--filter", "nowhere") == (0, "0 exchanges\n", "")
