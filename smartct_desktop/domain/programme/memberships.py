"""Whether an organisation is a member of a cluster that makes it eligible, on a given day.

A small firm or a supporting organisation takes part as a member of a cluster organisation with a
profile on the European platform; membership of a business network alone is not enough (CLAM-F).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Belonging:
    """One membership of an organisation, and what is known of the cluster.

    `profiled`: whether the cluster has a profile on the European platform, None if not known.
    `network`: it is a business network, not a cluster. `recorded` is False for a cluster that an
    exchange only names, without a membership that is stored.
    """

    cluster: Id
    name: str
    profiled: bool | None
    network: bool = False
    since: PartialDate | None = None
    until: PartialDate | None = None
    recorded: bool = True

    def held(self, on: date | None) -> bool:
        """Whether it was a member on a day; blank dates limit nothing, nor does an unknown day.

        Of a date of which only the month or year is known, every day in it is given the member.
        """
        if on is None:
            return True
        begun = self.since is None or self.since.first <= on
        return begun and (self.until is None or on <= self.until.last)

    @property
    def makes_eligible(self) -> bool | None:
        """Whether being its member is enough; None if that is not known."""
        if self.network or self.profiled is False:
            return False
        return True if self.profiled and self.recorded else None


class Standing(Enum):
    """What the memberships of an organisation say on a day."""

    MEMBER = "member"
    DOUBTFUL = "doubtful"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Membership:
    """The verdict, on which cluster it rests if on any, and the reason in words."""

    standing: Standing
    because: Sentence
    cluster: Id | None = None


_NOT_ASKED = Membership(Standing.DOUBTFUL, Sentence("no membership of a cluster is recorded"))


def membership_on(belongings: Iterable[Belonging], on: date | None) -> Membership:
    """Say whether an organisation was a member of a profiled cluster on a day.

    Where nothing at all is recorded it is doubtful: nobody asked yet. Memberships that are known
    and not enough are a no.
    """
    belongings = tuple(belongings)
    if not belongings:
        return _NOT_ASKED
    doubt: Membership | None = None
    against: Sentence | None = None
    for each in sorted(belongings, key=lambda b: (not b.recorded, b.name, b.cluster)):
        if not each.held(on):
            against = against or Sentence("no member of {cluster} on that day", cluster=each.name)
            continue
        enough = each.makes_eligible
        if enough:
            because = Sentence("member of {cluster}", cluster=each.name)
            return Membership(Standing.MEMBER, because, each.cluster)
        if enough is None:
            doubt = doubt or Membership(Standing.DOUBTFUL, _doubt(each), each.cluster)
        else:
            against = Sentence(
                "{cluster} is a business network"
                if each.network
                else "{cluster} has no profile on the European platform",
                cluster=each.name,
            )
    if doubt is not None:
        return doubt
    if against is not None:
        return Membership(Standing.NONE, against)
    return _NOT_ASKED


def _doubt(of: Belonging) -> Sentence:
    if not of.recorded:
        return Sentence("{cluster} is named, but no membership is recorded", cluster=of.name)
    return Sentence(
        "whether {cluster} has a profile on the European platform is not recorded", cluster=of.name
    )


def lost_before(belongings: Iterable[Belonging], start: date, end: date) -> Belonging | None:
    """Give a membership that made eligible at the start and was over at the end, if none was left.

    None where another one lasted.
    """
    of_start = [b for b in belongings if b.held(start) and b.makes_eligible is not False]
    if any(b.held(end) for b in of_start):
        return None
    return next(iter(of_start), None)
