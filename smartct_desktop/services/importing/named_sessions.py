"""Sessions that a column of a list of attendance names, by number or by title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.session import Session
from smartct_desktop.services.importing.plan import PlanValue, Target

if TYPE_CHECKING:
    from smartct_desktop.services.importing.drafts import Draft, TableWork
    from smartct_desktop.services.importing.event_of_list import ListedEvent

_COLUMN = "attendance.session"


class NamedSessions:
    """The sessions of one event that the rows name: stored ones, and new ones."""

    def __init__(self, table: TableWork, event: ListedEvent, stored: Sequence[Session]) -> None:
        self._table = table
        self._event = event
        self._stored = {fold(name): one for one in stored for name in names_of(one)}
        self._targets: dict[str, Target] = {}

    def drafts(self) -> Iterator[Draft]:
        """Give each session once, with the row that names it first."""
        from smartct_desktop.services.importing.drafts import Draft  # it rests on own values

        table = self._table
        for place, row in enumerate(table.numbers):
            text = table.text(_COLUMN, place)
            if text is None or fold(text) in self._targets:
                continue
            known = self._stored.get(fold(text))
            draft = Draft("session", table.key("session", row), table.sheet, [row], {})
            key = "" if known else draft.key
            name = f"{self._event.title.title} {text}"
            self._targets[fold(text)] = Target("session", name, known.id if known else None, key)
            if known is None:
                numbered = {"no": int(text)} if text.isdecimal() else {"title": text}
                draft.values = {"event": self._event.value, **numbered}
                yield draft

    def target(self, place: int) -> PlanValue:
        """Give the session that a row names; None if it names none."""
        text = self._table.text(_COLUMN, place)
        target = self._targets.get(fold(text)) if text is not None else None
        return self._event.hanging(target) if target is not None else None


def names_of(session: Session) -> Sequence[str]:
    """Give the texts by which a session can be named."""
    number = None if session.no is None else str(session.no)
    return [text for text in (number, session.title) if text]
