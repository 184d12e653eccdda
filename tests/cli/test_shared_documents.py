"""Commands on a document that somebody else has open, or may have."""

import json

import pytest

from smartct_desktop.cli.main import main
from smartct_desktop.services.opening import open_document
from tests.ui.world import make_small_document

ELSEWHERE = {"user": "ada", "host": "LAPTOP-2", "pid": 1, "version": "1"}


@pytest.fixture
def path(tmp_path):
    document, _ = make_small_document(tmp_path / "a.smartct")
    document.close()
    return document.path


def test_that_a_document_of_another_computer_is_read_and_not_written_until_it_is_unlocked(
    path, capsys
):
    lock = path.with_name("a.smartct.lock")
    lock.write_text(json.dumps(ELSEWHERE | {"since": "2022-06-15T08:00:00+00:00"}))

    assert main(["undo", str(path)]) == 2
    assert "may still be open on LAPTOP-2: ada opened it there on" in capsys.readouterr().err
    assert main(["show", str(path), "event"]) == 0
    assert "Smart City Expo" in capsys.readouterr().out

    assert main(["unlock", str(path)]) == 0
    assert "It was marked as open on LAPTOP-2." in capsys.readouterr().out
    assert not lock.exists()
    assert main(["undo", str(path)]) == 0


def test_that_what_is_open_now_is_not_unlocked(path, capsys):
    document = open_document(path)

    assert main(["unlock", str(path)]) == 2
    assert "has had the document open on" in capsys.readouterr().err
    assert main(["show", str(path), "event"]) == 0

    document.close()
