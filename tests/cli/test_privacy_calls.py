"""Personal data on the command line; what is written is private, and nothing goes to a network."""

import json
import os
import subprocess
import sys

import pytest

from smartct_desktop.cli.main import main
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.opening import new_partnership

WITHOUT_NETWORK = """
import sys
def refuse(name, arguments):
    if name.startswith("socket."):
        raise RuntimeError(name)
sys.addaudithook(refuse)
from smartct_desktop.__main__ import main
sys.argv = ["smartct", *sys.argv[1:]]
code = main()
assert "PySide6.QtNetwork" not in sys.modules
sys.exit(code)
"""


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("SMARTCT_HOME", str(tmp_path / "home"))
    path = tmp_path / "a.smartct"
    document = new_partnership(path, "Marker")
    with document.edit("x") as edit:
        edit.add(Person(name="Ada Quxenborg", email="aq@marker.example"))
    document.close()
    return path


def test_that_a_trial_says_what_would_go_and_changes_nothing(path, capsys):
    before = path.read_bytes()
    assert main(["forget", str(path), "Quxenborg", "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["records"] == {"person": 1}
    assert told["ground"] == "not needed"
    assert path.read_bytes() == before


def test_that_a_person_is_forgotten_with_a_certificate(path, capsys):
    assert main(["forget", str(path), "Quxenborg"]) == 2
    assert "--reason" in capsys.readouterr().err
    assert main(["forget", str(path), "Quxenborg", "--reason", "asked"]) == 0
    assert b"Quxenborg" not in path.read_bytes()
    certificate = path.with_name("a erasure.txt").read_text(encoding="utf-8")
    assert "CERTIFICATE" in certificate
    assert "Quxenborg" not in certificate + capsys.readouterr().out


def test_that_a_copy_without_personal_data_is_written(path, tmp_path):
    out = tmp_path / "b.smartct"
    assert main(["anonymise", str(path), str(out)]) == 0
    assert b"Quxenborg" not in out.read_bytes()
    assert main(["anonymise", str(path), str(out)]) == 2


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
def test_that_all_that_is_written_is_private_and_no_socket_is_opened(tmp_path):
    home = tmp_path / "home"
    environment = {**os.environ, "SMARTCT_HOME": str(home)}
    made = tmp_path / "made"
    made.mkdir()

    def call(*words):
        subprocess.run(
            [sys.executable, "-c", WITHOUT_NETWORK, *map(str, words)],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    document = made / "a.smartct"
    call("new", document, "--sample")
    call("export", document, "kpi", made / "kpi.xlsx")
    call("backup", document)
    written = [*made.rglob("*"), *home.rglob("*")]
    assert len(written) > 3
    open_ones = [p.name for p in written if p.stat().st_mode & 0o077]
    assert open_ones == []


def test_that_the_use_of_the_data_of_a_person_is_restricted_and_free_again(path, capsys):
    assert main(["restrict", str(path), "Quxenborg", "--because", "contested"]) == 0
    assert "restricted from today on" in capsys.readouterr().out
    assert main(["forget", str(path), "Quxenborg", "--dry-run"]) == 1
    assert "contested" in capsys.readouterr().out
    assert main(["export", str(path), "person", str(path.with_suffix(".xlsx"))]) == 0
    assert main(["restrict", str(path), "Quxenborg", "--because", "again"]) == 2
    assert "restricted already" in capsys.readouterr().err
    assert main(["restrict", str(path), "Quxenborg", "--lift"]) == 0
    assert main(["forget", str(path), "Quxenborg", "--dry-run"]) == 0
