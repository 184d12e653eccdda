"""How steps and changes are said: moments, days, and each field before and after."""

from __future__ import annotations

from datetime import date, datetime

from smartct_desktop.domain.changes import (
    Action,
    PastChange,
    PastStep,
    Related,
    Relation,
    StepState,
)
from smartct_desktop.domain.fields import Day, Time
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.i18n import tr

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def local_day(at: datetime) -> date:
    """The day of a moment where this machine stands."""
    return at.astimezone().date()


def clock(at: datetime, texts: Texts) -> str:
    """The time of day of a moment where this machine stands."""
    return texts.shown(Time(), at.astimezone().time().replace(second=0, microsecond=0))


def day_words(day: date, today: date, texts: Texts) -> str:
    """“Today, Thursday 16.06.2022”."""
    name = f"{tr(_DAYS[day.weekday()])} {texts.shown(Day(), day)}"
    match (today - day).days:
        case 0:
            return tr("Today, {day}", day=name)
        case 1:
            return tr("Yesterday, {day}", day=name)
        case _:
            return name


def moment_words(at: datetime, texts: Texts) -> str:
    """Day and time of a moment."""
    return f"{texts.shown(Day(), local_day(at))} {clock(at, texts)}"


def step_words(step: PastStep) -> str:
    """The name of a step as a sentence begins."""
    return step.label[:1].upper() + step.label[1:]


def state_words(step: PastStep) -> str:
    """What became of a step, if it does not simply hold."""
    if step.answer is not None:
        return _answer_words(step.answer)
    match step.state:
        case StepState.DONE:
            return ""
        case StepState.UNDONE:
            return tr("undone")
        case StepState.SET_ASIDE:
            return tr("undone and set aside")
        case StepState.NOTED:
            return tr("noted; nothing was changed")


def _answer_words(answer: Related) -> str:
    match answer.relation:
        case Relation.UNDOES:
            return tr("undone later")
        case Relation.UNDOES_PART:
            return tr("partly undone later")
        case Relation.REDOES:
            return tr("done again later")
        case Relation.REDOES_PART:
            return tr("partly done again later")


def struck(step: PastStep) -> bool:
    """Whether nothing of a step holds any more, so that its name is struck through."""
    if step.answer is not None:
        return step.answer.relation is Relation.UNDOES
    return step.state in (StepState.UNDONE, StepState.SET_ASIDE)


def related_to(step: PastStep) -> Related | None:
    """The other step to look at: that which undid this one or did it again, or was undone by it."""
    return step.answer or step.about


def deed_words(change: PastChange) -> str:
    """What a change did to its record."""
    match change.action:
        case Action.ADD:
            return tr("added")
        case Action.CHANGE:
            return tr("changed")
        case Action.REMOVE:
            return tr("removed")
