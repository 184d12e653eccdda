"""What the cells of a list say of papers: a column for each, or one paper in each row."""

from __future__ import annotations

from datetime import date
from typing import Any

from smartct_desktop.domain.programme.findings import Severity
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.cells import PAPERS, field_of
from smartct_desktop.services.importing.drafts import Draft, TableWork
from smartct_desktop.services.importing.plan import PlanFinding, PlanValue
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.understood import Fault
from smartct_desktop.services.importing.word_cells import PaperState

LEAVE_OUT = "leave out"
"""The answer that a row shall not be taken."""

_NAMES = ("ctq", "agreement", "vo_report", "ho_report", "evidence", "certificate")
_SURE = 0.75


class PaperCells:
    """Reads the papers of the rows of one list."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._columns = [(c, column) for c, column in table.columns.items() if c.startswith(PAPERS)]

    def take(self, draft: Draft, place: int, row: int) -> None:
        """Take into a draft what its row says of papers."""
        for code, column in self._columns:
            self._take(code.removeprefix(PAPERS), column.cells[place], draft.values, row)
        if self._table.has("checklist.paper"):
            self._paper_in_row(draft, place, row)

    def _paper_in_row(self, draft: Draft, place: int, row: int) -> None:
        """Take the one paper that a row is about, with its state and date."""
        table = self._table
        text = table.text("checklist.paper", place)
        if text is None:
            draft.faults.append(
                ("", Fault("IMP-04", Sentence("The name of the paper is missing.")))
            )
            return
        name = self._name(draft, text, row)
        if name is None:
            return
        state = table.value("checklist.state", place)
        on = table.value("checklist.date", place)
        if isinstance(state, PaperState) and isinstance(on, date):
            if state.on not in (None, on):
                two = Sentence("The row gives two dates for the paper.")
                draft.faults.append(("", Fault("IMP-10", two)))
            state = PaperState(state.there, state.on or on)
        elif state is None and isinstance(on, date):
            state = PaperState(there=True, on=on)
        elif isinstance(on, Asked) and not isinstance(state, Asked):
            draft.waits.append(on.question)
        self._take(name, state, draft.values, row)

    def _name(self, draft: Draft, text: str, row: int) -> str | None:
        """Tell which paper is meant; a name that is not known is asked about."""
        table = self._table
        senses = table.work.dictionary.headings.senses(text)
        names = {s.code.removeprefix(PAPERS): s for s in senses if s.code.startswith(PAPERS)}
        likely = max(names, key=lambda name: names[name].certainty, default=None)
        if likely is not None and len(names) == 1 and names[likely].certainty >= _SURE:
            return likely
        place = Place(
            "documents",
            "value",
            Sentence("Which papers of an exchange are these?"),
            table.sheet,
        )
        given = table.work.asking.ask(
            place,
            text,
            rows=[row],
            options=(*_NAMES, LEAVE_OUT),
            propose=likely,
            certainty=names[likely].certainty if likely else 0.0,
            text=Sentence("“{text}”", text=text),
        )
        if given is None:
            draft.waits.append(place.id)
            return None
        if given.value == LEAVE_OUT:
            fault = Fault("IMP-05", Sentence("The row is left out, as you have said."))
            draft.faults.append(("", fault))
            return None
        return str(given.value)

    def _take(self, name: str, state: Any, values: dict[str, PlanValue], row: int) -> None:
        """Spread what is said of a paper over its fields: whether it is there, and its date."""
        whether = name if field_of(f"exchange.{name}") else None
        if isinstance(state, Asked):
            likely = state.propose.there if isinstance(state.propose, PaperState) else None
            on = state.propose.on if isinstance(state.propose, PaperState) else None
            values[whether or f"{name}_on"] = Asked(
                state.question, state.key, likely if whether else on
            )
            return
        if not isinstance(state, PaperState):
            return
        if state.on is not None:
            values[f"{name}_on"] = state.on
        if whether:
            if state.there is not None:
                values[whether] = state.there
        elif state.there and state.on is None:
            self._table.findings.append(
                PlanFinding(
                    "IMP-03",
                    Severity.WARNING,
                    Sentence("Of this paper only the date can be kept; there is none."),
                    self._table.sheet,
                    (row,),
                )
            )
