"""Collection templates of earlier versions: a file that was made years ago stays readable."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.records.attendance import AttendanceRole
from smartct_desktop.domain.records.event import EventFormat
from smartct_desktop.domain.records.exchange import Mode
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.services.importing.plan import Action
from tests.services.importing.foreign import opened
from tests.services.importing.returned import added, answered

GOLDEN = Path(__file__).parent / "files" / "collection_template_v1_by_libreoffice.xlsx"


def test_that_a_template_of_the_first_version_stays_readable(plan):
    """The file was made by the first version, filled in, and saved by LibreOffice."""
    file = opened(GOLDEN)
    asked = plan(file)

    planned = plan(file, answered(asked, "Verband Seewind e. V."))

    assert [q.topic for q in asked.open_questions] == ["cluster"]
    assert planned.open_questions == ()
    told = {
        (record.kind, name): value
        for record in planned.records
        if record.action is Action.ADD and record.kind != "attendance"
        for name, value in record.values.items()
        if not hasattr(value, "kind") and name not in record.calculated
    }
    del told["organisation", "name"], told["organisation", "country"], told["organisation", "city"]
    assert told == {
        ("membership", "since"): PartialDate(2016, 5, 1),
        ("membership", "until"): PartialDate(2021, 12, 31),
        ("organisation", "vat"): "DE999912345",
        ("organisation", "region"): "Mecklenburg-Vorpommern",
        ("organisation", "type"): OrganisationType.OTHER,
        ("organisation", "sme"): True,
        ("organisation", "headcount"): 17,
        ("organisation", "founded_year"): 1998,
        ("organisation", "website"): "https://segel.example",
        ("organisation", "contact"): "Inga Segel",
        ("organisation", "contact_email"): "inga@segel.example",
        ("organisation", "name_latin"): "Vetrila",
        ("exchange", "cxc_id"): "CXC-77",
        ("exchange", "ho_country"): "BG",
        ("exchange", "ho_city"): "Варна",
        ("exchange", "start"): dt.date(2022, 5, 9),
        ("exchange", "end"): dt.date(2022, 5, 13),
        ("exchange", "working_days"): Decimal("4.5"),
        ("exchange", "mode"): Mode.PHYSICAL,
        ("exchange", "distance_km"): Decimal("1650.5"),
        ("exchange", "ctq_vo_on"): dt.date(2022, 4, 1),
        ("exchange", "ctq_ho_on"): dt.date(2022, 4, 2),
        ("exchange", "ctq_vop_on"): dt.date(2022, 4, 3),
        ("exchange", "ctq_hop_on"): dt.date(2022, 4, 4),
        ("exchange", "agreement_on"): dt.date(2022, 4, 20),
        ("exchange", "vo_report_on"): dt.date(2022, 5, 20),
        ("exchange", "ho_report_on"): dt.date(2022, 5, 21),
        ("exchange", "evidence"): True,
        ("exchange", "amount_cents"): 56000,
        ("exchange", "paid_on"): dt.date(2022, 6, 15),
        ("exchange", "remark"): "erster Besuch",
        ("event", "code"): "HRO-5",
        ("event", "title"): "Segel und Wind",
        ("event", "type"): "training",
        ("event", "target_groups"): ("smes", "other"),
        ("event", "open_to_smes"): True,
        ("event", "start"): dt.date(2022, 3, 1),
        ("event", "end"): dt.date(2022, 3, 2),
        ("event", "city"): "Rostock",
        ("event", "country"): "DE",
        ("event", "format"): EventFormat.HYBRID,
        ("event", "participants_reported"): 40,
        ("session", "no"): 1,
        ("person", "name"): "Иво Ветров",
        ("person", "email"): "inga@segel.example",
    }
    people = {r.values["name_text"]: r.values["role"] for r in added(planned, "attendance")}
    assert people == {
        "Inga Segel": AttendanceRole.SPEAKER,
        "Иво Ветров": AttendanceRole.PARTICIPANT,
    }
    assert len(added(planned, "membership")) == 2
