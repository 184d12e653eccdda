"""The first tables, frozen as they were when the first documents were made."""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE meta (
  "key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key")
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE tally (
  kind TEXT NOT NULL, records INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (kind)
) WITHOUT ROWID, STRICT""",
    """CREATE TABLE step (
  no INTEGER NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, "by" TEXT NOT NULL,
  label TEXT NOT NULL, state TEXT NOT NULL, records INTEGER NOT NULL, file TEXT, sha256 TEXT,
  sender TEXT, turned_at TEXT, folded TEXT NOT NULL, PRIMARY KEY (no)
) STRICT""",
    """CREATE INDEX ix_step_sha256 ON step (sha256)""",
    """CREATE INDEX ix_step_state ON step (state, no)""",
    """CREATE TABLE change (
  step INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL,
  action TEXT NOT NULL, place INTEGER, "before" TEXT, "after" TEXT, sheet TEXT, "row" INTEGER,
  PRIMARY KEY (step, n), CONSTRAINT fk_change_step FOREIGN KEY(step) REFERENCES step (no)
) WITHOUT ROWID, STRICT""",
    """CREATE INDEX ix_change_record ON change (record, step)""",
    """CREATE TABLE partnership (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, acronym TEXT NOT NULL, full_name TEXT, own INTEGER,
  rule_set TEXT, call TEXT, grant_number TEXT, starts_on TEXT, planned_months INTEGER,
  ends_on TEXT, balance_paid_on TEXT, counted_from TEXT, planned_exchanges INTEGER,
  grant_cents INTEGER, fstp_budget_cents INTEGER, partners INTEGER, themes TEXT, website TEXT,
  acronym_folded TEXT, full_name_folded TEXT, rule_set_folded TEXT, call_folded TEXT,
  grant_number_folded TEXT, themes_folded TEXT, website_folded TEXT, origin TEXT,
  objectives TEXT, specific_objectives TEXT, expected_results TEXT, remark TEXT,
  origin_folded TEXT, objectives_folded TEXT, specific_objectives_folded TEXT,
  expected_results_folded TEXT, remark_folded TEXT, PRIMARY KEY (rowid)
) STRICT""",
    """CREATE INDEX ix_partnership_acronym_folded ON partnership (acronym_folded)""",
    """CREATE UNIQUE INDEX ix_partnership_id ON partnership (id)""",
    """CREATE TABLE organisation (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, name_latin TEXT,
  legal_name TEXT, legal_form TEXT, type TEXT, scaleup_kind TEXT, status TEXT, country TEXT,
  base_country TEXT, region TEXT, region_code TEXT, city TEXT, postcode TEXT, address TEXT,
  latitude INTEGER, longitude INTEGER, vat TEXT, national_number TEXT, pic TEXT, lei TEXT,
  cxc_profile TEXT, sme INTEGER, sme_basis TEXT, headcount INTEGER, turnover_cents INTEGER,
  balance_cents INTEGER, size_on TEXT, contact TEXT, contact_email TEXT, contact_phone TEXT,
  email_domain TEXT, website TEXT, founded_year INTEGER, partnership INTEGER, partner_role TEXT,
  partner_budget_cents INTEGER, exchange_target INTEGER, sectoral_industries TEXT,
  technology_fields TEXT, smart_specialisation TEXT, emerging_industries TEXT, ecosystems TEXT,
  eccp_profiled INTEGER, eccp_link TEXT, beneficiary INTEGER, name_folded TEXT,
  name_latin_folded TEXT, legal_name_folded TEXT, legal_form_folded TEXT, region_folded TEXT,
  region_code_folded TEXT, city_folded TEXT, postcode_folded TEXT, address_folded TEXT,
  vat_folded TEXT, national_number_folded TEXT, pic_folded TEXT, lei_folded TEXT,
  cxc_profile_folded TEXT, contact_folded TEXT, contact_email_folded TEXT,
  contact_phone_folded TEXT, email_domain_folded TEXT, website_folded TEXT,
  eccp_link_folded TEXT, aliases TEXT, group_note TEXT, remark TEXT, aliases_folded TEXT,
  group_note_folded TEXT, remark_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT
  fk_organisation_partnership FOREIGN KEY(partnership) REFERENCES partnership (rowid) DEFERRABLE
  INITIALLY DEFERRED
) STRICT""",
    """CREATE UNIQUE INDEX ix_organisation_id ON organisation (id)""",
    """CREATE INDEX ix_organisation_name_folded ON organisation (name_folded)""",
    """CREATE INDEX ix_organisation_partnership ON organisation (partnership)""",
    """CREATE TABLE snapshot (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, cluster INTEGER NOT NULL, as_of TEXT,
  members INTEGER, smes INTEGER, employees INTEGER, staff_fte INTEGER, told_in TEXT,
  told_in_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT fk_snapshot_cluster FOREIGN KEY(cluster)
  REFERENCES organisation (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_snapshot_cluster ON snapshot (cluster)""",
    """CREATE UNIQUE INDEX ix_snapshot_id ON snapshot (id)""",
    """CREATE TABLE label (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, cluster INTEGER NOT NULL, grade TEXT,
  awarded_on TEXT, valid_until TEXT, told_in TEXT, told_in_folded TEXT, PRIMARY KEY (rowid),
  CONSTRAINT fk_label_cluster FOREIGN KEY(cluster) REFERENCES organisation (rowid) DEFERRABLE
  INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_label_cluster ON label (cluster)""",
    """CREATE UNIQUE INDEX ix_label_id ON label (id)""",
    """CREATE TABLE membership (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, cluster INTEGER NOT NULL,
  organisation INTEGER NOT NULL, member_ref TEXT, member_kind TEXT, since TEXT, until TEXT,
  proof TEXT, member_ref_folded TEXT, proof_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT
  fk_membership_cluster FOREIGN KEY(cluster) REFERENCES organisation (rowid) DEFERRABLE
  INITIALLY DEFERRED, CONSTRAINT fk_membership_organisation FOREIGN KEY(organisation) REFERENCES
  organisation (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_membership_cluster ON membership (cluster)""",
    """CREATE UNIQUE INDEX ix_membership_id ON membership (id)""",
    """CREATE INDEX ix_membership_organisation ON membership (organisation)""",
    """CREATE TABLE person (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, given_name TEXT,
  family_name TEXT, function TEXT, organisation INTEGER, email TEXT, phone TEXT, language TEXT,
  country TEXT, third_country_national INTEGER, notice_on TEXT, photo_consent INTEGER,
  anonymised_on TEXT, name_folded TEXT, given_name_folded TEXT, family_name_folded TEXT,
  function_folded TEXT, email_folded TEXT, phone_folded TEXT, language_folded TEXT,
  PRIMARY KEY (rowid), CONSTRAINT fk_person_organisation FOREIGN KEY(organisation) REFERENCES
  organisation (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE UNIQUE INDEX ix_person_id ON person (id)""",
    """CREATE INDEX ix_person_name_folded ON person (name_folded)""",
    """CREATE INDEX ix_person_organisation ON person (organisation)""",
    """CREATE TABLE profile (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, organisation INTEGER NOT NULL, person INTEGER,
  role TEXT, partnership INTEGER, cxc_id TEXT, tool_status TEXT, languages TEXT,
  activities TEXT, preferred_countries TEXT, preferred_type TEXT, preferred_from TEXT,
  preferred_to TEXT, registered_on TEXT, validated_on TEXT, validated_by TEXT, refused_on TEXT,
  cxc_id_folded TEXT, tool_status_folded TEXT, languages_folded TEXT,
  preferred_countries_folded TEXT, preferred_type_folded TEXT, validated_by_folded TEXT,
  presentation TEXT, motivation TEXT, objectives TEXT, refusal_reason TEXT,
  presentation_folded TEXT, motivation_folded TEXT, objectives_folded TEXT,
  refusal_reason_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT fk_profile_organisation FOREIGN
  KEY(organisation) REFERENCES organisation (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT
  fk_profile_person FOREIGN KEY(person) REFERENCES person (rowid) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_profile_partnership FOREIGN KEY(partnership) REFERENCES partnership (rowid)
  DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE UNIQUE INDEX ix_profile_id ON profile (id)""",
    """CREATE INDEX ix_profile_organisation ON profile (organisation)""",
    """CREATE INDEX ix_profile_partnership ON profile (partnership)""",
    """CREATE INDEX ix_profile_person ON profile (person)""",
    """CREATE TABLE deliverable (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, code TEXT, title TEXT NOT NULL, work_package TEXT,
  due_on TEXT, delivered_on TEXT, responsible_cluster INTEGER, link TEXT, code_folded TEXT,
  title_folded TEXT, work_package_folded TEXT, link_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT
  fk_deliverable_responsible_cluster FOREIGN KEY(responsible_cluster) REFERENCES organisation
  (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_deliverable_code_folded ON deliverable (code_folded)""",
    """CREATE UNIQUE INDEX ix_deliverable_id ON deliverable (id)""",
    """CREATE INDEX ix_deliverable_responsible_cluster ON deliverable (responsible_cluster)""",
    """CREATE TABLE event (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, code TEXT, title TEXT NOT NULL, title_in_file TEXT,
  type TEXT, format TEXT, status TEXT, target_groups TEXT, open_to_smes INTEGER,
  planned_text TEXT, planned_start TEXT, planned_end TEXT, start TEXT, "end" TEXT,
  start_time TEXT, end_time TEXT, city TEXT, country TEXT, venue TEXT, host_cluster INTEGER,
  co_organisers TEXT, deliverable INTEGER, languages TEXT, participants_registered INTEGER,
  participants_reported INTEGER, satisfaction_n INTEGER, satisfaction_mean INTEGER,
  satisfaction_max INTEGER, news_link TEXT, code_folded TEXT, title_folded TEXT,
  title_in_file_folded TEXT, planned_text_folded TEXT, city_folded TEXT, venue_folded TEXT,
  co_organisers_folded TEXT, languages_folded TEXT, news_link_folded TEXT, agenda TEXT,
  remark TEXT, agenda_folded TEXT, remark_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT
  fk_event_host_cluster FOREIGN KEY(host_cluster) REFERENCES organisation (rowid) DEFERRABLE
  INITIALLY DEFERRED, CONSTRAINT fk_event_deliverable FOREIGN KEY(deliverable) REFERENCES
  deliverable (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_event_code_folded ON event (code_folded)""",
    """CREATE INDEX ix_event_deliverable ON event (deliverable)""",
    """CREATE INDEX ix_event_host_cluster ON event (host_cluster)""",
    """CREATE UNIQUE INDEX ix_event_id ON event (id)""",
    """CREATE INDEX ix_event_title_folded ON event (title_folded)""",
    """CREATE TABLE session (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, event INTEGER NOT NULL, no INTEGER, title TEXT,
  date TEXT, start_time TEXT, end_time TEXT, title_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT
  fk_session_event FOREIGN KEY(event) REFERENCES event (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_session_event ON session (event)""",
    """CREATE UNIQUE INDEX ix_session_id ON session (id)""",
    """CREATE TABLE attendance (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, event INTEGER NOT NULL, session INTEGER,
  person INTEGER, name_text TEXT, email TEXT, organisation INTEGER, country TEXT, role TEXT,
  registered INTEGER, attended INTEGER, signed INTEGER, weight_total INTEGER, seconds INTEGER,
  name_text_folded TEXT, email_folded TEXT, days TEXT, days_folded TEXT, PRIMARY KEY (rowid),
  CONSTRAINT fk_attendance_event FOREIGN KEY(event) REFERENCES event (rowid) DEFERRABLE
  INITIALLY DEFERRED, CONSTRAINT fk_attendance_session FOREIGN KEY(session) REFERENCES session
  (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_attendance_person FOREIGN KEY(person)
  REFERENCES person (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_attendance_organisation
  FOREIGN KEY(organisation) REFERENCES organisation (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_attendance_event ON attendance (event)""",
    """CREATE UNIQUE INDEX ix_attendance_id ON attendance (id)""",
    """CREATE INDEX ix_attendance_organisation ON attendance (organisation)""",
    """CREATE INDEX ix_attendance_person ON attendance (person)""",
    """CREATE INDEX ix_attendance_session ON attendance (session)""",
    """CREATE TABLE event_count (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, event INTEGER NOT NULL, "by" TEXT, value TEXT,
  participants INTEGER, told_in TEXT, value_folded TEXT, told_in_folded TEXT,
  PRIMARY KEY (rowid), CONSTRAINT fk_event_count_event FOREIGN KEY(event) REFERENCES event
  (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_event_count_event ON event_count (event)""",
    """CREATE UNIQUE INDEX ix_event_count_id ON event_count (id)""",
    """CREATE TABLE exchange (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, number TEXT, ref TEXT, vo INTEGER,
  vo_cluster INTEGER, vop INTEGER, visitor INTEGER, ho INTEGER, ho_cluster INTEGER, hop INTEGER,
  mode TEXT, planned_start TEXT, planned_end TEXT, start TEXT, "end" TEXT, ho_city TEXT,
  ho_country TEXT, ho_region TEXT, working_days INTEGER, distance_km INTEGER,
  distance_method TEXT, event INTEGER, "group" TEXT, activities TEXT, entitlement_cents INTEGER,
  entitlement_note TEXT, amount_cents INTEGER, amount_note TEXT, paid_on TEXT, ctq INTEGER,
  ctq_on TEXT, ctq_vo_on TEXT, ctq_ho_on TEXT, ctq_vop_on TEXT, ctq_hop_on TEXT,
  agreement INTEGER, agreement_on TEXT, agreement_vo_on TEXT, agreement_vop_on TEXT,
  vo_report INTEGER, vo_report_on TEXT, vo_report_validated_on TEXT, ho_report INTEGER,
  ho_report_on TEXT, ho_report_validated_on TEXT, evidence INTEGER, evidence_on TEXT,
  evidence_kinds TEXT, certificate_on TEXT, preapproval_on TEXT, residence_proof INTEGER,
  status TEXT, status_reason TEXT, counted INTEGER, counted_reason TEXT, cxc_id TEXT,
  tool_status TEXT, tool_checked_on TEXT, number_folded TEXT, ref_folded TEXT,
  ho_city_folded TEXT, ho_region_folded TEXT, group_folded TEXT, entitlement_note_folded TEXT,
  amount_note_folded TEXT, status_reason_folded TEXT, counted_reason_folded TEXT,
  cxc_id_folded TEXT, tool_status_folded TEXT, goals TEXT, expected_outcomes TEXT, outcome TEXT,
  follow_up TEXT, remark TEXT, goals_folded TEXT, expected_outcomes_folded TEXT,
  outcome_folded TEXT, follow_up_folded TEXT, remark_folded TEXT, PRIMARY KEY (rowid),
  CONSTRAINT fk_exchange_vo FOREIGN KEY(vo) REFERENCES organisation (rowid) DEFERRABLE INITIALLY
  DEFERRED, CONSTRAINT fk_exchange_vo_cluster FOREIGN KEY(vo_cluster) REFERENCES organisation
  (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_exchange_vop FOREIGN KEY(vop) REFERENCES
  partnership (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_exchange_visitor FOREIGN
  KEY(visitor) REFERENCES person (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT
  fk_exchange_ho FOREIGN KEY(ho) REFERENCES organisation (rowid) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_exchange_ho_cluster FOREIGN KEY(ho_cluster) REFERENCES organisation (rowid)
  DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_exchange_hop FOREIGN KEY(hop) REFERENCES
  partnership (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_exchange_event FOREIGN
  KEY(event) REFERENCES event (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_exchange_event ON exchange (event)""",
    """CREATE INDEX ix_exchange_ho ON exchange (ho)""",
    """CREATE INDEX ix_exchange_ho_cluster ON exchange (ho_cluster)""",
    """CREATE INDEX ix_exchange_hop ON exchange (hop)""",
    """CREATE UNIQUE INDEX ix_exchange_id ON exchange (id)""",
    """CREATE INDEX ix_exchange_number_folded ON exchange (number_folded)""",
    """CREATE INDEX ix_exchange_visitor ON exchange (visitor)""",
    """CREATE INDEX ix_exchange_vo ON exchange (vo)""",
    """CREATE INDEX ix_exchange_vo_cluster ON exchange (vo_cluster)""",
    """CREATE INDEX ix_exchange_vop ON exchange (vop)""",
    """CREATE TABLE exchange_day (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, exchange INTEGER NOT NULL, date TEXT NOT NULL,
  day_kind TEXT, note TEXT, note_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT
  fk_exchange_day_exchange FOREIGN KEY(exchange) REFERENCES exchange (rowid) DEFERRABLE
  INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_exchange_day_exchange ON exchange_day (exchange)""",
    """CREATE UNIQUE INDEX ix_exchange_day_id ON exchange_day (id)""",
    """CREATE TABLE exchange_person (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, exchange INTEGER NOT NULL, person INTEGER NOT NULL,
  side TEXT, lead INTEGER, PRIMARY KEY (rowid), CONSTRAINT fk_exchange_person_exchange FOREIGN
  KEY(exchange) REFERENCES exchange (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT
  fk_exchange_person_person FOREIGN KEY(person) REFERENCES person (rowid) DEFERRABLE INITIALLY
  DEFERRED
) STRICT""",
    """CREATE INDEX ix_exchange_person_exchange ON exchange_person (exchange)""",
    """CREATE UNIQUE INDEX ix_exchange_person_id ON exchange_person (id)""",
    """CREATE INDEX ix_exchange_person_person ON exchange_person (person)""",
    """CREATE TABLE payment (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, exchange INTEGER, date TEXT, amount_cents INTEGER,
  payment_kind TEXT, bank_ref TEXT, payer_cluster INTEGER, organisation INTEGER,
  payee_as_written TEXT, iban_masked TEXT, concept TEXT, bank_ref_folded TEXT,
  payee_as_written_folded TEXT, iban_masked_folded TEXT, concept_folded TEXT, remark TEXT,
  remark_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT fk_payment_exchange FOREIGN KEY(exchange)
  REFERENCES exchange (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_payment_payer_cluster
  FOREIGN KEY(payer_cluster) REFERENCES organisation (rowid) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_payment_organisation FOREIGN KEY(organisation) REFERENCES organisation (rowid)
  DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_payment_exchange ON payment (exchange)""",
    """CREATE UNIQUE INDEX ix_payment_id ON payment (id)""",
    """CREATE INDEX ix_payment_organisation ON payment (organisation)""",
    """CREATE INDEX ix_payment_payer_cluster ON payment (payer_cluster)""",
    """CREATE TABLE attachment (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, file_name TEXT NOT NULL, sha256 TEXT NOT NULL,
  mime TEXT, size INTEGER, added_on TEXT, document_type TEXT, exchange INTEGER, event INTEGER,
  organisation INTEGER, person INTEGER, remark TEXT, file_name_folded TEXT, sha256_folded TEXT,
  mime_folded TEXT, remark_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT fk_attachment_exchange
  FOREIGN KEY(exchange) REFERENCES exchange (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT
  fk_attachment_event FOREIGN KEY(event) REFERENCES event (rowid) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_attachment_organisation FOREIGN KEY(organisation) REFERENCES organisation
  (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_attachment_person FOREIGN KEY(person)
  REFERENCES person (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_attachment_event ON attachment (event)""",
    """CREATE INDEX ix_attachment_exchange ON attachment (exchange)""",
    """CREATE INDEX ix_attachment_file_name_folded ON attachment (file_name_folded)""",
    """CREATE UNIQUE INDEX ix_attachment_id ON attachment (id)""",
    """CREATE INDEX ix_attachment_organisation ON attachment (organisation)""",
    """CREATE INDEX ix_attachment_person ON attachment (person)""",
    """CREATE TABLE waiver (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, rule_code TEXT NOT NULL, exchange INTEGER,
  organisation INTEGER, event INTEGER, granted_by TEXT, granted_on TEXT, expires_on TEXT,
  proof INTEGER, rule_code_folded TEXT, granted_by_folded TEXT, reason TEXT NOT NULL,
  reason_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT fk_waiver_exchange FOREIGN KEY(exchange)
  REFERENCES exchange (rowid) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_waiver_organisation
  FOREIGN KEY(organisation) REFERENCES organisation (rowid) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT fk_waiver_event FOREIGN KEY(event) REFERENCES event (rowid) DEFERRABLE INITIALLY
  DEFERRED, CONSTRAINT fk_waiver_proof FOREIGN KEY(proof) REFERENCES attachment (rowid)
  DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_waiver_event ON waiver (event)""",
    """CREATE INDEX ix_waiver_exchange ON waiver (exchange)""",
    """CREATE UNIQUE INDEX ix_waiver_id ON waiver (id)""",
    """CREATE INDEX ix_waiver_organisation ON waiver (organisation)""",
    """CREATE INDEX ix_waiver_proof ON waiver (proof)""",
    """CREATE INDEX ix_waiver_rule_code_folded ON waiver (rule_code_folded)""",
    """CREATE TABLE target (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, code TEXT, name TEXT NOT NULL, partnership INTEGER,
  unit TEXT, value INTEGER, counting_rule TEXT, visitor_type TEXT, cluster INTEGER,
  valid_from TEXT, due_on TEXT, told_in TEXT, code_folded TEXT, name_folded TEXT,
  unit_folded TEXT, visitor_type_folded TEXT, told_in_folded TEXT, PRIMARY KEY (rowid),
  CONSTRAINT fk_target_partnership FOREIGN KEY(partnership) REFERENCES partnership (rowid)
  DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_target_cluster FOREIGN KEY(cluster) REFERENCES
  organisation (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE INDEX ix_target_cluster ON target (cluster)""",
    """CREATE INDEX ix_target_code_folded ON target (code_folded)""",
    """CREATE UNIQUE INDEX ix_target_id ON target (id)""",
    """CREATE INDEX ix_target_partnership ON target (partnership)""",
    """CREATE TABLE sender (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, cluster INTEGER, language TEXT,
  date_order TEXT, decimal_sign TEXT, name_folded TEXT, language_folded TEXT, mappings TEXT,
  answers TEXT, mappings_folded TEXT, answers_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT
  fk_sender_cluster FOREIGN KEY(cluster) REFERENCES organisation (rowid) DEFERRABLE INITIALLY
  DEFERRED
) STRICT""",
    """CREATE INDEX ix_sender_cluster ON sender (cluster)""",
    """CREATE UNIQUE INDEX ix_sender_id ON sender (id)""",
    """CREATE INDEX ix_sender_name_folded ON sender (name_folded)""",
    """CREATE TABLE judgement (
  rowid INTEGER NOT NULL, id TEXT NOT NULL, subject TEXT NOT NULL, written TEXT NOT NULL,
  record TEXT, verdict TEXT, sender INTEGER, subject_folded TEXT, written_folded TEXT,
  record_folded TEXT, PRIMARY KEY (rowid), CONSTRAINT fk_judgement_sender FOREIGN KEY(sender)
  REFERENCES sender (rowid) DEFERRABLE INITIALLY DEFERRED
) STRICT""",
    """CREATE UNIQUE INDEX ix_judgement_id ON judgement (id)""",
    """CREATE INDEX ix_judgement_sender ON judgement (sender)""",
    """CREATE INDEX ix_judgement_subject_folded ON judgement (subject_folded)""",
    """CREATE VIRTUAL TABLE find_partnership
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_organisation
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_snapshot
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_label
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_membership
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_person
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_profile
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_deliverable
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_event
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_session
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_attendance
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_event_count
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_exchange
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_exchange_day
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_payment
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_attachment
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_waiver
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_target
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_sender
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """CREATE VIRTUAL TABLE find_judgement
USING fts5(text, content='', columnsize=0, detail='none', tokenize='trigram')""",
    """INSERT INTO meta (key, value) VALUES ('moment', '0'), ('last_written_by', '')""",
    """INSERT INTO tally (kind, records, last) VALUES
  ('partnership', 0, 0), ('organisation', 0, 0), ('snapshot', 0, 0), ('label', 0, 0),
  ('membership', 0, 0), ('person', 0, 0), ('profile', 0, 0), ('deliverable', 0, 0),
  ('event', 0, 0), ('session', 0, 0), ('attendance', 0, 0), ('event_count', 0, 0),
  ('exchange', 0, 0), ('exchange_day', 0, 0), ('exchange_person', 0, 0), ('payment', 0, 0),
  ('attachment', 0, 0), ('waiver', 0, 0), ('target', 0, 0), ('sender', 0, 0),
  ('judgement', 0, 0)""",
)
