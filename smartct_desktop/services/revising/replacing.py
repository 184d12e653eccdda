"""The revision of find and replace within a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.revising.building import Builder
from smartct_desktop.services.revising.patterns import Pattern, TooLong
from smartct_desktop.services.revising.revision import Deed, Given, Revision, Target
from smartct_desktop.services.texts import Texts

_LONGEST = 30.0  # seconds
_TOO_LONG = Sentence("The text is too long to look through with this pattern.")


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
        flags = re.NOFLAG if self.match_case else re.IGNORECASE
        literal = re.compile(re.escape(self.find), flags)
        if self.whole:
            return self.replace if literal.fullmatch(text) else None
        if not literal.search(text):
            return None
        return literal.sub(lambda _match: self.replace, text)


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
    until = monotonic() + _LONGEST
    builder = Builder(reader, texts, kind)
    field = target.field

    def plan(_place: int, record: Record) -> Iterator[tuple[Target, Given]]:
        if field is not None:
            if pattern is not None and monotonic() > until:
                raise Trouble(
                    Sentence("The pattern takes too long."),
                    Sentence("Look for less at once, or in fewer records."),
                )
            text = builder.text(record, field)
            try:
                after = replacement.applied(text, pattern)
            except TooLong:
                yield Target(target.heading, None, _TOO_LONG), Given(text)
                return
            if after is not None:
                yield target, Given(after)

    builder.change(ids, [field] if field is not None else [], plan, progress)
    return builder.result(Deed.REPLACE)
