"""Who travels where: a small matrix of the visitors' countries and the hosts'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from smartct_desktop.domain.fields import Id
from smartct_desktop.services.breakdowns import Way
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.overview.chart import Mark, MarkedChart
from smartct_desktop.ui.theme.look import Look

_HEATS = ("heat1", "heat2", "heat3", "heat4", "heat5")
_UNKNOWN = "?"
_MOST = 8  # rows and columns; rarer countries share the last one
_COLUMN = 26  # pixels of the narrowest column
_NAMES = 0.4  # of the width at most
_LEAST = 4  # rows and columns where there is little room
_OTHERS = "…"

NameOf = Callable[[str], str]


class CountryMatrix(MarkedChart):
    """Rows are the visitors' countries, columns the hosts'; a number opens its exchanges.

    A visit inside one country is marked: it cannot count. Rare countries are put together.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("From country to country"), "exchange")
        self._ways: Sequence[Way] = ()
        self._all = 0
        self._lines_shown = 0, 0  # rows and columns
        self._known = 0  # countries of visitors, before rare ones are put together
        self._cells: dict[tuple[str, str], list[Id]] = {}
        self._visitors: list[str] = []
        self._hosts: list[str] = []
        self._name: NameOf = str
        self._most = 1

    def show_ways(self, ways: Sequence[Way], name: NameOf) -> None:
        """Show these ways; `name` gives a country's name in words."""
        self._name = name
        self._ways = ways
        self._all = sum(len(way.exchanges) for way in ways)
        self._lines_shown = 0, 0
        self.renew()

    def renew(self) -> None:
        """Show as many rows as have room."""
        room = int(self.height() // self._row_height()) - 2 if self.isVisible() else _MOST
        rows = max(_LEAST, min(_MOST, room))
        columns = max(_LEAST, min(_MOST, self._columns_with_room() - 1))
        if (rows, columns) != self._lines_shown:
            self._lines_shown = rows, columns
            self._sum_up(self._ways)
        super().renew()

    def _columns_with_room(self) -> int:
        """How many columns have room for the widest number."""
        if not self.isVisible():
            return _MOST + 1
        look = self._look
        widest = look.metrics.text_strong.horizontalAdvance(str(self._all)) + look.px(8)
        names = (self._row_words(way.visitor or _UNKNOWN) for way in self._ways)
        left = max(map(look.metrics.text.horizontalAdvance, set(names)), default=0) + look.px(10)
        room = self.width() - min(left, self.width() * _NAMES)
        return int(room // max(look.px(_COLUMN), widest))

    def _sum_up(self, ways: Sequence[Way]) -> None:
        visitors, hosts = Counter[str](), Counter[str]()
        for way in ways:
            visitors[way.visitor or _UNKNOWN] += len(way.exchanges)
            hosts[way.host or _UNKNOWN] += len(way.exchanges)
        self._known = len(visitors)
        rows, columns = self._lines_shown
        self._visitors, self._hosts = _lines(visitors, rows), _lines(hosts, columns)
        self._cells = {}
        for way in ways:
            row = _line_of(way.visitor or _UNKNOWN, self._visitors)
            column = _line_of(way.host or _UNKNOWN, self._hosts)
            self._cells.setdefault((row, column), []).extend(way.exchanges)
        self._most = max((len(ids) for ids in self._cells.values()), default=1)

    def sizeHint(self) -> QSize:
        return self._size(_MOST if self._roomy else _LEAST)

    def minimumSizeHint(self) -> QSize:
        return self._size(_LEAST)

    def _size(self, most: int) -> QSize:
        rows = max(3, min(most, self._known)) + 2
        return QSize(self._look.px(260), round(rows * self._row_height()) + self._look.px(4))

    def _row_height(self) -> float:
        return self._look.metrics.text.height() + self._look.px(8)

    def _row_words(self, code: str) -> str:
        if code == _OTHERS:
            return tr("others")
        return tr("unknown") if code == _UNKNOWN else self._name(code)

    def _place(self) -> tuple[float, float]:
        """Where the columns begin, and how wide one is."""
        look = self._look
        wide = max(
            (look.metrics.text.horizontalAdvance(self._row_words(c)) for c in self._visitors),
            default=0.0,
        )
        left = min(wide + look.px(10), self.width() * _NAMES)
        columns = len(self._hosts) + 1
        widest = look.metrics.text_strong.horizontalAdvance(str(self._all)) + look.px(8)
        return left, min(max(look.px(46), widest), (self.width() - left) / columns)

    def _cell(self, row: int, column: int) -> QRectF:
        left, wide = self._place()
        high = self._row_height()
        return QRectF(left + column * wide, (row + 1) * high, wide, high)

    def _place_marks(self) -> Sequence[Mark]:
        marks = []
        for row, visitor in enumerate(self._visitors):
            for column, host in enumerate(self._hosts):
                ids = self._cells.get((visitor, host))
                if not ids:
                    continue
                words = tr(
                    "{n} from {visitor} to {host}",
                    n=len(ids),
                    visitor=self._row_words(visitor),
                    host=self._row_words(host),
                )
                if _inside(visitor, host):
                    words = tr("{words}; a visit inside a country cannot count", words=words)
                marks.append(Mark(self._cell(row, column), words, tuple(ids)))
            marks.append(self._sum(row, len(self._hosts), visitor, None))
        if self._visitors:
            down = len(self._visitors)
            marks.extend(self._sum(down, n, None, host) for n, host in enumerate(self._hosts))
            marks.append(self._sum(down, len(self._hosts), None, None))
        return marks

    def _sum(self, row: int, column: int, visitor: str | None, host: str | None) -> Mark:
        ids = tuple(
            id_
            for (v, h), cell in self._cells.items()
            if visitor in (None, v) and host in (None, h)
            for id_ in cell
        )
        if visitor is not None:
            words = tr("{n} from {country}", n=len(ids), country=self._row_words(visitor))
        elif host is not None:
            words = tr("{n} to {country}", n=len(ids), country=self._row_words(host))
        else:
            words = tr("{n} in all", n=len(ids))
        return Mark(self._cell(row, column), words, ids)

    def _paint(self, painter: QPainter) -> None:
        look = self._look
        self._paint_headings(painter)
        for row, visitor in enumerate(self._visitors):
            for column, host in enumerate(self._hosts):
                self._paint_ground(painter, row, column, visitor, host)
        for place, mark in enumerate(self.marks):
            self._paint_number(painter, mark, hovered=self._is_hovered(place))
        if self._visitors:
            y = self._cell(len(self._visitors), 0).top()
            painter.setPen(QPen(look.colour("line"), 1))
            right = self._cell(0, len(self._hosts)).right()
            painter.drawLine(0, round(y), round(right), round(y))

    def _paint_headings(self, painter: QPainter) -> None:
        look, high = self._look, self._row_height()
        middle = Qt.AlignmentFlag.AlignVCenter
        left, _ = self._place()
        painter.setFont(look.fonts.small)
        painter.setPen(look.colour("muted"))
        for column, host in enumerate([*self._hosts, tr("all")]):
            box = self._cell(-1, column)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, host)
        painter.drawText(
            QRectF(0, (len(self._visitors) + 1) * high, left, high),
            Qt.AlignmentFlag.AlignLeft | middle,
            tr("all"),
        )
        painter.setFont(look.fonts.text)
        painter.setPen(look.colour("text"))
        for row, visitor in enumerate(self._visitors):
            box = QRectF(0, (row + 1) * high, left - look.px(6), high)
            words = look.metrics.text.elidedText(
                self._row_words(visitor), Qt.TextElideMode.ElideRight, box.width()
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, words)

    def _paint_ground(
        self, painter: QPainter, row: int, column: int, visitor: str, host: str
    ) -> None:
        look = self._look
        box = self._cell(row, column).adjusted(1, 1, -1, -1)
        number = len(self._cells.get((visitor, host), ()))
        inside = _inside(visitor, host)
        painter.setPen(
            QPen(look.colour("error-line"), 1) if inside and number else Qt.PenStyle.NoPen
        )
        painter.setBrush(look.colour("error-soft" if inside and number else self._heat(number)))
        painter.drawRoundedRect(box, 2, 2)
        if inside and not number:
            painter.setFont(look.fonts.small)
            painter.setPen(look.colour("muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "×")

    def _heat(self, number: int) -> str:
        if not number:
            return "heat0"
        return _HEATS[min(len(_HEATS) - 1, (number - 1) * len(_HEATS) // self._most)]

    def _paint_number(self, painter: QPainter, mark: Mark, *, hovered: bool) -> None:
        look = self._look
        is_sum = not self._is_cell(mark)
        painter.setFont(look.fonts.text_strong if is_sum or hovered else look.fonts.text)
        ink = "text"
        if not is_sum and self._heat(len(mark.ids)) == "heat5" and "cannot" not in mark.words:
            ink = "on-accent"
        painter.setPen(look.colour(ink))
        painter.drawText(mark.box, Qt.AlignmentFlag.AlignCenter, str(len(mark.ids)))

    def _is_cell(self, mark: Mark) -> bool:
        last_row = self._cell(len(self._visitors), 0).top()
        last_column = self._cell(0, len(self._hosts)).left()
        return mark.box.top() < last_row - 1 and mark.box.left() < last_column - 1


def _inside(visitor: str, host: str) -> bool:
    return visitor == host and visitor not in (_UNKNOWN, _OTHERS)


def _lines(counts: Counter[str], most: int) -> list[str]:
    """The countries with most exchanges first, unknown and the rest last."""
    known = sorted((c for c in counts if c != _UNKNOWN), key=lambda c: (-counts[c], c))
    unknown = [_UNKNOWN] if _UNKNOWN in counts else []
    room = most - len(unknown)
    rest = [_OTHERS] if len(known) > room else []
    return [*known[: room - len(rest)], *rest, *unknown]


def _line_of(country: str, lines: Sequence[str]) -> str:
    return country if country in lines else _OTHERS
