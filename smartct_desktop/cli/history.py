"""Commands about the history: list it, undo, redo."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from smartct_desktop.cli.backups import guard
from smartct_desktop.cli.outcome import DONE, LEFT, WRONG, print_json
from smartct_desktop.cli.passwords import opened
from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.changes import PastStep, Related, StepState
from smartct_desktop.domain.fields import Reference
from smartct_desktop.services.document import Document
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.services.reversal import Fate, Outcome, Reversal
from smartct_desktop.services.texts import ISO, Texts
from smartct_desktop.services.undoing import plan_reversal, reverse

_PAGE = 1000


def history(parsed: argparse.Namespace) -> int:
    """List the steps, newest first."""
    with closing(opened(parsed.doc, read_only=True)) as document:
        count = document.read.history_count()
        steps: list[PastStep] = []
        for start in range(0, count, _PAGE):
            steps += document.read.history(start, start + _PAGE)
    if parsed.json:
        print_json([_as_json(step) for step in steps])
        return DONE
    for step in steps:
        when = f"{step.at.astimezone():%Y-%m-%d %H:%M}"
        print(f"{step.no:>6}  {when}  {step.by:<12}  {step.label}{_state(step)}")
    return DONE


def _state(step: PastStep) -> str:
    """Say what became of a step, if it does not simply hold."""
    told = [] if step.state is StepState.DONE else [step.state.value]
    if step.answer is not None:
        done = "undone" if step.answer.relation.back else "done again"
        part = "" if step.answer.relation.whole else "partly "
        told.append(f"{part}{done} by step {step.answer.no}")
    return f"  ({', '.join(told)})" if told else ""


def _as_json(step: PastStep) -> dict[str, object]:
    return {
        "step": step.no,
        "at": step.at.isoformat(),
        "by": step.by,
        "label": step.label,
        "state": step.state.value,
        "records": step.records,
        "file": step.source.file if step.source else None,
        "sha256": step.source.sha256 if step.source else None,
        "about": _related_json(step.about),
        "answered_by": _related_json(step.answer),
    }


def _related_json(related: Related | None) -> dict[str, object] | None:
    return {"step": related.no, "relation": related.relation.value} if related else None


def undo(parsed: argparse.Namespace) -> int:
    """Take back the newest step, or an older one as far as nothing later stands in the way."""
    with closing(opened(parsed.doc)) as document:
        guard(document)
        newest = document.read.next_undo()
        if parsed.step is not None and (newest is None or newest.no != parsed.step):
            return _undo_old(document, parsed.step)
        touched = document.undo()
    print(f"Undid {touched.label}.")
    return DONE


def _undo_old(document: Document, no: int) -> int:
    try:
        plan = plan_reversal(document.read, no)
    except KeyError:
        print(f"There is no step {no}.", file=sys.stderr)
        return WRONG
    texts = Texts(ProgrammeFacts(), ISO)
    for fate in plan.fates:
        if fate.outcome in (Outcome.KEPT, Outcome.CANNOT):
            print(_fate_line(plan, fate, texts), file=sys.stderr)
    reverse(document, plan)
    counts = plan.counts
    kept, cannot = counts[Outcome.KEPT], counts[Outcome.CANNOT]
    print(f"Undid {plan.step.label}: {counts[Outcome.BACK]} put back, {kept} kept, {cannot} not.")
    return DONE if plan.whole else LEFT


def _fate_line(plan: Reversal, fate: Fate, texts: Texts) -> str:
    """Say what is not put back, and why."""
    schema = BY_KIND[fate.kind]
    what = fate.caption or schema.label
    if fate.field:
        field = schema.by_name[fate.field]
        shown = "" if isinstance(field.type, Reference) else texts.shown(field.type, fate.now)
        what += f", {field.label}{f' ({shown})' if shown else ''}"
    word = "kept" if fate.outcome is Outcome.KEPT else "not put back"
    by = plan.steps.get(fate.by) if fate.by is not None else None
    since = f" Step {by.no}: {by.label}." if by is not None else ""
    return f"{what}: {word}. {fate.why}{since}"


def redo(parsed: argparse.Namespace) -> int:
    """Bring back what was undone last."""
    with closing(opened(parsed.doc)) as document:
        touched = document.redo()
    print(f"Redid {touched.label}.")
    return DONE
