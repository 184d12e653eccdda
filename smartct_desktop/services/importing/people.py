"""The people that a file names: one by e-mail, else by name and organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.sender import Judgement, Verdict
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.known import KnownPerson
from smartct_desktop.services.importing.mentions import NEW, Named
from smartct_desktop.services.importing.names import sound_of
from smartct_desktop.services.importing.plan import Decision, PlanValue, Spot, Target
from smartct_desktop.services.importing.questions import Asking, Place

NO_JUDGEMENTS: Mapping[str, Sequence[Judgement]] = MappingProxyType({})
"""Nothing was decided before."""


@dataclass(slots=True)
class NamedPerson:
    """One person of the file; of one who is `listed`, rows of their own tell everything."""

    target: Target
    name: str
    email: str | None
    organisation: PlanValue
    phone: str | None = None
    spots: set[Spot] = field(default_factory=set)
    listed: bool = False


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """A person as one row names them."""

    spot: Spot
    name: str
    email: str | None = None
    organisation: Named | None = None
    phone: str | None = None

    @property
    def place(self) -> str:
        """What tells their organisation from others."""
        target = self.organisation.target if self.organisation else None
        return (target.id or target.key) if target else ""

    @property
    def value(self) -> PlanValue:
        """Their organisation, or the question about it."""
        return self.organisation.value if self.organisation else None


class People:
    """Finds out which people the rows mean; new ones are added as they come up."""

    def __init__(
        self,
        stored: Sequence[KnownPerson],
        asking: Asking,
        judgements: Mapping[str, Sequence[Judgement]] = NO_JUDGEMENTS,
    ) -> None:
        self._asking = asking
        self._judgements = judgements
        self.decisions: list[Decision] = []
        self._by_sound: dict[tuple[str, str], list[KnownPerson]] = defaultdict(list)
        self._by_own_name: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_email: dict[str, KnownPerson | NamedPerson] = {}
        self._by_name: dict[tuple[str, str], KnownPerson | NamedPerson] = {}
        self._named: dict[Target, NamedPerson] = {}
        self._new = 0
        for person in stored:
            if person.email:
                self._by_email.setdefault(person.email.casefold(), person)
            self._by_name.setdefault((fold(person.name), person.organisation or ""), person)
            self._by_own_name[fold(person.name)].append(person)
            if person.organisation:
                self._by_sound[sound_of(person.name), person.organisation].append(person)

    def __iter__(self) -> Iterator[NamedPerson]:
        return iter(self._named.values())

    def person(self, seen: SeenPerson, *, sure: bool = True) -> Target | Asked:
        """Give the person that a row means; the same address with another name is asked about.

        Unless it is `sure` that one name means one person, that is asked about, too.
        """
        by_email = self._by_email.get(seen.email.casefold()) if seen.email else None
        if by_email is not None and fold(by_email.name) != fold(seen.name):
            return self._asked(seen, by_email)
        known = by_email or self._by_name.get((fold(seen.name), seen.place))
        if known is not None and known is not by_email and not sure:
            return self._asked(seen, known)
        if known is not by_email and seen.email and known and known.email:
            known = None  # the same name with another address: nothing says it is one person
        elif known is None and (likely := self._likely(seen)) is not None:
            return self._asked(seen, likely)
        return self._noted(known, seen) if known else self._added(seen)

    def _likely(self, seen: SeenPerson) -> KnownPerson | None:
        """Find the one stored person whose name is written otherwise, or who lacks a place.

        With another e-mail address it is somebody else.
        """
        if seen.place:
            found = self._by_sound.get((sound_of(seen.name), seen.place), [])
            found = found or [p for p in self._by_own_name[fold(seen.name)] if not p.organisation]
        else:
            found = self._by_own_name[fold(seen.name)]
        fitting = [p for p in found if not (p.email and seen.email)]
        return fitting[0] if len(fitting) == 1 and len(found) == 1 else None

    def listed(self, seen: SeenPerson) -> Target | Asked:
        """Give the person that a row of a list of people is about, as `person` does."""
        found = self.person(seen)
        if isinstance(found, Target):
            self._named[found].listed = True
        return found

    def _noted(self, known: KnownPerson | NamedPerson, seen: SeenPerson) -> Target:
        if isinstance(known, KnownPerson):
            target = _target(known)
            named = self._named.setdefault(
                target, NamedPerson(target, known.name, known.email, seen.value)
            )
        else:
            named = known
        named.email = named.email or seen.email
        named.phone = named.phone or seen.phone
        named.spots.add(seen.spot)
        return named.target

    def _added(self, seen: SeenPerson) -> Target:
        self._new += 1
        target = Target("person", seen.name, key=f"person {self._new}")
        person = NamedPerson(target, seen.name, seen.email, seen.value, seen.phone, {seen.spot})
        self._named[target] = person
        if seen.email:
            self._by_email.setdefault(seen.email.casefold(), person)
        self._by_name.setdefault((fold(seen.name), seen.place), person)
        return target

    def _asked(self, seen: SeenPerson, known: KnownPerson | NamedPerson) -> Target | Asked:
        verdict = self._decided(seen, known)
        if verdict is not None:
            same = verdict is Verdict.SAME
            return self._noted(known, seen) if same else self._added(seen)
        place = Place("same_person", "name", Sentence("Are these one person?"))
        alike = sound_of(seen.name) == sound_of(known.name)
        given = self._asking.ask(
            place,
            seen.name,
            rows=[seen.spot[1]],
            options=(known.name, NEW),
            propose=known.name if alike else None,
            certainty=0.9 if alike else 0.0,
            text=Sentence(
                "“{name}” has the e-mail address of {other}."
                if seen.email and known.email
                else _WRITTEN_OTHERWISE
                if fold(seen.name) != fold(known.name)
                else "“{name}” may be {other}, but stands here without an e-mail address.",
                name=seen.name,
                other=known.name,
            ),
        )
        if given is None:
            return Asked(place.id, seen.name, _target(known))
        same = given.value != NEW
        self.decisions.append(Decision(self._signature(seen), _target(known), same))
        return self._noted(known, seen) if same else self._added(seen)

    def _signature(self, seen: SeenPerson) -> str:
        """Give what a row says of a person in the words by which a decision is remembered."""
        where = seen.organisation.mention.name if seen.organisation else ""
        return ", ".join(filter(None, (seen.name, seen.email, where)))

    def _decided(self, seen: SeenPerson, known: KnownPerson | NamedPerson) -> Verdict | None:
        """Give what was decided on such a row before."""
        if isinstance(known, NamedPerson) and known.target.id is None:
            return None
        id_ = known.id if isinstance(known, KnownPerson) else known.target.id
        judgements = self._judgements.get(fold(self._signature(seen)), ())
        return next((j.verdict for j in judgements if j.record == id_), None)


_WRITTEN_OTHERWISE = "“{name}” may be {other}, written otherwise."


def _target(person: KnownPerson | NamedPerson) -> Target:
    if isinstance(person, NamedPerson):
        return person.target
    return Target("person", person.name, person.id)
