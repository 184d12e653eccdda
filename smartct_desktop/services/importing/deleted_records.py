"""Records that people deleted here and that a file brings back: asked about, never just added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from smartct_desktop.domain.changes import PastChange, PastStep
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.drafts import Draft, Work
from smartct_desktop.services.importing.plan import PlanFinding, PlanValue, Target
from smartct_desktop.services.importing.questions import Asking, Place
from smartct_desktop.services.importing.understood import Fault

AGAIN, LEAVE_OUT = "add again", "leave out"

_Signs = Callable[[Mapping[str, Any]], Iterable[tuple[Any, ...]]]


def ask_for_deleted(work: Work, drafts: Sequence[Draft]) -> None:
    """Ask about new records that are like ones that were deleted; leave out what is not wanted."""
    new: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.id is None and draft.kind in _SIGNS and not draft.faults and not draft.left_out:
            new[draft.kind].append(draft)
    for kind, among in new.items():
        signs = _SIGNS[kind]
        gone: dict[tuple[Any, ...], tuple[PastStep, PastChange]] = {}
        for step, change in work.known.removed(kind):
            for sign in signs(change.before):
                gone.setdefault(sign, (step, change))
        for draft in among if gone else ():
            values = {name: _plain(value) for name, value in draft.values.items()}
            past = next((gone[sign] for sign in signs(values) if sign in gone), None)
            if past is not None:
                ask_again(work.asking, draft, past[0], past[1].caption)
    _ask_for_members(work, new["membership"])


def _ask_for_members(work: Work, drafts: Sequence[Draft]) -> None:
    """Ask about members that were deleted as organisations, and their memberships with them."""
    gone = _organisations_gone(work) if drafts else {}
    for draft in drafts:
        member = draft.values.get("organisation")
        if isinstance(member, Target) and member.id is None and not draft.waits:
            past = gone.get(fold(member.name))
            if past is not None:
                ask_again(work.asking, draft, past[0], past[1].caption)


def _organisations_gone(work: Work) -> Mapping[str, tuple[PastStep, PastChange]]:
    return {
        fold(str(change.before.get("name"))): (step, change)
        for step, change in reversed(work.known.removed("organisation"))
    }


def ask_again(asking: Asking, draft: Draft, step: PastStep, caption: str) -> bool:
    """Ask whether a deleted record is added again, and whether it was so answered.

    Until that is known the row waits; one that is not wanted is left out with the reason.
    """
    place = Place(
        "deleted_record",
        "row",
        Sentence("These records were deleted here. Shall they be added again?"),
        draft.sheet,
    )
    row = draft.rows[0]
    given = asking.ask(
        place,
        str(row),
        rows=draft.rows,
        options=(AGAIN, LEAVE_OUT),
        text=Sentence(
            "Row {row}: {record} was deleted on {day} by {person}.",
            row=row,
            record=caption.strip() or "?",
            day=step.at.date().isoformat(),
            person=step.by,
        ),
    )
    if given is None:
        draft.waits.append(place.id)
        draft.settled = False
        return False
    if given.value == AGAIN:
        return True
    draft.faults.append(("", Fault("IMP-05", Sentence("The row is left out, as you have said."))))
    return False


def deleted_organisations(work: Work) -> Iterator[PlanFinding]:
    """Say which new organisations bear the name of one that was deleted."""
    new = [n for n in work.mentions if isinstance(n.value, Target) and n.value.id is None]
    if not new:
        return
    gone = _organisations_gone(work)
    for named in new:
        past = gone.get(fold(named.mention.name))
        if past is not None:
            sentence = Sentence(
                "“{name}” was deleted here on {day}; the file brings it back as a new record.",
                name=named.mention.name,
                day=past[0].at.date().isoformat(),
            )
            sheet, row = min(named.spots, key=lambda spot: spot[1])
            yield PlanFinding("IMP-11", Severity.WARNING, sentence, sheet, (row,))


def _plain(value: PlanValue) -> Any:
    return value.id if isinstance(value, Target) else value


def _text(value: Any) -> str:
    return fold(value) if isinstance(value, str) else ""


def _exchange(values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    stay = tuple(values.get(name) for name in ("vo", "ho", "start"))
    if all(stay):
        yield stay
    for name in ("cxc_id", "number"):
        if sign := _text(values.get(name)):
            yield name, sign
    if (ref := _text(values.get("ref"))) and values.get("start"):
        yield "ref", ref, values["start"]


def _event(values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    if code := _text(values.get("code")):
        yield "code", code
    if title := _text(values.get("title")):
        yield title, values.get("start")


def _person(values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    if email := _text(values.get("email")):
        yield "email", email
    if name := _text(values.get("name")):
        yield name, values.get("organisation")


def _membership(values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    pair = (values.get("cluster"), values.get("organisation"))
    if all(pair):
        yield pair


def _payment(values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    if ref := _text(values.get("bank_ref")):
        yield "bank_ref", ref
    booking = tuple(values.get(name) for name in ("exchange", "amount_cents", "date"))
    if all(booking):
        yield booking


_SIGNS: Mapping[str, _Signs] = {
    "exchange": _exchange,
    "event": _event,
    "person": _person,
    "membership": _membership,
    "payment": _payment,
}
"""By what a record is known again when it is gone."""
