"""Which exchanges count towards a target, and which do not and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.records.exchange import ExchangeStatus
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


@dataclass(frozen=True, slots=True)
class CountedFields:
    """The fields of an exchange that counting looks at, without the sixty others."""

    id: Id
    status: ExchangeStatus | None
    counted: bool | None
    counted_reason: str | None
    vop: Id | None
    vo: Id | None
    ho: Id | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with the records behind it: its value is the size of `counted`.

    `pipeline` are records that do not count yet but will if they end well; every other record
    considered stands in `left_out` with the reason.
    """

    counted: tuple[Id, ...]
    pipeline: tuple[Id, ...]
    left_out: tuple[tuple[Id, Sentence], ...]

    @property
    def value(self) -> int:
        """The number to report."""
        return len(self.counted)


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
        return Sentence("the visitor's partnership counts it")
    if exchange.status is None:
        return Sentence("it has no status")
    if exchange.status in _COUNTING[counted_from]:
        return None
    return Sentence("its status is {status}", status=exchange.status.label)


def count_exchanges(
    exchanges: Iterable[Countable], own: Id | None, counted_from: CountingStatus
) -> Counted:
    """Count each exchange once for the own partnership, from the configured state on."""
    counted, pipeline = [], []
    left_out: list[tuple[Id, Sentence]] = []
    for exchange in exchanges:
        reason = not_counted(exchange, own, counted_from)
        if reason is None:
            counted.append(exchange.id)
        elif exchange.counted is None and exchange.vop in (None, own) and _expected(exchange):
            pipeline.append(exchange.id)
        else:
            left_out.append((exchange.id, reason))
    return Counted(tuple(counted), tuple(pipeline), tuple(left_out))


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
    involved: dict[Id, None] = {}
    expected: dict[Id, None] = {}
    other: dict[Id, None] = {}
    for exchange in exchanges:
        group = (
            involved
            if exchange.id in of_counted
            else expected
            if exchange.id in of_pipeline
            else None
        )
        if group is None:
            continue
        for organisation in (exchange.vo, exchange.ho if hosts else None):
            if organisation is not None:
                (group if organisation in smes else other)[organisation] = None
    return Counted(
        tuple(involved),
        tuple(id_ for id_ in expected if id_ not in involved),
        tuple((id_, Sentence("it is not known to be an SME")) for id_ in other),
    )
