"""Attaching files to records: what is taken, what is told, and how they come out again."""

import datetime as dt
import stat
import sys

import pytest

from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.event import Event
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.attaching import (
    OpenedCopies,
    Owner,
    also_attached_to,
    attach_files,
    attachments_of,
    is_harmless,
    most_bytes,
    remove_stale_openings,
    safe_name,
    save_content,
    shown_name,
    size_words,
)
from smartct_desktop.services.settings import Settings

TODAY = dt.date(2022, 6, 16)


@pytest.fixture
def firm(own):
    firm = Organisation(name="Mobitest")
    with own.edit("firm") as edit:
        edit.add(firm)
    return firm


@pytest.fixture
def attach(own, firm, tmp_path):
    """Attaches files of these names and contents to the firm, or another record."""

    def attach(owner=None, most=1 << 20, **files):
        paths = []
        for name, content in files.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(content)
            paths.append(path)
        owner = owner or Owner("organisation", firm.id, "Mobitest")
        done = attach_files(own, owner, paths, Progress(), most=most, today=TODAY)
        if done.touched is not None:
            own.announce(done.touched)
        return done

    return attach


def names(document):
    return sorted(paper.file_name for paper in document.read.all(Attachment))


def test_that_a_file_becomes_an_attachment_with_all_that_is_known_of_it(own, firm, attach):
    (paper,) = attach(scan_pdf=b"%PDF").added

    (kept,) = own.read.all(Attachment)
    assert kept == paper
    assert (kept.file_name, kept.size, kept.mime) == ("scan.pdf", 4, "application/pdf")
    assert (kept.added_on, kept.organisation, kept.document_type) == (TODAY, firm.id, None)
    assert b"".join(own.content(kept.sha256, kept.file_name)) == b"%PDF"
    assert own.read.count(attachments_of(Owner("organisation", firm.id, ""))) == 1
    assert own.read.next_undo().label == "attachment of scan.pdf (Mobitest)"


def test_that_several_files_are_one_step_and_one_undo(own, attach):
    attach(a_pdf=b"a", b_pdf=b"b")
    assert own.read.next_undo().label == "attachment of 2 files (Mobitest)"

    own.undo()

    assert names(own) == []


def test_that_the_listeners_hear_of_it_when_it_is_announced(own, attach):
    heard = []
    own.subscribe(heard.append)
    (paper,) = attach(a_pdf=b"a").added
    assert heard[0].added == {"attachment": (paper.id,)}


def test_that_what_cannot_be_read_is_told_and_the_others_are_attached(own, attach):
    done = attach(a_pdf=b"a", empty_pdf=b"", large_pdf=bytes((1 << 20) + 1))

    assert names(own) == ["a.pdf"]
    assert [str(trouble.sentence) for trouble in done.failed] == [
        "empty.pdf is empty: it holds nothing that could be attached.",
        "large.pdf is larger than 1 MB, the most that is attached.",
    ]


def test_that_nothing_is_written_if_nothing_can_be_attached(own, attach):
    before = own.read.history_count()
    assert attach(empty_pdf=b"").touched is None
    assert own.read.history_count() == before


def test_that_a_file_the_record_has_already_is_not_attached_again(own, attach):
    attach(a_pdf=b"same")
    done = attach(b_pdf=b"same", c_pdf=b"other", d_pdf=b"other")

    assert names(own) == ["a.pdf", "c.pdf"]
    assert [(one.file_name, one.known_as) for one in done.here] == [
        ("b.pdf", "a.pdf"),
        ("d.pdf", "c.pdf"),
    ]


def test_that_two_files_of_one_name_can_be_attached(own, attach):
    attach(a_pdf=b"one")
    attach(a_pdf=b"two")
    assert names(own) == ["a.pdf", "a.pdf"]


def test_that_a_file_attached_elsewhere_is_told(own, attach):
    attach(a_pdf=b"same")
    fair = Event(title="Fair")
    with own.edit("event") as edit:
        edit.add(fair)
    done = attach(Owner("event", fair.id, "Fair"), b_pdf=b"same")

    assert done.elsewhere == (("b.pdf", ("Mobitest",)),)
    assert also_attached_to(own.read, done.added[0]) == ["Mobitest"]


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be made there")
def test_that_names_of_any_bytes_are_taken_and_shown(own, firm, tmp_path):
    odd = [
        b"caf\xe9.pdf",
        "\u202efdp.exe".encode(),
        b"line\nbreak.txt",
        ("ä" * 125).encode() + b".pdf",
    ]
    paths = []
    for place, name in enumerate(odd):
        folder = tmp_path / str(place)
        folder.mkdir()
        path = folder / name.decode("utf-8", "surrogateescape")
        path.write_bytes(b"%d" % place)
        paths.append(path)

    owner = Owner("organisation", firm.id, "Mobitest")
    done = attach_files(own, owner, paths, Progress(), most=100, today=TODAY)

    assert done.failed == ()
    assert [paper.file_name for paper in done.added] == [
        "caf\ufffd.pdf",
        "\ufffdfdp.exe",
        "line\ufffdbreak.txt",
        "ä" * 125 + ".pdf",
    ]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\temp\\a.pdf", "C__temp_a.pdf"),
        ("a.pdf:stream", "a.pdf_stream"),
        ("CON.pdf", "_CON.pdf"),
        ("trailing. ", "trailing"),
        ("...", "file"),
        ("\u202efdp.exe", "_fdp.exe"),
        ("a\x00b.txt", "a_b.txt"),
        ("com¹.pdf", "_com¹.pdf"),
        ("nul .txt", "_nul .txt"),
        ("CONOUT$", "_CONOUT$"),
        ("contract.pdf", "contract.pdf"),
        ("a\u200b.exe\ufeff", "a_.exe_"),
    ],
)
def test_that_a_name_is_made_safe_for_any_system(name, safe):
    assert safe_name(name) == safe


def test_that_a_long_name_keeps_its_ending():
    safe = safe_name("ä" * 250 + ".pdf")
    assert safe.endswith("ä.pdf")
    assert len(safe.encode()) <= 200
    assert len(safe_name("a." + "x" * 400)) <= 200


def test_that_decomposed_names_are_put_together():
    assert shown_name("Mu\u0308ller.pdf") == "Müller.pdf"


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("a.pdf", True),
        ("A.JPG", True),
        ("a.pdf.exe", False),
        ("a.desktop", False),
        ("a.html", False),
        ("a", False),
        ("a.pdf. ", True),
        ("a.exe.", False),
        ("\u202efdp.exe", False),
        ("a.pdf\u200b", False),
        ("a.docm", False),
        ("a.lnk", False),
        ("a.pdf:b.exe", False),
    ],
)
def test_that_only_what_opens_in_a_viewer_is_harmless(name, harmless):
    assert is_harmless(name) is harmless


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1\u00a0KB"),
        (999_499, "999\u00a0KB"),
        (999_500, "1.0\u00a0MB"),
        (None, ""),
    ],
)
def test_that_sizes_are_said_as_people_do(size, words):
    assert size_words(size) == words


def test_that_the_limit_can_be_set(tmp_path):
    settings = Settings(tmp_path / "settings.json")
    assert most_bytes(settings) == 50 << 20
    settings.set("attachments.most_mb", 7)
    assert most_bytes(settings) == 7 << 20


def test_that_a_saved_file_is_what_was_attached(own, attach, tmp_path):
    (paper,) = attach(a_pdf=b"content").added
    save_content(own, paper, tmp_path / "saved.pdf")
    assert (tmp_path / "saved.pdf").read_bytes() == b"content"


def test_that_an_opened_copy_is_private_and_gone_afterwards(own, attach):
    (paper,) = attach(a_pdf=b"content").added
    copies = OpenedCopies()
    path = copies.put(own, paper)
    again = copies.put(own, paper)

    assert path.read_bytes() == again.read_bytes() == b"content"
    assert path != again
    assert path.name == "a.pdf"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
    copies.clear()
    assert not path.exists()
    assert not path.parent.parent.exists()


def test_that_copies_of_a_killed_program_are_swept_up(own, attach):
    (paper,) = attach(a_pdf=b"content").added
    copies = OpenedCopies()
    path = copies.put(own, paper)
    folder = path.parent.parent

    remove_stale_openings(folder.stat().st_mtime + 3600)
    assert path.exists()
    assert remove_stale_openings(folder.stat().st_mtime + 25 * 3600) >= 1
    assert not folder.exists()
