"""Runs the benchmarks and prints one table: `python3 run.py --bench [GROUP ...] [--runs N]`.

Absolute times say little on a shared machine; the ratios to the floor of the same run do.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable
from pathlib import Path

from benchmarks import figures, gaps, importing, protection, reading, rules, start, tables, writing
from benchmarks.lines import Line, table

GROUPS: dict[str, Callable[..., list[Line]]] = {
    "start": start.measure,
    "tables": tables.measure,
    "reading": reading.measure,
    "import": importing.measure,
    "rules": rules.measure,
    "figures": figures.measure,
    "export": writing.measure,
    "protection": protection.measure,
    "gaps": gaps.measure,
}
"""Each takes the number of runs and `large`: whether to include the sizes that take minutes."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py --bench", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each line")
    parser.add_argument("--large", action="store_true", help="with a million exchanges")
    parser.add_argument("--out", type=Path, help="write the table there as well")
    parsed = parser.parse_args()
    unknown = set(parsed.groups) - set(GROUPS)
    if unknown:
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    text = f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores\n"
    print(text)
    for name in parsed.groups or GROUPS:
        drawn = f"### {name}\n\n{table(GROUPS[name](parsed.runs, large=parsed.large))}\n"
        print(drawn, flush=True)
        text += f"\n{drawn}"
    if parsed.out:
        parsed.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
