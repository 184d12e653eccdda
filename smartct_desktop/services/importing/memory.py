"""What was answered for a file, kept with its sender, so that nobody is asked again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.json_text import read_json
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.sender import Sender
from smartct_desktop.services.edit import Edit
from smartct_desktop.services.importing.asked import Reply
from smartct_desktop.services.importing.learned import learned_from
from smartct_desktop.services.importing.plan import Plan
from smartct_desktop.services.importing.questions import KEEP, Answers

_MOST_FILES = 30
_UNKNOWN = "?"


def answers_of(plan: Plan) -> dict[str, Reply | dict[str, Reply]]:
    """Give the answers that a plan rests on, in the form of an answers file.

    What was kept stays kept; what was taken over a correction is what is stored now.
    """
    found: dict[str, Reply | dict[str, Reply]] = {told.id: told.answer for told in plan.told}
    if kept := {held.key: True for held in plan.held if not held.by_hand}:
        found[KEEP] = dict(kept)
    for question in plan.questions:
        if question.single:
            if question.items[0].answered:
                found[question.id] = question.items[0].answer
        elif given := {item.key: item.answer for item in question.items if item.answered}:
            found[question.id] = given
    return found


def remember(plan: Plan, edit: Edit, reader: Reader) -> None:
    """Keep the answers of a plan with the sender, by the content of the file."""
    answers = answers_of(plan)
    if not answers:
        return
    name = plan.sender.cluster if plan.sender else _UNKNOWN
    sender = next((s for s in reader.all(Sender) if s.name == name), None)
    known = _files(sender)
    known.pop(plan.sha256, None)
    kept = dict([*known.items(), (plan.sha256, answers)][-_MOST_FILES:])
    text = json.dumps(kept, ensure_ascii=False)
    mappings = sender.mappings if sender else None
    if plan.sender is not None:  # nobody's habits are no habits
        mappings = learned_from(plan, mappings)
    if sender is None:
        cluster = plan.sender.id if plan.sender else None
        edit.add(Sender(name=name, cluster=cluster, mappings=mappings, answers=text))
    else:
        edit.update(sender.replace(mappings=mappings, answers=text))


def remembered(reader: Reader, sha256: str) -> dict[str, Any]:
    """Give the answers that were given for a file with this content."""
    for sender in reader.all(Sender):
        found = _files(sender).get(sha256)
        if isinstance(found, dict):
            return dict(found)
    return {}


def habits_of(reader: Reader, cluster: Id) -> str | None:
    """Give what was learned of a cluster's files, for `learned.carried_over`."""
    return next((s.mappings for s in reader.all(Sender) if s.cluster == cluster), None)


def merged(known: Mapping[str, Any], given: Answers) -> dict[str, Any]:
    """Put answers together; those given now have the say, item by item."""
    found = dict(known)
    for question, answer in given.items():
        before = found.get(question)
        both = isinstance(before, Mapping) and isinstance(answer, Mapping)
        found[question] = {**before, **answer} if both else answer  # type: ignore[dict-item]
    return found


def _files(sender: Sender | None) -> dict[str, Any]:
    if sender is None or not sender.answers:
        return {}
    try:
        found = read_json(sender.answers)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
