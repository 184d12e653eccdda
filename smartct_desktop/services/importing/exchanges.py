"""Lists of exchanges: one row, one stay of a visiting organisation at a host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.fields import Choice, Money
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.exchange import Exchange, ExchangeStatus, Mode
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.cells import cell_type
from smartct_desktop.services.importing.date_text import Span
from smartct_desktop.services.importing.drafts import Draft, TableWork, plain, proposing
from smartct_desktop.services.importing.entitlements import Entitlements
from smartct_desktop.services.importing.facts_told import compared
from smartct_desktop.services.importing.identity import Mention, domain_of
from smartct_desktop.services.importing.mentions import Named
from smartct_desktop.services.importing.money_cells import Amount
from smartct_desktop.services.importing.people import SeenPerson
from smartct_desktop.services.importing.place_cells import city_and_country
from smartct_desktop.services.importing.plan import PlanValue, Target
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.same_exchanges import StoredExchanges
from smartct_desktop.services.importing.understood import Fault
from smartct_desktop.services.importing.word_cells import Typed

_OWN = frozenset({"vo", "ho", "visitor", "vo_cluster", "ho_cluster", "vop", "hop", "event"})
_NOT_TAKEN = frozenset({"number", *(field.name for field in Exchange.schema.derived)})
_BEFORE_THE_STAY = frozenset(
    {
        *(ExchangeStatus.DRAFT, ExchangeStatus.REG, ExchangeStatus.PVAL, ExchangeStatus.MPROP),
        *(ExchangeStatus.MACC, ExchangeStatus.CTQ, ExchangeStatus.FAA, ExchangeStatus.READY),
        *(ExchangeStatus.REJ, ExchangeStatus.DECL, ExchangeStatus.CANC),
    }
)
_GATHERING = Sentence("Reading the rows")
_FINDING = Sentence("Comparing with the document")
_WORKING_OUT = Sentence("Working out the amounts")
_SIDES = ("vo", "ho")
_TOLD = (
    "vo_country",
    "vo_type",
    "vo_sme",
    "vo_vat",
    "ho_type",
    "ho_sme",
    "ho_vat",
    "visitor_email",
)


class ExchangeTable:
    """One table of exchanges: names its organisations first, then gives its records."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._named: dict[tuple[str, int], Named] = {}
        self._letters = {column.code: column.letter for column in table.mapped if column.code}

    def mention(self) -> None:
        """Note the organisations that the rows name, with what the rows tell of them."""
        for side in (*_SIDES, "vo_cluster", "ho_cluster"):
            if self._table.has(f"exchange.{side}"):
                self._mention(side)

    def _mention(self, side: str) -> None:
        """Note the organisations on one side; rows that say the same of one are looked at once."""
        table, mentions = self._table, self._table.work.mentions
        told = [
            table.cells(f"exchange.{side}_{fact}") for fact in ("country", "vat", "type", "sme")
        ]
        emails = table.cells("exchange.visitor_email" if side == "vo" else "")
        names = table.cells(f"exchange.{side}")
        seen: dict[tuple[Any, ...], Named] = {}
        rows = zip(table.numbers, names, map(_domain, emails), *told, strict=True)
        for place, (row, name, domain, *facts) in enumerate(rows):
            if not isinstance(name, str):
                continue
            key = (name, domain, *facts)
            named = seen.get(key)
            if named is None:
                country, vat = facts[0], facts[1]
                mention = Mention(
                    name,
                    country=country if isinstance(country, str) else None,
                    vat=vat if isinstance(vat, str) else None,
                    domain=domain,
                )
                named = seen[key] = mentions.name(mention, (table.sheet, row))
                if side in _SIDES:
                    self._tell(named, side, row, *facts)
            named.spots.add((table.sheet, row))
            self._named[side, place] = named

    def _tell(  # noqa: PLR0913, PLR0917 (what a row tells of an organisation)
        self, named: Named, side: str, row: int, country: Any, vat: Any, type_: Any, sme: Any
    ) -> None:
        facts: dict[str, PlanValue] = {
            "vat": vat,
            "sme": sme,
            "type": plain(type_),
            "scaleup_kind": type_.detail or None if isinstance(type_, Typed) else None,
        }
        if side == "vo":
            facts["country"] = country
        else:  # where the stay was tells where a host is registered only if nothing else does
            named.assumed.setdefault("country", country)
        self._table.work.mentions.tell(named, (self._table.sheet, row), **facts)

    def drafts(self) -> Iterator[Draft]:
        """Give one draft for each row."""
        known = self._table.work.known
        drafts = self._all()
        index = StoredExchanges(self._table, drafts)
        numbers = self._table.cells("exchange.number")
        progress, total = self._table.work.progress, len(drafts)
        pairs = zip(drafts, numbers, strict=True)
        for draft, number in progress.through(_FINDING, pairs, total):
            draft.id = index.find(draft, number)
        stored = known.full(Exchange, [draft.id for draft in drafts if draft.id])
        entitlements = Entitlements(self._table)
        for place, draft in enumerate(progress.through(_WORKING_OUT, drafts, total)):
            before = stored.get(draft.id) if draft.id else None
            if before is not None:  # sums and rules rest on what people corrected
                where, work = (draft.sheet, draft.rows), self._table.work
                values, _ = compared(work, before, draft.values, where, draft.key)
                draft.values = dict(values)
            entitlements.add(draft, self._named.get(("ho", place)), before)
        self._table.findings.extend(entitlements.findings())
        yield from drafts

    def _all(self) -> list[Draft]:
        """Make the drafts column by column, then row by row what belongs together."""
        table = self._table
        names, columns = _fields(table)
        told_names, told_columns = _told(table)
        settled = not any(column.asked for column in table.columns.values())
        periods = table.has("exchange.dates") or table.has("exchange.planned_dates")
        drafts = []
        rows = table.work.progress.through(_GATHERING, table.numbers, len(table.numbers))
        for place, row in enumerate(rows):
            values = {
                name: column[place]
                for name, column in zip(names, columns, strict=True)
                if column[place] is not None
            }
            told = {
                name: column[place]
                for name, column in zip(told_names, told_columns, strict=True)
                if column[place] is not None
            }
            key = table.key("exchange", row)
            draft = Draft("exchange", key, table.sheet, [row], values, told, settled=settled)
            self._organisations(draft, place)
            if periods:
                self._period(values, place)
            self._visitor(draft, place, row)
            self._place(values)
            if not table.has("exchange.mode"):
                draft.defaults["mode"] = Mode.PHYSICAL
            draft.faults = [*table.faults(place), *self._lacking(values)]
            drafts.append(draft)
        for side in ("vop", "hop"):
            if table.has(f"exchange.{side}"):
                self._partnerships(side, drafts)
        return drafts

    def _organisations(self, draft: Draft, place: int) -> None:
        for side in (*_SIDES, "vo_cluster", "ho_cluster"):
            named = self._named.get((side, place))
            if named is not None:
                draft.values[side] = named.value
                draft.settled = draft.settled and not isinstance(named.value, Asked)
                if side in _SIDES:
                    draft.told[f"{side}_as_written"] = named.mention.name

    def _place(self, values: dict[str, PlanValue]) -> None:
        """Part a cell that names city and country, where no column has the country."""
        written = values.get("ho_city")
        if self._table.has("exchange.ho_country") or not isinstance(written, str):
            return
        if (found := city_and_country(written, self._table.work.dictionary)) is not None:
            values["ho_city"], values["ho_country"] = found

    def _period(self, values: dict[str, PlanValue], place: int) -> None:
        for code, first, last in (
            ("exchange.dates", "start", "end"),
            ("exchange.planned_dates", "planned_start", "planned_end"),
        ):
            span: Any = self._table.value(code, place)
            if isinstance(span, Asked):
                values[first] = proposing(span, lambda s: s.first.first)
                values[last] = proposing(span, lambda s: s.last.last)
            elif isinstance(span, Span):
                values[first], values[last] = span.first.first, span.last.last

    def _visitor(self, draft: Draft, place: int, row: int) -> None:
        table = self._table
        name = table.text("exchange.visitor", place)
        if name is None:
            return
        draft.told["visitor_name"] = name
        visitor = draft.values["visitor"] = table.work.people.person(
            SeenPerson(
                (table.sheet, row),
                name,
                table.text("exchange.visitor_email", place),
                self._named.get(("vo", place)),
                table.text("exchange.visitor_phone", place),
            )
        )
        draft.settled = draft.settled and not isinstance(visitor, Asked)

    def _partnerships(self, side: str, drafts: Sequence[Draft]) -> None:
        """Find the partnerships by acronym or name; another one may be left blank."""
        table, known = self._table, self._table.work.known.partnerships
        names = sorted({partnership.acronym for partnership in known.values()})
        question = Place("which_partnership", "name", Sentence("Which partnership is meant?"))
        for draft, name in zip(drafts, table.cells(f"exchange.{side}"), strict=True):
            if not isinstance(name, str):
                continue
            found = known.get(fold(name))
            if found is None:
                given = table.work.asking.ask(
                    question,
                    name,
                    rows=draft.rows,
                    options=(*names, None),
                    proposed=True,
                    text=Sentence("“{name}” is no partnership of this document.", name=name),
                )
                if given is None:
                    draft.values[side] = Asked(question.id, name)
                    draft.settled = False
                    continue
                found = known.get(fold(str(given.value))) if given.value else None
            if found is not None:
                draft.values[side] = Target("partnership", found.acronym, found.id)

    def _lacking(self, values: Mapping[str, PlanValue]) -> Iterator[tuple[str, Fault]]:
        """Say what an exchange cannot do without, or what contradicts itself."""
        letters = self._letters
        for side, sentence in (
            ("vo", Sentence("the visiting organisation is missing")),
            ("ho", Sentence("the host organisation is missing")),
        ):
            if values.get(side) is None:
                yield letters.get(f"exchange.{side}", ""), Fault("IMP-04", sentence)
        start, end, status = values.get("start"), values.get("end"), values.get("status")
        if start is None and "planned_start" not in values and status not in _BEFORE_THE_STAY:
            letter = letters.get("exchange.start", letters.get("exchange.dates", ""))
            yield letter, Fault("IMP-04", Sentence("the start of the stay is missing"))
        if isinstance(start, date) and isinstance(end, date) and end < start:
            sentence = Sentence(
                "the stay ends on {end}, before it starts on {start}",
                end=end.isoformat(),
                start=start.isoformat(),
            )
            yield letters.get("exchange.end", ""), Fault("DUR-01", sentence)
        vo, ho = values.get("vo"), values.get("ho")
        if isinstance(vo, Target) and vo == ho:
            sentence = Sentence("visiting and host organisation are the same: {name}", name=vo.name)
            yield letters.get("exchange.ho", ""), Fault("ELG-11", sentence)


def _fields(table: TableWork) -> tuple[list[str], list[list[Any]]]:
    """Give the fields of exchanges that the columns fill, with the values for all rows."""
    names, columns = [], []
    for code, column in table.columns.items():
        name = code.partition(".")[2]
        if code.startswith("exchange.documents."):
            there, on = _paper(column.cells)
            names += [f"{name.removeprefix('documents.')}_on"]
            columns += [on]
            if name != "documents.certificate":
                names += [name.removeprefix("documents.")]
                columns += [there]
        elif name in BY_KIND["exchange"].by_name and name not in _OWN | _NOT_TAKEN:
            worded = column.asked or isinstance(cell_type(code), Choice | Money)
            names.append(name)
            columns.append([_simple(v) for v in column.cells] if worded else column.cells)
    return names, columns


def _told(table: TableWork) -> tuple[list[str], list[list[Any]]]:
    """Give what the columns tell beside the fields of exchanges."""
    names = [name for name in _TOLD if table.has(f"exchange.{name}")]
    columns = [[plain(value) for value in table.cells(f"exchange.{name}")] for name in names]
    amounts = [_amount(value) for value in table.cells("exchange.amount_cents")]
    if any(amounts):
        names += ["amount_original_cents", "amount_original_currency"]
        columns += [
            [amount.original_cents if amount else None for amount in amounts],
            [amount.currency if amount else None for amount in amounts],
        ]
    return names, columns


def _amount(value: Any) -> Amount | None:
    amount = value.propose if isinstance(value, Asked) else value
    return amount if isinstance(amount, Amount) else None


def _simple(value: Any) -> PlanValue:
    """Give a value as the field holds it: without the word used, in euro."""
    amount = _amount(value)
    if amount is None:
        return plain(value)
    return replace(value, propose=amount.cents) if isinstance(value, Asked) else amount.cents


def _paper(cells: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Spread a paper over its two fields: whether it is there, and its date."""
    there: list[Any] = []
    on: list[Any] = []
    for state in cells:
        if isinstance(state, Asked):
            there.append(proposing(state, lambda proposed: proposed.there))
            on.append(None)
        else:
            there.append(state.there if state is not None else None)
            on.append(state.on if state is not None else None)
    return there, on


def _domain(email: Any) -> str | None:
    return domain_of(email) if isinstance(email, str) else None
