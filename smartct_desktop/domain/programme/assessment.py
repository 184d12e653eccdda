"""What is said and calculated of one record when it is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.programme.findings import Finding


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say of a record, and the values of its derived fields by name.

    `until` is the first day on which it might be otherwise although nothing was changed; None if
    that never happens.
    """

    findings: Sequence[Finding] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What assessments rest on beside the records they look at.

    `rules` is the version of rules and calculations, `facts` a digest of the records that concern
    all others (the own partnership), `on` the day.
    """

    rules: str
    facts: str
    on: date
