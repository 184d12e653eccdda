"""What the rules look at around exchanges, read for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.programme.exchange_case import ALONE, Signer, Surroundings, Visit
from smartct_desktop.domain.programme.memberships import Belonging
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.exchange import Exchange
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType
from smartct_desktop.domain.records.person import Person
from smartct_desktop.services.visits import VISIT

_NOTHING = ((), (), None, (), (), ())

Organisations = Callable[[Iterable[Id]], Mapping[Id, Organisation]]
"""Gives organisations by their ids; it may remember them."""


def surroundings(
    reader: Reader, exchanges: Mapping[Id, Exchange], organisations: Organisations
) -> dict[Id, Surroundings]:
    """Read what is around exchanges: memberships, the visitor's other stays, shared tool ids."""
    belongings = _Belongings(reader, exchanges.values(), organisations)
    persons = {e.visitor for e in exchanges.values() if e.visitor}
    nationals = {id_: p.third_country_national for id_, p in _people(reader, persons).items()}
    of_person = _visits(reader, "visitor", persons)
    tool_ids = {e.cxc_id for e in exchanges.values() if e.cxc_id}
    same_tool = _visits(reader, "cxc_id", tool_ids)
    signers = _signers(reader, exchanges, organisations)
    found: dict[Id, Surroundings] = {}
    for id_, exchange in exchanges.items():
        told = (
            belongings.of(exchange.vo, exchange.vo_cluster),
            belongings.of(exchange.ho, exchange.ho_cluster),
            nationals.get(exchange.visitor) if exchange.visitor else None,
            of_person.get(exchange.visitor, ()),
            same_tool.get(exchange.cxc_id, ()),
            signers.get(id_, ()),
        )
        found[id_] = ALONE if told == _NOTHING else Surroundings(*told)
    return found


def _people(reader: Reader, ids: Iterable[Id]) -> Mapping[Id, Person]:
    return reader.get_many(Person, ids) if ids else {}


def _signers(
    reader: Reader, exchanges: Iterable[Id], organisations: Organisations
) -> Mapping[Id, list[Signer]]:
    """Give who signed the papers of exchanges."""
    columns = ("exchange", "person", "signs_for")
    rows = reader.naming("exchange_person", "exchange", exchanges, columns)
    signed = [(of, person, side) for _, of, person, side in rows if side is not None]
    people = _people(reader, {person for _, person, _ in signed})
    known = organisations({p.organisation for p in people.values() if p.organisation})
    found: dict[Id, list[Signer]] = defaultdict(list)
    for of, id_, side in sorted(signed, key=lambda told: (told[1], told[2].value)):
        person = people.get(id_)
        home = known.get(person.organisation) if person and person.organisation else None
        found[of].append(
            Signer(
                id_,
                person.name if person else "?",
                side,
                home.id if home else None,
                home.name if home else "",
                home.partnership if home else None,
            )
        )
    return found


def _visits(reader: Reader, field: str, values: set[Any]) -> Mapping[object, list[Visit]]:
    """Give exchanges by what they hold in a field."""
    found: dict[object, list[Visit]] = defaultdict(list)
    if values:
        for id_, of, *told in reader.naming("exchange", field, values, (field, *VISIT)):
            found[of].append(Visit(id_, *told))
    return found


class _Belongings:
    """The memberships of the organisations of some exchanges."""

    def __init__(
        self, reader: Reader, exchanges: Iterable[Exchange], organisations: Organisations
    ) -> None:
        exchanges = tuple(exchanges)
        parties = {id_ for e in exchanges for id_ in (e.vo, e.ho) if id_}
        columns = ("organisation", "cluster", "since", "until")
        rows = reader.naming("membership", "organisation", parties, columns) if parties else ()
        named = {id_ for e in exchanges for id_ in (e.vo_cluster, e.ho_cluster) if id_}
        self._clusters = organisations(named | {cluster for _, _, cluster, *_ in rows})
        self._of: dict[Id, list[Belonging]] = defaultdict(list)
        for _, member, cluster, since, until in rows:
            self._of[member].append(self._belonging(cluster, since, until))

    def of(self, organisation: Id | None, named: Id | None) -> tuple[Belonging, ...]:
        """Give the memberships of an organisation, and the cluster an exchange names besides."""
        if organisation is None:
            return ()
        known = tuple(self._of.get(organisation, ()))
        if named is None or named == organisation or any(b.cluster == named for b in known):
            return known
        return (*known, self._belonging(named, recorded=False))

    def _belonging(
        self, cluster: Id, since: Any = None, until: Any = None, *, recorded: bool = True
    ) -> Belonging:
        of = self._clusters.get(cluster)
        return Belonging(
            cluster,
            of.name if of else "?",
            of.eccp_profiled if of else None,
            network=of is not None and of.type is OrganisationType.BUSNET,
            since=since,
            until=until,
            recorded=recorded,
        )
