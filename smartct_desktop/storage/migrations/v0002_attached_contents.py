"""Room for the contents of attached files."""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE content (
  rowid INTEGER NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (rowid)
) STRICT""",
    """CREATE UNIQUE INDEX ix_content_sha256 ON content (sha256)""",
    """CREATE TABLE content_piece (
  rowid INTEGER NOT NULL, content INTEGER NOT NULL, n INTEGER NOT NULL, packed INTEGER NOT NULL,
  bytes BLOB NOT NULL, PRIMARY KEY (rowid), CONSTRAINT fk_content_piece_content
  FOREIGN KEY(content) REFERENCES content (rowid)
) STRICT""",
    """CREATE UNIQUE INDEX ix_content_piece_content ON content_piece (content, n)""",
)
