"""The revision of find and replace within a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.record import Record
from smartct_desktop.services.revising.building import Builder
from smartct_desktop.services.revising.revision import Deed, Given, Revision, Target
from smartct_desktop.services.texts import Texts


@dataclass(frozen=True, slots=True)
class Replacement:
    """What to look for and what to put there, both taken literally.

    `whole`: only where it is all that the cell says. An empty `find` is found in blank cells only,
    and only with `whole`.
    """

    find: str
    replace: str
    whole: bool = False
    match_case: bool = False

    def applied(self, text: str) -> str | None:
        """The text afterwards; None if what is looked for is not in it."""
        if not self.find:
            return self.replace if self.whole and not text else None
        flags = re.NOFLAG if self.match_case else re.IGNORECASE
        pattern = re.compile(re.escape(self.find), flags)
        if self.whole:
            return self.replace if pattern.fullmatch(text) else None
        if not pattern.search(text):
            return None
        return pattern.sub(lambda _match: self.replace, text)


def replace_all(  # noqa: PLR0913, PLR0917 (who reads, and what goes where)
    reader: Reader,
    texts: Texts,
    kind: str,
    ids: Iterable[Id],
    target: Target,
    replacement: Replacement,
    progress: Progress | None = None,
) -> Revision:
    """Plan to replace a text in one column; what comes out must be a value of the field."""
    builder = Builder(reader, texts, kind)
    field = target.field

    def plan(_place: int, record: Record) -> Iterator[tuple[Target, Given]]:
        if field is not None:
            after = replacement.applied(builder.text(record, field))
            if after is not None:
                yield target, Given(after)

    builder.change(ids, [field] if field is not None else [], plan, progress)
    return builder.result(Deed.REPLACE)
