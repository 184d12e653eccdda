"""Merging a copy of a document from the command line."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from smartct_desktop.cli.main import main
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.opening import new_partnership, open_document
from tests.services.steps import add, change


@pytest.fixture
def copies(tmp_path):
    """Two copies: the same firm lives elsewhere in each, and one has another firm."""
    ours, theirs = tmp_path / "ours.smartct", tmp_path / "theirs.smartct"
    firm = Organisation(name="Firm")
    with closing(new_partnership(ours, "Ours")) as document:
        add(document, firm)
        document.save_copy(theirs)
        change(document, firm, city="Bonn")
    with closing(open_document(theirs)) as document:
        change(document, firm, city="Köln", remark="moved")
        add(document, Organisation(name="Other"))
    return str(ours), str(theirs), firm


def told(capsys, *call):
    code = main([*call, "--json"])
    return code, json.loads(capsys.readouterr().out)


def stored(path, firm):
    with closing(open_document(Path(path), read_only=True)) as document:
        return document.read.get(Organisation, firm.id)


def test_that_open_questions_are_told_and_nothing_is_written(copies, capsys):
    ours, theirs, firm = copies
    code, plan = told(capsys, "merge", ours, theirs, "--accept-proposals")
    assert (code, plan["outcome"]) == (3, "questions")
    (question,) = plan["questions"]
    assert question["item"] == f"organisation/{firm.id}/city"
    assert question["options"] == {"ours": "Ours: Bonn", "theirs": "Theirs: Köln"}
    assert plan["counts"]["add"] == {"organisation": 1}
    assert [step["label"] for step in plan["theirs"]] == ["change", "addition"]
    assert stored(ours, firm).remark is None
    assert main(["merge", ours, theirs]) == 3
    words = capsys.readouterr().out
    assert "City of Organisation Firm was set here and in the copy." in words
    assert "1 question is open; nothing was changed." in words


def test_that_answers_merge_and_a_second_merge_has_nothing_to_do(copies, tmp_path, capsys):
    ours, theirs, firm = copies
    answers = tmp_path / "answers.json"
    answers.write_text(
        json.dumps({"same_field": {f"organisation/{firm.id}/city": "theirs"}, "same_recrd": "same"})
    )
    call = ("merge", ours, theirs, "--answers", str(answers))
    code, plan = told(capsys, *call, "--dry-run")
    assert (code, plan["outcome"]) == (0, "planned")
    assert plan["unused_answers"] == [["same_recrd", ""]]
    assert stored(ours, firm).city == "Bonn"
    assert main([*call]) == 0
    words = capsys.readouterr().out
    assert "Organisations: 1 added, 1 changed" in words
    assert "The answer to same_recrd belongs to no question." in words
    assert "Merged theirs.smartct as one step" in words
    assert (stored(ours, firm).city, stored(ours, firm).remark) == ("Köln", "moved")
    assert told(capsys, "merge", ours, theirs)[1]["outcome"] == "nothing"
    assert main(["undo", ours]) == 0
    assert (stored(ours, firm).city, stored(ours, firm).remark) == ("Bonn", None)


def test_that_what_is_no_copy_is_refused_in_one_sentence(copies, tmp_path, capsys):
    ours, _, _ = copies
    other = tmp_path / "other.smartct"
    new_partnership(other, "Theirs").close()
    assert main(["merge", ours, str(other)]) == 2
    assert "other.smartct is no copy of this document." in capsys.readouterr().err
    assert main(["merge", ours, ours]) == 2
    assert "is the open document itself" in capsys.readouterr().err
