"""Figures are the sizes of their sets, and an import tells beforehand what it does to them."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.membership import Membership
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import Partnership
from smartct_desktop.domain.records.target import CountingRule, Target
from smartct_desktop.services.figures import figures
from smartct_desktop.services.importing.importer import Importer
from smartct_desktop.services.importing.planning import Wish
from smartct_desktop.services.main_job import PARTNER_FILE
from smartct_desktop.services.own_partnership import own_partnership, partners
from smartct_desktop.system.resources import resource
from tests.services.steps import add, change

TODAY = dt.date(2022, 10, 1)
EXCHANGES = CountingRule.EXCH_VALIDATED_VOP


def by_code(document, scope=EVERYTHING):
    return {figure.code: figure for figure in figures(document.read, TODAY, scope)}


def test_that_the_sample_has_its_targets(sample):
    found = by_code(sample)
    assert found["EXCH_VALIDATED_VOP"].target == 50
    assert found["DISTINCT_SME_VO_HO"].target == 35
    assert found["EVENTS_HELD"].value == len(found["EVENTS_HELD"].behind.counted) == 6


def test_that_the_effect_told_before_an_import_is_what_comes_true(sample, facts):
    importer = Importer(sample, facts, TODAY)
    book = importer.read(resource(PARTNER_FILE), Progress())
    plan = importer.plan_with(book, {}, Wish(accept_proposals=True), Progress())
    before = {code: figure.value for code, figure in by_code(sample).items()}
    importer.commit(plan)
    after = {code: figure.value for code, figure in by_code(sample).items()}
    assert (dict(plan.effect.before), dict(plan.effect.after)) == (before, after)
    assert after["EXCH_VALIDATED_VOP"] == before["EXCH_VALIDATED_VOP"] + 6


def test_that_an_exchange_counts_for_the_partner_whose_member_visits(sample):
    neu, mlc = partners(sample.read)[:2]
    firm, own = Organisation(name="Sensorik Sachs GmbH"), own_partnership(sample.read)
    stay = Exchange(vo=firm.id, vop=own.id, status=ExchangeStatus.VAL, end=dt.date(2022, 4, 29))
    add(sample, firm, stay)
    assert by_code(sample, Scope(partner=neu.id))[EXCHANGES.value].value == 0
    member = Membership(cluster=neu.id, organisation=firm.id, since=PartialDate(2022))
    add(sample, member)
    assert by_code(sample, Scope(partner=neu.id))[EXCHANGES.value].behind.counted == (stay.id,)
    assert by_code(sample, Scope(partner=mlc.id))[EXCHANGES.value].value == 0
    change(sample, member, since=PartialDate(2022, 6))
    assert by_code(sample, Scope(partner=neu.id))[EXCHANGES.value].value == 0


def test_that_a_target_counts_from_its_day_on_and_only_its_own_part(sample):
    neu = partners(sample.read)[0]
    raised = Target(
        name="Exchanges", value=60, counting_rule=EXCHANGES, valid_from=dt.date(2022, 1, 1)
    )
    later = raised.replace(id=raised.id + "b", value=70, valid_from=dt.date(2023, 1, 1))
    share = Target(code="NEU", name="Of NEU", value=10, counting_rule=EXCHANGES, cluster=neu.id)
    firms = Target(name="By SMEs", value=25, counting_rule=EXCHANGES, visitor_type="SME, LARGE")
    add(sample, raised, later, share, firms)
    found = by_code(sample)
    assert found["EXCH_VALIDATED_VOP"].target == 60
    assert found["EXCH_VALIDATED_VOP:NEU"].target == 10
    assert found["EXCH_VALIDATED_VOP:NEU"].scope == Scope(partner=neu.id)
    assert [f.name for f in found.values() if f.target == 25] == ["By SMEs"]
    assert by_code(sample, Scope(partner=neu.id))["EXCH_VALIDATED_VOP"].target == 10


def test_that_a_target_of_a_partnership_that_is_not_ours_is_not_our_target(sample):
    other = Partnership(acronym="BLUES")
    theirs = Target(name="X", value=9, counting_rule=CountingRule.EVENTS_HELD, partnership=other.id)
    add(sample, other, theirs)
    assert by_code(sample)["EVENTS_HELD"].target is None


STATUSES = st.sampled_from([None, *ExchangeStatus])
STAYS = st.lists(
    st.tuples(
        STATUSES,
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(0, 2),
        st.sampled_from([None, True, False]),
        st.none() | st.dates(dt.date(2021, 6, 1), dt.date(2022, 12, 1)),
    ),
    max_size=12,
)


@given(stays=STAYS, present=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5)), max_size=8))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_each_record_stands_in_one_set_and_the_parts_add_up(own, stays, present):
    ours = own_partnership(own.read)
    clusters = [
        Organisation(name=f"Cluster {n}", type=OrganisationType.CLUSTER, partnership=ours.id)
        for n in range(2)
    ]
    firms = [Organisation(name=f"Firm {n}", sme=n % 2 == 0) for n in range(6)]
    events = [Event(title=f"Event {n}", status=EventStatus.HELD) for n in range(3)]
    given_ = [
        Exchange(
            status=status,
            vo=firms[vo].id,
            ho=firms[ho].id if ho != vo else None,
            vo_cluster=clusters[of].id if of < 2 else None,
            counted=counted,
            counted_reason=None if counted is None else "said so",
            end=end,
        )
        for status, vo, ho, of, counted, end in stays
    ]
    people = [Attendance(event=events[at].id, name_text=f"Name {who}") for at, who in present]
    add(own, *clusters, *firms, *events, *given_, *people)
    whole = by_code(own)
    for figure in whole.values():
        behind = figure.behind
        in_sets = [*behind.counted, *behind.pipeline, *(id_ for id_, _ in behind.left_out)]
        assert len(in_sets) == len(set(in_sets))
        assert figure.value == sum(behind.weights.get(id_, 1) for id_ in behind.counted)
        assert all(why for _, why in behind.left_out)
    exchanges = whole["EXCH_VALIDATED_VOP"].behind
    sets = {*exchanges.counted, *exchanges.pipeline, *(id_ for id_, _ in exchanges.left_out)}
    assert {stay.id for stay in given_} <= sets
    _parts_add_up(own, clusters, given_, whole)


def _parts_add_up(document, clusters, stays, whole):
    counted = set(whole["EXCH_VALIDATED_VOP"].behind.counted)
    of_nobody = {stay.id for stay in stays if stay.vo_cluster is None} & counted
    shares = [
        set(by_code(document, Scope(partner=c.id))["EXCH_VALIDATED_VOP"].behind.counted)
        for c in clusters
    ]
    assert not shares[0] & shares[1]
    assert shares[0] | shares[1] | of_nobody >= counted & {stay.id for stay in stays}
    middle = dt.date(2022, 3, 1)
    early = by_code(document, Scope(until=middle))["EXCH_VALIDATED_VOP"].behind.counted
    late = by_code(document, Scope(since=middle + dt.timedelta(1)))["EXCH_VALIDATED_VOP"]
    undated = {stay.id for stay in stays if stay.end is None} & counted
    dated = {stay.id for stay in stays} - undated
    assert not set(early) & set(late.behind.counted)
    assert (set(early) | set(late.behind.counted)) & dated == counted & dated
