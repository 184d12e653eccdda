"""What a selection of rows says as text for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from smartct_desktop.ui.grid.columns import AnyColumn, heading
from smartct_desktop.ui.grid.model import RecordModel


def as_tsv(model: RecordModel, rows: Iterable[int], order: Sequence[int]) -> str:
    """Headings and cells, split by tabs, as spreadsheet programs take them.

    `order` are the columns as they stand on the screen. A cell with tabs, line breaks or quotes
    in it is quoted, as Excel does it.
    """
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\r\n")
    columns: list[AnyColumn] = [model.columns[place] for place in order]
    writer.writerow([heading(column) for column in columns])
    for row in rows:
        line = model.line(row)
        if line is not None and line.texts is not None:
            writer.writerow([line.texts[place] for place in order])
    return out.getvalue()
