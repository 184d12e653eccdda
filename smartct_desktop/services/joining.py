"""Merging another copy of the document into this one: compared, asked, then written as one step.

Both histories say where the copies parted; from there each record is compared in three versions,
never by a clock. The step notes what the other copy knew, so that nothing is asked twice when that
copy comes again. The other copy's own steps are told but not taken over: the merge is one step and
can be undone as one, and what a label says of people is not kept a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.changes import Action, Change, Step, Touched
from smartct_desktop.domain.checking import check
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Terms, Value
from smartct_desktop.domain.joined_records import join
from smartct_desktop.domain.joining import Answers, Doubt, Key, Values
from smartct_desktop.domain.joining_workings import Joined
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.attachment import Attachment
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.comparing_copies import Compared, newest_of
from smartct_desktop.services.document import Document
from smartct_desktop.services.other_copy import other_copy
from smartct_desktop.services.privacy.wording import ERASED, ERASED_SHA256
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.twins import TwinFinder

if TYPE_CHECKING:
    from smartct_desktop.storage.packing import Packed

_WRITING_FILES = Sentence("Taking over attached files")
_HASH = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Joining:
    """What merging would do, with the answers so far; nothing is written while doubts are open."""

    compared: Compared
    joined: Joined

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """All that is or was to be decided."""
        return self.joined.doubts

    @property
    def open(self) -> tuple[Doubt, ...]:
        """What nobody has decided."""
        return self.joined.open

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What becomes of our records; changes of nothing are left out."""
        found = (self._change(key, values) for key, values in self.joined.records.items())
        return tuple(filter(None, found))

    @cached_property
    def counts(self) -> Mapping[Action, Mapping[str, int]]:
        """How many records of each kind are added, changed and removed.

        Two that become one are one that is changed, whichever id it keeps.
        """
        counts: dict[Action, Counter[str]] = {action: Counter() for action in Action}
        for change in self.changes:
            key = (change.kind, change.id)
            if key in self.joined.united:
                continue
            action = Action.CHANGE if key in self._survivors else action_of(change)
            counts[action][change.kind] += 1
        return counts

    def unites(self, change: Change) -> bool:
        """Whether a change is a part of making one record of two."""
        key = (change.kind, change.id)
        return key in self.joined.united or key in self._survivors

    @cached_property
    def _survivors(self) -> frozenset[Key]:
        return frozenset(self.joined.united.values())

    def unused(self, answers: Answers) -> list[tuple[str, str]]:
        """Give the answers, by topic and item, that answered nothing: one may be mistyped."""
        used = {(doubt.topic.value, doubt.item) for doubt in self.doubts if not doubt.open}
        topics = {topic for topic, _ in used}
        found = []
        for topic, given in answers.given.items():
            if isinstance(given, str):
                found += [] if topic in topics else [(topic, "")]
            else:
                found += [(topic, item) for item in given if (topic, item) not in used]
        return found

    @property
    def label(self) -> Sentence:
        """The name of the step."""
        return Sentence("merge of the copy {name}", name=self.compared.name)

    def as_step(self) -> Step:
        """Give the step that does it. Raises `Trouble` while something is open, and `Invalid`."""
        if self.open:
            raise Trouble(
                Sentence("{n} questions are still open.", n=len(self.open)),
                Sentence("Answer them first. Nothing was changed."),
            )
        for change in self.changes:
            if change.after is not None:
                check(change.after)
        return Step(self.label, self.changes, joins=self.compared.parted.unknown)

    def _change(self, key: Key, values: Values | None) -> Change | None:
        ours = self.compared.ours.get(key)
        if values is None:
            return None if ours is None else Change(ours, None)
        schema = schema_of(key[0])
        if ours is None:
            return Change(None, schema.make(values, key[1]))
        told = {f.name: values.get(f.name, _blank(f.type)) for f in schema.told}
        if all(getattr(ours, name) == value for name, value in told.items()):
            return None
        return Change(ours, ours.replace(**told))


def action_of(change: Change) -> Action:
    """What a change does to its record."""
    if change.before is None:
        return Action.ADD
    return Action.REMOVE if change.after is None else Action.CHANGE


def plan(compared: Compared, answers: Answers, facts: ProgrammeFacts) -> Joining:
    """Say what merging would do with these answers. Reads nothing; quick unless much differs."""
    joined = join(compared.triples, answers, TwinFinder(facts), _Numbers(compared))
    return Joining(compared, joined)


def merge_copy(document: Document, joining: Joining, progress: Progress | None = None) -> Touched:
    """Write what was planned, on whatever thread, for `Document.announce`.

    Raises `Trouble`, also if the document was changed since the comparison, or if an attached file
    cannot be read from the other copy; `Invalid`, `Cancelled`. Then nothing was written.
    """
    progress = progress or Progress()
    step = joining.as_step()
    with document.reader() as reader:
        if newest_of(reader) != joining.compared.newest:
            raise Trouble(
                Sentence("The document was changed since it was compared."),
                Sentence("Merge the copy once more."),
            )
    with ExitStack() as opened:
        contents = _contents(document, joining, opened, progress)
        return document.write(step, progress, contents)


class _Numbers:
    """Gives free numbers for exchanges, the same whichever copy is ours."""

    def __init__(self, compared: Compared) -> None:
        self._known = compared.numbers
        self._prefix = compared.prefix

    def __call__(self, values: Values, taken: Collection[str]) -> str:
        start = values.get("start")
        stem = f"{self._prefix}-{getattr(start, 'year', 0):04d}-"
        tails = [
            number.removeprefix(stem)
            for number in (*self._known, *taken)
            if number.startswith(stem)
        ]
        last = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
        return f"{stem}{last + 1:03d}"


def _blank(type_: object) -> Value:
    return () if isinstance(type_, Terms) else None


def _contents(
    document: Document, joining: Joining, opened: ExitStack, progress: Progress
) -> list[Packed]:
    """Take what new attachments hold from the other copy. Raises `Trouble`."""
    wanted = {
        change.after.sha256: change.after.file_name
        for change in joining.changes
        if isinstance(change.after, Attachment)
        and change.after.sha256 not in joining.compared.contents
        and len(change.after.sha256) == 64
        and set(change.after.sha256) <= _HASH
    }
    if not wanted:
        return []
    from smartct_desktop.storage.packing import packed_again

    other = opened.enter_context(
        other_copy(joining.compared.path, document.path, joining.compared.key)
    )
    contents = []
    for done, (sha256, name) in enumerate(wanted.items()):
        progress.report(_WRITING_FILES, done, len(wanted))
        erased = sha256 == ERASED_SHA256
        pieces = iter([ERASED]) if erased else other.content(sha256, name)
        contents.append(opened.enter_context(packed_again(pieces)))
    return contents
