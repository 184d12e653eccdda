"""Which exchanges count towards a target, and which do not and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol, TypeAlias

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.scope import EVERYTHING, Scope
from smartct_desktop.domain.records.exchange import ExchangeStatus, Mode
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.records.partnership import CountingStatus
from smartct_desktop.domain.sentence import Sentence

PIPELINE = frozenset(
    {
        ExchangeStatus.MACC,
        ExchangeStatus.CTQ,
        ExchangeStatus.FAA,
        ExchangeStatus.READY,
        ExchangeStatus.ONG,
        ExchangeStatus.REPDUE,
        ExchangeStatus.VOREP,
        ExchangeStatus.REPS,
        ExchangeStatus.VAL,
        ExchangeStatus.PAYDUE,
        ExchangeStatus.PAID,
        ExchangeStatus.CLOSED,
    }
)
"""States from an accepted match on: the exchange is expected to count one day."""

_ENDED = frozenset(
    {
        ExchangeStatus.REPDUE,
        ExchangeStatus.VOREP,
        ExchangeStatus.REPS,
        ExchangeStatus.VAL,
        ExchangeStatus.PAYDUE,
        ExchangeStatus.PAID,
        ExchangeStatus.CLOSED,
    }
)
_VALIDATED = frozenset(
    {ExchangeStatus.VAL, ExchangeStatus.PAYDUE, ExchangeStatus.PAID, ExchangeStatus.CLOSED}
)
_PAID = frozenset({ExchangeStatus.PAID, ExchangeStatus.CLOSED})

_COUNTING: Mapping[CountingStatus, frozenset[ExchangeStatus]] = {
    CountingStatus.ENDED: _ENDED,
    CountingStatus.VALIDATED: _VALIDATED,
    CountingStatus.PAID: _PAID,
}


def counting_statuses(counted_from: CountingStatus) -> frozenset[ExchangeStatus]:
    """Give the states in which an exchange counts, if it counts from this one on."""
    return _COUNTING[counted_from]


class Countable(Protocol):
    """What counting looks at: an exchange, or only these fields of one."""

    @property
    def id(self) -> Id: ...
    @property
    def status(self) -> ExchangeStatus | None: ...
    @property
    def counted(self) -> bool | None: ...
    @property
    def counted_reason(self) -> str | None: ...
    @property
    def vop(self) -> Id | None: ...
    @property
    def vo(self) -> Id | None: ...
    @property
    def ho(self) -> Id | None: ...
    @property
    def vo_cluster(self) -> Id | None: ...
    @property
    def start(self) -> date | None: ...
    @property
    def end(self) -> date | None: ...
    @property
    def planned_end(self) -> date | None: ...
    @property
    def ho_country(self) -> str | None: ...
    @property
    def amount_cents(self) -> int | None: ...
    @property
    def entitlement_cents(self) -> int | None: ...
    @property
    def paid_on(self) -> date | None: ...
    @property
    def ho_cluster(self) -> Id | None: ...
    @property
    def mode(self) -> Mode | None: ...


class CountedFields(NamedTuple):
    """The fields of an exchange that counting looks at, without the sixty others.

    Those that are not required are looked at by breakdowns and where it matters whose it is.
    """

    id: Id
    status: ExchangeStatus | None
    counted: bool | None
    counted_reason: str | None
    vop: Id | None
    vo: Id | None
    ho: Id | None
    start: date | None
    end: date | None
    vo_cluster: Id | None = None
    planned_end: date | None = None
    ho_country: str | None = None
    amount_cents: int | None = None
    entitlement_cents: int | None = None
    paid_on: date | None = None
    ho_cluster: Id | None = None
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with the records behind it: its value is the size of `counted`.

    `pipeline` are records that do not count yet but will if they end well; every other record
    considered stands in `left_out` with the reason, so that each stands in exactly one of the
    three. Where a record counts for more than one (an event for its participants), `weights` says
    for how many, and the value is their sum; it says nothing of others.
    """

    counted: tuple[Id, ...]
    pipeline: tuple[Id, ...]
    left_out: Collection[tuple[Id, Sentence]]
    weights: Mapping[Id, int] = field(default_factory=dict)

    @property
    def value(self) -> int:
        """The number to report."""
        return len(self.counted) - len(self.weights) + sum(self.weights.values())


About: TypeAlias = tuple[Id | None, OrganisationType | None]
"""The partner that an exchange belongs to, and the type of its visitor."""


def as_written(exchange: Countable) -> About:
    """Take the visitor's cluster as it stands in the exchange, and know no type."""
    return exchange.vo_cluster, None


class Sorting:
    """Collects records one by one into the three sets of a figure."""

    def __init__(self) -> None:
        self.counted: dict[Id, int] = {}
        self.pipeline: dict[Id, None] = {}
        self.left_out: dict[Id, Sentence] = {}

    def put(self, id_: Id, why_not: Sentence | None, *, expected: bool = False) -> None:
        """Put a record where it belongs: counted if nothing speaks against it."""
        if why_not is None:
            self.counted[id_] = 1
        elif expected:
            self.pipeline[id_] = None
        else:
            self.left_out[id_] = why_not

    def weigh(self, id_: Id, weight: int) -> None:
        """Count a record for so many."""
        self.counted[id_] = weight

    def result(self) -> Counted:
        """Give what was collected."""
        return Counted(
            tuple(self.counted),
            tuple(self.pipeline),
            self.left_out.items(),
            {id_: weight for id_, weight in self.counted.items() if weight != 1},
        )


_ELSEWHERE = Sentence("the visitor's partnership counts it")
_NO_STATUS = Sentence("it has no status")
_STATUS_IS = {
    status: Sentence("its status is {status}", status=status.label) for status in ExchangeStatus
}


def not_counted(
    exchange: Countable, own: Id | None, counted_from: CountingStatus
) -> Sentence | None:
    """Say why an exchange does not count for the own partnership, None if it does.

    An exchange counts once, for the visitor's partnership (CLAMTEX, FAQ); one without a
    visitor's partnership is taken as the own.
    """
    if exchange.counted is not None:
        reason = exchange.counted_reason or Sentence("no reason given")
        return None if exchange.counted else Sentence("set by hand: {reason}", reason=reason)
    if exchange.vop is not None and exchange.vop != own:
        return _ELSEWHERE
    if exchange.status is None:
        return _NO_STATUS
    return None if exchange.status in _COUNTING[counted_from] else _STATUS_IS[exchange.status]


def count_exchanges(
    exchanges: Iterable[Countable],
    own: Id | None,
    counted_from: CountingStatus,
    scope: Scope = EVERYTHING,
    about: Callable[[Countable], About] = as_written,
) -> Counted:
    """Count each exchange once for the own partnership, from the configured state on.

    An exchange belongs to the partner whose member travels, and to the period in which its stay
    ends. `about` is asked for partner and type of visitor, and only where the scope needs them.
    """
    sorting = Sorting()
    for exchange in exchanges:
        why_not = not_counted(exchange, own, counted_from)
        expected = exchange.counted is None and exchange.vop in (None, own) and _expected(exchange)
        if scope is not EVERYTHING and (why_not is None or expected):
            partner, type_ = about(exchange) if scope.is_part else (None, None)
            outside = scope.leaves_out(partner, exchange.end or exchange.start, type_)
            why_not, expected = (outside, False) if outside is not None else (why_not, expected)
        sorting.put(exchange.id, why_not, expected=expected)
    return sorting.result()


def _expected(exchange: Countable) -> bool:
    return exchange.status in PIPELINE


def distinct_smes(
    exchanges: Iterable[Countable], counted: Counted, smes: frozenset[Id], *, hosts: bool
) -> Counted:
    """Count each SME of the counted exchanges once, as visitor and, with `hosts`, as host.

    `smes` are the organisations known to be SMEs. An enterprise supported several times is one
    (the practice of other EU funds); whether hosts are "involved" is a setting of the target.
    """
    of_counted, of_pipeline = frozenset(counted.counted), frozenset(counted.pipeline)
    involved, expected, others = set[Id](), set[Id](), set[Id]()
    seen: dict[Id, None] = {}
    for exchange in exchanges:
        group = (
            involved
            if exchange.id in of_counted
            else expected
            if exchange.id in of_pipeline
            else others
        )
        for organisation in (exchange.vo, exchange.ho if hosts else None):
            if organisation is not None:
                group.add(organisation)
                seen[organisation] = None
    sorting = Sorting()
    for organisation in seen:
        why_not: Sentence | None = None
        if organisation not in smes:
            why_not = Sentence("it is not known to be an SME")
        elif organisation not in involved:
            why_not = Sentence("none of its exchanges counts")
        waits = organisation in smes and organisation in expected
        sorting.put(organisation, why_not, expected=waits)
    return sorting.result()
