"""Values of the rules, public holidays and places of a document, and what is looked up by text."""

from __future__ import annotations

STATEMENTS = (
    """CREATE INDEX ix_organisation_vat_folded ON organisation (vat_folded)""",
    """CREATE INDEX ix_exchange_cxc_id_folded ON exchange (cxc_id_folded)""",
    """CREATE TABLE rule_value (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, rule_set TEXT NOT NULL, name TEXT NOT NULL,
  value TEXT NOT NULL, valid_from TEXT, valid_to TEXT, status TEXT, source TEXT NOT NULL,
  source_on TEXT, rule_set_folded TEXT, name_folded TEXT, value_folded TEXT, source_folded TEXT,
  note TEXT, note_folded TEXT, PRIMARY KEY (rowid)
) STRICT""",
    """CREATE UNIQUE INDEX ix_rule_value_id ON rule_value (id)""",
    """CREATE INDEX ix_rule_value_rule_set_folded ON rule_value (rule_set_folded)""",
    """CREATE TABLE holiday (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, date TEXT NOT NULL, name TEXT NOT NULL,
  country TEXT NOT NULL, region_code TEXT, city TEXT, source TEXT, name_folded TEXT,
  region_code_folded TEXT, city_folded TEXT, source_folded TEXT, PRIMARY KEY (rowid)
) STRICT""",
    """CREATE INDEX ix_holiday_date ON holiday (date)""",
    """CREATE UNIQUE INDEX ix_holiday_id ON holiday (id)""",
    """CREATE TABLE place (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
  latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, region_code TEXT, source TEXT,
  name_folded TEXT, region_code_folded TEXT, source_folded TEXT, other_names TEXT,
  other_names_folded TEXT, PRIMARY KEY (rowid)
) STRICT""",
    """CREATE UNIQUE INDEX ix_place_id ON place (id)""",
    """CREATE INDEX ix_place_name_folded ON place (name_folded)""",
    """CREATE VIRTUAL TABLE find_rule_value
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_holiday
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_place
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """INSERT INTO tally (kind, records, last) VALUES
  ('rule_value', 0, 0), ('holiday', 0, 0), ('place', 0, 0)""",
)
