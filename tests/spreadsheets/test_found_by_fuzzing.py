"""What damaging files by chance has found, each as small as it can be."""

import io
import struct
import zipfile

import olefile
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from smartct_desktop.domain.book import Book
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.spreadsheets.compound import refuse_rings, stream_of
from smartct_desktop.spreadsheets.container import recognise
from smartct_desktop.spreadsheets.limits import Limits
from smartct_desktop.spreadsheets.request import FileChoice
from tests.spreadsheets.seeds import PASSWORD, seeds
from tests.spreadsheets.workbooks import read_here, sheet, workbook

FILES = seeds()
NAMES = frozenset({"workbook"})


def refused(path, password=None):
    form = recognise(path, path.name, Limits(), password)
    with pytest.raises(Trouble) as trouble:
        read_here(path, form=form, choice=FileChoice(password=password))
    return str(trouble.value.sentence)


def bent(content, table_at):
    """The compound file with the first chain of a table of sectors leading back to itself."""
    (first,) = struct.unpack_from("<I", content, table_at)
    changed = bytearray(content)
    struct.pack_into("<I", changed, (first + 1) * 512, 0)
    return bytes(changed)


@pytest.mark.parametrize("table_at", [60, 76], ids=["small sectors", "sectors"])
@pytest.mark.parametrize("name", ["locked.xls", "traits.xls", "lista_by_xlwt.xls"])
def test_that_a_ring_of_sectors_is_refused_at_once(tmp_path, name, table_at):
    if struct.unpack_from("<I", FILES[name], table_at)[0] > 1000:
        table_at = 76  # this file has no small sectors
    path = tmp_path / "List.xls"
    path.write_bytes(bent(FILES[name], table_at))

    with pytest.raises(ValueError, match=r"ring|chain"):
        refuse_rings(path.read_bytes())
    if name.startswith("locked"):
        assert "damaged" in refused(path, PASSWORD)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".xls")])
def test_that_a_stream_is_the_same_as_others_read_it(name):
    other = olefile.OleFileIO(io.BytesIO(FILES[name])).openstream("Workbook").read()

    assert stream_of(FILES[name], NAMES) == other
    refuse_rings(FILES[name])


def test_that_a_code_for_general_that_says_something_else_leaves_unknown_codes_general(tmp_path):
    styles = (
        '<numFmts><numFmt numFmtId="0" formatCode="0.0"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="4999"/></cellXfs>'
    )
    data = '<row r="1"><c r="A1" s="1"><v>5</v></c></row>'
    made = workbook(tmp_path / "m.xlsx", {"A": sheet(data)}, styles=styles)

    assert isinstance(read_here(made), Book)


def test_that_a_document_type_in_the_description_of_a_lock_is_refused(tmp_path):
    plain = workbook(tmp_path / "plain.xlsx", {"A": sheet("")})
    locked = io.BytesIO()
    with plain.open("rb") as file:
        OOXMLFile(file).encrypt(PASSWORD, locked)
    content = locked.getvalue()
    start = content.index(b"<?xml")
    kind = b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>"
    path = tmp_path / "List.xlsx"
    path.write_bytes(content[:start] + kind + content[start + len(kind) :])

    assert "do harm" in refused(path, PASSWORD)


def test_that_letters_where_a_lock_has_bytes_are_refused(tmp_path):
    path = tmp_path / "List.ods"
    with zipfile.ZipFile(io.BytesIO(FILES["locked.ods"])) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            inside = old.read(name)
            if name == "META-INF/manifest.xml":
                inside = inside.replace(b'salt="', 'salt="é'.encode())
            new.writestr(name, inside)

    assert "password" in refused(path, PASSWORD)
