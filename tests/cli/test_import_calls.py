"""The import command, called in ways that are wrong or have to be answered."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it does not declare its annotations

from tests.services.importing.books import EXCHANGE_HEADINGS, exchange


@pytest.fixture
def doc(sample):
    return sample


@pytest.fixture
def run(doc, run):
    """Import into the document; gives exit code, standard output and standard error."""
    return lambda *arguments: run("import", doc, *arguments)


def write(path, *rows, headings=EXCHANGE_HEADINGS):
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "dd.mm.yyyy"})
        sheet = workbook.add_worksheet("List")
        for number, row in enumerate([headings, *rows]):
            for column, value in enumerate(row):
                if hasattr(value, "year"):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)
    return path


@pytest.fixture
def doubtful(tmp_path):
    """A file whose dates can be read in two ways."""
    row = exchange("A-1", start="03/04/2022", end="03/05/2022", days=2, amount=None)
    return write(tmp_path / "doubtful.xlsx", row)


@pytest.fixture
def answers(tmp_path):
    def write_answers(content):
        path = tmp_path / "answers.json"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8-sig")
        return path

    return write_answers


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["--sender", "Nobody"], "Fondazione Torino Wireless"),
        (["--sheet", "Nowhere"], "List"),
        (["--kind", "nothing"], "exchange"),
    ],
)
def test_that_what_is_not_there_is_refused_with_what_there_is(run, doubtful, call, said):
    code, out, err = run(doubtful, *call)
    assert (code, out) == (2, "")
    assert call[1] in err
    assert said in err


def test_that_a_question_says_where_it_is_and_what_can_be_answered(run, doubtful):
    code, out, _ = run(doubtful, "--dry-run")
    assert code == 3
    assert "question date_order:List!F" in out
    assert "answers: dmy | mdy" in out


def test_that_answers_open_the_rows_that_waited(run, doubtful, answers):
    given = answers({"date_order:List!F": "mdy", "date_order:List!G": "mdy"})
    code, out, _ = run(doubtful, "--answers", given)
    assert code in {0, 1}
    assert "1 were added" in out


@pytest.mark.parametrize("content", ["{", "[1]", {"a": [1]}, {"a": {"b": {"c": 1}}}])
def test_that_a_file_of_answers_that_is_none_is_refused(run, doubtful, answers, content):
    code, out, err = run(doubtful, "--answers", answers(content))
    assert (code, out) == (2, "")
    assert "answers.json" in err


def test_that_an_answer_that_does_not_fit_is_refused_and_nothing_written(run, doubtful, answers):
    code, _, err = run(doubtful, "--answers", answers({"date_order:List!F": "backwards"}))
    assert code == 2
    assert "backwards" in err
    assert "1 wait" in run(doubtful, "--dry-run")[1]


def test_that_an_answer_to_no_question_of_any_file_is_told_once(run, doubtful, answers, tmp_path):
    other = write(tmp_path / "other.xlsx", exchange("B-1", "Bauer GmbH"))
    given = answers({"date_order:List!F": "mdy", "date_order:List!G": "mdy", "typo:List": 1})
    out = run(doubtful, other, "--answers", given)[1]
    assert out.count("belongs to no question") == 1
    assert "typo:List" in out


def test_that_sensitive_columns_are_not_taken_whoever_says_so(run, answers, tmp_path):
    rows = [*exchange(), "nuts"]
    path = write(tmp_path / "diet.xlsx", rows, headings=[*EXCHANGE_HEADINGS, "Allergies"])
    code, _, err = run(path, "--answers", answers({"what_is_this_column:List!L": "remark"}))
    assert code == 2
    assert "must not be kept" in err
    assert "nuts" not in err


def test_that_json_is_one_document_though_a_file_is_refused(run, doubtful, tmp_path):
    (tmp_path / "not a table.xlsx").write_bytes(b"PK\x03\x04 cut off")
    code, out, err = run(tmp_path / "not a table.xlsx", doubtful, "--dry-run", "--json")
    assert (code, err) == (2, "")
    assert [one["outcome"] for one in json.loads(out)] == ["refuse", "import_with_questions"]


def test_that_a_folder_is_named_when_it_is_given_for_a_file(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(".")
    assert code == 2
    assert tmp_path.name in err


def many(path, rows=3000):
    return write(path, *(exchange(f"A-{n}", f"Firma {n} GmbH") for n in range(rows)))


@pytest.fixture
def on_terminal(doc):
    """Starts an import whose standard error is a terminal; gives process and terminal."""
    pty = pytest.importorskip("pty")
    screen, terminal = pty.openpty()
    processes = []

    def start(*arguments):
        command = [sys.executable, "-m", "smartct_desktop", "import", str(doc)]
        process = subprocess.Popen(
            [*command, *map(str, arguments)], stdout=subprocess.PIPE, stderr=terminal
        )
        processes.append(process)
        os.close(terminal)
        return process, screen

    yield start
    os.close(screen)
    for process in processes:
        process.kill()
        process.communicate()


def shown_on(screen):
    """What a terminal shows until its program ends."""
    shown = b""
    try:
        while piece := os.read(screen, 4096):
            shown += piece
    except OSError:  # so Linux tells the end of a terminal
        pass
    return shown.decode(errors="replace")


def test_that_ctrl_c_stops_an_import_and_nothing_is_written(doc, on_terminal, tmp_path):
    before = doc.read_bytes()
    process, screen = on_terminal(many(tmp_path / "many.xlsx"))
    os.read(screen, 1)  # it is at work as soon as it shows anything
    process.send_signal(signal.SIGINT)
    assert "Stopped; nothing was written." in shown_on(screen)
    assert process.wait(timeout=60) == 130
    assert doc.read_bytes() == before


def test_that_a_terminal_sees_how_far_long_work_is(on_terminal, tmp_path):
    process, screen = on_terminal(many(tmp_path / "many.xlsx"), "--dry-run")
    out = process.stdout.read()
    shown = shown_on(screen)
    lines = shown.split("\r\x1b[K")
    assert len(set(lines)) > 2  # which stages last long enough to be seen, the machine decides
    assert any(re.fullmatch(r"\D+ \d{1,3} %", line) for line in lines)
    assert shown.endswith("\x1b[K")
    assert b"3000 rows" in out
