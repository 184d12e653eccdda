"""What a file is told to be, by its content, and the sentence for each that is not read."""

import struct
import tracemalloc
import zipfile

import pytest

from smartct_desktop.domain.book import BookFormat
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.spreadsheets.container import recognise
from smartct_desktop.spreadsheets.limits import Limits
from tests.spreadsheets.workbooks import parts_of, sheet, workbook, zipped

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def told(path):
    return recognise(path, path.name, Limits())


def refused(tmp_path, content, name="List.xlsx"):
    """The sentence with which a file of this content is refused."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Trouble) as trouble:
        told(path)
    assert trouble.value.hint
    return str(trouble.value.sentence)


@pytest.mark.parametrize("ending", ["xlsx", "xlsm", "xls", "csv", "", "pdf"])
def test_that_a_workbook_is_told_by_its_content(tmp_path, ending):
    assert told(workbook(tmp_path / f"List.{ending}", {"A": sheet("")})) is BookFormat.XLSX


@pytest.mark.parametrize(
    "content",
    [
        b"a;b\n1;2\n",
        "Код;Град\n".encode("cp1251"),
        "Name;Ort\n".encode("utf-16"),
        "Name;Ort\n".encode("utf-16-le"),
        "Name;Ort\n".encode("utf-16-be"),
        b"\xef\xbb\xbfName\n",
        b"a < b; c\n",
        b"sep=;\n1;2\n",
        b"{note}; remark\n",
        b"\x0c page; 2\x1a",
    ],
)
def test_that_texts_are_told_by_their_content(tmp_path, content):
    path = tmp_path / "List.xlsx"
    path.write_bytes(content)

    assert told(path) is BookFormat.TEXT


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"<!DOCTYPE html><html><table>", BookFormat.HTML),
        (b"\n <TABLE border=1>", BookFormat.HTML),
        (b'<?xml version="1.0"?><!-- x --><html xmlns="">', BookFormat.HTML),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            BookFormat.SPREADSHEETML,
        ),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", BookFormat.MHT),
        (COMPOUND + "Workbook\0".encode("utf-16-le"), BookFormat.XLS),
        (COMPOUND + "Book\0".encode("utf-16-le"), BookFormat.XLS),
    ],
)
def test_that_other_formats_are_told_by_their_content(tmp_path, content, form):
    path = tmp_path / "List.xlsx"
    path.write_bytes(content)

    assert told(path) is form


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "List.xlsx is empty."),
        (b" \r\n\0 ", "List.xlsx is empty."),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"{\\rtf1 x}", "a text document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"PK\x05\x06" + bytes(18), "an archive (.zip)"),
        (b'<?xml version="1.0"?><data>', "an XML file"),
        ("<?xml version='1.0'?><data>".encode("utf-16"), "an XML file"),
        (COMPOUND + "EncryptedPackage\0".encode("utf-16-le"), "protected by a password"),
        (COMPOUND + "WordDocument\0".encode("utf-16-le"), "a Word document"),
        (COMPOUND, "neither a workbook nor a text"),
        (b"\x7fELF\x02\x01\0\0", "neither a workbook nor a text"),
        (bytes(range(1, 32)) * 20, "neither a workbook nor a text"),
        (b"PK\x03\x04 and nothing more", "its end is missing"),
    ],
)
def test_that_other_files_are_refused_by_their_name(tmp_path, content, what):
    assert what in refused(tmp_path, content)


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "is damaged"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "an OpenDocument file"),
        ({"Index/Document.iwa": b"x"}, "a document of Apple Numbers"),
        (
            {"[Content_Types].xml": "<Types>wordprocessingml.document.main+xml", "_rels/.rels": ""},
            "a Word document",
        ),
        ({"[Content_Types].xml": "<Types>presentationml.presentation"}, "a presentation"),
        ({"photo.jpg": b"x"}, "an archive (.zip)"),
    ],
)
def test_that_other_archives_are_refused_by_their_name(tmp_path, parts, what):
    path = zipped(tmp_path / "made.zip", parts)

    assert what in refused(tmp_path, path.read_bytes())


def entry(name, content=b"", **facts):
    """A directory entry with the given facts, as `zipfile` writes them unchecked."""
    info = zipfile.ZipInfo(name)
    for fact, value in facts.items():
        setattr(info, fact, value)
    return info, content


def archive_with(tmp_path, *entries):
    path = zipped(tmp_path / "made.xlsx", parts_of({"A": sheet("")}))
    with zipfile.ZipFile(path, "a") as archive:
        for info, content in entries:
            archive.writestr(info, content)
    return path.read_bytes()


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../evil.xml", "xl/../../evil.xml", "C:/evil.xml", "..\\evil.xml", "\\x"],
)
def test_that_parts_named_like_paths_are_refused(tmp_path, name):
    assert "do harm" in refused(tmp_path, archive_with(tmp_path, entry(name)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.xml", "xl\\workbook.xml"])
def test_that_two_parts_of_one_name_are_refused(tmp_path, name):
    assert "do harm" in refused(tmp_path, archive_with(tmp_path, entry(name)))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_that_unusual_compression_is_refused(tmp_path, method):
    odd = entry("xl/odd.xml", b"x" * 100, compress_type=method)

    assert "do harm" in refused(tmp_path, archive_with(tmp_path, odd))


def test_that_an_encrypted_part_is_told_as_a_password(tmp_path):
    content = bytearray(archive_with(tmp_path))
    first = content.index(b"PK\x01\x02")
    content[first + 8] |= 1

    assert "password" in refused(tmp_path, bytes(content))


def test_that_a_bomb_is_refused_without_unpacking_it(tmp_path):
    bomb = entry("xl/worksheets/bomb.xml", bytes(60 << 20), compress_type=zipfile.ZIP_DEFLATED)
    content = archive_with(tmp_path, bomb)
    assert len(content) < 100_000

    tracemalloc.start()
    sentence = refused(tmp_path, content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "do harm" in sentence
    assert peak < 2 << 20


def test_that_parts_which_share_their_bytes_are_refused(tmp_path):
    """Many entries of the directory may name the same compressed bytes."""
    content = archive_with(tmp_path, entry("xl/a.xml", bytes(range(256)) * 40))
    start = content.rindex(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    directory = content[content.index(b"PK\x01\x02") : end]
    doubles = b"".join(
        content[start:end].replace(b"xl/a.xml", f"xl/{n}.xml".encode()) for n in "bcdefgh"
    )
    whole = directory + doubles
    count = whole.count(b"PK\x01\x02")
    place = content.index(b"PK\x01\x02")
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(whole), place, 0)

    assert "do harm" in refused(tmp_path, content[:place] + whole + tail)


def test_that_too_many_parts_are_refused_before_they_are_listed(tmp_path):
    path = zipped(tmp_path / "made.xlsx", {f"p{n}": b"" for n in range(12_000)})

    assert "far more data" in refused(tmp_path, path.read_bytes())


DOCUMENT_TYPE = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
WITH_TYPE = f'<?xml version="1.0"?>{DOCUMENT_TYPE}<workbook>&a;</workbook>'


@pytest.mark.parametrize(
    "content",
    [
        WITH_TYPE.encode(),
        WITH_TYPE.encode("utf-16"),
        WITH_TYPE.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16-le"),
        WITH_TYPE.encode("utf-8-sig"),
        WITH_TYPE.replace("<!DOCTYPE", f"<!--{'x' * 100_000}--><!DOCTYPE").encode(),
        b"\n" + DOCUMENT_TYPE.encode() + b"<x/>",
        b'<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>',
        b"<!--" + b"x" * (3 << 20),
    ],
)
@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "docProps/custom.xml",
        "x/_rels/y.rels",
        "xl/worksheets/a.dat",
        "xl/media/b",
    ],
)
def test_that_document_types_are_refused_in_every_part_and_encoding(tmp_path, part, content):
    path = workbook(tmp_path / "made.xlsx", {"A": sheet("")}, more={part: content})

    assert "do harm" in refused(tmp_path, path.read_bytes())


def test_that_a_sheet_with_a_document_type_is_refused_whatever_it_is_called(tmp_path):
    """The workbook names its sheets; their endings are anybody's choice."""
    cells = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>')
    parts = parts_of({"A": cells})
    parts = {
        name.replace("sheet1.xml", "sheet1.dat"): content.replace("sheet1.xml", "sheet1.dat")
        for name, content in parts.items()
    }
    parts["xl/worksheets/sheet1.dat"] = DOCUMENT_TYPE + cells.partition("?>")[2]

    assert "do harm" in refused(tmp_path, zipped(tmp_path / "made.xlsx", parts).read_bytes())


def test_that_the_macros_of_libreoffice_are_no_trap(tmp_path):
    """It writes them with a document type; nobody reads them here."""
    module = (
        '<?xml version="1.0"?><!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument'
        ' 1.0//EN" "module.dtd"><script:module xmlns:script="x">Sub Main</script:module>'
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": "<x/>",
        "Basic/Standard/Module1.xml": module,
        "Dialogs/Standard/Dialog1.xml": module,
    }

    assert told(zipped(tmp_path / "made.ods", parts)) is BookFormat.ODS
    assert "do harm" in refused(
        tmp_path, zipped(tmp_path / "b.ods", parts | {"styles.xml": module}).read_bytes()
    )
