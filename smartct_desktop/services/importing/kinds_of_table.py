"""What a table can be a list of, and which headings belong to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.layout import Head

ASIDE = frozenset({"row", "sensitive", "unneeded"})
"""Groups of heading codes that are no fields of any record."""


@dataclass(frozen=True, slots=True)
class TableKind:
    """One kind of list: the groups of heading codes it uses, and the columns it cannot do without.

    Of each set in `required` one column must be there. `only` narrows the codes down, `usual` are
    columns of which a list hardly ever lacks all. `weight` lets one kind yield to another that the
    headings fit as well.
    """

    kind: str
    plural: Sentence
    groups: frozenset[str]
    required: tuple[frozenset[str], ...]
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
    usual=frozenset(
        {f"exchange.{n}" for n in ("start", "dates", "planned_start", "planned_dates")}
    ),
)
_PAPERS = frozenset(
    f"exchange.documents.{name}"
    for name in ("ctq", "agreement", "vo_report", "ho_report", "evidence", "certificate")
)
_SIGNS = frozenset({"exchange.number", "exchange.ref", "exchange.cxc_id"})
CHECKLISTS = TableKind(
    "checklist",
    Sentence("papers of exchanges"),
    frozenset({"exchange"}),
    (_SIGNS | {"exchange.vo"}, _PAPERS),
    only=_PAPERS | _SIGNS | {f"exchange.{name}" for name in ("vo", "ho", "start", "dates")},
    weight=0.92,  # who visited whom and when is a list of exchanges, papers or not
)
MEMBERS = TableKind(
    "membership",
    Sentence("members or organisations"),
    frozenset({"membership", "organisation"}),
    (frozenset({"organisation.name"}),),
)
EVENTS = TableKind(
    "event",
    Sentence("events"),
    frozenset({"event"}),
    (frozenset({"event.title"}),),
)
ATTENDANCE = TableKind(
    "attendance",
    Sentence("participants"),
    frozenset({"attendance", "session"}),
    (frozenset({"attendance.name_text", "attendance.family_name"}),),
)
PAYMENTS = TableKind(
    "payment",
    Sentence("payments"),
    frozenset({"payment"}),
    (
        frozenset({"payment.amount_cents"}),
        frozenset({"payment.payee_as_written", "payment.exchange", "payment.iban_masked"}),
    ),
)
PEOPLE = TableKind(
    "person",
    Sentence("contacts"),
    frozenset({"person"}),
    (frozenset({"person.name", "person.family_name"}),),
)
SURVEY = TableKind(
    "survey",
    Sentence("answers to a survey"),
    frozenset({"survey"}),
    (frozenset({"survey.question"}), frozenset({"survey.mean", "survey.n"})),
)
KINDS = (EXCHANGES, CHECKLISTS, MEMBERS, EVENTS, ATTENDANCE, PAYMENTS, PEOPLE, SURVEY)

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


def _score(heads: Sequence[Head], kind: TableKind) -> float:
    score, owned = 0.0, set[str]()
    for head in heads:
        senses = [sense for sense in head.senses if kind.owns(sense.code)]
        if senses:
            score += max(sense.certainty for sense in senses)
            owned |= {sense.code for sense in senses}
    lacking = sum(not (group & owned) for group in kind.required)
    if kind.usual and not kind.usual & owned:
        score *= _UNUSUAL
    return float(score * kind.weight * _LACKING**lacking)
