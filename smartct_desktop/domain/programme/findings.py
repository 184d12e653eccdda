"""What a rule of the programme has to say: a code, how much it matters, and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from smartct_desktop.domain.sentence import Sentence


class Severity(Enum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `field` is the field it belongs to, "" for the record as a whole."""

    code: str
    severity: Severity
    sentence: Sentence
    field: str = ""
