"""Damaged documents: what can be read of them is in a new one, and what not is told."""

import os
from collections import Counter
from contextlib import closing
from datetime import date
from random import Random

import pytest

from smartct_desktop.domain.changes import Change, Step, StepState
from smartct_desktop.domain.errors import Damaged, InUse, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.storage.leaves import pages_of_rows
from smartct_desktop.storage.packing import pack
from smartct_desktop.storage.salvage import Entry, salvage
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT

PAGE = 4096
TIMES = 200 if "SMARTCT_LONG" in os.environ else 7
ORGANISATIONS, EXCHANGES = 60, 400
ALL = ORGANISATIONS + EXCHANGES


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The bytes of a document with a history of some steps and an attached file."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "paper.bin").write_bytes(Random(1).randbytes(300_000))
    store = Store.create(folder / "a.smartct", at=AT)
    hosts = [Organisation(name=f"Host {n}", remark="remark " * 20) for n in range(ORGANISATIONS)]
    visits = [
        Exchange(number=f"{n}", vo=hosts[n % ORGANISATIONS].id, goals="goal " * (n % 60))
        for n in range(EXCHANGES)
    ]
    with pack(folder / "paper.bin", 1 << 24, Progress()) as paper:
        attached = Attachment(file_name="paper", sha256=paper.sha256, organisation=hosts[0].id)
        first = (*hosts, *visits, attached)
        step = Step("all", tuple(Change(None, one) for one in first))
        store.apply(step, "ada", AT, contents=[paper])
    dated = tuple(Change(one, one.replace(start=date(2022, 3, 1))) for one in visits[:100])
    store.apply(Step("dates", dated), "ada", AT)
    store.apply(Step("undone", (Change(hosts[1], hosts[1].replace(city="Rome")),)), "ada", AT)
    store.undo(AT)
    store.close()
    return (folder / "a.smartct").read_bytes()


@pytest.fixture
def salvaged(tmp_path):
    """Salvage these bytes; gives what became of them, and the new document's path."""

    def salvaged(content):
        source, target = tmp_path / "damaged.smartct", tmp_path / "new.smartct"
        target.unlink(missing_ok=True)
        source.write_bytes(content)
        entry = Entry("ada", AT, lambda found: f"{found.missing('exchange')} lost")
        rescued = salvage(source, target, entry)
        assert source.read_bytes() == content
        assert sorted(path.name for path in tmp_path.iterdir()) == [source.name, target.name]
        return rescued, target

    return salvaged


def without(content, page):
    return content[: page * PAGE] + bytes(PAGE) + content[(page + 1) * PAGE :]


def pages_with(content, words):
    pages = range(len(content) // PAGE)
    return [n for n in pages if words in content[n * PAGE : (n + 1) * PAGE]]


def share(rescued):
    return (rescued.kept["organisation"] + rescued.kept["exchange"]) / ALL


def test_that_a_sound_document_is_salvaged_whole(whole, salvaged):
    rescued, target = salvaged(whole)

    assert share(rescued) == 1
    assert rescued.lost == {}
    assert rescued.mended.steps == []
    with closing(Store.open(target)) as store:
        assert store.integrity() == []
        labels = [(step.label, step.state) for step in store.read.history(0, 9)]
        assert labels[0] == ("0 lost", StepState.NOTED)
        assert store.redo(AT).label == "undone"
        for label in ("undone", "dates", "all"):
            assert store.undo(AT).label == label
        assert store.read.total("exchange") == 0


def test_that_of_a_document_with_a_destroyed_page_nearly_all_is_read(whole, salvaged):
    random = Random(20211116)
    shares = []
    for _ in range(TIMES):
        rescued, target = salvaged(without(whole, random.randrange(1, len(whole) // PAGE)))
        shares.append(share(rescued))
        told = Counter({kind: len(ids) for kind, ids in rescued.lost.items()})
        assert round((1 - shares[-1]) * ALL) == told["organisation"] + told["exchange"]
        assert [c for c in rescued.complaints if "attached file" not in c] == []
        with closing(Store.open(target)) as store:
            assert store.read.count(Query("exchange", search="goal")) > 0
            assert store.read.next_undo() is not None
    shares.sort()
    assert shares[len(shares) // 2] >= 0.99
    assert shares[0] >= 0.9


def test_that_pages_below_a_destroyed_one_are_found_again(whole, salvaged):
    """The root of a table is destroyed: SQLite reaches none of its rows any more."""
    leaves = set(pages_with(whole, b"goal goal goal"))
    roots = [
        n
        for n in range(1, len(whole) // PAGE)
        if whole[n * PAGE] == 0x05
        and len(leaves & set(children(whole[n * PAGE : (n + 1) * PAGE]))) > 10
    ]
    assert roots

    rescued, _ = salvaged(without(whole, roots[0]))

    assert rescued.kept["exchange"] == EXCHANGES


def children(page):
    """The numbers of the pages, from 0, that an inner page of a table leads to."""
    cells = int.from_bytes(page[3:5])
    starts = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n]) for n in range(cells)]
    found = [int.from_bytes(page[at : at + 4]) for at in starts]
    return [number - 1 for number in (*found, int.from_bytes(page[8:12]))]


def test_that_without_its_header_and_list_of_tables_everything_is_read(whole, salvaged):
    rescued, target = salvaged(without(whole, 0))

    assert share(rescued) == 1
    with closing(Store.open(target)) as store:
        assert store.integrity() == []


def test_that_of_a_document_cut_off_what_is_there_is_read(whole, salvaged):
    leaves = pages_with(whole, b"goal goal goal")
    rescued, target = salvaged(whole[: leaves[len(leaves) // 2] * PAGE - 100])

    assert 0.3 < share(rescued) < 0.9
    with closing(Store.open(target)) as store:
        assert store.read.total("exchange") > 0
        newest = store.read.history(0, 1)[0]
        assert newest.label.endswith(" lost")


def test_that_a_step_of_which_changes_are_lost_cannot_be_undone_by_half(whole, salvaged):
    place = whole.index(b'{"start":"2022-03-01"}') // PAGE
    rescued, target = salvaged(without(whole, place))

    assert "dates" in rescued.mended.steps
    with closing(Store.open(target)) as store:
        assert {step.label: step.state for step in store.read.history(0, 9)}[
            "dates"
        ] is StepState.NOTED
        assert store.integrity() == []


def test_that_a_lost_record_that_others_name_is_there_by_name(whole, salvaged):
    place = whole.index(b"remark remark remark") // PAGE
    rescued, target = salvaged(without(whole, place))

    lost = rescued.lost["organisation"]
    assert rescued.stand_ins["organisation"] == len(lost) > 0
    assert rescued.kept["exchange"] == EXCHANGES
    with closing(Store.open(target)) as store:
        stand_in = store.read.get(Organisation, lost[0])
        assert stand_in.name == f"{rescued.names[lost[0]]} (could not be read)"
        assert all(visit.vo is not None for visit in store.read.all(Exchange))


def test_that_a_content_that_is_not_whole_can_be_attached_again(whole, salvaged, tmp_path):
    content = Random(1).randbytes(300_000)
    place = whole.index(content[150_000:150_020]) // PAGE
    rescued, target = salvaged(without(whole, place))

    assert rescued.mended.contents == 1
    assert any("attached file paper is missing" in line for line in rescued.complaints)
    (tmp_path / "paper.bin").write_bytes(content)
    with (
        closing(Store.open(target)) as store,
        pack(tmp_path / "paper.bin", 1 << 24, Progress()) as paper,
    ):
        again = Attachment(file_name="again", sha256=paper.sha256)
        store.apply(Step("x", (Change(None, again),)), "ada", AT, contents=[paper])
        assert store.integrity() == []


def test_that_what_is_open_newer_foreign_or_noise_is_not_salvaged(whole, tmp_path, store):
    entry = Entry("ada", AT, lambda _: "salvage")
    target = tmp_path / "new.smartct"

    with pytest.raises(InUse):
        salvage(store.path, target, entry)
    for content, words in (
        (whole[:60] + (99).to_bytes(4) + whole[64:], "newer version"),
        (whole[:68] + b"XXXX" + whole[72:], "belongs to another program"),
        (Random(2).randbytes(50_000), "Nothing could be read"),
    ):
        (tmp_path / "bad.smartct").write_bytes(content)
        with pytest.raises(Trouble, match=words):
            salvage(tmp_path / "bad.smartct", target, entry)
        assert not target.exists()


def test_that_no_noise_stops_the_reading_of_pages(whole, tmp_path):
    random = Random(3)
    for _ in range(TIMES):
        content = bytearray(whole)
        for _ in range(200):
            content[random.randrange(100, len(content))] = random.randrange(256)
        (tmp_path / "noisy").write_bytes(content)
        assert sum(map(len, pages_of_rows(tmp_path / "noisy"))) > ALL


def test_that_a_damaged_document_is_called_so(whole, tmp_path):
    (tmp_path / "a.smartct").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(Damaged):
        Store.open(tmp_path / "a.smartct")
