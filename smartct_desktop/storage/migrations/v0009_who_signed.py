"""For whom a person of an exchange signed; organisations that share a domain of e-mails."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE exchange_person ADD COLUMN signs_for TEXT",
    "CREATE INDEX ix_organisation_email_domain_folded ON organisation (email_domain_folded)",
)
