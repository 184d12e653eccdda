"""What connections to a file come from; how a statement is compiled is the same for all files."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool
from sqlalchemy.util import LRUCache

_KEPT = 1_000
"""Compiled statements: the program has a few hundred, and filters make new ones."""


def engine(module: ModuleType, connect: Callable[[], Any]) -> sa.Engine:
    """Make what connections come from; `module` is the library that `connect` uses.

    A statement that was compiled for one file is known for the next one: compiling takes longer
    than running most of them.
    """
    first, compiled = _first(module)
    return sa.Engine(
        NullPool(connect, dialect=first.dialect),
        first.dialect,
        first.url,
        hide_parameters=True,  # values are about people: they belong into no log
        execution_options={"compiled_cache": compiled},
    )


@cache
def _first(module: ModuleType) -> tuple[sa.Engine, LRUCache[object, object]]:
    """Make an engine that has seen the library once, for its dialect; and room to remember."""
    made = sa.create_engine("sqlite://", module=module, poolclass=NullPool)
    made.connect().close()
    return made, LRUCache(_KEPT)
