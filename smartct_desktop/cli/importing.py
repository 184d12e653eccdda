"""The command that takes over partners' files."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartct_desktop.cli.outcome import DONE, LEFT, OPEN_QUESTIONS, WRONG, print_json
from smartct_desktop.domain.errors import PasswordNeeded, Trouble
from smartct_desktop.domain.progress import Progress
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.clock import local_today

if TYPE_CHECKING:
    from smartct_desktop.services.importing.importer import Importer
    from smartct_desktop.services.importing.plan import Plan
    from smartct_desktop.services.importing.planning import Wish
    from smartct_desktop.services.importing.questions import Answers

_MOST_LINES = 40
_MOST_ROWS = 8


def import_files(parsed: argparse.Namespace) -> int:
    """Import one or several files, each as one step; one that cannot be read stops no other.

    With several files the exit code is the one that asks for most attention.
    """
    from smartct_desktop.services.importing.importer import Importer
    from smartct_desktop.services.importing.plan_json import to_json
    from smartct_desktop.services.importing.planning import Wish

    _refuse_kind(parsed.kind)
    answers = _answers(parsed.answers)
    wish = Wish(
        sheets=tuple(parsed.sheet or ()),
        kind=parsed.kind,
        sender=parsed.sender,
        accept_proposals=parsed.accept_proposals,
    )
    asked_back = _asked_back(parsed)
    codes, plans = [], []
    with closing(open_document(parsed.doc, read_only=parsed.dry_run)) as document:
        importer = Importer(document, ProgrammeFacts(), local_today())
        for file, asked in zip(parsed.files, asked_back, strict=True):
            plan = _import_one(importer, file, answers, wish, asked, dry_run=parsed.dry_run)
            codes.append(_code(plan))
            plans.append(plan)
            if not parsed.json:
                _tell(plan, dry_run=parsed.dry_run)
                _tell_corrections(plan, asked)
    if parsed.json:
        told = [to_json(plan) for plan in plans]
        for one, asked in zip(told, asked_back, strict=True):
            if asked is not None:
                one["corrections"] = asked.to_json()
        print_json(told if len(told) > 1 else told[0])
    return _worst(codes)


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


def _asked_back(parsed: argparse.Namespace) -> list[_Corrections | None]:
    """Give the correction workbook of each file; several files get one each, with numbers."""
    target: Path | None = parsed.corrections
    if target is None:
        return [None for _ in parsed.files]
    if len(parsed.files) == 1:
        return [_Corrections(target)]
    names = (f"{target.stem} {number}{target.suffix}" for number in count(1))
    return [
        _Corrections(target.with_name(name)) for name, _ in zip(names, parsed.files, strict=False)
    ]


def _import_one(  # noqa: PLR0913 (what the call says of one file)
    importer: Importer,
    file: Path,
    answers: Answers,
    wish: Wish,
    corrections: _Corrections | None,
    *,
    dry_run: bool,
) -> Plan:
    from smartct_desktop.services.importing.importer import locked, password_asked, refused

    progress = Progress()
    asked = password_asked(file.name).id
    password = answers.get(asked)
    try:
        book = importer.read(file, progress, None if password is None else str(password))
    except PasswordNeeded as trouble:
        return locked(file.name, trouble)
    except Trouble as trouble:
        return refused(file.name, trouble)
    others = {question: answer for question, answer in answers.items() if question != asked}
    plan = importer.plan_with(book, others, wish, progress)
    if corrections is not None:  # first: if this fails, nothing was imported
        corrections.cells = importer.write_corrections(
            plan, book, file, corrections.target, progress
        )
    if not dry_run:
        importer.commit(plan)
    return plan


def _answers(path: Path | None) -> dict[str, Any]:
    """Read the answers file. Raises `Trouble`."""
    if path is None:
        return {}
    try:
        answers = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Trouble(
            Sentence("{name} cannot be read: {why}.", name=path.name, why=error.strerror)
        ) from None
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Trouble(
            Sentence("{name} is no JSON text{where}.", name=path.name, where=where),
            Sentence("Write the answers as an object: question id, colon, answer."),
        ) from None
    if not isinstance(answers, dict):
        raise Trouble(
            Sentence("{name} holds no answers.", name=path.name),
            Sentence("Write the answers as an object: question id, colon, answer."),
        )
    return answers


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


def _tell(plan: Plan, *, dry_run: bool) -> None:
    """Say in lines what happened, or would happen."""
    if plan.outcome.value == "refuse":
        print(plan.message, file=sys.stderr)
        return
    counts = plan.counts
    verb = "would be" if dry_run else "were"
    print(
        f"{plan.file}: {counts.rows} rows; {counts.add} {verb} added, {counts.change} changed, "
        f"{counts.same} stay the same, {counts.wait} wait, {counts.refuse} refused, "
        f"{counts.skip} skipped."
    )
    for question in plan.open_questions:
        print(f"  question {question.id}: {question.text}")
        for item in question.items:
            if not item.answered:
                nothing = "leave it blank" if item.propose is None else item.propose
                proposal = f"; proposed: {nothing}" if item.proposed else ""
                where = _where(plan, question.sheet, question.letter, item.rows)
                print(f"    {where} {item.key}{proposal}")
    for unused in plan.unused_answers:
        print(f"  The answer to {unused} belongs to no question of this file.")
    for finding in plan.findings[:_MOST_LINES]:
        where = _where(plan, finding.sheet, finding.letter, finding.rows)
        print(f"  {finding.severity.value} {finding.code} {where}: {finding.sentence}")
    if len(plan.findings) > _MOST_LINES:
        print(f"  and {len(plan.findings) - _MOST_LINES} more; see --json")


def _tell_corrections(plan: Plan, asked: _Corrections | None) -> None:
    if asked is None or asked.cells is None:
        return
    if asked.cells:
        print(f"  Wrote {asked.target}; cells for the sender to correct: {asked.cells}.")
    else:
        print(f"  The sender has nothing to correct in {plan.file}; no workbook was written.")


def _where(plan: Plan, sheet: str | None, letter: str | None, rows: tuple[int, ...]) -> str:
    """Name the place: the sheet where there are several, the column, the first of many rows."""
    parts = [sheet] if sheet and len(plan.sheets) > 1 else []
    parts += [f"column {letter}"] if letter else []
    if rows:
        more = "…" if len(rows) > _MOST_ROWS else ""
        named = ", ".join(map(str, rows[:_MOST_ROWS]))
        parts.append(f"row {named}" if len(rows) == 1 else f"rows {named}{more}")
    return f"({', '.join(parts) or 'whole file'})"
