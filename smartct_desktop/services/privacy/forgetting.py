"""Forgetting a person: in the document, its history, its backups and the program's own files.

Everything is done on copies that nobody else knows. The backups come first and the document last:
cut off at any moment, the document is as it was or as it shall be, and while it is as it was the
whole can be done again.
"""

from __future__ import annotations

import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.changes import Step
from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.deleting import Choice, Way, deletion_step, plan_deletion, ways_of
from smartct_desktop.services.document import Document
from smartct_desktop.services.figures import figures
from smartct_desktop.services.opening import SUFFIX, open_document
from smartct_desktop.services.privacy.bytes_left import forms_of, holds
from smartct_desktop.services.privacy.certificate import Certificate
from smartct_desktop.services.privacy.kept_backups import all_backups
from smartct_desktop.services.privacy.own_files import clean_own_files
from smartct_desktop.services.privacy.plan import Mode, Plan
from smartct_desktop.services.privacy.wording import Forgotten
from smartct_desktop.services.privacy.workshop import workshop
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.working_copies import remove_settled
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.copies import SIDES, verify
from smartct_desktop.storage.identity import facts_of
from smartct_desktop.storage.in_use import nobody_else
from smartct_desktop.storage.manifests import digest, read_manifest, write_manifest
from smartct_desktop.storage.rewriting import compact, rewrite, working_copy
from smartct_desktop.system.account import account_name
from smartct_desktop.system.clock import utc_now
from smartct_desktop.system.files import own_parts, write_atomic

_REWRITING = Sentence("Rewriting a copy of the document")
_BACKUPS = Sentence("Rewriting backups")
_CHECKING = Sentence("Looking for what is left")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done. `left` says in words what could not be reached."""

    certificate: Certificate
    path: Path
    left: tuple[Sentence, ...]


def forget(  # noqa: PLR0913 (what, why, where to)
    document: Path,
    plan: Plan,
    reason: str,
    certificate: Path,
    facts: ProgrammeFacts,
    *,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
) -> Receipt:
    """Forget a person as planned, in a document that nobody has open: `InUse`.

    Raises `Trouble` where records have to be kept, where a figure would become another one, and
    where anything of the person would be left; `Cancelled`. Then the document is as it was.
    """
    if plan.refusal is not None or plan.ground is None:
        raise Trouble(plan.refusal or Sentence("There is no ground to erase this."), plan.hint)
    if not reason.strip():
        raise Trouble(
            Sentence("Say why the person is to be forgotten."),
            Sentence("The reason stands in the certificate."),
        )
    progress = progress or Progress()
    target = document.resolve()
    with nobody_else(target), workshop() as folder:
        remove_settled(target)
        number = f"{clock():%Y%m%d}-{secrets.token_hex(4)}"
        work = _Work(plan, facts, _Tools(folder, number, clock, progress))
        copy, counts, unchanged = work.prepared(target)
        left: list[Sentence] = []
        counts["backup"] = work.rewrite_backups(target, left)
        counts["file"] = clean_own_files(plan.known.traces, plan.known.person)
        certified = Certificate(
            number=number,
            document=plan.known.traces.without(target.name, every=True),
            at=clock(),
            by=plan.known.traces.without(account_name(), every=True),
            reason=plan.known.traces.without(reason.strip(), every=True),
            ground=plan.ground,
            mode=plan.mode,
            counts=counts,
            figures=unchanged,
            sha256=digest(copy),
            salt=secrets.token_hex(16),
            name=plan.known.name,
            left=[*left, *map(_kept_words, plan.mentions_left), *plan.exports_told],
        )
        certified.write(certificate)
        _put(copy, target)
        _remove_parts(target)
        work.rewrite_backups(target, left)  # one may have been under way meanwhile
    return Receipt(certified, certificate, tuple(left))


def _kept_words(place: str) -> str:
    return Sentence("Left in a text by choice: {place}", place=place)


@dataclass(frozen=True, slots=True)
class _Tools:
    """Where the copies lie, the number of the certificate, what time it is, and how far it is."""

    folder: Path
    number: str
    clock: Callable[[], datetime]
    progress: Progress


class _Work:
    """Makes copies in which the person is forgotten."""

    def __init__(self, plan: Plan, facts: ProgrammeFacts, tools: _Tools) -> None:
        self._plan = plan
        self._facts = facts
        self._folder = tools.folder
        self._number = tools.number
        self._clock = tools.clock
        self._progress = tools.progress
        self._seen: set[Path] = set()
        self._forms = forms_of(self._sure_words())

    def _sure_words(self) -> Iterator[str]:
        """What must not be found in the bytes: all that is said of the person and nobody else."""
        known = self._plan.known
        for word in known.words:
            if known.traces.is_whole(word) and not self._plan.keeps(word):
                yield word

    def prepared(self, source: Path) -> tuple[Path, Counter[str], int]:
        """Give a copy in which the person is forgotten, what was rewritten, how many figures.

        Raises `Trouble` unless all figures are as they were and nothing is left.
        """
        copy = self._folder / f"copy-{secrets.token_hex(4)}{SUFFIX}"
        self._progress.report(_REWRITING)
        working_copy(source, copy, self._progress)
        before = self._figures(copy)
        with closing(Connection(copy, Access.WRITE)) as connection:
            counts = rewrite(connection, Forgotten(self._plan, connection), self._progress)
        counts["paper"] = sum(one.ticked for one in self._plan.papers)
        self._write_step(copy)
        after = self._figures(copy)
        _refuse_other_figures(before, after)
        compact(copy)
        verify(copy)
        self._progress.report(_CHECKING)
        if holds(copy, self._forms):
            raise Trouble(
                Sentence("Something of the person would be left in the document."),
                Sentence(
                    "Nothing was changed. Tick all texts that name the person, or correct those "
                    "in which the name is a part of another word."
                ),
            )
        return copy, counts, len(after)

    def rewrite_backups(self, document: Path, left: list[Sentence]) -> int:
        """Forget the person in the backups, too; what cannot be rewritten is told.

        Gives how many were rewritten now; those that were before are not touched again.
        """
        done = 0
        backups = [one.path for one in all_backups(document) if one.path not in self._seen]
        for place, path in enumerate(backups):
            self._progress.report(_BACKUPS, place, len(backups))
            self._seen.add(path)
            try:
                self._rewrite_backup(path)
                done += 1
            except Trouble as trouble:
                left.append(
                    Sentence("Backup {name}: {why} Delete it by hand.", name=path.name, why=trouble)
                )
        return done

    def _rewrite_backup(self, path: Path) -> None:
        copy, *_ = self.prepared(path)
        manifest = read_manifest(path)
        told = None
        if manifest is not None:
            with closing(Connection(copy, Access.READ)) as connection:
                said = facts_of(connection)
            told = replace(
                manifest,
                format=said.version,
                size=copy.stat().st_size,
                sha256=digest(copy),
                records=said.records,
                step=said.step,
                label=said.label if manifest.label else "",
                state=said.state,
                checked_at=self._clock(),
                damaged=False,
            )
        _put(copy, path)
        if told is not None:
            write_manifest(path, told)
        copy.unlink()

    def _figures(self, copy: Path) -> Mapping[str, int]:
        with closing(self._opened(copy)) as document:
            return {one.code: one.value for one in figures(document.read, self._plan.today)}

    def _opened(self, copy: Path) -> Document:
        return open_document(copy, clock=self._clock, facts=self._facts)

    def _write_step(self, copy: Path) -> None:
        """Write down in the document that a person was forgotten, with the certificate's number."""
        label = Sentence(
            "erasure of data about a person (certificate {number})", number=self._number
        )
        person = self._plan.known.person
        with closing(self._opened(copy)) as document:
            there = document.read.get_many(Person, [person]).get(person)
            if there is None:  # in an older backup
                document.note(label)
            elif self._plan.mode is Mode.ANONYMISE:
                with document.edit(label) as edit:
                    edit.update(there.replace(anonymised_on=self._plan.today))
            else:
                document.do(_removal(document, there, label))


def _removal(document: Document, person: Person, label: Sentence) -> Step:
    """Delete the record; what names it stays where it can."""
    first = plan_deletion(document.read, "person", [person.id])
    choices = {
        one.field.code: Choice(Way.BLANK if Way.BLANK in ways_of(one.field) else Way.ALONG)
        for one in first.namings
    }
    deletion = plan_deletion(document.read, "person", [person.id], choices)
    return replace(deletion_step(document.read, deletion), label=label)


def _refuse_other_figures(before: Mapping[str, int], after: Mapping[str, int]) -> None:
    other = [code for code, value in before.items() if after.get(code) != value]
    if other:
        raise Trouble(
            Sentence("Figures would become others: {codes}.", codes=", ".join(other)),
            Sentence("Nothing was changed. Make the person anonymous instead of erasing them."),
        )


def _put(copy: Path, target: Path) -> None:
    def pour(file: BinaryIO) -> None:
        with copy.open("rb") as source:
            shutil.copyfileobj(source, file)
        for side in SIDES:  # they belong to the file that goes
            target.with_name(target.name + side).unlink(missing_ok=True)

    write_atomic(target, pour)


def _remove_parts(target: Path) -> None:
    """Remove what killed attempts to write this document left beside it: we hold its lock."""
    for part in own_parts(target):
        with suppress(OSError):
            part.unlink()
