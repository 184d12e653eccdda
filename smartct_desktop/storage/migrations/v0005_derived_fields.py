"""Derived fields of exchanges: kept by every step, and no part of the history and the search."""

from __future__ import annotations

_TEXTS = (
    *("amount_note", "counted_reason", "cxc_id", "expected_outcomes", "follow_up", "goals"),
    *("group", "ho_city", "ho_region", "number", "outcome", "ref", "remark"),
    *("status_reason", "tool_status"),
)
"""The texts of exchanges that are searched, by name as the index has them."""

_SEARCHED = " || ".join(f"coalesce(char(10) || nullif({name}_folded, ''), '')" for name in _TEXTS)

_LEFT_OUT = "'$.entitlement_cents', '$.entitlement_note'"

STATEMENTS = (
    "ALTER TABLE exchange ADD COLUMN computed_days INTEGER",
    "ALTER TABLE exchange ADD COLUMN paid_cents INTEGER",
    "ALTER TABLE exchange ADD COLUMN payment_note TEXT",
    "ALTER TABLE exchange ADD COLUMN payment_note_folded TEXT",
    "ALTER TABLE exchange ADD COLUMN payable_on TEXT",
    "ALTER TABLE exchange ADD COLUMN pay_by TEXT",
    "ALTER TABLE exchange ADD COLUMN fact_status TEXT",
    "ALTER TABLE exchange ADD COLUMN fact_status_note TEXT",
    "ALTER TABLE exchange ADD COLUMN fact_status_note_folded TEXT",
    """CREATE TABLE finding_wake (
  kind TEXT NOT NULL, record INTEGER NOT NULL, day TEXT NOT NULL, PRIMARY KEY (kind, record)
) WITHOUT ROWID, STRICT""",
    "CREATE INDEX ix_finding_wake_day ON finding_wake (day)",
    """UPDATE exchange
SET entitlement_cents = NULL, entitlement_note = NULL, entitlement_note_folded = NULL""",
    "INSERT INTO find_exchange (find_exchange) VALUES ('delete-all')",
    f"""INSERT INTO find_exchange (rowid, text)
SELECT rowid, substr({_SEARCHED}, 2) FROM exchange WHERE {_SEARCHED} <> ''""",  # noqa: S608 -- names of ours
    f"""UPDATE change SET before = json_remove(before, {_LEFT_OUT})
WHERE kind = 'exchange' AND before LIKE '%"entitlement_%'""",  # noqa: S608 -- names of ours
    f"""UPDATE change SET after = json_remove(after, {_LEFT_OUT})
WHERE kind = 'exchange' AND after LIKE '%"entitlement_%'""",  # noqa: S608 -- names of ours
    "DELETE FROM meta WHERE key = 'examined_by'",
)
"""All exchanges are looked at anew at the first opening, which fills the derived fields in."""
