"""Who signed for whom (DOC-10, DOC-11)."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.programme.exchange_case import ExchangeCase, Signer
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.premises import Premise
from smartct_desktop.domain.programme.rule import Rule, Said
from smartct_desktop.domain.records.exchange_person import SignsFor

_PARTNERSHIPS = (SignsFor.VISITOR_PARTNERSHIP, SignsFor.HOST_PARTNERSHIP)


def _two_people(case: ExchangeCase) -> Iterator[Said]:
    """Look for one person who signed for both partnerships, which are one and the same."""
    exchange = case.exchange
    if exchange.vop is None or exchange.vop != exchange.hop:
        return
    signed = [{s.person for s in case.around.signers if s.signs(side)} for side in _PARTNERSHIPS]
    both = set.intersection(*signed)
    for signer in case.around.signers:
        if signer.person in both:
            yield Said("ctq_hop_on", {"name": signer.name})
            return


def _of_the_party(case: ExchangeCase) -> Iterator[Said]:
    """Look for a signature by somebody who is known to belong elsewhere."""
    for signer in case.around.signers:
        for side, field in _FIELDS.items():
            if signer.signs(side) and _belongs(case, signer, side) is False:
                yield Said(field, {"name": signer.name, "of": signer.of_name, "party": side.label})
                return


_FIELDS = {
    SignsFor.VISITOR: "ctq_vo_on",
    SignsFor.HOST: "ctq_ho_on",
    SignsFor.VISITOR_PARTNERSHIP: "ctq_vop_on",
    SignsFor.HOST_PARTNERSHIP: "ctq_hop_on",
}


def _belongs(case: ExchangeCase, signer: Signer, side: SignsFor) -> bool | None:
    """Say whether somebody is of the party signed for; None if that cannot be said."""
    exchange = case.exchange
    if signer.of is None:
        return None
    if side in (SignsFor.VISITOR, SignsFor.HOST):
        party = exchange.vo if side is SignsFor.VISITOR else exchange.ho
        return None if party is None else signer.of == party
    ours = side is SignsFor.VISITOR_PARTNERSHIP
    partnership, cluster = (
        (exchange.vop, exchange.vo_cluster) if ours else (exchange.hop, exchange.ho_cluster)
    )
    if signer.of == cluster:
        return True
    if partnership is None or signer.partnership is None:
        return None
    return signer.partnership == partnership


RULES: tuple[Rule[ExchangeCase], ...] = (
    Rule(
        "DOC-10",
        Severity.WARNING,
        "exchange",
        "One person for both partnerships",
        "{name} signed for the visitor's and for the host's partnership, which are the same.",
        "Have somebody else sign for one of the two.",
        "own reading",
        _two_people,
        premises=frozenset({Premise.SIGNERS}),
    ),
    Rule(
        "DOC-11",
        Severity.WARNING,
        "exchange",
        "Signed by somebody of another organisation",
        "{name}, who signed for “{party}”, belongs to {of}.",
        "Ask whether that person may sign, or correct who signed or where the person belongs.",
        "own reading",
        _of_the_party,
        premises=frozenset({Premise.SIGNERS}),
    ),
)
"""The rules on who signed."""
