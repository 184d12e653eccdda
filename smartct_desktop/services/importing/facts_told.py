"""What the rows of a file tell of each organisation and person, put together as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Id, Options, Value
from smartct_desktop.domain.record import Record
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked, Reply
from smartct_desktop.services.importing.drafts import Work
from smartct_desktop.services.importing.mentions import Named
from smartct_desktop.services.importing.people import NamedPerson
from smartct_desktop.services.importing.plan import Action, PlannedRecord, PlanValue, Spot, Target
from smartct_desktop.services.importing.questions import Place

_TOPICS = {"country": "country", "type": "organisation_type"}


@dataclass(frozen=True, slots=True)
class Told:
    """One organisation of the file: all names and rows that mean it, and its facts."""

    target: Target
    spots: tuple[Spot, ...]
    values: Mapping[str, PlanValue]
    question: str = ""


def organisations_told(work: Work) -> Iterator[Told]:
    """Put together what is told of each organisation; asks where rows contradict each other."""
    groups: dict[Target | str, list[Named]] = {}
    for named in work.mentions:
        asked = named.value if isinstance(named.value, Asked) else None
        key = asked.key if asked else named.target
        if key is not None:
            groups.setdefault(key, []).append(named)
    for key, group in groups.items():
        first = group[0]
        name = first.mention.name
        question = first.value.question if isinstance(first.value, Asked) else ""
        target = key if isinstance(key, Target) else Target("organisation", name, key=f"? {name}")
        values = _facts(work, name, group)
        if target.id is None:
            values = {**_assumed(group), "name": name, **values}
        spots = set().union(*(named.spots for named in group))
        yield Told(target, in_order(spots), values, question)


def _assumed(group: Sequence[Named]) -> dict[str, PlanValue]:
    """Give what holds of a new organisation as long as nothing else is said of it."""
    return {
        field: value
        for named in group
        for field, value in named.assumed.items()
        if value is not None
    }


def _facts(work: Work, name: str, group: list[Named]) -> dict[str, PlanValue]:
    said: dict[str, dict[PlanValue, Spot]] = {}
    for named in group:
        for field, values in named.told.items():
            for value, spot in values.items():
                said.setdefault(field, {}).setdefault(value, spot)
    return {
        field: next(iter(values)) if len(values) == 1 else _contradiction(work, name, field, values)
        for field, values in said.items()
    }


def _contradiction(
    work: Work, name: str, field: str, values: Mapping[PlanValue, Spot]
) -> PlanValue:
    """Ask which of several values holds; one that is asked about already comes first."""
    asked = next((value for value in values if isinstance(value, Asked)), None)
    if asked is not None:
        return asked
    by_reply: dict[Reply, PlanValue] = {reply_of(value): value for value in values}
    place = Place(
        _TOPICS.get(field, "which_value"),
        "name",
        Sentence("Rows of the file contradict each other. Which is right?"),
        about=f"contradiction in {field}",
    )
    given = work.asking.ask(
        place,
        name,
        rows=[row for _, row in values.values()],
        options=tuple(by_reply),
        text=Sentence(
            "{label} of “{name}”: {values}",
            label=schema_of("organisation").by_name[field].label,
            name=name,
            values=", ".join(str(reply) for reply in by_reply),
        ),
    )
    return by_reply[given.value] if given else Asked(place.id, name)


def in_order(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Give rows by sheet and number."""
    try:
        return tuple(sorted(spots))
    except TypeError:  # a text file has one sheet without a name
        return tuple(sorted(spots, key=lambda spot: (spot[0] or "", spot[1])))


def rows_of(spots: Sequence[Spot]) -> tuple[int, ...]:
    """Give the numbers of the rows on the first sheet."""
    return tuple(row for sheet, row in spots if sheet == spots[0][0])


def reply_of(value: PlanValue) -> Reply:
    """Give a value in the form that answers have."""
    match value:
        case Options():
            return str(value.value)
        case bool() | int() | float() | str() | None:
            return value
        case Target():
            return value.name
        case _:
            return str(value)


def changes_of(
    stored: Record, values: Mapping[str, PlanValue]
) -> dict[str, tuple[Value, PlanValue]]:
    """Give the fields that would change; a blank in the file leaves what is stored."""
    found: dict[str, tuple[Value, PlanValue]] = {}
    for name, value in values.items():
        held = getattr(stored, name)
        if isinstance(value, Target):
            if value.id != held:
                found[name] = (held, value)
        elif value is not None and not isinstance(value, Asked) and value != held:
            found[name] = (held, value)
    return found


def organisation_records(work: Work, told: Sequence[Told]) -> list[PlannedRecord]:
    """Give one planned record for each organisation that is new or of which something is told."""
    ids = [one.target.id for one in told if one.target.id]
    stored = work.known.full(Organisation, ids)
    return [_record(work, one, stored.get(one.target.id or Id(""))) for one in told]


def _record(work: Work, one: Told, stored: Record | None) -> PlannedRecord:
    waits = {value.question for value in one.values.values() if isinstance(value, Asked)}
    if one.question:
        waits.add(one.question)
    place = one.spots[0][0], rows_of(one.spots)
    return _planned(work, one.target, stored, one.values, place, waits)


def _planned(  # noqa: PLR0913, PLR0917 (of whom what is told where)
    work: Work,
    target: Target,
    stored: Record | None,
    told: Mapping[str, PlanValue],
    place: tuple[str | None, tuple[int, ...]],
    waits: AbstractSet[str],
) -> PlannedRecord:
    key = target.key or f"{target.kind} {target.id}"
    values, changes = compared(work, stored, told, place, key)
    if waits:
        action = Action.WAIT
    elif stored is None:
        action = Action.ADD
    else:
        action = Action.CHANGE if changes else Action.SAME
    return PlannedRecord(
        key=key,
        kind=target.kind,
        action=action,
        sheet=place[0],
        rows=place[1],
        values=values,
        changes=changes,
        id=target.id,
        waits=tuple(sorted(waits)),
    )


def compared(
    work: Work,
    stored: Record | None,
    values: Mapping[str, PlanValue],
    place: tuple[str | None, Sequence[int]],
    key: str,
) -> tuple[Mapping[str, PlanValue], dict[str, tuple[Value, PlanValue]]]:
    """Give the values as they hold, and which of them are changes of what is stored."""
    changes = changes_of(stored, values) if stored else {}
    if stored is not None:
        changes |= work.blank_cells.changes(stored, values, place)
    if stored is None or not changes:
        return values, changes
    held = work.corrections.hold(stored, changes, place, key)
    if not held:
        return values, changes
    return (
        {name: value for name, value in {**values, **held}.items() if value is not None},
        {name: change for name, change in changes.items() if name not in held},
    )


def person_records(work: Work) -> list[PlannedRecord]:
    """Give one planned record for each person that is new or of whom something new is told."""
    people = [person for person in work.people if not person.listed]
    stored = work.known.full(Person, [p.target.id for p in people if p.target.id])
    return [_person(work, person, stored.get(person.target.id or Id(""))) for person in people]


def _person(work: Work, person: NamedPerson, stored: Record | None) -> PlannedRecord:
    spots = in_order(person.spots)
    told = (
        ("name", person.name),
        ("email", person.email),
        ("phone", person.phone),
        ("organisation", person.organisation),
    )
    said = {name: value for name, value in told if value is not None}
    waits = {person.organisation.question} if isinstance(person.organisation, Asked) else set()
    place = spots[0][0], rows_of(spots)
    return _planned(work, person.target, stored, said, place, waits)
