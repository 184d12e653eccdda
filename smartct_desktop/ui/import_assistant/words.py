"""The words of the assistant: outcomes and their tones, and counts as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.services.importing.plan import Action, Counts
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.theme.tones import Tone

OUTCOMES: Mapping[Action, tuple[str, Tone]] = {
    Action.WAIT: ("Needs you", Tone.WAITING),
    Action.REFUSE: ("Refused", Tone.ERROR),
    Action.CHANGE: ("Change", Tone.ACCENT),
    Action.ADD: ("Add", Tone.DONE),
    Action.SKIP: ("Skip", Tone.CALM),
    Action.SAME: ("Same", Tone.CALM),
}
"""Every outcome in the order in which rows are worked through, with its word and tone."""

SEVERITIES: Mapping[Severity, Tone] = {
    Severity.ERROR: Tone.ERROR,
    Severity.WARNING: Tone.WARNING,
    Severity.INFO: Tone.CALM,
}

_IN_SENTENCE: Mapping[Action, str] = {
    Action.ADD: "{n} add",
    Action.CHANGE: "{n} change",
    Action.SAME: "{n} same",
    Action.SKIP: "{n} skip",
    Action.REFUSE: "{n} refused",
    Action.WAIT: "{n} need you",
}
_ON_RECEIPT: Mapping[Action, str] = {
    Action.ADD: "added",
    Action.CHANGE: "changed",
    Action.SAME: "the same as before",
    Action.SKIP: "skipped",
    Action.REFUSE: "refused",
    Action.WAIT: "waiting for an answer",
}


def word_of(action: Action) -> str:
    """What the pill of a row says."""
    return tr(OUTCOMES[action][0])


def number(counts: Counts, action: Action) -> int:
    """How many rows meet this fate."""
    found = getattr(counts, action.value)
    assert isinstance(found, int)
    return found


def one_or_more(count: int, one: str, more: str) -> str:
    """The right form of the two, with the number in the place of `{n}`."""
    return tr(one if count == 1 else more, n=grouped(count))


def grouped(count: int) -> str:
    """A number with thin spaces between thousands, from ten thousand on."""
    return f"{count:,}".replace(",", "\u202f") if count >= 10_000 else str(count)


def rows_in_words(count: int) -> str:
    """“1 row”, “57 rows”."""
    return one_or_more(count, "{n} row", "{n} rows")


def sum_in_words(counts: Counts) -> str:
    """Say what becomes of all rows: “57 rows: 12 add, 5 change, 40 same”."""
    parts = [
        tr(words, n=grouped(number(counts, action)))
        for action, words in _IN_SENTENCE.items()
        if number(counts, action)
    ]
    if not parts:
        return tr("The file has no rows.")
    return tr("{rows}: {parts}.", rows=rows_in_words(counts.rows), parts=", ".join(parts))


def receipt_lines(counts: Counts) -> Iterator[tuple[int, str]]:
    """The lines of the receipt: how many, and what became of them."""
    for action, words in _ON_RECEIPT.items():
        if number(counts, action) or action in (Action.ADD, Action.CHANGE):
            yield number(counts, action), tr(words)


def deed(counts: Counts) -> str:
    """What the main button does: “Add 12, change 5, leave 40 (3 wait)”."""
    left = counts.rows - counts.add - counts.change
    parts = [
        tr(words, n=grouped(count))
        for count, words in (
            (counts.add, "add {n}"),
            (counts.change, "change {n}"),
            (left, "leave {n}"),
        )
        if count
    ]
    said = ", ".join(parts)
    said = said[:1].upper() + said[1:]
    if counts.wait:
        waiting = one_or_more(counts.wait, "{n} waits", "{n} wait")
        said = tr("{deed} ({waiting})", deed=said, waiting=waiting)
    return said
