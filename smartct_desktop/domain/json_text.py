"""Reading JSON that lies about: kept by us, but anything may have happened to it since."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

_HALF_A_SIGN = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(text: str | bytes) -> Any:
    """Give what a text says. Raises ValueError for whatever is no JSON that we write.

    Python's own reader has other errors for what is nested very deep, and takes numbers without end
    and halves of signs, which fall where they are used.
    """
    if isinstance(text, bytes):
        text = text.decode("utf-8-sig")
    try:
        value = json.loads(text, parse_float=_finite, parse_constant=_refuse)
        if _HALF_A_SIGN.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deep") from None
    return value


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number without end")
    return number


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)
