"""The command that takes over partners' files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartct_desktop.cli.answers_file import read_answers
from smartct_desktop.cli.backups import guard
from smartct_desktop.cli.outcome import DONE, LEFT, OPEN_QUESTIONS, WRONG, print_json
from smartct_desktop.cli.passwords import opened
from smartct_desktop.cli.progress_line import told
from smartct_desktop.domain.errors import Cancelled, Invalid, PasswordNeeded, Stale, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.clock import local_today

if TYPE_CHECKING:
    from smartct_desktop.services.importing.importer import Importer
    from smartct_desktop.services.importing.plan import Plan
    from smartct_desktop.services.importing.planning import Wish
    from smartct_desktop.services.importing.questions import Answers


def import_files(parsed: argparse.Namespace) -> int:
    """Import one or several files, each as one step; one that cannot be taken stops no other.

    With several files the exit code is the one that asks for most attention.
    """
    from smartct_desktop.cli.import_words import tell
    from smartct_desktop.services.importing.importer import Importer
    from smartct_desktop.services.importing.plan_json import to_json
    from smartct_desktop.services.importing.planning import Wish

    _refuse_kind(parsed.kind)
    answers = read_answers(parsed.answers)
    wish = Wish(
        sheets=tuple(parsed.sheet or ()),
        kind=parsed.kind,
        sender=parsed.sender,
        accept_proposals=parsed.accept_proposals,
    )
    files = [file if file.name else file.resolve() for file in parsed.files]
    asked_back = _asked_back(parsed.corrections, files)
    plans: list[Plan] = []
    with closing(opened(parsed.doc, read_only=parsed.dry_run)) as document:
        guard(document)
        importer = Importer(document, ProgrammeFacts(), local_today())
        for file, asked in zip(files, asked_back, strict=True):
            try:
                plan = _import_one(importer, file, answers, wish, asked, dry_run=parsed.dry_run)
            except (Cancelled, KeyboardInterrupt):
                raise _stopped(plans, dry_run=parsed.dry_run) from None
            plans.append(plan)
            if not parsed.json:
                tell(plan, dry_run=parsed.dry_run)
                _tell_corrections(plan, asked)
    if parsed.json:
        documents = [to_json(plan) for plan in plans]
        for one, asked in zip(documents, asked_back, strict=True):
            if asked is not None:
                one["corrections"] = asked.to_json()
        print_json(documents if len(documents) > 1 else documents[0])
    else:
        _tell_unused(plans, answers)
    return _worst([_code(plan) for plan in plans])


@dataclass
class _Corrections:
    """The correction workbook that is asked for of one file, and how many cells it marks.

    None: the file could not be looked at.
    """

    target: Path
    cells: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Give it as plain data; without a path nothing was to be corrected."""
        return {"path": str(self.target) if self.cells else None, "cells": self.cells}


def _asked_back(target: Path | None, files: Sequence[Path]) -> list[_Corrections | None]:
    """Give the correction workbook of each file; several files get one each, with numbers."""
    if target is None:
        return [None for _ in files]
    if len(files) == 1:
        return [_Corrections(target)]
    names = (f"{target.stem} {number}{target.suffix}" for number in count(1))
    return [_Corrections(target.with_name(name)) for name, _ in zip(names, files, strict=False)]


def _import_one(  # noqa: PLR0913 (what the call says of one file)
    importer: Importer,
    file: Path,
    answers: Answers,
    wish: Wish,
    corrections: _Corrections | None,
    *,
    dry_run: bool,
) -> Plan:
    """Read, plan and write one file; what cannot be taken gives a plan that says so."""
    from smartct_desktop.services.importing.importer import locked, password_asked, refused

    asked = password_asked(file.name).id
    password = answers.get(asked)
    try:
        with told(Progress()) as progress:
            others = {question: answer for question, answer in answers.items() if question != asked}
            said = None if password is None else str(password)
            book = importer.read(file, progress, said, others)
            plan = importer.plan_with(book, others, wish, progress)
            if corrections is not None:  # first: if this fails, nothing was imported
                made = importer.write_corrections(plan, book, file, corrections.target, progress)
                if made.path != corrections.target:
                    print(f"{corrections.target.name} is open in another program.", file=sys.stderr)
                corrections.target, corrections.cells = made.path, made.cells
            if not dry_run:
                importer.announce(importer.write(plan, progress).touched)
    except PasswordNeeded as trouble:
        return locked(file.name, trouble)
    except Trouble as trouble:
        return refused(file.name, trouble)
    except Invalid as invalid:
        return refused(file.name, Trouble(invalid.sentence))
    except Stale:
        sentence = Sentence("The document was changed while {file} was read.", file=file.name)
        return refused(file.name, Trouble(sentence, Sentence("Import the file once more.")))
    return plan


def _stopped(plans: Sequence[Plan], *, dry_run: bool) -> BaseException:
    """Give what a stop comes to: files before it may have been imported already."""
    taken = [plan.file for plan in plans if plan.outcome.value != "refuse"]
    if dry_run or not taken:
        return Cancelled()
    return Cancelled(
        Sentence("Stopped. Imported before that: {files}.", files=", ".join(taken)),
    )


def _refuse_kind(kind: str | None) -> None:
    from smartct_desktop.services.importing.planning import KINDS

    if kind is not None and kind not in KINDS:
        raise Trouble(
            Sentence("There are no lists of kind {kind}.", kind=kind),
            Sentence("The kinds are {kinds}.", kinds=", ".join(KINDS)),
        )


def _code(plan: Plan) -> int:
    if plan.outcome.value == "refuse":
        return WRONG
    if plan.open_questions:
        return OPEN_QUESTIONS
    return LEFT if plan.findings or plan.counts.refuse else DONE


def _worst(codes: list[int]) -> int:
    order = [DONE, LEFT, OPEN_QUESTIONS, WRONG]
    return max(codes, key=order.index)


def _tell_unused(plans: Sequence[Plan], answers: Answers) -> None:
    """Say which answers answered nothing in any of the files: an id may be mistyped."""
    planned = [plan for plan in plans if plan.sha256]  # the others were not even planned
    for question in answers:
        if planned and all(question in plan.unused_answers for plan in planned):
            print(f"  The answer to {question} belongs to no question of what was read.")


def _tell_corrections(plan: Plan, asked: _Corrections | None) -> None:
    if asked is None or asked.cells is None:
        return
    if asked.cells:
        print(f"  Wrote {asked.target}; cells for the sender to correct: {asked.cells}.")
    else:
        print(f"  The sender has nothing to correct in {plan.file}; no workbook was written.")
