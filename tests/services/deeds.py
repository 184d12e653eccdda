"""A small document, and random deeds on it."""

import datetime as dt
from contextlib import suppress

from hypothesis import strategies as st

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.records.attendance import Attendance
from smartct_desktop.domain.records.event import Event, EventStatus
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.partnership import CountingStatus
from smartct_desktop.services.merging import merge, plan_merger
from smartct_desktop.services.own_partnership import own_partnership
from smartct_desktop.services.undoing import plan_reversal, reverse
from tests.services.steps import add, change, remove

TODAY = dt.date(2022, 10, 1)


def fill(own):
    """Two stays that count in 2021, one that does not, an event with two people."""
    ours = own_partnership(own.read)
    firms = [Organisation(name=f"Firm {n}", sme=True) for n in range(3)]
    host = Organisation(name="Host", sme=True)
    cluster = Organisation(name="Cluster A", type=OrganisationType.CLUSTER, partnership=ours.id)
    stays = [
        Exchange(
            number=f"X-{n}",
            vo=firms[n].id,
            ho=host.id,
            vop=ours.id,
            vo_cluster=cluster.id,
            status=status,
            end=dt.date(2021, 5, 3 + n),
        )
        for n, status in enumerate((ExchangeStatus.VAL, ExchangeStatus.PAID, ExchangeStatus.ONG))
    ]
    event = Event(title="Day", status=EventStatus.HELD, end=dt.date(2021, 6, 1))
    people = [Attendance(event=event.id, name_text=name) for name in ("Ana", "Borja")]
    add(own, cluster, host, *firms, *stays, event, *people)
    return own, firms, stays, event, people, cluster


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("status"), st.integers(0, 2), st.sampled_from(ExchangeStatus)),
        st.tuples(st.just("end"), st.integers(0, 2), st.dates(dt.date(2020, 11, 1), TODAY)),
        st.tuples(st.just("sme"), st.integers(0, 2), st.sampled_from([True, False, None])),
        st.tuples(st.just("remove"), st.integers(0, 2), st.none()),
        st.tuples(st.just("person"), st.integers(0, 3), st.none()),
        st.tuples(st.just("event"), st.integers(0, 0), st.sampled_from(EventStatus)),
        st.tuples(st.just("counted"), st.integers(0, 0), st.sampled_from(CountingStatus)),
        st.tuples(st.just("merge"), st.integers(0, 1), st.none()),
        st.tuples(st.just("turn"), st.integers(1, 4), st.none()),
        st.tuples(st.just("undo"), st.integers(0, 0), st.none()),
    ),
    max_size=8,
)


def act(document, filled, step, closing):
    """Do one step; none up to number `closing` is undone."""
    _, firms, stays, event, *_ = filled
    what, which, value = step
    reader = document.read
    there = {r.id for kind in (Exchange, Organisation, Event) for r in reader.all(kind)}
    match what:
        case "status" | "end" if stays[which].id in there:
            change(document, stays[which], **{what: value})
        case "sme" if firms[which].id in there:
            change(document, firms[which], sme=value)
        case "remove" if stays[which].id in there:
            remove(document, stays[which])
        case "person":
            add(document, Attendance(event=event.id, name_text=f"Name {which}"))
        case "event":
            change(document, event, status=value)
        case "counted":
            change(document, own_partnership(reader), counted_from=value)
        case "merge" if {firms[which].id, firms[which + 1].id} <= there:
            plan = plan_merger(reader, "organisation", firms[which].id, firms[which + 1].id)
            merge(document, plan)
        case "undo" if reader.next_undo().no > closing:
            document.undo()
        case "turn" if reader.next_undo().no > closing + which:
            with suppress(Trouble):  # nothing of it can be put back any more
                reverse(document, plan_reversal(reader, closing + which))
        case _:
            pass
