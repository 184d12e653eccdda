"""Documents that many tests start with."""

import datetime as dt
import itertools

from smartct_desktop.services.opening import new_partnership, new_sample
from smartct_desktop.services.programme import shipped_facts
from tests.templates import Template


def ticking():
    """A clock that goes on by a minute each time it is asked."""
    minutes = itertools.count()
    start = dt.datetime(2022, 7, 1, 9, 0, tzinfo=dt.UTC)
    return lambda: start + dt.timedelta(minutes=next(minutes))


def sample_with(clocks):
    """The sample partnership, begun at the moment that such a clock tells."""
    return Template(
        lambda path, clock: (new_sample(path, shipped_facts(), clock=clock), None), clocks
    )


OWN = Template(lambda path, clock: (new_partnership(path, "Ours", clock=clock), None), ticking)
SAMPLE = sample_with(ticking)
