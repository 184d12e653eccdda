"""The lines of the review: what happens to a row and why, one thing a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smartct_desktop.services.importing.plan import Action, PlanFinding
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.caption import summary
from smartct_desktop.ui.import_assistant.field_words import field_name
from smartct_desktop.ui.import_assistant.outlook import Outlook
from smartct_desktop.ui.import_assistant.review_rows import CellChoice, ReviewRow, begins_with_words
from smartct_desktop.ui.import_assistant.understood import Understanding
from smartct_desktop.ui.import_assistant.words import SEVERITIES, one_or_more
from smartct_desktop.ui.theme.tones import Tone


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence, with a sign if it is a finding. `ink` is a token."""

    text: str
    ink: str = "text"
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after. With `keep` a person can say which value shall stand.

    `kept` says that the stored one stays.
    """

    field: str
    old: str
    new: str
    keep: CellChoice | None = None
    kept: bool = False


Part = Words | Difference


def parts_of(outlook: Outlook, row: ReviewRow, understanding: Understanding) -> list[Part]:
    """The lines of a row, as many as it says itself."""
    parts: list[Part] = []
    if begins_with_words(row.action, row.findings):
        parts.append(_first(outlook, row, understanding))
    parts += _differences(outlook, row, understanding)
    parts += [_finding(finding) for finding in row.findings]
    if not parts:
        parts.append(Words(_reason(row), "muted"))
    if len(parts) > row.lines:
        more = len(parts) - row.lines + 1
        parts[row.lines - 1 :] = [Words(one_or_more(more, "and 1 more", "and {n} more"), "muted")]
    return parts


def _differences(
    outlook: Outlook, row: ReviewRow, understanding: Understanding
) -> Iterator[Difference]:
    if row.row is None:
        return
    if row.action is Action.CHANGE:
        for record in outlook.records_of(row.row):
            for name, (old, new) in record.changes.items():
                code = f"{record.kind}.{name}"
                choice = CellChoice((record.sheet, record.rows[0]), code, old, new)
                yield _difference(choice, understanding, kept=False)
    for choice in outlook.kept.get(row.place, ()):
        yield _difference(choice, understanding, kept=True)


def _difference(choice: CellChoice, understanding: Understanding, *, kept: bool) -> Difference:
    code = choice.code
    return Difference(
        field_name(code),
        understanding.short(choice.old, code),
        understanding.short(choice.theirs, code),
        choice,
        kept=kept,
    )


def _first(outlook: Outlook, row: ReviewRow, understanding: Understanding) -> Words:
    reason = _reason(row)
    match row.action:
        case Action.ADD:
            assert row.row is not None
            return Words(summary(outlook, row.row, understanding) or reason)
        case Action.REFUSE:
            return Words(reason, "text", Tone.ERROR)
        case Action.WAIT:
            return Words(_waiting_for(outlook, row) or reason)
        case _:
            return Words(reason, "muted")


def _waiting_for(outlook: Outlook, row: ReviewRow) -> str:
    """The first open question of a row."""
    for asked in outlook.asked_at(row):
        item = next((item for item in asked.items if not item.answered), None)
        if item is not None:
            # What is said of one item only makes sense where this item is about the row.
            own = item.text is not None and row.first in item.rows
            return say(item.text if own and item.text is not None else asked.question.text)
    return ""


def _reason(row: ReviewRow) -> str:
    if row.row is not None:
        reason = say(row.row.reason)
    else:
        reason = tr(row.skipped.reason.label) if row.skipped is not None else ""
    return sentence_case(reason)


def _finding(finding: PlanFinding) -> Words:
    return Words(sentence_case(say(finding.sentence)), "text", SEVERITIES[finding.severity])


def sentence_case(text: str) -> str:
    """Begin with a capital: reasons come as clauses."""
    return text[:1].upper() + text[1:]
