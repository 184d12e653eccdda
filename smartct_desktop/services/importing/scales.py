"""The scale of marks that a question or a title names: "1-5", "out of 10"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SCALE = re.compile(r"\b([01])\s*(?:[-‐‑‒–—]|\.\.\.?|…|to|bis|a|до)\s*(\d{1,2})\b")
_OUT_OF = re.compile(r"(?:/|\bout of|\bvon|\bsobre|\bsu|\bот)\s*(\d{1,2})\b", re.IGNORECASE)


def scale_in(texts: Sequence[str]) -> tuple[int, ...]:
    """Give the ends of the scale that the texts name, only the upper one, or nothing."""
    scale = next((m for text in texts if (m := _SCALE.search(text))), None)
    if scale is not None:
        return int(scale[1]), int(scale[2])
    out_of = next((m for text in texts if (m := _OUT_OF.search(text))), None)
    return (int(out_of[1]),) if out_of is not None else ()
