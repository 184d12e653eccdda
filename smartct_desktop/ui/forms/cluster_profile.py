"""A cluster's profile as on the partnership's page: four lists side by side, and its size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from smartct_desktop.domain.fields import Id, PartialDay
from smartct_desktop.domain.partial_date import PartialDate
from smartct_desktop.domain.programme.lookups import Vocabulary
from smartct_desktop.domain.query import Among, Path, Query, Sort
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.cluster_figures import ClusterFigures
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.frames import rule
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.theme.look import Look

_LISTS = (
    ("sectoral_industries", "sectoral_industry", "Sectoral industries", 310),
    ("technology_fields", "technology_field", "Technology fields", 300),
    ("smart_specialisation", "smart_specialisation", "Smart specialisation", 396),
    ("emerging_industries", "emerging_industry", "Emerging industries", 236),
)


class ClusterProfile(QWidget):
    """The four vocabulary lists of a cluster, one value a line, and its newest figures."""

    def __init__(self, look: Look, facts: ProgrammeFacts) -> None:
        super().__init__()
        self._look = look
        self._facts = facts
        self._lists: dict[str, QVBoxLayout] = {}
        self._parts: list[QWidget] = []
        beside = QHBoxLayout(self)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(28)
        for name, vocabulary, title, share in _LISTS:
            column = QVBoxLayout()
            column.setSpacing(6)
            column.addLayout(self._heading(title, self._size_words(vocabulary)))
            column.addWidget(rule())
            values = QVBoxLayout()
            values.setSpacing(6)
            column.addLayout(values)
            column.addStretch(1)
            self._lists[name] = values
            beside.addLayout(column, share)
        size = QVBoxLayout()
        size.setSpacing(6)
        size.addLayout(self._heading(tr("Size"), ""))
        size.addWidget(rule())
        self._members = label(face="figure-medium")
        self._smes = label(face="figure-medium")
        self._told = label(face="small", tone="muted", wrap=True)
        for part in (self._members, self._smes, self._told):
            size.addWidget(part)
        size.addStretch(1)
        beside.addLayout(size, 200)

    def show_cluster(self, cluster: Organisation, desk: Desk) -> None:
        """Show the profile of this cluster."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        for name, vocabulary, _, _ in _LISTS:
            codes: Sequence[str] = getattr(cluster, name)
            for code in codes:
                self._add_value(self._lists[name], vocabulary, code)
            if not codes:
                self._add(self._lists[name], label(tr("none"), tone="muted"))
        self._show_size(newest_of(desk.reader, cluster.id), desk)

    def _heading(self, title: str, beside: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(tr(title), face="strong"))
        row.addWidget(label(beside, face="small", tone="muted"))
        row.addStretch(1)
        return row

    def _size_words(self, vocabulary: str) -> str:
        """How large the list is, or that it takes new terms."""
        known: Vocabulary = self._facts.vocabularies[vocabulary]
        if any(term.parent for term in known.terms):
            return tr("two levels")
        return tr("{n} in the list", n=len(known.terms)) if known.about.closed else tr("open list")

    def _add_value(self, values: QVBoxLayout, vocabulary: str, code: str) -> None:
        above, _, own = self._facts.term_path(vocabulary, code, "\n").rpartition("\n")
        if above:
            self._add(values, label(above.replace("\n", " · "), face="small", tone="muted"))
            own_row = QWidget()
            row = QHBoxLayout(own_row)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            sign = QLabel()
            ratio = self.devicePixelRatio()
            sign.setPixmap(self._look.icons.pixmap("corner-down-right", "muted", 13, ratio))
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(own, wrap=True), 1)
            self._add(values, own_row)
        else:
            self._add(values, label(own, wrap=True))
        self._add(values, rule("hair"))

    def _add(self, values: QVBoxLayout, part: QWidget) -> None:
        self._parts.append(part)
        values.addWidget(part)

    def _show_size(self, figures: ClusterFigures | None, desk: Desk) -> None:
        members = figures.members if figures else None
        smes = figures.smes if figures else None
        unknown = "–"
        self._members.setText(tr("{n} members", n=unknown if members is None else members))
        self._smes.setText(tr("{n} SMEs", n=unknown if smes is None else smes))
        told = [figures.told_in or "", _shown(figures.as_of, desk)] if figures else []
        if members and smes is not None:
            told.insert(0, tr("{n} % of the members", n=round(100 * smes / members)))
        self._told.setText(" · ".join(part for part in told if part))


def newest_of(reader: Reader, cluster: Id) -> ClusterFigures | None:
    """The newest figures of one cluster."""
    query = Query(
        "snapshot",
        filters=(Among(Path(("cluster",)), frozenset({cluster})),),
        sort=(Sort(Path(("as_of",)), descending=True),),
    )
    window = reader.window(query)
    try:
        ids = window.ids(0, 1)
    finally:
        window.close()
    return reader.get(ClusterFigures, ids[0]) if ids else None


def _shown(as_of: PartialDate | None, desk: Desk) -> str:
    return desk.texts.shown(PartialDay(), as_of)
