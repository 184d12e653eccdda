"""Stored exchanges as lists name them: by their numbers, or by who visited whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from smartct_desktop.domain.folding import fold
from smartct_desktop.services.importing.known import Known, KnownExchange
from smartct_desktop.services.importing.plan import Target


def by_sign(exchanges: Sequence[KnownExchange]) -> Mapping[str, list[KnownExchange]]:
    """Give the exchanges by each of the numbers they bear, folded."""
    found: dict[str, list[KnownExchange]] = defaultdict(list)
    for exchange in exchanges:
        for sign in dict.fromkeys((exchange.number, exchange.ref, exchange.cxc_id)):
            if sign:
                found[fold(sign)].append(exchange)
    return found


def target_of(exchange: KnownExchange) -> Target:
    """Give the exchange as a plan refers to it."""
    return Target("exchange", exchange.number or "", exchange.id)


def caption_of(known: Known, exchange: KnownExchange) -> str:
    """Give what an exchange is called in a choice."""
    ids = [id_ for id_ in (exchange.vo, exchange.ho) if id_]
    names = known.captions("organisation", ids)
    sides = " → ".join(names.get(id_, "?") if id_ else "?" for id_ in (exchange.vo, exchange.ho))
    return f"{exchange.number or exchange.ref or '?'}: {sides}"
