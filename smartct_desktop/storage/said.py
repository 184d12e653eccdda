"""Findings as the document keeps them: the code, and what fills the sentence of the rule."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from smartct_desktop.domain.programme.findings import Finding, Severity
from smartct_desktop.domain.programme.rule_catalog import BY_CODE
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.codecs import to_json
from smartct_desktop.storage.errors import damaged

Line = tuple[str, int, str, str | None]
"""Code, severity, field and what is said, as they stand in the columns."""

SEVERITIES = tuple(Severity)
"""The severities by their numbers in the file: the worst first."""

NUMBERS: Mapping[Severity, int] = {severity: n for n, severity in enumerate(SEVERITIES)}

_UNKNOWN = Sentence("A rule of another version of this program said something here.")
"""Until the rules of this version have been asked."""


def written(finding: Finding) -> Line:
    """Give what is kept of a finding."""
    values = finding.sentence.values
    said = to_json({name: _kept(value) for name, value in values.items()}) if values else None
    return finding.code, NUMBERS[finding.severity], finding.field, said


def read(line: Sequence[Any]) -> Finding:
    """Make the finding again. Raises `Trouble` for what this program never writes."""
    code, severity, field, said = line
    try:
        values = {name: _value(kept) for name, kept in json.loads(said or "{}").items()}
        return Finding(code, SEVERITIES[severity], _sentence(code, values), field)
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        raise damaged() from error


def read_day(since: str | None) -> date | None:
    """Read since when a finding is there. Raises `Trouble` for what this program never writes."""
    try:
        return date.fromisoformat(since) if since else None
    except ValueError as error:
        raise damaged() from error


def _sentence(code: str, values: Mapping[str, Any]) -> Sentence:
    rule = BY_CODE.get(code)
    if rule is None:
        return _UNKNOWN
    try:
        return Sentence(rule.sentence, **values)
    except (KeyError, IndexError):
        return _UNKNOWN


def _kept(value: object) -> object:
    if isinstance(value, Sentence):
        return {
            "sentence": value.template,
            "values": {name: _kept(part) for name, part in value.values.items()},
        }
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, str | int | None) else str(value)


def _value(kept: Any) -> Any:
    if not isinstance(kept, dict):
        return kept
    if "day" in kept:
        return date.fromisoformat(kept["day"])
    values = {name: _value(part) for name, part in kept["values"].items()}
    return Sentence(kept["sentence"], **values)
