"""Keeps Python's own `import`: to be imported before anything of PySide6.

PySide6 puts one of its own in the place, which reads the source text of every module imported from
then on, looking for an optional syntax that is not used here. For the libraries below a document
that takes a seventh of the start, and keeps their texts in memory: 20 of 130 MB.
"""

import builtins

_own = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401 (between the two is the point)

builtins.__import__ = _own
