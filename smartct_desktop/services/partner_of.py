"""To which partner a record belongs that the rules speak of."""

from __future__ import annotations

from smartct_desktop.domain.fields import Id
from smartct_desktop.services.figure_facts import FigureFacts


def partner_of(facts: FigureFacts, kind: str, id_: Id) -> Id | None:
    """Give the partner that has to do with an exchange, an organisation or an event.

    That is the partner whose member travels, whose member the organisation is (or which it is
    itself), who hosts the event. None where it is no own partner, or not to be told.
    """
    partner: Id | None = None
    if kind == "exchange" and id_ in facts.exchanges:
        partner, _ = facts.about(facts.exchanges[id_])
    elif kind == "organisation":
        partner = facts.cluster_of(id_, None)
    elif kind == "event" and id_ in facts.events:
        partner = facts.events[id_].host_cluster
    return partner if partner in facts.partners else None
