"""Files made to harm, broken off or misnamed, on the command line: one sentence, no change."""

import hashlib
import zipfile

import pytest

from smartct_desktop.cli.main import main

HEAVY = b" " * (64 << 20)
BOMB = b"<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><w>&b;</w>"
TYPES = b"<Types>spreadsheetml.sheet.main+xml</Types>"


def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path.read_bytes()


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "own.smartct"
    assert main(["new", str(path), "--partnership", "Own"]) == 0
    return path


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    """The bytes of a workbook that can be imported."""
    from tests.services.importing.books import exchange, exchanges
    from tests.services.importing.foreign import modern

    path = modern(tmp_path_factory.mktemp("made") / "list.xlsx", exchanges(exchange()))
    return path.read_bytes()


def heavy(path, _honest):
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": b"<Relationships/>"}
    return packed(path, parts | {f"xl/worksheets/sheet{n}.xml": HEAVY for n in range(20)})


def entities(path, _honest):
    return packed(path, {"[Content_Types].xml": TYPES, "xl/workbook.xml": BOMB})


CASES = {
    ("zip bomb", "xlsx"): heavy,
    ("entities", "csv"): entities,
    ("xml bomb", "xls"): lambda _path, _honest: b'<?xml version="1.0"?>' + BOMB,
    ("end is missing", "xlsx"): lambda _path, honest: honest[: len(honest) * 2 // 3],
    ("beginning is missing", "csv"): lambda _path, honest: honest[40:],
    ("document", "xlsx"): lambda _path, _honest: b"%PDF-1.7\n" + bytes(200),
    ("picture", "csv"): lambda _path, _honest: b"\x89PNG\r\n\x1a\n" + bytes(200),
    ("program", "xls"): lambda _path, _honest: b"MZ\x90\0\3\0\0\0" + bytes(range(256)) * 8,
    ("nothing", "csv"): lambda _path, _honest: b"",
    ("zeros", "ods"): lambda _path, _honest: bytes(4096),
    ("prose", "xlsx"): lambda _path, _honest: (
        "Sehr geehrte Damen und Herren,\n\nanbei …\n".encode()
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_that_nothing_is_written_and_one_sentence_is_said(document, honest, tmp_path, capsys, case):
    file = tmp_path / f"list.{case[1]}"
    file.write_bytes(CASES[case](tmp_path / "made", honest))
    before = hashlib.sha256(document.read_bytes()).digest()

    code = main(["import", str(document), str(file)])

    said = capsys.readouterr()
    assert code == 2
    assert file.name in said.err
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) == 1
    assert not said.out
    assert hashlib.sha256(document.read_bytes()).digest() == before
