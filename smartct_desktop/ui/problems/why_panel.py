"""Beside the list of problems: what a rule wants, what to do, and where it comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.programme.rule_catalog import BY_CODE
from smartct_desktop.domain.reading import RecordFinding
from smartct_desktop.ui.buttons import button
from smartct_desktop.ui.desk import Desk
from smartct_desktop.ui.forms.form import FormRow, reference_caption
from smartct_desktop.ui.frames import rule as line_across
from smartct_desktop.ui.frames import surface
from smartct_desktop.ui.i18n import tr
from smartct_desktop.ui.labels import label
from smartct_desktop.ui.problems.lines import Group, Line, caption
from smartct_desktop.ui.problems.words import TONES, rule_title, severity_word, told
from smartct_desktop.ui.theme.look import Look

_SIGN = 16


class WhyPanel(QWidget):
    """Explains the chosen line, and lets its field be mended in place.

    `open_asked` wants its record, `waive_asked` an exception from the rule.
    """

    open_asked = Signal()
    waive_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._desk: Desk | None = None
        self._severity: Severity | None = None
        self._sign = QLabel()
        self._code = label(face="title")
        self._title = label(wrap=True)
        self._heads: list[QLabel] = []
        self._record_head, self._record = self._part(tr("This record"))
        self._todo_head, self._todo = self._part(tr("What to do"))
        self._source_head, self._source = self._part(tr("Source"))
        self._waive_head, self._waive = self._part(tr("Can it be waived?"))
        self.open_button = button(look, tr("Open the record"))
        self.open_button.clicked.connect(self.open_asked)
        self.waive_button = button(look, tr("Waive…"))
        self.waive_button.clicked.connect(self.waive_asked)
        self.fixing: FormRow | None = None
        self._fix_head = label(tr("Mend it here"), face="strong")
        self._fix = QGridLayout()
        self._fix.setHorizontalSpacing(8)
        self._fix.setVerticalSpacing(4)
        self._fix.setColumnStretch(1, 1)
        panel = surface("base", "left")
        rows = QVBoxLayout(panel)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._make_head())
        rows.addWidget(line_across("hair"))
        self._body = self._make_body()
        rows.addWidget(self._body, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(panel)
        look.changed.connect(self._tint)
        self.explain(None)

    def attach(self, desk: Desk | None) -> None:
        """Explain the findings of this document."""
        self._desk = desk
        self.explain(None)

    def explain(self, line: Line | None) -> None:
        """Explain a rule, and what it says of a record if one is chosen."""
        self._body.setVisible(line is not None)
        if line is None:
            self._severity = None
            self._code.setText("")
            self._title.setText(tr("Choose a problem to see what can be done about it."))
            self._tint()
            return
        finding = line.finding if isinstance(line, RecordFinding) else None
        code = finding.code if finding is not None else line.code if isinstance(line, Group) else ""
        self._severity = finding.severity if finding is not None else _severity_of(line)
        self._code.setText(code)
        self._title.setText(rule_title(code))
        for part in (self._record_head, self._record, self.open_button):
            part.setVisible(finding is not None)
        if finding is not None and isinstance(line, RecordFinding):
            self._record_head.setText(caption(line))
            self._record.setText(told(finding, self._desk.texts) if self._desk else "")
        self._show_fix(line if isinstance(line, RecordFinding) else None)
        found = BY_CODE.get(code)
        self._todo.setText(tr(found.todo) if found is not None else "")
        self._source.setText(self._source_words(found.source) if found is not None else "")
        waivable = found is not None and found.waivable
        self._waive.setText(
            tr("Yes: record a waiver with the reason and who granted it.")
            if waivable
            else tr("No.")
        )
        writable = self._desk is not None and not self._desk.read_only
        self.waive_button.setVisible(waivable and finding is not None and writable)
        self._tint()

    @property
    def labels(self) -> tuple[QLabel, ...]:
        """All that is said."""
        head = (self._code, self._title)
        return (*head, self._record_head, self._record, self._todo, self._source, self._waive)

    def _source_words(self, keys: str) -> str:
        """The titles of the pages that a rule rests on; what is no page says so itself."""
        known = self._desk.facts.sources if self._desk is not None else {}
        named = (known[key].title if key in known else tr(key) for key in keys.split("; "))
        return "\n".join(named)

    def _show_fix(self, line: RecordFinding | None) -> None:
        """Offer the field that the finding is about, as in the record itself."""
        desk = self._desk
        name = line.finding.field if line is not None else ""
        field = schema_of(line.kind).by_name.get(name) if line is not None else None
        possible = desk is not None and not desk.read_only and field is not None
        possible = possible and field is not None and not field.calculated
        self._fix_head.setVisible(possible)
        shown = self.fixing.field if self.fixing is not None else None
        if self.fixing is not None and (not possible or shown is not field):
            for part in (self.fixing.label, self.fixing.editor):
                part.hide()
                part.deleteLater()
            self.fixing.deleteLater()
            self.fixing = None
        if not possible or desk is None or line is None or field is None:
            return
        if self.fixing is None:
            self.fixing = FormRow(desk.editors, field, desk.write, self)
            self.fixing.put_into(self._fix, 0, Qt.AlignmentFlag.AlignLeft)
        try:
            record = desk.reader.record(line.kind, line.id)
        except KeyError:  # it went in a step that this list hears of in a moment
            return
        value = getattr(record, name)
        self.fixing.show_value(line.id, value, reference_caption(field, value, desk.reader))

    def _part(self, words: str) -> tuple[QLabel, QLabel]:
        return label(words, face="strong", wrap=True), label(wrap=True)

    def _make_head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._sign)
        top.addWidget(self._code, 1)
        head.addLayout(top)
        head.addWidget(self._title)
        return head

    def _make_body(self) -> QScrollArea:
        inside = surface("base")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 16, 16)
        rows.setSpacing(4)
        for head, words in (
            (self._record_head, self._record),
            (self._todo_head, self._todo),
            (self._source_head, self._source),
            (self._waive_head, self._waive),
        ):
            rows.addWidget(head)
            rows.addWidget(words)
            rows.addSpacing(8)
        rows.addWidget(self.waive_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addSpacing(8)
        rows.addWidget(self._fix_head)
        rows.addLayout(self._fix)
        rows.addSpacing(8)
        rows.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(tr("Explanation"))
        scroll.setProperty("ring", "always")
        scroll.setWidget(inside)
        return scroll

    def _tint(self) -> None:
        severity = self._severity
        self._sign.setVisible(severity is not None)
        if severity is not None:
            tone = TONES[severity]
            ratio = self.devicePixelRatio()
            self._sign.setPixmap(self._look.icons.pixmap(tone.sign, tone.ink, _SIGN, ratio))
            self._sign.setAccessibleName(severity_word(severity))


def _severity_of(line: Line) -> Severity:
    return line.severity if isinstance(line, Group) else line.finding.severity
