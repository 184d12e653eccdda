"""Room for what the rules say of the records."""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE finding (
  kind TEXT NOT NULL, record INTEGER NOT NULL, n INTEGER NOT NULL, code TEXT NOT NULL,
  severity INTEGER NOT NULL, field TEXT NOT NULL, said TEXT, PRIMARY KEY (kind, record, n)
) WITHOUT ROWID, STRICT""",
    """CREATE INDEX ix_finding_code ON finding (severity, code, kind, record, n)""",
    """CREATE INDEX ix_finding_severity ON finding (kind, severity, record)""",
    """CREATE TABLE finding_tally (
  code TEXT NOT NULL, kind TEXT NOT NULL, severity INTEGER NOT NULL, findings INTEGER NOT NULL,
  PRIMARY KEY (code, kind, severity)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE finding_due (
  kind TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (kind, first)
) WITHOUT ROWID, STRICT""",
)
