"""What can be opened or done from the palette, and in which order it is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from smartct_desktop.ui.quick_open.matching import Found, find
from smartct_desktop.ui.theme.tones import Tone


class Group(Enum):
    """The kinds of things, in the order in which those that fit alike are offered."""

    RECENT = "Recent"
    RECORDS = "Records"
    COMMANDS = "Commands"
    COLUMN = "Column"
    TABS = "Tabs"
    VIEWS = "Views"
    REPORTS = "Reports"
    DOCUMENTS = "Documents"
    HELP = "Help"


@dataclass(frozen=True)
class Entry:
    """One line: `key` is the name by which its use is remembered.

    `reason` says why it cannot be done just now, and is empty if it can. `also` holds words by
    which it is found besides its title; `state` is a word for a pill.
    """

    key: str
    group: Group
    title: str
    act: Callable[[], object]
    detail: str = ""
    icon: str = ""
    keys: str = ""
    reason: str = ""
    also: str = ""
    state: str = ""
    tone: Tone = Tone.CALM
    at_rest: bool = False


@dataclass(frozen=True)
class Heading:
    """What stands over the lines of a group; `more` is how many of it are not shown."""

    group: Group
    more: int = 0


@dataclass(frozen=True)
class Line:
    """An entry and how it was found."""

    entry: Entry
    found: Found


Row = Heading | Line

_AT_FIRST = (
    Group.RECENT,
    Group.TABS,
    Group.COMMANDS,
    Group.COLUMN,
    Group.RECORDS,
    Group.VIEWS,
    Group.REPORTS,
    Group.DOCUMENTS,
    Group.HELP,
)
_USED = 0.6  # what having been used lately is worth


def ranked(entries: Iterable[Entry], typed: str, used: Sequence[str]) -> list[Line]:
    """Those that fit, best first; `used` are keys, those used last and most in front."""
    place = {key: number for number, key in enumerate(used)}
    lines = []
    for entry in entries:
        found = find(typed, entry.title, f"{entry.detail} {entry.also}")
        if found is not None:
            lines.append(Line(entry, found))
    return sorted(lines, key=lambda line: -_worth(line, place))


def _worth(line: Line, place: dict[str, int]) -> float:
    used = place.get(line.entry.key)
    recently = 0.0 if used is None else _USED / (1 + used / 8)
    return line.found.score + recently - (0.4 if line.entry.reason else 0)


def arranged(lines: Sequence[Line], each: int) -> list[Row]:
    """Lines in groups, the group with the best line first, only the first lines of each.

    Groups that fit alike keep their own order, which before anything is typed is another.
    """
    groups: dict[Group, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.entry.group, []).append(line)
    order = list(Group) if any(line.found.score for line in lines) else list(_AT_FIRST)

    def rank(group: Group) -> tuple[float, int]:
        best = max(line.found.score for line in groups[group])
        return -round(best), order.index(group)

    rows: list[Row] = []
    for group in sorted(groups, key=rank):
        rows.append(Heading(group, max(0, len(groups[group]) - each)))
        rows += groups[group][:each]
    return rows
