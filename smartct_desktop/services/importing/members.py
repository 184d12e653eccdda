"""Lists of members, or of organisations: one row, one organisation and perhaps its membership."""

from __future__ import annotations

from collections.abc import Iterator

from smartct_desktop.domain.catalog import BY_KIND
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.records.organisation import OrganisationType
from smartct_desktop.domain.sentence import Sentence
from smartct_desktop.services.importing.asked import Asked
from smartct_desktop.services.importing.cluster_figures import cluster_of, figures_of
from smartct_desktop.services.importing.drafts import Draft, TableWork, plain
from smartct_desktop.services.importing.identity import Mention, domain_of
from smartct_desktop.services.importing.mentions import Named
from smartct_desktop.services.importing.plan import PlanValue, Target
from smartct_desktop.services.importing.questions import Place
from smartct_desktop.services.importing.type_hints import TypeHints
from smartct_desktop.services.importing.understood import Fault
from smartct_desktop.services.importing.word_cells import Typed

_MEMBER_WORDS = ("mitglied", "member", "socio", "socia", "soci", "membre", "член")
_GATHERING = Sentence("Reading the rows")


class MemberTable:
    """One table of members: names the organisations first, then gives the memberships."""

    def __init__(self, table: TableWork) -> None:
        self._table = table
        self._named: dict[int, Named] = {}
        self._clusters: dict[int, Named] = {}
        organisation = BY_KIND["organisation"]
        self._fields = [
            (name, column)
            for code, column in table.columns.items()
            if code.startswith("organisation.")
            and (name := code.partition(".")[2]) in organisation.by_name
            and name != "name"
        ]
        membership = BY_KIND["membership"]
        self._membership = [
            (name, column)
            for code, column in table.columns.items()
            if code.startswith("membership.")
            and (name := code.partition(".")[2]) in membership.by_name
            and name != "cluster"
        ]

    def mention(self) -> None:
        """Note the organisations that the rows name, with what the rows tell of them."""
        table, mentions = self._table, self._table.work.mentions
        rows = table.work.progress.through(_GATHERING, table.numbers, len(table.numbers))
        for place, row in enumerate(rows):
            name = table.text("organisation.name", place)
            if name is not None:
                country = table.value("organisation.country", place)
                mention = Mention(
                    name,
                    form=table.text("organisation.legal_form", place),
                    country=country if isinstance(country, str) else None,
                    vat=table.text("organisation.vat", place),
                    domain=domain_of(table.text("organisation.contact_email", place)),
                )
                self._named[place] = mentions.name(mention, (table.sheet, row))
            cluster = table.text("membership.cluster", place)
            if cluster is not None:
                self._clusters[place] = mentions.name(Mention(cluster), (table.sheet, row))

    def drafts(self) -> Iterator[Draft]:
        """Give the memberships, and what is told of organisations beside the cells."""
        table = self._table
        self._tell()
        if self._lists_members():
            yield from self._memberships()
        for place, row in enumerate(table.numbers):
            if place not in self._named:
                yield self._nameless(place, row)

    def _nameless(self, place: int, row: int) -> Draft:
        """Give a row without a name: it waits while its column is asked about, or is refused."""
        table = self._table
        draft = Draft("organisation", table.key("row", row), table.sheet, [row], {})
        name = table.value("organisation.name", place)
        if isinstance(name, Asked):
            draft.values["name"] = name
            return draft
        letter = next(m.letter for m in table.mapped if m.code == "organisation.name")
        missing = Fault("IMP-04", Sentence("the name of the organisation is missing"))
        draft.faults = table.faults(place)
        if not any(where == letter for where, _ in draft.faults):
            draft.faults.append((letter, missing))
        return draft

    def _tell(self) -> None:
        """Gather what the rows say of the organisations; ask for what they leave out."""
        table, mentions = self._table, self._table.work.mentions
        stored = {known.id: known for known in table.work.known.organisations}
        hints = TypeHints(table.work.dictionary)
        members = table.work.progress.through(_GATHERING, self._named.items(), len(self._named))
        for place, named in members:
            row = table.numbers[place]
            facts: dict[str, PlanValue] = {}
            for name, column in self._fields:
                value = column.cells[place]
                if value is not None:
                    facts[name] = plain(value)
                    if isinstance(value, Typed) and value.detail:
                        facts["scaleup_kind"] = value.detail
            target = named.target
            known = stored.get(target.id) if target and target.id else None
            if "type" not in facts and not (known and known.type):
                facts["type"] = self._type(place, named, hints)
            if "country" not in facts and (country := self._country_of_section(row)):
                facts["country"] = country
            if "country" not in facts and not (known and known.country):
                facts["country"] = self._country(named, row)
            mentions.tell(named, (table.sheet, row), **facts)

    def _type(self, place: int, named: Named, hints: TypeHints) -> PlanValue:
        table = self._table
        if table.has("organisation.type"):
            return None
        row = table.numbers[place]
        sme = table.value("organisation.sme", place)
        hint = hints.hint(
            named.mention.name,
            named.mention.form,
            table.sections.get(row, ""),
            sme=sme if isinstance(sme, bool) else None,
        )
        if hint is None or hint.sure:
            return hint.type if hint else None
        place_ = Place(
            "organisation_type",
            "name",
            Sentence("What kind of organisation is each of these?"),
            table.sheet,
        )
        given = table.work.asking.ask(
            place_,
            named.mention.name,
            rows=[row],
            options=(*(type_.value for type_ in OrganisationType), None),
            propose=hint.type.value if hint.type else None,
            certainty=0.7 if hint.type else 0.0,
        )
        if given is None:
            return Asked(place_.id, named.mention.name, hint.type)
        return next((t for t in OrganisationType if t.value == given.value), None)

    def _country_of_section(self, row: int) -> str | None:
        """Give the country that a heading between the rows names: "Deutschland"."""
        section = self._table.sections.get(row, "")
        return self._table.work.dictionary.country(section) if section else None

    def _country(self, named: Named, row: int) -> PlanValue:
        """Ask for the country: once for the file without such a column, else by name."""
        table = self._table
        whole = not table.has("organisation.country")
        propose = table.sender.country if table.sender else None
        place = Place(
            "country",
            "file" if whole else "name",
            Sentence("In which country are these organisations?")
            if whole
            else Sentence("In which country is each of these organisations?"),
            table.sheet,
        )
        key = "" if whole else named.mention.name
        given = table.work.asking.ask(
            place,
            key,
            rows=() if whole else (row,),
            propose=propose,
            certainty=0.8 if propose else 0.0,
        )
        if given is None:
            return Asked(place.id, key, propose)
        return table.work.dictionary.country(str(given.value)) if given.value else None

    def _lists_members(self) -> bool:
        """Whether the list is one of members: by its columns, its titles or its name."""
        held = {(column.code or "").partition(".")[0] for column in self._table.mapped}
        if "membership" in held or self._clusters:
            return True
        told = fold(" ".join((*self._table.titles, self._table.sheet or "")))
        file_name = fold(self._table.work.file_name)
        return any(word.startswith(_MEMBER_WORDS) for word in (*told.split(), *file_name.split()))

    def _memberships(self) -> Iterator[Draft]:
        table = self._table
        stored = {(m.cluster, m.organisation): m for m in table.work.known.memberships}
        whole = None if self._clusters else cluster_of(table)
        members = table.work.progress.through(_GATHERING, self._named.items(), len(self._named))
        for place, named in members:
            row = table.numbers[place]
            own = self._clusters.get(place)
            cluster = own.value if own else whole
            if cluster is None or _is_itself(cluster, named.value):
                continue
            values: dict[str, PlanValue] = {"cluster": cluster, "organisation": named.value}
            for name, column in self._membership:
                value = column.cells[place]
                if value is not None:
                    values[name] = value
            section = table.work.dictionary.words.sure("member_kind", table.sections.get(row, ""))
            if section is not None and "member_kind" not in values:
                values["member_kind"] = section.code
            draft = Draft("membership", table.key("membership", row), table.sheet, [row], values)
            draft.faults = table.faults(place)
            known = stored.get((_id(cluster) or Id(""), _id(named.value) or Id("")))
            draft.id = known.id if known else None
            yield draft
        yield from figures_of(table, whole, len(self._named))


def _is_itself(cluster: PlanValue, member: PlanValue) -> bool:
    """Whether a row names the very cluster that it lists, as offices put themselves on top."""
    return isinstance(cluster, Target) and cluster == member


def _id(value: PlanValue) -> Id | None:
    target = value.propose if isinstance(value, Asked) else value
    return target.id if isinstance(target, Target) else None
