"""What a merge asks and tells, in words: for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Action
from smartct_desktop.domain.fields import Id, Reference, Value
from smartct_desktop.domain.joined_lessons import LEARNED
from smartct_desktop.domain.joining import Answer, Doubt, Key, Topic, Values, both_of
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.comparing_copies import Compared
from smartct_desktop.services.joining import Joining
from smartct_desktop.services.texts import Texts

TOPICS: Mapping[Topic, Sentence] = {
    Topic.TWINS: Sentence("Added on both sides"),
    Topic.FIELD: Sentence("Changed on both sides"),
    Topic.REMOVED: Sentence("Deleted on one side"),
    Topic.NUMBER: Sentence("The same number twice"),
    Topic.TOGETHER: Sentence("Does not fit together"),
}
"""What the questions of a topic are about."""

_KEEPING = {
    Action.ADD: (Sentence("1 added"), "{n} added"),
    Action.CHANGE: (Sentence("1 changed"), "{n} changed"),
    Action.REMOVE: (Sentence("1 removed"), "{n} removed"),
}
_MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in words: the sentence, what it is about, and the answers that can be given."""

    doubt: Doubt
    about: str
    sentence: Sentence
    options: tuple[tuple[Answer, Sentence], ...]
    before: str = ""
    ours: str = ""
    theirs: str = ""


class JoiningWords:
    """Words for one comparison; values are written as in the document."""

    def __init__(self, compared: Compared, texts: Texts) -> None:
        self._compared = compared
        self._texts = texts

    def asked(self, doubt: Doubt) -> Asked:
        """Put a doubt into words."""
        match doubt.topic:
            case Topic.FIELD:
                return self._field(doubt)
            case Topic.REMOVED:
                return self._removed(doubt)
            case Topic.TWINS:
                return self._twins(doubt)
            case Topic.NUMBER:
                return self._number(doubt)
            case Topic.TOGETHER:
                return self._together(doubt)

    def named(self, key: Key) -> str:
        """Name a record with what it is: “Exchange SCT-2021-007”."""
        label = schema_of(key[0]).label
        called = self._compared.called(key)
        return label if called == label else f"{label} {called}"

    def notes(self, joining: Joining) -> list[Sentence]:
        """Say what else becomes of records, beside what was asked."""
        found = list(self._notes(joining))
        if len(found) <= _MOST_NOTES:
            return found
        more = Sentence("{n} more of the kind.", n=len(found) - _MOST_NOTES)
        return [*found[:_MOST_NOTES], more]

    # Within.

    def _field(self, doubt: Doubt) -> Asked:
        label = schema_of(doubt.key[0]).by_name[doubt.field].label
        before, ours, theirs = (
            self._shown(doubt, value) for value in (doubt.before, doubt.ours, doubt.theirs)
        )
        if (doubt.key[0], doubt.field) in LEARNED:
            sentence = Sentence(
                "For {record} something else was learned here than in the copy ({field}).",
                record=self.named(doubt.key),
                field=label,
            )
            learned = (
                (Answer.OURS, Sentence("Keep both, ours where they differ")),
                (Answer.THEIRS, Sentence("Keep both, theirs where they differ")),
            )
            return Asked(doubt, self.named(doubt.key), sentence, learned)
        sentence = Sentence(
            "{field} of {record} was set here and in the copy.",
            field=label,
            record=self.named(doubt.key),
        )
        words = {
            Answer.OURS: Sentence("Ours: {value}", value=ours),
            Answer.THEIRS: Sentence("Theirs: {value}", value=theirs),
        }
        if Answer.BOTH in doubt.options:
            value = self._shown(doubt, both_of([doubt.before], doubt.ours, doubt.theirs))
            words[Answer.BOTH] = Sentence("Both: {value}", value=value)
        options = tuple((one, words[one]) for one in doubt.options)
        return Asked(doubt, self.named(doubt.key), sentence, options, before, ours, theirs)

    def _removed(self, doubt: Doubt) -> Asked:
        record = self.named(doubt.key)
        here = doubt.removed_here
        if doubt.count == 1:
            words = (
                "{record} was deleted here, and in the copy a record names it."
                if here
                else "{record} was deleted in the copy, and here a record names it."
            )
        elif doubt.count:
            words = (
                "{record} was deleted here, and in the copy {n} records name it."
                if here
                else "{record} was deleted in the copy, and here {n} records name it."
            )
        else:
            words = (
                "{record} was deleted here and changed in the copy."
                if here
                else "{record} was changed here and deleted in the copy."
            )
        gone, kept = Sentence("Leave it deleted"), Sentence("Bring it back")
        if not here:
            gone, kept = Sentence("Delete it here, too"), Sentence("Keep it")
        options = (
            (Answer.OURS, gone if here else kept),
            (Answer.THEIRS, kept if here else gone),
        )
        sentence = Sentence(words, record=record, n=doubt.count)
        return Asked(doubt, record, sentence, options)

    def _twins(self, doubt: Doubt) -> Asked:
        kind = doubt.key[0]
        label = schema_of(kind).label
        ours, theirs = self._two(doubt)
        sentence = Sentence(
            "{kind}: “{ours}” was added here and “{theirs}” in the copy, with {because}. "
            "Are they the same?",
            kind=label,
            ours=ours,
            theirs=theirs,
            because=doubt.because,
        )
        options = (
            (Answer.SAME, Sentence("The same: make one of them")),
            (Answer.OTHER, Sentence("Two different ones: keep both")),
        )
        return Asked(doubt, f"{label} {ours}", sentence, options, ours=ours, theirs=theirs)

    def _number(self, doubt: Doubt) -> Asked:
        ours, theirs = self._two(doubt)
        sentence = Sentence(
            "The number {number} was given to an exchange here ({ours}) and to another one in the "
            "copy ({theirs}). No two can have it: the other one gets the next free number.",
            number=doubt.because,
            ours=ours,
            theirs=theirs,
        )
        options = (
            (Answer.OURS, Sentence("Ours keeps it: {what}", what=ours)),
            (Answer.THEIRS, Sentence("Theirs keeps it: {what}", what=theirs)),
        )
        return Asked(doubt, doubt.because, sentence, options, ours=ours, theirs=theirs)

    def _together(self, doubt: Doubt) -> Asked:
        ours, theirs = (self._shown(doubt, value) for value in (doubt.ours, doubt.theirs))
        sentence = Sentence(
            "{record}: what was changed here and what was changed in the copy does not fit "
            "together. {why}",
            record=self.named(doubt.key),
            why=doubt.because,
        )
        options = (
            (Answer.OURS, Sentence("As it is here ({value})", value=ours)),
            (Answer.THEIRS, Sentence("As it is in the copy ({value})", value=theirs)),
        )
        return Asked(doubt, self.named(doubt.key), sentence, options, ours=ours, theirs=theirs)

    def _two(self, doubt: Doubt) -> tuple[str, str]:
        """Describe the two records of a doubt: ours and theirs."""
        kind = doubt.key[0]
        triples = self._compared.triples
        ours = triples[kind, Id(str(doubt.ours))].ours
        theirs = triples[kind, Id(str(doubt.theirs))].theirs
        return (
            self._described((kind, Id(str(doubt.ours))), ours or {}),
            self._described((kind, Id(str(doubt.theirs))), theirs or {}),
        )

    def _described(self, key: Key, values: Values) -> str:
        """Describe an exchange by who visits whom and when, any other record by its caption."""
        if key[0] != "exchange":
            return self._compared.called(key)
        parts = [self._written(key[0], name, values.get(name)) for name in ("vo", "ho", "start")]
        return ", ".join(filter(None, parts)) or self._compared.called(key)

    def _shown(self, doubt: Doubt, value: Value) -> str:
        return self._written(doubt.key[0], doubt.field, value) or Sentence("blank")

    def _written(self, kind: str, name: str, value: Value) -> str:
        field = schema_of(kind).by_name[name]
        caption = None
        if isinstance(field.type, Reference) and value is not None:
            caption = self._compared.called((field.type.kind, Id(str(value))))
        return self._texts.shown(field.type, value, caption)

    def _notes(self, joining: Joining) -> Iterator[Sentence]:
        joined = joining.joined
        forgotten = self._compared.forgotten
        if forgotten:
            words = (
                "The copy still tells of somebody who was forgotten here: that is left out."
                if forgotten == 1
                else "The copy still tells of {n} people who were forgotten here: that is left out."
            )
            yield Sentence(words, n=forgotten)
            yield Sentence("Forget them in that copy, too, or delete it.")
        for key, number in joined.renumbered.items():
            yield Sentence(
                "{record} gets the number {number}.", record=self.named(key), number=number
            )
        for key in joined.returned:
            yield Sentence("{record} comes back with it.", record=self.named(key))
        for key in joined.lost:
            yield Sentence(
                "{record} goes, because what it belongs to stays deleted.", record=self.named(key)
            )
        for key, name in joined.blanked:
            yield Sentence(
                "{field} of {record} becomes blank, because what it named stays deleted.",
                field=schema_of(key[0]).by_name[name].label,
                record=self.named(key),
            )


def counted(counts: Mapping[Action, Mapping[str, int]]) -> Iterator[str]:
    """Say how many records of each kind are added, changed and removed, a line each kind."""
    kinds = dict.fromkeys(kind for by_kind in counts.values() for kind in by_kind)
    for kind in kinds:
        parts = []
        for action, (one, more) in _KEEPING.items():
            n = counts[action].get(kind, 0)
            if n:
                parts.append(one if n == 1 else Sentence(more, n=n))
        yield f"{schema_of(kind).plural}: {', '.join(parts)}"


def steps_words(steps: int, undone: int) -> Sentence:
    """Say how much one side did since the copies parted."""
    if not steps and not undone:
        return Sentence("nothing")
    done = Sentence("1 step") if steps == 1 else Sentence("{n} steps", n=steps)
    if not undone:
        return done
    return Sentence("{steps}, {n} undone", steps=done, n=undone)


def in_order(doubts: Sequence[Doubt]) -> list[Doubt]:
    """Put questions into the order to answer them in: those that others hang on come first."""
    order = list(TOPICS)
    return sorted(doubts, key=lambda doubt: order.index(doubt.topic))
