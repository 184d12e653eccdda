"""The names by which a filter speaks of fields: names, labels, and the headings of sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from rapidfuzz import fuzz, process

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.fields import Field, Reference
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.query import Path
from smartct_desktop.services.programme import ProgrammeFacts

_CALLED: Mapping[str, tuple[str, ...]] = {
    "exchange.vo": ("Visitor", "Visiting"),
    "exchange.ho": ("Host", "Hosting"),
    "exchange.visitor": ("Visiting person", "Participant"),
}
"""Short names of references in front of a field of the record named: "Host country". They come
before labels: who says "visitor country" means the organisation."""

Meant = TypeVar("Meant", Field, Path)

_DOCUMENTS = "documents."
"""How headings write fields that tell of a paper: "exchange.documents.ctq"."""

_LIKE = 72
"""From so much likeness of a hundred on a name is proposed."""

_ARROW = "›"
"""What stands between the labels of a way: "Visiting organisation › Country"."""

_OWNS = "'s"
"""As in "visitor's country"."""

_DEEPEST = 3
"""Fields in a way written with dots, at most."""


def of_type(field: Field) -> str:
    """Give the kind that a field refers to, "" if it refers to nothing."""
    return field.type.kind if isinstance(field.type, Reference) else ""


def called(field: Field) -> str:
    """Give what a reference is called in front of a field of the record it names."""
    return _CALLED.get(field.code, (field.label,))[0]


def readable(path: Path, kind: str) -> str:
    """Give the name of a field or way as people write it: "Host country"."""
    *through, last = path.fields(kind)
    if not through:
        return last.label
    label = last.label
    if label[1:2].islower():
        label = label[0].lower() + label[1:]
    return " ".join([*map(called, through), label])


def also_readable(path: Path, kind: str) -> tuple[str, ...]:
    """Give further names of a way as tables show it: "Host's country", and its labels."""
    *through, last = path.fields(kind)
    if not through:
        return ()
    *first, nearest = map(called, through)
    labels = f" {_ARROW} ".join(field.label for field in (*through, last))
    return (" ".join([*first, f"{nearest}{_OWNS}", last.label]), labels)


class FieldNames:
    """Finds the fields of one kind, and those of the records it names, by what they are called.

    What a name means is found in steps, and the first step with an answer decides: ways with dots,
    labels with arrows between them, own names and labels, short names of references with a field
    behind ("host country", "host's country"), their names and labels with a field behind, headings
    of sheets in any language, and headings of references with a field behind. Several answers of
    one step are ambiguous.
    """

    def __init__(self, kind: str, facts: ProgrammeFacts) -> None:
        self._kind = kind
        self._facts = facts

    def find(self, text: str) -> tuple[Path, ...]:
        """Give what the name can mean: nothing, one path, or several."""
        name = fold(text)
        if not name:
            return ()
        steps: tuple[Callable[[], set[Path]], ...] = (
            lambda: self._dotted(text, name),
            lambda: self._pointed(text),
            lambda: set(self._own.get(name, ())),
            lambda: self._through(self._called, name),
            lambda: self._through(self._labelled, name),
            lambda: set(self._headed.get(name, ())),
            lambda: self._through(self._headed_references, name),
        )
        for step in steps:
            found = step()
            if found:
                return tuple(sorted(found))
        return ()

    def like(self, text: str) -> tuple[str, ...]:
        """Give the readable names most like a text, at most three."""
        name = fold(text)
        found = process.extract(
            name, self._folded_names, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=3
        )
        return tuple(self._all_names[place] for _, _, place in found)

    def written(self, path: Path, *, stable: bool) -> str:
        """Give a name that means this path and no other; the stable one is the same for ever."""
        names = (str(path), readable(path, self._kind))
        for name in names if stable else reversed(names):
            if self.find(name) == (path,):
                return name
        return str(path)

    @cached_property
    def own(self) -> tuple[Path, ...]:
        """The fields of the kind."""
        return tuple(Path((field.name,)) for field in schema_of(self._kind).fields)

    @cached_property
    def ways(self) -> tuple[Path, ...]:
        """The fields of the records it names, one reference away."""
        return tuple(
            Path((field.name, further.name))
            for field in schema_of(self._kind).references
            for further in schema_of(of_type(field)).fields
            if not further.personal
        )

    # Steps.

    def _through(self, references: Mapping[str, tuple[Field, ...]], name: str) -> set[Path]:
        """Read a name as one of a reference and one of a field behind it."""
        found = set()
        words = name.split()
        for place in range(len(words) - 1, 0, -1):
            further = " ".join(words[place:])
            for reference in references.get(" ".join(words[:place]), ()):
                paths = _names_of(of_type(reference)).get(further, ())
                found |= {Path((reference.name, *path.names)) for path in paths}
            if found:
                return found
        return found

    def _dotted(self, text: str, name: str) -> set[Path]:
        path = Path.of(text.strip())
        if not 1 < len(path.names) <= _DEEPEST:
            return set()
        short = self._through(self._called, name)
        if short:
            return short
        try:
            path.field(self._kind)
        except KeyError:
            return set()
        return {path}

    def _pointed(self, text: str) -> set[Path]:
        """Read labels with arrows between them, each exactly as it is shown."""
        *through, last = [fold(part) for part in text.split(_ARROW)]
        if not 0 < len(through) < _DEEPEST:
            return set()
        ways = [_Way(self._kind)]
        for label in through:
            ways = [further for way in ways for further in way.along(label)]
        return {path for way in ways for path in way.ending(last)}

    @cached_property
    def _own(self) -> Mapping[str, tuple[Path, ...]]:
        return _names_of(self._kind)

    @cached_property
    def _called(self) -> Mapping[str, tuple[Field, ...]]:
        return _grouped(
            (name, field)
            for field in schema_of(self._kind).references
            for called_ in _CALLED.get(field.code, ())
            for name in (called_, f"{called_}{_OWNS}")
        )

    @cached_property
    def _labelled(self) -> Mapping[str, tuple[Field, ...]]:
        return _grouped(
            (name, field)
            for field in schema_of(self._kind).references
            for name in (field.name, field.label, f"{field.label}{_OWNS}")
        )

    @cached_property
    def _headed(self) -> Mapping[str, tuple[Path, ...]]:
        """The headings of sheets; those that hold under a condition only where no other does."""
        sure: dict[str, list[Path]] = defaultdict(list)
        unsure: dict[str, list[Path]] = defaultdict(list)
        for heading in self._facts.headings.all:
            kind, _, name = heading.field.partition(".")
            path = self._meant(name) if kind == self._kind else None
            if path is not None:
                (unsure if heading.note else sure)[fold(heading.text)].append(path)
        return {
            name: tuple(dict.fromkeys(sure.get(name) or paths))
            for name, paths in (unsure | sure).items()
            if name
        }

    @cached_property
    def _headed_references(self) -> Mapping[str, tuple[Field, ...]]:
        own = schema_of(self._kind).by_name
        return {
            name: tuple(own[path.names[0]] for path in paths)
            for name, paths in self._headed.items()
            if all(len(path.names) == 1 and of_type(own[path.names[0]]) for path in paths)
        }

    def _meant(self, name: str) -> Path | None:
        """Give the path of what headings call a field: also "vo_country", "documents.ctq"."""
        own = schema_of(self._kind).by_name
        if name.startswith(_DOCUMENTS):
            name = name.removeprefix(_DOCUMENTS)
            name = name if name in own else f"{name}_on"
        if name in own:
            return Path((name,))
        reference, _, further = name.partition("_")
        kind = of_type(own[reference]) if reference in own else ""
        return Path((reference, further)) if _has(kind, further) else None

    @cached_property
    def _all_names(self) -> tuple[str, ...]:
        return tuple(readable(path, self._kind) for path in (*self.own, *self.ways))

    @cached_property
    def _folded_names(self) -> tuple[str, ...]:
        return tuple(map(fold, self._all_names))


@dataclass(frozen=True, slots=True)
class _Way:
    """Fields that lead to records of a kind."""

    kind: str
    names: tuple[str, ...] = ()

    def along(self, label: str) -> Iterator[_Way]:
        """Give the ways through the references with this folded label."""
        for field in schema_of(self.kind).references:
            if fold(field.label) == label:
                yield _Way(of_type(field), (*self.names, field.name))

    def ending(self, label: str) -> Iterator[Path]:
        """Give the ways to the fields with this folded label."""
        for field in schema_of(self.kind).fields:
            if fold(field.label) == label:
                yield Path((*self.names, field.name))


def _has(kind: str, name: str) -> bool:
    return bool(kind) and name in schema_of(kind).by_name


def _names_of(kind: str) -> Mapping[str, tuple[Path, ...]]:
    """Give the fields of a kind by name and label."""
    return _grouped(
        (name, Path((field.name,)))
        for field in schema_of(kind).fields
        for name in (field.label, field.name)
    )


def _grouped(pairs: Iterable[tuple[str, Meant]]) -> Mapping[str, tuple[Meant, ...]]:
    found: dict[str, dict[Meant, None]] = defaultdict(dict)
    for name, meant in pairs:
        found[fold(name)][meant] = None
    return {name: tuple(meanings) for name, meanings in found.items()}
