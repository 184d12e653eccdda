"""Text files whose encoding or delimiter is not clear: asked, and read again as answered."""

import json
import shutil
from pathlib import Path

import pytest

from smartct_desktop.cli.main import main

HEADINGS = (
    "Ref",
    "Visiting organisation",
    "VO country",
    "Host organisation",
    "HO country",
    "Start",
    "End",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "own.smartct"
    assert main(["new", str(path), "--partnership", "Own"]) == 0
    return path


@pytest.fixture
def document(made, tmp_path):
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture
def planned(document, tmp_path, capsys):
    """The exit code and the plan of a dry run of a text file with these answers."""

    def run(content, answers=None, *, dry=True, name="list.csv"):
        file, given = tmp_path / name, tmp_path / "answers.json"
        file.write_bytes(content)
        given.write_text(json.dumps(answers or {}), encoding="utf-8")
        capsys.readouterr()
        call = ["import", document, file, "--answers", given, "--json"]
        code = main([*map(str, call), *(["--dry-run"] if dry else [])])
        return code, json.loads(capsys.readouterr().out)

    return run


def lines(*rows, delimiter=";", encoding="utf-8"):
    table = [HEADINGS, *rows]
    return "".join(delimiter.join(row) + "\r\n" for row in table).encode(encoding)


def stay(ref, vo):
    return (ref, vo, "Germany", "Bosc Digital, S.L.", "Spain", "15.11.2021", "19.11.2021")


GREEK = stay("X-1", "Άλφα Τεχνική ΑΕ")
PLAIN = stay("X-2", "Adler Optik GmbH")


def questions(plan, topic):
    return [q for q in plan["questions"] if q["topic"] == topic]


def names(plan):
    return {
        record["fields"]["vo"]
        for record in plan["records"]
        if record["kind"] == "exchange" and isinstance(record["fields"].get("vo"), str)
    }


def test_that_an_encoding_that_the_letters_prove_is_told_and_not_asked(planned):
    _, plan = planned(lines(stay("X-1", "Клъстер Зелена Спирка ЕООД"), encoding="cp1251"))

    assert not questions(plan, "encoding")
    assert "IMP-15" in {finding["code"] for finding in plan["findings"]}
    assert names(plan) == {"Клъстер Зелена Спирка ЕООД"}


def test_that_an_encoding_that_letters_leave_open_is_asked_and_its_rows_wait(planned):
    code, plan = planned(lines(GREEK, PLAIN, encoding="iso8859-7"))

    (question,) = questions(plan, "encoding")
    assert code == 3
    assert {"windows-1253", "iso-8859-7"} <= set(question["options"])
    assert question["propose"] == question["options"][0]
    stays = [record for record in plan["records"] if record["kind"] == "exchange"]
    assert {r["source"]["rows"][0]: r["action"] for r in stays} == {2: "wait", 3: "add"}


@pytest.mark.parametrize("encoding", ["iso-8859-7", "iso8859_7", "ISO-8859-7"])
def test_that_the_encoding_that_was_answered_is_the_one_read(planned, encoding):
    content = lines(GREEK, PLAIN, encoding="iso8859-7")
    _, plan = planned(content, {"encoding:list.csv": encoding})

    assert names(plan) >= {"Άλφα Τεχνική ΑΕ"}
    assert not plan.get("unused_answers")


@pytest.mark.parametrize("answers", [{}, {"encoding:list.xls": "iso-8859-7"}])
def test_that_the_encoding_of_a_page_is_asked_where_it_names_none(planned, answers):
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEADINGS, GREEK)
    )
    page = f"<html><table>{cells}</table></html>".encode("iso8859-7")

    code, plan = planned(page, answers, name="list.xls")

    assert bool(questions(plan, "encoding")) is not bool(answers)
    assert (code == 3) is not bool(answers)
    assert names(plan) == {"Άλφα Τεχνική ΑΕ"}


def test_that_an_encoding_that_does_not_exist_is_refused_in_a_sentence(planned):
    code, plan = planned(lines(PLAIN), {"encoding:list.csv": "utf-99"})

    assert code == 2
    assert plan["outcome"] == "refuse"
    assert "utf-99" in plan["message"]


def test_that_the_answer_is_remembered_with_the_file(planned):
    content = lines(GREEK, PLAIN, encoding="iso8859-7")
    planned(content, {"encoding:list.csv": "iso-8859-7"}, dry=False)
    code, again = planned(content)

    assert names(again) >= {"Άλφα Τεχνική ΑΕ"}
    assert code != 3


def test_that_a_comma_between_figures_is_no_delimiter(planned):
    table = "Ref;Visiting organisation;Host organisation;Start;End;Amount EUR\r\n"
    table += "X-1;Adler Optik GmbH;Bosc Digital;15.11.2021;19.11.2021;830,00\r\n" * 1
    _, plan = planned(table.encode())

    assert not questions(plan, "delimiter")
    assert plan["records"][0]["fields"]["vo"].startswith("Adler Optik")


BOTH = (
    "Visiting organisation;Start, End\r\n"
    "Adler Optik;15.11.2021, 19.11.2021\r\n"
    "Weserkran;22.11.2021, 26.11.2021\r\n"
)


def test_that_a_delimiter_that_is_not_clear_is_asked(planned):
    code, plan = planned(BOTH.encode())

    (question,) = questions(plan, "delimiter")
    assert code == 3
    assert {"semicolon", "comma"} <= set(question["options"])


def test_that_a_delimiter_that_makes_no_table_is_obeyed_and_the_file_refused(planned):
    code, plan = planned(BOTH.encode(), {"delimiter:list.csv": "bar"})

    assert code == 2
    assert plan["outcome"] == "refuse"
