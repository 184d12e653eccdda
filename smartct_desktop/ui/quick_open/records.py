"""Finding records by name in a job, so that a large document does not hold up typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.query import Contains, Path, Query, Row
from smartct_desktop.domain.reading import Outdated, Reader
from smartct_desktop.domain.searching import searched_words
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.document import Document
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.grid.status import shade_of
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.jobs import Jobs
from smartct_desktop.ui.quick_open.entries import Entry, Group
from smartct_desktop.ui.theme.tones import Tone

KINDS = ("organisation", "exchange", "event", "person", "partnership", "deliverable", "target")
"""The kinds whose records are known by a name of their own."""

_BESIDE = {
    "organisation": ("type", "city", "country"),
    "exchange": ("vo", "ho", "start"),
    "event": ("start", "city", "country"),
    "person": ("function",),
}
_ICONS = {
    "organisation": "building-2",
    "exchange": "arrow-right",
    "event": "calendar-days",
    "person": "user",
    "partnership": "users",
    "deliverable": "flag",
    "target": "flag",
}
_WIDELY = ("exchange", "organisation", "event")
_EACH = 24  # records of a kind that are looked at
_MANY = 20_000
_SHORTEST = 2  # letters: fewer find almost everything


@dataclass(frozen=True)
class Hit:
    """A record that was found, as the reader has it."""

    kind: str
    caption: str
    row: Row


Look = Callable[[Reader, str, Progress], list[Hit]]


class RecordSearch(QObject):
    """Looks for one text at a time; what is typed meanwhile is looked for next.

    `found(typed, hits, whole)` comes on the window's thread: first with the records that are called
    so, then with those too that are found by other texts of theirs; then it is `whole`.
    """

    found = Signal(str, object, bool)

    def __init__(self, jobs: Jobs, report: Callable[[Exception], object], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._report = report
        self._document: Document | None = None
        self._running = ""
        self._wanted = ""
        self._named: list[Hit] = []

    def attach(self, document: Document | None) -> None:
        """Look in this document from now on."""
        self._document = document
        self._wanted = ""

    def look_for(self, typed: str) -> bool:
        """Look for records; False if the text is too short to look for any. Raises `Invalid`."""
        self._wanted = ""
        searched_words(typed)
        self._wanted = typed if len(fold(typed)) >= _SHORTEST else ""
        if self._wanted and not self._running:
            self._begin()
        return bool(self._wanted)

    def _begin(self) -> None:
        self._running = self._wanted
        self._run(called_so, self._take_names)

    def _run(self, look: Look, done: Callable[[list[Hit]], object]) -> None:
        document, typed = self._document, self._running
        if document is None:
            self._running = ""
            return

        def work(progress: Progress) -> list[Hit]:
            with document.reader() as reader:
                return look(reader, typed, progress)

        self._jobs.run(work, done, self._fail, self._stop, shown=False)

    def _take_names(self, hits: list[Hit]) -> None:
        if self._running == self._wanted:
            self._named = hits
            self.found.emit(self._running, hits, False)
            self._run(found_otherwise, self._take_others)
        else:
            self._go_on()

    def _take_others(self, hits: list[Hit]) -> None:
        if self._running == self._wanted:
            known = {hit.row.id for hit in self._named}
            others = [hit for hit in hits if hit.row.id not in known]
            self.found.emit(self._running, [*self._named, *others], True)
            self._running = ""
        else:
            self._go_on()

    def _go_on(self) -> None:
        self._running = ""
        if self._wanted:
            self._begin()

    def _stop(self) -> None:
        self._running = ""

    def _fail(self, failure: Exception) -> None:
        if not isinstance(failure, Outdated):
            self._running = ""
            self._report(failure)
        else:
            self._go_on()  # the document changed meanwhile


def called_so(reader: Reader, typed: str, progress: Progress) -> list[Hit]:
    """The records whose name contains the words typed. Work for a job; raises `Cancelled`."""
    hits: list[Hit] = []
    for kind in KINDS:
        progress.report(Sentence("Looking for records"))
        total = reader.total(kind)
        name = schema_of(kind).caption[-1]
        # In a large document the index of all texts tells quickly which names can fit.
        search = typed if total > _MANY else ""
        if total:
            filters = (Contains(Path((name,)), typed),)
            hits += _hits(reader, Query(kind, _columns(kind), filters, search))
    return hits


def found_otherwise(reader: Reader, typed: str, progress: Progress) -> list[Hit]:
    """The records found by any text, or by whom they mention. Raises `Cancelled`."""
    hits: list[Hit] = []
    for kind in _WIDELY:
        progress.report(Sentence("Looking for records"))
        if reader.total(kind):
            hits += _hits(reader, Query(kind, _columns(kind), search=typed))
    return hits


def _hits(reader: Reader, query: Query) -> list[Hit]:
    window = reader.window(query)
    try:
        rows = window.rows(0, _EACH)
    finally:
        window.close()
    captions = reader.captions(query.kind, [row.id for row in rows])
    return [Hit(query.kind, captions.get(row.id, "").strip(), row) for row in rows]


def named(reader: Reader, keys: Sequence[str]) -> Iterator[tuple[str, Hit]]:
    """The records of keys like “record:exchange:…” that are in the document."""
    for key in keys:
        match key.split(":"):
            case ["record", kind, id_] if kind in KINDS:
                with suppress(KeyError):
                    record = reader.record(kind, Id(id_))
                    values = tuple(getattr(record, path.names[0]) for path in _columns(kind))
                    row = Row(Id(id_), values, _captions(reader, kind, values))
                    caption = reader.captions(kind, [Id(id_)]).get(Id(id_), "").strip()
                    yield key, Hit(kind, caption, row)
            case _:
                continue


def entry_of(hit: Hit, texts: Texts, open_record: Callable[[str, Id], object]) -> Entry:
    """The line of a record: its name, what it is, and its state as a pill."""
    schema = schema_of(hit.kind)
    words = [tr(schema.label).lower()]
    state, tone, at_rest = "", Tone.CALM, False
    shown: dict[str, str] = {}
    paths = _columns(hit.kind)
    for path, value, caption in zip(paths, hit.row.values, hit.row.captions, strict=True):
        if value is None or value == ():
            continue
        text = texts.shown(schema.by_name[path.names[0]].type, value, caption)
        shade = shade_of(value)
        if shade is not None:
            state, tone, at_rest = text, shade.tone, shade.at_rest
        else:
            shown[path.names[0]] = text
    if "vo" in shown or "ho" in shown:
        sides = [shown.pop(name, tr("nobody yet")) for name in ("vo", "ho")]
        words.append(" → ".join(sides))
    words += shown.values()
    id_ = hit.row.id
    return Entry(
        key=f"record:{hit.kind}:{id_}",
        group=Group.RECORDS,
        title=hit.caption or tr("(without a name)"),
        act=lambda: open_record(hit.kind, id_),
        detail=" · ".join(words),
        icon=_ICONS[hit.kind],
        state=state,
        tone=tone,
        at_rest=at_rest,
    )


def _columns(kind: str) -> tuple[Path, ...]:
    names = schema_of(kind).by_name
    wanted = (*_BESIDE.get(kind, ()), "status")
    return tuple(Path((name,)) for name in wanted if name in names)


def _captions(reader: Reader, kind: str, values: Sequence[object]) -> tuple[str | None, ...]:
    captions: list[str | None] = []
    for path, value in zip(_columns(kind), values, strict=True):
        target = getattr(schema_of(kind).by_name[path.names[0]].type, "kind", None)
        if target is None:
            captions.append(None)
        else:
            ids = [Id(value)] if isinstance(value, str) else []
            captions.append(next(iter(reader.captions(target, ids).values()), ""))
    return tuple(captions)
