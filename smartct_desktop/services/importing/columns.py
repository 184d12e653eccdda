"""Which column means what: by its heading first, by what stands below as second witness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from smartct_desktop.domain.book import Value, column_name
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.cells import cell_type, plan_word
from smartct_desktop.services.importing.dictionary import Dictionary
from smartct_desktop.services.importing.heading_rows import Head
from smartct_desktop.services.importing.headings import Sense
from smartct_desktop.services.importing.kinds_of_table import TableKind
from smartct_desktop.services.importing.layout import Table
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.witness import Witness

SURE = 0.75
"""From this certainty on a column is taken without a question."""

NOTHING = "nothing"
"""The answer that a column shall not be taken."""

_SAMPLE = 60
_LEAST = 0.35
_CLEAR = 0.9
_YIELD = 0.1
_EITHER_SIDE = frozenset({"exchange.vo_country", "exchange.ho_country"})
_SIDES = {"exchange.vo": "vo", "exchange.visitor": "vo", "exchange.ho": "ho"}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column and what it means.

    `code` None: not taken, `reason` says why. `refused` is the code of a column that must not be
    taken ("sensitive.health"). `question` is put where the meaning is not sure. `expected` tells
    columns that nobody misses when they are not taken.
    """

    index: int
    header: str
    code: str | None
    certainty: float
    reason: Sentence
    refused: str = ""
    question: str = ""
    expected: bool = False

    @property
    def letter(self) -> str:
        """The name of the column."""
        return column_name(self.index)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A column's claim on a code, weighed by both witnesses."""

    head: Head
    sense: Sense
    fitness: float
    weight: float


class ColumnMapper:
    """Finds what the columns of a table mean, for a list of one kind."""

    def __init__(
        self, dictionary: Dictionary, asking: Asking, sheet: str | None, latest: int
    ) -> None:
        self._dictionary = dictionary
        self._asking = asking
        self._sheet = sheet
        self._witness = Witness(dictionary, latest)

    def map(self, table: Table, kind: TableKind) -> list[MappedColumn]:
        """Give every column that has a heading or values, in their order."""
        samples = {head.column: _sample(table, head.column) for head in table.heads}
        fixed = {head.column: self._chosen(head, kind) for head in table.heads}
        mapped = {column: chosen for column, chosen in fixed.items() if chosen}
        taken = {chosen.code for chosen in mapped.values()}
        open_heads = [head for head in table.heads if head.column not in mapped]
        claims = [
            claim for head in open_heads for claim in self._claims(head, kind, samples[head.column])
        ]
        sided = self._sided(claims, table.heads, mapped)
        claims += [claim for claim in sided if kind.owns(claim.sense.code)]
        claims = _yielding(claims)
        for claim in sorted(claims, key=lambda claim: (-claim.weight, claim.head.column)):
            column, code = claim.head.column, claim.sense.code
            if column in mapped or code in taken:
                continue
            mapped[column] = self._taken(claim, samples[column])
            taken.add(code)
        for head in open_heads:
            if head.column not in mapped:
                mapped[head.column] = self._not_taken(head, kind, samples[head.column])
        for head in open_heads:
            self._ask_which(head, kind, mapped, samples)
        found = [mapped[column] for column in sorted(mapped)]
        return [*found, *_without_heading(table, {head.column for head in table.heads})]

    def is_told(self, column: MappedColumn) -> bool:
        """Whether a person has said what a column holds."""
        head = Head(column.index, column.header, ())
        return self._asking.decided(self._place(head)) is not None

    def _place(self, head: Head, topic: str = "what_is_this_column") -> Place:
        return Place(
            topic,
            "column",
            Sentence("What does the column “{header}” hold?", header=head.text),
            self._sheet,
            column_name(head.column),
        )

    def _chosen(self, head: Head, kind: TableKind) -> MappedColumn | None:
        """Take what a person has said about the column, if they have.

        What must not be taken cannot be asked for either.
        """
        given = self._asking.decided(self._place(head))
        if given is None or self._refused(head, kind).startswith("sensitive."):
            return None
        if given.value in (None, NOTHING):
            reason = Sentence("left out as asked")
            return MappedColumn(head.column, head.text, None, 1.0, reason, expected=True)
        said = str(given.value)
        codes = (said, *(f"{group}.{said}" for group in sorted(kind.groups)))
        code = next((c for c in codes if kind.owns(c) and cell_type(c) is not None), None)
        if code is None:
            return None
        return MappedColumn(head.column, head.text, code, 1.0, Sentence("as you have said"))

    def _ask_which(
        self,
        head: Head,
        kind: TableKind,
        mapped: dict[int, MappedColumn],
        samples: Mapping[int, Sequence[Value]],
    ) -> None:
        """Ask which of two columns is meant if a second one says as clearly to hold the same."""
        own = mapped[head.column]
        sense = next((s for s in head.senses if kind.owns(s.code)), None)
        if own.code is not None or own.refused or sense is None or sense.certainty < _CLEAR:
            return
        other = next((m for m in mapped.values() if m.code == sense.code and not m.question), None)
        if other is None or not set(samples[head.column]) - set(samples[other.index]):
            return
        place = Place(
            "same_columns",
            "column",
            Sentence(
                "The columns {first} “{one}” and {second} “{two}” both seem to hold the same. "
                "Which shall be taken?",
                first=other.letter,
                one=other.header,
                second=own.letter,
                two=own.header,
            ),
            self._sheet,
            other.letter,
        )
        given = self._asking.ask(
            place, options=(other.letter, own.letter), propose=other.letter, certainty=0.6
        )
        if given is None:
            mapped[other.index] = replace(other, question=place.id)
        elif given.value == own.letter:
            mapped[head.column] = replace(other, index=own.index, header=own.header)
            reason = Sentence("another column was chosen")
            mapped[other.index] = replace(
                own, index=other.index, header=other.header, reason=reason
            )

    def _claims(self, head: Head, kind: TableKind, values: Sequence[Value]) -> Iterator[_Claim]:
        if self._refused(head, kind):
            return
        for sense in head.senses:
            numbering = sense.code == "row.number"
            if not kind.owns(sense.code) and not numbering:
                continue
            if cell_type(sense.code) is None or (sense.code in _EITHER_SIDE and sense.note):
                continue
            fitness = self._witness.fitness(sense.code, values)
            if numbering and fitness < 1:
                continue
            weight = sense.certainty * (0.6 + 0.4 * fitness)
            if kind.needs(sense.code):
                weight += 0.03
            yield _Claim(head, sense, fitness, weight + (0.2 if numbering else 0))

    def _sided(
        self, claims: Sequence[_Claim], heads: Sequence[Head], mapped: dict[int, MappedColumn]
    ) -> Iterator[_Claim]:
        """Tell whose country a column "Country" has: that of the organisation to its left."""
        sides = {
            claim.head.column: _SIDES[claim.sense.code]
            for claim in sorted(claims, key=lambda claim: claim.weight)
            if claim.sense.code in _SIDES
        } | {c: _SIDES[m.code] for c, m in mapped.items() if m.code in _SIDES}
        doubtful = [h for h in heads if {s.code for s in h.senses if s.note} >= _EITHER_SIDE]
        for head in doubtful:
            if head.column in mapped:
                continue
            left = [column for column in sides if column < head.column]
            side = sides[max(left)] if left else "vo"
            sense = next(s for s in head.senses if s.code == f"exchange.{side}_country")
            certain = 0.88 if len(doubtful) > 1 else 0.6
            yield _Claim(head, replace(sense, certainty=certain), 1.0, certain)

    def _taken(self, claim: _Claim, values: Sequence[Value]) -> MappedColumn:
        head, sense = claim.head, claim.sense
        if sense.code == "row.number":
            reason = Sentence("a running number of the rows")
            return MappedColumn(head.column, head.text, None, 0.95, reason, expected=True)
        certainty = sense.certainty
        if self._witness.typed(sense.code) and values:
            certainty = certainty * (0.8 + 0.2 * claim.fitness)
            if claim.fitness >= 0.9 and sense.code not in _EITHER_SIDE:
                certainty = max(certainty, min(0.9, sense.certainty + 0.3))
        certainty = round(certainty, 2)
        reason = Sentence("{how}", how=sense.how)
        found = MappedColumn(head.column, head.text, sense.code, certainty, reason)
        if certainty >= SURE or not values:
            return found
        place = self._place(head)
        word = plan_word(sense.code)
        others = [plan_word(s.code) for s in head.senses if s.code != sense.code]
        options = list(dict.fromkeys((word, *others, NOTHING)))
        given = self._asking.ask(place, options=options, propose=word, certainty=certainty)
        if given is None:
            return replace(found, question=place.id)
        if given.value == word:
            return found
        return replace(found, code=None, reason=Sentence("left out as asked"), expected=True)

    def _refused(self, head: Head, kind: TableKind) -> str:
        """Give the code of a column that must not be taken, "" for all others.

        A word for health or religion anywhere in the heading is enough, unless the heading as a
        whole is known to mean a field.
        """
        if any(kind.owns(s.code) and s.certainty >= 0.9 for s in head.senses):
            return ""
        whole = [s.code for s in head.senses if s.code.startswith(("sensitive.", "unneeded."))]
        if whole:
            return whole[0]
        tokens = fold(head.text).split()
        for size in range(min(len(tokens), 4), 0, -1):
            for start in range(len(tokens) - size + 1):
                phrase = " ".join(tokens[start : start + size])
                for sense in self._dictionary.headings.plain(phrase) if len(phrase) > 3 else ():
                    if sense.code.startswith("sensitive."):
                        return sense.code
        return ""

    def _not_taken(self, head: Head, kind: TableKind, values: Sequence[Value]) -> MappedColumn:
        refused = self._refused(head, kind)
        if refused.startswith("sensitive."):
            reason = Sentence("data of this kind are never taken: {heading}", heading=head.text)
        elif refused:
            reason = Sentence("personal data that the program has no use for")
        elif not values:
            reason = Sentence("the column is blank")
        elif any(kind.owns(sense.code) for sense in head.senses):
            reason = Sentence("another column already holds this")
        elif head.senses:
            reason = Sentence("lists of {kind} have no field for it", kind=kind.plural)
        else:
            reason = Sentence("the heading is not known")
        return MappedColumn(head.column, head.text, None, 0.0, reason, refused, expected=not values)


def _yielding(claims: Sequence[_Claim]) -> list[_Claim]:
    """Let a column that can mean something else leave a code to one that cannot.

    In "Cluster | Name" the first is no name, though by itself it would be one.
    """
    means = Counter(claim.head.column for claim in claims if claim.sense.certainty >= _CLEAR)
    bound = {
        claim.sense.code: claim.weight
        for claim in sorted(claims, key=lambda claim: claim.weight)
        if claim.sense.certainty >= _CLEAR and means[claim.head.column] == 1
    }
    return [
        replace(claim, weight=claim.weight - _YIELD)
        if means[claim.head.column] > 1 and bound.get(claim.sense.code, 0) >= claim.weight - _YIELD
        else claim
        for claim in claims
    ]


def language_of(heads: Sequence[Head]) -> str:
    """Give the language of the headings, "" where two fit equally well."""
    votes = Counter(
        language
        for head in heads
        for language in frozenset().union(*(s.languages for s in head.senses[:3]))
        if language
    )
    best = votes.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]


def _sample(table: Table, column: int) -> list[Value]:
    """Give the first distinct values of a column."""
    found: dict[Value, None] = {}
    for row in table.rows:
        value = row.value(column)
        if value is not None and value != "":
            found[value] = None
            if len(found) == _SAMPLE:
                break
    return list(found)


def _without_heading(table: Table, headed: set[int]) -> Iterator[MappedColumn]:
    """Give the columns that have values but no heading."""
    width = max((len(row.values) for row in table.rows[:500]), default=0)
    for column in range(width):
        if column not in headed and _sample(table, column):
            yield MappedColumn(column, "", None, 0.0, Sentence("the column has no heading"))
