"""Forgetting a person: in the document, its history, its backups and the program's own files.

Everything is done on copies that nobody else knows. The backups come first and the document last:
cut off at any moment, the document is as it was or as it shall be, and while it is as it was the
whole can be done again.
"""

from __future__ import annotations

import math
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from smartct_desktop.domain.changes import Step
from smartct_desktop.domain.errors import Trouble, WrongPassword
from smartct_desktop.domain.key import Key
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.records.person import Person
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services import seals
from smartct_desktop.services.attaching import remove_stale_openings
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
from smartct_desktop.services.restoring import forget_looked_into
from smartct_desktop.services.working_copies import remove_settled
from smartct_desktop.storage.connection import Access, Connection
from smartct_desktop.storage.copies import clear_sides, verify
from smartct_desktop.storage.fitting import key_for
from smartct_desktop.storage.identity import facts_of
from smartct_desktop.storage.in_use import nobody_else, refuse_other_names
from smartct_desktop.storage.manifests import digest, read_manifest, remove_manifest, write_manifest
from smartct_desktop.storage.rewriting import compact, rewrite, working_copy
from smartct_desktop.system.account import account_name
from smartct_desktop.system.clock import utc_now
from smartct_desktop.system.files import remove_own_parts, write_atomic

_REWRITING = Sentence("Rewriting a copy of the document")
_BACKUPS = Sentence("Rewriting backups")
_ANOTHER_PASSWORD = Sentence("It has another password.")
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
    key: Key | None = None,
) -> Receipt:
    """Forget a person as planned, in a document that nobody has open: `InUse`.

    `key` is that of a protected one; what is written of it stays protected.

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
        refuse_other_names(target)
        remove_settled(target, key)
        number = f"{clock():%Y%m%d}-{secrets.token_hex(4)}"
        work = _Work(plan, facts, _Tools(folder, number, clock, progress, key))
        copy, counts, unchanged = work.prepared(target)
        left: list[Sentence] = []
        counts["backup"] = work.rewrite_backups(target, left)
        counts["file"] = clean_own_files(plan.known.traces, plan.known.person)
        forget_looked_into()
        remove_stale_openings(math.inf)
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
        remove_own_parts(target)
        work.rewrite_backups(target, left)  # one may have been under way meanwhile
        seals.keep(target)
    return Receipt(certified, certificate, tuple(left))


def _kept_words(place: str) -> str:
    return Sentence("Left in a text by choice: {place}", place=place)


@dataclass(frozen=True, slots=True)
class _Tools:
    """Where the copies lie, the number of the certificate, what time it is, and how far it is.

    `key` opens the document, if it is protected, and those of its backups that are, too.
    """

    folder: Path
    number: str
    clock: Callable[[], datetime]
    progress: Progress
    key: Key | None


class _Work:
    """Makes copies in which the person is forgotten."""

    def __init__(self, plan: Plan, facts: ProgrammeFacts, tools: _Tools) -> None:
        self._plan = plan
        self._facts = facts
        self._folder = tools.folder
        self._number = tools.number
        self._clock = tools.clock
        self._progress = tools.progress
        self._key = tools.key
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
        key = key_for(source, self._key)
        working_copy(source, copy, self._progress, key)
        before = self._figures(copy)
        with closing(Connection(copy, Access.WRITE, key=key)) as connection:
            counts = rewrite(connection, Forgotten(self._plan, connection), self._progress)
        counts["paper"] = sum(one.ticked for one in self._plan.papers)
        self._write_step(copy)
        after = self._figures(copy)
        _refuse_other_figures(before, after)
        compact(copy, key)
        verify(copy, key)
        self._progress.report(_CHECKING)
        if holds(copy, self._forms, key):
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
        backups = [
            one.path for one in all_backups(document, self._key) if one.path not in self._seen
        ]
        for place, path in enumerate(backups):
            self._progress.report(_BACKUPS, place, len(backups))
            self._seen.add(path)
            try:
                self._rewrite_backup(path)
                done += 1
            except Trouble as trouble:
                other = isinstance(trouble, WrongPassword)
                why = _ANOTHER_PASSWORD if other else trouble
                left.append(
                    Sentence("Backup {name}: {why} Delete it by hand.", name=path.name, why=why)
                )
        return done

    def _rewrite_backup(self, path: Path) -> None:
        refuse_other_names(path)
        copy, *_ = self.prepared(path)
        manifest = read_manifest(path)
        told = None
        if manifest is not None:
            key = key_for(copy, self._key)
            with closing(Connection(copy, Access.READ, key=key)) as connection:
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
        if told is None:
            _put(copy, path)
        else:
            remove_manifest(path)  # it would say of the new content that it is damaged
            _put(copy, path)
            write_manifest(path, told)
        copy.unlink()

    def _figures(self, copy: Path) -> Mapping[str, int]:
        with closing(self._opened(copy)) as document:
            return {one.code: one.value for one in figures(document.read, self._plan.today)}

    def _opened(self, copy: Path) -> Document:
        return open_document(copy, key=self._key, clock=self._clock, facts=self._facts)

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
        clear_sides(target)

    write_atomic(target, pour)
