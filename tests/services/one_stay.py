"""A visit of a firm to a cluster in another country, for the rules to look at."""

import datetime as dt
from decimal import Decimal

from smartct_desktop.domain.records.exchange import Exchange, Mode
from smartct_desktop.domain.records.organisation import Organisation, OrganisationType

START, END = dt.date(2021, 11, 16), dt.date(2021, 11, 18)
FIRM = Organisation(name="Mobitest", type=OrganisationType.SME, country="BG")
HOST = Organisation(name="Host", type=OrganisationType.CLUSTER, country="ES")
STAY = Exchange(
    number="1",
    vo=FIRM.id,
    ho=HOST.id,
    mode=Mode.PHYSICAL,
    start=START,
    end=END,
    ho_country="ES",
    working_days=Decimal(3),
)
