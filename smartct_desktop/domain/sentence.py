"""Text for people that can still be said in another language at the edge of the program."""

from __future__ import annotations

from typing import Self


class Sentence(str):
    """An English sentence that remembers its template and the values filled into it.

    It is a plain `str` everywhere, so that domain and services need no translator. The window
    looks up `template` in its catalogue and fills in `values` again.
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Fill `values` into the braces of `template`."""
        self = super().__new__(cls, template.format(**values) if values else template)
        self.template = template
        self.values = values
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way between processes with template and values."""
        return (_rebuild, (type(self), self.template, self.values))


def _rebuild(kind: type[Sentence], template: str, values: dict[str, object]) -> Sentence:
    return kind(template, **values)
