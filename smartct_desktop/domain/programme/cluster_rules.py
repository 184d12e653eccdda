"""The figures, labels and members of clusters (ORG)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.organisation_case import OrganisationCase, Snapshot
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.sentence import Sentence

_MOST_CHANGE = Decimal("0.2")
_FIRST = PartialDate(1)


def _by_date(case: OrganisationCase) -> list[Snapshot]:
    return sorted(case.cluster.snapshots, key=lambda one: (one.as_of or _FIRST, one.members or 0))


def _current_members(case: OrganisationCase) -> int:
    """Count the memberships that are stored and not over."""
    return sum(m.until is None or m.until.last >= case.today for m in case.cluster.members)


def _smes_are_members(case: OrganisationCase) -> Iterator[Said]:
    for one in _by_date(case):
        if one.members is not None and one.smes is not None and one.smes > one.members:
            yield Said("", {"smes": one.smes, "members": one.members})
            return


def _large_enough(case: OrganisationCase) -> Iterator[Said]:
    if case.organisation.type is not OrganisationType.CLUSTER:
        return
    told = [one.members for one in _by_date(case) if one.members is not None]
    members = told[-1] if told else _current_members(case) or None
    least = case.rules.min_cluster_members
    kinds = {member.kind for member in case.cluster.members if member.kind}
    if members is not None and members < least:
        few = Sentence("It has {members} members; {least} are needed", members=members, least=least)
        yield Said("", {"why": few})
    elif len(kinds) == 1 and all(member.kind for member in case.cluster.members):
        yield Said("", {"why": Sentence("All members are of one kind")})


def _figures_fit_the_list(case: OrganisationCase) -> Iterator[Said]:
    """Compare a list that seems to be complete: one of less than half the members only began."""
    told = [one.members for one in _by_date(case) if one.members is not None]
    listed = _current_members(case)
    if told and listed * 2 >= told[-1] != listed:
        yield Said("", {"told": told[-1], "listed": listed})


def _label_valid(case: OrganisationCase) -> Iterator[Said]:
    days = [day for day in case.cluster.labels if day is not None]
    if days and len(days) == len(case.cluster.labels) and max(days) < case.today:
        yield Said("", {"day": max(days)})


def _steady(case: OrganisationCase) -> Iterator[Said]:
    told = [one for one in _by_date(case) if one.members]
    for before, after in pairwise(told):
        first, second = before.members or 0, after.members or 0
        if abs(second - first) > first * _MOST_CHANGE:
            yield Said("", {"before": first, "after": second})
            return


RULES: tuple[Rule[OrganisationCase], ...] = (
    Rule(
        "ORG-08",
        Severity.ERROR,
        "organisation",
        "More SMEs than members",
        "The figures tell {smes} SMEs among {members} members.",
        "Correct the figures of the cluster.",
        "own reading",
        _smes_are_members,
    ),
    Rule(
        "ORG-09",
        Severity.WARNING,
        "organisation",
        "Cluster too small for a profile",
        "{why}, as the European platform asks of a cluster.",
        "Correct the figures or the members, or ask the cluster about its profile.",
        "REGP",
        _large_enough,
    ),
    Rule(
        "ORG-10",
        Severity.WARNING,
        "organisation",
        "Figures differ from the list of members",
        "The newest figures tell {told} members, the list has {listed}.",
        "Ask the cluster for its list of today, or for newer figures.",
        "SEED",
        _figures_fit_the_list,
    ),
    Rule(
        "ORG-11",
        Severity.WARNING,
        "organisation",
        "Label has expired",
        "The label was valid until {day}.",
        "Record the new label, if the cluster has one.",
        "ESCA",
        _label_valid,
    ),
    Rule(
        "ORG-16",
        Severity.INFO,
        "organisation",
        "Figures changed much",
        "The members went from {before} to {after} between two figures.",
        "Look whether both were counted alike.",
        "own reading",
        _steady,
    ),
)
"""The rules on clusters."""
