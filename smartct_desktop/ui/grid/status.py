"""How the states of records look: the tone of their pill, and which rows step back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smartct_desktop.domain.fields import Options, Value
from smartct_desktop.domain.records.event import EventStatus
from smartct_desktop.domain.records.exchange import ExchangeStatus
from smartct_desktop.domain.records.organisation import OrganisationStatus
from smartct_desktop.ui.theme.tones import Tone


@dataclass(frozen=True, slots=True)
class Shade:
    """The looks of a state; `at_rest` has no ground, `quiet` draws the whole row in grey."""

    tone: Tone
    at_rest: bool = False
    quiet: bool = False


_WAITING = Shade(Tone.WAITING)
_OURS = Shade(Tone.WARNING)
_DONE = Shade(Tone.DONE)
_REST = Shade(Tone.DONE, at_rest=True)
_CALM = Shade(Tone.CALM)
_QUIET = Shade(Tone.CALM, quiet=True)
_WRONG = Shade(Tone.ERROR)

_SHADES: Mapping[Options, Shade] = {
    ExchangeStatus.DRAFT: _CALM,
    ExchangeStatus.REG: _CALM,
    ExchangeStatus.PVAL: _WAITING,
    ExchangeStatus.MPROP: _WAITING,
    ExchangeStatus.MACC: _WAITING,
    ExchangeStatus.CTQ: _WAITING,
    ExchangeStatus.FAA: _WAITING,
    ExchangeStatus.READY: _WAITING,
    ExchangeStatus.ONG: _WAITING,
    ExchangeStatus.REPDUE: _OURS,
    ExchangeStatus.VOREP: _OURS,
    ExchangeStatus.REPS: _OURS,
    ExchangeStatus.VAL: _DONE,
    ExchangeStatus.PAYDUE: _OURS,
    ExchangeStatus.PAID: _DONE,
    ExchangeStatus.CLOSED: _REST,
    ExchangeStatus.REJ: _QUIET,
    ExchangeStatus.DECL: _QUIET,
    ExchangeStatus.CANC: _QUIET,
    ExchangeStatus.INT: _OURS,
    ExchangeStatus.NVAL: _WRONG,
    ExchangeStatus.RECOV: _WRONG,
    EventStatus.PLANNED: _WAITING,
    EventStatus.HELD: _REST,
    EventStatus.POSTPONED: _OURS,
    EventStatus.CANCELLED: _QUIET,
    OrganisationStatus.ACTIVE: _CALM,
    OrganisationStatus.INACTIVE: _QUIET,
}


def shade_of(value: Value) -> Shade | None:
    """How a state is drawn; None for anything that is no state."""
    return _SHADES.get(value) if isinstance(value, Options) else None


def is_state(options: type[Options]) -> bool:
    """Whether the answers are states, which are drawn as pills."""
    return any(option in _SHADES for option in options)
