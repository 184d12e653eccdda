"""Which event a list is about: a stored one, or a new one made of the titles above the list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.event import EventStatus
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.date_text import DateText
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.known import KnownEvent
from smartct_desktop.services.importing.mentions import NEW
from smartct_desktop.services.importing.plan import PlanValue, Target
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.session_text import TitleText, organiser_in, read_titles
from smartct_desktop.services.importing.understood import Fault

_MOST = 30
_UNNAMED_SHEET = re.compile(
    r"(?:sheet|table|tabelle|blatt|hoja|full|foglio|лист|feuil|arkusz|form responses)[ _]?\d*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class ListedEvent:
    """The event of a list: what it is called here, and what it means in the document."""

    title: TitleText
    draft: Draft
    value: Target | Asked
    stored: Id | None = None
    country: str | None = None
    planned: Draft | None = None
    """The record of the event that another table of the file tells."""

    def told(
        self,
        table: TableWork,
        values: Mapping[str, PlanValue],
        faults: Sequence[tuple[str, Fault]],
        rows: Sequence[int],
    ) -> Iterator[Draft]:
        """Give the event with what a list tells of it besides; with faults it is refused.

        An event that another table of the file tells is told more, and not given again.
        """
        draft = self.draft
        draft.rows = list(rows)
        if self.planned is not None and not faults:
            self.planned.values |= values
            self.planned.also += [(table.sheet, row) for row in rows]
            return
        draft.values |= values
        draft.faults += faults
        draft.left_out = False
        yield draft

    def hanging(self, target: Target) -> PlanValue:
        """Let what belongs to the event hang on the same question."""
        return replace(self.value, propose=target) if isinstance(self.value, Asked) else target


def title_of(table: TableWork, days: DateText) -> TitleText:
    """Give the title above a list, or else in a column of it, or the name of its sheet or file.

    The name that a program gives a new sheet by itself says nothing.
    """
    if table.event is not None:
        return table.event
    titles = read_titles(table.titles, days)
    if titles is not None:
        return titles
    sheet = "" if _UNNAMED_SHEET.fullmatch(table.sheet or "") else table.sheet
    name = _named(table) or sheet or table.work.file_name.rpartition(".")[0]
    return TitleText(name, name)


def _named(table: TableWork) -> str | None:
    names = Counter(name for name in table.cells("attendance.event") if isinstance(name, str))
    return names.most_common(1)[0][0] if names else None


def event_of(table: TableWork, title: TitleText, question: Sentence) -> ListedEvent:
    """Ask with the `question` which event a list belongs to; a new one is made of the titles."""
    first = table.title_rows[0] if table.title_rows else table.numbers[0]
    draft = Draft("event", table.key("event", first), table.sheet, [first], {})
    new = Target("event", title.title, key=draft.key)
    host = organiser_in(table.titles, table.work.known.clusters)
    country = host.country if host else None
    event = ListedEvent(title, draft, new, country=country)
    chosen = _chosen(table, event, question)
    planned = (
        table.work.planned.target(chosen.id, chosen.title)
        if isinstance(chosen, KnownEvent)
        else None
    )
    if isinstance(chosen, KnownEvent) and planned is not None:
        draft.left_out = True  # another table of the file tells it
        event.value = planned
        event.planned = table.work.planned.draft(chosen.id)
        return event
    if isinstance(chosen, KnownEvent):
        event.stored = draft.id = chosen.id
        event.planned = table.work.planned.draft(chosen.id)
        event.value = Target("event", chosen.title, chosen.id)
        return event
    draft.values = {
        "title": title.title,
        "title_in_file": title.whole if title.whole != title.title else None,
        "start": title.start,
        "end": title.end,
        "city": title.place,
        "country": event.country,
        "host_cluster": Target("organisation", host.name, host.id) if host else None,
    }
    if title.end is not None and title.end <= table.work.today:
        draft.defaults["status"] = EventStatus.HELD
    if isinstance(chosen, Asked):
        draft.waits.append(chosen.question)
        draft.told["event"] = Asked(chosen.question, "", NEW)
        event.value = chosen
    return event


def _chosen(table: TableWork, event: ListedEvent, question: Sentence) -> KnownEvent | Asked | None:
    """Give the stored event that is meant, None for a new one, or the question."""
    title = event.title
    planned = table.work.planned
    listed = [*planned.events, *planned.known_events]
    coded = {
        e.id: e
        for e in (*planned.events, *table.work.known.events)
        if e.code and fold(e.code) == fold(title.title)
    }
    if len(coded) == 1:
        return next(iter(coded.values()))
    told = [e for e in listed if fold(e.title) == fold(title.title)]
    if len(told) == 1 and title.start is not None and told[0].start == title.start:
        return told[0]
    by_caption = _captions(table, title)
    like = [e for e in by_caption.values() if fold(e.title) == fold(title.title)]
    same_day = [e for e in like if e.start == title.start]
    likely = (same_day or like)[:1]
    proposal = next((c for c, e in by_caption.items() if e in likely), NEW)
    about = str(table.header_row) if table.header_row > 1 and not table.first else ""
    about = table.about or about
    place = Place("which_event", "file", question, table.sheet, about=about)
    given = table.work.asking.ask(
        place,
        options=(NEW, *by_caption),
        propose=proposal,
        certainty=0.9 if same_day else 0.7,
    )
    if given is None:
        meant = by_caption.get(proposal)
        target: PlanValue = event.value
        if meant is not None:
            target = planned.target(meant.id, meant.title) or Target("event", meant.title, meant.id)
        return Asked(place.id, "", target)
    if given.value == NEW and same_day:
        return same_day[0]  # made of this very list before: title and day are what tells events
    return by_caption.get(str(given.value))


def _captions(table: TableWork, title: TitleText) -> dict[str, KnownEvent]:
    """The stored events by what they are called in a choice, those nearest in time first."""

    def far(event: KnownEvent) -> tuple[bool, int, str]:
        if title.start is None or event.start is None:
            return True, 0, fold(event.title)
        return False, abs((event.start - title.start).days), fold(event.title)

    known = sorted([*table.work.planned.events, *table.work.known.events], key=far)[:_MOST]
    captions: dict[str, KnownEvent] = {}
    for event in known:
        day = f" ({event.start:%d.%m.%Y})" if event.start else ""
        caption = f"{event.title}{day}"
        captions[caption if caption not in captions else f"{caption} [{event.id}]"] = event
    return captions
