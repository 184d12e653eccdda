"""What partners do to a file of ours before they send it back, without changing what it says."""

import hashlib
from dataclasses import replace

from smartct_desktop.domain.book import rows_of
from smartct_desktop.services.reports.wording import LANGUAGES, wordings

NOTES = ("Für Ihre Unterlagen", "Revisado por la oficina", "Списък на клъстера", "Da completare")
UNKNOWN = "Spalte {number}"


class Mangled:
    """The one data sheet of an export as a grid, its headings in the first row."""

    def __init__(self, book, random):
        self.whole = book
        self._random = random
        self._sheet = book.sheets[-1]
        rows = list(self._sheet.rows)
        first = next(place for place, row in enumerate(rows) if has_id(row))
        width = self._sheet.width
        self.headings = padded(rows[first - 1], width)
        self.rows = [padded(row, width) for row in rows[first:] if has_id(row)]
        self.above = []

    def sorted_anew(self):
        self._random.shuffle(self.rows)
        return self

    def moved(self):
        order = list(range(len(self.headings)))
        self._random.shuffle(order)
        return self._with(order)

    def dropped(self, keep=frozenset()):
        """Leave columns out; one beside the ids stays, without which it would be no list."""
        others = [c for c in range(len(self.headings)) if c != self.id_column]
        needed = self._random.choice(others)
        kept = [
            column
            for column, heading in enumerate(self.headings)
            if heading in keep or column in {self.id_column, needed} or self._random.random() < 0.6
        ]
        return self._with(kept)

    def without_ids(self):
        return self._with([c for c in range(len(self.headings)) if c != self.id_column])

    def renamed(self, *, freely=True):
        """Say headings in another language, or give them names that nobody knows."""
        language = self._random.choice(LANGUAGES)
        for column, heading in enumerate(self.headings):
            told = wordings().get(heading)
            if told is not None:
                self.headings[column] = told[language]
            elif freely and self._random.random() < 0.1:
                self.headings[column] = UNKNOWN.format(number=column)
        return self

    def titled(self):
        self.above = [[self._random.choice(NOTES)], [], ["2022"]][: self._random.randint(1, 3)]
        return self

    @property
    def id_column(self):
        return next(
            (c for c, value in enumerate(self.rows[0]) if is_id(value)),
            None,
        )

    def _with(self, columns):
        self.headings = [self.headings[c] for c in columns]
        self.rows = [[row[c] for c in columns] for row in self.rows]
        return self

    def book(self):
        grid = [*self.above, self.headings, *self.rows]
        content = hashlib.sha256(repr(grid).encode()).hexdigest()
        sheet = replace(self._sheet, rows=rows_of(grid), merged=(), comments={}, tables=())
        plain = replace(sheet, hidden_columns=frozenset(), filter_area=None)
        return replace(self.whole, sha256=content, sheets=(plain,))


def padded(row, width):
    return [row.value(column) for column in range(width)]


def is_id(value):
    return isinstance(value, str) and len(value) == 32 and set(value) <= set("0123456789abcdef")


def has_id(row):
    return any(is_id(value) for value in row.values)
