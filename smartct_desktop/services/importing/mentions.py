"""The organisations that a file names: each name once, resolved, with what the rows tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from smartct_desktop.domain.errors import Invalid
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked, Reply
from smartct_desktop.services.importing.identity import (
    PROPOSED_FROM,
    Candidate,
    Match,
    Mention,
    OrganisationIndex,
)
from smartct_desktop.services.importing.plan import Decision, PlanValue, Spot, Target
from smartct_desktop.services.importing.questions import Asking, Place

NEW = "new"
"""The answer that a name means an organisation that is not stored yet."""

_REPORTED = 20  # names: one among ten thousand takes some milliseconds


@dataclass(slots=True)
class Named:
    """One name of the file. `value` is what it means: a target, or a question about it.

    `told` holds for each field of the organisation what rows say, with the first row saying it;
    `assumed` what would hold of a new one only.
    """

    mention: Mention
    spots: set[Spot] = field(default_factory=set)
    value: Target | Asked | None = None
    told: dict[str, dict[PlanValue, Spot]] = field(default_factory=dict)
    assumed: dict[str, PlanValue] = field(default_factory=dict)

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows that have the name."""
        return sorted({row for _, row in self.spots})

    @property
    def target(self) -> Target | None:
        """What the name means, or is proposed to mean."""
        if isinstance(self.value, Asked):
            return self.value.propose if isinstance(self.value.propose, Target) else None
        return self.value


class Mentions:
    """Collects the names of one file and finds out which organisations they mean."""

    def __init__(self, index: OrganisationIndex, asking: Asking) -> None:
        self._index = index
        self._asking = asking
        self._named: dict[tuple[str, str | None], Named] = {}
        self._new = 0
        self.decisions: list[Decision] = []

    def __iter__(self) -> Iterator[Named]:
        return iter(self._named.values())

    def name(self, mention: Mention, spot: Spot) -> Named:
        """Note that a row names an organisation; equal names are one."""
        key = (mention.name, mention.vat)
        known = self._named.get(key)
        if known is None:
            known = self._named[key] = Named(mention)
        elif known.mention != mention:
            known.mention = _completed(known.mention, mention)
        known.spots.add(spot)
        return known

    def tell(self, named: Named, spot: Spot, **fields: PlanValue) -> None:
        """Note what a row tells of an organisation; blanks tell nothing."""
        for name, value in fields.items():
            if value is not None:
                named.told.setdefault(name, {}).setdefault(value, spot)

    def resolve(self, progress: Progress) -> None:
        """Find out what the names mean that have come up since, in the order of the file."""
        words, total = Sentence("Comparing the names"), len(self._named)
        for done, named in enumerate(self._named.values()):
            if done % _REPORTED == 0:
                progress.report(words, done, total)
            if named.value is None:
                named.value = self._resolved(named)

    def _resolved(self, named: Named) -> Target | Asked:
        match = self._index.find(named.mention)
        if match.target is not None:
            return match.target
        if not match.candidates:
            return self._added(named)
        return self._asked(named, match)

    def _added(self, named: Named) -> Target:
        self._new += 1
        target = Target("organisation", named.mention.name, key=f"organisation {self._new}")
        self._index.add(named.mention, target)
        return target

    def _asked(self, named: Named, match: Match) -> Target | Asked:
        best = match.candidates[0]
        stored = any(candidate.target.id for candidate in match.candidates)
        text = (
            Sentence("Which organisation of the document is meant?")
            if stored
            else Sentence("Are these two names of the file one organisation?")
        )
        place = Place("which_organisation" if stored else "same_organisation", "name", text)
        written = named.mention.name
        named_once = _named_once(match.candidates)
        sure = best.score >= PROPOSED_FROM
        proposal = next(text for text, c in named_once.items() if c is best) if sure else None
        given = self._asking.ask(
            place,
            written,
            rows=named.rows,
            options=(*named_once, NEW),
            propose=proposal,
            certainty=best.score,
            text=Sentence(
                "“{name}” may be {candidate} ({percent} %, {because}).",
                name=written,
                candidate=best.target.name,
                percent=round(best.score * 100),
                because=best.because,
            ),
            others="organisation",
        )
        if given is None:
            return Asked(place.id, written, best.target if sure else self._proposed_new(named))
        return self._decided(named, given.value, named_once)

    def _proposed_new(self, named: Named) -> Target:
        """Give a target for a name that may be a new organisation; it is added if it is."""
        return Target("organisation", named.mention.name, key=f"perhaps {fold(named.mention.name)}")

    def _decided(self, named: Named, reply: Reply, candidates: Mapping[str, Candidate]) -> Target:
        chosen = candidates.get(str(reply))
        written = named.mention.name
        if chosen is None and reply != NEW:
            return self._other(named, reply, candidates)
        for candidate in candidates.values():
            if candidate is chosen or chosen is None:
                self.decisions.append(Decision(written, candidate.target, candidate is chosen))
        if chosen is None:
            return self._added(named)
        self._index.learn(named.mention, chosen.target)
        return chosen.target

    def _other(self, named: Named, reply: Reply, candidates: Mapping[str, Candidate]) -> Target:
        """Take another stored organisation than those that are alike. Raises `Invalid`."""
        target = self._index.stored(str(reply))
        if target is None:
            raise Invalid(Sentence("“{reply}” is no organisation.", reply=reply))
        written = named.mention.name
        for candidate in candidates.values():
            self.decisions.append(Decision(written, candidate.target, same=False))
        self.decisions.append(Decision(written, target, same=True))
        self._index.learn(named.mention, target)
        return target


def _named_once(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """Give the candidates by the names to choose from; two of one name bear their ids."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        name = candidate.target.name
        found[name if name not in found else f"{name} [{candidate.target.id}]"] = candidate
    return found


def _completed(one: Mention, other: Mention) -> Mention:
    """Put together what two rows tell of one name; the first row has the say."""
    return Mention(
        one.name,
        one.form or other.form,
        one.country or other.country,
        one.vat or other.vat,
        one.domain or other.domain,
    )
