"""Records that one table of a file tells and another refers to, before any of them is stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.folding import fold
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.known import KnownEvent, KnownExchange
from smartct_desktop.services.importing.plan import PlanValue, Target

if TYPE_CHECKING:
    from smartct_desktop.services.importing.drafts import Draft


class Planned:
    """The exchanges and events of a file, in the form in which stored ones are looked for.

    New ones bear ids that no record has; `target` turns such an id into a reference. `exchanges`
    and `events` are the new ones only, `known_events` those that are stored already.
    """

    def __init__(self) -> None:
        self._drafts: dict[Id, Draft] = {}
        self.exchanges: list[KnownExchange] = []
        self.events: list[KnownEvent] = []
        self.known_events: list[KnownEvent] = []

    def note(self, draft: Draft) -> None:
        """Note a record that others may refer to, or tell more of."""
        if draft.left_out:
            return
        values = draft.values
        id_ = draft.id or Id(f"planned {draft.key}")
        if draft.kind == "exchange" and draft.id is not None:
            self._drafts[id_] = draft
        elif draft.kind == "exchange":
            number, ref, cxc_id = (_text(values.get(n)) for n in ("number", "ref", "cxc_id"))
            sides = [organisation_id(values.get(side)) for side in ("vo", "ho")]
            cents = values.get("amount_cents")
            exchange = KnownExchange(
                id_,
                number,
                ref,
                cxc_id,
                sides[0],
                sides[1],
                _plain(values.get("start")),
                _plain(values.get("mode")),
                _plain(values.get("status")),
                cents if isinstance(cents, int) else None,
            )
            self.exchanges.append(exchange)
            self._drafts[id_] = draft
        elif draft.kind == "event" and isinstance(title := values.get("title"), str):
            start = values.get("start")
            day = start if isinstance(start, date) else None
            event = KnownEvent(id_, _text(values.get("code")), title, day)
            (self.events if draft.id is None else self.known_events).append(event)
            self._drafts[id_] = draft

    def draft(self, id_: Id | None) -> Draft | None:
        """Give the record of the file that bears an id, None if the file does not tell it."""
        return self._drafts.get(id_) if id_ is not None else None

    def target(self, id_: Id, name: str) -> Target | None:
        """Give how a plan refers to a record of the file; None for a stored one."""
        draft = self._drafts.get(id_)
        new = draft is not None and draft.id is None
        return Target(draft.kind, name, key=draft.key) if draft is not None and new else None

    def caption(self, id_: Id) -> str | None:
        """Give what a new exchange of the file is called in a choice."""
        draft = self._drafts.get(id_)
        if draft is None or draft.id is not None:
            return None
        sides = (_name(draft.values.get(side)) for side in ("vo", "ho"))
        sign = next(filter(None, map(draft.values.get, ("number", "ref", "cxc_id"))), "?")
        return f"{sign}: {' → '.join(sides)}"


def organisation_id(value: PlanValue) -> Id | None:
    """Give the id of an organisation that is meant; a new one has one made of its name."""
    target = value.propose if isinstance(value, Asked) else value
    if not isinstance(target, Target):
        return None
    return target.id or Id(f"planned {fold(target.name)}")


def _plain(value: PlanValue) -> Value:
    return None if isinstance(value, Asked | Target) else value


def _name(value: PlanValue) -> str:
    target = value.propose if isinstance(value, Asked) else value
    return target.name if isinstance(target, Target) else "?"


def _text(value: PlanValue) -> str | None:
    return value if isinstance(value, str) else None
