"""People who were forgotten in one copy of a document while another copy still tells of them.

Merging must not bring them back: the other copy is merged as if they had been forgotten there, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from smartct_desktop.domain.changes import StepFilter
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.fields import Id, Value
from smartct_desktop.domain.joining import Triple, Values
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.privacy.plan import Mode
from smartct_desktop.services.privacy.planning import plan_forgetting
from smartct_desktop.services.privacy.wording import Forgotten
from smartct_desktop.services.privacy.workshop import workshop
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.rewriting import rewrite, working_copy
from smartct_desktop.system.clock import local_today

ERASURE = "erasure of data about a person"
"""How the label of the step begins that `forgetting.py` writes."""

_PAGE = 500
_INVENTED = (
    re.compile(r"Anonymous [0-9a-f]{6}"),
    re.compile(r"[0-9a-f]{6}@example\.invalid"),
)


def forgotten_in(reader: Reader) -> frozenset[Id]:
    """Give who was forgotten in a document, also if that step was undone: nothing came back."""
    found: set[Id] = set()
    wanted = StepFilter(words=ERASURE, kind="person")
    for start in range(0, reader.history_count(wanted), _PAGE):
        for step in reader.history(start, start + _PAGE, wanted):
            if step.label.startswith(ERASURE):
                found.update(c.id for c in reader.step_changes(step.no) if c.kind == "person")
    return frozenset(found)


def still_known(reader: Reader, persons: Collection[Id]) -> list[Id]:
    """Give those of some people of whom a document still tells."""
    return sorted(reader.get_many(Person, set(persons) - forgotten_in(reader)))


def refuse_still_known(ours: Reader, theirs: Reader, name: str) -> None:
    """Refuse to merge while somebody is known here who was forgotten in the copy. `Trouble`."""
    people = still_known(ours, forgotten_in(theirs))
    if not people:
        return
    names = ours.captions("person", people)
    raise Trouble(
        Sentence(
            "{who} was forgotten in {name}, and stands here still.",
            who=", ".join(sorted(names.values())),
            name=name,
        ),
        Sentence(
            "Forget the person here, too, then merge; or open that copy and merge this document "
            "into it."
        ),
    )


def brought_back(ours: Reader, theirs: Reader) -> dict[Id, Mode]:
    """Give who was forgotten here and is known there, and how they were forgotten here."""
    known = still_known(theirs, forgotten_in(ours))
    here = ours.get_many(Person, known)
    return {id_: Mode.ANONYMISE if id_ in here else Mode.ERASE for id_ in known}


@contextmanager
def forgetting_again(
    other: Path, persons: Mapping[Id, Mode], progress: Progress, key: Key | None = None
) -> Iterator[Path]:
    """Give a copy of another copy in which people are forgotten, too; it goes afterwards.

    Its history tells the same steps, in the same words as far as they are not about these people.
    Raises `Trouble`, `Cancelled`.
    """
    facts = ProgrammeFacts()
    with workshop() as folder:
        copy = folder / f"{other.stem}.smartct"
        working_copy(other, copy, progress, key)
        for person, mode in persons.items():
            with closing(open_document(copy, read_only=True, key=key)) as document:
                plan = plan_forgetting(
                    document,
                    document.read,
                    facts,
                    person,
                    local_today(),
                    mode=mode,
                    unlawful=True,
                    progress=progress,
                )
            with closing(Connection(copy, Access.WRITE, key=key)) as connection:
                rewrite(connection, Forgotten(plan, connection), progress)
        yield copy


def mark_forgotten(copy: Path, persons: Mapping[Id, Mode], key: Key | None = None) -> None:
    """Write down in a rewritten copy, in one step, who is forgotten in it. Raises `Trouble`."""
    with closing(open_document(copy, key=key)) as document:
        people = document.read.get_many(Person, persons)
        label = Sentence("erasure of data about a person, in a backup of before")
        with document.edit(label) as edit:
            for person in people.values():
                edit.update(person.replace(anonymised_on=local_today()))


def with_one_invention(triple: Triple) -> Triple:
    """Give a record with the same invented name everywhere: each copy invents another one.

    Otherwise it would seem as if both had changed what neither did.
    """
    sides = (triple.ours, *triple.bases, triple.theirs)
    chosen: dict[str, dict[int, Value]] = {}
    for values in sides:
        for name, value in (values or {}).items():
            form = _form(value)
            if form is not None:
                chosen.setdefault(name, {}).setdefault(form, value)
    if not chosen:
        return triple

    def alike(values: Values | None) -> Values | None:
        return None if values is None else _with(values, chosen)

    bases = [alike(base) for base in triple.bases]
    unlike = [base for place, base in enumerate(bases) if base not in bases[:place]]
    return Triple(tuple(unlike), triple.ours, alike(triple.theirs))


def _with(values: Values, chosen: Mapping[str, Mapping[int, Value]]) -> Values:
    moved = dict(values)
    for name, by_form in chosen.items():
        form = _form(values.get(name))
        if form is not None:
            moved[name] = by_form[form]
    return moved


def _form(value: Value) -> int | None:
    if not isinstance(value, str):
        return None
    return next((n for n, form in enumerate(_INVENTED) if form.fullmatch(value)), None)
