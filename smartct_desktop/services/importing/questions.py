"""Asking and being answered.

A question is put where a value is needed, and answered at once if the answer is known already, so
that planning again with more answers is the same walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeAlias

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Item, Question, Reply, Told

Answers: TypeAlias = Mapping[str, Reply | Mapping[str, Reply]]
"""Answers by question id: a plain one, or one for each of the question's items."""

KEEP = "keep"
"""Among the answers: the cells of which the stored value shall be kept."""

TAKE = "take"
"""Among the answers: the cells of which the file's value shall be taken over a correction."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a question is about and where: one place is one question.

    `per` says what its items are: "column", "file", "name", "value", "row" or "cell". `about`
    tells apart two questions of one topic about one place.
    """

    topic: str
    per: str
    text: Sentence
    sheet: str | None = None
    letter: str | None = None
    about: str = ""

    @property
    def id(self) -> str:
        """The id of the question, made of what does not change from one planning to the next."""
        where = "!".join(part for part in (self.sheet, self.letter) if part)
        return ":".join(part for part in (self.topic, where, self.about) if part)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: by a person, remembered, or the proposal where proposals are accepted."""

    value: Reply


@dataclass(slots=True)
class _Draft:
    place: Place
    items: dict[str, Item] = field(default_factory=dict)


class Asking:
    """Collects the questions of one planning and knows the answers given so far."""

    def __init__(
        self,
        answers: Answers,
        *,
        accept_proposals: bool = False,
        habits: Answers = MappingProxyType({}),
        habits_hold: bool = True,
    ) -> None:
        """`habits` are answers about earlier files of the sender; one that misfits is left out.

        With `habits_hold` they are answers; otherwise, while it is not sure who the sender is,
        they are proposed.
        """
        self._answers = answers
        self._habits = habits
        self._habits_hold = habits_hold
        self._accept = accept_proposals
        self._drafts: dict[str, _Draft] = {}
        self._decided: dict[str, tuple[Place, Reply]] = {}
        self._by_habit: dict[str, Place] = {}

    def ask(  # noqa: PLR0913 (everything that makes a question)
        self,
        place: Place,
        key: str = "",
        *,
        rows: Iterable[int] = (),
        options: Sequence[Reply] = (),
        propose: Reply = None,
        proposed: bool = False,
        certainty: float = 0.0,
        text: Sentence | None = None,
        others: str = "",
    ) -> Given | None:
        """Put a question, or one more item of it; give the answer if there is one.

        The same place and key asked again only adds rows. `proposed` says that nothing is
        proposed on purpose. With `others`, a kind of records, any text is passed on as an answer.
        Raises `Invalid` for an answer that is none of the options.
        """
        draft = self._drafts.setdefault(place.id, _Draft(place))
        known = draft.items.get(key)
        if known is not None:
            item = _with_rows(known, rows)
        else:
            habit = self._habit(place, key, options)
            if habit is not None and not self._habits_hold:
                propose, proposed = habit.value, True
            proposed = proposed or propose is not None
            proposal = Given(propose) if proposed else None
            given = self._given(place, key, () if others else options, proposal)
            item = Item(
                key=key,
                rows=tuple(sorted(set(rows))),
                options=tuple(options),
                proposed=proposed,
                propose=propose,
                certainty=certainty,
                text=text,
                answered=given is not None,
                answer=given.value if given else None,
                others=others,
            )
        draft.items[key] = item
        return Given(item.answer) if item.answered else None

    def _given(
        self, place: Place, key: str, options: Sequence[Reply], proposal: Given | None
    ) -> Given | None:
        answer = self._answers.get(place.id, ...)
        if isinstance(answer, Mapping):
            answer = answer.get(key, ...)
        if answer is ... or isinstance(answer, Mapping):
            habit = self._habit(place, key, options)
            if habit is not None and self._habits_hold:
                self._by_habit[place.id] = place
                return habit
            return proposal if self._accept else None
        if options and answer not in options:
            allowed = ", ".join(str(option) for option in options)
            raise Invalid(
                Sentence(
                    "The answer “{answer}” to the question {question} is none of: {allowed}.",
                    answer=answer,
                    question=place.id,
                    allowed=allowed,
                )
            )
        return Given(answer)

    def _habit(self, place: Place, key: str, options: Sequence[Reply]) -> Given | None:
        """Give the answer that held for an earlier file of the sender, if it can hold here."""
        answer = self._habits.get(place.id, ...)
        if isinstance(answer, Mapping):
            answer = answer.get(key, ...)
        if answer is ... or (options and answer not in options):
            return None
        return Given(answer)

    def decided(self, place: Place) -> Given | None:
        """Give an answer for a place without putting the question: a choice made unasked."""
        answer = self._answers.get(place.id, ...)
        if answer is ... and self._habits_hold:
            answer = self._habits.get(place.id, ...)
            if answer is not ... and not isinstance(answer, Mapping):
                self._by_habit[place.id] = place
        if answer is ... or isinstance(answer, Mapping):
            return None
        self._decided[place.id] = (place, answer)
        return Given(answer)

    def told(self) -> tuple[Told, ...]:
        """Give what was said without being asked."""
        return tuple(
            Told(place.id, place.topic, place.sheet, place.letter, answer)
            for place, answer in self._decided.values()
            if place.id not in self._drafts
        )

    def by_habit(self) -> tuple[Place, ...]:
        """Give the places of which an answer about an earlier file held."""
        return tuple(self._by_habit.values())

    def unused(self) -> tuple[str, ...]:
        """Give the answers that answered nothing; somebody may have mistyped a question's id."""
        return tuple(id_ for id_ in self._answers if id_ not in {*self._drafts, *self._decided})

    def questions(self) -> tuple[Question, ...]:
        """Give all questions put, in the order they came up."""
        return tuple(
            Question(
                id=draft.place.id,
                topic=draft.place.topic,
                per=draft.place.per,
                sheet=draft.place.sheet,
                letter=draft.place.letter,
                text=draft.place.text,
                items=tuple(draft.items.values()),
            )
            for draft in self._drafts.values()
        )


def _with_rows(item: Item, rows: Iterable[int]) -> Item:
    more = set(rows) - set(item.rows)
    if not more:
        return item
    return replace(item, rows=tuple(sorted(more | set(item.rows))))
