"""The command line, as a script or a support call uses it."""

import json
import subprocess
import sys

import openpyxl
import pytest


def test_that_a_new_sample_holds_the_five_clusters_of_the_page(sample, run):
    code, out, err = run("show", sample, "organisation", "--json")
    assert (code, err) == (0, "")
    names = {record["name"] for record in json.loads(out)}
    assert "Netzwerk Energie & Umwelt e. V." in names
    assert "Basque Mobility and Logistics Cluster, MLC ITS Euskadi" in names
    assert len(names) == 5


def test_that_a_document_is_not_overwritten(sample, run):
    before = sample.read_bytes()
    code, out, err = run("new", sample, "--sample")
    assert (code, out) == (2, "")
    assert sample.name in err
    assert sample.read_bytes() == before


def test_that_the_main_job_goes_from_import_to_register(sample, partner_file, run, tmp_path):
    code, out, _err = run("import", sample, partner_file)
    assert code == 3, out
    assert "7 were added" in out
    assert "status_words:Exchanges!V" in out
    register = tmp_path / "register.xlsx"
    assert run("export", sample, "exchange-register", register)[0] == 0
    sheet = openpyxl.load_workbook(register)["Exchanges"]
    cells = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"NEU-21-01", "Auwald Energiedaten GmbH", 830} <= cells


def test_that_importing_the_same_file_again_changes_nothing(sample, partner_file, run):
    run("import", sample, partner_file)
    _code, before, _err = run("show", sample, "exchange", "--json")
    _code, out, _err = run("import", sample, partner_file, "--json")
    counts = json.loads(out)["counts"]
    assert (counts["add"], counts["change"]) == (0, 0)
    assert run("show", sample, "exchange", "--json")[1] == before


def test_that_an_import_is_one_step_that_undo_takes_back(sample, partner_file, run):
    nothing = run("show", sample, "exchange", "--json")[1]
    run("import", sample, partner_file)
    everything = run("show", sample, "exchange", "--json")[1]
    code, out, _err = run("undo", sample)
    assert code == 0
    assert "Exchanges_Leipzig_2021-2022.xlsx" in out
    assert run("show", sample, "exchange", "--json")[1] == nothing
    assert run("redo", sample)[0] == 0
    assert run("show", sample, "exchange", "--json")[1] == everything


def test_that_a_dry_run_writes_nothing_and_its_counts_add_up(sample, partner_file, run):
    before = sample.read_bytes()
    _code, out, _err = run("import", sample, partner_file, "--dry-run", "--json")
    plan = json.loads(out)
    assert plan["format"] == "smartct-plan/1"
    counts = plan["counts"]
    parts = ("add", "change", "same", "wait", "refuse", "skip")
    assert counts["rows"] == sum(counts[part] for part in parts)
    assert sample.read_bytes() == before


def test_that_a_file_that_is_no_workbook_is_refused_in_one_sentence(sample, run, tmp_path):
    wrong = tmp_path / "photo.xlsx"
    wrong.write_bytes(b"\xff\xd8\xff\xe0" + bytes(4000))
    before = sample.read_bytes()
    code, out, err = run("import", sample, wrong)
    assert (code, out) == (2, "")
    assert "photo.xlsx" in err
    assert "Traceback" not in err
    assert sample.read_bytes() == before


def test_that_a_file_that_cannot_be_read_stops_no_other(sample, partner_file, run, tmp_path):
    code, out, _err = run("import", sample, tmp_path / "missing.xlsx", partner_file, "--json")
    missing, read = json.loads(out)
    assert code == 2
    assert missing["outcome"] == "refuse"
    assert "missing.xlsx" in missing["message"]
    assert read["counts"]["add"] == 7
    assert len(json.loads(run("show", sample, "exchange", "--json")[1])) == 7


def test_that_a_report_never_replaces_a_document(sample, run, tmp_path):
    link = tmp_path / "link.xlsx"
    link.symlink_to(sample)
    note = tmp_path / "note.xlsx"
    note.write_text("not a workbook")
    before = sample.read_bytes()
    for target in (sample, link, note, tmp_path / "list.csv"):
        code, out, err = run("export", sample, "exchange-register", target)
        assert (code, out) == (2, ""), target
        assert target.name in err or ".xlsx" in err
    assert sample.read_bytes() == before
    assert note.read_text() == "not a workbook"
    assert not (tmp_path / "list.csv").exists()


def test_that_a_backup_replaces_nothing(sample, run, tmp_path):
    there = tmp_path / "there.smartct"
    assert run("backup", sample, there)[0] == 0
    before = there.read_bytes()
    code, _out, err = run("backup", sample, there)
    assert code == 2
    assert "already a file there.smartct" in err
    assert there.read_bytes() == before


def test_that_history_names_what_was_done_newest_first(sample, partner_file, run):
    run("import", sample, partner_file)
    steps = json.loads(run("history", sample, "--json")[1])
    assert [step["step"] for step in steps] == [2, 1]
    assert steps[0]["file"] == "Exchanges_Leipzig_2021-2022.xlsx"
    assert steps[0]["label"] in run("history", sample)[1]


def test_that_undo_of_an_older_step_says_what_stands_in_the_way(sample, partner_file, run):
    run("import", sample, partner_file)
    code, out, err = run("undo", sample, 1)
    assert code == 1
    assert "names it as Host organisation." in err
    assert "put back, 0 kept, " in out
    steps = json.loads(run("history", sample, "--json")[1])
    assert steps[0]["about"] == {"step": 1, "relation": "undoes in part"}
    assert steps[2]["answered_by"] == {"step": 3, "relation": "undoes in part"}
    assert "(partly undone by step 3)" in run("history", sample)[1]
    assert run("undo", sample)[0] == 0
    assert run("undo", sample, 9) == (2, "", "There is no step 9.\n")


def test_that_undo_with_nothing_left_says_so(tmp_path, run):
    path = tmp_path / "own.smartct"
    run("new", path, "--partnership", "Ours")
    assert run("undo", path)[0] == 0
    code, out, err = run("undo", path)
    assert (code, out) == (2, "")
    assert err.strip()


def test_that_a_whole_document_is_found_whole(sample, run):
    code, out, err = run("check", sample)
    assert (code, out.splitlines()[0], err) == (1, "The document is whole.", "")
    assert json.loads(run("check", sample, "--json")[1])["integrity"] == []


def test_that_an_empty_document_has_nothing_to_find(tmp_path, run):
    path = tmp_path / "own.smartct"
    run("new", path, "--partnership", "Ours")

    assert run("check", path) == (0, "The document is whole.\n", "")
    assert json.loads(run("check", path, "--json")[1])["findings"] == []


def test_that_the_findings_of_the_rules_are_listed(sample, run):
    code, out, _ = run("check", sample, "--json")
    findings = json.loads(out)["findings"]

    assert code == 1
    assert {finding["code"] for finding in findings} >= {"EVT-06", "EVT-07"}
    (named,) = {tuple(finding) for finding in findings}
    assert named == ("code", "severity", "kind", "record", "caption", "field", "message")
    lines = run("check", sample)[1].splitlines()[1:]
    assert len(lines) == len(findings)
    assert all(finding["message"] in line for finding, line in zip(findings, lines, strict=True))


def test_that_a_backup_can_be_opened(sample, run, tmp_path):
    copy = tmp_path / "copy.smartct"
    assert run("backup", sample, copy)[0] == 0
    assert run("show", copy, "event")[1] == run("show", sample, "event")[1]


def test_that_filtering_shows_only_matching_records(sample, run):
    _code, out, _err = run("show", sample, "organisation", "--filter", "cluster digital")
    assert "Clúster Digital de Catalunya" in out
    assert "Torino" not in out


def test_that_csv_is_for_spreadsheets(sample):
    command = [
        sys.executable,
        "-m",
        "smartct_desktop",
        "show",
        str(sample),
        "organisation",
        "--csv",
    ]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    assert "Clúster Digital de Catalunya".encode() in done.stdout


def test_that_figures_are_explained(sample, partner_file, run):
    run("import", sample, partner_file)
    code, out, _err = run("figures", sample, "--explain", "EXCH_VALIDATED_VOP")
    assert code == 0
    assert "6 counted" in out
    assert "its status is Cancelled" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "DOC", "colour"], "no records of kind colour"),
        (["export", "DOC", "poem", "x.xlsx"], "no report poem"),
        (["export", "DOC"], "--list"),
        (["figures", "DOC", "--explain", "X"], "no figure X"),
        (["show", "missing.smartct", "event"], "missing.smartct"),
        (["new", "own.xlsx", "--partnership", "A"], ".smartct"),
        (["import", "DOC", "missing.xlsx"], "missing.xlsx"),
        (["import", "DOC"], "FILE"),
        (["import", "DOC", "x.xlsx", "--kind", "poem"], "no lists of kind poem"),
        (["dance"], "dance"),
        ([], "COMMAND"),
    ],
)
def test_that_a_wrong_call_gets_one_sentence(sample, run, arguments, words):
    code, out, err = run(*[sample if argument == "DOC" else argument for argument in arguments])
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


def test_that_the_command_line_never_loads_the_windows_libraries(sample):
    program = (
        "import sys; from smartct_desktop.cli.main import main;"
        f"main(['show', {str(sample)!r}, 'event']);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
