"""What a report says on paper, as plain data: blocks that are drawn one below the other.

All texts are as they are to be read: said in a language, numbers and days already written out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """One column of a listing; `share` is its part of the width, compared with the others."""

    heading: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A table whose headings are repeated on each page and whose rows are never cut.

    `blank` is the least number of empty lines at its end, for people who are not on the list yet;
    with any, more of them fill the page. `roomy` rows can be signed in. `total` stands under the
    rows. `nothing` is said in the place of rows where there are none.
    """

    title: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    total: tuple[str, ...] = ()
    nothing: str = ""
    blank: int = 0
    roomy: bool = False
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One indicator against its target; without a target there is no bar.

    `planned` is what an even pace would have reached. `told` says in words how it stands.
    """

    name: str
    value: int
    target: int | None
    expected: int
    planned: int | None
    told: str
    definition: str


@dataclass(frozen=True, slots=True)
class Targets:
    """The indicators, one below the other."""

    title: str
    lines: tuple[TargetLine, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class MonthBar:
    """What counted in a month, what is expected for it, and the plan up to its end."""

    label: str
    counted: int
    expected: int
    so_far: int
    planned: int | None


@dataclass(frozen=True, slots=True)
class Months:
    """A bar for each month, and the line of the plan, called `plan`.

    `besides` tells in words what has no month; `nothing` stands where there is nothing at all.
    """

    title: str
    note: str
    bars: tuple[MonthBar, ...]
    plan: str
    besides: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Whole numbers by two things; the last row and column are the sums."""

    title: str
    note: str
    corner: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to be filled in by hand; `labels` stand under each: name, day, signature."""

    places: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms and what they mean, in small letters."""

    title: str
    lines: tuple[tuple[str, str], ...]


Block: TypeAlias = Listing | Targets | Months | Matrix | Signatures | Terms


@dataclass(frozen=True, slots=True)
class Printout:
    """A whole report for paper.

    `author` is the partnership, never a person. `facts` are the lines of the head: what they are
    about, and what is known. `foot` stands at the left of each page, `page` at its right: a
    template with {page} and {pages}.
    """

    title: str
    author: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    funding: str = ""
    foot: str = ""
    page: str = "Page {page} of {pages}"
    language: str = "en"
    landscape: bool = False
