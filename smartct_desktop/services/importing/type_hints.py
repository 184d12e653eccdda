"""What kind of organisation a row is about, where no column says it: only ever to be asked."""

from __future__ import annotations

from dataclasses import dataclass

from smartct_desktop.domain.programme.facts import LegalKind
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.services.importing.dictionary import Dictionary

_OF_SECTION = {"public": OrganisationType.PUBLIC, "civil": OrganisationType.BUSNET}
_COMPANIES = frozenset({LegalKind.COMPANY, LegalKind.PARTNERSHIP, LegalKind.SOLE_TRADER})


@dataclass(frozen=True, slots=True)
class TypeHint:
    """What a row suggests. `type` is taken unasked only if it is `sure`."""

    type: OrganisationType | None
    sure: bool


class TypeHints:
    """Weighs section headings, legal forms, words in names and what is said of SMEs."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

    def hint(
        self, name: str, form: str | None, section: str, *, sme: bool | None
    ) -> TypeHint | None:
        """Give what a row suggests, None if it suggests nothing that would be worth a question.

        An SME among firms, or with the legal form of a company, is of type SME. That a firm is no
        SME does not make it a large company: its type stays open, without a question.
        """
        kinds = {sense.code for sense in self._dictionary.words.senses("member_kind", section)}
        company = self._is_company(name, form)
        firm = "firm" in kinds or (not kinds and company)
        proposed = self._of_name(name) or self._of_kinds(kinds)
        if sme and (firm or (not kinds and proposed is None)):
            return TypeHint(OrganisationType.SME, sure=True)
        if firm or (not kinds and proposed is None and not sme):
            return None
        return TypeHint(proposed or (OrganisationType.SME if sme else None), sure=False)

    def _is_company(self, name: str, form: str | None) -> bool:
        written = form or self._dictionary.names.key(name).form
        kinds = {found.kind for found in self._dictionary.facts.legal_forms.find(written)}
        return bool(kinds) and kinds <= _COMPANIES

    def _of_name(self, name: str) -> OrganisationType | None:
        """Give the type that the longest telling word in a name suggests."""
        senses = self._dictionary.words.within("name_word", name)
        return next((t for t in OrganisationType if senses and t.value == senses[0].code), None)

    def _of_kinds(self, kinds: set[str]) -> OrganisationType | None:
        types = {_OF_SECTION[kind] for kind in kinds if kind in _OF_SECTION}
        return types.pop() if len(types) == 1 else None
