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

    Of each set in `required` one column must be there. `readable` says whether such lists can be
    imported; the others are recognised in order to be refused with the right sentence.
    """

    kind: str
    plural: Sentence
    groups: frozenset[str]
    required: tuple[frozenset[str], ...]
    readable: bool = True

    def owns(self, code: str) -> bool:
        """Whether a heading code belongs to lists of this kind."""
        return code.partition(".")[0] in self.groups

    def needs(self, code: str) -> bool:
        """Whether the code is one of those that must be there."""
        return any(code in group for group in self.required)


EXCHANGES = TableKind(
    "exchange",
    Sentence("exchanges"),
    frozenset({"exchange"}),
    (frozenset({"exchange.vo"}), frozenset({"exchange.ho"})),
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
    readable=False,
)
KINDS = (EXCHANGES, MEMBERS, EVENTS, ATTENDANCE, PAYMENTS, PEOPLE, SURVEY)

_LACKING = 0.4


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
    return float(score * _LACKING**lacking)
