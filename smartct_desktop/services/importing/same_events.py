"""Which stored event a row means: by its code, by title and day, or by asking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.sender import Verdict
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.known import KnownEvent
from smartct_desktop.services.importing.names import NameKey, Names
from smartct_desktop.services.importing.plan import Decision, Target
from smartct_desktop.services.importing.questions import Place

NEW = "new"

_NEAR = 14  # days: the same title that near to itself is hardly another event
_ALIKE = 88
_PROPOSED = 93
_MOST = 4


@dataclass(frozen=True, slots=True)
class _Likely:
    """A stored event that a row may mean, how sure that is, and why."""

    event: KnownEvent
    score: float
    because: Sentence


class StoredEvents:
    """Finds the stored event that a row means. Remembers what was decided on titles before."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._names: Names = table.work.dictionary.names
        self._judged = table.work.known.judgements("event")
        known = table.work.known.events
        self._by_code = {fold(event.code): event for event in known if event.code}
        self._by_title: dict[str, list[KnownEvent]] = defaultdict(list)
        self._by_day: dict[date | None, list[KnownEvent]] = defaultdict(list)
        for event in known:
            self._by_title[fold(event.title)].append(event)
            self._by_day[event.start].append(event)
        self._keys: dict[Id, NameKey] = {}

    def find(self, draft: Draft) -> Id | None:
        """Give the id of the stored event; only a code, or title and day, decide unasked."""
        code, title = draft.values.get("code"), draft.values.get("title")
        if isinstance(code, str) and fold(code) in self._by_code:
            return self._by_code[fold(code)].id
        if not isinstance(title, str):
            return None
        start = draft.values.get("start")
        named = self._by_title.get(fold(title), [])
        same = [event for event in named if event.start == start]
        if len(same) == 1 or (start is None and len(named) == 1):
            return (same or named)[0].id
        if start is not None and not isinstance(start, date):
            return None  # the day itself is being asked for
        return self._asked(draft, title, start, list(self._likely(title, start, named)))

    def _likely(
        self, title: str, start: date | None, named: Sequence[KnownEvent]
    ) -> Iterator[_Likely]:
        corrections = self._table.work.corrections
        for event in named:
            if corrections.made("event", event.id, "start", start):
                because = Sentence("its first day was corrected by hand after an import")
                yield _Likely(event, 0.9, because)
            elif isinstance(start, date) and event.start is not None:
                apart = abs((event.start - start).days)
                if apart <= _NEAR:
                    yield _Likely(event, 0.6, Sentence("same title, {days} days apart", days=apart))
            elif event.start is None or start is None:
                yield _Likely(event, 0.6, Sentence("same title, one without a day"))
        if not isinstance(start, date):
            return
        for event in self._by_day.get(start, ()):
            if event in named:
                continue
            if corrections.made("event", event.id, "title", title):
                because = Sentence("its title was corrected by hand after an import")
                yield _Likely(event, 0.95, because)
                continue
            likeness = self._likeness(title, event)
            if likeness >= _ALIKE:
                score = 0.9 if likeness >= _PROPOSED else 0.7
                yield _Likely(event, score, Sentence("same day, similar title"))

    def _likeness(self, title: str, event: KnownEvent) -> float:
        """Say how alike two titles sound, of a hundred; the numbers in them must agree."""
        own = self._names.key(title)
        other = self._keys.get(event.id)
        if other is None:
            other = self._keys[event.id] = self._names.key(event.title)
        return fuzz.ratio(own.sound, other.sound) if own.numbers == other.numbers else 0.0

    def _asked(
        self, draft: Draft, title: str, start: date | None, likely: Sequence[_Likely]
    ) -> Id | None:
        if not likely:
            return None
        signature = f"{title} ({start.isoformat()})" if start else title
        open_ = []
        for one in sorted(likely, key=lambda one: -one.score):
            verdict = self._decided(signature, one.event.id)
            if verdict is Verdict.SAME:
                return one.event.id
            if verdict is None:
                open_.append(one)
        if not open_:
            return None
        by_name: Mapping[str, _Likely] = {_caption(one.event): one for one in open_[:_MOST]}
        best = open_[0]
        proposal = _caption(best.event) if best.score >= 0.9 else None
        place = Place(
            "same_event", "row", Sentence("Are these events stored already?"), self._table.sheet
        )
        given = self._table.work.asking.ask(
            place,
            f"{draft.rows[0]}: {title}",
            rows=draft.rows,
            options=(*by_name, NEW),
            propose=proposal,
            certainty=best.score,
            text=Sentence(
                "“{title}” may be {event}: {because}.",
                title=title,
                event=_caption(best.event),
                because=best.because,
            ),
        )
        if given is None:
            draft.waits.append(place.id)
            return None
        chosen = by_name.get(str(given.value))
        for one in by_name.values():
            if one is chosen or chosen is None:
                target = Target("event", one.event.title, one.event.id)
                decision = Decision(signature, target, one is chosen)
                self._table.work.mentions.decisions.append(decision)
        return chosen.event.id if chosen else None

    def _decided(self, signature: str, event: Id) -> Verdict | None:
        for judgement in self._judged.get(fold(signature), ()):
            if judgement.record == event:
                return judgement.verdict
        return None


def _caption(event: KnownEvent) -> str:
    day = f" ({event.start:%d.%m.%Y})" if event.start else ""
    return f"{event.code} {event.title}{day}" if event.code else f"{event.title}{day}"
