"""What taking back an old step, or doing it again, would do: told field by field beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from smartct_desktop.domain.changes import Action, Change, PastStep, Related, Relation, Step
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.sentence import Sentence


class Outcome(Enum):
    """What becomes of a field, or of a record that was added or removed."""

    BACK = "back"  # it is put back, or put again
    KEPT = "kept"  # it was changed since, and stays as it is
    CANNOT = "cannot"  # something stands in the way
    SAME = "same"  # it is already as it should be


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one field, or with `field` "" of a whole record, and why.

    `action` is what is done to the record: ADD brings it back, REMOVE takes it away. `by` is the
    number of the step that changed it since, if one did.
    """

    kind: str
    id: Id
    caption: str
    action: Action
    field: str
    now: Value
    then: Value
    outcome: Outcome
    why: Sentence
    by: int | None = None


@dataclass(frozen=True)
class Reversal:
    """What would be done: the `changes`, and the fate of everything that the step touched.

    `again` says that the step is done again rather than taken back; `steps` are those that fates
    name by their number.
    """

    step: PastStep
    again: bool
    fates: Sequence[Fate]
    changes: tuple[Change, ...]
    steps: Mapping[int, PastStep]

    @cached_property
    def counts(self) -> Mapping[Outcome, int]:
        """How many fields and whole records meet each fate; 0 where there is none."""
        counts = dict.fromkeys(Outcome, 0)
        for fate in self.fates:
            counts[fate.outcome] += 1
        return counts

    @property
    def whole(self) -> bool:
        """Whether nothing of the step is left out."""
        return not (self.counts[Outcome.KEPT] or self.counts[Outcome.CANNOT])

    @property
    def label(self) -> Sentence:
        """The name of the new step."""
        if self.again:
            return Sentence("redo of “{step}”", step=self.step.label)
        return Sentence("undo of “{step}”", step=self.step.label)

    def as_step(self) -> Step:
        """Give the step that does it; what a file brought comes from that file again."""
        if self.again:
            relation = Relation.REDOES if self.whole else Relation.REDOES_PART
        else:
            relation = Relation.UNDOES if self.whole else Relation.UNDOES_PART
        source = self.step.source if self.again else None
        return Step(self.label, self.changes, source, Related(self.step.no, relation))
