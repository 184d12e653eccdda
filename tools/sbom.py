"""Writes what the program is made of, as CycloneDX 1.6: each package, its hashes, its licence.

    python tools/sbom.py [FILE]

Needs no internet, and of packages nothing but requirements.lock and resources/licences says. With
the same sources it gives the same bytes. Without a file it is only made and counted; it fails if
a locked package has no licence in the list.
"""
# ruff: noqa: INP001 -- run by its path, as run.py does

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))

from smartct_desktop.system.licences import Part, parts  # noqa: E402 -- found by the line above

PINNED = re.compile(r"([a-z0-9-]+)==([\w.]+)(?: ; (.+?))?  *--hash")
MOMENT = datetime(2020, 1, 1, tzinfo=UTC)  # the same for all: equal sources, equal bytes
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def main(arguments: list[str]) -> int:
    """Make it, and write it to the file that is named."""
    known = {part.name: part for part in parts()}
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    program = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        licenses=_licence(project["license"]),
    )
    packages = list(_packages(known))
    bom = Bom(components=packages)
    bom.metadata.component = program
    bom.metadata.timestamp = MOMENT
    names = sorted(str(one.bom_ref) for one in packages)
    bom.serial_number = uuid5(NAMESPACE_URL, f"{program.name} {program.version} {names}")
    bom.register_dependency(program, packages)
    text = JsonV1Dot6(bom).output_as_string(indent=1) + "\n"
    if arguments:
        target = Path(arguments[0])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(packages)} packages, each with its hashes and its licence\n")
    return 0


def _packages(known: dict[str, Part]) -> Iterator[Component]:
    """The locked packages. Raises `SystemExit` for one without a licence."""
    lock = (HERE / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", "")
    for line in lock.splitlines():
        name, version, condition = PINNED.match(line).groups()  # type: ignore[union-attr]  # tested
        if name not in known:
            sys.exit(f"{name} has no licence in resources/licences: see tools/licences.py")
        link = PackageURL("pypi", name=name, version=version)
        yield Component(
            name=name,
            version=version,
            bom_ref=str(link),
            purl=link,
            licenses=_licence(known[name].licence),
            hashes=(HashType(alg=HashAlgorithm.SHA_256, content=one) for one in HASH.findall(line)),
            properties=[Property(name="smartct:only-where", value=condition)] if condition else (),
            external_references=[
                ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(known[name].page))
            ],
        )


def _licence(expression: str) -> list[License]:
    return [LicenseFactory().make_from_string(expression)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
