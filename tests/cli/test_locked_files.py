"""Partners' files with a password, on the command line."""

import json

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from smartct_desktop.cli.main import main
from smartct_desktop.system.resources import resource


@pytest.fixture
def document(sample):
    return sample


@pytest.fixture
def locked(tmp_path):
    path = tmp_path / "Stays.xlsx"
    plain = resource("sample/Exchanges_Leipzig_2021-2022.xlsx")
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("Schlüssel", target)
    return path


def planned(document, file, tmp_path, capsys, answers):
    """The exit code and the plan of a dry run with these answers."""
    given = tmp_path / "answers.json"
    given.write_text(json.dumps(answers), encoding="utf-8")
    capsys.readouterr()
    call = ["import", document, file, "--answers", given, "--dry-run", "--json"]
    code = main([str(part) for part in call])
    return code, json.loads(capsys.readouterr().out)


def test_that_the_password_of_a_file_is_asked_for(document, locked, tmp_path, capsys):
    code, plan = planned(document, locked, tmp_path, capsys, {})

    assert code == 3
    assert plan["outcome"] == "import_with_questions"
    (question,) = plan["questions"]
    assert (question["id"], question["topic"]) == ("password:Stays.xlsx", "password")
    assert plan["counts"]["rows"] == 0


def test_that_a_wrong_password_is_asked_for_again(document, locked, tmp_path, capsys):
    code, plan = planned(document, locked, tmp_path, capsys, {"password:Stays.xlsx": "falsch"})

    assert code == 3
    assert plan["message"].startswith("This password does not open Stays.xlsx.")


def test_that_the_right_password_opens_the_file_and_is_kept_nowhere(
    document, locked, tmp_path, capsys
):
    answers = {"password:Stays.xlsx": "Schlüssel"}
    _, plan = planned(document, locked, tmp_path, capsys, answers)

    assert plan["counts"]["rows"] == 15
    assert not any(question["topic"] == "password" for question in plan["questions"])
    (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    main(["import", str(document), str(locked), "--answers", str(tmp_path / "answers.json")])
    assert "Schlüssel".encode() not in document.read_bytes()
