"""Making a new document of what can be read of a damaged one, and saying what cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.opening import SUFFIX
from smartct_desktop.system.account import account_name
from smartct_desktop.system.clock import utc_now
from smartct_desktop.system.files import write_atomic

if TYPE_CHECKING:
    from smartct_desktop.storage.rescuing import Rescued

_NAMED = 200
"""Lost records named one by one: more are a matter for a backup."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What became of one damaged document: where the new one lies, and what is in it and what not.

    `kept` and `missing` count records by kind; `names` are those of lost records as far as the file
    still told them, folded, by kind; `report` is the file that says all this.
    """

    document: Path
    report: Path
    kept: dict[str, int]
    missing: dict[str, int]
    names: dict[str, list[str]]
    further: list[Sentence]

    @property
    def whole(self) -> bool:
        """Whether everything could be read."""
        return not self.missing and not self.further

    def lines(self) -> Iterator[Sentence]:
        """Give what there is to say, one thing a line."""
        read = sum(self.kept.values())
        lost = sum(self.missing.values())
        if lost:
            yield Sentence("{read} records were read, {lost} could not be.", read=read, lost=lost)
        else:
            yield Sentence("All records that are known of were read: {read}.", read=read)
        for kind, n in self.missing.items():
            label = BY_KIND[kind].plural
            yield Sentence("{label}: {n} could not be read.", label=label, n=n)
            for name in self.names.get(kind, ())[:_NAMED]:
                yield Sentence("– {name}", name=name)
        yield from self.further


def salvage_document(
    source: Path,
    target: Path,
    progress: Progress | None = None,
    at: datetime | None = None,
    key: Key | None = None,
) -> Salvaged:
    """Read what can be read of a damaged document into a new one, with a report beside it.

    The damaged one is never changed. With the `key` of a protected one the new one is protected by
    it, and the report, which everybody can read, has no names. Work for a job. Raises `Trouble`
    (`Protected`, `WrongPassword`, `InUse` among them), `Cancelled`.
    """
    from smartct_desktop.storage.salvage import Entry, salvage

    if target.suffix.lower() != SUFFIX:
        raise Trouble(
            Sentence("A document's name ends in {suffix}.", suffix=SUFFIX),
            Sentence("Use {name} instead.", name=target.name + SUFFIX),
        )
    if target.exists() and source.exists() and target.samefile(source):
        raise Trouble(
            Sentence("The new document cannot take the place of the damaged one."),
            Sentence("Choose another name or folder."),
        )

    def label(rescued: Rescued) -> str:
        lost = sum(rescued.missing(kind) for kind in BY_KIND)
        words = Sentence("salvage from {name}", name=source.name)
        if lost:
            words = Sentence(
                "salvage from {name}: {n} records could not be read", name=source.name, n=lost
            )
        return words

    rescued = salvage(source, target, Entry(account_name(), at or utc_now(), label), progress, key)
    found = _told(rescued, target)
    told = found if key is None else replace(found, names={})
    text = "".join(f"{line}\n" for line in told.lines())
    write_atomic(found.report, lambda file: file.write(text.encode()))
    return found


def _told(rescued: Rescued, target: Path) -> Salvaged:
    missing = {kind: n for kind in BY_KIND if (n := rescued.missing(kind))}
    names = {
        kind: [rescued.names.get(id_, id_) for id_ in ids] for kind, ids in rescued.lost.items()
    }
    kept = {kind: n for kind in BY_KIND if (n := rescued.kept[kind])}
    report = target.with_name(f"{target.stem} - salvage.txt")
    return Salvaged(target, report, kept, missing, names, list(_further(rescued)))


def _further(rescued: Rescued) -> Iterator[Sentence]:
    mended = rescued.mended
    stand_ins, references = sum(rescued.stand_ins.values()), sum(mended.references.values())
    if stand_ins:
        yield Sentence(
            "{n} lost records are there by name only, because others may name them.", n=stand_ins
        )
    if references:
        yield Sentence("{n} fields were emptied that named a lost record.", n=references)
    if values := sum(mended.values.values()):
        yield Sentence("{n} fields were emptied that held no value.", n=values)
    if records := sum(mended.records.values()):
        yield Sentence("{n} records were left out that cannot be without a lost one.", n=records)
    if mended.steps:
        yield Sentence(
            "{n} steps of the history are not complete and cannot be undone.", n=len(mended.steps)
        )
        for step in mended.steps[:_NAMED]:
            yield Sentence("– {name}", name=step)
    if mended.contents:
        yield Sentence("{n} attached files are not whole: attach them again.", n=mended.contents)
    yield from rescued.complaints
