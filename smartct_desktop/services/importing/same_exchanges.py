"""Which stored exchange a row means: by its numbers, by who visited whom when, or by asking."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.sender import Judgement, Verdict
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.known import KnownExchange
from smartct_desktop.services.importing.plan import Decision, PlanValue, Target
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.stored_exchanges import target_of

NEW = "new"

_SIDES = ("vo", "ho")
_NEAR = 14  # days: two stays of one pair that near to each other are hardly two
_MOST = 4


@dataclass(frozen=True, slots=True)
class _Likely:
    """A stored exchange that a row may mean, why, and whether that is proposed."""

    exchange: KnownExchange
    because: Sentence
    proposed: bool = False


class StoredExchanges:
    """Finds the stored exchange that a row means. Remembers what was decided on rows before."""

    def __init__(self, table: TableWork, drafts: Sequence[Draft]) -> None:
        stored = table.work.known.exchanges
        self._table = table
        self._judged = table.work.known.judgements("exchange")
        self._rows = Counter(str(draft.values.get("ref")) for draft in drafts)
        self._by_cxc = {e.cxc_id: e for e in stored if e.cxc_id}
        self._by_number = {e.number: e for e in stored if e.number}
        self._by_id = {e.id: e for e in stored}
        self._by_stay: dict[tuple[Any, ...], list[KnownExchange]] = defaultdict(list)
        self._by_ref: dict[str, list[KnownExchange]] = defaultdict(list)
        self._by_side: dict[tuple[str, Id], list[KnownExchange]] = defaultdict(list)
        for exchange in stored:
            self._by_stay[exchange.vo, exchange.ho, exchange.start].append(exchange)
            if exchange.ref:
                self._by_ref[exchange.ref].append(exchange)
            for side, id_ in (("vo", exchange.vo), ("ho", exchange.ho)):
                if id_:
                    self._by_side[side, id_].append(exchange)
        self._told = {
            (*(_id(draft.values.get(side)) for side in _SIDES), draft.values.get("start"))
            for draft in drafts
        }

    def find(self, draft: Draft, number: Any) -> Id | None:
        """Give the id of the stored exchange, asking where two signs disagree."""
        values = draft.values
        for sign, known in (
            (values.get("cxc_id"), self._by_cxc),
            (number, self._by_number),
        ):
            if isinstance(sign, str) and sign in known:
                return known[sign].id
        vo, ho = (_id(values.get(side)) for side in _SIDES)
        ref, start = values.get("ref"), values.get("start")
        mode = values.get("mode") or draft.defaults.get("mode")
        same_ref = self._by_ref.get(str(ref), []) if ref else []
        same_stay = []
        if vo is not None and ho is not None:
            same_stay = [
                e
                for e in self._by_stay.get((vo, ho, start), ())
                if mode is None or e.mode in (mode, None)
            ]
            # a reference that several rows bear tells none of them by itself
            alone = self._rows[str(ref)] <= 1
            same_pair = [e for e in same_ref if (vo, ho) == (e.vo, e.ho)]
            meant = [e for e in same_pair if alone or e.start == start]
            if len(meant) == 1:
                return meant[0].id
            if len(same_stay) == 1 and (not ref or same_stay[0].ref in (None, ref)):
                return same_stay[0].id
        corrected = [e for e in same_ref if all(self._was(draft, e, side) for side in _SIDES)]
        if len(corrected) == 1 and self._rows[str(ref)] <= 1:
            return corrected[0].id
        half = [
            e
            for e in same_ref
            if (vo and vo == e.vo) or (ho and ho == e.ho) or (start and start == e.start)
        ]
        likely = [_Likely(e, Sentence("it is much alike")) for e in (*same_stay, *half)]
        return self._asked(draft, likely or list(self._near(draft, vo, ho, start)))

    def _was(self, draft: Draft, exchange: KnownExchange, field: str) -> bool:
        """Whether the exchange has what the row says, or had it before people corrected it."""
        told = draft.values.get(field)
        held = getattr(exchange, field)
        if held == (_id(told) if field in _SIDES else told):
            return True
        return self._table.work.corrections.made("exchange", exchange.id, field, told)

    def _near(
        self, draft: Draft, vo: Id | None, ho: Id | None, start: PlanValue
    ) -> Iterator[_Likely]:
        """Find exchanges that people have corrected since a file brought them, or of days nearby.

        Those of which another row of the file tells already are none of them.
        """
        among = {
            e.id: e
            for side, id_ in (("vo", vo), ("ho", ho))
            if id_ is not None
            for e in self._by_side[side, id_]
            if (e.vo, e.ho, e.start) not in self._told
        }
        for exchange in among.values():
            same = [getattr(exchange, s) == id_ for s, id_ in (("vo", vo), ("ho", ho))]
            if sum(same) + (exchange.start == start) < 2:
                continue
            if all(self._was(draft, exchange, field) for field in (*_SIDES, "start")):
                held = (*same, exchange.start == start)
                fields = zip(("vo", "ho", "start"), held, strict=True)
                changed = next(field for field, kept in fields if not kept)
                yield _Likely(exchange, _CORRECTED[changed], proposed=True)
            elif all(same) and isinstance(start, date) and isinstance(exchange.start, date):
                apart = abs((exchange.start - start).days)
                if apart <= _NEAR:
                    because = Sentence("the same two met {days} days apart", days=apart)
                    yield _Likely(exchange, because)

    def _asked(self, draft: Draft, likely: Sequence[_Likely]) -> Id | None:
        if not likely:
            return None
        signature = self._signature(draft)
        same, others = self._decided(signature)
        if same is not None:
            return same.id
        open_ = {one.exchange.id: one for one in reversed(likely) if one.exchange.id not in others}
        candidates = list(reversed(open_.values()))[:_MOST]
        if not candidates:
            return None
        by_name = {
            one.exchange.number or one.exchange.ref or one.exchange.id: one for one in candidates
        }
        proposed = [name for name, one in by_name.items() if one.proposed]
        place = Place(
            "same_exchange",
            "row",
            Sentence("Are these exchanges stored already?"),
            self._table.sheet,
        )
        ref, row = draft.values.get("ref"), draft.rows[0]
        name = str(ref or row) if self._rows[str(ref)] <= 1 else f"{row}: {ref}"
        given = self._table.work.asking.ask(
            place,
            name,
            rows=draft.rows,
            options=(*by_name, NEW),
            propose=proposed[0] if len(proposed) == 1 else None,
            certainty=0.9 if len(proposed) == 1 else 0.0,
            text=Sentence(
                "Row {row} may be {stored}: {because}.",
                row=row,
                stored=", ".join(by_name),
                because=candidates[0].because,
            ),
        )
        if given is None:
            draft.waits.append(place.id)
            return None
        chosen = by_name.get(str(given.value))
        decisions = self._table.work.mentions.decisions
        for one in by_name.values():
            if one is chosen or chosen is None:
                target = target_of(one.exchange)
                decisions.append(Decision(signature, target, one is chosen))
        return chosen.exchange.id if chosen else None

    def _signature(self, draft: Draft) -> str:
        """Give what a row says in the words by which a decision on it is remembered."""
        sides = [str(draft.told.get(f"{side}_as_written") or "?") for side in _SIDES]
        start, ref = draft.values.get("start"), draft.values.get("ref")
        when = start.isoformat() if isinstance(start, date) else "?"
        return f"{' → '.join(sides)}, {when}" + (f" ({ref})" if ref else "")

    def _decided(self, signature: str) -> tuple[KnownExchange | None, set[Id]]:
        """Give what was decided on such a row before: what it is, and what it is not."""
        same, others = None, set[Id]()
        judgements: Sequence[Judgement] = self._judged.get(fold(signature), ())
        for judgement in judgements:
            exchange = self._by_id.get(Id(judgement.record or ""))
            if exchange is None:
                continue
            if judgement.verdict is Verdict.SAME:
                same = exchange
            else:
                others.add(exchange.id)
        return same, others


_CORRECTED: Mapping[str, Sentence] = {
    "start": Sentence("its first day was corrected by hand after an import"),
    "vo": Sentence("its visiting organisation was corrected by hand after an import"),
    "ho": Sentence("its host was corrected by hand after an import"),
}


def _id(value: PlanValue) -> Id | None:
    target = value.propose if isinstance(value, Asked) else value
    return target.id if isinstance(target, Target) else None
