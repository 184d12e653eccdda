"""The revision of find and replace within a column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import thread_time

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.revising.building import Builder
from smartct_desktop.services.revising.patterns import Pattern, TooLong, plain, replaced
from smartct_desktop.services.revising.revision import Deed, Given, Revision, Target
from smartct_desktop.services.texts import Texts

_PATIENCE = 10.0  # seconds of the processor that all cells together may cost


@dataclass(frozen=True, slots=True)
class Replacement:
    """What to look for and what to put there, taken literally unless it is a `pattern`.

    `whole`: only where it is all that the cell says. An empty `find` is found in blank cells only,
    and only with `whole`. Of a pattern (see `patterns`) the other text may name groups.
    """

    find: str
    replace: str
    whole: bool = False
    match_case: bool = False
    pattern: bool = False

    def read(self) -> Pattern | None:
        """Give the pattern, None for plain text. Raises `Invalid` if it is not understood."""
        if not self.pattern or not self.find:
            return None
        return Pattern(self.find, self.replace, match_case=self.match_case)

    def applied(self, text: str, pattern: Pattern | None = None) -> str | None:
        """The text afterwards; None if what is looked for is not in it.

        `pattern` is what `read` gave. Raises `TooLong`.
        """
        if pattern is not None:
            return pattern.applied(text, whole=self.whole)
        if not self.find:
            return self.replace if self.whole and not text else None
        literal = plain(self.find, match_case=self.match_case)
        return replaced(literal, lambda _found: self.replace, text, whole=self.whole)


def replace_all(  # noqa: PLR0913, PLR0917 (who reads, and what goes where)
    reader: Reader,
    texts: Texts,
    kind: str,
    ids: Iterable[Id],
    target: Target,
    replacement: Replacement,
    progress: Progress | None = None,
) -> Revision:
    """Plan to replace a text in one column; what comes out must be a value of the field.

    Raises `Invalid` for a pattern that is not understood, `Trouble` for one that takes too long.
    """
    pattern = replacement.read()
    spent = 0.0
    builder = Builder(reader, texts, kind)
    field = target.field

    def plan(_place: int, record: Record) -> Iterator[tuple[Target, Given]]:
        nonlocal spent
        if field is not None:
            text = builder.text(record, field)
            began = thread_time()
            try:
                after = replacement.applied(text, pattern)
            except TooLong as left:
                yield Target(target.heading, None, left.sentence), Given(text)
                return
            spent += thread_time() - began
            if spent > _PATIENCE:
                raise Trouble(
                    Sentence("The pattern takes too long."),
                    Sentence("Look for less at once, or in fewer records."),
                )
            if after is not None:
                yield target, Given(after)

    builder.change(ids, [field] if field is not None else [], plan, progress)
    return builder.result(Deed.REPLACE)
