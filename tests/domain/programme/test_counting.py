"""Which exchanges count, and for whom."""

from smartct_desktop.domain.programme.counting import count_exchanges, distinct_smes
from smartct_desktop.domain.record import new_id
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.partnership import CountingStatus

OWN, OTHER = new_id(), new_id()
FIRM, HOST, INSTITUTE = new_id(), new_id(), new_id()
VALIDATED = CountingStatus.VALIDATED


def stay(status=ExchangeStatus.CLOSED, **values):
    return Exchange(**{"vo": FIRM, "ho": HOST, "vop": OWN, "status": status, **values})


def counted(*stays, counted_from=VALIDATED):
    return count_exchanges(stays, OWN, counted_from)


def test_that_an_exchange_counts_from_validation_on():
    done = [stay(s) for s in ExchangeStatus if s.value in ("VAL", "PAYDUE", "PAID", "CLOSED")]
    rest = [stay(s) for s in ExchangeStatus if s.value not in ("VAL", "PAYDUE", "PAID", "CLOSED")]
    result = counted(*done, *rest)
    assert result.counted == tuple(s.id for s in done)
    assert len(result.pipeline) + len(result.left_out) == len(rest)


def test_that_the_hosts_partnership_does_not_count_it_again():
    result = counted(stay(vop=OTHER, hop=OWN))
    assert result.value == 0
    assert [str(why) for _, why in result.left_out] == ["the visitor's partnership counts it"]


def test_that_a_cancelled_stay_is_neither_counted_nor_expected():
    result = counted(stay(ExchangeStatus.CANC))
    assert (result.counted, result.pipeline) == ((), ())
    assert [str(why) for _, why in result.left_out] == ["its status is Cancelled"]


def test_that_a_person_can_overrule_the_rule_with_a_reason():
    for_it = stay(ExchangeStatus.READY, counted=True, counted_reason="agreed by mail")
    against = stay(counted=False, counted_reason="same stay as SCT-2021-002")
    result = counted(for_it, against)
    assert result.counted == (for_it.id,)
    assert "same stay as SCT-2021-002" in dict(result.left_out)[against.id]


def test_that_the_state_from_which_it_counts_is_a_setting():
    ended = stay(ExchangeStatus.REPDUE)
    assert counted(ended, counted_from=CountingStatus.ENDED).value == 1
    assert counted(ended, counted_from=CountingStatus.PAID).value == 0


def test_that_an_sme_that_visits_and_hosts_is_one():
    stays = [stay(), stay(vo=HOST, ho=FIRM), stay(vo=INSTITUTE, ho=FIRM)]
    smes = frozenset({FIRM, HOST})
    result = count_exchanges(stays, OWN, VALIDATED)
    assert distinct_smes(stays, result, smes, hosts=True).value == 2
    visitors = distinct_smes(stays, result, smes, hosts=False)
    assert visitors.value == 2
    assert [id_ for id_, _ in visitors.left_out] == [INSTITUTE]
