"""What a table can be a list of, and which headings belong to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.heading_rows import Head

ASIDE = frozenset({"row", "sensitive", "unneeded"})
"""Groups of heading codes that are no fields of any record."""


@dataclass(frozen=True, slots=True)
class TableKind:
    """One kind of list: the groups of heading codes it uses, and the columns it cannot do without.

    Of each set in `required` one column must be there; `needed` says in words which. `only`
    narrows the codes down, `usual` are columns of which a list hardly ever lacks all. `weight`
    lets one kind yield to another that the headings fit as well.
    """

    kind: str
    plural: Sentence
    groups: frozenset[str]
    required: tuple[frozenset[str], ...]
    needed: tuple[Sentence, ...]
    only: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()
    weight: float = 1.0

    def owns(self, code: str) -> bool:
        """Whether a heading code belongs to lists of this kind."""
        if self.only:
            return code in self.only
        return code.partition(".")[0] in self.groups

    def needs(self, code: str) -> bool:
        """Whether the code is one of those that must be there."""
        return any(code in group for group in self.required)


EXCHANGES = TableKind(
    "exchange",
    Sentence("exchanges"),
    frozenset({"exchange"}),
    (frozenset({"exchange.vo"}), frozenset({"exchange.ho"})),
    (Sentence("the visiting organisation"), Sentence("the host organisation")),
    usual=frozenset(
        {f"exchange.{n}" for n in ("start", "dates", "planned_start", "planned_dates")}
    ),
)
_PAPERS = frozenset(
    f"exchange.documents.{name}"
    for name in ("ctq", "agreement", "vo_report", "ho_report", "evidence", "certificate")
)
_SIGNS = frozenset({"exchange.number", "exchange.ref", "exchange.cxc_id"})
PAPER_IN_ROW = frozenset({"checklist.paper", "checklist.state", "checklist.date"})
"""Columns of lists that have one paper of an exchange in each row."""

CHECKLISTS = TableKind(
    "checklist",
    Sentence("papers of exchanges"),
    frozenset({"exchange", "checklist"}),
    (_SIGNS | {"exchange.vo"}, _PAPERS | {"checklist.paper"}),
    (Sentence("the number of the exchange or its visitor"), Sentence("one of the papers")),
    only=_PAPERS
    | _SIGNS
    | PAPER_IN_ROW
    | {f"exchange.{name}" for name in ("vo", "ho", "start", "dates")},
    weight=0.92,  # who visited whom and when is a list of exchanges, papers or not
)
MEMBERS = TableKind(
    "membership",
    Sentence("members or organisations"),
    frozenset({"membership", "organisation"}),
    (frozenset({"organisation.name"}),),
    (Sentence("the name of the organisation"),),
)
EVENTS = TableKind(
    "event",
    Sentence("events"),
    frozenset({"event"}),
    (frozenset({"event.title"}),),
    (Sentence("the title of the event"),),
)
ATTENDANCE = TableKind(
    "attendance",
    Sentence("participants"),
    frozenset({"attendance", "session"}),
    (frozenset({"attendance.name_text", "attendance.family_name"}),),
    (Sentence("the name of the person"),),
)
PAYMENTS = TableKind(
    "payment",
    Sentence("payments"),
    frozenset({"payment"}),
    (
        frozenset({"payment.amount_cents"}),
        frozenset({"payment.payee_as_written", "payment.exchange", "payment.iban_masked"}),
    ),
    (Sentence("the amount"), Sentence("the payee, the account or the exchange")),
)
PEOPLE = TableKind(
    "person",
    Sentence("contacts"),
    frozenset({"person"}),
    (frozenset({"person.name", "person.family_name"}),),
    (Sentence("the name of the person"),),
)
SURVEY = TableKind(
    "survey",
    Sentence("answers to a survey"),
    frozenset({"survey"}),
    (frozenset({"survey.question"}), frozenset({"survey.mean", "survey.n"})),
    (Sentence("the question"), Sentence("the mean or the number of the answers")),
)
FEEDBACK = TableKind(
    "feedback",
    Sentence("answers of a feedback form"),
    frozenset({"feedback"}),
    (),
    (),
)
"""Known by its questions and marks, not by known headings, and never chosen by rank."""

HOLIDAYS = TableKind(
    "holiday",
    Sentence("public holidays"),
    frozenset({"holiday"}),
    (frozenset({"holiday.date"}), frozenset({"holiday.name"})),
    (Sentence("the date"), Sentence("the name of the holiday")),
)
RATES = TableKind(
    "rate",
    Sentence("lump sums"),
    frozenset({"rate"}),
    (frozenset({"rate.country"}), frozenset({"rate.amount"})),
    (Sentence("the country"), Sentence("the amount")),
)
"""Known by its countries and amounts; no heading means lump sums only."""

KINDS = (
    *(EXCHANGES, CHECKLISTS, MEMBERS, EVENTS, ATTENDANCE, PAYMENTS, PEOPLE, SURVEY),
    *(FEEDBACK, HOLIDAYS, RATES),
)

_LACKING = 0.4
_UNUSUAL = 0.85


def rank(heads: Sequence[Head], marked: int = 0) -> list[tuple[float, TableKind]]:
    """Give how well the headings fit each kind of list, the best first.

    `marked` is the number of columns below a day; only lists of attendance have such.
    """
    ranked = [(_score(heads, kind), kind) for kind in KINDS]
    ranked = [
        (score + marked if kind is ATTENDANCE and score else score, kind) for score, kind in ranked
    ]
    return sorted((pair for pair in ranked if pair[0] > 0), key=lambda pair: -pair[0])


def complete(heads: Sequence[Head]) -> bool:
    """Whether the headings have all that some kind of list cannot do without."""
    return any(not _lacking(heads, kind) for _, kind in rank(heads)[:1])


def _lacking(heads: Sequence[Head], kind: TableKind) -> int:
    owned = {sense.code for head in heads for sense in head.senses if kind.owns(sense.code)}
    return sum(not (group & owned) for group in kind.required)


def _score(heads: Sequence[Head], kind: TableKind) -> float:
    """Add up the certainties; a further column that could only hold the same adds nothing."""
    score, owned = 0.0, set[str]()
    for head in heads:
        senses = [sense for sense in head.senses if kind.owns(sense.code)]
        if any(sense.code not in owned for sense in senses):
            score += max(sense.certainty for sense in senses)
            owned |= {sense.code for sense in senses}
    lacking = sum(not (group & owned) for group in kind.required)
    if kind.usual and not kind.usual & owned:
        score *= _UNUSUAL
    return float(score * kind.weight * _LACKING**lacking)
