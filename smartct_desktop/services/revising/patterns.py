"""Finding and replacing in a text: patterns are read with a clear refusal, and bounded in time.

Python's own engine cannot be stopped once it has begun, and some patterns would keep it for years.
So it only reads a pattern, for what it says of a wrong one; the `regex` library, which understands
the same and gives up after a while, looks for it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable

import regex

from smartct_desktop.domain.checking import LONGEST_TEXT
from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.sentence import Sentence

LONGEST = 200
"""Signs of a pattern."""

_PATIENCE = 0.2  # seconds of the processor that one cell may cost
_GROUP = re.compile(r"\$(\$|\d{1,2})")

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


class TooLong(Exception):
    """A cell is left alone: it is too long to look through in a moment, or would be afterwards."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Pattern:
    """A regular expression with what to put in its place; `$1` is its first group, `$0` all of it.

    Reading raises `Invalid`.
    """

    def __init__(self, find: str, replace: str, *, match_case: bool) -> None:
        if len(find) > LONGEST:
            raise Invalid(Sentence("A pattern has {n} signs at most.", n=LONGEST))
        self._pattern = _read(find, match_case=match_case)
        self._replace = replace
        self._check_groups()

    def applied(self, text: str, *, whole: bool) -> str | None:
        """Give the text afterwards, None if the pattern is not in it. Raises `TooLong`."""
        return replaced(self._pattern, self._put, text, whole=whole)

    def _put(self, found: regex.Match[str]) -> str:
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


def plain(find: str, *, match_case: bool) -> regex.Pattern[str]:
    """Give a pattern of a text that stands for itself."""
    return regex.compile(regex.escape(find), _flags(match_case=match_case))


def replaced(
    pattern: regex.Pattern[str],
    put: Callable[[regex.Match[str]], str],
    text: str,
    *,
    whole: bool,
) -> str | None:
    """Give the text afterwards, None if the pattern is not in it, or not all of it if `whole`.

    Raises `TooLong`, also for more than a cell holds: a long text put in the place of each sign of
    another one would fill the memory.
    """
    room = LONGEST_TEXT

    def counted(found: regex.Match[str]) -> str:
        nonlocal room
        piece = put(found)
        room -= len(piece)
        if room < 0:
            raise TooLong(Sentence("The text would be too long for a cell."))
        return piece

    try:
        if whole:
            found = pattern.fullmatch(text, timeout=_PATIENCE)
            return None if found is None else counted(found)
        after, times = pattern.subn(counted, text, timeout=_PATIENCE)
    except TimeoutError:
        raise TooLong(Sentence("Looking through this text takes too long.")) from None
    return after if times else None


def _read(find: str, *, match_case: bool) -> regex.Pattern[str]:
    try:
        with warnings.catch_warnings():
            # “[[” may mean something else in a later Python; it does not here.
            warnings.simplefilter("ignore", FutureWarning)
            re.compile(find)
            return regex.compile(find, _flags(match_case=match_case))
    except re.error as error:
        raise Invalid(_why(find, error.msg, error.pos or 0)) from None
    except regex.error:
        raise Invalid(_why(find, "", 0)) from None
    except (OverflowError, RecursionError):
        raise Invalid(Sentence("The pattern is too large.")) from None


def _flags(*, match_case: bool) -> int:
    return int(regex.VERSION0 if match_case else regex.VERSION0 | regex.IGNORECASE)


def _why(find: str, said: str, at: int) -> Sentence:
    """Say in other words than the engine's what is wrong with a pattern."""
    place = 1 + at
    for words, reason in _REASONS:
        if said.startswith(words):
            return Sentence(
                "The pattern is not understood at sign {place}: {reason}.",
                place=place,
                reason=reason,
            )
    sign = find[at:place]
    return Sentence(
        "The pattern is not understood at sign {place} (“{sign}”).", place=place, sign=sign
    )
