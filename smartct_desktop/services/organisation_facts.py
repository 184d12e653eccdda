"""What the rules look at around organisations, read for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.organisation_case import (
    NO_CLUSTER,
    ClusterFacts,
    Hosted,
    Member,
    Snapshot,
    Twin,
)
from smartct_desktop.domain.programme.stay import GIVEN_UP
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Mode
from smartct_desktop.domain.records.organisation import Organisation

_HOSTED = ("vo", "number", "start", "end", "mode", "status")

Rows = Mapping[Id, Sequence[tuple[Any, ...]]]
Parts = Callable[[str, str, Sequence[Id], tuple[str, ...]], Rows]
"""Gives by what they name in a field the columns of records of a kind."""


class OrganisationFacts:
    """Namesakes, cluster facts and guests of some organisations."""

    def __init__(
        self,
        names: Mapping[str, Sequence[Twin]],
        vats: Mapping[str, Sequence[Twin]],
        domains: Mapping[str, Sequence[Twin]],
        clusters: Mapping[Id, ClusterFacts],
        stays: Mapping[Id, Sequence[Hosted]],
    ) -> None:
        self._names = names
        self._vats = vats
        self._domains = domains
        self._clusters = clusters
        self._stays = stays

    def same_name(self, of: Organisation) -> list[Twin]:
        """Give the other organisations of the same name."""
        return [twin for twin in self._names.get(fold(of.name), ()) if twin.id != of.id]

    def same_vat(self, of: Organisation) -> list[Twin]:
        """Give the other organisations with the same VAT number."""
        return [twin for twin in self._vats.get(fold(of.vat or ""), ()) if twin.id != of.id]

    def same_domain(self, of: Organisation) -> list[Twin]:
        """Give the other organisations with the same domain of e-mails."""
        domain = fold(of.email_domain or "")
        return [twin for twin in self._domains.get(domain, ()) if twin.id != of.id]

    def cluster(self, id_: Id) -> ClusterFacts:
        """Give what is stored of an organisation as a cluster."""
        return self._clusters.get(id_, NO_CLUSTER)

    def hosted(self, id_: Id) -> Sequence[Hosted]:
        """Give the stays at an organisation."""
        return self._stays.get(id_, ())


def organisation_facts(
    organisations: Mapping[Id, Organisation], parts: Parts, reader: Reader
) -> OrganisationFacts:
    """Read what is around organisations."""
    names = _twins(reader, "name", {of.name for of in organisations.values()})
    vats = _twins(reader, "vat", {of.vat for of in organisations.values() if of.vat})
    asked = {of.email_domain for of in organisations.values() if of.email_domain}
    domains = _twins(reader, "email_domain", asked)
    ids = tuple(organisations)
    snapshots = parts("snapshot", "cluster", ids, ("as_of", "members", "smes"))
    labels = parts("label", "cluster", ids, ("valid_until",))
    members = parts("membership", "cluster", ids, ("member_kind", "since", "until"))
    clusters = {
        id_: ClusterFacts(
            [Snapshot(*told) for told in snapshots.get(id_, ())],
            [_day(told) for told in labels.get(id_, ())],
            [Member(*told) for told in members.get(id_, ())],
        )
        for id_ in ids
        if id_ in snapshots or id_ in labels or id_ in members
    }
    return OrganisationFacts(names, vats, domains, clusters, _stays(parts, ids))


def _stays(parts: Parts, ids: Sequence[Id]) -> Mapping[Id, Sequence[Hosted]]:
    """Give the physical stays at organisations that have dates and were not given up."""
    found = {}
    for id_, rows in parts("exchange", "ho", ids, _HOSTED).items():
        found[id_] = [
            Hosted(vo, number, start, end)
            for vo, number, start, end, mode, status in rows
            if vo and start and end and mode is not Mode.VIRTUAL and status not in GIVEN_UP
        ]
    return found


def _day(told: tuple[Any, ...]) -> date | None:
    day: date | None = told[0]
    return day


def _twins(reader: Reader, field: str, texts: set[str]) -> Mapping[str, list[Twin]]:
    """Give organisations by the folded text of a field."""
    found: dict[str, list[Twin]] = defaultdict(list)
    if texts:
        rows = reader.naming("organisation", field, texts, (field, "name", "country"))
        for id_, text, name, country in sorted(rows, key=lambda row: (row[2], row[0])):
            found[fold(text)].append(Twin(id_, name, country))
    return found
