"""Whose exchange it is: to which partner of the partnership an exchange belongs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.counting import Countable
from smartct_desktop.domain.sentence import Sentence


class How(Enum):
    """What tells the partner of an exchange."""

    WRITTEN = "the exchange names the visitor's cluster"
    VISITS = "the visitor is the cluster"
    MEMBER = "the visitor is its member"
    SENT = "its file brought the exchange"
    UNTOLD = "nothing does"


@dataclass(frozen=True, slots=True)
class Whose:
    """The partner of an exchange and what tells it; `sender` is the name that its file came under.

    A partner that is written need not be one of the own partnership.
    """

    partner: Id | None
    how: How
    sender: str = ""

    @property
    def why(self) -> Sentence:
        """Say what tells the partner."""
        match self.how:
            case How.WRITTEN:
                return Sentence("named as the visitor's cluster")
            case How.VISITS:
                return Sentence("the visitor is the cluster itself")
            case How.MEMBER:
                return Sentence("the visitor is a member")
            case How.SENT:
                return Sentence("sent by {sender}", sender=self.sender)
            case How.UNTOLD:
                return Sentence("no partner can be told")


UNTOLD = Whose(None, How.UNTOLD)

ClusterOf: TypeAlias = Callable[[Id, date | None], Id | None]
"""Gives the partner that an organisation is, or whose member it was on a day."""


def whose(exchange: Countable, partners: Collection[Id], cluster_of: ClusterOf) -> Whose:
    """Say to which partner an exchange belongs by its own facts.

    It belongs to the visitor's side: what is written of it decides, otherwise of which partner the
    visitor is a member (or that it is one). The side of the host claims nothing (CLAMTEX).
    """
    if exchange.vo_cluster is not None:
        return Whose(exchange.vo_cluster, How.WRITTEN)
    if exchange.vo is not None:
        if exchange.vo in partners:
            return Whose(exchange.vo, How.VISITS)
        cluster = cluster_of(exchange.vo, exchange.end or exchange.start)
        if cluster is not None:
            return Whose(cluster, How.MEMBER)
    return UNTOLD


def whose_by_sender(
    exchange: Countable, sender: str, of: Id | None, own: Id | None, cluster_of: ClusterOf
) -> Whose:
    """Say whether an exchange of which nothing tells the partner belongs to who sent it first.

    `of` is the partner that goes by the name of the sender. Not where the sender is the side of
    the host, which may send the exchanges that it hosts, nor where the visitor's partnership is
    another one.
    """
    if of is None or exchange.vop not in {None, own}:
        return UNTOLD
    host = exchange.ho_cluster
    if host is None and exchange.ho is not None:
        host = cluster_of(exchange.ho, exchange.end or exchange.start)
    return UNTOLD if host == of else Whose(of, How.SENT, sender)
