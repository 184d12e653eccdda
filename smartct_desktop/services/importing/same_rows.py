"""Rows of one file that tell the same thing."""

from __future__ import annotations

from typing import Any

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.drafts import Draft
from smartct_desktop.services.importing.plan import PlanFinding, PlanValue, Target


def identity_of(draft: Draft) -> tuple[Any, ...]:
    """Give what two rows must share to tell one thing; nothing where that cannot be said."""
    values = draft.values
    match draft.kind:
        case "exchange":
            stay = tuple(meant(values.get(name)) for name in ("vo", "ho", "start"))
            mode = values.get("mode") or draft.defaults.get("mode")
            return ("exchange", *stay, mode) if all(stay) else ()
        case "membership":
            cluster = values.get("cluster")
            whose = meant(cluster)
            if whose is None and isinstance(cluster, Asked):
                whose = (cluster.question, cluster.key)
            pair = (whose, meant(values.get("organisation")))
            return ("membership", *pair) if all(pair) else ()
        case "attendance":
            where = tuple(meant(values.get(name)) for name in ("event", "session"))
            person = values.get("person")
            who = person.key if isinstance(person, Asked) else meant(person)
            return ("attendance", *where, who) if who else ()
        case "person":
            return ("person", draft.id or draft.key)
        case "event":
            code = values.get("code")
            title = (values.get("title"), values.get("start"))
            return ("event", code) if code else ("event", *title) if all(title) else ()
        case _:
            return ()


def meant(value: PlanValue) -> Any:
    """Give what tells one value from another: of a record its id, of a question the proposal."""
    found = value.propose if isinstance(value, Asked) else value
    return (found.id, found.key) if isinstance(found, Target) else found


def told_twice(first: Draft, draft: Draft) -> PlanFinding:
    """Say that a row tells what an earlier one tells."""
    facts = {"row": draft.rows[0], "first": first.rows[0]}
    kind = schema_of(draft.kind).label.lower()
    sentence = Sentence("Row {row} tells the same {kind} as row {first}.", kind=kind, **facts)
    if first.sheet != draft.sheet:
        sentence = Sentence(
            "Row {row} tells the same {kind} as row {first} of the sheet “{sheet}”.",
            kind=kind,
            sheet=first.sheet,
            **facts,
        )
    return PlanFinding(
        "IMP-10",
        Severity.WARNING,
        sentence,
        draft.sheet,
        (draft.rows[0],),
        record=first.key,
    )
