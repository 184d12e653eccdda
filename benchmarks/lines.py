"""One line of the benchmark table: our figure beside its floor, measured in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured: medians in `unit`, `floor` being the least anybody needs for the same.

    `goal` is the ratio we want to stay under; None where nothing was promised.
    """

    what: str
    ours: float
    floor: float
    floor_is: str
    unit: str = "ms"
    goal: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.floor if self.floor else float("inf")


Clock = Callable[[], float]
"""Gives seconds: the wall's (`time.perf_counter`) or the processor's (`time.process_time`)."""


def milliseconds(work: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """Run once and give the time."""
    start = clock()
    work()
    return (clock() - start) * 1000


def in_turn(
    ours: Callable[[], object],
    floor: Callable[[], object],
    runs: int,
    clock: Clock = time.perf_counter,
) -> tuple[float, float]:
    """Run both in turn, after one uncounted turn, and give the medians in milliseconds.

    Taking turns keeps a machine whose speed drifts from favouring one of the two.
    """
    ours()
    floor()
    pairs = [(milliseconds(ours, clock), milliseconds(floor, clock)) for _ in range(runs)]
    return (statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs))


def table(lines: list[Line]) -> str:
    """Draw the lines as a Markdown table."""
    head = "| what | ours | floor | floor is | ratio | goal |\n|---|--:|--:|---|--:|--:|"
    rows = [
        f"| {line.what} | {line.ours:,.1f} {line.unit} | {line.floor:,.1f} {line.unit} "
        f"| {line.floor_is} | {line.ratio:.2f} | {_goal(line)} |"
        for line in lines
    ]
    return "\n".join([head, *rows])


def _goal(line: Line) -> str:
    return "" if line.goal is None else f"≤ {line.goal:g}"
