"""What the facets say: their lines in order, and what a chip says of what is ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from smartct_desktop.domain.fields import Value
from smartct_desktop.domain.reading import Bucket
from smartct_desktop.services.texts import Texts
from smartct_desktop.ui.facets.facet import Facet, Grain
from smartct_desktop.ui.facets.lines import FacetLine, LineKind
from smartct_desktop.ui.i18n import tr

MOST = 8
"""Values that stand in a facet before “3 more…”."""

_NAMED = 2  # values whose names a chip has room for
_SIGNS: dict[Value, str] = {"error": "circle-alert", "warning": "triangle-alert"}


def lines_of(  # noqa: PLR0913 -- what is known of one facet
    facet: Facet,
    buckets: Sequence[Bucket],
    chosen: frozenset[Value],
    texts: Texts,
    *,
    is_open: bool,
    stale: bool,
) -> list[FacetLine]:
    """The heading of a facet, and the values under it if it is open."""
    on = bool(chosen)
    lines = [FacetLine(facet, LineKind.HEADING, facet.title, on=on, open=is_open)]
    if not is_open:
        return lines
    shown, rest = _split(facet, _seen(buckets, chosen), chosen)
    held = {bucket.value for bucket in buckets}
    for one in shown:
        line = value_line(facet, one, chosen, texts, stale=stale)
        # What was ticked elsewhere a moment ago is not counted yet: that is not the same as none.
        unknown = stale and one.value not in held
        lines.append(replace(line, records=None) if unknown else line)
    if rest:
        records = sum(bucket.records for bucket in rest)
        text = tr("{n} more…", n=len(rest))
        lines.append(FacetLine(facet, LineKind.MORE, text, None, records, stale=stale))
    return lines


def value_line(
    facet: Facet, bucket: Bucket, chosen: frozenset[Value], texts: Texts, *, stale: bool = False
) -> FacetLine:
    """The line of one value."""
    sign = _SIGNS.get(bucket.value, "") if facet.path is None else ""
    return FacetLine(
        facet,
        LineKind.VALUE,
        facet.text(bucket, texts),
        bucket.value,
        bucket.records,
        on=bucket.value in chosen,
        stale=stale,
        sign=sign,
    )


def chip_text(facet: Facet, buckets: Sequence[Bucket], texts: Texts) -> str:
    """“Host's country: Spain, Italy”, or how many of them."""
    if len(buckets) > _NAMED:
        return tr("{facet}: {n} values", facet=facet.title, n=len(buckets))
    names = sorted(facet.text(bucket, texts) for bucket in buckets)
    return f"{facet.title}: {', '.join(names)}"


def _seen(buckets: Sequence[Bucket], chosen: frozenset[Value]) -> list[Bucket]:
    """The values that somebody has, and those ticked that nobody has any more."""
    held = {bucket.value for bucket in buckets}
    missing = [Bucket(value, None, 0) for value in chosen if value not in held]
    return [*buckets, *missing]


def _split(
    facet: Facet, buckets: list[Bucket], chosen: frozenset[Value]
) -> tuple[list[Bucket], list[Bucket]]:
    """The values that are shown, and those behind “more…”.

    Values with an order of their own keep it. Of others the ticked ones come first, so that they
    are in sight, whatever their count.
    """
    if facet.order or facet.grain is Grain.YEAR:
        return buckets, []
    if facet.grain is Grain.EACH:
        buckets = sorted(buckets, key=lambda bucket: bucket.value not in chosen)
    if len(buckets) <= MOST + 1:
        return buckets, []
    shown = [b for place, b in enumerate(buckets) if place < MOST or b.value in chosen]
    return shown, [bucket for bucket in buckets[MOST:] if bucket.value not in chosen]
