"""Commands about personal data: forget a person, restrict their use, write a copy without any."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from smartct_desktop.cli.exporting import record_called
from smartct_desktop.cli.outcome import DONE, LEFT, WRONG, print_json
from smartct_desktop.cli.passwords import key_for, opened
from smartct_desktop.cli.progress_line import told
from smartct_desktop.domain.catalog import schema_of
from smartct_desktop.domain.progress import Progress
from smartct_desktop.services.opening import open_document
from smartct_desktop.services.privacy.plan import Mode, Plan
from smartct_desktop.services.programme import ProgrammeFacts
from smartct_desktop.system.clock import local_today


def add_arguments(forget_: argparse.ArgumentParser) -> None:
    """Describe how a person is named and what becomes of their data."""
    forget_.add_argument("person", metavar="PERSON", help="the person, by name, e-mail or id")
    forget_.add_argument("--reason", metavar="TEXT", default="", help="why; for the certificate")
    forget_.add_argument("--dry-run", action="store_true", help="only say what would go")
    forget_.add_argument(
        "--erase",
        action="store_true",
        help="remove the record of the person, too; otherwise it stays without a name",
    )
    forget_.add_argument(
        "--unlawful",
        action="store_true",
        help="the data should never have been stored: forget the person though records are kept",
    )
    forget_.add_argument(
        "--certificate", type=Path, metavar="OUT.txt", help="where the certificate is written"
    )
    forget_.add_argument(
        "--all-mentions",
        action="store_true",
        help="also texts with words of the name that may mean somebody else",
    )


def add_restriction(restrict_: argparse.ArgumentParser) -> None:
    """Describe how a restriction is begun and ended."""
    restrict_.add_argument("person", metavar="PERSON", help="the person, by name, e-mail or id")
    restrict_.add_argument(
        "--because", metavar="TEXT", default="", help="why the data must not be used"
    )
    restrict_.add_argument("--lift", action="store_true", help="end the restriction")


def restrict(parsed: argparse.Namespace) -> int:
    """Restrict the use of the data of a person, or end that."""
    from smartct_desktop.services.privacy import restricting

    with closing(opened(parsed.doc)) as document:
        person = record_called(document.read, "person", parsed.person)
        if parsed.lift:
            done = restricting.lift(document, person)
        else:
            done = restricting.restrict(document, person, parsed.because, local_today())
    print(done)
    return DONE


def forget(parsed: argparse.Namespace) -> int:
    """Forget a person, or say what that would do."""
    from smartct_desktop.services.privacy.forgetting import forget as forget_person
    from smartct_desktop.services.privacy.planning import plan_forgetting

    facts = ProgrammeFacts()
    key = key_for(parsed.doc)
    with closing(open_document(parsed.doc, read_only=parsed.dry_run, key=key)) as document:
        person = record_called(document.read, "person", parsed.person)
        with told(Progress()) as progress:
            plan = plan_forgetting(
                document,
                document.read,
                facts,
                person,
                local_today(),
                mode=Mode.ERASE if parsed.erase else Mode.ANONYMISE,
                unlawful=parsed.unlawful,
                progress=progress,
            )
    if parsed.all_mentions:
        plan = plan.ticking({one.place: True for one in plan.mentions}, {})
    if parsed.dry_run:
        print_json(_as_json(plan)) if parsed.json else _print(plan)
        return LEFT if plan.refusal else DONE
    if not parsed.reason.strip():
        print("Say why: --reason TEXT. It stands in the certificate.", file=sys.stderr)
        return WRONG
    target = parsed.certificate or parsed.doc.with_name(f"{parsed.doc.stem} erasure.txt")
    if target.exists():
        print(f"There is already a file {target}. Use --certificate.", file=sys.stderr)
        return WRONG
    with told(Progress()) as progress:
        receipt = forget_person(
            parsed.doc, plan, parsed.reason, target, facts, progress=progress, key=key
        )
    if parsed.json:
        print_json(
            {
                "number": receipt.certificate.number,
                "certificate": str(receipt.path),
                "counts": dict(receipt.certificate.counts),
                "left": list(receipt.left),
            }
        )
    else:
        print(receipt.certificate.text, end="")
        print(f"Wrote {receipt.path}.")
        for sentence in receipt.left:
            print(sentence, file=sys.stderr)
    return LEFT if receipt.left else DONE


def anonymise(parsed: argparse.Namespace) -> int:
    """Write a copy in which all people have invented names."""
    from smartct_desktop.services.privacy.anonymous_copy import write_anonymous_copy

    with closing(opened(parsed.doc, read_only=True)) as document:
        path, key = document.path, document.key
    with told(Progress()) as progress:
        write_anonymous_copy(path, parsed.out, progress, key)
    print(f"Wrote {parsed.out}: no name, address or text about a person is in it.")
    return DONE


def _print(plan: Plan) -> None:
    if plan.refusal:
        print(plan.refusal)
        print(plan.hint)
    print("Records that name the person:")
    for kind, count in plan.records.items():
        print(f"  {count:>5}  {schema_of(kind).plural.lower()}")
    print(f"  {plan.steps:>5}  steps of the history")
    print(f"  {len(plan.backups):>5}  backups, which are rewritten")
    for one in plan.mentions:
        sign = "x" if one.ticked else " "
        why = f" ({one.why})" if one.why else ""
        print(f"[{sign}] {one.record} · {one.label}: {one.excerpt}{why}")
    for paper in plan.papers:
        sign = "x" if paper.ticked else " "
        note = " (cannot be searched: look into it)" if paper.found is None else ""
        print(f"[{sign}] attached file {paper.file_name}, {paper.owner}{note}")
    for label in plan.exports:
        print(f"Cannot be reached: {label}")
    if not plan.refusal:
        print("This cannot be undone. Without --dry-run it is done.")


def _as_json(plan: Plan) -> dict[str, object]:
    return {
        "person": plan.known.person,
        "refusal": plan.refusal,
        "hint": plan.hint,
        "ground": plan.ground.value if plan.ground else None,
        "mode": plan.mode.value,
        "records": dict(plan.records),
        "steps": plan.steps,
        "backups": [str(one.path) for one in plan.backups],
        "mentions": [
            {
                "kind": one.place[0],
                "id": one.place[1],
                "field": one.place[2],
                "record": one.record,
                "excerpt": one.excerpt,
                "ticked": one.ticked,
                "why": one.why,
            }
            for one in plan.mentions
        ],
        "papers": [
            {"file": one.file_name, "of": one.owner, "found": one.found, "ticked": one.ticked}
            for one in plan.papers
        ],
        "exports": list(plan.exports),
    }
