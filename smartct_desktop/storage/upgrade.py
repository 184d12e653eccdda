"""Bringing a document to the newest version, step by step; never back."""

from __future__ import annotations

from dataclasses import dataclass

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.storage.connection import Connection
from smartct_desktop.storage.copies import records_of
from smartct_desktop.storage.errors import damaged
from smartct_desktop.storage.migrations import (
    v0001_first_tables,
    v0002_attached_contents,
    v0003_findings,
    v0004_related_steps,
    v0005_derived_fields,
    v0006_rule_values,
    v0007_retention_hold,
    v0008_reporting_periods,
    v0009_who_signed,
    v0010_document_id,
    v0011_joined_copies,
    v0012_restricted_use,
    v0013_since_when,
)

APPLICATION_ID = int.from_bytes(b"SMCT")
"""Stands in the header of every document: a file with another number is not ours."""


@dataclass(frozen=True, slots=True)
class Migration:
    """The plain SQL that leads from the version before to `version`.

    It must also bring the values in `change.before` and `change.after` along, if it renames a field
    or keeps it differently: undo reads them.
    """

    version: int
    statements: tuple[str, ...]


MIGRATIONS = (
    Migration(1, v0001_first_tables.STATEMENTS),
    Migration(2, v0002_attached_contents.STATEMENTS),
    Migration(3, v0003_findings.STATEMENTS),
    Migration(4, v0004_related_steps.STATEMENTS),
    Migration(5, v0005_derived_fields.STATEMENTS),
    Migration(6, v0006_rule_values.STATEMENTS),
    Migration(7, v0007_retention_hold.STATEMENTS),
    Migration(8, v0008_reporting_periods.STATEMENTS),
    Migration(9, v0009_who_signed.STATEMENTS),
    Migration(10, v0010_document_id.STATEMENTS),
    Migration(11, v0011_joined_copies.STATEMENTS),
    Migration(12, v0012_restricted_use.STATEMENTS),
    Migration(13, v0013_since_when.STATEMENTS),
)
NEWEST = MIGRATIONS[-1].version


def version_of(connection: Connection) -> int:
    """Read the version of the document's tables; 0 before there are any."""
    ((version,),) = connection.tell("PRAGMA user_version")
    return int(version)


def migrate(connection: Connection, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Run what is missing, each migration in one transaction with its number.

    Raises `Trouble`, then the document has the last version that was reached whole.
    """
    # Rebuilding a table that others refer to is only possible like this, and the switch has no
    # effect inside of a transaction.
    connection.tell("PRAGMA foreign_keys=OFF")
    try:
        for migration in migrations:
            if migration.version > version_of(connection):
                _run(connection, migration)
    finally:
        connection.tell("PRAGMA foreign_keys=ON")


def _run(connection: Connection, migration: Migration) -> None:
    with connection.transaction("BEGIN EXCLUSIVE"):
        for statement in migration.statements:
            connection.tell(statement)
        connection.tell(f"PRAGMA application_id={APPLICATION_ID}")
        connection.tell(f"PRAGMA user_version={migration.version:d}")
        _check(connection, migration.version)


def _check(connection: Connection, version: int) -> None:
    """Raise `Trouble` if something got lost on the way."""
    if connection.tell("PRAGMA foreign_key_check"):
        raise damaged()
    for kind, records in connection.tell("SELECT kind, records FROM tally"):
        there = records_of(connection, kind)
        if there != records:
            raise Trouble(
                Sentence(
                    "The document cannot be brought to version {version}: {lost} records of {kind}"
                    " would be lost.",
                    version=version,
                    lost=records - there,
                    kind=kind,
                ),
                Sentence("It was left as it is. Please report this."),
            )
