"""The filter by what the rules say of a record: "problems:errors", and back again."""

from __future__ import annotations

from collections.abc import Iterable

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.query import AnyOf, Filter, Not, Problems
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.filtering.terms import Findings, NotUnderstood, Refusal
from smartct_desktop.services.filtering.tokens import BETWEEN_VALUES, Piece, split_values

NAME = "Problems"
"""What stands before the colon; a field of the same name would go before."""

OFFERED = ("errors", "warnings", "none")
_PROBLEMS = frozenset({Severity.ERROR, Severity.WARNING})
_NO_PROBLEM = Not(Problems(_PROBLEMS))
_NAMES = frozenset({"problems", "problem", "findings", "has problems"})
_WORDS: dict[str, frozenset[Severity]] = {
    **dict.fromkeys(("errors", "error", "has errors"), frozenset({Severity.ERROR})),
    **dict.fromkeys(("warnings", "warning", "has warnings"), frozenset({Severity.WARNING})),
    **dict.fromkeys(("*", "any", "some", "yes", "has problems"), _PROBLEMS),
    **dict.fromkeys(("-", "none", "no"), frozenset()),
}


def is_problems(name: str) -> bool:
    """Whether a name stands for what the rules say."""
    return fold(name) in _NAMES


def read_problems(tail: Piece, *, negated: bool) -> Findings:
    """Read what stands behind the colon. Raises `NotUnderstood`."""
    severities: set[Severity] = set()
    nothing = False
    for piece in split_values(tail, BETWEEN_VALUES):
        found = _WORDS.get(piece.text if piece.text in {"-", "*"} else fold(piece.text))
        if found is None:
            from smartct_desktop.services.filtering.named_values import most_like  # slow to import

            sentence = Sentence("“Problems” takes errors, warnings or none.")
            like = most_like(piece.text, OFFERED) or OFFERED
            raise NotUnderstood(Refusal(sentence, piece.start, piece.end, like))
        severities |= found
        nothing = nothing or not found
    return Findings(frozenset(severities), nothing, negated)


def written_problems(term: Findings) -> str:
    """Write the term; it is read as the same in every language of the program."""
    words = [word for word in OFFERED[:2] if _WORDS[word] <= term.severities]
    words += [OFFERED[2]] if term.nothing else []
    return f"{'-' if term.negated else ''}{NAME.lower()}:{','.join(words)}"


def problem_filter(severities: Iterable[Severity], *, nothing: bool) -> Filter:
    """Give the filter for records with such a finding, or with none that is a problem."""
    found = Problems(frozenset(severities))
    if not nothing:
        return found
    return AnyOf((found, _NO_PROBLEM)) if found.severities else _NO_PROBLEM


def findings_of(filter_: Filter) -> Findings | None:
    """Give the term that a filter stands for, None if it asks something else."""
    severities: frozenset[Severity] = frozenset()
    nothing = False
    for part in filter_.filters if isinstance(filter_, AnyOf) else (filter_,):
        match part:
            case Problems(found, codes) if found and found <= _PROBLEMS and not codes:
                severities |= found
            case Not() if part == _NO_PROBLEM:
                nothing = True
            case _:
                return None
    return Findings(severities, nothing) if severities or nothing else None
