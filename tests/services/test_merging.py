"""Making one organisation of two: values, names, mentions, memory."""

import json
from datetime import date

import pytest

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import (
    Organisation,
    OrganisationType,
    PartnerRole,
)
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.records.sender import Judgement, Sender, Verdict
from smartct_desktop.services.document import Document
from smartct_desktop.services.importing.identity import Mention, OrganisationIndex
from smartct_desktop.services.importing.known import Known
from smartct_desktop.services.importing.names import Names
from smartct_desktop.services.merging import merge, plan_merger
from smartct_desktop.storage.store import Store
from tests.services.steps import add, get, state


@pytest.fixture
def document(tmp_path, clock):
    document = Document(Store.create(tmp_path / "d.smartct", at=clock()), clock)
    yield document
    document.close()


@pytest.fixture
def kept():
    return Organisation(name="Beispiel GmbH", country="DE", city="Leipzig", aliases="Beispiel")


@pytest.fixture
def other():
    return Organisation(
        name="Beispiel Gesellschaft",
        legal_name="Beispiel Gesellschaft mbH",
        country="AT",
        website="https://beispiel.eu",
        aliases="BG\nBeispiel",
    )


@pytest.fixture
def two(document, kept, other):
    add(document, kept, other)
    return kept, other


def plan(document, kept, other):
    return plan_merger(document.read, "organisation", kept.id, other.id)


def test_that_filled_values_win_over_blanks_and_the_kept_ones_over_others(document, two):
    kept, other = two
    merger = plan(document, kept, other)

    assert {c.field.name: c.propose_other for c in merger.choices} == {
        "name": False,
        "legal_name": True,
        "country": False,
        "city": False,
        "website": True,
    }
    merge(document, merger)

    result = get(document, kept)
    assert (result.name, result.country, result.city) == ("Beispiel GmbH", "DE", "Leipzig")
    assert (result.legal_name, result.website) == (other.legal_name, "https://beispiel.eu")
    assert result.aliases.splitlines() == ["Beispiel", "Beispiel Gesellschaft", "BG"]
    assert document.read.total("organisation") == 1


def test_that_each_value_can_be_chosen_and_no_name_gets_lost(document, two):
    kept, other = two
    merger = plan(document, kept, other)

    merge(document, merger, {"name", "country"})

    result = get(document, kept)
    assert (result.name, result.country, result.website) == (other.name, "AT", None)
    assert set(result.aliases.splitlines()) == {
        "Beispiel",
        "Beispiel GmbH",
        "Beispiel Gesellschaft mbH",
        "BG",
    }


def test_that_all_mentions_name_the_kept_one_and_one_undo_takes_it_all_back(document, two):
    kept, other = two
    host = Organisation(name="Host")
    stay = Exchange(number="X-1", vo=other.id, ho=host.id, ho_cluster=other.id)
    figures = ClusterFigures(cluster=other.id, members=3)
    person = Person(name="Ada", organisation=other.id)
    paper = Attachment(file_name="a.pdf", sha256="0" * 64, organisation=other.id)
    add(document, host, stay, figures, person, paper)
    before = state(document)
    merger = plan(document, kept, other)

    assert {field.code: n for field, n in merger.moved.items()} == {
        "exchange.vo": 1,
        "exchange.ho_cluster": 1,
        "snapshot.cluster": 1,
        "person.organisation": 1,
        "attachment.organisation": 1,
    }
    merge(document, merger)

    assert (get(document, stay).vo, get(document, stay).ho_cluster) == (kept.id, kept.id)
    assert get(document, figures).cluster == kept.id
    assert get(document, person).organisation == kept.id
    assert get(document, paper).organisation == kept.id
    label = "merger of Beispiel Gesellschaft into Beispiel GmbH"
    assert document.read.next_undo().label == label
    document.undo()
    assert state(document) == before
    document.redo()
    assert get(document, stay).vo == kept.id


def test_that_two_memberships_of_one_cluster_become_one(document, two):
    kept, other = two
    cluster = Organisation(name="K", type=OrganisationType.CLUSTER)
    own = Membership(cluster=cluster.id, organisation=kept.id, since=PartialDate(2019))
    its = Membership(
        cluster=cluster.id, organisation=other.id, since=PartialDate(2020), member_ref="17"
    )
    add(document, cluster, own, its)
    merger = plan(document, kept, other)

    assert merger.notes == (
        "Two memberships for K become one.",
        "Member since: of the two for K the kept one's value stays.",
    )
    merge(document, merger)

    (membership,) = document.read.all(Membership)
    assert membership == own.replace(member_ref="17")


def test_that_two_memberships_one_after_the_other_stay_two(document, two):
    kept, other = two
    cluster = Organisation(name="K", type=OrganisationType.CLUSTER)
    own = Membership(cluster=cluster.id, organisation=kept.id, since=PartialDate(2021))
    its = Membership(
        cluster=cluster.id,
        organisation=other.id,
        since=PartialDate(2017),
        until=PartialDate(2019),
    )
    add(document, cluster, own, its)
    merger = plan(document, kept, other)

    assert merger.notes == ()
    merge(document, merger)
    assert {m.organisation for m in document.read.all(Membership)} == {kept.id}
    assert document.read.total("membership") == 2


def test_that_a_cluster_cannot_become_a_member_of_itself(document):
    kept = Organisation(name="K", type=OrganisationType.CLUSTER)
    other = Organisation(name="K again")
    add(document, kept, other, Membership(cluster=kept.id, organisation=other.id))
    merger = plan(document, kept, other)

    assert merger.notes == ("The membership of one of the two in the other is removed.",)
    merge(document, merger)
    assert document.read.total("membership") == 0


def test_that_an_exchange_between_the_two_is_refused_with_a_sentence(document, two):
    kept, other = two
    add(document, Exchange(number="X-7", vo=kept.id, ho=other.id, start=date(2022, 1, 3)))
    before = state(document)
    merger = plan(document, kept, other)

    assert merger.refusals == (
        "Exchange X-7: Visiting and host organisation must be two organisations.",
    )
    with pytest.raises(Trouble, match="Exchange X-7"):
        merge(document, merger)
    assert state(document) == before


def test_that_two_partners_with_profiles_of_their_own_are_two_clusters(document):
    profile = {"type": OrganisationType.CLUSTER, "partner_role": PartnerRole.PARTNER}
    one, two = Organisation(name="K", **profile), Organisation(name="L", **profile)
    add(document, one, two)

    assert "they are two clusters" in plan(document, one, two).refusals[0]


def test_that_a_cluster_is_kept_rather_than_its_double(document):
    firm = Organisation(name="K e. V.", type=OrganisationType.OTHER)
    cluster = Organisation(name="K", type=OrganisationType.CLUSTER)
    add(document, firm, cluster)

    assert plan(document, firm, cluster).refusals == (
        "K is a cluster: keep it, and merge K e. V. into it.",
    )
    assert plan(document, cluster, firm).refusals == ()


def test_that_the_next_import_finds_the_kept_one_under_every_name(document, two):
    kept, other = two
    decisions = [
        Judgement(subject="organisation", written=w, record=r.id, verdict=v)
        for w, r, v in (
            ("Bsp.", other, Verdict.SAME),
            ("Beispiel Gesellschaft", kept, Verdict.NOT_SAME),
            ("Muster", other, Verdict.NOT_SAME),
        )
    ]
    add(document, *decisions)
    merge(document, plan(document, kept, other))

    known = Known(document.read)
    index = OrganisationIndex(Names([]), known.organisations, known.judgements("organisation"))
    for name in ("Beispiel Gesellschaft", "Beispiel Gesellschaft mbH", "BG", "Bsp."):
        for country in (None, "DE", "AT"):
            assert index.find(Mention(name, country=country)).target.id == kept.id
    told = {(j.written, j.verdict) for j in document.read.all(Judgement) if j.record == kept.id}
    assert ("Muster", Verdict.NOT_SAME) in told
    assert ("Beispiel Gesellschaft", Verdict.NOT_SAME) not in told
    assert not [j for j in document.read.all(Judgement) if j.record == other.id]


def test_that_remembered_answers_choose_the_kept_one(document, two):
    kept, other = two
    answers = {"hash": {"which_organisation": {"Bsp": other.name, "X": "Y"}, "date_order": "dmy"}}
    sender = Sender(name="K", answers=json.dumps(answers))
    add(document, sender)
    merge(document, plan(document, kept, other))

    assert json.loads(get(document, sender).answers) == {
        "hash": {"which_organisation": {"Bsp": kept.name, "X": "Y"}, "date_order": "dmy"}
    }


def test_that_records_of_any_kind_can_be_merged(document):
    one, two = Person(name="Ada Lovelace"), Person(name="A. Lovelace", email="ada@a.eu")
    stay = Exchange(number="X-1", visitor=two.id)
    add(document, one, two, stay)

    merge(document, plan_merger(document.read, "person", one.id, two.id))

    assert get(document, stay).visitor == one.id
    assert get(document, one) == one.replace(email="ada@a.eu")


def test_that_nobody_is_merged_with_itself(document, two):
    kept, _ = two
    assert "itself" in plan(document, kept, kept).refusals[0]
