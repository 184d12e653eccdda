"""What was sent stays, and what moved since is told: as sent and adjustments are what is now."""

import datetime as dt
import os

import pytest
from hypothesis import HealthCheck, given, settings

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.domain.records.partnership import CountingStatus
from smartct_desktop.domain.records.reporting_period import ReportingPeriod
from smartct_desktop.domain.records.sent_figure import SentFigure, Span
from smartct_desktop.domain.records.sent_records import SentRecord, SentRecords
from smartct_desktop.services.adjustments import adjustments
from smartct_desktop.services.causes import Causes, CauseWords, step_of_closing
from smartct_desktop.services.closed_periods import (
    close,
    closed_periods,
    open_again,
    plan_closing,
    sent_figures,
    sent_records,
)
from smartct_desktop.services.figure_facts import FigureFacts
from smartct_desktop.services.figures import figures
from smartct_desktop.services.merging import merge, plan_merger
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.texts import ISO, Texts
from tests.services.deeds import STEPS, TODAY, act, fill
from tests.services.steps import add, change, remove

YEAR = (dt.date(2021, 1, 1), dt.date(2021, 12, 31))
LONG = 300 if os.environ.get("SMARTCT_LONG") else 15
WHOLE = "EXCH_VALIDATED_VOP"


def close_year(document, **more):
    close(document, plan_closing(document.read, TODAY, YEAR, **more))
    (period,) = closed_periods(document.read)
    return period


def of(document, period, code=WHOLE, span=Span.IN_PERIOD, cluster=None):
    facts = FigureFacts.read(document.read, TODAY)
    found = adjustments(document.read, facts, period)
    (one,) = [
        one
        for one in found
        if (one.figure.code, one.figure.span, one.figure.cluster) == (code, span, cluster)
    ]
    return one


@pytest.fixture
def filled(own):
    return fill(own)


def test_that_what_was_sent_is_kept_with_its_records_in_one_step(filled):
    document, *_, cluster = filled
    before = document.read.history_count()
    now = {figure.code: figure.value for figure in figures(document.read, TODAY)}
    period = close_year(document, name=" The  year ")
    assert document.read.history_count() == before + 1
    assert (period.name, period.closed_on, period.closed) == ("The year", TODAY, True)
    kept = sent_figures(document.read, period)
    whole = next(one for one in kept if one.code == WHOLE and one.cluster is None)
    assert whole.value == now[WHOLE] == 2
    behind = sent_records(document.read, kept)[whole.id]
    assert {one.caption for one in behind.values()} == {"X-0", "X-1"}
    assert {one.cluster for one in kept} == {None, cluster.id}
    facts = FigureFacts.read(document.read, TODAY)
    assert not any(one.adjustments for one in adjustments(document.read, facts, period))
    document.undo()
    assert closed_periods(document.read) == []
    assert not list(document.read.all(SentRecords))
    document.redo()
    assert closed_periods(document.read) == [period]


def test_that_each_later_change_is_an_adjustment_with_its_reason(filled):
    document, firms, stays, event, _, cluster = filled
    period = close_year(document)
    change(document, stays[0], status=ExchangeStatus.CANC)
    change(document, stays[2], status=ExchangeStatus.VAL)
    add(document, Attendance(event=event.id, name_text="Chiara"))
    one = of(document, period)
    assert (one.sent, one.added, one.removed, one.changed, one.now) == (2, 1, 1, 0, 2)
    moved = {adjusted.id: adjusted for adjusted in one.adjustments}
    assert str(moved[stays[0].id].because) == "its status is Cancelled"
    assert moved[stays[2].id].because is None
    assert of(document, period, cluster=cluster.id).removed == 1
    people_now = of(document, period, "PARTICIPANTS")
    assert (people_now.sent, people_now.changed, people_now.now) == (2, 1, 3)
    causes = Causes(document.read, step_of_closing(document.read, period.id))
    words = CauseWords(document.read, Texts(ProgrammeFacts(), ISO))
    told = [words.what(cause) for cause in causes.of("exchange", stays[0].id)]
    assert told == ["Exchange X-0: Status: Validated → Cancelled"]
    (arrival,) = causes.of("event", event.id)
    assert arrival.change.kind == "attendance"
    smes = of(document, period, "DISTINCT_SME_VO")
    assert {a.id for a in smes.adjustments} == {firms[0].id, firms[2].id}
    assert all(causes.of("organisation", a.id) for a in smes.adjustments)


def test_that_a_record_that_was_deleted_or_merged_is_still_told(filled):
    document, firms, stays, *_ = filled
    period = close_year(document)
    remove(document, stays[0])
    merge(document, plan_merger(document.read, "organisation", firms[2].id, firms[1].id))
    one = of(document, period)
    (gone,) = one.adjustments
    assert (gone.caption, str(gone.because)) == ("X-0", "it is no longer in the document")
    causes = Causes(document.read, step_of_closing(document.read, period.id))
    assert [c.step.label for c in causes.of("exchange", stays[0].id)] == ["removal"]
    smes = of(document, period, "DISTINCT_SME_VO")
    lost = {a.id: a for a in smes.adjustments}
    assert str(lost[firms[1].id].because) == "it is no longer in the document"
    assert any("Firm 1" in c.step.label for c in causes.of("organisation", firms[1].id))


def test_that_from_when_exchanges_count_is_a_cause_where_no_record_moved(filled):
    document, _, stays, *_ = filled
    period = close_year(document)
    change(document, own_partnership(document.read), counted_from=CountingStatus.PAID)
    (gone,) = of(document, period).adjustments
    assert gone.id == stays[0].id
    causes = Causes(document.read, step_of_closing(document.read, period.id))
    (cause,) = causes.of("exchange", stays[0].id)
    assert cause.change.kind == "partnership"


def test_that_what_was_sent_cannot_be_changed_or_removed(filled):
    document = filled[0]
    period = close_year(document)
    figure = sent_figures(document.read, period)[0]
    part = next(iter(document.read.all(SentRecords)))
    for kind, record, values in (
        (SentFigure, figure, {"value": 99}),
        (SentRecords, part, {"lines": "x 1"}),
        (ReportingPeriod, period, {"last": TODAY}),
    ):
        with pytest.raises(Invalid):
            change(document, record, **values)
        with pytest.raises(Invalid):
            remove(document, record)
        assert document.read.get(kind, record.id) == record


def test_that_a_period_is_opened_again_only_with_a_reason_and_then_closed_anew(filled):
    document = filled[0]
    period = close_year(document)
    with pytest.raises(Invalid):
        close_year(document)
    with pytest.raises(Invalid):
        open_again(document, period, "  ", TODAY)
    open_again(document, period, "the funder asked for another form", TODAY)
    assert closed_periods(document.read) == []
    again = close_year(document)
    assert again.id != period.id
    assert document.read.get(ReportingPeriod, period.id).opened_on == TODAY


def test_that_a_period_that_has_not_ended_is_not_closed(filled):
    with pytest.raises(Invalid, match="can be closed after that day"):
        plan_closing(filled[0].read, TODAY, (None, TODAY))


def test_that_a_long_list_of_records_is_kept_in_parts_and_comes_back_whole():
    given_ = [SentRecord(f"{n:032x}", n % 3 + 1, f"Nº {n}  of\tmany") for n in range(4000)]
    parts = list(SentRecords.of("f" * 32, given_))
    assert len(parts) == 3
    back = [one for part in parts for one in part.counted]
    assert [(one.id, one.weight) for one in back] == [(one.id, one.weight) for one in given_]
    assert back[7].caption == "Nº 7 of many"


@given(steps=STEPS)
@settings(max_examples=LONG, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_as_sent_and_the_adjustments_are_always_what_is_now(filled, steps):
    document = filled[0]
    close(document, plan_closing(document.read, TODAY, YEAR))
    period = closed_periods(document.read)[0]
    closing = document.read.next_undo().no
    try:
        for step in steps:
            act(document, filled, step, closing)
        _all_is_explained(document, period, closing)
    finally:
        while document.read.next_undo().no >= closing:
            document.undo()
    assert closed_periods(document.read) == []


def _all_is_explained(document, period, closing):
    facts = FigureFacts.read(document.read, TODAY)
    causes = Causes(document.read, closing)
    for one in adjustments(document.read, facts, period):
        assert one.sent + one.added - one.removed + one.changed == one.now
        assert one.now == one.sent + sum(a.difference for a in one.adjustments)
        for adjustment in one.adjustments:
            assert adjustment.caption
            assert (adjustment.because is None) == bool(adjustment.now)
            assert causes.of(one.figure.records_kind, adjustment.id)
