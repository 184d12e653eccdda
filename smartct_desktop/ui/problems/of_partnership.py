"""What the rules say of the partnership as a whole, among the problems of the records.

These rules look at all records, so a job asks them while the tab is in front.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Listing
from smartct_desktop.domain.reading import FindingCount, Outdated, RecordFinding
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.problems.lines import Fetch, Group
from smartct_desktop.ui.problems.words import told
from smartct_desktop.ui.tools import Tools

_ORDER = list(Severity)
_SOON = 500  # milliseconds after a document was opened or changed


class PartnershipFindings(QObject):
    """Keeps what is said of the partnership; `changed` is emitted when that is something else.

    One for the window: the Problems tab shows it, the tab and the status bar count it.
    """

    changed = Signal()

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.ask)
        self._tools = tools
        self._desk: Desk | None = None
        self._found: tuple[RecordFinding, ...] = ()
        self._running = False
        self._again = False

    def attach(self, desk: Desk | None) -> None:
        """Speak of the partnership of this document, soon."""
        self._desk = desk
        self._found = ()
        self.ask_soon()

    def ask_soon(self) -> None:
        """Ask when nobody wanted it any more for a moment: first things first."""
        self._soon.start()

    def ask(self) -> None:
        """Ask the rules in a job; once more when it is done, if they were asked meanwhile."""
        desk = self._desk
        self._again = self._running
        if desk is None or self._running:
            return
        self._running = True

        def work(_progress: Progress) -> tuple[RecordFinding, ...]:
            from smartct_desktop.services.figure_findings import findings_from

            with desk.document.reader() as reader:
                stock = desk.stock.read(reader, desk.facts, desk.document.checker.today)
                return findings_from(stock, reader, desk.facts)

        title = tr("Looking at the figures")
        take, fail = partial(self._take, desk), partial(self._fail, desk)
        self._tools.jobs.run(work, take, fail, title=title, shown=False)

    def fitting(self, listing: Listing) -> list[RecordFinding]:
        """Give those that a listing asks for, errors first."""
        fit = (one for one in self._found if self._fits(one, listing))
        return sorted(fit, key=lambda one: _ORDER.index(one.finding.severity))

    def counts(self) -> list[FindingCount]:
        """Count each of them, as the reader counts those of records."""
        told_of = ((one.finding, one.kind) for one in self._found)
        return [FindingCount(f.code, kind, f.severity, 1) for f, kind in told_of]

    def _fits(self, one: RecordFinding, listing: Listing) -> bool:
        if self._desk is None or (
            listing.severities and one.finding.severity not in listing.severities
        ):
            return False
        said = fold(f"{one.caption} {told(one.finding, self._desk.texts)}")
        return all(
            wanted.word in said or one.finding.code in wanted.codes for wanted in listing.words
        )

    def _take(self, desk: Desk, found: tuple[RecordFinding, ...]) -> None:
        self._running = False
        if desk is self._desk and found != self._found:
            self._found = found
            self.changed.emit()
        if self._again:
            self.ask()

    def _fail(self, desk: Desk, error: Exception) -> None:
        self._running = False
        if desk is self._desk and isinstance(error, Outdated):
            self.ask_soon()
        elif desk is self._desk:  # of one that was closed meanwhile nobody asks any more
            self._tools.report(error)
        elif self._again:
            self.ask()


def among(
    groups: Sequence[Group], fetch: Fetch, own: Sequence[RecordFinding], *, flat: bool
) -> tuple[list[Group], Fetch]:
    """Put what is said of the partnership among the groups of records.

    It stands on top of a flat list, otherwise under its rules, errors first.
    """
    if not own:
        return list(groups), fetch
    if flat:
        records = sum(group.findings for group in groups)
        return [Group("", Severity.INFO, records + len(own))], _on_top(own, fetch, records)
    of: dict[tuple[str, Severity], list[RecordFinding]] = {}
    for one in own:
        of.setdefault((one.finding.code, one.finding.severity), []).append(one)
    made = [*groups, *(Group(*key, len(those)) for key, those in of.items())]
    made.sort(key=lambda group: _ORDER.index(group.severity))

    def fetched(group: Group, start: int, stop: int) -> Sequence[RecordFinding]:
        those = of.get(group.key)
        return fetch(group, start, stop) if those is None else those[start:stop]

    return made, fetched


def _on_top(
    own: Sequence[RecordFinding], fetch: Fetch, records: int
) -> Callable[..., list[RecordFinding]]:
    n, all_records = len(own), Group("", Severity.INFO, records)

    def fetched(_group: Group, start: int, stop: int) -> list[RecordFinding]:
        first, last = max(0, start - n), max(0, stop - n)
        rest = fetch(all_records, first, last) if last > first else ()
        return [*own[start:stop], *rest]

    return fetched
