"""Which organisation a name means: surely by identifier or exact name, else by asking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.freemail import FREEMAIL
from smartct_desktop.domain.records.sender import Judgement, Verdict
from smartct_desktop.services.importing.known import KnownOrganisation
from smartct_desktop.services.importing.names import NameKey, Names, initials, parts_of, same_form
from smartct_desktop.services.importing.plan import Target

ASKED_FROM = 87
"""Names at least this alike, of a hundred, are put up for decision."""

PROPOSED_FROM = 0.9

_OTHER_FORM = 0.75
_WITH_MORE = 0.8
_WITH_CITY = 0.95
_LEAST_WITH_DOMAIN = 55
_MOST_OF_A_DOMAIN = 2
"""A domain that more organisations share belongs to their cluster or provider: it tells nothing."""

_MOST_CANDIDATES = 4
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation as a file names it, with what the same rows tell of it.

    `form` is the legal form where it stands in a column of its own.
    """

    name: str
    form: str | None = None
    country: str | None = None
    vat: str | None = None
    domain: str | None = None
    pic: str | None = None

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name as written, and with its legal form where that stands beside it."""
        return (self.name, f"{self.name} {self.form}") if self.form else (self.name,)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that a name may mean; `score` from 0 to 1, `because` for people."""

    target: Target
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Match:
    """What is known of a name: surely one organisation, or some that it may be, or a new one."""

    target: Target | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(slots=True, eq=False)
class _Entry:
    """One organisation that a name can mean, stored or new in the file."""

    target: Target
    country: str | None
    vat: str | None
    city: str | None = None
    sound: str = ""


def domain_of(email: str | None) -> str | None:
    """Give the domain of an address, None for those that anybody can have."""
    domain = (email or "").rpartition("@")[2].casefold()
    return domain if domain and domain not in FREEMAIL else None


class OrganisationIndex:
    """Finds organisations by name; new ones of a file are added as they come up."""

    def __init__(
        self,
        names: Names,
        stored: Sequence[KnownOrganisation],
        judgements: Mapping[str, Sequence[Judgement]],
    ) -> None:
        self._names = names
        self._judgements = judgements
        self._by_target: dict[Target, _Entry] = {}
        self._by_id: dict[Id, _Entry] = {}
        self._exact: dict[str, list[_Entry]] = defaultdict(list)
        self._by_vat: dict[str, _Entry] = {}
        self._by_pic: dict[str, _Entry] = {}
        self._pending: list[tuple[str, _Entry]] = []
        self._keys: list[tuple[NameKey, _Entry]] = []
        self._sounds: dict[str | None, tuple[list[str], list[int]]] = {}
        self._by_core: dict[str, list[tuple[NameKey, _Entry]]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_domain: dict[str, list[_Entry]] = defaultdict(list)
        for known in stored:
            target = Target("organisation", known.name, known.id)
            entry = _Entry(target, known.country, known.vat, known.city)
            self._by_id[known.id] = entry
            domains = {domain_of(known.contact_email), known.email_domain}
            self._put(entry, known.spellings, known.vat, filter(None, domains))
            if known.pic:
                self._by_pic.setdefault(known.pic, entry)

    def add(self, mention: Mention, target: Target) -> None:
        """Add a new organisation of the file, so that later names can mean it."""
        entry = _Entry(target, mention.country, mention.vat)
        self._put(entry, mention.spellings, mention.vat, filter(None, (mention.domain,)))

    def learn(self, mention: Mention, target: Target) -> None:
        """Remember one more spelling of an organisation, as decided by a person."""
        entry = self._by_target.get(target)
        if entry is not None:
            self._put(entry, (mention.name,), mention.vat, filter(None, (mention.domain,)))

    def _put(
        self, entry: _Entry, spellings: Iterable[str], vat: str | None, domains: Iterable[str]
    ) -> None:
        self._by_target[entry.target] = entry
        for spelling in dict.fromkeys(spellings):
            self._exact[self._names.exact(spelling)].append(entry)
            self._pending.append((spelling, entry))
        if vat:
            self._by_vat.setdefault(vat, entry)
        for domain in domains:
            self._by_domain[domain].append(entry)

    def stored(self, said: str) -> Target | None:
        """Give the stored organisation that has this id, or alone bears this very name."""
        by_id = self._by_id.get(Id(said))
        if by_id is not None:
            return by_id.target
        named = [e.target for e in self._by_id.values() if e.target.name == said]
        return named[0] if len(named) == 1 else None

    def find(self, mention: Mention) -> Match:
        """Say what is known of a name. An identifier or the exact name decide, nothing else."""
        exact = _distinct(
            entry
            for text in mention.spellings
            for entry in self._exact.get(self._names.exact(text), ())
        )
        numbered = self._by_vat.get(mention.vat or "") or self._by_pic.get(mention.pic or "")
        if numbered is not None and (numbered in exact or self._resembles(numbered, mention)):
            return Match(numbered.target)
        fitting = [
            entry
            for entry in exact
            if not _contradicts(entry.country, mention.country)
            and not _contradicts(entry.vat, mention.vat)
        ]
        if len(fitting) == 1 and numbered is None:
            return Match(fitting[0].target)
        judged, excluded = self._judged(mention)
        if judged is not None:
            return Match(judged.target)
        doubtful = [entry for entry in exact if entry.target not in excluded]
        if numbered is not None and numbered.target not in excluded:
            doubtful.insert(0, numbered)
        if doubtful:
            return Match(candidates=tuple(map(_doubtful, doubtful)))
        found: dict[Target, Candidate] = {}
        for candidate in self._candidates(mention):
            known = found.get(candidate.target)
            if candidate.target not in excluded and (not known or candidate.score > known.score):
                found[candidate.target] = candidate
        best = sorted(found.values(), key=lambda candidate: -candidate.score)
        return Match(candidates=tuple(best[:_MOST_CANDIDATES]))

    def _resembles(self, entry: _Entry, mention: Mention) -> bool:
        """Whether a name may be another spelling of one with the same number."""
        self._make_keys()
        key = self._names.key(mention.name)
        own = set(key.core.split()) & set(self._names.core(entry.target.name).split())
        return bool(own) or fuzz.ratio(key.sound, entry.sound) >= _LEAST_WITH_DOMAIN

    def _judged(self, mention: Mention) -> tuple[_Entry | None, set[Target]]:
        """Give what was decided on the name before: what it is, and what it is not."""
        same, other = None, set[Target]()
        for judgement in self._judgements.get(fold(mention.name), ()):
            entry = self._by_id.get(Id(judgement.record or ""))
            if entry is None:
                continue
            if judgement.verdict is Verdict.SAME:
                same = entry
            else:
                other.add(entry.target)
        return same, other

    def _candidates(self, mention: Mention) -> Iterator[Candidate]:
        self._make_keys()
        key = self._names.key(mention.name)
        for other, entry in self._by_core.get(key.core, ()):
            if not same_form(key.form, other.form):
                yield Candidate(entry.target, _OTHER_FORM, "same name, but another legal form")
            else:
                score = 0.5 if _contradicts(entry.country, mention.country) else 0.98
                yield Candidate(entry.target, score, "same name but for the legal form")
        yield from self._by_parts(key)
        yield from self._with_more(key, mention)
        yield from self._alike(key, mention)
        sharing = _distinct(self._by_domain.get(mention.domain or "", ()))
        if len(sharing) <= _MOST_OF_A_DOMAIN:
            for entry in sharing:
                likeness = fuzz.ratio(key.sound, entry.sound)
                if likeness >= _LEAST_WITH_DOMAIN:
                    yield Candidate(entry.target, max(0.9, likeness / 100), "same e-mail domain")

    def _alike(self, key: NameKey, mention: Mention) -> Iterator[Candidate]:
        """Find names that sound alike; the numbers in them must agree."""
        if not key.sound:
            return
        cutoff = ASKED_FROM if len(key.sound) >= _SHORT else 92
        for sounds, places in self._within(mention.country):
            for _, score, found in process.extract(
                key.sound, sounds, scorer=fuzz.ratio, score_cutoff=cutoff, limit=20
            ):
                other, entry = self._keys[places[found]]
                if other.numbers == key.numbers and other.core != key.core:
                    likeness = min(round(score / 100, 2), 0.97)
                    yield Candidate(entry.target, likeness, "similar name")

    def _within(self, country: str | None) -> Iterator[tuple[list[str], list[int]]]:
        """Give the sounds of the organisations of a country, and of those without one."""
        for other, sounds in self._sounds.items():
            if not _contradicts(other, country):
                yield sounds

    def _by_parts(self, key: NameKey) -> Iterator[Candidate]:
        """Find names of which this is a piece, the words in short, or the first letters."""
        words = key.core.split()
        if not words:
            return
        rarest = min(words, key=lambda word: len(self._by_word.get(word, ())))
        for place in self._by_word.get(rarest, ()):
            other, entry = self._keys[place]
            theirs = other.core.split()
            if len(words) >= 2 and len(theirs) > len(words) and set(words) <= set(theirs):
                yield Candidate(entry.target, 0.9, "a part of the name")
        if len(words) == 1 and 2 < len(words[0]) <= 6:
            for entry in self._initials.get(words[0], ()):
                yield Candidate(entry.target, 0.85, "the first letters of the name")

    def _with_more(self, key: NameKey, mention: Mention) -> Iterator[Candidate]:
        """Find names that stand here with words more: a city, or a part of the organisation."""
        words = key.core.split()
        for size in range(len(words) - 1, 1, -1):
            for start in (0, len(words) - size):
                core = " ".join(words[start : start + size])
                more = " ".join(words[:start] + words[start + size :])
                for other, entry in self._by_core.get(core, ()):
                    if other.numbers != key.numbers or _contradicts(entry.country, mention.country):
                        continue
                    here = entry.city is not None and more == self._names.exact(entry.city)
                    score = _WITH_CITY if here else _WITH_MORE
                    yield Candidate(entry.target, score, "the name with words more")

    @cached_property
    def _initials(self) -> Mapping[str, Sequence[_Entry]]:
        found: dict[str, list[_Entry]] = defaultdict(list)
        for key, entry in self._keys:
            if letters := initials(key.core):
                found[letters].append(entry)
        return found

    def _make_keys(self) -> None:
        """Make the keys of the spellings added since; only names in doubt need them."""
        for spelling, entry in self._pending:
            for piece in (spelling, *parts_of(spelling)):
                key = self._names.key(piece)
                if not key.core:
                    continue
                if entry not in (known for _, known in self._by_core[key.core]):
                    self._by_core[key.core].append((key, entry))
                for word in set(key.core.split()):
                    self._by_word[word].append(len(self._keys))
                entry.sound = entry.sound or key.sound
                sounds, places = self._sounds.setdefault(entry.country, ([], []))
                sounds.append(key.sound)
                places.append(len(self._keys))
                self._keys.append((key, entry))
        self._pending.clear()


def _doubtful(entry: _Entry) -> Candidate:
    return Candidate(entry.target, 0.5, "the same in one point, another in the next")


def _distinct(entries: Iterable[_Entry]) -> list[_Entry]:
    return list({entry.target: entry for entry in entries}.values())


def _contradicts(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
