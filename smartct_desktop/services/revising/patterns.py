"""Regular expressions for find and replace: read with a clear refusal, and bounded in time.

Python's own engine tries every way in which a pattern can fit, and cannot be stopped once it has
begun. So each pattern is looked at first: a repetition within a repetition, whose ways grow beyond
all measure with the text, is refused; of the others it is known how their ways grow, and cells too
long for that are left alone.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.sentence import Sentence

LONGEST = 200
"""Signs of a pattern."""

_STEPS = 200_000_000  # of the engine in one cell: about two seconds at the worst
_WAYS = 10_000
_ENDLESS = 1_000  # repetitions from which on they count as without end
_GROUP = re.compile(r"\$(\$|\d{1,2})")
# Python keeps its reader of patterns under this name; it is part of `re` wherever that is.
_reader: Any = importlib.import_module("re._parser")

_REASONS = (
    ("missing )", Sentence("a ) is missing")),
    ("unbalanced", Sentence("there is a ) without a (")),
    ("unterminated character set", Sentence("a ] is missing")),
    ("nothing to repeat", Sentence("there is nothing before it that could be repeated")),
    ("multiple repeat", Sentence("it repeats what is repeated already")),
    ("bad escape", Sentence("what follows the \\ means nothing; write \\\\ for the sign itself")),
    ("bad character range", Sentence("the range is written backwards")),
    ("min repeat greater", Sentence("the first number is larger than the second one")),
    ("look-behind requires", Sentence("what stands before must have one length")),
)


@dataclass(frozen=True, slots=True)
class _Growth:
    """How the ways of fitting grow: with which power of the length, and times how many."""

    power: int = 0
    ways: int = 1


class TooLong(Exception):
    """A cell says more than the pattern can look through in a moment."""


class Pattern:
    """A regular expression with what to put in its place; `$1` is its first group, `$0` all of it.

    Reading raises `Invalid`.
    """

    def __init__(self, find: str, replace: str, *, match_case: bool) -> None:
        if len(find) > LONGEST:
            raise Invalid(Sentence("A pattern has {n} signs at most.", n=LONGEST))
        flags = re.NOFLAG if match_case else re.IGNORECASE
        try:
            with warnings.catch_warnings():
                # “[[” may mean something else in a later Python; it does not here.
                warnings.simplefilter("ignore", FutureWarning)
                self._pattern = re.compile(find, flags)
                tree = _reader.parse(find, flags)
        except re.error as error:
            raise Invalid(_why(find, error)) from None
        except (OverflowError, RecursionError):
            raise Invalid(Sentence("The pattern is too large.")) from None
        growth = _of(tree)
        # The engine begins anew at each sign, hence one power more.
        self._longest = int((_STEPS / growth.ways) ** (1 / (growth.power + 1)))
        self._replace = replace
        self._check_groups()

    def applied(self, text: str, *, whole: bool) -> str | None:
        """Give the text afterwards, None if the pattern is not in it. Raises `TooLong`."""
        if len(text) > self._longest:
            raise TooLong
        if whole:
            found = self._pattern.fullmatch(text)
            return None if found is None else self._put(found)
        after, times = self._pattern.subn(self._put, text)
        return after if times else None

    def _put(self, found: re.Match[str]) -> str:
        def group(sign: re.Match[str]) -> str:
            return "$" if sign[1] == "$" else found[int(sign[1])] or ""

        return _GROUP.sub(group, self._replace)

    def _check_groups(self) -> None:
        groups = self._pattern.groups
        for sign in _GROUP.finditer(self._replace):
            if sign[1] != "$" and int(sign[1]) > groups:
                sentence = Sentence(
                    "The pattern has {n} groups in brackets: there is no {group}.",
                    n=groups,
                    group=sign[0],
                )
                raise Invalid(sentence)


def _why(find: str, error: re.error) -> Sentence:
    """Say in other words than the engine's what is wrong with a pattern."""
    place = 1 + (error.pos or 0)
    for words, reason in _REASONS:
        if error.msg.startswith(words):
            return Sentence(
                "The pattern is not understood at sign {place}: {reason}.",
                place=place,
                reason=reason,
            )
    sign = find[place - 1 : place]
    return Sentence(
        "The pattern is not understood at sign {place} (“{sign}”).", place=place, sign=sign
    )


# How long a pattern can take.


def _of(tree: Iterable[tuple[Any, Any]]) -> _Growth:
    """Give the growth of a row of parts. Raises `Invalid` where it has no measure."""
    power, ways = 0, 1
    for part in tree:
        one = _of_part(*part)
        power, ways = power + one.power, ways * one.ways
    if ways > _WAYS:
        raise Invalid(_NO_MEASURE)
    return _Growth(power, ways)


def _of_part(name: object, said: Any) -> _Growth:
    match str(name):
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeated(*said)
        case "BRANCH":
            return _branched(said[1])
        case "SUBPATTERN":
            return _of(said[-1])
        case "ATOMIC_GROUP":
            return _of(said)
        case "ASSERT" | "ASSERT_NOT":
            return _of(said[1])
        case "GROUPREF_EXISTS":
            return _branched([part for part in said[1:] if part is not None])
        case _:
            return _Growth()


def _repeated(least: int, most: Any, body: Iterable[tuple[Any, Any]]) -> _Growth:
    inner = _of(body)
    if int(most) >= _ENDLESS:
        if inner != _Growth():
            raise Invalid(_NO_MEASURE)
        return _Growth(power=1)
    times = int(most)
    if inner.power * times > 4 or (inner.ways > 1 and times > 13):
        raise Invalid(_NO_MEASURE)
    return _Growth(inner.power * times, inner.ways**times * (times - least + 1))


def _branched(branches: Iterable[Iterable[tuple[Any, Any]]]) -> _Growth:
    """Branches that begin with different signs leave no choice."""
    several = [list(branch) for branch in branches]
    inner = [_of(branch) for branch in several]
    power = max(one.power for one in inner)
    first = list(_beginnings(several))
    if len(set(first)) == len(several):
        return _Growth(power, max(one.ways for one in inner))
    return _Growth(power, sum(one.ways for one in inner))


def _beginnings(branches: Iterable[list[tuple[Any, Any]]]) -> Iterator[str]:
    for branch in branches:
        if branch and str(branch[0][0]) == "LITERAL":
            yield chr(branch[0][1]).casefold()


_NO_MEASURE = Sentence(
    "The pattern repeats what is repeated or has a choice already, as in (a+)*, and could take for "
    "ever. Repeat single signs or sets of them, as in [a-z ]+."
)
