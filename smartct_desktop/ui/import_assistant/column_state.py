"""What the chip over a column says: the field, how sure that is, and whether it can be changed."""

from __future__ import annotations

from dataclasses import dataclass

from smartct_desktop.domain.book import column_name
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.blank_cells import EMPTY, blank_cells_place
from smartct_desktop.services.importing.columns import NOTHING, SURE
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.ui.i18n import say, tr
from smartct_desktop.ui.import_assistant.field_words import field_name
from smartct_desktop.ui.import_assistant.sheet_model import SheetModel
from smartct_desktop.ui.theme.tones import Tone

NOT_NEEDED = NOTHING
"""The answer that a column shall not be taken."""

_LIKELY = 0.9


@dataclass(frozen=True, slots=True)
class ColumnState:
    """What is shown of one column. `ink` is the token of the second line."""

    name: str
    certainty: str
    ink: str
    tip: str
    sign: str = ""
    taken: bool = False
    asked: bool = False
    refused: bool = False

    @property
    def can_change(self) -> bool:
        """Whether a person may say that the column holds something else."""
        return not self.refused


def state_of(model: SheetModel, column: int) -> ColumnState:
    """Give the state of a column of the sheet that is shown."""
    plan = model.column_plan(column)
    if plan is None:
        return ColumnState("", "", "muted", "")
    reason = say(plan.reason)
    if model.is_refused(column):
        return ColumnState(
            tr("Not taken"), tr("refused"), Tone.ERROR.ink, reason, sign="ban", refused=True
        )
    asked = model.questions_of(column)
    if plan.code is None:
        words = _asked_words(asked) if asked else tr("not taken")
        name = plan.header or tr("No heading")
        ink = Tone.WAITING.ink if asked else "muted"
        return ColumnState(name, words, ink, reason, asked=bool(asked))
    name = field_name(plan.code)
    if asked:
        return ColumnState(
            name, _asked_words(asked), Tone.WAITING.ink, reason, taken=True, asked=True
        )
    if plan.certainty >= _LIKELY:
        return ColumnState(name, tr("sure"), "muted", reason, taken=True)
    words = tr("likely") if plan.certainty >= SURE else tr("doubtful")
    return ColumnState(name, words, Tone.WARNING.ink, reason, taken=True)


def meaning_question(sheet: str | None, column: int) -> str:
    """The id under which a person says what a column holds, whether it was asked or not."""
    place = Place("what_is_this_column", "column", Sentence(""), sheet, column_name(column))
    return place.id


def blanks_question(sheet: str | None, column: int) -> str:
    """The id under which a person says what blank cells of a column do."""
    return blank_cells_place(sheet, column_name(column)).id


def blanks_empty(model: SheetModel, column: int) -> bool:
    """Whether blank cells of a column empty the field, as somebody has said."""
    if model.outlook is None or model.sheet is None:
        return False
    wanted = blanks_question(model.sheet.name, column)
    return any(told.id == wanted and told.answer == EMPTY for told in model.outlook.plan.told)


def _asked_words(asked: int) -> str:
    return tr("one question") if asked == 1 else tr("{n} questions", n=asked)
