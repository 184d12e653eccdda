"""The tables as the record types declare them today, as the text of a migration.

`python -m tests.storage.declared` prints the module of a first migration. Once a version with it
is released, that module stays as it is, and changes of the record types come in migrations of
their own.
"""

import sys
import textwrap

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from smartct_desktop.storage.books import BOOKS
from smartct_desktop.storage.tables import FIND_MODULE, Tables

DIALECT = sqlite.dialect()


def declared_statements():
    """The statements that make all tables, and the rows every document has."""
    tables = Tables()
    made = [*BOOKS.tables.values(), *(tables[kind].table for kind in tables.kinds)]
    for table in made:
        yield _compact(str(CreateTable(table).compile(dialect=DIALECT)))
        for index in sorted(table.indexes, key=lambda i: i.name):
            yield str(CreateIndex(index).compile(dialect=DIALECT))
    for kind in tables.kinds:
        find = tables[kind].find
        if find is not None:
            yield f"CREATE VIRTUAL TABLE {find.name}\nUSING {FIND_MODULE}"
    yield "INSERT INTO meta (key, value) VALUES ('moment', '0'), ('last_written_by', '')"
    rows = _wrapped([f"('{kind}', 0, 0)," for kind in tables.kinds]).rstrip(",")
    yield f"INSERT INTO tally (kind, records, last) VALUES\n{rows}"


def _compact(statement):
    """Several columns in a line: a table is read as a whole, and the module stays short."""
    lines = [line.strip() for line in statement.strip().splitlines()]
    head, *columns = [line for line in lines if line]
    end = columns.index(")") if ")" in columns else None
    if end is None:  # ") STRICT" in one line
        columns[-1:], end = [")", columns[-1].removeprefix(")").strip()], len(columns) - 1
    return "\n".join([head, _wrapped(columns[:end]), f") {' '.join(columns[end + 1 :])}"])


def _wrapped(parts):
    unbroken = " ".join(p if "REFERENCES" in p else p.replace(" ", "\0") for p in parts)
    filled = textwrap.fill(
        unbroken, 96, initial_indent="  ", subsequent_indent="  ", break_long_words=False
    )
    return filled.replace("\0", " ")


def module_text():
    """The whole module of the first migration."""
    statements = "".join(f'    """{statement.strip()}""",\n' for statement in declared_statements())
    return (
        '"""The first tables, frozen as they were when the first documents were made."""\n\n'
        "from __future__ import annotations\n\n"
        f"STATEMENTS = (\n{statements})\n"
    )


if __name__ == "__main__":
    sys.stdout.write(module_text())
