"""Writing steps, and refusing what must not be written."""

import os
import stat
from datetime import datetime

import pytest

from smartct_desktop.domain.changes import Change, Origin, Source, Step
from smartct_desktop.domain.errors import Invalid, Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.query import Query
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.storage.store import Store
from tests.storage.conftest import AT


def counted(store):
    return store.read.total("organisation"), store.read.history_count()


def test_that_a_step_tells_what_it_touched(store, add, put):
    visitor, host = Organisation(name="Visitor"), Organisation(name="Host")
    touched = add(visitor, host, label="two organisations")

    assert touched.label == "two organisations"
    assert touched.added == {"organisation": (visitor.id, host.id)}
    assert (touched.changed, touched.removed, touched.back) == ({}, {}, False)

    touched = put((visitor, visitor.replace(city="Sofia")), (host, None))
    assert touched.changed == {"organisation": (visitor.id,)}
    assert touched.removed == {"organisation": (host.id,)}

    back = store.undo(AT)
    assert back.back
    assert back.added == {"organisation": (host.id,)}
    assert back.changed == {"organisation": (visitor.id,)}
    assert store.redo(AT).removed == {"organisation": (host.id,)}


def test_that_records_may_refer_to_each_other_in_one_step(store, add, put):
    partnership = Partnership(acronym="SCT")
    cluster = Organisation(name="Cluster", partnership=partnership.id)
    exchange = Exchange(number="1", vo=cluster.id, vop=partnership.id)
    add(exchange, cluster, partnership)

    assert store.read.get(Exchange, exchange.id) == exchange
    put((partnership, None), (cluster, None), (exchange, None))
    assert store.read.total("exchange") == 0
    store.undo(AT)
    assert store.read.get(Exchange, exchange.id) == exchange
    assert store.integrity() == []


def test_that_a_reference_to_nobody_is_refused_at_its_field(store, add):
    with pytest.raises(Invalid, match="Visiting organisation names a record") as refused:
        add(Organisation(name="Other"), Exchange(vo=new_id()))

    assert refused.value.field == "vo"
    assert counted(store) == (0, 0)
    assert store.read.total("exchange") == 0


def test_that_a_reference_to_a_record_of_another_kind_is_refused(add):
    organisation = Organisation(name="Other")
    add(organisation)

    with pytest.raises(Invalid, match="Visitor names a record"):
        add(Exchange(visitor=organisation.id))


def test_that_what_others_name_cannot_be_removed(store, add, put):
    cluster = Organisation(name="Ikarus")
    add(
        cluster, ClusterFigures(cluster=cluster.id), Exchange(number="SCT-7", vo_cluster=cluster.id)
    )

    with pytest.raises(Trouble, match=r"Ikarus cannot be removed: .* names it as .*Cluster"):
        put((cluster, None))

    assert store.read.get(Organisation, cluster.id) == cluster
    assert counted(store) == (1, 1)
    assert store.integrity() == []


def test_that_a_step_cannot_name_a_record_that_it_removes(store, add, put):
    cluster = Organisation(name="Ikarus")
    exchange = Exchange(number="SCT-7")
    add(cluster, exchange)

    with pytest.raises(Trouble, match="SCT-7 names it as Host's cluster"):
        put((exchange, exchange.replace(ho_cluster=cluster.id)), (cluster, None))
    assert store.read.get(Exchange, exchange.id) == exchange


def test_that_a_change_of_other_values_than_the_file_holds_is_refused(store, add, put):
    first = Organisation(name="First", city="Sofia")
    add(first)
    put((first, first.replace(city="Plovdiv")))

    for change in ((first, first.replace(name="Mine")), (first, None)):
        with pytest.raises(Trouble, match="First was changed or removed meanwhile"):
            put(change)
    assert store.read.get(Organisation, first.id).city == "Plovdiv"
    assert counted(store) == (1, 2)


def test_that_a_change_of_a_record_that_is_gone_is_refused(add, put):
    gone = Organisation(name="Gone")
    add(gone)
    put((gone, None))

    for change in ((gone, gone.replace(name="Back")), (gone, None)):
        with pytest.raises(Trouble, match="Organisation was changed or removed meanwhile"):
            put(change)


def test_that_a_record_cannot_be_added_twice(store, add):
    record = Organisation(name="Once")
    add(record)

    with pytest.raises(Trouble, match="is there already"):
        add(Organisation(name="Other"), record)
    assert counted(store) == (1, 1)


def test_that_a_change_that_changes_nothing_leaves_no_trace(store, add, put):
    record = Organisation(name="Same")
    add(record)

    touched = put((record, record.replace(name="Same")))

    assert (touched.added, touched.changed, touched.removed) == ({}, {}, {})
    assert store.read.next_undo().records == 0
    assert store.read.step_changes(2) == []
    store.undo(AT)
    assert store.read.get(Organisation, record.id) == record


def test_that_a_step_needs_a_moment_with_a_zone(store):
    with pytest.raises(ValueError, match="time zone"):
        store.apply(Step("x", (Change(None, Organisation(name="A")),)), "ada", datetime(2021, 1, 1))
    assert counted(store) == (0, 0)


def test_that_totals_follow_every_step(store, add, put):
    records = [Organisation(name=f"{n}") for n in range(3)]
    add(*records)
    assert store.read.total("organisation") == 3
    put((records[0], None))
    assert store.read.total("organisation") == 2
    store.undo(AT)
    store.undo(AT)
    assert store.read.total("organisation") == 0
    store.redo(AT)
    assert store.read.total("organisation") == store.read.count(Query("organisation")) == 3


def test_that_a_restored_record_takes_its_former_place(store, add, put):
    records = [Organisation(name="Same name") for _ in range(3)]
    add(*records)
    put((records[1], None))
    add(Organisation(name="Same name"))
    store.undo(AT)
    store.undo(AT)

    window = store.read.window(Query("organisation"))
    assert list(window.ids(0, 9)) == [record.id for record in records]


def test_that_who_refers_to_a_record_is_told(store, add):
    cluster = Organisation(name="Ikarus")
    figures = ClusterFigures(cluster=cluster.id)
    exchange = Exchange(number="SCT-7", vo_cluster=cluster.id, ho_cluster=cluster.id)
    add(cluster, figures, exchange)

    referring = store.read.referring("organisation", cluster.id)

    assert sorted((r.field.code, r.id, r.caption) for r in referring) == sorted(
        [
            ("snapshot.cluster", figures.id, "Ikarus"),
            ("exchange.vo_cluster", exchange.id, "SCT-7"),
            ("exchange.ho_cluster", exchange.id, "SCT-7"),
        ]
    )
    assert store.read.referring("exchange", exchange.id) == []
    assert store.read.referring("exchange", Id("nobody")) == []


def test_that_the_source_and_the_rows_of_an_import_are_kept(store):
    source = Source("Visits.xlsx", "a" * 64, "Ikarus")
    record = Organisation(name="From a file")
    step = Step("import of Visits.xlsx", (Change(None, record, Origin("Sheet1", 12)),), source)
    store.apply(step, "ada", AT)

    past = store.read.imported("a" * 64)
    assert past == store.read.step(1)
    assert (past.source, past.by, past.at, past.records) == (source, "ada", AT, 1)
    assert store.read.step_changes(1)[0].origin == Origin("Sheet1", 12)
    assert store.read.imported("b" * 64) is None
    store.undo(AT)
    assert store.read.imported("a" * 64) is None


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has these rights")
def test_that_only_its_owner_may_read_the_document(store, add):
    add(Organisation(name="Private"))

    folder = store.path.parent
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}


def test_that_a_closed_document_stands_alone_and_is_free(store, add):
    add(Organisation(name="A"))
    store.close()

    assert [path.name for path in store.path.parent.iterdir()] == [store.path.name]
    again = Store.open(store.path)
    assert not again.read_only
    assert not again.unclean
    assert again.read.total("organisation") == 1
    again.close()
