"""The command that prints the figures, and what counts for one of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import date

from smartct_desktop.cli.outcome import DONE, WRONG, print_json
from smartct_desktop.cli.passwords import opened
from smartct_desktop.cli.sent_figures import sent_by_code
from smartct_desktop.domain.fields import Id
from smartct_desktop.domain.folding import fold
from smartct_desktop.domain.programme.scope import Scope
from smartct_desktop.domain.reading import Reader
from smartct_desktop.domain.records.organisation import Organisation
from smartct_desktop.services.figures import Figure, figures
from smartct_desktop.services.own_partnership import partners
from smartct_desktop.system.clock import local_today


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Describe what the command takes, apart from the document and --json."""
    command.add_argument("--explain", metavar="CODE", help="what counts for one figure, and why")
    command.add_argument("--from", dest="since", type=_day, metavar="D", help="ended on this day …")
    command.add_argument("--to", dest="until", type=_day, metavar="D", help="… up to this one")
    command.add_argument("--partner", metavar="NAME", help="one cluster of the partnership")


def show_figures(parsed: argparse.Namespace) -> int:
    """Print the figures, or what counts for one of them and what does not."""
    if parsed.since and parsed.until and parsed.until < parsed.since:
        print(f"The period ends on {parsed.until}, before it begins.", file=sys.stderr)
        return WRONG
    with closing(opened(parsed.doc, read_only=True)) as document:
        partner: Id | None = None
        if parsed.partner:
            named = partners_called(document.read, parsed.partner)
            if len(named) != 1:
                return which_partner(document.read, parsed.partner)
            partner = named[0].id
        scope = Scope(partner=partner, since=parsed.since, until=parsed.until)
        explained_too = bool(parsed.explain)
        found = figures(document.read, local_today(), scope, explained=explained_too)
        if not parsed.explain:
            whole = not (parsed.since or parsed.until)
            sent = sent_by_code(document.read, partner) if whole else {}
            _tell(found, sent, as_json=parsed.json)
            return DONE
        explained = next((f for f in found if f.code == parsed.explain), None)
        if explained is None:
            codes = ", ".join(f.code for f in found)
            print(f"There is no figure {parsed.explain}; there are {codes}.", file=sys.stderr)
            return WRONG
        _explain(document.read, explained, as_json=parsed.json)
    return DONE


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text} is not a day; write it as 2022-03-31"
        raise argparse.ArgumentTypeError(message) from None


def partners_called(reader: Reader, name: str) -> list[Organisation]:
    """Give the partner of exactly this name, otherwise all whose name contains its words."""
    every, wanted = partners(reader), fold(name)
    whole = [one for one in every if fold(one.name) == wanted]
    return whole or [one for one in every if wanted in fold(one.name)]


def which_partner(reader: Reader, name: str) -> int:
    """Say that the name tells no single partner, and which there are."""
    names = ", ".join(one.name for one in partners(reader))
    known = f"the partners are {names}" if names else "this document has no partners"
    print(f"No single partner is called {name}; {known}.", file=sys.stderr)
    return WRONG


def _tell(
    found: list[Figure], sent: Mapping[str, list[dict[str, object]]], *, as_json: bool
) -> None:
    if as_json:
        print_json([_as_json(one) | {"sent": sent.get(one.code, [])} for one in found])
        return
    for figure in found:
        target = f" of {figure.target}" if figure.target is not None else ""
        print(f"{figure.code:<20} {figure.value}{target}  {figure.name}")


def _as_json(figure: Figure) -> dict[str, object]:
    return {
        "code": figure.code,
        "name": figure.name,
        "value": figure.value,
        "pipeline": figure.pipeline,
        "target": figure.target,
        "planned_by_today": figure.pace.by(local_today()) if figure.pace else None,
    }


def _explain(reader: Reader, figure: Figure, *, as_json: bool) -> None:
    behind = figure.behind
    left_out = dict(behind.left_out)
    captions = reader.captions(figure.kind, [*behind.counted, *behind.pipeline, *left_out])
    whose = _whose(reader, figure)
    if as_json:
        print_json(
            {
                **_as_json(figure),
                "definition": figure.definition,
                "counted": [captions[id_] for id_ in behind.counted],
                "weights": [behind.weights.get(id_, 1) for id_ in behind.counted],
                "expected": [captions[id_] for id_ in behind.pipeline],
                "partners": [
                    {"record": captions[id_], "partner": partner, "why": why}
                    for id_, (partner, why) in whose.items()
                ],
                "not_counted": [
                    {"record": captions[id_], "why": why} for id_, why in behind.left_out
                ],
            }
        )
        return
    print(f"{figure.name}: {figure.value} counted, {figure.pipeline} expected")
    print(figure.definition)
    for id_ in behind.counted:
        weight = behind.weights.get(id_)
        number = "" if weight is None else f": {weight}"
        print(f"  counted      {captions[id_]}{number}{_belongs(whose, id_)}")
    for id_ in behind.pipeline:
        print(f"  expected     {captions[id_]}{_belongs(whose, id_)}")
    for id_, why in behind.left_out:
        print(f"  not counted  {captions[id_]}: {why}")


def _whose(reader: Reader, figure: Figure) -> dict[Id, tuple[str | None, str]]:
    """Give the partner of each exchange that counts or is expected to, and what tells it."""
    if figure.whose is None:
        return {}
    told = {id_: figure.whose(id_) for id_ in (*figure.behind.counted, *figure.behind.pipeline)}
    names = reader.captions("organisation", {w.partner for w in told.values() if w.partner})
    return {id_: (w.partner and names.get(w.partner), w.why) for id_, w in told.items()}


def _belongs(whose: dict[Id, tuple[str | None, str]], id_: Id) -> str:
    if id_ not in whose:
        return ""
    partner, why = whose[id_]
    return f", of {partner}: {why}" if partner else f"; {why}"
