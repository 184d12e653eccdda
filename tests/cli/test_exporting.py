"""Exports from the command line: for a period, in a language, and brought back."""

import json
import subprocess
import sys
from itertools import pairwise

import openpyxl
import pytest


def first_sheet(path):
    return list(openpyxl.load_workbook(path).worksheets[1].iter_rows(values_only=True))


def test_that_a_period_and_a_language_can_be_asked_for(imported, run, tmp_path):
    out = tmp_path / "register.xlsx"

    code, _, err = run(
        *("export", imported, "exchange-register", out),
        *("--from", "2022-01-01", "--to", "2022-12-31", "--lang", "es"),
    )

    assert (code, err) == (0, "")
    rows = first_sheet(out)
    starts = [row[rows[4].index("Inicio")] for row in rows[5:]]
    assert {day.year for day in starts if hasattr(day, "year")} == {2022}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--lang", "fr"], "Reports are written in en, de, es, ca, bg, it, not in fr."),
        (["--from", "31.01.2022"], "is no day; write it as 2022-03-31"),
        (["--from", "2022-02-01", "--to", "2022-01-01"], "The period ends before it begins."),
        (["--empty"], "The exchange-register is not to be filled in. Leave --empty out."),
    ],
)
def test_that_a_wrong_wish_gets_one_sentence(imported, run, tmp_path, options, words):
    out = tmp_path / "register.xlsx"

    code, printed, err = run("export", imported, "exchange-register", out, *options)

    assert (code, printed) == (2, "")
    assert words in err
    assert err.count("\n") == 1
    assert not out.exists()


def test_that_every_report_that_is_listed_can_be_written_and_changes_nothing_back(
    imported, run, tmp_path
):
    _, listed, _ = run("export", "--list")
    codes = [line.split()[0] for line in listed.splitlines()]
    assert {"exchange-register", "exchange", "organisation", "event"} <= set(codes)
    for code in ("exchange-register", "partnership-composition", "exchange"):
        assert code in codes
        out = tmp_path / f"{code}.xlsx"
        assert run("export", imported, code, out)[0] == 0

        done, printed, _ = run("import", imported, out, "--dry-run", "--json")

        counts = json.loads(printed)["counts"]
        assert counts["same"] + counts["skip"] == counts["rows"], code
        assert (done, json.loads(printed)["questions"]) in [(0, []), (1, [])]


def test_that_a_list_for_other_programs_comes_back_too(imported, run, tmp_path):
    path = tmp_path / "organisations.csv"
    command = [sys.executable, "-m", "smartct_desktop", "show", imported, "organisation", "--csv"]
    path.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)

    _, planned, _ = run("import", imported, path, "--dry-run", "--json")

    counts = json.loads(planned)["counts"]
    assert counts["same"] == counts["rows"] > 5


def test_that_an_empty_reference_is_nothing_in_json(imported, run):
    _, out, _ = run("show", imported, "exchange", "--json")

    shown = json.loads(out)[0]
    assert (shown["event"], shown["event_id"]) == (None, None)
    assert shown["vo"]
    assert shown["vo_id"]


def test_that_the_file_of_one_event_is_asked_for_by_name(imported, run, tmp_path):
    out = tmp_path / "event.xlsx"

    code, _, err = run("export", imported, "event-file", out, "--event", "final clusterxchange")
    assert (code, err) == (0, "")
    assert any("Final ClusterXchange webinar" in row for row in first_sheet(out))

    code, _, err = run("export", imported, "event-file", out)
    assert (code, err) == (2, "The event-file is about one event. Say which one: --event NAME.\n")
    code, _, err = run("export", imported, "event-file", out, "--event", "event")
    assert (code, "records of the kind event are called event" in err) == (2, True)
    code, _, err = run("export", imported, "kpi", out, "--event", "webinar")
    assert (code, err) == (2, "The kpi is not about one event. Leave --event out.\n")


def test_that_an_export_about_people_is_noted_and_a_masked_one_is_not(imported, run, tmp_path):
    run("export", imported, "waiting-list", tmp_path / "masked.xlsx", "--masked")
    run("export", imported, "waiting-list", tmp_path / "named.xlsx")

    _, history, _ = run("history", imported)
    newest = history.splitlines()[0]
    assert "export of Waiting list with personal data to named.xlsx  (noted)" in newest
    assert "masked.xlsx" not in history
    code, _, _ = run("undo", imported)
    _, history, _ = run("history", imported)
    assert (code, "named.xlsx  (noted)" in history) == (0, True)


def test_that_a_template_with_names_is_noted_and_an_empty_one_is_not(imported, run, tmp_path):
    partner = ["--partner", "Torino"]
    code, _, err = run(
        "export", imported, "partner-template", tmp_path / "form.xlsx", *partner, "--empty"
    )
    assert (code, err) == (0, "")
    _, history, _ = run("history", imported)
    assert "form.xlsx" not in history

    code, _, err = run("export", imported, "partner-template", tmp_path / "known.xlsx", *partner)

    _, history, _ = run("history", imported)
    assert (code, err) == (0, "It contains personal data, which is noted in the history.\n")
    assert "with personal data to known.xlsx" in history.splitlines()[0]


def test_that_the_list_of_reports_says_what_each_can_be_told(run):
    _, listed, _ = run("export", "--list")

    lines = listed.splitlines()
    after = {line.split()[0]: following.strip() for line, following in pairwise(lines)}
    assert after["attendance-list"] == "--event, OUT.pdf"
    assert after["person-data"] == "--person"
    assert after["partner-template"] == "--partner, --empty"
