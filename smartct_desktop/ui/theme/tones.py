"""The tones a status, a finding or an outcome can have; the word beside them says what it is."""

from __future__ import annotations

from enum import Enum


class Tone(Enum):
    """What a colour means. It only helps to find the word, it never stands alone."""

    ERROR = "error"  # wrong; the record cannot stay like this
    WARNING = "warning"  # ours to do, or doubtful
    WAITING = "waiting"  # a partner's turn, still to come, or a question
    DONE = "done"  # finished, in order
    CALM = "calm"  # nothing to do, nothing wrong
    ACCENT = "accent"  # you can act here (an import that changes a record)

    @property
    def ink(self) -> str:
        """The token of word and sign."""
        return self.value

    @property
    def ground(self) -> str:
        """The token of a pill's or note's ground."""
        return "soft" if self is Tone.ACCENT else f"{self.value}-soft"

    @property
    def line(self) -> str:
        """The token of a box's border."""
        return "accent" if self is Tone.ACCENT else f"{self.value}-line"

    @property
    def sign(self) -> str:
        """The name of the icon that stands before the word."""
        return _SIGNS[self]


_SIGNS = {
    Tone.ERROR: "circle-alert",
    Tone.WARNING: "triangle-alert",
    Tone.WAITING: "circle-help",
    Tone.DONE: "check",
    Tone.CALM: "info",
    Tone.ACCENT: "arrow-right",
}
