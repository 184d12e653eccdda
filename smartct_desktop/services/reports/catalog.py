"""All reports; a new one is a module beside this and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.report import Report
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reports.composition import composition
from smartct_desktop.services.reports.exchange_register import exchange_register


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One report: its code on the command line, its name, what it says, and how it is built."""

    code: str
    name: Sentence
    sentence: Sentence
    build: Callable[[Reader, ProgrammeFacts, datetime], Report]


REPORTS = (
    ReportKind(
        "exchange-register",
        Sentence("Exchange register"),
        Sentence("Every exchange with its money, its papers and whether it counts."),
        exchange_register,
    ),
    ReportKind(
        "partnership-composition",
        Sentence("Partnership composition"),
        Sentence("The clusters with their fields, members and SMEs, as on the public page."),
        composition,
    ),
)
