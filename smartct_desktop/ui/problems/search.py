"""Looking for problems by words, or by the partners they have to do with, in a job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Listing
from smartct_desktop.domain.reading import Outdated, RecordFinding
from smartct_desktop.system.clock import local_today
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.problems.lines import Fetch, Group
from smartct_desktop.ui.tools import Tools

_MOST_FOUND = 2000  # findings that a search brings; nobody reads more
_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Found:
    """What a job found; `titles` are the partners of the lines, if they were asked for.

    `more` says that there are others beyond those that a search brings.
    """

    listing: Listing
    lines: Sequence[RecordFinding]
    more: bool = False
    titles: Sequence[str] | None = None

    def grouped(self, whole: Sequence[RecordFinding]) -> tuple[list[Group], Fetch]:
        """Put the lines into groups, with what is said of the `whole` partnership among them."""
        found = [*whole, *self.lines]
        if self.titles is not None:
            every = [tr("The partnership as a whole")] * len(whole)
            return _by_partner(found, [*every, *self.titles])
        return _by_rule(found, flat=self.listing.by_record)


def _by_rule(found: Sequence[RecordFinding], *, flat: bool) -> tuple[list[Group], Fetch]:
    groups: dict[tuple[str, Severity], list[RecordFinding]] = {}
    for one in found:
        key = ("", Severity.INFO) if flat else (one.finding.code, one.finding.severity)
        groups.setdefault(key, []).append(one)

    def fetch(group: Group, start: int, stop: int) -> Sequence[RecordFinding]:
        return groups[group.key][start:stop]

    ordered = sorted(groups.items(), key=lambda item: _ORDER.index(item[0][1]))
    return [Group(*key, len(those)) for key, those in ordered], fetch


def _by_partner(found: Sequence[RecordFinding], titles: Sequence[str]) -> tuple[list[Group], Fetch]:
    """Group by partner, the one with the most first."""
    groups: dict[str, list[RecordFinding]] = {}
    for line, title in zip(found, titles, strict=True):
        groups.setdefault(title, []).append(line)

    def fetch(group: Group, start: int, stop: int) -> Sequence[RecordFinding]:
        return groups[group.title][start:stop]

    made = [
        Group("", min((one.finding.severity for one in those), key=_ORDER.index), len(those), title)
        for title, those in groups.items()
    ]
    made.sort(key=lambda group: -group.findings)
    return made, fetch


class ProblemSearch(QObject):
    """Looks in a job: it may have to look at every record.

    `found(Found)` tells the end, `interrupted` that a step came in between.
    """

    found = Signal(object)
    interrupted = Signal()

    def __init__(self, tools: Tools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask(self, desk: Desk, listing: Listing, *, by_partner: bool) -> None:
        """Begin."""

        def work(_progress: Progress) -> Found:
            from smartct_desktop.services.partner_of import partner_of

            with desk.document.reader() as reader:
                every = list(reader.list_findings(listing, 0, _MOST_FOUND + 1))
                lines, more = every[:_MOST_FOUND], len(every) > _MOST_FOUND
                if not by_partner:
                    return Found(listing, lines, more)
                facts = desk.stock.read(reader, desk.facts, local_today()).facts
                of = [partner_of(facts, line.kind, line.id) for line in lines]
                names = reader.captions("organisation", facts.partners)
                nobody = tr("No partner told")
                titles = [names.get(one, nobody) if one else nobody for one in of]
                return Found(listing, lines, more, titles)

        self._tools.jobs.run(
            work, self._take, self._fail, title=tr("Looking for problems"), shown=False
        )

    def _take(self, found: Found) -> None:
        self.found.emit(found)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Outdated):
            self.interrupted.emit()
        else:
            self._tools.report(error)
