"""Closed periods with their figures, and the records behind these, as they were sent."""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE reporting_period (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, first TEXT, last TEXT NOT NULL,
  closed_on TEXT NOT NULL, closed_by TEXT, report TEXT NOT NULL, language TEXT, file TEXT,
  sha256 TEXT, opened_on TEXT, name_folded TEXT, closed_by_folded TEXT, report_folded TEXT,
  language_folded TEXT, file_folded TEXT, sha256_folded TEXT, opened_because TEXT,
  opened_because_folded TEXT, PRIMARY KEY (rowid)
) STRICT""",
    """CREATE UNIQUE INDEX ix_reporting_period_id ON reporting_period (id)""",
    """CREATE INDEX ix_reporting_period_name_folded ON reporting_period (name_folded)""",
    """CREATE TABLE sent_figure (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, period INTEGER NOT NULL, code TEXT NOT NULL,
  name TEXT NOT NULL, rule TEXT NOT NULL, span TEXT NOT NULL, cluster TEXT, cluster_name TEXT,
  visitor_types TEXT, records_kind TEXT NOT NULL, target INTEGER, value INTEGER NOT NULL,
  unit TEXT, code_folded TEXT, name_folded TEXT, rule_folded TEXT, cluster_folded TEXT,
  cluster_name_folded TEXT, visitor_types_folded TEXT, records_kind_folded TEXT,
  unit_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT fk_sent_figure_period FOREIGN KEY(period)
  REFERENCES reporting_period (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE UNIQUE INDEX ix_sent_figure_id ON sent_figure (id)""",
    """CREATE INDEX ix_sent_figure_name_folded ON sent_figure (name_folded)""",
    """CREATE INDEX ix_sent_figure_period ON sent_figure (period)""",
    """CREATE TABLE sent_records (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, figure INTEGER NOT NULL, place INTEGER NOT NULL,
  lines TEXT NOT NULL, lines_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT fk_sent_records_figure
  FOREIGN KEY(figure) REFERENCES sent_figure (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_sent_records_figure ON sent_records (figure)""",
    """CREATE UNIQUE INDEX ix_sent_records_id ON sent_records (id)""",
    """CREATE VIRTUAL TABLE find_reporting_period
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_sent_figure
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_sent_records
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """INSERT INTO tally (kind, records, last) VALUES
  ('reporting_period', 0, 0), ('sent_figure', 0, 0), ('sent_records', 0, 0)""",
)
