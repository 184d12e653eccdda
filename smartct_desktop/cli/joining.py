"""The command that merges another copy of a document into it."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartct_desktop.cli.answers_file import read_answers
from smartct_desktop.cli.outcome import DONE, OPEN_QUESTIONS, print_json
from smartct_desktop.cli.passwords import key_for
from smartct_desktop.cli.progress_line import told
from smartct_desktop.domain.changes import Action, PastStep
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.programme import ProgrammeFacts

if TYPE_CHECKING:
    from smartct_desktop.domain.joining import Answers
    from smartct_desktop.services.joining import Joining
    from smartct_desktop.services.joining_words import JoiningWords


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what the command can be told."""
    command.add_argument("other", type=Path, metavar="OTHER", help="the copy changed elsewhere")
    command.add_argument(
        "--answers", type=Path, metavar="ANSWERS.json", help="answers to questions"
    )
    command.add_argument(
        "--accept-proposals", action="store_true", help="answer each question with its proposal"
    )
    command.add_argument("--dry-run", action="store_true", help="only say what would happen")


def merge(parsed: argparse.Namespace) -> int:
    """Merge as one step. While a question is open nothing is written, and the code says so."""
    from smartct_desktop.domain.joining import Answers
    from smartct_desktop.services.comparing_copies import compare
    from smartct_desktop.services.joining import merge_copy, plan
    from smartct_desktop.services.joining_words import JoiningWords
    from smartct_desktop.services.texts import ISO, Texts

    answers = Answers(read_answers(parsed.answers), proposals=parsed.accept_proposals)
    facts = ProgrammeFacts()
    key = key_for(parsed.doc)
    other_key = key_for(parsed.other, key)
    with closing(open_document(parsed.doc, read_only=parsed.dry_run, key=key)) as document:
        with told(Progress()) as progress:
            compared = compare(document, parsed.other, progress, other_key)
            joining = plan(compared, answers, facts)
            write = not (parsed.dry_run or joining.open or compared.same)
            if write:
                document.announce(merge_copy(document, joining, progress))
        words = JoiningWords(compared, Texts(facts, ISO))
        if parsed.json:
            print_json(_as_json(joining, words, answers, written=write))
        else:
            _tell(joining, words, answers, written=write)
    return OPEN_QUESTIONS if joining.open and not compared.same else DONE


def _outcome(joining: Joining, *, written: bool) -> str:
    if joining.compared.same:
        return "nothing"
    if written:
        return "merged"
    return "questions" if joining.open else "planned"


def _as_json(
    joining: Joining, words: JoiningWords, answers: Answers, *, written: bool
) -> dict[str, Any]:
    compared = joining.compared
    return {
        "format": "smartct-merge/1",
        "copy": compared.name,
        "outcome": _outcome(joining, written=written),
        "ours": _steps_json(compared.our_steps, compared.our_undone),
        "theirs": _steps_json(compared.their_steps, compared.their_undone),
        "counts": {action.value: dict(joining.counts[action]) for action in Action},
        "questions": [_question_json(joining, words, n) for n in range(len(joining.doubts))],
        "unused_answers": [list(one) for one in joining.unused(answers)],
        "notes": [str(note) for note in words.notes(joining)],
    }


def _steps_json(steps: tuple[PastStep, ...], undone: tuple[PastStep, ...]) -> list[dict[str, Any]]:
    return [
        {"at": one.at.isoformat(), "by": one.by, "label": one.label, "undone": one in undone}
        for one in (*steps, *undone)
    ]


def _question_json(joining: Joining, words: JoiningWords, place: int) -> dict[str, Any]:
    doubt = joining.doubts[place]
    asked = words.asked(doubt)
    return {
        "id": doubt.topic.value,
        "item": doubt.item,
        "text": str(asked.sentence),
        "options": {answer.value: str(option) for answer, option in asked.options},
        "propose": doubt.propose.value if doubt.propose else None,
        "answer": doubt.answer.value if doubt.answer else None,
        "before": asked.before or None,
        "ours": asked.ours or None,
        "theirs": asked.theirs or None,
    }


def _tell(joining: Joining, words: JoiningWords, answers: Answers, *, written: bool) -> None:
    from smartct_desktop.services.joining_words import counted, in_order, steps_words

    compared = joining.compared
    if compared.same:
        print(f"{compared.name} holds nothing that is not here already.")
        return
    ours = steps_words(len(compared.our_steps), len(compared.our_undone))
    theirs = steps_words(len(compared.their_steps), len(compared.their_undone))
    print(f"Since the copies parted, here: {ours}; in {compared.name}: {theirs}.")
    for step in compared.their_steps:
        print(f"  {step.at.astimezone():%Y-%m-%d %H:%M}  {step.by:<12}  {step.label}")
    for step in compared.their_undone:
        print(f"  {step.at.astimezone():%Y-%m-%d %H:%M}  {step.by:<12}  undone: {step.label}")
    for line in counted(joining.counts):
        print(f"  {line}")
    for note in words.notes(joining):
        print(f"  {note}")
    for doubt in in_order(joining.open):
        asked = words.asked(doubt)
        print(f"Question {doubt.topic.value}, {doubt.item}:")
        print(f"  {asked.sentence}")
        for answer, option in asked.options:
            proposed = " (proposed)" if answer is doubt.propose else ""
            print(f"    {answer.value}: {' / '.join(option.splitlines())}{proposed}")
    for topic, item in joining.unused(answers):
        print(f"  The answer to {topic}{item and ', '}{item} belongs to no question.")
    print(_last_words(joining, written=written))


def _last_words(joining: Joining, *, written: bool) -> str:
    name = joining.compared.name
    if written:
        return f"Merged {name} as one step; undo takes it back."
    if joining.open:
        n = len(joining.open)
        questions = "1 question is" if n == 1 else f"{n} questions are"
        return f"{questions} open; nothing was changed."
    return f"{name} can be merged; nothing was changed."
