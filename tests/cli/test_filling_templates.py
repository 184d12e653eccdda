"""A funder's template filled from the command line: listed, mapped, written."""

import json

import openpyxl
import pytest

from smartct_desktop.services.opening import new_sample
from smartct_desktop.services.programme import ProgrammeFacts
from tests.spreadsheets.workbooks import new_book


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("work") / "s.smartct"
    new_sample(path, ProgrammeFacts()).close()
    return path


@pytest.fixture
def template(tmp_path):
    def template_(**cells):
        path = tmp_path / "form.xlsx"
        workbook = new_book(path)
        form = workbook.add_worksheet("Form")
        for cell, text in cells.items():
            form.write(cell, text)
        form.add_table(
            "D1:E3", {"name": "Clusters", "columns": [{"header": "Name"}, {"header": "Q"}]}
        )
        workbook.close()
        return path

    return template_


def test_that_a_template_is_filled_for_a_period_and_a_partner(run, sample, template, tmp_path):
    path, out = template(A1="{{period}}", A2="{{partner.name}}"), tmp_path / "out.xlsx"
    code, told, err = run(
        *("fill", sample, path, out, "--from", "2022-01-01", "--to", "2022-06-30"),
        *("--lang", "de", "--partner", "Energie & Umwelt"),
    )
    assert (code, told, err) == (0, f"Wrote {out}.\n", "")
    form = openpyxl.load_workbook(out)["Form"]
    assert form["A1"].value == "01.01.2022 bis 30.06.2022"
    assert form["A2"].value == "Netzwerk Energie & Umwelt e. V."


def test_that_the_list_as_json_is_a_map_that_can_be_changed_and_given_back(
    run, sample, template, tmp_path
):
    path, out, kept = template(A1="{{perod}}"), tmp_path / "out.xlsx", tmp_path / "map.json"
    code, listed, _ = run("fill", sample, path, "--list", "--json")
    said = json.loads(listed)
    assert (code, said["places"]) == (1, {"perod": "perod"})

    said["places"]["perod"] = "period.to"
    said["regions"]["Clusters"] = {"list": "cluster", "columns": {"Name": "name", "Q": "country"}}
    kept.write_text(json.dumps(said))
    code, _, err = run("fill", sample, path, out, "--map", kept, "--to", "2022-06-30")
    assert code == 0
    assert "Clusters: behind the 2 prepared rows, 3 are added." in err
    form = openpyxl.load_workbook(out)["Form"]
    assert form.tables["Clusters"].ref == "D1:E6"
    assert f"{form['A1'].value:%d.%m.%Y}" == "30.06.2022"


def test_that_a_list_says_what_fills_each_place_and_what_stays(run, sample, template):
    code, listed, _ = run("fill", sample, template(A1="{{exchanges.validated.target}}"), "--list")
    assert code == 0
    assert "Form!A1" in listed
    assert "50" in listed
    assert "stays as it is: Name, Q" in listed
    assert "Nothing is lost" in listed


def test_that_what_is_in_the_way_is_said_and_nothing_is_written(run, sample, template, tmp_path):
    out = tmp_path / "out.xlsx"
    code, told, err = run("fill", sample, template(A1="{{perod}}", A2="{{x}}"), out)
    assert (code, told) == (2, "")
    assert err == (
        "Form!A1 asks for perod, which is not known; the nearest name is period.\n"
        "Form!A2 asks for x, which is not known.\n"
    )
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "Say into which file"),
        (["out.xlsx", "--lang", "fr"], "not in fr"),
        (["out.xlsx", "--from", "2022-02-01", "--to", "2022-01-01"], "ends before it begins"),
        (["out.xlsx", "--map", "none.json"], "none.json cannot be read"),
        (["out.xlsx", "--partner", "Nobody"], "No single partner is called Nobody"),
    ],
)
def test_that_a_wrong_call_is_answered_with_a_sentence(run, sample, template, options, words):
    code, _, err = run("fill", sample, template(A1="{{period}}"), *options)
    assert code == 2
    assert words in err
