"""What of a table is drawn or marked, as plain data: charts, tones of cells, shares of a whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Drawn(Enum):
    """How the values of a series are drawn."""

    BARS = "bars"
    """Lying bars, one for each row: for long labels."""
    COLUMNS = "columns"
    """Standing bars, one for each row: for what follows one another."""
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Series:
    """One column of numbers in a chart, by its heading."""

    heading: str
    drawn: Drawn


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of some columns of a table.

    `labels` is the heading of the column that names the rows. Bars stand alone; columns and lines
    share a picture. `rows` is how many rows from the first on are drawn, None for all of them;
    `measure` is what the axis of the numbers counts, `top` where it ends (None: where it fits).
    """

    title: str
    labels: str
    series: tuple[Series, ...]
    rows: int | None = None
    measure: str = ""
    top: int | None = None

    def __post_init__(self) -> None:
        kinds = {one.drawn for one in self.series}
        if not kinds or (Drawn.BARS in kinds and len(kinds) > 1):
            raise ValueError("a chart has series, and bars share it with nothing else")


class Tone(Enum):
    """What a mark tells: something is wrong, late or doubtful, or as it should be."""

    ERROR = "error"
    WARNING = "warning"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Mark:
    """Which cells of a column stand out.

    Those that hold exactly `text`; or a number above `above`; with neither all that hold anything.
    """

    tone: Tone
    text: str = ""
    above: int | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """That a column is `part` in percent of `whole`: two columns to its sides, by heading.

    A workbook counts it itself; the value that the row brings is the result stored beside.
    """

    part: str
    whole: str
