"""Lists of papers: what is there of which stored exchange; no list of papers adds an exchange."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.date_text import Span
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.known import KnownExchange
from smartct_desktop.services.importing.paper_cells import LEAVE_OUT, PaperCells
from smartct_desktop.services.importing.plan import PlanValue, Target
from smartct_desktop.services.importing.planned import organisation_id
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.stored_exchanges import by_sign, caption_of
from smartct_desktop.services.importing.understood import Fault

_SHORT = 3
_MOST = 12
_MOST_OF_ALL = 100
_SIGNS = ("number", "cxc_id", "ref")
_SIDES = ("vo", "ho")
_READING = Sentence("Reading the rows")


class ChecklistTable:
    """One list of papers. Organisations in it only help to find the exchange."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._exchanges: list[KnownExchange] = []
        self._by_sign: Mapping[str, list[KnownExchange]] = {}
        self._organisations: dict[str, set[Id]] = defaultdict(set)
        for organisation in table.work.known.organisations:
            for name in organisation.spellings:
                self._organisations[fold(name)].add(organisation.id)
        self._captions: dict[Id, str] = {}
        self._papers = PaperCells(table)

    def mention(self) -> None:
        """Organisations are looked up, never added: nothing has to be noted."""

    def drafts(self) -> Iterator[Draft]:
        """Give one draft for each exchange, though several rows may tell of its papers.

        Papers of an exchange that the same file tells are taken into its own draft.
        """
        table = self._table
        self._exchanges = [*table.work.known.exchanges, *table.work.planned.exchanges]
        self._by_sign = by_sign(self._exchanges)
        for named in table.work.mentions:
            if named.target is not None and named.target.id is None:
                id_ = organisation_id(named.target)
                self._organisations[fold(named.mention.name)] |= {id_} if id_ else set()
        found: dict[Id, Draft] = {}
        drafts: list[Draft] = []
        rows = table.work.progress.through(_READING, table.numbers, len(table.numbers))
        for place, row in enumerate(rows):
            draft = self._draft(place, row)
            planned = table.work.planned.draft(draft.id)
            if planned is not None and not draft.faults and not draft.waits:
                papers = {n: v for n, v in draft.values.items() if n not in _SIDES}
                if not _against(planned.values, papers):
                    planned.values |= papers
                    planned.also.append((table.sheet, row))
                    continue
                draft.faults.append(("", _says_otherwise(planned)))
            if planned is not None and planned.id is None:
                draft.id = None
            first = found.setdefault(draft.id, draft) if draft.id else draft
            if first is draft or draft.faults:
                drafts.append(draft)
            elif _against(first.values, draft.values):
                draft.faults.append(("", _says_otherwise(first)))
                drafts.append(draft)
            else:
                first.values |= draft.values
                first.rows += draft.rows
        yield from drafts

    def _draft(self, place: int, row: int) -> Draft:
        table = self._table
        values: dict[str, PlanValue] = {}
        key = table.key("exchange", row)
        draft = Draft("exchange", key, table.sheet, [row], values)
        draft.faults = table.faults(place)
        self._papers.take(draft, place, row)
        if not values and not draft.faults and not draft.waits:
            nothing = Sentence("The row says nothing of any paper.")
            draft.faults.append(("", Fault("IMP-04", nothing)))
        exchange = self._exchange(draft, place, row)
        if exchange is not None:
            draft.id = exchange.id
            if table.work.planned.target(exchange.id, "") is not None:
                return draft
            names = table.work.known.captions(
                "organisation", [id_ for id_ in (exchange.vo, exchange.ho) if id_]
            )
            for side, id_ in (("vo", exchange.vo), ("ho", exchange.ho)):
                if id_:
                    values[side] = Target("organisation", names.get(id_, ""), id_)
        return draft

    # The exchange.

    def _exchange(self, draft: Draft, place: int, row: int) -> KnownExchange | None:
        """Find the exchange by its number; anything else is only proposed."""
        sides = {side: self._sides(side, place) for side in _SIDES}
        meant: dict[Id, KnownExchange] = {}
        sure = True
        for sign in _SIGNS:
            text = self._table.text(f"exchange.{sign}", place)
            named = self._by_sign.get(fold(text), []) if text else []
            meant |= {exchange.id: exchange for exchange in named}
            # a short figure may be anybody's running number
            short = text is not None and text.isdecimal() and len(text) <= _SHORT
            sure = sure and not (named and short)
        if len(meant) == 1:
            (exchange,) = meant.values()
            if sure and not _contradicts(exchange, sides):
                return exchange
        return self._asked(draft, place, row, list(meant.values()), sides)

    def _sides(self, side: str, place: int) -> set[Id] | None:
        """Give the organisations that a side can mean, None where the row does not say it."""
        name = self._table.text(f"exchange.{side}", place)
        return self._organisations.get(fold(name), set()) if name else None

    def _asked(
        self,
        draft: Draft,
        place: int,
        row: int,
        meant: Sequence[KnownExchange],
        sides: dict[str, set[Id] | None],
    ) -> KnownExchange | None:
        table = self._table
        start = self._start(place)
        scored = [(self._likeness(e, sides, start), e) for e in self._exchanges]
        best = max((score for score, _ in scored), default=0)
        alike = [e for score, e in scored if score and score >= best - 1]
        candidates = list({e.id: e for e in (*meant, *alike)}.values())[:_MOST]
        candidates = candidates or list(self._exchanges[:_MOST_OF_ALL])
        top = [e for score, e in scored if score == best and best > 1]
        likely = top[0] if len(top) == 1 else meant[0] if len(meant) == 1 and best < 2 else None
        captions: dict[str, KnownExchange] = {}
        for exchange in candidates:
            caption = self._caption(exchange)
            name = caption if caption not in captions else f"{caption} [{exchange.id}]"
            captions[name] = exchange
        proposal = next((c for c, e in captions.items() if e is likely), None)
        question = Place(
            "which_exchange",
            "row",
            Sentence("To which exchanges do these papers belong?"),
            table.sheet,
        )
        given = table.work.asking.ask(
            question,
            str(row),
            rows=[row],
            options=(*captions, LEAVE_OUT),
            propose=proposal,
            certainty=(0.9 if best > 2 else 0.6) if proposal else 0.0,
            text=Sentence("Row {row}: {text}", row=row, text=self._shown(place)),
        )
        if given is None:
            draft.waits.append(question.id)
            return None
        if given.value == LEAVE_OUT:
            fault = Fault("IMP-05", Sentence("The row is left out, as you have said."))
            draft.faults.append(("", fault))
            return None
        return captions[str(given.value)]

    def _caption(self, exchange: KnownExchange) -> str:
        found = self._captions.get(exchange.id)
        if found is None:
            work = self._table.work
            found = work.planned.caption(exchange.id) or caption_of(work.known, exchange)
            self._captions[exchange.id] = found
        return found

    def _likeness(
        self, exchange: KnownExchange, sides: dict[str, set[Id] | None], start: date | None
    ) -> int:
        """Count what a row and an exchange have in common."""
        pairs = ((exchange.vo, sides["vo"]), (exchange.ho, sides["ho"]))
        same = sum(id_ in (named or ()) for id_, named in pairs)
        return same + (same > 0 and start is not None and exchange.start == start)

    def _start(self, place: int) -> date | None:
        start = self._table.value("exchange.start", place)
        if start is None:
            span = self._table.value("exchange.dates", place)
            start = span.first.first if isinstance(span, Span) else None
        return start if isinstance(start, date) else None

    def _shown(self, place: int) -> str:
        names = (*_SIGNS, *_SIDES)
        texts = (self._table.text(f"exchange.{name}", place) for name in names)
        return ", ".join(filter(None, texts)) or "?"


def _says_otherwise(first: Draft) -> Fault:
    return Fault(
        "IMP-10",
        Sentence(
            "Row {row} already tells of the papers of this exchange, and says otherwise.",
            row=first.rows[0],
        ),
    )


def _contradicts(exchange: KnownExchange, sides: dict[str, set[Id] | None]) -> bool:
    """Whether a row names an organisation that is stored and not the one of the exchange."""
    pairs = ((exchange.vo, sides["vo"]), (exchange.ho, sides["ho"]))
    return any(named and id_ not in named for id_, named in pairs)


def _against(first: dict[str, PlanValue], again: dict[str, PlanValue]) -> bool:
    return any(first.get(name) not in (None, value) for name, value in again.items())
